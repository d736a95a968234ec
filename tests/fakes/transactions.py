"""Transactions of a process that dies at a chosen moment."""

from desk.transactions import ThreadedTransactions


class Killed(BaseException):
    """The process is gone: nothing of it runs any more, so nothing may catch this."""


class MortalTransactions:
    """Works until told to die before or after the nth write from now; everything that follows is dead too."""

    def __init__(self, engine):
        self._real = ThreadedTransactions(engine)
        self._left = None
        self._commits_first = False
        self.dead = False

    def die_before_write(self, number):
        self._left, self._commits_first = number, False

    def die_after_write(self, number):
        self._left, self._commits_first = number, True

    def die_now(self):
        self.dead = True

    async def read(self, work):
        if self.dead:
            raise Killed
        return await self._real.read(work)

    async def write(self, work):
        if self.dead:
            raise Killed
        if self._left is None:
            return await self._real.write(work)
        self._left -= 1
        if self._left > 0:
            return await self._real.write(work)
        self.dead = True
        if self._commits_first:
            await self._real.write(work)
        raise Killed

    def close(self):
        self._real.close()


class BrokenTransactions:
    """Fails the writes it is told to fail, then works."""

    def __init__(self, engine, errors):
        self._real = ThreadedTransactions(engine)
        self._errors = list(errors)

    def fail_next(self, *errors):
        """One for each of the next writes; None lets one through."""
        self._errors.extend(errors)

    async def read(self, work):
        return await self._real.read(work)

    async def write(self, work):
        if self._errors:
            error = self._errors.pop(0)
            if error is not None:
                raise error
        return await self._real.write(work)

    def close(self):
        self._real.close()
