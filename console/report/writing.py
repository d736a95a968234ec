"""Numbers as Vietnamese write them: 1.234 and 82,4 %. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.report.table import Cell, Kind
from console.report.texts import Words

SECONDS_OF_A_MINUTE, MINUTES_OF_AN_HOUR = 60, 60
SEVERAL_MINUTES = 10
NO_BREAK = "\u00a0"
MINUS = "\u2212"


def written(cell: Cell, words: Words) -> str:
    """The cell for people; `words` are those of `values` in texts.yml."""
    if cell.kind is Kind.BLANK:
        return ""
    if cell.value is None:
        return words["not_comparable"] if cell.kind in CHANGES else words["none"]
    return str(cell.value) if isinstance(cell.value, str) else _NUMBERS[cell.kind](cell.value, words)


def written_count(value: float) -> str:
    """`1.234`."""
    return f"{value:,.0f}".replace(",", ".")


def written_percent(fraction: float) -> str:
    """`82,4%`, at most one decimal; never rounded up to 100 % or down to 0 %."""
    percent = fraction * 100
    shown = min(percent, 99.9) if fraction < 1 else percent
    shown = max(shown, 0.1) if fraction > 0 else shown
    return f"{_decimal(shown)}%"


def written_duration(seconds: float, words: Words) -> str:
    """`45 giây`, `3 phút 20 giây`, `12 phút`, `1 giờ 05 phút`."""
    if round(seconds) < SEVERAL_MINUTES * SECONDS_OF_A_MINUTE:
        minutes, rest = divmod(round(seconds), SECONDS_OF_A_MINUTE)
        parts = [(minutes, "minutes")] if minutes else []
        parts += [(rest, "seconds")] if rest or not minutes else []
        return _joined([(str(number), unit) for number, unit in parts], words)
    hours, minutes = divmod(round(seconds / SECONDS_OF_A_MINUTE), MINUTES_OF_AN_HOUR)
    if not hours:
        return _joined([(str(minutes), "minutes")], words)
    return _joined([(written_count(hours), "hours"), *([(f"{minutes:02}", "minutes")] if minutes else [])], words)


def _joined(parts: list[tuple[str, str]], words: Words) -> str:
    return " ".join(f"{number}{NO_BREAK}{words[f'unit_{unit}']}" for number, unit in parts)


def _decimal(value: float) -> str:
    shown = f"{value:.1f}".removesuffix(".0")
    return (shown if shown != "-0" else "0").replace(".", ",")


def _signed(value: float, shown: str) -> str:
    is_zero = not any(digit in shown for digit in "123456789")
    return shown if is_zero else f"{'+' if value > 0 else MINUS}{shown}"


def _change_percent(value: float, words: Words) -> str:
    return _signed(value, f"{_decimal(abs(value) * 100)}%")


def _change_points(value: float, words: Words) -> str:
    return _signed(value, f"{_decimal(abs(value) * 100)}{NO_BREAK}{words['unit_points'].replace(' ', NO_BREAK)}")


def _change_duration(value: float, words: Words) -> str:
    return _signed(value, written_duration(abs(value), words))


CHANGES = frozenset({Kind.CHANGE_PERCENT, Kind.CHANGE_POINTS, Kind.CHANGE_DURATION})
_NUMBERS: Mapping[Kind, Callable[[float, Words], str]] = {
    Kind.COUNT: lambda value, _: written_count(value),
    Kind.PERCENT: lambda value, _: written_percent(value),
    Kind.DURATION: written_duration,
    Kind.DAYS: lambda value, words: f"{_decimal(value)}{NO_BREAK}{words['unit_days']}",
    Kind.SCORE: lambda value, _: f"{value:.2f}".replace(".", ","),
    Kind.CHANGE_PERCENT: _change_percent,
    Kind.CHANGE_POINTS: _change_points,
    Kind.CHANGE_DURATION: _change_duration,
}
