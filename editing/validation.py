"""Whether a version may be submitted, in the words of the editors; the same rules as for the project's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import Connection, select

from desk.calendar.zone import vietnam_date
from editing.bodies.body import Body, body_from_json
from editing.bodies.check import problem
from editing.bodies.directive import DirectiveBody
from editing.bodies.directive_faults import fault_in_words
from editing.bodies.faq import FaqBody
from editing.bodies.nodes import faq_node, field_at, parameter_node
from editing.bodies.parameter import ParameterBody
from editing.document import Document, DocumentKind, knowledge_documents
from editing.documents import existing_document
from editing.errors import InvalidBodyError
from editing.folding import folded
from editing.live_base import entry_keys, parameters_on, same_wordings
from editing.problem import BodyProblem
from editing.version import Version, knowledge_versions
from editing.versions import is_served
from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.faqs.entry import Scope
from knowledge.faqs.entry_checks import check_entry
from knowledge.faqs.messages import Messages, load_messages
from knowledge.faqs.parameters import read_parameter
from knowledge.faqs.problem import WARNINGS, Finding, ProblemKind
from knowledge.faqs.reading import read_entry
from vietnamese.keys import plain_key

_SHOWN = 80
_FIELD_OF = {
    ProblemKind.TOO_FEW_ALTERNATES: "alternates",
    ProblemKind.LOW_CONFIDENCE_LIVE: "confidence",
    ProblemKind.REVIEW_OVERDUE: "review_by",
    ProblemKind.NEXT_STEPS_MISSING: "next_steps",
}
"""Of findings that the files show at another line."""


def problems_of(connection: Connection, version: Version, now: datetime) -> tuple[BodyProblem, ...]:
    """Errors and warnings, in the order of the fields; empty when there is nothing to mend."""
    document = existing_document(connection, version.document_id)
    body = body_from_json(document.kind, version.body)
    day = vietnam_date(now)
    dates = _date_problems(document.kind, version.live_from, version.live_to, day)
    return (*problems_of_body(connection, document, body, day), *dates)


def problems_of_body(connection: Connection, document: Document, body: Body, day: date) -> tuple[BodyProblem, ...]:
    """The same for what somebody is just typing. `day` decides which values are in force and what is overdue."""
    if isinstance(body, FaqBody):
        findings = _faq_findings(connection, document, body, day)
        return (*_worded(findings), *_unsourced(body), *_same_questions(connection, document, body, day))
    if isinstance(body, ParameterBody):
        found: list[Finding] = []
        read_parameter(parameter_node(body, document.key), document.name, found)
        return _worded(found)
    return tuple(_directive_problems(connection, document, body, day))


def refuse_invalid(connection: Connection, version: Version, now: datetime) -> None:
    """Raises InvalidBodyError with the errors; warnings stop nothing, and what is to be withdrawn needs no text."""
    if version.withdraws:
        return
    errors = tuple(found for found in problems_of(connection, version, now) if not found.is_warning)
    if errors:
        raise InvalidBodyError(errors)


def _faq_findings(connection: Connection, document: Document, body: FaqBody, day: date) -> Iterator[Finding]:
    form: list[Finding] = []
    entry = read_entry(faq_node(body, document.key), document.name, document.topic or "-", form)
    yield from form
    yield from check_entry(entry, parameters_on(connection, day), day, load_messages())
    known = entry_keys(connection, body.related, day)
    for related in entry.related:
        if related.text not in known or related.text == document.key:
            shown = (("value", related.text[:_SHOWN]),)
            yield Finding(ProblemKind.UNKNOWN_RELATED, document.name, related.line, document.key, shown)


def _unsourced(body: FaqBody) -> Iterator[BodyProblem]:
    """Ways to reach the agency rest on no law; who approves anything else has to see that it names none."""
    if not body.legal_basis and body.scope == Scope.OURS:
        yield problem("legal_basis", "no_legal_basis", is_warning=True)


def _same_questions(connection: Connection, document: Document, body: FaqBody, day: date) -> Iterator[BodyProblem]:
    wordings = {"question": body.question, **{f"alternates.{place}": one for place, one in enumerate(body.alternates)}}
    first: dict[str, str] = {}
    for field, wording in wordings.items():
        if (key := plain_key(wording)) and first.setdefault(key, field) != field:
            yield _same_question(field, wording, document.key)
    keys = {field: folded(wording) for field, wording in wordings.items()}
    for field, other in same_wordings(connection, keys, document.id, day):
        yield _same_question(field, wordings[field], other)


def _same_question(field: str, wording: str, place: str) -> BodyProblem:
    kind = ProblemKind.DUPLICATE_QUESTION
    details = (("text", wording[:_SHOWN]), ("place", place))
    return BodyProblem(field, kind.value, load_messages().sentence(Finding(kind, "", 0, "", details)))


def _directive_problems(
    connection: Connection, document: Document, body: DirectiveBody, day: date
) -> Iterator[BodyProblem]:
    try:
        directive = body.parsed(document.key)
    except DirectiveError as error:
        yield problem("text", "directive_unreadable", reason=fault_in_words(error))
        return
    sections = {section.label for section in directive.sections}
    for section in body.questions:
        if section not in sections:
            yield problem(f"questions.{section}", "section_unknown", section=section)
    for other in _same_number(connection, document, directive, day):
        yield problem("front.number", "number_taken", number=directive.number, place=other)


def _same_number(connection: Connection, document: Document, directive: Directive, day: date) -> Iterator[str]:
    columns = knowledge_documents.c
    joined = knowledge_documents.join(knowledge_versions, knowledge_versions.c.document_id == columns.id)
    other = (columns.kind == DocumentKind.DIRECTIVE.value, columns.id != document.id)
    titled = knowledge_versions.c.title.startswith(f"{directive.number}:", autoescape=True)
    statement = select(columns.key).select_from(joined).where(*other, is_served(knowledge_versions.c, day), titled)
    yield from connection.execute(statement).scalars()


def _date_problems(kind: DocumentKind, start: date | None, end: date | None, day: date) -> Iterator[BodyProblem]:
    if kind is DocumentKind.PARAMETER and (start or end):
        yield problem("live_from", "dates_not_for_parameters")
        return
    if start and end and end < start:
        yield problem("live_to", "live_dates_reversed")
    if end and end < day:
        yield problem("live_to", "live_ended")


def _worded(findings: Iterable[Finding]) -> tuple[BodyProblem, ...]:
    messages: Messages = load_messages()
    ordered = sorted(findings, key=lambda finding: finding.line)
    return tuple(
        BodyProblem(
            _FIELD_OF.get(one.kind) or field_at(one.line), one.kind.value, messages.sentence(one), one.kind in WARNINGS
        )
        for one in ordered
    )
