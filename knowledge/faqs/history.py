"""Which values the figures of an answer had at another time. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.faqs.parameters import Parameter, Parameters, ParameterValue

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_BARE = re.compile(r"\{\s*([a-z][a-z0-9_]*)(?:\.(?:previous|from))?\s*\}", re.ASCII)


def values_between(parameter: Parameter, first: date, last: date) -> tuple[ParameterValue, ...]:
    """In force on at least one of the days, oldest first."""
    return tuple(
        value
        for value in parameter.values
        if value.effective_from <= last and (value.effective_to is None or first <= value.effective_to)
    )


def parameters_told(answer: str, parameters: Parameters) -> Iterator[Parameter]:
    """Those that an answer is about, each once, in order; unknown names are passed over.

    None where it calculates with any: ten times the base salary of 2020 is no answer to what was paid in 2020, as the
    rule of then may have been another.
    """
    if any(not _BARE.fullmatch(written) for written in _PLACEHOLDER.findall(answer)):
        return
    for name in dict.fromkeys(_BARE.findall(answer)):
        parameter = parameters.get(name)
        if parameter is not None:
            yield parameter
