"""The documents behind the passages: what an answer says and cites on a day, and whether that is in force then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from knowledge.answer import Citation
from knowledge.answering.sources import Facet, Figure, PastFigures
from knowledge.answering.texts import Texts
from knowledge.directives.citation import citation_label
from knowledge.directives.directive import Directive
from knowledge.directives.parts import anchor
from knowledge.faqs.entry import LegalBasis
from knowledge.faqs.history import parameters_told, values_between
from knowledge.faqs.parameters import Parameter, ParameterValue
from knowledge.faqs.placeholders import format_quantity
from knowledge.library import Documents
from knowledge.passage import Collection, Passage

DIRECTIVE_PATH = "/van-ban"
FAQ_PATH = "/hoi-dap"


class Catalogue:
    """Directives and FAQ entries by document and first day, passages by id. Safe to share between threads."""

    def __init__(self, documents: Documents, passages: Iterable[Passage], texts: Texts) -> None:
        self._directives = {(f"directive/{one.slug}", one.live_from): one for one in documents.directives}
        self._templates = {(f"faq/{one.id}", one.filed.live_from): one for one in documents.templates}
        self._passages = {passage.id: passage for passage in passages}
        self._texts = texts
        self._money_word = documents.parameters.money_word

    def text_on(self, passage: Passage, day: date) -> str | None:
        """Of a FAQ with the values in force on the day; None when one that it needs is not."""
        if passage.collection is Collection.DIRECTIVES:
            return passage.text
        template = self._templates.get(_place(passage))
        entry = None if template is None else template.on(day)
        return None if entry is None else entry.answer

    def citations(self, passage: Passage, day: date) -> tuple[Citation, ...]:
        """Of a FAQ one for each legal basis, or the entry itself when it rests on none.

        Empty for a passage whose document is not there, or needs a value that is not in force on the day.
        """
        if passage.collection is Collection.DIRECTIVES:
            directive = self._directives.get(_place(passage))
            return () if directive is None else (self._of_directive(directive, passage, day),)
        template = self._templates.get(_place(passage))
        entry = None if template is None else template.on(day)
        if entry is None:
            return ()
        return tuple(self._of_basis(passage, basis, day) for basis in entry.legal_basis) or (self._of_entry(passage),)

    def similar(self, passage: Passage, day: date) -> tuple[Citation, ...]:
        """Sections that say the same, of directives only."""
        alike = (self._passages.get(passage_id) for passage_id in passage.near_duplicates)
        found = ((one, self._directives.get(_place(one))) for one in alike if one is not None)
        return tuple(self._of_directive(directive, one, day) for one, directive in found if directive is not None)

    def is_ours(self, passage: Passage) -> bool:
        """False for an entry that only says which other body is responsible."""
        template = self._templates.get(_place(passage))
        return template is None or template.filed.is_ours

    def facets(self, passage: Passage, day: date) -> tuple[Facet, ...]:
        """In the order of the files."""
        template = self._templates.get(_place(passage))
        lens = "" if template is None else template.filed.lens
        if not lens:
            return ()
        return tuple(
            Facet(each.passage_id, each.filed.question.text, frozenset(each.filed.audience))
            for each in self._templates.values()
            if each.filed.lens == lens and each.is_served(day)
        )

    def past_figures(self, passage: Passage, first: date, last: date, today: date) -> tuple[PastFigures, ...]:
        """In the order in which the answer uses them."""
        template = self._templates.get(_place(passage))
        if template is None:
            return ()
        used = parameters_told(template.filed.answer.text, template.parameters)
        found = (self._past(passage, parameter, values_between(parameter, first, last), today) for parameter in used)
        return tuple(one for one in found if any(figure != one.now for figure in one.then))

    def in_force_since(self, passage: Passage, day: date) -> date | None:
        """Figures of law count as well as articles."""
        template = self._templates.get(_place(passage))
        entry = None if template is None else template.on(day)
        bases = () if entry is None else entry.legal_basis
        return max((basis.effective_from for basis in bases if basis.effective_from), default=None)

    def _past(
        self, passage: Passage, parameter: Parameter, values: tuple[ParameterValue, ...], today: date
    ) -> PastFigures:
        current = parameter.on(today)
        then = tuple(self._figure(passage, parameter, value, today) for value in values)
        return PastFigures(then, None if current is None else self._figure(passage, parameter, current, today))

    def _figure(self, passage: Passage, parameter: Parameter, value: ParameterValue, today: date) -> Figure:
        basis = LegalBasis(value.document, value.article, value.effective_from, value.effective_to)
        return Figure(
            title=parameter.title,
            value=format_quantity(value.value, parameter.unit, self._money_word),
            effective_from=value.effective_from,
            effective_to=value.effective_to,
            citation=self._of_basis(passage, basis, today) if value.document else None,
        )

    def _of_directive(self, directive: Directive, passage: Passage, day: date) -> Citation:
        validity = directive.validity
        return Citation(
            document=directive.number,
            section=passage.section,
            label=citation_label(directive, passage.section),
            date=directive.issued_on.isoformat(),
            validity=self._period(validity.effective_from, validity.effective_to, day)
            or self._changed(directive, passage.section, day)
            or validity.note,
            url=f"{DIRECTIVE_PATH}/{directive.slug}?doan={quote(passage.section)}#{anchor(passage.section)}",
            passage_id=passage.id,
        )

    def _changed(self, directive: Directive, section: str, day: date) -> str:
        """What later texts did to this place, or will do on a day that is known."""
        return " ".join(
            self._texts.validity[change.kind].format(
                document=change.document,
                effective_from=f"{change.effective_from:%d/%m/%Y}",
                effective_to=f"{change.effective_to:%d/%m/%Y}" if change.effective_to else "",
            )
            for change in directive.changed_by
            if change.concerns(section, day)
        )

    def _of_basis(self, passage: Passage, basis: LegalBasis, day: date) -> Citation:
        first, last = basis.effective_from, basis.effective_to
        return Citation(
            document=basis.document,
            section=basis.article,
            label=f"{basis.article} {basis.document}".strip(),
            date=first.isoformat() if first else "",
            validity=self._period(first, last, day) or self._in_force(first),
            url=f"{FAQ_PATH}/{passage.document}",
            passage_id=passage.id,
        )

    def _of_entry(self, passage: Passage) -> Citation:
        label = self._texts.faq_entry_label.format(question=passage.title)
        return Citation(passage.document, "", label, "", "", f"{FAQ_PATH}/{passage.document}", passage.id)

    def _period(self, effective_from: date | None, effective_to: date | None, day: date) -> str:
        """A sentence when the text is not in force on the day, else empty."""
        if effective_to is not None and effective_to < day:
            return self._texts.validity["past"].format(effective_to=f"{effective_to:%d/%m/%Y}")
        if effective_from is not None and effective_from > day:
            return self._texts.validity["future"].format(effective_from=f"{effective_from:%d/%m/%Y}")
        return ""

    def _in_force(self, effective_from: date | None) -> str:
        if effective_from is None:
            return ""
        return self._texts.validity["in_force"].format(effective_from=f"{effective_from:%d/%m/%Y}")


def _place(passage: Passage) -> tuple[str, date | None]:
    """Which period of which document the passage is of."""
    return passage.document_name, passage.valid_from
