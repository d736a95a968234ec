"""What earlier snapshots held and the current one does not: links to it still open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.directives.directive import Directive
from knowledge.errors import KnowledgeError
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.template import FaqTemplate
from knowledge.library import Documents, load_documents
from knowledge.pointer import content_of, snapshot_ids, was_served


def load_earlier(root: Path, but_not: str, today: date) -> Documents:
    """Of all other snapshots that were in use and are kept: each document as the newest has it, in no useful order.

    A snapshot that cannot be read is passed over.
    """
    directives: dict[str, Directive] = {}
    templates: dict[str, FaqTemplate] = {}
    for snapshot_id in snapshot_ids(root):
        if snapshot_id == but_not or not was_served(root, snapshot_id):
            continue
        try:
            documents = load_documents(content_of(root, snapshot_id), today)
        except KnowledgeError:
            continue
        directives.update((one.slug, one) for one in documents.directives)
        templates.update((one.id, one) for one in documents.templates if one.filed.is_live)
    return Documents(tuple(directives.values()), tuple(templates.values()), Parameters((), ""), {})
