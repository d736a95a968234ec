"""Releases: the list, choosing what goes out, and one release with what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from sqlalchemy import Connection

from console.editor.notices import refused_before, said_before
from console.editor.release_view import RELEASES_PAGE, gate_of, read_release, release_or_refuse
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission, may
from desk.calendar.zone import vietnam_date
from editing.document import Document
from editing.documents import documents_by_id
from editing.pointer import has_snapshot
from editing.release import Release, ReleaseKind, ReleaseState
from editing.releasing import forced_releases, releases
from editing.rolling_back import is_taken_back
from editing.version import Version, VersionState
from editing.versions import count_versions, open_versions

ONE = RELEASES_PAGE + "/{release}"
NEW = RELEASES_PAGE + "/new"
SHOWN, FORCED_SHOWN = 60, 20
MOST_CHOICES = 500
"""Of a kind: what waits longest goes out first, the rest in the next release."""
LISTED = tuple(kind for kind in ReleaseKind if kind is not ReleaseKind.PREVIEW)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    pages = ReleasePages(room)
    return (
        Door("GET", RELEASES_PAGE, Permission.READ_KNOWLEDGE, pages.list),
        Door("GET", NEW, Permission.PUBLISH_KNOWLEDGE, pages.choose),
        Door("GET", ONE, Permission.READ_KNOWLEDGE, pages.show),
        Door("GET", ONE + "/gate", Permission.READ_KNOWLEDGE, pages.gate, is_by_itself=True),
    )


@dataclass(frozen=True)
class ReleaseRow:
    """`can_go_back`: it was live and its snapshot still lies on disk."""

    release: Release
    who: str
    can_go_back: bool


@dataclass(frozen=True)
class ReleaseList:
    """`waiting` are approved versions that no release holds yet, or one that is not published."""

    rows: tuple[ReleaseRow, ...]
    forced: tuple[ReleaseRow, ...]
    waiting: int


@dataclass(frozen=True)
class Choice:
    """A version that may go out; a submitted one only by force."""

    document: Document
    version: Version
    author: str
    is_kept: bool = False
    """A copy of what was live until somebody went back to an earlier release: it goes out only when ticked."""


@dataclass(frozen=True)
class ReleasePages:
    """Reads only; what is done stands in release_acts.py."""

    room: Room

    async def list(self, visit: Visit) -> Response:
        found = await self.room.transactions.read(lambda connection: self._list(connection))
        return self._page(visit, "releases.html", list=found)

    async def choose(self, visit: Visit) -> Response:
        """What is approved; beside it what is submitted, for an emergency."""
        return await self.chosen(visit, "", frozenset())

    async def chosen(self, visit: Visit, error: str, ticked: frozenset[int], status: int = 200) -> Response:
        """The same page after a form that was refused."""
        approved, submitted = await self.room.transactions.read(_choices)
        context = {"approved": approved, "submitted": submitted, "ticked": ticked}
        return self._page(visit, "release_new.html", status, error=error, **context)

    async def show(self, visit: Visit) -> Response:
        """A GET."""
        return await self.shown(visit, "")

    async def shown(self, visit: Visit, error: str, status: int = 200) -> Response:
        """Raises RefusedError when there is no such release."""
        texts, index = self.room.editor.texts, self.room.editor.index
        read = partial(read_release, visit=visit, texts=texts, index=index)
        view = await self.room.transactions.read(read)
        if not view.gate.is_settled:
            await self.room.editor.workshop.wake()
        acts = self._acts(visit, view.release, is_ready_to_return=bool(view.outcome))
        context = {"view": view, "acts": acts, "typed": visit.form.text("reason")}
        if error:
            context["error"] = error
        return self._page(visit, "release_page.html", status, **context)

    async def gate(self, visit: Visit) -> Response:
        """The part that tells how far the build is."""
        release = await self.room.transactions.read(partial(release_or_refuse, visit=visit))
        return self.room.pages.part(visit, "gate.html", gate=gate_of(release), labels=self.room.editor.texts)

    def _acts(self, visit: Visit, release: Release, is_ready_to_return: bool) -> frozenset[str]:
        me, state = visit.operator, release.state
        publishes = may(me, Permission.PUBLISH_KNOWLEDGE) and release.kind is not ReleaseKind.PREVIEW
        is_over = state in {ReleaseState.LIVE, ReleaseState.RETIRED, ReleaseState.DISCARDED}
        possible = {
            "publish": publishes and state is ReleaseState.READY,
            "discard": publishes and not is_over,
            "again": publishes and state in {ReleaseState.OUTDATED, ReleaseState.FAILED},
            "roll_back": may(me, Permission.ROLL_BACK_KNOWLEDGE)
            and is_ready_to_return
            and has_snapshot(self.room.editor.index, release.snapshot_id),
        }
        return frozenset(act for act, is_possible in possible.items() if is_possible)

    def _list(self, connection: Connection) -> ReleaseList:
        names, texts, index = names_of_operators(connection), self.room.editor.texts, self.room.editor.index

        def row(release: Release) -> ReleaseRow:
            returns = release.state is ReleaseState.RETIRED and has_snapshot(index, release.snapshot_id)
            return ReleaseRow(release, texts.actor(release.published_by or release.requested_by, names), returns)

        found = tuple(map(row, releases(connection, SHOWN, kinds=LISTED)))
        forced = tuple(map(row, forced_releases(connection, FORCED_SHOWN)))
        return ReleaseList(found, forced, count_versions(connection, VersionState.APPROVED))

    def _page(self, visit: Visit, template: str, status: int = 200, **context: object) -> Response:
        given = {
            "labels": self.room.editor.texts,
            "said": said_before(self.room, visit),
            "error": refused_before(self.room, visit),
            "today": vietnam_date(visit.now),
        }
        return self.room.pages.page(visit, template, status, **{**given, **context})


def _choices(connection: Connection) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    names = names_of_operators(connection)
    approved, submitted = (
        open_versions(connection, state, MOST_CHOICES) for state in (VersionState.APPROVED, VersionState.SUBMITTED)
    )
    found = documents_by_id(connection, [version.document_id for version in (*approved, *submitted)])

    def choice(version: Version) -> Choice:
        author = names.get(version.author_id or 0, "")
        return Choice(found[version.document_id], version, author, is_taken_back(connection, version))

    return tuple(map(choice, approved)), tuple(map(choice, submitted))
