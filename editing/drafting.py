"""Writing: a draft is begun, saved as often as needed, and thrown away; what is published is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from desk.audit import AuditAction
from desk.calendar.zone import vietnam_date
from editing.actor import Actor
from editing.bodies.body import Body, body_from_json, columns_of, search_text_of
from editing.bodies.check import refuse_unfit
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody
from editing.bodies.tidy import tidied
from editing.document import KEY_CHARACTERS, Document, DocumentKind
from editing.documents import add_document, existing_document, find_document, set_owner
from editing.errors import WrongStateError
from editing.history import Happened
from editing.keys import file_of, free_key, is_key
from editing.reason import checked_reason
from editing.traces import trace
from editing.version import Version, VersionState
from editing.versions import (
    add_version,
    change_version,
    existing,
    live_version,
    lock_document,
    open_version,
    version_by_id,
    versions_of,
)

EDITABLE = (VersionState.DRAFT, VersionState.REJECTED, VersionState.APPROVED)


@dataclass(frozen=True)
class DraftChanges:
    """The whole of what an editor may change, as it shall be; not only what differs."""

    body: Body
    live_from: date | None = None
    live_to: date | None = None
    change_note: str = ""
    public_note: str = ""


@dataclass(frozen=True)
class NewFaq:
    """`key` empty: made from the question. An entry of a new topic stands in a file of its own."""

    topic: str
    body: FaqBody
    key: str = ""
    owner_id: int | None = None
    change_note: str = ""


@dataclass(frozen=True)
class NewDirective:
    """`slug` as file names have it: `288-BHXH-VP`."""

    slug: str
    body: DirectiveBody
    owner_id: int | None = None
    change_note: str = ""


def start_draft(
    connection: Connection,
    document_id: int,
    actor: Actor,
    now: datetime,
    from_version_id: int | None = None,
    import_id: int | None = None,
) -> Version:
    """The open version if there is one; else a copy of what is served today, or of the newest.

    Where a later version is scheduled, the copy ends the day before it: it corrects what is served until then.
    """
    lock_document(connection, document_id)
    opened = open_version(connection, document_id)
    if opened is not None:
        return opened
    document = existing_document(connection, document_id)
    today = vietnam_date(now)
    source = _source(connection, document_id, from_version_id, today)
    values = {
        "title": source.title,
        "body": source.body,
        "digest": source.digest,
        "review_by": source.review_by,
        "live_from": source.live_from if source.live_from and source.live_from > today else None,
        "live_to": source.last_day if source.last_day and source.last_day >= today else None,
        "search_text": search_text_of(_body(document, source), document.key),
        "import_id": import_id,
    }
    return _begin(connection, document, values, actor, now)


def new_faq(connection: Connection, new: NewFaq, actor: Actor, now: datetime, import_id: int | None = None) -> Version:
    """A new entry with its first draft. Raises WrongStateError when `key` is taken, InvalidBodyError as save_draft."""
    key = new.key or free_key(connection, new.body.question)
    file = file_of(connection, new.topic)
    document = _new_document(connection, DocumentKind.FAQ, key, file, new.topic, new.owner_id, actor, now)
    return _begin(connection, document, _first(document, new.body, new.change_note, import_id), actor, now)


def new_directive(
    connection: Connection, new: NewDirective, actor: Actor, now: datetime, import_id: int | None = None
) -> Version:
    """The same for a directive."""
    kind = DocumentKind.DIRECTIVE
    document = _new_document(connection, kind, new.slug, new.slug, "", new.owner_id, actor, now)
    return _begin(connection, document, _first(document, new.body, new.change_note, import_id), actor, now)


def new_parameter(connection: Connection, name: str, body: ParameterBody, actor: Actor, now: datetime) -> Version:
    """The same for a parameter."""
    document = _new_document(connection, DocumentKind.PARAMETER, name, "parameters", "", None, actor, now)
    return _begin(connection, document, _first(document, body, "", None), actor, now)


def save_draft(
    connection: Connection, version_id: int, revision: int, changes: DraftChanges, actor: Actor, now: datetime
) -> Version:
    """The version as saved, with the next revision; one that was approved or rejected is a draft again.

    Raises StaleError when somebody saved since `revision`, WrongStateError for what is submitted or published, and
    InvalidBodyError for what cannot even be kept: an incomplete body can.
    """
    seen = _as_of(existing(version_by_id(connection, version_id), version_id), revision)
    document = existing_document(connection, seen.document_id)
    body = tidied(changes.body)
    refuse_unfit(body, changes.live_from, changes.live_to)
    if seen.withdraws:
        raise WrongStateError(f"version {version_id} withdraws the document and has no text to edit")
    values = {
        **columns_of(document.key, body),
        "live_from": changes.live_from,
        "live_to": changes.live_to,
        "change_note": changes.change_note,
        "public_note": changes.public_note,
        "state": VersionState.DRAFT.value,
        "revision": revision + 1,
        "updated_at": now,
        "submitted_at": None,
        "decided_by": None,
        "decided_at": None,
    }
    saved = change_version(connection, seen, EDITABLE, values)
    trace(connection, document, saved, Happened.EDITED, AuditAction.KNOWLEDGE_EDITED, actor, now)
    return saved


def discard_draft(connection: Connection, version_id: int, revision: int, actor: Actor, now: datetime) -> Version:
    """Nobody wants it any more; it stays in the history. Raises StaleError and WrongStateError as save_draft."""
    seen = _as_of(existing(version_by_id(connection, version_id), version_id), revision)
    values = {"state": VersionState.DISCARDED.value, "updated_at": now, "ended_at": now}
    discarded = change_version(connection, seen, EDITABLE, values)
    document = existing_document(connection, discarded.document_id)
    trace(connection, document, discarded, Happened.DISCARDED, AuditAction.KNOWLEDGE_EDITED, actor, now)
    return discarded


def propose_withdrawal(
    connection: Connection, document_id: int, change_note: str, actor: Actor, now: datetime
) -> Version:
    """A version that takes the document out of what is served, once it is approved and published.

    Raises WrongStateError when a draft is open, nothing is served that could be withdrawn, or the note, which is read
    as the reason, says too little or too much.
    """
    why = checked_reason(change_note)
    lock_document(connection, document_id)
    if open_version(connection, document_id) is not None:
        raise WrongStateError(f"document {document_id} has a draft; discard or publish it first")
    document = existing_document(connection, document_id)
    published = [one for one in versions_of(connection, document_id) if one.state is VersionState.PUBLISHED]
    if not published:
        raise WrongStateError(f"nothing of document {document_id} is published")
    source = live_version(connection, document_id, vietnam_date(now)) or published[0]
    values = {**columns_of(document.key, _body(document, source)), "withdraws": True, "change_note": why}
    return _begin(connection, document, values, actor, now)


def _source(connection: Connection, document_id: int, version_id: int | None, day: date) -> Version:
    if version_id is not None:
        found = existing(version_by_id(connection, version_id), version_id)
        if found.document_id != document_id:
            raise WrongStateError(f"version {version_id} is not of document {document_id}")
        return found
    live = live_version(connection, document_id, day)
    newest = live or next(iter(versions_of(connection, document_id)), None)
    if newest is None:
        raise WrongStateError(f"document {document_id} has no version to start from")
    return newest


def _new_document(
    connection: Connection,
    kind: DocumentKind,
    key: str,
    file: str,
    topic: str,
    owner_id: int | None,
    actor: Actor,
    now: datetime,
) -> Document:
    if not is_key(kind, key) or find_document(connection, kind, key) is not None:
        raise WrongStateError(f"{kind.value}/{key[:KEY_CHARACTERS]} is taken, or can be no key")
    try:
        with connection.begin_nested():
            document_id = add_document(connection, kind, key, file, topic, now)
    except IntegrityError as error:
        raise WrongStateError(f"{kind.value}/{key} was taken at the same moment") from error
    if owner_id is not None:
        set_owner(connection, document_id, owner_id, actor, now)
    return existing_document(connection, document_id)


def _first(document: Document, body: Body, change_note: str, import_id: int | None) -> dict[str, Any]:
    tidy = tidied(body)
    refuse_unfit(tidy, None, None)
    return {**columns_of(document.key, tidy), "change_note": change_note, "import_id": import_id}


def _begin(
    connection: Connection, document: Document, values: Mapping[str, Any], actor: Actor, now: datetime
) -> Version:
    numbers = [version.number for version in versions_of(connection, document.id)]
    first = {
        "document_id": document.id,
        "number": max(numbers, default=0) + 1,
        "state": VersionState.DRAFT.value,
        "revision": 1,
        "author_id": actor.operator_id,
        "created_at": now,
        "updated_at": now,
    }
    version = add_version(connection, {**first, **values})
    trace(connection, document, version, Happened.STARTED, AuditAction.KNOWLEDGE_EDITED, actor, now)
    return version


def _body(document: Document, version: Version) -> Body:
    return body_from_json(document.kind, version.body)


def _as_of(version: Version, revision: int) -> Version:
    """What the caller saw: a change of it fails where the row has gone on."""
    return replace(version, revision=revision)
