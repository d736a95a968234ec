"""A dossier whose result did not come on the promised day: what the citizen fills in, and whether it can be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Column, Connection, Date, ForeignKey, Table, Text, insert, select, update

from desk.database import RowId, metadata

late_dossiers = Table(
    "late_dossiers",
    metadata,
    Column("ticket_id", RowId, ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("dossier_code", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("promised_on", Date, nullable=False),
)

PLACE_CHARACTERS = 200
_CODE = re.compile(r"[A-Z0-9][A-Z0-9./_-]{3,39}")
_DATE = re.compile(r"(?P<day>\d{1,2})[./ -](?P<month>\d{1,2})[./ -](?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})")


class DossierFault(StrEnum):
    """Which field of the form has to be filled in anew."""

    CODE = "code"
    PLACE = "place"
    DATE = "date"
    NOT_LATE = "not_late"  # the promised day is not over


@dataclass(frozen=True)
class LateDossier:
    """As on the receipt: the dossier's code, the office that took it, the day it promised."""

    dossier_code: str
    place: str
    promised_on: date


def read_dossier(code: str, place: str, promised_on: str, today: date) -> LateDossier | DossierFault:
    """What the form says; `promised_on` like `15/11/2026`, or as browsers send dates, `2026-11-15`."""
    tidy_code, tidy_place = "".join(code.split()).upper(), " ".join(place.split())
    if not _CODE.fullmatch(tidy_code):
        return DossierFault.CODE
    if not tidy_place or len(tidy_place) > PLACE_CHARACTERS:
        return DossierFault.PLACE
    day = read_day(promised_on)
    if day is None:
        return DossierFault.DATE
    return LateDossier(tidy_code, tidy_place, day) if day < today else DossierFault.NOT_LATE


def dossier_of(connection: Connection, ticket_id: int) -> LateDossier | None:
    """None for a ticket of another kind."""
    row = connection.execute(select(late_dossiers).where(late_dossiers.c.ticket_id == ticket_id)).one_or_none()
    return None if row is None else LateDossier(row.dossier_code, row.place, row.promised_on)


def store_dossier(connection: Connection, ticket_id: int, dossier: LateDossier) -> None:
    """Once, when the ticket is filed."""
    values = {"dossier_code": dossier.dossier_code, "place": dossier.place, "promised_on": dossier.promised_on}
    connection.execute(insert(late_dossiers), {"ticket_id": ticket_id, **values})


def put_dossier(connection: Connection, ticket_id: int, dossier: LateDossier) -> None:
    """What was filled in later, or mended."""
    values = {"dossier_code": dossier.dossier_code, "place": dossier.place, "promised_on": dossier.promised_on}
    mine = late_dossiers.c.ticket_id == ticket_id
    if not connection.execute(update(late_dossiers).where(mine).values(values)).rowcount:
        store_dossier(connection, ticket_id, dossier)


def read_day(written: str) -> date | None:
    """Of `15/11/2026` or, as browsers send it, `2026-11-15`; None for anything else."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
