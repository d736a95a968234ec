"""Puts what the citizen hears of a handoff into words. Pure but for reading the file of texts once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from desk.handoff.availability import Obstacle
from desk.handoff.moves import Say, Sentence
from desk.handoff.state import Reason
from settings.reader import read_section

TEXTS = Path(__file__).with_name("texts.yml")


@dataclass(frozen=True)
class ObstacleTexts:
    """Why nobody can be there now."""

    switched_off: str
    holiday: str
    closed: str
    nobody_online: str
    queue_full: str


@dataclass(frozen=True)
class MeanwhileTexts:
    """What to do while waiting, by the reason for which a person is wanted."""

    usual: str
    complaint: str
    late_dossier: str
    scam: str
    error: str
    validation: str


@dataclass(frozen=True)
class DangerTexts:
    """Said in place of the same sentences in an emergency."""

    queued: str
    callback: str


@dataclass(frozen=True)
class OffTexts:
    """Said in place of the same sentences while the assistant is switched off; in danger, the number to call."""

    queued: str
    still_queued: str
    callback: str
    emergency: str
    self_harm: str


@dataclass(frozen=True)
class HandoffTexts:
    """One sentence for each `Say`, and the pieces that go into them."""

    queued: str
    still_queued: str
    meanwhile: MeanwhileTexts
    in_danger: DangerTexts
    wait: str
    wait_unknown: str
    callback: str
    obstacles: ObstacleTexts
    how_here: str
    how_contact: str
    when: str
    when_unknown: str
    returned: str
    claimed: str
    forwarded: str
    requeued: str
    given_back: str
    closed: str
    look_ups_limited: str
    back_on: str
    while_off: OffTexts
    held: str
    continue_words: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    """A call-back: its case code, whether the operator can write here, and when somebody is there next."""

    case_code: str
    can_write_here: bool
    next_opening: datetime | None


def load_handoff_texts(path: Path = TEXTS) -> HandoffTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "handoff", HandoffTexts)


def in_words(
    sentence: Sentence,
    texts: HandoffTexts,
    zone: tzinfo,
    promise: Promise | None = None,
    *,
    is_off: bool = False,
    reason: Reason | None = None,
) -> str:
    """The sentence for the citizen; `is_off`: where the assistant is switched off, and nobody may be sent to it.

    `reason` is why a person is wanted. A call-back needs its promise: raises ValueError without.
    """
    template = _template(sentence.say, texts, is_off, reason)
    if sentence.say is Say.CALLBACK:
        if promise is None:
            raise ValueError("a call-back is said with its case code")
        return _callback(template, Obstacle(sentence.values["obstacle"]), promise, texts, zone)
    pieces = {"wait": _wait(sentence.values, texts), "meanwhile": _meanwhile(reason, texts)}
    return template.format_map({**sentence.values, **pieces})


def _template(say: Say, texts: HandoffTexts, is_off: bool, reason: Reason | None) -> str:
    sources: list[object] = [texts.in_danger] if reason is Reason.EMERGENCY else []
    sources += [texts.while_off] if is_off else []
    template: str = next(getattr(source, say.value) for source in (*sources, texts) if hasattr(source, say.value))
    return template


def _meanwhile(reason: Reason | None, texts: HandoffTexts) -> str:
    words: str = getattr(texts.meanwhile, reason.value if reason is not None else "", texts.meanwhile.usual)
    return words


def _wait(values: Mapping[str, object], texts: HandoffTexts) -> str:
    minutes = values.get("minutes")
    return texts.wait_unknown if minutes is None else texts.wait.format(minutes=minutes)


def _callback(template: str, obstacle: Obstacle, promise: Promise, texts: HandoffTexts, zone: tzinfo) -> str:
    why: str = getattr(texts.obstacles, obstacle.value)
    when = texts.when_unknown
    if promise.next_opening is not None:
        local = promise.next_opening.astimezone(zone)
        when = texts.when.format(time=f"{local:%H:%M}", date=f"{local:%d/%m/%Y}")
    how = texts.how_here if promise.can_write_here else texts.how_contact
    return template.format(obstacle=why, case_code=promise.case_code, how=how, when=when)
