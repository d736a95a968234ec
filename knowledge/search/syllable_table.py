"""Syllable counts as a readable file: `syllable count` or `left right count`, one a line.

`syllables.txt` was made once from laws and procedures of the State with
`python -m knowledge.search.syllable_table TEXT… > knowledge/search/syllables.txt`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.search.diacritics import SyllableCounter, SyllableCounts

LAW_TABLE = Path(__file__).with_name("syllables.txt")
MIN_COUNT = 20


def write_counts(counts: SyllableCounts) -> str:
    """Sorted, so that a change shows as a small difference."""
    lines = [f"{syllable} {count}" for syllable, count in sorted(counts.single.items())]
    lines += [f"{left} {right} {count}" for (left, right), count in sorted(counts.pairs.items())]
    return "\n".join(lines) + "\n"


def read_counts(path: Path) -> SyllableCounts:
    """The inverse of `write_counts`."""
    single: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        *syllables, count = line.split(" ")
        if len(syllables) == 1:
            single[syllables[0]] = int(count)
        else:
            pairs[syllables[0], syllables[1]] = int(count)
    return SyllableCounts(single, pairs)


def main(*text_files: str) -> None:
    """Prints the table of some text files."""
    counter = SyllableCounter()
    for name in text_files:
        counter.add_texts(Path(name).read_text(encoding="utf-8").splitlines())
    sys.stdout.write(write_counts(counter.counts(MIN_COUNT)))


if __name__ == "__main__":
    main(*sys.argv[1:])
