"""Every door of the console says who may pass; what says nothing does not exist."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fastapi import Request, Response

from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission
from desk.accounts.session import Session

PAGE_SCRIPT_HEADER = "x-console"
"""Set by the console's own scripts: they want a sentence, not a page."""


class Open(StrEnum):
    """Doors that need no permission."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"  # also for those who owe a password or an authenticator


Need = Permission | Open


@dataclass(frozen=True)
class Visit:
    """One request that was let in. `session` is None only behind a door for anybody."""

    request: Request
    session: Session | None
    form: Form
    now: datetime

    @property
    def operator(self) -> Operator:
        """Who is signed in. Raises RefusedError."""
        if self.session is None:
            raise RefusedError(Refusal.SIGN_IN_NEEDED)
        return self.session.operator

    def number(self, name: str) -> int:
        """A number of the path. Raises RefusedError."""
        value = str(self.request.path_params.get(name, ""))
        if not (value.isascii() and value.isdecimal() and len(value) <= 18):
            raise RefusedError(Refusal.NOT_FOUND)
        return int(value)

    def query(self, name: str, longest: int = 200) -> str:
        """A value behind the question mark, cut; empty when it is not there."""
        return self.request.query_params.get(name, "").replace("\x00", "")[:longest].strip()

    def given(self, name: str, longest: int = 200) -> str:
        """A value of the form that was posted, else of the address; cut. Personal data is read from forms alone."""
        if self.request.method == "POST":
            return self.form.text(name)[:longest].strip()
        return self.query(name, longest)


Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True)
class Door:
    """`is_by_itself`: pages call it without anybody's doing, so it does not keep a session alive.

    `file_bytes`: it takes one file of at most so many; None for all doors but that of imports.
    """

    method: str
    path: str
    need: Need
    handler: Handler
    is_by_itself: bool = False
    file_bytes: Callable[[], int] | None = None


def is_from_script(request: Request) -> bool:
    """Whether one of the console's scripts asks, or a stream: they cannot use a page."""
    return PAGE_SCRIPT_HEADER in request.headers or "text/event-stream" in request.headers.get("accept", "")
