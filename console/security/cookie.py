"""The cookie that holds the token of a session."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

NAME = "bhxh_console"


@dataclass(frozen=True)
class SessionCookie:
    """`is_secure`: the console is reached over https, as it has to be anywhere but on the machine itself.

    The prefix makes browsers refuse a cookie of this name that another host, or plain http, tries to plant.
    """

    is_secure: bool

    @property
    def name(self) -> str:
        """With `__Host-` over https."""
        return f"__Host-{NAME}" if self.is_secure else NAME

    def read(self, request: Request) -> str:
        """The token; empty without one."""
        return request.cookies.get(self.name, "")

    def put(self, response: Response, token: str) -> None:
        """For as long as the browser is open: the session itself ends on the server."""
        response.set_cookie(self.name, token, path="/", secure=self.is_secure, httponly=True, samesite="strict")

    def remove(self, response: Response) -> None:
        """After signing out."""
        response.delete_cookie(self.name, path="/", secure=self.is_secure, httponly=True, samesite="strict")
