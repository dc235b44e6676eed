"""A chart as the table that says the same, for formats and readers without pictures."""

from __future__ import annotations

from decimal import Decimal

from kwartier.reports.document import Align, Chart, ChartRow, Table


def as_table(chart: Chart) -> Table:
    """Everything that the chart draws, in words and numbers."""
    if chart.kind == "matrix":
        rows = tuple((row.label, *(cell or "·" for cell in row.cells)) for row in chart.rows)
        return Table(chart.caption, ("", *chart.columns), rows)
    told = any(row.told for row in chart.rows)
    header = ("", *chart.series, *(("",) if told else ()))
    width = len(chart.series)
    rows = tuple((row.label, *_values(row, width), *((row.told,) if told else ())) for row in chart.rows)
    right: Align = "right"
    align: tuple[Align, ...] = ("left", *(right for _ in chart.series), *(("left",) if told else ()))
    return Table(chart.caption, header, rows, align)


def _values(row: ChartRow, width: int) -> list[str]:
    """The values as far as there are series to stand under; of a distribution they are only told."""
    return [dutch_value(one) for one in (*row.values, *(None for _ in range(width)))[:width]]


def dutch_value(value: Decimal | None) -> str:
    """A number that was rounded already, in Dutch notation; a dash where there is none."""
    return "–" if value is None else str(value).replace(".", ",").replace("-", "−")
