"""Values of the parameter table that none of the parameter's facts states: people took them from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.facts.fact import Ledger
from knowledge.faqs.parameters import Parameter, Parameters, ParameterValue
from knowledge.faqs.placeholders import format_quantity

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True)
class UnbackedValue:
    """`written` as in an answer (2.530.000 đồng)."""

    parameter: Parameter
    value: ParameterValue
    written: str

    def is_past(self, day: date) -> bool:
        """No longer in force on the day."""
        return self.value.effective_to is not None and self.value.effective_to < day


def unbacked_values(parameters: Parameters, ledger: Ledger) -> Iterator[UnbackedValue]:
    """In the order of the table; a sum that a fact states in thousands or millions is stated."""
    for parameter in parameters:
        stated = {amount for fact in ledger.of(parameter.facts) for amount in _amounts(fact.says)}
        for value in parameter.values:
            if value.value not in stated:
                written = format_quantity(value.value, parameter.unit, parameters.money_word)
                yield UnbackedValue(parameter, value, written)


def _amounts(text: str) -> Iterator[Decimal]:
    """Every number of the text, as it is and as thousands and millions."""
    for number in _NUMBER.findall(text):
        amount = Decimal(number.replace(".", "").replace(",", "."))
        yield from (amount, amount * 1_000, amount * 1_000_000)
