"""Which of a citizen's words are about subscribing to news. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from connectors.news_texts import NewsTexts
from vietnamese.accents import strip_accents
from vietnamese.normalise import clean

LONGEST = 120
"""Characters: whoever writes more is asking something."""
SUBSCRIBE, END, LIST = "/news_subscribe", "/news_end", "/news_list"
_SIGNS = re.compile(r"[:\"'.!,]+")
_PAYLOAD = re.compile(rf"({SUBSCRIBE}|{END}) (\d{{1,9}})")


class NewsWish(StrEnum):
    """What is wanted."""

    SUBSCRIBE = "subscribe"
    END = "end"
    END_ALL = "end_all"
    LIST = "list"


@dataclass(frozen=True)
class Wished:
    """`name` is the topic as typed, `topic_id` the one of a pressed button; both are empty where none was named."""

    wish: NewsWish
    name: str = ""
    topic_id: int | None = None


def wish_of_words(text: str, texts: NewsTexts) -> Wished | None:
    """None for everything else, and so for questions that only begin alike."""
    words = clean(text)
    if len(words) > LONGEST or words.endswith("?"):
        return None
    folded = _folded(words)
    if folded in _all(texts.list_words):
        return Wished(NewsWish.LIST)
    ends = _rest(folded, texts.end_words)
    if ends is not None:
        return Wished(NewsWish.END_ALL if ends in _all(texts.all_words) else NewsWish.END, ends)
    begins = _rest(folded, texts.subscribe_words)
    if begins is None or any(begins.split()[:1] == [_folded(other)] for other in texts.other_beginnings):
        return None
    return Wished(NewsWish.SUBSCRIBE, begins)


def wish_of_button(payload: str) -> Wished | None:
    """None for buttons that are not about news."""
    if payload == LIST:
        return Wished(NewsWish.LIST)
    pressed = _PAYLOAD.fullmatch(payload)
    if pressed is None:
        return None
    return Wished(NewsWish.SUBSCRIBE if pressed[1] == SUBSCRIBE else NewsWish.END, topic_id=int(pressed[2]))


def _rest(folded: str, beginnings: Iterable[str]) -> str | None:
    """What follows the longest beginning; None where the text begins otherwise."""
    for beginning in sorted(_all(beginnings), key=len, reverse=True):
        if folded == beginning:
            return ""
        if folded.startswith(f"{beginning} "):
            return folded[len(beginning) :].strip(" -")
    return None


def _all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_folded, words))


def _folded(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", strip_accents(clean(text)).casefold()).split())
