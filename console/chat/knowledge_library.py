"""Sets the knowledge room's directives and FAQs as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from console.chat.documents import Block, BlockRole, ChangeView, DirectiveView, FaqView, LegalBasisView, RelatedFaq
from knowledge.directives.citation import citation_label
from knowledge.directives.directive import Directive
from knowledge.directives.page import BlockKind, PageBlock, page_blocks
from knowledge.faqs.entry import FaqEntry, Source
from knowledge.faqs.reading import FiledEntry
from knowledge.faqs.template import FaqTemplate
from knowledge.library import Documents
from knowledge.passage import is_within

T = TypeVar("T")
ROW_NUMBER_HEADER = "TT"
"""Heading of the first column of an annex; the parser keeps the number itself as the row's marker."""
POINTS_FROM_LEVEL = 2
"""Outer points run with the text; the ones inside them are set off."""
_ROLES = {
    BlockKind.FORM: BlockRole.FURNITURE,
    BlockKind.TITLE: BlockRole.HEADING,
    BlockKind.HEADING: BlockRole.HEADING,
    BlockKind.PARAGRAPH: BlockRole.PARAGRAPH,
    BlockKind.ROW: BlockRole.ROW,
    BlockKind.NOTE: BlockRole.FOOTNOTE,
}


class KnowledgeLibrary:
    """The documents of one version of the knowledge, each set as a page when it is first asked for.

    `earlier` gives what older versions held: it is asked for only when a link names what is not there any more.
    """

    def __init__(self, documents: Documents, earlier: Callable[[], Documents], today: Callable[[], date]) -> None:
        live = (one for one in documents.templates if one.filed.is_live)
        # Periods of one document in the order of their days: the last one is the latest.
        directives = sorted(documents.directives, key=lambda one: one.live_from or date.min)
        self._directives = _by(lambda one: one.slug, directives)
        self._templates = _by(lambda one: one.id, sorted(live, key=lambda one: one.filed.live_from or date.min))
        self._load_earlier = earlier
        self._today = today
        self._views: dict[tuple[str, date | None, bool], DirectiveView] = {}

    def directive(self, slug: str) -> DirectiveView | None:
        """As served today; else as it was last. None when no version that has begun had a directive of this slug."""
        periods = [one for one in self._directives.get(slug, ()) if self._has_begun(one)]
        served = [one for one in periods if is_within(self._today(), one.live_from, one.live_to)]
        found = served or periods or [one for one in self._earlier.directives if one.slug == slug]
        if not found:
            return None
        key = (slug, found[-1].live_from, bool(served))
        if key not in self._views:
            self._views[key] = replace(directive_view(found[-1]), is_served=bool(served))
        return self._views[key]

    def faq(self, faq_id: str) -> FaqView | None:
        """As served today; without its answer when it is not. None when no version had a live FAQ of this id."""
        today = self._today()
        periods = self._templates.get(faq_id, [])
        for template in periods:
            entry = template.on(today) if template.is_served(today) else None
            if entry is not None:
                return faq_view(entry, self._live_question)
        begun = [one for one in periods if self._has_begun(one.filed)]
        found = begun or [one for one in self._earlier.templates if one.id == faq_id and one.filed.is_live]
        return unserved_view(found[-1]) if found else None

    def _has_begun(self, one: Directive | FiledEntry) -> bool:
        """What is published for a later day is not shown before it."""
        return one.live_from is None or one.live_from <= self._today()

    def _live_question(self, faq_id: str) -> str | None:
        today = self._today()
        served = (one for one in self._templates.get(faq_id, ()) if one.is_served(today))
        return next((one.filed.question.text for one in served), None)

    @cached_property
    def _earlier(self) -> Documents:
        """Loaded when it is first needed, and without what had not begun."""
        found = self._load_earlier()
        return replace(
            found,
            directives=tuple(filter(self._has_begun, found.directives)),
            templates=tuple(one for one in found.templates if self._has_begun(one.filed)),
        )


def _by(key: Callable[[T], str], items: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def directive_view(directive: Directive) -> DirectiveView:
    """The directive with every block labelled as citations name it."""
    labels = {section.label: citation_label(directive, section.label) for section in directive.sections}
    return DirectiveView(
        slug=directive.slug,
        number=directive.number,
        kind=directive.kind,
        subject=directive.subject,
        issuer=directive.issuer,
        issued_on=directive.issued_on,
        signer=directive.signer,
        signer_title=directive.signer_title,
        addressees=directive.addressees,
        effective_from=directive.validity.effective_from,
        effective_to=directive.validity.effective_to,
        validity_note=directive.validity.note,
        blocks=tuple(_block(block, labels) for block in page_blocks(directive)),
        changes=tuple(
            ChangeView(change.kind, change.document, change.articles, change.effective_from, change.effective_to)
            for change in directive.changed_by
        ),
    )


def _block(block: PageBlock, labels: Mapping[str, str]) -> Block:
    role = _ROLES[block.kind]
    if role is BlockRole.PARAGRAPH and block.level >= POINTS_FROM_LEVEL:
        role = BlockRole.POINT
    cells = tuple((cell.name, "\n".join(cell.lines)) for cell in block.cells)
    return Block(
        anchor=block.anchor,
        section=block.section,
        label=labels.get(block.section, ""),
        role=role,
        level=1 if block.kind is BlockKind.TITLE else max(1, block.level),
        text=f"{block.marker} {block.text}".strip(),
        cells=((ROW_NUMBER_HEADER, block.marker), *cells) if cells else (),
    )


def faq_view(entry: FaqEntry, live_question: Callable[[str], str | None]) -> FaqView:
    """`live_question` gives the question of an entry that may be shown as related."""
    related = ((other, live_question(other)) for other in entry.related)
    return FaqView(
        id=entry.id,
        topic=entry.topic,
        question=entry.question,
        answer=entry.answer,
        legal_basis=tuple(
            LegalBasisView(basis.document, basis.article, basis.effective_from, basis.effective_to)
            for basis in entry.legal_basis
        ),
        audience=entry.audience,
        secondary_source=entry.source == Source.SECONDARY,
        review_by=entry.review_by,
        related=tuple(RelatedFaq(other, question) for other, question in related if question is not None),
    )


def unserved_view(template: FaqTemplate) -> FaqView:
    """The question alone: an answer that was taken back is not shown."""
    filed = template.filed
    return FaqView(
        id=template.id,
        topic=filed.topic,
        question=filed.question.text,
        answer="",
        legal_basis=(),
        audience=filed.audience,
        secondary_source=False,
        review_by=filed.review_by or date.min,
        related=(),
        is_served=False,
    )
