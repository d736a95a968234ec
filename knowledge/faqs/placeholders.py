"""Placeholders of FAQ answers: `{muc_tham_chieu}`, `{muc_tham_chieu*20}`, `{muc_tham_chieu*4.5%*12}`.

Grammar (numbers with a decimal point, no brackets, no division, nothing is ever evaluated as code):

    placeholder = "{" sum "}" | "{" name ".from" "}"
    sum         = product { ("+" | "-") product }
    product     = factor { "*" factor }
    factor      = number | number "%" | name [".previous"]

`name` is the value in force on the day the answers are filled, `name.previous` the value before it, `name.from`
the day since which it is in force. `dong` times a percentage or a number is `dong`; only like units are added.
Results are written as in Vietnamese letters: 2.530.000 đồng, 10,5%, 01/07/2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.faqs.parameters import Parameters, ParameterValue, Unit
from knowledge.faqs.problem import ProblemKind

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_TOKEN = re.compile(r"\s*(?:(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<percent>%?)|(?P<name>[a-z][a-z0-9_]*)"
                    r"(?P<part>\.(?:previous|from))?|(?P<operator>[*+-]))", re.ASCII)  # fmt: skip
_MAX_EXPRESSION = 300


class PlaceholderError(Exception):
    """A placeholder that cannot be filled; `kind` and `details` make the editor's message."""

    def __init__(self, kind: ProblemKind, **details: str) -> None:
        self.kind = kind
        self.details = details
        super().__init__(f"{kind.value} {details}")


@dataclass(frozen=True)
class _Quantity:
    amount: Decimal
    unit: Unit


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    suffix: str = ""


def fill_placeholders(text: str, parameters: Parameters, today: date) -> str:
    """`text` with every placeholder replaced by the value in force on `today`; raises `PlaceholderError`."""
    return _BRACES.sub(lambda match: _fill(match.group(), parameters, today), text)


def fill_where_possible(text: str, parameters: Parameters, today: date) -> str:
    """As `fill_placeholders`; what cannot be filled is left out."""

    def fill(match: re.Match[str]) -> str:
        try:
            return _fill(match.group(), parameters, today)
        except PlaceholderError:
            return ""

    return _BRACES.sub(fill, text)


def placeholder_names(text: str) -> tuple[str, ...]:
    """Names of the parameters that `text` uses, each once, in order; broken placeholders give none."""
    names: dict[str, None] = {}
    for match in _BRACES.finditer(text):
        for token in _TOKEN.finditer(match.group()):
            if token["name"]:
                names[token["name"]] = None
    return tuple(names)


def has_braces(text: str) -> bool:
    """Whether `text` holds a brace, which nothing but a placeholder may."""
    return "{" in text or "}" in text


def format_quantity(amount: Decimal, unit: Unit, money_word: str) -> str:
    """As written in a Vietnamese letter: dots between thousands, decimal comma; amounts of money rounded to 1 dong."""
    if unit is Unit.DONG:
        return f"{_group(amount.quantize(Decimal(1), ROUND_HALF_UP))} {money_word}"
    shown = _group(amount.normalize())
    return shown + "%" if unit is Unit.PERCENT else shown


def _group(amount: Decimal) -> str:
    whole, _, fraction = f"{amount:,f}".partition(".")
    return whole.replace(",", ".") + ("," + fraction if fraction else "")


def _fill(placeholder: str, parameters: Parameters, today: date) -> str:
    tokens = _tokenise(placeholder)
    if len(tokens) == 1 and tokens[0].suffix == ".from":
        return _value(tokens[0], parameters, today).effective_from.strftime("%d/%m/%Y")
    try:
        total = _Sum(placeholder, parameters, today).of(tokens)
        return format_quantity(total.amount, total.unit, parameters.money_word)
    except ArithmeticError as error:
        raise PlaceholderError(ProblemKind.PLACEHOLDER_FORM, placeholder=placeholder) from error


def _tokenise(placeholder: str) -> list[_Token]:
    inner = placeholder[1:-1]
    if not inner.strip() or len(inner) > _MAX_EXPRESSION:
        raise PlaceholderError(ProblemKind.PLACEHOLDER_FORM, placeholder=placeholder[:_MAX_EXPRESSION])
    tokens: list[_Token] = []
    position = 0
    while position < len(inner.rstrip()):
        match = _TOKEN.match(inner, position)
        if match is None:
            raise PlaceholderError(ProblemKind.PLACEHOLDER_FORM, placeholder=placeholder)
        kind = match.lastgroup if match.lastgroup != "percent" else "number"
        kind = "name" if kind == "part" else str(kind)
        tokens.append(_Token(kind, match[kind], match["percent"] or match["part"] or ""))
        position = match.end()
    return tokens


class _Sum:
    """Works one placeholder out, from left to right."""

    def __init__(self, placeholder: str, parameters: Parameters, today: date) -> None:
        self._placeholder = placeholder
        self._parameters = parameters
        self._today = today

    def of(self, tokens: list[_Token]) -> _Quantity:
        factors, operators = tokens[::2], tokens[1::2]
        well_formed = len(tokens) % 2 == 1 and all(token.kind == "operator" for token in operators)
        if not well_formed or any(token.kind == "operator" for token in factors):
            raise self._malformed()
        products: list[_Quantity] = [self._factor(factors[0])]
        for operator, factor in zip(operators, factors[1:], strict=True):
            quantity = self._factor(factor)
            if operator.text == "*":
                products[-1] = self._times(products[-1], quantity)
            else:
                products.append(quantity if operator.text == "+" else _Quantity(-quantity.amount, quantity.unit))
        return self._add_up(products)

    def _factor(self, token: _Token) -> _Quantity:
        if token.kind == "number":
            return _Quantity(Decimal(token.text), Unit.PERCENT if token.suffix else Unit.NUMBER)
        if token.suffix == ".from":
            raise self._malformed()
        parameter = self._parameters.get(token.text)
        return _Quantity(
            _value(token, self._parameters, self._today).value, parameter.unit if parameter else Unit.NUMBER
        )

    def _times(self, left: _Quantity, right: _Quantity) -> _Quantity:
        if left.unit is Unit.DONG and right.unit is Unit.DONG:
            raise self._malformed()
        hundredths = sum(unit is Unit.PERCENT for unit in (left.unit, right.unit))
        has_money = Unit.DONG in (left.unit, right.unit)
        # A product of percentages is again a percentage: 4.5% * 70% = 3.15%.
        divisions = hundredths if has_money else max(hundredths - 1, 0)
        unit = Unit.DONG if has_money else Unit.PERCENT if hundredths else Unit.NUMBER
        return _Quantity(left.amount * right.amount / Decimal(100) ** divisions, unit)

    def _add_up(self, products: list[_Quantity]) -> _Quantity:
        units = {product.unit for product in products}
        if len(units) != 1:
            raise self._malformed()
        return _Quantity(sum((product.amount for product in products), Decimal(0)), units.pop())

    def _malformed(self) -> PlaceholderError:
        return PlaceholderError(ProblemKind.PLACEHOLDER_FORM, placeholder=self._placeholder)


def _value(token: _Token, parameters: Parameters, today: date) -> ParameterValue:
    parameter = parameters.get(token.text)
    if parameter is None:
        raise PlaceholderError(ProblemKind.UNKNOWN_PARAMETER, name=token.text)
    value = parameter.before(today) if token.suffix == ".previous" else parameter.on(today)
    if value is None:
        raise PlaceholderError(
            ProblemKind.PARAMETER_NOT_IN_FORCE, name=token.text + token.suffix, day=today.strftime("%d/%m/%Y")
        )
    return value
