"""The page of measurements: a command writes between its own marks, people write the rest."""

from datetime import UTC, datetime

from app.paths import ROOT
from tests.benchmark.measuring import machine

PAGE = ROOT / "docs" / "benchmark.md"


def write_measured(command, lines, page=PAGE):
    """Replaces what stands between the marks of this command. Raises ValueError when the page lost them."""
    before, _, after = _parted(command, page)
    page.write_text("\n".join([before, *lines, after]), encoding="utf-8")


def between_marks(command, page=PAGE):
    """The lines that this command wrote. Raises ValueError when the page lost its marks."""
    return _parted(command, page)[1].splitlines()


def _parted(command, page):
    text = page.read_text(encoding="utf-8")
    start, end = (f"<!-- measured by {command}: {where} -->" for where in ("start", "end"))
    before, found, rest = text.partition(start)
    between, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise ValueError(f"{page.name} has no place for {command}")
    return before + start, between, end + after


def measured_on():
    """When and on what, for the first line."""
    return f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}"
