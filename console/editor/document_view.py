"""A document as its page shows it: what is served, what is being written, who may do what next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from console.editor.list_filters import PAGE
from console.editor.listing import editors
from console.operator.room import names_of_operators
from console.security.access import Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.document import Document, DocumentKind
from editing.documents import find_document
from editing.relations.flag import Flag, open_flags
from editing.review import is_writer
from editing.version import Standing, Version, VersionState
from editing.versions import open_version, versions_of


class EditorAct(StrEnum):
    """Forms of a document's page."""

    START = "start"
    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    DISCARD = "discard"
    WITHDRAW = "withdraw"
    OWNER = "owner"
    REVIEW = "review"
    RELEASE = "release"


@dataclass(frozen=True)
class DocumentView:
    """`served` are published and in the order of their numbers; `live` is one of them, or None."""

    document: Document
    live: Version | None
    served: tuple[Version, ...]
    open: Version | None
    newest: Version
    acts: frozenset[EditorAct]
    is_own: bool
    names: Mapping[int, str]
    owner: str
    owners: tuple[Operator, ...]
    flags: tuple[Flag, ...]

    @property
    def shown(self) -> Version:
        """What is read where nothing is being written."""
        return self.live or self.open or self.newest

    @property
    def root(self) -> str:
        """Address of its page."""
        return page_of(self.document)

    def standing(self, version: Version, visit: Visit) -> Standing:
        """Today."""
        return version.standing(vietnam_date(visit.now))


def page_of(document: Document, said: str = "") -> str:
    """Its address; `said` names what was done, for the page to say."""
    return f"{PAGE}/{document.kind.value}/{document.key}" + (f"?said={said}" if said else "")


def read_document(connection: Connection, visit: Visit, kind: DocumentKind) -> DocumentView:
    """Of the address. Raises RefusedError."""
    key = str(visit.request.path_params.get("key", ""))
    document = find_document(connection, kind, key)
    if document is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return view_of(connection, visit, document)


def view_of(connection: Connection, visit: Visit, document: Document) -> DocumentView:
    """Raises RefusedError for a document without any version: there is nothing to show."""
    versions, opened, me = versions_of(connection, document.id), open_version(connection, document.id), visit.operator
    if not versions:
        raise RefusedError(Refusal.NOT_FOUND)
    today = vietnam_date(visit.now)
    served = tuple(reversed([one for one in versions if one.state is VersionState.PUBLISHED]))
    live = next((one for one in served if one.standing(today) is Standing.LIVE), None)
    names, is_own = names_of_operators(connection), opened is not None and is_own_work(connection, opened, me)
    return DocumentView(
        document=document,
        live=live,
        served=served,
        open=opened,
        newest=versions[0],
        acts=acts_of(opened, bool(served), me, is_own),
        is_own=is_own,
        names=names,
        owner=names.get(document.owner_id or 0, ""),
        owners=editors(connection),
        flags=open_flags(connection, [document.id]).get(document.id, ()),
    )


def is_own_work(connection: Connection, version: Version, operator: Operator) -> bool:
    """Whether somebody wrote on it, so that another has to approve it."""
    return is_writer(connection, version, operator_actor(operator.id))


def acts_of(opened: Version | None, is_served: bool, operator: Operator, is_own: bool) -> frozenset[EditorAct]:
    """What this person may do now. Pure; the doors and the store check again."""
    state = opened.state if opened else None
    text, edits = opened is not None and not opened.withdraws, may(operator, Permission.EDIT_KNOWLEDGE)
    possible = {
        EditorAct.START: edits and state is None,
        EditorAct.SAVE: edits and text and state in {VersionState.DRAFT, VersionState.REJECTED, VersionState.APPROVED},
        EditorAct.SUBMIT: edits and state in {VersionState.DRAFT, VersionState.REJECTED},
        EditorAct.TAKE_BACK: edits and state is VersionState.SUBMITTED,
        EditorAct.DISCARD: edits and state in {VersionState.DRAFT, VersionState.REJECTED, VersionState.APPROVED},
        EditorAct.WITHDRAW: edits and state is None and is_served,
        EditorAct.OWNER: edits or may(operator, Permission.APPROVE_KNOWLEDGE),
        EditorAct.REVIEW: state is VersionState.SUBMITTED
        and may(operator, Permission.APPROVE_KNOWLEDGE)
        and not is_own,
        EditorAct.RELEASE: state is VersionState.APPROVED and may(operator, Permission.PUBLISH_KNOWLEDGE),
    }
    return frozenset(act for act, is_possible in possible.items() if is_possible)
