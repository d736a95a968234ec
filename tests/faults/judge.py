"""Judges a fault run by what the citizens got: the channels' own records, not our database. Pure."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Numbers of messages. `missing_unknown` are answers that did not arrive, but were listed as unknown."""

    answered: int
    lost: tuple[int, ...]
    twice: tuple[int, ...]
    disordered: tuple[int, ...]
    astray: tuple[int, ...]
    missing_unknown: tuple[int, ...]

    @property
    def good(self):
        return not (self.lost or self.twice or self.disordered or self.astray)


def judge(asked, delivered, unknown):
    """`asked` and `delivered` give each citizen's message numbers in order; `unknown` is a set of such numbers.

    An answer is lost when it is not in the citizen's record and nobody says that its sending ended unknown.
    It is disordered when an answer to a later message of the same citizen stands before it.
    """
    lost, twice, disordered, astray, missing = [], [], [], [], []
    for citizen, numbers in asked.items():
        got = delivered.get(citizen, ())
        counts = Counter(got)
        absent = [number for number in numbers if not counts[number]]
        lost += [number for number in absent if number not in unknown]
        missing += [number for number in absent if number in unknown]
        twice += [number for number in numbers if counts[number] > 1]
        disordered += _overtaken([number for number in got if number in numbers], numbers)
        astray += [number for number in got if number not in numbers]
    for citizen in delivered.keys() - asked.keys():
        astray += delivered[citizen]
    answered = sum(len(numbers) for numbers in asked.values()) - len(lost) - len(missing)
    return Verdict(answered, *(tuple(sorted(found)) for found in (lost, twice, disordered, astray, missing)))


def _overtaken(got, numbers):
    """Each answer counts at its first arrival: what comes twice is another fault."""
    place = {number: position for position, number in enumerate(numbers)}
    furthest, late = -1, []
    for number in dict.fromkeys(got):
        if place[number] < furthest:
            late.append(number)
        furthest = max(furthest, place[number])
    return late
