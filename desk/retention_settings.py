"""How long each kind of data is kept. Every period is a proposal that the agency has to confirm."""

from __future__ import annotations

from dataclasses import dataclass, fields

from desk.audit import LEAST_DAYS
from settings.reader import SettingsError

MOST_DAYS = 36_500
LAST_HOUR = 23
MOST_BATCH = 5_000


@dataclass(frozen=True)
class RetentionSettings:
    """Days after which a kind is emptied or removed; `hour` of Vietnam's clock, and rows in one transaction."""

    hour: int
    batch: int
    messages_days: int
    dead_letters_days: int
    tickets_days: int
    notes_days: int
    ratings_days: int
    questions_days: int
    identities_days: int
    unreadable_days: int
    alerts_days: int
    sessions_days: int
    imports_days: int
    audit_days: int


def checked_retention(settings: RetentionSettings, where: str) -> RetentionSettings:
    """The same settings. Raises SettingsError, naming the key below `where`, for what cannot or must not be."""
    for field in fields(settings):
        least, most = _bounds(settings, field.name)
        if not least <= getattr(settings, field.name) <= most:
            value = getattr(settings, field.name)
            raise SettingsError(f"{where}.{field.name}: {value} is not between {least} and {most}")
    return settings


def _bounds(settings: RetentionSettings, key: str) -> tuple[int, int]:
    match key:
        case "hour":
            return 0, LAST_HOUR
        case "batch":
            return 1, MOST_BATCH
        case "audit_days":
            return LEAST_DAYS, MOST_DAYS  # younger lines the database does not give up
        case "identities_days":
            # Whoever is not known any more cannot ask for what is still held of them.
            talked = (settings.messages_days, settings.notes_days, settings.ratings_days, settings.questions_days)
            return max(settings.tickets_days, *talked), MOST_DAYS
    return 1, MOST_DAYS
