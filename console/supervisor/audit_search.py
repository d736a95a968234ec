"""What is looked for in the audit log, as people type it, and how a line is told to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import day_of, one_line
from desk.accounts.operator import Operator, find_by_login
from desk.audit import AuditAction, AuditEntry, AuditFilter, Detail, actor_of
from desk.audit_export import AuditTexts
from desk.calendar.zone import VIETNAM

EXPORTED_DAYS = 366
"""The longest stretch of one export: a whole year, also a leap year."""
OFFERED_DAYS = 31
FIELDS = ("actor", "action", "subject", "since", "until")


@dataclass(frozen=True)
class Search:
    """As typed; days are Vietnam's, both included."""

    actor: str
    action: str
    subject: str
    since: str
    until: str

    @property
    def filled(self) -> Mapping[str, str]:
        """Fields that narrow something, for an address and for the line that says what was read."""
        every = {name: getattr(self, name) for name in FIELDS}
        return {name: value for name, value in every.items() if value}

    def filter(self, connection: Connection) -> AuditFilter:
        """A login stands for its account. Raises RefusedError for a day, a stretch or an action that cannot be."""
        since, until = _midnight(self.since), _midnight(self.until, days=1)
        if since is not None and until is not None and since >= until:
            raise RefusedError(Refusal.FILTER_INVALID)
        if self.action and self.action not in set(AuditAction):
            raise RefusedError(Refusal.FILTER_INVALID)
        return AuditFilter(
            actor=_account(connection, self.actor),
            action=AuditAction(self.action) if self.action else None,
            subject=_account(connection, self.subject),
            since=since,
            until=until,
        )

    def export_filter(self, connection: Connection) -> AuditFilter:
        """As `filter`; refused too without both its days, or when they are more than EXPORTED_DAYS apart."""
        wanted = self.filter(connection)
        if wanted.since is None or wanted.until is None or (wanted.until - wanted.since).days > EXPORTED_DAYS:
            raise RefusedError(Refusal.EXPORT_STRETCH, {"limit": EXPORTED_DAYS})
        return wanted

    def offered_days(self, today: date) -> tuple[date, date]:
        """What an export begins with: the days that are filtered by, an open end closed; else the latest. Pure."""
        first, last = day_of(self.since), day_of(self.until)
        if first is None:
            last = last or today
            return date.fromordinal(max(last.toordinal() - OFFERED_DAYS + 1, 1)), last
        if last is None:
            last = first + timedelta(days=min(max((today - first).days, 0), EXPORTED_DAYS - 1))
        return first, last


def search_of(read: Callable[[str], str]) -> Search:
    """From an address or a form; `read` gives the value of a field."""
    return Search(*(one_line(read(name)) for name in FIELDS))


@dataclass(frozen=True)
class Line:
    """One entry in words; `actor` and `subject` beside them are what one can filter by."""

    entry: AuditEntry
    who: str
    action: str
    what: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AuditWords:
    """Puts entries into words; what has no word stays as it is stored."""

    operators: Mapping[str, Operator]
    names: Mapping[str, Mapping[str, str]]
    texts: AuditTexts

    def line(self, entry: AuditEntry) -> Line:
        """Of one entry."""
        action = self.texts.action(entry.action)
        return Line(entry, self._who(entry.actor), action, self._what(entry.subject), self._details(entry.detail))

    def _who(self, actor: str) -> str:
        if actor in self.operators:
            return self.operators[actor].display_name
        kind, _, rest = actor.partition(":")
        name = self.names["audit_actors"].get(kind)
        if name is None:
            return actor
        return f"{name} ({rest})" if rest else name

    def _what(self, subject: str) -> str:
        kind, _, rest = subject.partition(":")
        named = self.operators[subject].display_name if subject in self.operators else _day_in_words(rest)
        return f"{self.names['audit_subjects'].get(kind, kind)} {named}".strip()

    def _details(self, detail: Detail) -> tuple[tuple[str, str], ...]:
        known = self.names["audit_details"]
        return tuple((known.get(key, key), self._value(value)) for key, value in detail.items())

    def _value(self, value: str | int | bool | None) -> str:
        words = {**self.names["audit_values"], **self.names["roles"], **self.texts.actions}
        text = "" if value is None else str(value)
        if text in self.operators:
            return self.operators[text].display_name
        return ", ".join(words.get(part, _day_in_words(part)) for part in text.split(", "))


def operators_by_actor(operators: tuple[Operator, ...]) -> Mapping[str, Operator]:
    """As the log names them."""
    return {actor_of(one.id): one for one in operators}


def _day_in_words(text: str) -> str:
    day = day_of(text)
    return text if day is None else f"{day:%d/%m/%Y}"


def _account(connection: Connection, typed: str) -> str | None:
    if not typed:
        return None
    found = find_by_login(connection, typed)
    return typed if found is None else actor_of(found.id)


def _midnight(typed: str, days: int = 0) -> datetime | None:
    if not typed:
        return None
    day = day_of(typed)
    if day is None or not 2000 <= day.year < 9999:
        raise RefusedError(Refusal.FILTER_INVALID)
    return datetime.combine(day + timedelta(days=days), time(), VIETNAM)
