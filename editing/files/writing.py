"""Documents → a folder of readable files, from which the same documents are read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from pathlib import Path

from editing.bodies.directive import DirectiveBody
from editing.document import DocumentKind
from editing.files.directive_text import front_text, questions_text
from editing.files.faq_text import faq_file_text
from editing.files.filed import FiledDocument
from editing.files.heads import load_heads
from editing.files.parameter_text import parameters_text
from editing.files.reading import VERSIONS_FILE
from editing.files.yaml_text import day, scalar
from knowledge.faqs.entry import MAX_ENTRIES_IN_FILE
from knowledge.library import DIRECTIVES_FOLDER, FAQS_FOLDER, PARAMETERS_FILE, QUESTIONS_FILE


def write_files(documents: Iterable[FiledDocument], folder: Path) -> None:
    """Makes `folder` hold exactly these documents; files of our own kinds that belong to none of them go.

    Other files, and folders that it does not know, are left alone.
    """
    found = list(documents)
    by_kind = {kind: _ordered(one for one in found if one.kind is kind) for kind in DocumentKind}
    texts = {
        PARAMETERS_FILE: parameters_text(by_kind[DocumentKind.PARAMETER], load_heads()),
        **dict(_directive_files(by_kind[DocumentKind.DIRECTIVE])),
        **dict(_faq_files(by_kind[DocumentKind.FAQ])),
    }
    for name in (DIRECTIVES_FOLDER, FAQS_FOLDER):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in _ours(folder):
        if path.relative_to(folder).as_posix() not in texts:
            path.unlink()
    for name, text in texts.items():
        # Bytes: a text as obtained keeps its own line ends.
        (folder / name).write_bytes(text.encode("utf-8"))


def write_versions(documents: Iterable[FiledDocument], folder: Path) -> None:
    """`versions.yml`: which version of each document the files hold; for snapshots."""
    lines = []
    for one in documents:
        start = f", live_from: {day(one.live_from)}" if one.live_from else ""
        lines.append(f"- {{document: {scalar(one.name)}, version: {one.number}{start}}}\n")
    (folder / VERSIONS_FILE).write_text("".join(lines) or "[]\n", encoding="utf-8")


def _ordered(documents: Iterable[FiledDocument]) -> list[FiledDocument]:
    return sorted(documents, key=lambda one: (one.place, one.key, one.live_from is not None, str(one.live_from)))


def _ours(folder: Path) -> Iterator[Path]:
    yield from (folder / DIRECTIVES_FOLDER).glob("*.txt")
    yield from (folder / DIRECTIVES_FOLDER).glob("*.yml")
    yield from (folder / FAQS_FOLDER).glob("*.yml")


def _faq_files(entries: Sequence[FiledDocument]) -> Iterator[tuple[str, str]]:
    by_file = sorted(entries, key=lambda one: (one.file, one.topic))
    taken = {one.file for one in entries}
    used: set[str] = set()
    for (file, topic), listed in groupby(by_file, key=lambda one: (one.file, one.topic)):
        group = list(listed)
        for start in range(0, len(group), MAX_ENTRIES_IN_FILE):
            name = file if file not in used else _free(file, taken)
            used.add(name)
            taken.add(name)
            text = faq_file_text(topic, group[start : start + MAX_ENTRIES_IN_FILE])
            yield f"{FAQS_FOLDER}/{name}.yml", text


def _free(file: str, taken: Set[str]) -> str:
    """For what no file may hold together: a second topic, or more entries than one file takes."""
    return next(name for count in range(2, len(taken) + 3) if (name := f"{file}-{count}") not in taken)


def _directive_files(directives: Sequence[FiledDocument]) -> Iterator[tuple[str, str]]:
    heads, questions = load_heads(), []
    seen: set[str] = set()
    for one in directives:
        body = one.body
        if not isinstance(body, DirectiveBody):
            raise TypeError(f"{one.name} is no directive")
        name = f"{one.key}@{one.live_from}" if one.key in seen else one.key
        seen.add(one.key)
        days = {"live_from": one.live_from, "live_to": one.live_to}
        front = {**body.front, **{key: value.isoformat() for key, value in days.items() if value}}
        yield f"{DIRECTIVES_FOLDER}/{name}.txt", body.text
        if front:
            yield f"{DIRECTIVES_FOLDER}/{name}.yml", front_text(front, heads)
        questions.append((name, body.questions))
    if any(sections for _, sections in questions):
        yield f"{DIRECTIVES_FOLDER}/{QUESTIONS_FILE}", questions_text(questions, heads)
