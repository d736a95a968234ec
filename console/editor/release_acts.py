"""What is done with releases: wished for, published, published by force, thrown away, gone back to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from sqlalchemy import Connection

from console.editor.refusing import reason_of, told
from console.editor.release_pages import ONE, ReleasePages
from console.editor.release_view import RELEASES_PAGE, gate_of, release_or_refuse
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.pointer import has_snapshot, reconcile
from editing.reason import LEAST_REASON, MOST_REASON, REASON_LIMITS
from editing.release import Release, ReleaseKind, ReleaseState
from editing.release_set import change_from_json
from editing.releasing import discard_release, force_publish, publish, request_release, roll_back
from knowledge.search.errors import SnapshotError

log = logging.getLogger(__name__)
PREFIX = "version_"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    acts, publishing = _Acts(room, ReleasePages(room)), Permission.PUBLISH_KNOWLEDGE
    return (
        Door("POST", RELEASES_PAGE, publishing, acts.request),
        Door("POST", ONE + "/again", publishing, acts.again),
        Door("POST", ONE + "/publish", publishing, acts.publish),
        Door("POST", ONE + "/force", publishing, acts.force),
        Door("POST", ONE + "/discard", publishing, acts.discard),
        Door("POST", ONE + "/roll-back", Permission.ROLL_BACK_KNOWLEDGE, acts.roll_back),
    )


@dataclass(frozen=True)
class _Acts:
    room: Room
    pages: ReleasePages

    async def request(self, visit: Visit) -> Response:
        """A candidate with the ticked versions; nothing changes for citizens."""
        ticked = frozenset(
            int(name.removeprefix(PREFIX))
            for name in visit.form.fields
            if name.startswith(PREFIX) and name.removeprefix(PREFIX).isdecimal() and len(name) <= 26
        )

        def work(connection: Connection) -> Release:
            if not ticked:
                raise RefusedError(Refusal.KNOWLEDGE_NOTHING_CHOSEN)
            return self._requested(connection, visit, sorted(ticked))

        try:
            release = await self.room.transactions.write(work)
        except RefusedError as refused:
            if is_from_script(visit.request):
                raise
            return await self.pages.chosen(visit, self.room.pages.texts.refused(refused), ticked, refused.status)
        return await self._to(visit, release, "requested")

    async def again(self, visit: Visit) -> Response:
        """The same versions on what is live now."""

        def work(connection: Connection) -> Release:
            changes = map(change_from_json, release_or_refuse(connection, visit).changes)
            return self._requested(connection, visit, [one.version_id for one in changes if one.version_id])

        return await self._do(visit, work, "requested", moves=False)

    async def publish(self, visit: Visit) -> Response:
        """Where the gate found something that was right and goes wrong, only with a reason."""
        reason = " ".join(visit.form.text("reason").split())

        def work(connection: Connection) -> Release:
            report = gate_of(release_or_refuse(connection, visit)).report
            is_short = not LEAST_REASON <= len(reason) <= MOST_REASON
            if (report is not None and report.needs_reason and is_short) or len(reason) > MOST_REASON:
                raise RefusedError(Refusal.KNOWLEDGE_REGRESSIONS, REASON_LIMITS)
            with told():
                return publish(
                    connection, visit.number("release"), operator_actor(visit.operator.id), visit.now, reason
                )

        return await self._do(visit, work, "published")

    async def force(self, visit: Visit) -> Response:
        """Around the rule that another approves; audited and listed."""

        def work(connection: Connection) -> Release:
            release, reason = release_or_refuse(connection, visit), reason_of(visit.form.text("reason"))
            if not visit.form.is_on("confirmed"):
                raise RefusedError(Refusal.CONFIRMATION_MISSING)
            with told():
                return force_publish(connection, release.id, reason, operator_actor(visit.operator.id), visit.now)

        return await self._do(visit, work, "forced")

    async def discard(self, visit: Visit) -> Response:
        def work(connection: Connection) -> Release:
            release = release_or_refuse(connection, visit)
            with told():
                return discard_release(connection, release.id, operator_actor(visit.operator.id), visit.now)

        return await self._do(visit, work, "release_discarded", moves=False)

    async def roll_back(self, visit: Visit) -> Response:
        """To the release of the address, at once: nothing is built, so its index has to be there."""

        def work(connection: Connection) -> Release:
            release, reason = release_or_refuse(connection, visit), reason_of(visit.form.text("reason"))
            if release.state is ReleaseState.RETIRED and not has_snapshot(self.room.editor.index, release.snapshot_id):
                raise RefusedError(Refusal.KNOWLEDGE_NO_INDEX)
            with told():
                return roll_back(connection, release.id, operator_actor(visit.operator.id), reason, visit.now)

        return await self._do(visit, work, "rolled_back")

    async def _do(self, visit: Visit, work: Callable[[Connection], Release], said: str, moves: bool = True) -> Response:
        try:
            release = await self.room.transactions.write(work)
        except RefusedError as refused:
            if is_from_script(visit.request) or refused.refusal is Refusal.NOT_FOUND:
                raise
            return await self.pages.shown(visit, self.room.pages.texts.refused(refused), refused.status)
        if moves:
            await self._move_pointer()
        return await self._to(visit, release, said)

    async def _move_pointer(self) -> None:
        """The workshop does it too, a second later, so a fault here loses nothing."""
        try:
            await self.room.transactions.read(partial(reconcile, index_folder=self.room.editor.index))
        except (SnapshotError, OSError) as error:
            log.warning("pointer not moved: %s", type(error).__name__)

    async def _to(self, visit: Visit, release: Release, said: str) -> Response:
        await self.room.editor.workshop.wake()
        path = f"{RELEASES_PAGE}/{release.id}"
        words = self.room.editor.texts.said[said]
        return self.room.pages.done(visit, path if is_from_script(visit.request) else f"{path}?said={said}", words)

    @staticmethod
    def _requested(connection: Connection, visit: Visit, version_ids: Sequence[int]) -> Release:
        actor = operator_actor(visit.operator.id)
        with told():
            return request_release(connection, version_ids, actor, visit.now, ReleaseKind.CHANGES)
