"""Sets the knowledge room's directives and FAQs as pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from console.chat.documents import Block, BlockRole, DirectiveView, FaqView, LegalBasisView, RelatedFaq
from knowledge.directives.citation import citation_label
from knowledge.directives.directive import Directive
from knowledge.directives.page import BlockKind, PageBlock, page_blocks
from knowledge.faqs.entry import FaqEntry, Source, Status
from knowledge.library import load_library as load_knowledge
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section

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
    """All live documents of one version of the knowledge, set as pages once."""

    def __init__(self, directives: Iterable[Directive], entries: Iterable[FaqEntry]) -> None:
        live = {entry.id: entry for entry in entries if entry.status == Status.LIVE}
        self._directives = {directive.slug: directive_view(directive) for directive in directives}
        self._faqs = {entry.id: faq_view(entry, live) for entry in live.values()}

    def directive(self, slug: str) -> DirectiveView | None:
        """None when no directive has this slug."""
        return self._directives.get(slug)

    def faq(self, faq_id: str) -> FaqView | None:
        """None when no live FAQ has this id."""
        return self._faqs.get(faq_id)


def load_library(settings: Path, today: date) -> KnowledgeLibrary:
    """What the content folder named in `settings` holds today. Raises SettingsError or KnowledgeError."""
    content = read_section(settings, "knowledge", KnowledgeSettings).content_folder
    knowledge = load_knowledge(settings.resolve().parent / content, today)
    return KnowledgeLibrary(knowledge.directives, knowledge.entries)


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


def faq_view(entry: FaqEntry, live: Mapping[str, FaqEntry]) -> FaqView:
    """`live` are the entries that may be shown as related."""
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
        related=tuple(RelatedFaq(other, live[other].question) for other in entry.related if other in live),
    )
