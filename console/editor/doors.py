"""What the communications centre keeps: entries, imports, releases, changes of law, open questions, news, insight."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from console.editor import (
    acts,
    announcements,
    directive_page,
    faq_page,
    faq_saving,
    gap_acts,
    gap_page,
    gaps,
    history_page,
    holds,
    import_directive,
    import_ending,
    import_page,
    import_rows,
    imports,
    insight,
    law_list,
    law_page,
    law_relations,
    listing,
    new_document,
    news,
    parameter_page,
    recall,
    release_acts,
    release_pages,
    review_needed,
    review_page,
    structure_page,
    suggesting,
    trying,
)
from console.operator.room import Room
from console.security.access import Door

MODULES: tuple[ModuleType, ...] = (
    listing,
    new_document,
    directive_page,
    parameter_page,
    faq_page,
    faq_saving,
    acts,
    history_page,
    review_page,
    release_pages,
    release_acts,
    trying,
    gaps,
    gap_page,
    gap_acts,
    recall,
    suggesting,
    news,
    insight,
    law_list,
    law_relations,
    law_page,
    review_needed,
    announcements,
    holds,
    imports,
    import_page,
    import_directive,
    import_rows,
    import_ending,
    structure_page,
)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Each module of this room that has doors stands here."""
    return tuple(door for module in MODULES for door in module.doors(room))
