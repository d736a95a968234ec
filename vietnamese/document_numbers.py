"""Document numbers written in loose tokens ("24 qd bhxh"): their letters are codes, not abbreviations to write out."""

from collections.abc import Sequence

from vietnamese.accents import strip_accents
from vietnamese.word_set import word_set

_CODES = word_set(
    """
    qd nd cp tt nq ttlt bhxh btc bnv byt bldtbxh ubnd vp ttg ct vbhn vpqh tb kh hd pc csxh bt tst csyt ktnb kb
    qh12 qh13 qh14 qh15 qh16 ubtvqh14 ubtvqh15 ldtbxh lpqt tckt cntt ttkt st thu tw
    """
)
_SEPARATORS = frozenset("/-&")
_LEAST_CODES = 2


def document_number_positions(tokens: Sequence[str]) -> frozenset[int]:
    """Positions of the code tokens in runs of a number and two codes or more: "288 bhxh vp", "143/2018 nd-cp"."""
    positions: set[int] = set()
    at = 0
    while at < len(tokens):
        run = _codes_after(tokens, at) if tokens[at][0].isdigit() else []
        if len(run) >= _LEAST_CODES:
            positions.update(run)
        at = run[-1] + 1 if run else at + 1
    return frozenset(positions)


def _codes_after(tokens: Sequence[str], number_at: int) -> list[int]:
    run: list[int] = []
    for at in range(number_at + 1, len(tokens)):
        token = strip_accents(tokens[at])
        if token in _CODES:
            run.append(at)
        elif token not in _SEPARATORS:
            break
    return run
