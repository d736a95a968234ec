"""Text for a spreadsheet: what came from outside must not run there as a formula. For every CSV and XLSX we make."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""OWASP, CSV Injection; the full-width forms start a formula in Excel with an East Asian locale."""
BYTE_ORDER_MARK = "\ufeff"
"""Before the first line of a CSV: without it Excel does not take the file for UTF-8."""
_CALCULATES = frozenset("=+-@\t\r\n\u2212\u2010\u2011")
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})


def safe_cell(text: str) -> str:
    """The same text; with an apostrophe before it where a spreadsheet would calculate. Nothing is lost.

    Spaces and invisible characters before the sign do not help, and neither do look-alikes: some programs take the
    ones away and fold the others.
    """
    if text.startswith(FORMULA_STARTS):
        return f"'{text}"
    first = next((one for one in text if unicodedata.category(one) not in _UNSEEN or one in _CALCULATES), "")
    folded = unicodedata.normalize("NFKC", first)[:1]
    return f"'{text}" if folded in _CALCULATES and folded else text


def csv_line(cells: Iterable[str]) -> str:
    """One line of a table, with its end; each cell safe and in quotation marks."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([safe_cell(cell) for cell in cells])
    return written.getvalue()
