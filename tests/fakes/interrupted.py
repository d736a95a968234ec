"""A database that goes away and comes back."""

from sqlalchemy.exc import OperationalError

from desk.transactions import ThreadedTransactions


class InterruptedTransactions:
    """While `away` nothing is read or written."""

    def __init__(self, engine):
        self._real = ThreadedTransactions(engine)
        self.away = False

    async def read(self, work):
        self._fail()
        return await self._real.read(work)

    async def write(self, work):
        self._fail()
        return await self._real.write(work)

    def close(self):
        self._real.close()

    def _fail(self):
        if self.away:
            raise OperationalError("UPDATE", {}, Exception("database is away"))
