"""A directive of the base that a law changes says so itself: in its front matter, hence in citations, on its page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from editing.actor import Actor, operator_actor
from editing.bodies.directive import DirectiveBody, directive_from_json
from editing.drafting import DraftChanges, save_draft, start_draft
from editing.errors import EditingError
from editing.relations.law import Law
from editing.relations.relation import Relation
from editing.review import approve, submit
from editing.versions import open_version

CHANGED_BY = "changed_by"


def mark(
    connection: Connection, document_id: int, relation: Relation, law: Law, approver: Actor, now: datetime
) -> bool:
    """An approved version beside the published one; what is published next takes it along.

    Two people stand behind it: who recorded the relation wrote it, who approved that approves it. False where somebody
    is writing on the directive, or it cannot be read: then a person adds it to the draft.
    """
    if open_version(connection, document_id) is not None:
        return False
    author = operator_actor(relation.author_id)
    try:
        with connection.begin_nested():
            draft = start_draft(connection, document_id, author, now)
            body = _marked(directive_from_json(draft.body), relation, law)
            changes = DraftChanges(body, draft.live_from, draft.live_to, change_note=law.document)
            saved = save_draft(connection, draft.id, draft.revision, changes, author, now)
            submitted = submit(connection, saved.id, saved.revision, author, now)
            approve(connection, submitted.id, submitted.revision, approver, now)
    except EditingError:
        return False
    return True


def _marked(body: DirectiveBody, relation: Relation, law: Law) -> DirectiveBody:
    entry = {
        "kind": relation.kind.value,
        "document": law.document,
        "articles": relation.articles,
        "effective_from": relation.valid_from.isoformat(),
        "effective_to": relation.valid_to.isoformat() if relation.valid_to is not None else None,
    }
    front = {**body.front, CHANGED_BY: [*body.front.get(CHANGED_BY, ()), entry]}
    return DirectiveBody(body.text, front, body.questions)
