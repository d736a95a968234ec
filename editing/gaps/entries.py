"""A gap becomes an entry: a new one, or more wordings for one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from editing.actor import Actor
from editing.bodies.body import body_from_json
from editing.bodies.faq import FaqBody
from editing.document import Document, DocumentKind
from editing.documents import existing_document
from editing.drafting import DraftChanges, NewFaq, new_faq, save_draft, start_draft
from editing.errors import WrongStateError
from editing.gaps.handling import Seen, begin_entry
from editing.gaps.listing import gap_by_id, questions_of
from editing.version import Version
from vietnamese.keys import plain_key

CHOSEN_FROM = 500
MOST_ALTERNATES = 40


def write_entry(
    connection: Connection, seen: Seen, topic: str, question_ids: Iterable[int], actor: Actor, now: datetime
) -> Version:
    """A draft whose question names the gap, and whose alternates are the chosen questions. Raises EditingError."""
    listed = gap_by_id(connection, seen.id)
    if listed is None:
        raise WrongStateError(f"there is no gap {seen.id}")
    wordings = _wordings(connection, seen.id, question_ids)
    question = listed.title or (wordings[0] if wordings else "")
    body = FaqBody(question=question, alternates=_without((), wordings, question))
    version = new_faq(connection, NewFaq(topic, body, owner_id=actor.operator_id), actor, now)
    begin_entry(connection, seen, f"{DocumentKind.FAQ.value}/{_key(connection, version)}", actor, now, is_new=True)
    return version


def extend_entry(
    connection: Connection,
    seen: Seen,
    document: Document,
    question_ids: Iterable[int],
    actor: Actor,
    now: datetime,
) -> Version:
    """The chosen questions become alternates of the entry's draft, which is begun if there is none.

    Raises WrongStateError for what is no entry, or whose draft waits for approval.
    """
    if document.kind is not DocumentKind.FAQ:
        raise WrongStateError(f"{document.name} is no entry")
    draft = start_draft(connection, document.id, actor, now)
    body = body_from_json(DocumentKind.FAQ, draft.body)
    if not isinstance(body, FaqBody):
        raise WrongStateError(f"{document.name} is no entry")
    more = _without(body.alternates, _wordings(connection, seen.id, question_ids), body.question)
    extended = replace(body, alternates=(*body.alternates, *more))
    changes = DraftChanges(extended, draft.live_from, draft.live_to, draft.change_note, draft.public_note)
    saved = save_draft(connection, draft.id, draft.revision, changes, actor, now) if more else draft
    begin_entry(connection, seen, document.name, actor, now, is_new=False)
    return saved


def _wordings(connection: Connection, cluster_id: int, question_ids: Iterable[int]) -> tuple[str, ...]:
    chosen = set(question_ids)
    found = questions_of(connection, cluster_id, CHOSEN_FROM)
    return tuple(question.question for question in found if question.id in chosen and question.question)


def _without(there: Sequence[str], wordings: Iterable[str], question: str) -> tuple[str, ...]:
    """Each wording once, whatever its case and diacritics, and none that stands there already."""
    keys = {plain_key(text) for text in (*there, question)}
    kept: list[str] = []
    for wording in wordings:
        key = plain_key(wording)
        if key and key not in keys:
            keys.add(key)
            kept.append(" ".join(wording.split()))
    return tuple(kept[:MOST_ALTERNATES])


def _key(connection: Connection, version: Version) -> str:
    return existing_document(connection, version.document_id).key
