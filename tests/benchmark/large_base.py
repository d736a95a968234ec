"""A content folder of about 10,000 passages: the real base, and invented documents in its words."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from knowledge.library import CONTENT_NAMES
from tests.small_content import Faq

DIRECTIVES, POINTS = 86, 100
TOPICS, ENTRIES = 27, 40
SEED = 20_240_131
WORDS_OF_ANSWER, WORDS_OF_QUESTION, WORDS_OF_POINT = 14, 6, 8
"""Short, so that the benchmark takes minutes; longer texts only make the full build dearer."""
CHANGED = "nd-0-0"
"""The entry that the benchmark changes."""
_WORD = re.compile(r"[^\W\d_]+")


class Writer:
    """Writes sentences of words as they stand in the real base; the same ones each time."""

    def __init__(self, content: Path) -> None:
        text = "".join(path.read_text(encoding="utf-8") for path in sorted((content / "directives").glob("*.txt")))
        self._words = [word.lower() for word in _WORD.findall(text)]
        self._random = random.Random(SEED)

    def sentence(self, words: int) -> str:
        """Runs of three words that stand together somewhere."""
        runs = (self._random.randrange(len(self._words) - 3) for _ in range(words // 3 + 1))
        chosen = [word for start in runs for word in self._words[start : start + 3]][:words]
        return " ".join(chosen).capitalize()


def write_large_base(content: Path, folder: Path) -> Path:
    """Copies the real content and writes the rest beside it."""
    for name in CONTENT_NAMES:
        source = content / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copyfile(source, folder / name)
    writer = Writer(content)
    for number in range(DIRECTIVES):
        path = folder / "directives" / f"{9_000 + number}-BHXH-ND.txt"
        path.write_text(_directive(writer, 9_000 + number), encoding="utf-8")
    for topic in range(TOPICS):
        write_topic(folder, topic, [_entry(writer, topic, place) for place in range(ENTRIES)])
    return folder


def write_topic(folder: Path, topic: int, entries: list[Faq]) -> None:
    """One topic file of invented entries."""
    text = "".join(entry.text() for entry in entries)
    (folder / "faqs" / f"nd-{topic:02}.yml").write_text(f"topic: Chủ đề {topic}\nentries:\n{text}", encoding="utf-8")


def change_one_entry(folder: Path, word: str) -> None:
    """As an editor does: another sentence in one answer, another alternate for one question."""
    path = folder / "faqs" / "nd-00.yml"
    text = path.read_text(encoding="utf-8")
    before, marker, after = text.partition(f"- id: {CHANGED}\n")
    changed = after.replace("    answer: ", f"    answer: {word} ", 1).replace(
        "      - cho hỏi ", f"      - {word} ", 1
    )
    path.write_text(before + marker + changed, encoding="utf-8")


def _directive(writer: Writer, number: int) -> str:
    points = "\n".join(f"{point}. {writer.sentence(WORDS_OF_POINT)}." for point in range(1, POINTS + 1))
    head = f"CƠ QUAN THỬ\nSố: {number}/BHXH-ND\nHà Nội, ngày 05 tháng 01 năm 2026\nKính gửi: Các đơn vị\n\n"
    return f"{head}{points}\n\nGIÁM ĐỐC\nNguyễn Văn Thử\n"


def _entry(writer: Writer, topic: int, place: int) -> Faq:
    question = f"{writer.sentence(WORDS_OF_QUESTION)} số {topic}-{place}?"
    return Faq(f"nd-{topic}-{place}", question, f"{writer.sentence(WORDS_OF_ANSWER)}.")
