"""What an editor is told while typing: documents that say nearly the same, entries that say another figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from console.editor.answer_showing import filled_text
from console.editor.parameter_table import parameters_on
from console.editor.ports import Alike, Workshop, WorkshopAwayError
from editing.bodies.faq import FaqBody
from editing.conflicts import FigureConflict, Stated, conflicts
from editing.document import Document
from editing.live_base import live_entries_with
from knowledge.faqs.parameters import Parameters

MOST_ALIKE, MOST_CONFLICTS = 5, 5
MOST_WORDINGS = 40


@dataclass(frozen=True)
class FaqHints:
    """`away`: the workshop does not answer, so nothing is known about what is alike."""

    conflicts: tuple[FigureConflict, ...]
    alike: tuple[Alike, ...] = ()
    away: bool = False


def hints_of(connection: Connection, document: Document, body: FaqBody, day: date, money_word: str) -> FaqHints:
    """Those that need no model. Only entries that share a document of law with this one are read."""
    parameters = parameters_on(connection, day, money_word)
    mine = _stated(document.name, body, parameters, day)
    found = conflicts(mine, _others(connection, body, parameters, day)) if mine.bases else iter(())
    return FaqHints(tuple(conflict for conflict, _ in zip(found, range(MOST_CONFLICTS), strict=False)))


async def with_alike(hints: FaqHints, workshop: Workshop, body: FaqBody, name: str) -> FaqHints:
    """With what the workshop finds; never raises."""
    wordings = tuple(line for line in (body.question, *body.alternates) if line)[:MOST_WORDINGS]
    if not wordings:
        return hints
    try:
        found = await workshop.alike(wordings, name, MOST_ALIKE)
    except WorkshopAwayError:
        return FaqHints(hints.conflicts, away=True)
    return FaqHints(hints.conflicts, found)


def _others(connection: Connection, body: FaqBody, parameters: Parameters, day: date) -> Iterator[Stated]:
    named = {basis.document for basis in body.legal_basis if basis.document}
    for each in live_entries_with(connection, named, day):
        if any(basis.document in named for basis in each.body.legal_basis):
            yield _stated(each.document.name, each.body, parameters, day)


def _stated(name: str, body: FaqBody, parameters: Parameters, day: date) -> Stated:
    bases = tuple((basis.document, basis.article) for basis in body.legal_basis if basis.document and basis.article)
    return Stated(name, body.question, filled_text(body.answer, parameters, day), bases)
