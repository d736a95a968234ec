"""What is done to a mailing: hand it in, approve it, send it back, pause, go on, stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.editor.news_page import PAGE
from console.operator.pages import SEE_OTHER
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission, may
from desk.notices.mailing import (
    REASON_CHARACTERS,
    OwnMailingError,
    PausedByOtherError,
    WrongMailingStateError,
    mailing_by_id,
)
from desk.notices.mailing_steps import (
    approve_mailing,
    pause_mailing,
    reject_mailing,
    resume_mailing,
    stop_mailing,
    submit_mailing,
    take_back_mailing,
)

SHORTEST_REASON = 5


class ReasonError(Exception):
    """It is missing, too short or too long."""


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    steps, one = _Steps(room), PAGE + "/{mailing}"
    edit, approve, steer = Permission.EDIT_KNOWLEDGE, Permission.APPROVE_KNOWLEDGE, Permission.STEER_MAILINGS
    return (
        Door("POST", one + "/submit", edit, steps.submit),
        Door("POST", one + "/take-back", edit, steps.take_back),
        Door("POST", one + "/approve", approve, steps.approve),
        Door("POST", one + "/reject", approve, steps.reject),
        Door("POST", one + "/pause", steer, steps.pause),
        Door("POST", one + "/resume", steer, steps.resume),
        Door("POST", one + "/stop", steer, steps.stop),
    )


@dataclass(frozen=True)
class _Steps:
    room: Room

    async def submit(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        return await self._do(visit, "submitted", lambda connection: submit_mailing(connection, number, me, now))

    async def take_back(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        return await self._do(visit, "taken_back", lambda connection: take_back_mailing(connection, number, me, now))

    async def approve(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        revision = visit.form.number("revision") or 0
        return await self._do(
            visit, "approved", lambda connection: approve_mailing(connection, number, revision, me, now)
        )

    async def reject(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        return await self._do(
            visit, "rejected", lambda connection: reject_mailing(connection, number, me, _reason(visit), now)
        )

    async def pause(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        return await self._do(
            visit, "paused", lambda connection: pause_mailing(connection, number, me, _reason(visit), now)
        )

    async def resume(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        overrules = may(visit.operator, Permission.APPROVE_KNOWLEDGE)
        return await self._do(
            visit, "resumed", lambda connection: resume_mailing(connection, number, me, now, overrules=overrules)
        )

    async def stop(self, visit: Visit) -> Response:
        number, me, now = _names(visit)
        return await self._do(
            visit, "stopped", lambda connection: stop_mailing(connection, number, me, _reason(visit), now)
        )

    async def _do(self, visit: Visit, said: str, step: Callable[[Connection], object]) -> Response:
        """What was refused is said on the mailing's own page, which shows how it stands now."""
        number = visit.number("mailing")

        def work(connection: Connection) -> None:
            if mailing_by_id(connection, number) is None:
                raise RefusedError(Refusal.NOT_FOUND)
            step(connection)

        try:
            await self.room.transactions.write(work)
        except OwnMailingError:
            return _back(number, "refused=own")
        except PausedByOtherError:
            return _back(number, "refused=paused")
        except WrongMailingStateError:
            return _back(number, "refused=state")
        except ReasonError:
            return _back(number, "refused=reason")
        return _back(number, f"said={said}")


def _names(visit: Visit) -> tuple[int, int, datetime]:
    return visit.number("mailing"), visit.operator.id, visit.now


def _reason(visit: Visit) -> str:
    reason = " ".join(visit.form.text("reason").split())
    if not SHORTEST_REASON <= len(reason) <= REASON_CHARACTERS:
        raise ReasonError
    return reason


def _back(number: int, about: str) -> Response:
    return RedirectResponse(f"{PAGE}/{number}?{about}", SEE_OTHER)
