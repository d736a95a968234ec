"""The console with tickets in it, and operators who fill in its forms as browsers do."""

import uuid

from connectors.inbox import inbox
from connectors.outbox import outbox
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.handoff.moves import request
from desk.handoff.state import Reason
from desk.tickets.erasure import erase_tickets
from desk.tickets.log import events_of
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code, ticket_by_id
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.office import OPEN
from tests.fakes.tickets import RULES

ORIGIN = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
NAME, CONTACT, SECRET_NUMBER = "Nguyễn Văn Thử", "0900000001", "001234567890"


def key_of(name="an", channel="web"):
    return ConversationKey(f"{channel}-{name}", channel, "main", name)


class TicketSite(ConsoleSite):
    """Each call is a transaction of its own."""

    rules = RULES

    def operator(self, login="lan", name="Trần Thị Lan", **account):
        return TicketOperator(self, login, name, **account)

    def file(self, kind=TicketKind.MESSAGE, channel="web", citizen="an", at=None, **fields):
        values = {"name": NAME, "contact": CONTACT, "question": "Bao giờ có sổ?"} | fields
        asked = TicketRequest(str(uuid.uuid4()), kind=kind, **values)
        with writing(self.engine) as connection:
            code = file_ticket(connection, key_of(citizen, channel), asked, at or now(), RULES)
            return ticket_by_code(connection, code)

    def again(self, ticket):
        with reading(self.engine) as connection:
            return ticket_by_id(connection, ticket.id)

    def events(self, ticket):
        with reading(self.engine) as connection:
            return events_of(connection, ticket.id)

    def do(self, change, ticket, *arguments):
        with writing(self.engine) as connection:
            return change(connection, ticket, *arguments)

    def erase(self, ticket):
        with writing(self.engine) as connection:
            erase_tickets(connection, ticket.conversation_id, now())

    def citizen_says(self, words, citizen="an", channel="web", number=1, at=None):
        """Also makes the conversation."""
        key = key_of(citizen, channel)
        with writing(self.engine) as connection:
            ensure_conversation(connection, key, now())
            connection.execute(
                inbox.insert().values(
                    channel=channel,
                    account="main",
                    message_id=f"{citizen}:{number}",
                    conversation_id=key.id,
                    sequence=number,
                    kind="text",
                    text=words,
                    state="done",
                    attempts=0,
                    tried_seconds=0.0,
                    next_attempt_at=now(),
                    received_at=at or now(),
                )
            )
            connection.execute(conversations.update().where(conversations.c.id == key.id).values(last_sequence=number))

    def citizen_waits(self, words="Bao giờ có sổ?", citizen="an", channel="web"):
        """The id of the episode of a citizen who said that and wants a person."""
        self.citizen_says(words, citizen, channel)
        with writing(self.engine) as connection:
            return request(connection, key_of(citizen, channel).id, Reason.REQUESTED, OPEN, now()).stored.id

    def said(self, author):
        with reading(self.engine) as connection:
            return [row.text for row in connection.execute(outbox.select().where(outbox.c.author == author))]


class TicketOperator:
    """Signed in, with a browser of their own."""

    def __init__(self, site, login, name, **account):
        self.site = site
        self.id = add_colleague(site.engine, login, name, **account)
        token, session = site.token(self.id)
        self._browser = site.browser(token)
        self.csrf = session.csrf_token

    async def page(self, path):
        return await self._browser.get(path)

    async def post(self, path, **fields):
        """As a form without scripts: a redirection, or a page."""
        return await self._browser.post(path, data={"csrf": self.csrf} | fields, headers=ORIGIN)

    async def by_script(self, ticket, act, **fields):
        headers = ORIGIN | {"X-Console": "1"}
        path = f"/console/tickets/{ticket.id}/{act}"
        return await self._browser.post(path, data={"csrf": self.csrf} | fields, headers=headers)

    async def submit(self, ticket, act, **fields):
        """A form of the ticket's page as it stands now."""
        version = self.site.again(ticket).progress.version
        return await self.post(f"/console/tickets/{ticket.id}/{act}", **{"version": version} | fields)
