"""The words of a draft "Phiếu xin lỗi và hẹn lại ngày trả kết quả", for a document or a page to print.

Directive 1568/BHXH-PC, section 3, asks for the slip whenever a result is late, by Decision 2192/QĐ-BHXH, art. 13.6.
The order of its parts is that of the slip used at one-stop counters; its number as a form has to be confirmed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("slip.yml")
# What XML cannot hold; citizens paste such signs without seeing them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Addressee(StrEnum):
    """Whom the slip speaks to."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class ApologySlip:
    """What the officer fills in. An empty field, and `received_on` None, become a dotted line or are left out."""

    office: str
    superior_office: str
    place: str
    citizen: str
    addressee: Addressee
    dossier_code: str
    procedure: str
    received_on: date | None
    promised_on: date
    reason: str
    new_date: date
    issued_on: date
    number: str = ""


@dataclass(frozen=True)
class YouTexts:
    """How the slip speaks to each `Addressee`."""

    person: str
    organisation: str


@dataclass(frozen=True)
class SlipTexts:
    """Templates of the parts."""

    nation: str
    motto: str
    number: str
    place_and_day: str
    day: str
    draft: str
    title: tuple[str, ...]
    addressee: str
    you: YouTexts
    received: str
    received_unknown: str
    promised: str
    late: str
    reason: str
    apology: str
    close: str
    signer: str
    signature: str
    recipients: tuple[str, ...]
    blank: str


@dataclass(frozen=True)
class ComposedSlip:
    """The parts from top to bottom; tuples are lines or paragraphs of their own."""

    draft: str
    superior_office: str
    office: str
    number: str
    nation: str
    motto: str
    place_and_day: str
    title: tuple[str, ...]
    addressee: str
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: str
    signature: str
    issued_on: date


def load_slip_texts(path: Path = TEXTS) -> SlipTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "slip", SlipTexts)


def compose(slip: ApologySlip, texts: SlipTexts) -> ComposedSlip:
    """Pure. Control signs in what people typed are left out."""
    office, place = _filled(slip.office, texts), _filled(slip.place, texts)
    return ComposedSlip(
        draft=texts.draft,
        superior_office=_tidy(slip.superior_office).upper(),
        office=office.upper(),
        number=texts.number.format(number=_filled(slip.number, texts)),
        nation=texts.nation,
        motto=texts.motto,
        place_and_day=texts.place_and_day.format(place=place, day=_day(slip.issued_on, texts)),
        title=texts.title,
        addressee=texts.addressee.format(citizen=_filled(slip.citizen, texts)),
        paragraphs=_paragraphs(slip, texts),
        recipients=texts.recipients,
        signer=texts.signer,
        signature=texts.signature,
        issued_on=slip.issued_on,
    )


def _paragraphs(slip: ApologySlip, texts: SlipTexts) -> tuple[str, ...]:
    you: str = getattr(texts.you, slip.addressee.value)
    office = _filled(slip.office, texts)
    names = {"office": office, "you": you, "dossier_code": _filled(slip.dossier_code, texts)}
    received = texts.received_unknown
    if slip.received_on is not None:
        day = _day(slip.received_on, texts)
        received = texts.received.replace("{day_capital}", day[:1].upper() + day[1:])
    reason = _filled(slip.reason, texts).rstrip(".")
    return (
        _one_space(received.format(**names, procedure=_tidy(slip.procedure))),
        texts.promised.format(day=_day(slip.promised_on, texts)),
        texts.late.format(**names),
        texts.reason.format(reason=reason),
        texts.apology.format(**names, day=_day(slip.new_date, texts)),
        texts.close.format(you=you),
    )


def _day(day: date, texts: SlipTexts) -> str:
    # Official letters write days and the months January and February with two digits (Decree 30/2020/NĐ-CP, annex I).
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return texts.day.format(day=f"{day.day:02}" if day.day < 10 else day.day, month=month, year=day.year)


def _filled(text: str, texts: SlipTexts) -> str:
    return _tidy(text) or texts.blank


def _tidy(text: str) -> str:
    return _one_space(_UNPRINTABLE.sub("", text))


def _one_space(text: str) -> str:
    return " ".join(text.split())
