"""A desk of tickets with the deadlines that the project's own settings promise."""

from dataclasses import replace
from pathlib import Path

from desk.database import reading, writing
from desk.settings import read_settings
from desk.tickets.clock import strike
from desk.tickets.deadline import build_rules
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code, ticket_by_id
from tests.fakes.calendar import moment
from tests.fakes.stored import conversation

RULES = build_rules(read_settings(Path(__file__).resolve().parents[2] / "settings.yml"))
MONDAY = moment("2026-11-16 09:00")
REQUEST = TicketRequest("r-1", "Nguyễn Văn Thử", "0900000001", "Bao giờ có sổ của tôi?")


class Desk:
    """Each call is a transaction of its own, as it is in the gateway."""

    def __init__(self, engine):
        self.engine = engine

    def file(self, kind=TicketKind.MESSAGE, number=1, now=MONDAY, name="an", **fields):
        request = replace(REQUEST, request_id=f"r-{number}", kind=kind, **fields)
        with writing(self.engine) as connection:
            return ticket_by_code(connection, file_ticket(connection, conversation(name), request, now, RULES))

    def do(self, change, ticket, *arguments):
        with writing(self.engine) as connection:
            return change(connection, ticket, *arguments)

    def read(self, work, *arguments):
        with reading(self.engine) as connection:
            return work(connection, *arguments)

    def strike(self, now):
        with writing(self.engine) as connection:
            return [(notice.kind, notice.ticket.id) for notice in strike(connection, moment(now))]

    def again(self, ticket):
        return self.read(ticket_by_id, ticket.id)
