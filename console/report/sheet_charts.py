"""Native charts of a workbook. Their numbers stand on a hidden sheet, so that each chart has its own small table."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from console.report.table import Chart

WIDTH_CM, HEIGHT_CM, CATEGORY_CM = 24, 5.0, 1.0
ROW_CM = 0.53
WHOLE, PERCENT = "#,##0", "0.0%"
COLOURS = ("0B4F97", "9DB8D8")
GOAL_COLOUR, GOAL_WIDTH = "B3201F", 28_575
"""The width in English metric units: 2¼ points."""


class ChartData:
    """The hidden sheet that charts read from; one block below the other."""

    def __init__(self, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        self.sheet = sheet
        self._next = 1

    def add(self, chart: Chart) -> int:
        """Row of the block's headings: categories in the first column, a column for each series, then the goal."""
        top = self._next
        names = [series.name for series in chart.series] + ([chart.goal_name] if chart.goal is not None else [])
        for column, name in enumerate(["", *names], start=1):
            self._text(top, column, name)
        for number, category in enumerate(chart.categories):
            row = top + 1 + number
            self._text(row, 1, category)
            values = [series.values[number] for series in chart.series]
            for column, value in enumerate([*values, *([chart.goal] if chart.goal is not None else [])], start=2):
                cell = self.sheet.cell(row, column, value)
                cell.number_format = PERCENT if chart.is_percent else WHOLE
        self._next = top + len(chart.categories) + 2
        return top

    def _text(self, row: int, column: int, words: str) -> None:
        cell = self.sheet.cell(row, column)
        cell.value, cell.data_type = words, "s"


def add_chart(page: Worksheet, chart: Chart, row: int, data: ChartData) -> None:
    """Its upper left corner in the first column of the row; nothing without a category."""
    if not chart.categories:
        return
    top = data.add(chart)
    bottom, series = top + len(chart.categories), len(chart.series)
    # The line of a goal can only cross bars that stand.
    bars = BarChart()
    bars.type = "bar" if chart.goal is None else "col"
    bars.add_data(
        Reference(data.sheet, min_col=2, max_col=1 + series, min_row=top, max_row=bottom), titles_from_data=True
    )
    names = Reference(data.sheet, min_col=1, min_row=top + 1, max_row=bottom)
    bars.set_categories(names)
    for colour, drawn in zip(COLOURS, bars.series, strict=False):
        drawn.graphicalProperties = GraphicalProperties(solidFill=colour)
    bars.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    bars.gapWidth = 60
    _dress(bars, chart)
    if chart.goal is not None:
        column = 2 + series
        goal = LineChart()
        goal.add_data(Reference(data.sheet, min_col=column, min_row=top, max_row=bottom), titles_from_data=True)
        goal.set_categories(names)
        goal.series[0].graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=GOAL_COLOUR, w=GOAL_WIDTH, prstDash="dash")
        )
        goal.series[0].marker.symbol = "none"
        bars += goal
    page.add_chart(bars, f"A{row}")


def chart_rows(chart: Chart) -> int:
    """How many rows it covers, with some air."""
    return int(_height(chart) / ROW_CM) + 2 if chart.categories else 0


def _height(chart: Chart) -> float:
    return HEIGHT_CM + CATEGORY_CM * (len(chart.categories) if chart.goal is None else 4)


def _dress(bars: BarChart, chart: Chart) -> None:
    bars.title, bars.width = chart.title, WIDTH_CM
    bars.height = _height(chart)
    bars.visible_cells_only = False
    bars.y_axis.title = chart.axis
    # openpyxl 3.1 leaves axes out of the picture unless told otherwise.
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.legend.position = "b"
    if chart.goal is None:
        bars.x_axis.scaling.orientation = "maxMin"  # the first category on top, as in the table
    if chart.is_percent:
        bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0.0, 1.0
        bars.y_axis.number_format = "0%"
    else:
        bars.y_axis.number_format = WHOLE
