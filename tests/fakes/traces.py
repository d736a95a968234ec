"""A citizen who left traces in every table: for tests of what an erasure takes, an export shows, and time removes."""

import json
import sqlite3
from contextlib import closing
from datetime import date

from sqlalchemy import inspect, text, update

from connectors.claim import Ending, Lease, claim_due, finish
from connectors.dead_letters import keep_unreadable
from connectors.deliveries import DeliveryState, deliveries
from connectors.inbox import InboxState, accept, inbox
from connectors.message import Attachment, Button, Contact, InboundKind, InboundMessage, Reply
from connectors.outbox import OPERATOR
from connectors.outgoing import OfferedButton, OutgoingMessage
from connectors.spoken import Spoken, speak
from desk.alert import Alert, raise_alert
from desk.conversation import ConversationKey
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, record_feedback
from desk.handoff import moves
from desk.handoff.state import Reason
from desk.notes import write_note
from desk.satisfaction import About, ask, rate
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.late_dossier import LateDossier
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code
from tests.fakes.office import OPEN
from tests.fakes.stored import at
from tests.fakes.tickets import RULES

TELEPHONE = "0900 000 321"


class Traces:
    """`words` stand in everything that was said of or by them; `participant` is who they are on the channel."""

    def __init__(self, engine, operator_id, participant="7203344556", words="chuyện riêng", seconds=0):
        self.engine, self.operator_id, self.words, self.seconds = engine, operator_id, words, seconds
        self.key = ConversationKey(f"telegram:bot:{participant}", "telegram", "bot", participant)
        self.name = f"Nguyễn Văn {words}"

    @property
    def id(self):
        return self.key.id

    @property
    def markers(self):
        return (self.words, self.key.participant, TELEPHONE)

    def at(self, seconds):
        return at(self.seconds + seconds)

    def message(self, number, **more):
        key = f"message:{self.key.participant}:{number}"
        return InboundMessage(self.key, key, f"{self.words} {number}", None, self.at(number), **more)

    def leave(self, is_open=True):
        """In the order of a day."""
        with writing(self.engine) as connection:
            self._talk(connection)
            self._be_noted(connection, is_open)
            self._file(connection, is_open)
        return self

    def _talk(self, connection):
        attachment = Attachment("image", f"{self.words}.jpg", "https://img.invalid/1.jpg")
        contact = Contact(self.name, TELEPHONE)
        accept(connection, self.message(1))
        accept(connection, self.message(2, kind=InboundKind.ATTACHMENT, attachments=(attachment,), contact=contact))
        for number in (1, 2):
            (claim,) = claim_due(connection, Lease("one", self.at(40)), self.at(number), 9, ("telegram",))
            reply = Reply(f"Về {self.words}", "answered", buttons=(Button(self.words, "/ask"),), feedback=True)
            finish(connection, claim, Ending((reply,)), self.render, self.at(number))
        accept(connection, self.message(3))
        dead = update(inbox).where(inbox.c.conversation_id == self.id, inbox.c.message_id.endswith(":3"))
        connection.execute(dead.values(state=InboxState.DEAD, error_class="dialogue_timeout"))
        spoken = Spoken(self.key, OPERATOR, Reply(f"Cán bộ nói về {self.words}"), "1-abcdefgh")
        speak(connection, spoken, self.render, self.at(4))
        mine = update(deliveries).where(deliveries.c.conversation_id == self.id)
        ended = {"finished_at": self.at(5), "channel_message_id": f"{self.key.participant}-1"}
        connection.execute(mine.values(state=DeliveryState.SENT, error_detail=f"chat {self.key.participant}", **ended))

    def render(self, reply, _sequence):
        return (OutgoingMessage(reply.text, tuple(OfferedButton(each.title, "1") for each in reply.buttons)),)

    def _be_noted(self, connection, is_open):
        moves.request(connection, self.id, Reason.COMPLAINT, OPEN, self.at(6))
        moved = moves.claim(connection, moves.open_episode(connection, self.id), self.operator_id, "Lan", self.at(7))
        moved = moves.ask_forward(connection, moved.stored, self.operator_id, 2, f"Nhờ xem {self.words}", self.at(8))
        if not is_open:
            moved = moves.end_forward(connection, moved.stored, "system", "timeout", self.at(9))
            moves.close(connection, moved.stored, "system", moves.CloseReason.ANSWERED, self.at(9))
        write_note(connection, self.id, self.operator_id, f"Ghi chú: {self.words}", self.at(9))
        record_feedback(connection, Feedback(self.id, 2, Thumb.DOWN, self.words), self.at(9))
        ask(connection, self.id, "episode-1", About.PERSON, self.at(9))
        rate(connection, self.id, "episode-1", 4, self.words, self.at(10))
        body = f'{{"from": {self.key.participant}, "text": "{self.words}"}}'.encode()
        keep_unreadable(connection, "telegram", "bot", body, "message.text", self.at(10))
        raise_alert(connection, Alert("telegram", "bot", "data_withdrawn", "", self.words, self.id), self.at(10))

    def _file(self, connection, is_open):
        by = By(f"operator:{self.operator_id}", self.at(12))
        dossier = LateDossier("HS-2026-0001", f"Cơ sở {self.words}", date(2026, 11, 10))
        request = TicketRequest("form-1", self.name, TELEPHONE, self.words, TicketKind.LATE_DOSSIER, dossier)
        self.code = file_ticket(connection, self.key, request, self.at(11), RULES)
        ticket = changes.note(connection, ticket_by_code(connection, self.code), self.words, by)
        ticket = changes.refer_to_unit(connection, ticket, "Ban Thu", self.words, RULES, by)
        ticket = changes.reappoint(connection, ticket, date(2026, 12, 1), self.words, by)
        if not is_open:
            ticket = changes.answer(connection, ticket, self.words, by)
            changes.close(connection, ticket, changes.Outcome.ANSWERED, self.words, RULES, by)


def every_cell(engine):
    """(table, column, value as text) of the whole database, whatever the code knows of its tables."""
    with reading(engine) as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f"SELECT * FROM {table}")).mappings():
                yield from ((table, column, str(value)) for column, value in row.items())


def found_in(engine, markers):
    """Where one of these stands."""
    return {
        (table, column)
        for table, column, value in every_cell(engine)
        for marker in markers
        if marker in value or json.dumps(marker)[1:-1] in value
    }


def make_memory(file, *conversation_ids):
    """As bot/components/tracker_store.py makes it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS tracker"
            " (sender_id TEXT PRIMARY KEY, dialogue TEXT NOT NULL, saved_at REAL NOT NULL)"
        )
        for conversation_id in conversation_ids:
            remember(connection, conversation_id)
    return file


def remember(connection, conversation_id):
    """As at the end of a turn."""
    connection.execute("INSERT OR REPLACE INTO tracker VALUES (?, '{\"events\": []}', 0)", (conversation_id,))
