"""The form of a parameter: its values with their periods, as typed and as a body. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from console.editor.faq_form import NOTE_CHARACTERS, typed_day
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import one_line
from editing.bodies.parameter import FiledValue, ParameterBody
from editing.version import Version
from knowledge.faqs.parameters import Unit

MOST_VALUES = 15
# As people write amounts: 2.530.000 or 2 530 000; a comma begins the fraction: 4,5.
_AMOUNT = re.compile(r"\d{1,15}(,\d{1,6})?", re.ASCII)
_FIELDS = ("value", "from", "to", "document", "article")


@dataclass(frozen=True)
class ValueRow:
    """One value as typed; days in ISO form."""

    value: str = ""
    effective_from: str = ""
    effective_to: str = ""
    document: str = ""
    article: str = ""

    @property
    def is_empty(self) -> bool:
        """Rows that nobody filled in are left out."""
        return not (self.value or self.effective_from or self.effective_to or self.document or self.article)


@dataclass(frozen=True)
class ParameterForm:
    """Texts as typed."""

    title: str = ""
    unit: str = Unit.DONG.value
    rows: tuple[ValueRow, ...] = ()
    note: str = ""
    change_note: str = ""

    def body(self, before: ParameterBody) -> ParameterBody:
        """Raises RefusedError for what is no amount or no day."""
        values = tuple(_value(row) for row in self.rows if not row.is_empty)
        title, note = one_line(self.title), one_line(self.note)
        return replace(before, title=title, unit=self.unit, values=values, note=note)


def parameter_form_of(body: ParameterBody, version: Version | None = None) -> ParameterForm:
    """As a page shows it before anything is typed."""
    rows = tuple(_row(value) for value in body.values)
    return ParameterForm(body.title, body.unit, rows, body.note, version.change_note if version else "")


def typed_parameter(form: Form) -> ParameterForm:
    """What came with a request."""
    rows = (
        ValueRow(*(form.text(f"value_{number}_{name}").strip() for name in _FIELDS)) for number in range(MOST_VALUES)
    )
    unit, note = form.text("unit"), form.text("change_note")[:NOTE_CHARACTERS]
    kept = tuple(row for row in rows if not row.is_empty)
    return ParameterForm(
        form.text("title"), unit if unit in set(Unit) else Unit.DONG.value, kept, form.text("note"), note
    )


def shown_amount(amount: Decimal) -> str:
    """As people write it: 2.530.000; 4,5."""
    whole, _, fraction = f"{amount.normalize():,f}".partition(".")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def _value(row: ValueRow) -> FiledValue:
    written = re.sub(r"[.\s_\u00a0]", "", row.value)
    if not _AMOUNT.fullmatch(written):
        raise RefusedError(Refusal.KNOWLEDGE_AMOUNT, {"text": row.value[:30]})
    amount = Decimal(written.replace(",", "."))
    days = typed_day(row.effective_from), typed_day(row.effective_to)
    return FiledValue(amount, *days, one_line(row.document), one_line(row.article))


def _row(value: FiledValue) -> ValueRow:
    start, end = (day.isoformat() if day else "" for day in (value.effective_from, value.effective_to))
    return ValueRow(shown_amount(value.value), start, end, value.document, value.article)
