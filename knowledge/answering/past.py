"""What is said of a time that is past: the figures of then with their days, or that they are not known. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answer import Citation
from knowledge.answering.sources import Figure, PastFigures
from knowledge.answering.texts import Texts
from vietnamese.asked_time import AskedTime

MOST_PARAMETERS = 4
"""An answer stays as short as the others."""
_DAY = "%d/%m/%Y"


@dataclass(frozen=True)
class PastAnswer:
    """`text` is complete; `citations` are those of the figures."""

    text: str
    citations: tuple[Citation, ...]


def past_answer(found: Sequence[PastFigures], asked: AskedTime, texts: Texts) -> PastAnswer:
    """The figures of then first, each with its days; then those of today."""
    shown = found[:MOST_PARAMETERS]
    lines = [texts.past["heading"].format(time=time_words(asked, texts))]
    for one in shown:
        lines += _lines(one, texts)
    figures = [figure for one in shown for figure in one.then]
    cited = dict.fromkeys(figure.citation for figure in figures if figure.citation is not None)
    return PastAnswer("\n".join(lines), tuple(cited))


def time_words(asked: AskedTime, texts: Texts) -> str:
    """`năm 2020`, `tháng 03/2024`."""
    if asked.is_month:
        return texts.past["month"].format(month=f"{asked.first:%m/%Y}")
    return texts.past["year"].format(year=asked.first.year)


def _lines(one: PastFigures, texts: Texts) -> Iterator[str]:
    for figure in one.then:
        yield texts.past["figure"].format(title=figure.title, value=figure.value, days=_days(figure, texts))
    if one.now is None:
        yield texts.past["now_unknown"]
    elif one.now not in one.then:
        yield texts.past["now"].format(value=one.now.value, days=_days(one.now, texts))


def _days(figure: Figure, texts: Texts) -> str:
    first = f"{figure.effective_from:{_DAY}}"
    if figure.effective_to is None:
        return texts.past["since"].format(first=first)
    return texts.past["between"].format(first=first, last=f"{figure.effective_to:{_DAY}}")
