"""What people fill into the pages about changes of law, read within limits; what is wrong is said in their words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from console.editor.law_texts import LawTexts
from console.security.form import Form
from console.supervisor.fields import day_of, one_line
from desk.calendar.zone import VIETNAM
from desk.notices.hold import LEAST_REASON, REASON_CHARACTERS

MOMENT_CHARACTERS = 16
FIRST_YEAR, LAST_YEAR = 2000, 2100


class FaultError(Exception):
    """Something in a form is wrong. `key` names a sentence of law.yml, under faults; `values` fill it."""

    def __init__(self, key: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.values = dict(values or {})


def sentence(texts: LawTexts, fault: FaultError) -> str:
    """For people; fields by the names that they read."""
    values = {name: texts.fields[str(value)] if name == "field" else value for name, value in fault.values.items()}
    return texts.faults[fault.key].format_map(values)


def line(form: Form, field: str, longest: int, *, is_needed: bool = True) -> str:
    """One line. Raises FaultError when it is too long, or missing where it is needed."""
    text = one_line(form.text(field))
    if is_needed and not text:
        raise FaultError("missing", {"field": field})
    if len(text) > longest:
        raise FaultError("too_long", {"field": field, "limit": longest})
    return text


def paragraphs(form: Form, field: str, longest: int, *, is_needed: bool = True) -> str:
    """Lines without what cannot be seen; raises as `line`."""
    text = "\n".join(one_line(each) for each in form.text(field).strip().split("\n"))
    if is_needed and not text:
        raise FaultError("missing", {"field": field})
    if len(text) > longest:
        raise FaultError("too_long", {"field": field, "limit": longest})
    return text


def reason(form: Form) -> str:
    """A line that says something: it stands in the audit log. Raises FaultError."""
    text = one_line(form.text("reason"))
    if not LEAST_REASON <= len(text) <= REASON_CHARACTERS:
        raise FaultError("reason", {"shortest": LEAST_REASON, "longest": REASON_CHARACTERS})
    return text


def day(form: Form, field: str, *, is_needed: bool = True) -> date | None:
    """As browsers send it; None for an empty one that is not needed. Raises FaultError."""
    typed = form.text(field).strip()
    if not typed and not is_needed:
        return None
    found = day_of(typed)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FaultError("day", {"field": field})
    return found


def needed_day(form: Form, field: str) -> date:
    """Raises FaultError."""
    found = day(form, field)
    if found is None:
        raise FaultError("day", {"field": field})
    return found


def moment(form: Form, field: str) -> datetime:
    """Day and hour of Vietnam, as browsers send them: `2027-01-01T08:00`. Raises FaultError."""
    typed = form.text(field).strip()
    try:
        found = datetime.fromisoformat(typed[:MOMENT_CHARACTERS]) if len(typed) >= MOMENT_CHARACTERS else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FaultError("moment", {"field": field})
    return found.replace(tzinfo=VIETNAM)


def typed_moment(at: datetime) -> str:
    """The other way round, for a field that shows it."""
    return f"{at.astimezone(VIETNAM):%Y-%m-%dT%H:%M}"
