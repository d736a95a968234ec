"""Citizens who have topics, editors who write mailings, and a clock that strikes when told."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from connectors.inbox import inbox
from connectors.leadership import Leadership
from connectors.mailing_clock import MailingClock
from connectors.mailing_reach import MailingReach
from connectors.mailing_sending import MailingSending
from connectors.metrics import Metrics
from connectors.outbox import outbox
from connectors.outgoing import OutgoingMessage
from connectors.satisfaction import FreeReplies
from connectors.settings import MailingSettings
from desk.calendar.zone import VIETNAM
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.links import link_rule
from desk.notices.mailing import MailingKind, mailing_by_id
from desk.notices.mailing_message import load_mailing_texts
from desk.notices.mailing_steps import approve_mailing, submit_mailing
from desk.notices.mailing_writing import MailingText, create_mailing
from desk.notices.news_topic import add_topic
from desk.notices.recipient import mailing_recipients
from desk.notices.subscription import subscribe
from desk.transactions import ThreadedTransactions

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
AUTHOR, APPROVER = 1, 2
LINKS = link_rule(["baohiemxahoi.gov.vn"])
SETTINGS = MailingSettings(per_second=3.0, in_queue=5, tick_seconds=1.0, from_hour=8, to_hour=20, person_hours=24.0)
QUOTAS = {"zalo_oa": FreeReplies(8, 48.0)}
WORDS = MailingText("Lương hưu tháng 12", "Lương hưu tháng 12 chi trả từ ngày 2.")


def named(conversation_ids):
    """A statement that names these conversations, as the recall's page has one."""
    return select(conversations.c.id).where(conversations.c.id.in_(conversation_ids))


class Newsroom:
    """`render` is None for a channel whose citizens fetch."""

    def __init__(self, engine, transactions=None):
        self.engine, self.spoken, self.time = engine, [], MORNING
        self.transactions = transactions or ThreadedTransactions(engine)
        self.metrics = Metrics()
        self.reach = MailingReach(("web", "telegram", "zalo_oa"), QUOTAS)
        sending = MailingSending(self.reach, load_mailing_texts(), SETTINGS, self.render_of)
        leadership = Leadership(self.transactions, "one", 15.0, lambda: self.time)
        self.clock = MailingClock(
            self.transactions,
            leadership,
            sending,
            SETTINGS,
            frozenset({"telegram", "zalo_oa"}),
            self.spoken.append,
            self.metrics,
            lambda: self.time,
        )
        with writing(engine) as connection:
            self.topic = add_topic(connection, "Lương hưu", "Chi trả hằng tháng", AUTHOR, MORNING)

    def close(self):
        self.transactions.close()

    @staticmethod
    def render_of(channel):
        return None if channel == "web" else lambda reply, _sequence: (OutgoingMessage(reply.text),)

    def citizen(self, name, channel="telegram", topic=True, said=True):
        """Their conversation; `said`: they wrote an hour ago."""
        key = ConversationKey(f"{channel}:main:{name}", channel, "main", name)
        with writing(self.engine) as connection:
            ensure_conversation(connection, key, MORNING)
            if said:
                self.hears(connection, key, MORNING - timedelta(hours=1))
            if topic:
                subscribe(connection, key.id, self.topic.id, "đăng ký tin lương hưu", MORNING)
        return key

    @staticmethod
    def hears(connection, key, at):
        values = {"channel": key.channel, "account": key.account, "message_id": f"{key.id}-{at}"}
        row = {
            **values,
            "conversation_id": key.id,
            "text": "hỏi",
            "state": "done",
            "attempts": 1,
            "sequence": int(at.timestamp()) % 1_000_000,
        }
        moments = {"tried_seconds": 0.0, "next_attempt_at": at, "received_at": at}
        connection.execute(insert(inbox).values(**row, **moments))

    def approved(self, written=None, kind=MailingKind.NEWS, recipients=(), **changes):
        """The id of a mailing that waits for the clock."""
        topic = self.topic.id if kind is MailingKind.NEWS else None
        text = replace(written or WORDS, topic_id=topic, **changes)
        with writing(self.engine) as connection:
            made = create_mailing(connection, kind, text, AUTHOR, LINKS, self.time, named(recipients))
            submit_mailing(connection, made.id, AUTHOR, self.time)
            approve_mailing(connection, made.id, made.revision, APPROVER, self.time)
        return made.id

    async def tick(self, times=1, **later):
        self.time += timedelta(**later)
        for _ in range(times):
            await self.clock.tick()

    def state(self, mailing_id):
        with reading(self.engine) as connection:
            return mailing_by_id(connection, mailing_id).state

    def recipients(self, mailing_id):
        """(state, reason) by participant."""
        columns = mailing_recipients.c
        with reading(self.engine) as connection:
            rows = connection.execute(select(columns).where(columns.mailing_id == mailing_id)).all()
        return {row.conversation_id.split(":")[-1]: (row.state, row.reason) for row in rows}

    def said(self, key):
        with reading(self.engine) as connection:
            found = select(outbox.c.text).where(outbox.c.conversation_id == key.id, outbox.c.author == "system")
            return list(connection.execute(found).scalars())
