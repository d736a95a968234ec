"""Somebody at the pages of keeping: one browser, signed in, with its forms."""

from contextlib import asynccontextmanager

from desk.accounts.role import Role
from desk.audit import AuditFilter, entries
from desk.database import reading
from tests.fakes.console import add_colleague

ORIGIN = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
HOSTILE = '"><script>alert(1)</script>'


class Keeper:
    """`post` sends a form as its page would."""

    def __init__(self, browser, csrf, operator_id):
        self.browser, self.csrf, self.id = browser, csrf, operator_id

    async def get(self, path):
        return await self.browser.get(path)

    async def post(self, path, **fields):
        return await self.browser.post(path, data={"csrf": self.csrf, **fields}, headers=ORIGIN)


@asynccontextmanager
async def keeper(site, login="binh", name="Phạm Thị Bình", roles=(Role.SUPERVISOR,)):
    """A new account with a browser of its own."""
    operator_id = add_colleague(site.engine, login, name, roles)
    token, session = site.token(operator_id)
    async with site.browser(token) as browser:
        yield Keeper(browser, session.csrf_token, operator_id)


def audited(engine, action):
    """Subjects and details of the lines, the newest first."""
    with reading(engine) as connection:
        found = entries(connection, AuditFilter(action=action), 50)
    return [(entry.subject, dict(entry.detail)) for entry in found]
