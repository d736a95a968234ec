"""The parameters as answers use them, from what is served on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from editing.bodies.parameter import ParameterBody, parameter_from_json
from editing.document import DocumentKind
from editing.documents import DocumentFilter, documents
from editing.version import Standing
from knowledge.faqs.parameters import Parameter, Parameters, ParameterValue, Unit

MOST = 2_000


def parameters_on(connection: Connection, day: date, money_word: str) -> Parameters:
    """Names that nobody serves on the day are missing; answers that use them are shown with a mark."""
    wanted = DocumentFilter(day, kind=DocumentKind.PARAMETER, standing=Standing.LIVE)
    found = documents(connection, wanted, MOST)
    return Parameters(
        tuple(parameter_of(each.document.key, parameter_from_json(each.live.body)) for each in found if each.live),
        money_word,
    )


def with_parameter(parameters: Parameters, changed: Parameter) -> Parameters:
    """The table as it would be with another text of one of them."""
    others = tuple(one for one in parameters if one.name != changed.name)
    return Parameters((*others, changed), parameters.money_word)


def parameter_of(name: str, body: ParameterBody) -> Parameter:
    """Values without a first day are left out: they are in force on no day."""
    values = (
        ParameterValue(one.value, one.effective_from, one.effective_to, one.document, one.article)
        for one in body.values
        if one.effective_from is not None
    )
    ordered = tuple(sorted(values, key=lambda value: value.effective_from))
    return Parameter(name, body.title, Unit(body.unit), ordered, body.facts, body.note)
