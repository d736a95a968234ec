"""Logged answers, thumbs and published entries, for the figures of insight."""

from datetime import timedelta

from sqlalchemy import insert

from desk.answer_log import LoggedAnswer, log_answer
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import writing
from desk.feedback import Feedback, Thumb, record_feedback
from editing.document import knowledge_documents
from editing.version import knowledge_versions


class LoggedYear:
    """Everything is told from `today`, a moment."""

    def __init__(self, engine, today):
        self.engine, self.today, self._sequence = engine, today, 0
        self.key = ConversationKey("web:web:insight", "web", "web", "insight")
        with writing(engine) as connection:
            ensure_conversation(connection, self.key, today)

    def answers(self, number, days_ago=0, status="answered", topic="", document="", up=0, down=0):
        at = self.today - timedelta(days=days_ago)
        with writing(self.engine) as connection:
            for place in range(number):
                self._sequence += 1
                logged = LoggedAnswer(
                    self.key.id,
                    self._sequence,
                    "web",
                    at,
                    "hỏi",
                    status,
                    document=document,
                    topic=topic,
                    version="1" if document else "",
                )
                log_answer(connection, logged)
                if place < up + down:
                    value = Thumb.UP if place < up else Thumb.DOWN
                    record_feedback(connection, Feedback(self.key.id, self._sequence, value, ""), at)

    def entry(self, key, title, days_ago=60, review_in=None, topic="Lương hưu", kind="faq"):
        at = self.today - timedelta(days=days_ago)
        day = None if review_in is None else (self.today + timedelta(days=review_in)).date()
        document = {"kind": kind, "key": key, "file": "f", "place": 0, "topic": topic, "created_at": at}
        version = {"number": 1, "state": "published", "title": title, "search_text": "", "body": {}, "digest": ""}
        moments = {"created_at": at, "updated_at": at, "published_at": at, "review_by": day, "revision": 1}
        with writing(self.engine) as connection:
            made = insert(knowledge_documents).values(**document).returning(knowledge_documents.c.id)
            document_id = connection.execute(made).scalar_one()
            connection.execute(insert(knowledge_versions).values(document_id=document_id, **version, **moments))
