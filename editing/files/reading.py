"""A folder of readable files → documents, each with what its file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from editing.document import DocumentKind
from editing.files.filed import FiledDocument
from knowledge.directives.library import load_directive
from knowledge.errors import KnowledgeError
from knowledge.faqs.library import read_folder
from knowledge.faqs.parameters import Parameter, load_parameters
from knowledge.faqs.problem import ContentError
from knowledge.faqs.reading import FiledEntry
from knowledge.library import DIRECTIVES_FOLDER, FAQS_FOLDER, PARAMETERS_FILE, QUESTIONS_FILE
from knowledge.sample_questions import load_sample_questions
from settings.yaml_text import load_yaml

PARAMETERS = "parameters"
VERSIONS_FILE = "versions.yml"


def read_content(folder: Path) -> tuple[FiledDocument, ...]:
    """Parameters, directives, entries. Raises KnowledgeError naming the files and lines that are wrong.

    A document may come twice, with days that do not meet.
    """
    entries, findings = read_folder(folder / FAQS_FOLDER)
    if findings:
        raise ContentError(findings)
    parameters = load_parameters(folder / PARAMETERS_FILE)
    found = (
        *(_of_parameter(parameter, place) for place, parameter in enumerate(parameters, 1)),
        *_of_directives(folder / DIRECTIVES_FOLDER),
        *(_of_entry(entry, place) for place, entry in enumerate(entries, 1)),
    )
    return tuple(_numbered(found, folder / VERSIONS_FILE))


def _of_entry(entry: FiledEntry, place: int) -> FiledDocument:
    body = FaqBody(
        question=entry.question.text,
        alternates=tuple(alternate.text for alternate in entry.alternates),
        answer=entry.answer.text,
        legal_basis=tuple(
            FaqBasis(one.document, one.article, one.effective_from, one.effective_to, one.parameter)
            for one in entry.legal_basis
        ),
        audience=entry.audience,
        confidence=entry.confidence,
        source=entry.source,
        status=entry.status,
        review_by=entry.review_by,
        facts=entry.facts,
        related=tuple(related.text for related in entry.related),
        next_steps=entry.next_steps,
        lens=entry.lens,
        scope=entry.scope,
    )
    file, key = Path(entry.file).stem, entry.id.text
    return FiledDocument(DocumentKind.FAQ, key, file, place, entry.topic, body, entry.live_from, entry.live_to)


def _of_parameter(parameter: Parameter, place: int) -> FiledDocument:
    values = tuple(
        FiledValue(one.value, one.effective_from, one.effective_to, one.document, one.article)
        for one in parameter.values
    )
    body = ParameterBody(
        parameter.title, parameter.unit.value, values, parameter.facts, parameter.note, parameter.group
    )
    return FiledDocument(DocumentKind.PARAMETER, parameter.name, PARAMETERS, place, "", body)


def _of_directives(folder: Path) -> Iterator[FiledDocument]:
    paths = sorted(folder.glob("*.txt"))
    questions = load_sample_questions(folder / QUESTIONS_FILE, [load_directive(path) for path in paths])
    # Those with sample questions in the order in which these are filed.
    order = {slug: place for place, slug in enumerate(questions)}
    for place, path in enumerate(sorted(paths, key=lambda path: (order.get(path.stem, len(order)), path.stem)), 1):
        front = _front_of(path.with_suffix(".yml"))
        live_from, live_to = _day(front.pop("live_from", None)), _day(front.pop("live_to", None))
        body = DirectiveBody(path.read_bytes().decode("utf-8"), front, dict(questions.get(path.stem, {})))
        slug = path.stem.partition("@")[0]
        yield FiledDocument(DocumentKind.DIRECTIVE, slug, slug, place, "", body, live_from, live_to)


def _front_of(path: Path) -> dict[str, Any]:
    """With days as ISO texts; empty where nobody checked anything. Its form was checked by load_directive."""
    if not path.exists():
        return {}
    read = load_yaml(path.read_text(encoding="utf-8")) or {}
    return {str(key): _plain(value) for key, value in read.items()}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(below) for key, below in value.items()}
    return [_plain(below) for below in value] if isinstance(value, (list, tuple)) else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _numbered(found: tuple[FiledDocument, ...], path: Path) -> Iterator[FiledDocument]:
    """With the numbers that a snapshot tells of its versions."""
    numbers = _numbers(path) if path.exists() else {}
    for one in found:
        number = numbers.get((one.name, one.live_from), 0)
        values = vars(one)
        yield FiledDocument(**{**values, "number": number})


def _numbers(path: Path) -> dict[tuple[str, date | None], int]:
    try:
        listed = load_yaml(path.read_text(encoding="utf-8")) or ()
        return {(one["document"], one.get("live_from")): int(one["version"]) for one in listed}
    except (yaml.YAMLError, TypeError, KeyError, ValueError, AttributeError) as error:
        raise KnowledgeError(f"{path}: expected a list of documents with their versions: {error}") from error
