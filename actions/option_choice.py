"""Which open option a typed message picks: by number, by place, or by its own words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.follow_up_words import phrases
from knowledge.answer import Option
from vietnamese.keys import plain_key

MAX_WORDS = 12
"""A longer message is a new question, even when it holds the words of an option."""

COURTESY = frozenset(
    phrases(
        """
        em, e, toi, minh, tui, chon, lay, muon, hoi, y, la, cai, so, cau, muc, dong, phuong, an, lua, thu, nha,
        nhe, a, ah, ban, oi, di, do, ay, con
        """
    )
)
"""Words around a choice that say nothing about which."""

NUMBERS: Mapping[str, int] = {"1": 1, "mot": 1, "nhat": 1, "2": 2, "hai": 2, "nhi": 2, "3": 3, "ba": 3}
PLACES: Mapping[str, int] = {
    "dau": 0,
    "dau tien": 0,
    "tren": 0,
    "tren cung": 0,
    "cuoi": -1,
    "cuoi cung": -1,
    "duoi": -1,
    "duoi cung": -1,
}
MIDDLE = frozenset({"giua", "o giua"})


def pick_option(text: str, options: Sequence[Option]) -> Option | None:
    """None when no option is meant, or more than one could be."""
    words = plain_key(text).split()
    if not options or not words or len(words) > MAX_WORDS:
        return None
    return _by_number(words, options) or _by_place(words, options) or _by_words(words, options)


def _by_number(words: Sequence[str], options: Sequence[Option]) -> Option | None:
    content = [word for word in words if word not in COURTESY]
    if len(content) != 1 or content[0] not in NUMBERS:
        return None
    number = NUMBERS[content[0]]
    return options[number - 1] if number <= len(options) else None


def _by_place(words: Sequence[str], options: Sequence[Option]) -> Option | None:
    content = " ".join(word for word in words if word not in COURTESY)
    if content in MIDDLE and len(options) == 3:
        return options[1]
    return options[PLACES[content]] if content in PLACES else None


def _by_words(words: Sequence[str], options: Sequence[Option]) -> Option | None:
    """All content words stand in one title and in no other."""
    content = {word for word in words if word not in COURTESY}
    if not content or content <= set(NUMBERS):
        return None
    titles = [set(plain_key(option.title).split()) for option in options]
    matching = [option for option, title in zip(options, titles, strict=True) if content <= title]
    return matching[0] if len(matching) == 1 else None
