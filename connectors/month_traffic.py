"""What was said in a month, counted in the database: for the report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, distinct, func, select

from connectors.inbox import inbox
from connectors.message import NO_STATUS, InboundKind
from connectors.outbox import ASSISTANT, OPERATOR, outbox
from desk.report.month_rows import rows_between
from desk.report.traffic import AnswerCount, AskedQuestion, ChannelVolume, Traffic

SAID = (InboundKind.TEXT, InboundKind.CHOICE, InboundKind.ATTACHMENT, InboundKind.CONTACT)
"""What a citizen does on purpose; following and leaving are no messages."""
WITHOUT_ANSWER = ("unanswerable_no_content", "unanswerable_low_score")
"""What a new FAQ could answer; own cases and what is not ours could not."""
MOST_QUESTIONS = 50_000
_FIRST_SOURCE = outbox.c.content[("citations", 0, "passage_id")].as_string()


class StoredTraffic:
    """See desk.report.traffic.TrafficSource."""

    def read(self, connection: Connection, start: datetime, end: datetime) -> Traffic:
        """See TrafficSource."""
        heard = rows_between(connection, inbox, inbox.c.received_at, start, end)
        said = rows_between(connection, outbox, outbox.c.created_at, start, end)
        return Traffic(_channels(connection, heard, said), _answers(connection, said))

    def unanswered(self, connection: Connection, start: datetime, end: datetime) -> tuple[AskedQuestion, ...]:
        """See TrafficSource."""
        return _unanswered(connection, rows_between(connection, outbox, outbox.c.created_at, start, end))


def _channels(
    connection: Connection, heard: ColumnElement[bool], said: ColumnElement[bool]
) -> tuple[ChannelVolume, ...]:
    of_citizens = (
        select(inbox.c.channel, func.count(distinct(inbox.c.conversation_id)), func.count())
        .where(heard, inbox.c.kind.in_(SAID))
        .group_by(inbox.c.channel)
    )
    written = {channel: (people, messages) for channel, people, messages in connection.execute(of_citizens)}
    of_ours = select(outbox.c.channel, outbox.c.author, func.count()).where(said)
    sent = {
        (channel, author): count
        for channel, author, count in connection.execute(of_ours.group_by(outbox.c.channel, outbox.c.author))
    }
    names = sorted({*written, *(channel for channel, _ in sent)})
    return tuple(
        ChannelVolume(name, *written.get(name, (0, 0)), sent.get((name, ASSISTANT), 0), sent.get((name, OPERATOR), 0))
        for name in names
    )


def _answers(connection: Connection, said: ColumnElement[bool]) -> tuple[AnswerCount, ...]:
    """By citizen's message: an answer in three parts is one."""
    source = func.coalesce(_FIRST_SOURCE, "").label("source")
    statement = (
        select(outbox.c.status, source, func.count(distinct(outbox.c.inbox_id)).label("questions"))
        .where(said, outbox.c.author == ASSISTANT, outbox.c.status != NO_STATUS)
        .group_by(outbox.c.status, source)
    )
    return tuple(AnswerCount(row.status, row.source, row.questions) for row in connection.execute(statement))


def _unanswered(connection: Connection, said: ColumnElement[bool]) -> tuple[AskedQuestion, ...]:
    times = func.count(distinct(inbox.c.id)).label("times")
    statement = (
        select(inbox.c.text, inbox.c.conversation_id, times)
        .join(outbox, outbox.c.inbox_id == inbox.c.id)
        .where(said, outbox.c.author == ASSISTANT, outbox.c.status.in_(WITHOUT_ANSWER), inbox.c.text != "")
        .group_by(inbox.c.text, inbox.c.conversation_id)
        .order_by(times.desc(), inbox.c.text, inbox.c.conversation_id)
        .limit(MOST_QUESTIONS)
    )
    return tuple(AskedQuestion(row.text, row.conversation_id, row.times) for row in connection.execute(statement))
