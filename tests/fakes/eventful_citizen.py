"""A citizen of the fake channel who does more than write, and what was kept of it."""

from sqlalchemy import select

from connectors.deliveries import deliveries
from connectors.inbox import inbox
from desk.database import reading
from tests.fakes.waiting import until


class Citizen:
    """Everything they do is worked off before the next; `worked_off` counts inbox rows, answered or not."""

    def __init__(self, gateway, channel, engine, name="an"):
        self.gateway, self.channel, self.engine, self.name = gateway, channel, engine, name
        self.number = 0

    async def does(self, kind="text", text="", **more):
        self.number += 1
        await self.gateway.intakes["fake"].take(self.channel.body(self.name, self.number, text, kind=kind, **more))
        await until(lambda: all(state != "received" for (state,) in every(self.engine, inbox.c.state)))
        await until(lambda: all(end is not None for (end,) in every(self.engine, deliveries.c.finished_at)))

    async def says(self, text, **more):
        await self.does(text=text, **more)

    def read(self):
        return self.channel.texts(self.name)

    @property
    def heard(self):
        return [text for _, text in self.gateway.dialogue.heard]


def only(engine, column):
    with reading(engine) as connection:
        return connection.execute(select(column)).scalar_one()


def every(engine, *columns):
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(columns[0].table.c.id))]
