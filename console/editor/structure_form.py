"""What a person types to correct a directive: facts of its head, what a line is, sample questions. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from console.editor.imports_texts import ImportTexts
from console.security.form import Form
from editing.bodies.directive import DirectiveBody
from editing.importing.directive_file import shown_day, shown_number
from editing.importing.structure import with_correction
from knowledge.directives.correction import LEVELS, Correction, Reading
from knowledge.directives.directive import Directive, Level

FACTS = (
    "number", "issued_on", "kind", "subject", "issuer", "signer", "signer_title", "addressees", "effective_from",
    "effective_to", "note", "occasion",
)  # fmt: skip
DAYS = frozenset({"issued_on", "effective_from", "effective_to"})
LONG = frozenset({"subject", "addressees", "note"})
FACT_CHARACTERS = 600
ADDRESSEES_CHARACTERS = 4_000
QUESTION_CHARACTERS = 300
MOST_QUESTIONS = 30
AUTO = "auto"


@dataclass(frozen=True)
class Typed:
    """`body` is None where something is wrong: `faults` name the fields and say it."""

    body: DirectiveBody | None
    values: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True)
class LineForm:
    """What was typed about a line."""

    line: int
    reading: str
    level: str
    label: str
    at: str


def facts_of(body: DirectiveBody, directive: Directive | None) -> Mapping[str, str]:
    """What the form shows: what a person has checked, else what the parser reads."""
    front: Mapping[str, Any] = body.front
    read = _read_facts(directive) if directive is not None else {}
    validity = front.get("validity") or {}
    own = {name: front.get(name) for name in FACTS if name not in ("addressees", "note")}
    own |= {"addressees": "\n".join(front.get("addressees") or ()), "note": validity.get("note")}
    own |= {name: validity.get(name) for name in ("effective_from", "effective_to")}
    return {name: str(own.get(name) or read.get(name) or "") for name in FACTS}


def typed_facts(form: Form, body: DirectiveBody, texts: ImportTexts) -> Typed:
    """The body with these facts in its front matter."""
    values = {name: form.text(name).strip() for name in FACTS}
    faults: dict[str, str] = {}
    for name, value in values.items():
        limit = ADDRESSEES_CHARACTERS if name == "addressees" else FACT_CHARACTERS
        if len(value) > limit:
            faults[name] = texts.faults["long"].replace("{limit}", str(limit))
    days = {name: _day(values[name], name, faults, texts) for name in DAYS}
    start, end = days["effective_from"], days["effective_to"]
    if start and end and end < start:
        faults["effective_to"] = texts.faults["reversed"]
    number = values["number"]
    if number and not ("/" in number and any(letter.isdigit() for letter in number)):
        faults["number"] = texts.faults["number"]
    if faults:
        return Typed(None, values, faults)
    return Typed(replace(body, front=_front(body.front, values, days)), values, {})


def line_form(form: Form) -> LineForm:
    """As typed, cut."""
    names = ("as", "level", "label", "at")
    reading, level, label, at = (form.text(name).strip()[:200] for name in names)
    return LineForm(form.number("line") or 0, reading, level, label, at)


def with_line(body: DirectiveBody, typed: LineForm) -> DirectiveBody:
    """The body with this correction. Raises ValueError or DirectiveError for what can be none."""
    correction = None
    if typed.reading != AUTO:
        level = Level(typed.level) if typed.level and typed.reading in (Reading.POINT, Reading.HEADING) else None
        if level is not None and level not in LEVELS:
            raise ValueError(typed.level)
        label = typed.label if level is not None else ""
        correction = Correction(typed.line, Reading(typed.reading), typed.at, level, label)
    return replace(body, front=with_correction(body.front, correction, typed.line, typed.at))


def typed_questions(form: Form, body: DirectiveBody, sections: frozenset[str], texts: ImportTexts) -> Typed:
    """The body with these sample questions of one section."""
    section = form.text("section")[:200]
    lines = [" ".join(line.split()) for line in form.text("questions").split("\n")]
    questions = tuple(dict.fromkeys(line for line in lines if line))
    values = {"section": section, "questions": form.text("questions")}
    too_long = any(len(line) > QUESTION_CHARACTERS for line in questions) or len(questions) > MOST_QUESTIONS
    if section not in sections or too_long:
        said = texts.faults["questions"].replace("{limit}", str(QUESTION_CHARACTERS))
        return Typed(None, values, {"questions": said.replace("{most}", str(MOST_QUESTIONS))})
    rest = {label: listed for label, listed in body.questions.items() if label != section}
    kept = {**rest, section: questions} if questions else rest
    return Typed(replace(body, questions=kept), values, {})


def _read_facts(directive: Directive) -> dict[str, str]:
    day, validity = shown_day(directive), directive.validity
    return {
        "number": shown_number(directive),
        "issued_on": day.isoformat() if day else "",
        "kind": directive.kind,
        "subject": directive.subject,
        "issuer": directive.issuer,
        "signer": directive.signer,
        "signer_title": directive.signer_title,
        "addressees": "\n".join(directive.addressees),
        "effective_from": validity.effective_from.isoformat() if day else "",
        "effective_to": validity.effective_to.isoformat() if validity.effective_to else "",
        "note": validity.note,
        "occasion": directive.occasion or "",
    }


def _day(text: str, name: str, faults: dict[str, str], texts: ImportTexts) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults[name] = texts.faults["day"]
        return None


def _front(front: Mapping[str, Any], values: Mapping[str, str], days: Mapping[str, date | None]) -> dict[str, Any]:
    """Only what says something, in the order in which the files have it."""
    named: dict[str, Any] = {name: values[name] for name in FACTS if name not in DAYS and values[name]}
    named.pop("note", None)
    if values["addressees"]:
        named["addressees"] = [line.strip() for line in values["addressees"].split("\n") if line.strip()]
    issued = days["issued_on"]
    start = days["effective_from"] or issued
    facts: dict[str, Any] = {}
    for name in FACTS:
        if name == "issued_on" and issued:
            facts["issued_on"] = issued.isoformat()
        elif name == "effective_from" and start and (days["effective_from"] or values["note"] or days["effective_to"]):
            end = days["effective_to"]
            facts["validity"] = {
                "effective_from": start.isoformat(),
                "effective_to": end.isoformat() if end else None,
                "note": values["note"],
            }
        elif name in named:
            facts[name] = named[name]
    rest = {key: value for key, value in front.items() if key not in (*FACTS, "validity")}
    return {**facts, **rest}
