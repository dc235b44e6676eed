"""A chart as the table that says the same, for formats and readers without pictures; and whether one is needed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kwartier.reports.document import Align, Chart, ChartRow, Table
from kwartier.reports.positions import ticks


def in_text(chart: Chart) -> Table | None:
    """How a format without pictures shows a chart: as a table, or not at all where the same stands in one beside it."""
    return None if chart.table else as_table(chart)


def as_table(chart: Chart) -> Table:
    """Everything that the chart draws, in words and numbers."""
    told = any(row.told for row in chart.rows)
    names, cells, align = _columns(chart)
    rows = tuple((row.label, *own, *((row.told,) if told else ())) for row, own in zip(chart.rows, cells, strict=True))
    sides: tuple[Align, ...] = ("left", *(align for _ in names), *(("left",) if told else ()))
    return Table(chart.caption, ("", *names, *(("",) if told else ())), rows, sides)


def _columns(chart: Chart) -> tuple[Sequence[str], list[Sequence[str]], Align]:
    """What stands between the label and the words of a row: names, the cells of every row, and their side."""
    if chart.kind == "matrix":
        return chart.columns, [[cell or "·" for cell in row.cells] for row in chart.rows], "center"
    if chart.kind == "distribution":
        return _counted(chart)
    width = len(chart.series)
    return chart.series, [_values(row, width) for row in chart.rows], "right"


def _values(row: ChartRow, width: int) -> list[str]:
    """The values as far as there are series to stand under; a row that only stands above others has none."""
    if not row.values:
        return [""] * width
    return [dutch_value(one) for one in (*row.values, *(None for _ in range(width)))[:width]]


def _counted(chart: Chart) -> tuple[Sequence[str], list[Sequence[str]], Align]:
    """How many marks lie at each value of a scale of few, else all of them from low to high; and which is the own."""
    found = sorted({one for row in chart.rows for one in row.values if one is not None})
    few = ticks(chart.low, chart.high)
    if any(one not in few for one in found):
        cells = [["; ".join(dutch_value(one) for one in sorted(_there(row)))] for row in chart.rows]
        names = ["Waarden"]
    else:
        names = [dutch_value(one) for one in few]
        cells = [[str(sum(one == at for one in _there(row))) for at in few] for row in chart.rows]
    if any(row.own is not None for row in chart.rows):
        names = [*names, "Eigen"]
        cells = [
            [*own, dutch_value(row.values[row.own]) if row.own is not None else "–"]
            for own, row in zip(cells, chart.rows, strict=True)
        ]
    return names, list(cells), "right"


def _there(row: ChartRow) -> list[Decimal]:
    return [one for one in row.values if one is not None]


def dutch_value(value: Decimal | None) -> str:
    """A number that was rounded already, in Dutch notation; a dash where there is none."""
    return "–" if value is None else f"{value:f}".replace(".", ",").replace("-", "−")
