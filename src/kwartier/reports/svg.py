"""A chart as SVG: one picture of text, lines and signs, readable in black and white. It refers to nothing outside it.

Layout is in whole units, so that the same chart always gives the same bytes. A unit is meant as about a quarter of a
millimetre: 680 fill the width of a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from kwartier.reports import svg_parts as parts
from kwartier.reports import svg_rows as rows
from kwartier.reports.chart_tables import dutch_value
from kwartier.reports.document import Chart, ChartRow
from kwartier.reports.positions import middle, ticks
from kwartier.reports.svg_parts import GREY, LINE, PALE, SIZE
from kwartier.reports.svg_rows import Frame

WIDTH, LEAST = 680, 320
"""As wide as a page, and the least."""
ROWS = 36
"""So many rows fit a page."""
COLUMNS = 24
"""So many columns of a matrix fit the width."""

_GAP = 12
_LABEL_SHARE, _TOLD_SHARE = 36, 28
"""Of the width, in percents, at most."""
_LINES, _STRONG_LINES = 3, 5
"""So many lines a label takes at most; what sums up has the long names."""
_CELL = 14
"""So wide is a cell of a matrix at least, where that can be."""


def svg(chart: Chart, width: int = WIDTH) -> str:
    """The chart, drawn `width` units wide; narrower than the least is drawn at the least. As high as its rows need."""
    width = max(width, LEAST)
    drawing = _matrix(chart, width) if chart.kind == "matrix" else _scaled(chart, width)
    body = "".join(drawing.parts)
    texts = [parts.escaped(parts.plain(text)) for text in (chart.caption, chart.alt)]
    mark = hashlib.sha256("\n".join((*texts, body)).encode()).hexdigest()[:12]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{drawing.height}" '
        f'viewBox="0 0 {width} {drawing.height}" role="img" aria-labelledby="t{mark} d{mark}" direction="ltr" '
        f'font-family="{parts.FONT}" font-size="{SIZE}" fill="{parts.INK}">'
        f'<title id="t{mark}">{texts[0]}</title><desc id="d{mark}">{texts[1]}</desc>'
        f'<rect width="{width}" height="{drawing.height}" fill="#fff"/>{body}</svg>\n'
    )


def split(chart: Chart, most: int = ROWS, columns: int = COLUMNS) -> tuple[Chart, ...]:
    """The chart in pieces that fit a page: rows that belong to one summing row stay together where they can."""
    pieces = [
        msgspec.structs.replace(one, rows=own) for one in _narrow(chart, columns) for own in _pieces(chart, one, most)
    ]
    if len(pieces) == 1:
        return (chart,)
    told = [f"{chart.caption} ({number} van {len(pieces)})" for number in range(1, len(pieces) + 1)]
    return tuple(msgspec.structs.replace(one, caption=text) for one, text in zip(pieces, told, strict=True))


def _narrow(chart: Chart, most: int) -> Iterator[Chart]:
    if chart.kind != "matrix" or len(chart.columns) <= most:
        yield chart
        return
    for start in range(0, len(chart.columns), most):
        own = slice(start, start + most)
        cut = tuple(msgspec.structs.replace(row, cells=row.cells[own]) for row in chart.rows)
        yield msgspec.structs.replace(chart, columns=chart.columns[own], rows=cut)


def _pieces(chart: Chart, one: Chart, most: int) -> Iterator[tuple[ChartRow, ...]]:
    start = 0
    while len(one.rows) - start > most:
        end = start + most
        early = [at for at in range(start + most * 2 // 3, end + 1) if one.rows[at].strong]
        end = early[-1] if early else end
        yield one.rows[start:end]
        start = end
    yield one.rows[start:]


class _Drawing(Struct, frozen=True):
    """What was drawn, and how high it became."""

    parts: tuple[str, ...]
    height: int


# -- charts along a scale


def _scaled(chart: Chart, width: int) -> _Drawing:
    frame = _frame(chart, width)
    frame = msgspec.structs.replace(frame, crowded=rows.is_crowded(chart, frame))
    legend, top = _legend(chart, frame, width)
    drawn, y = [], top + LINE + 6
    for row in chart.rows:
        told, height = _row(chart, frame, row, y)
        drawn += told
        y += height
    y += 2
    again = len(chart.rows) > 12
    grid = [*_axis(chart, frame, top, y, again=again)]
    return _Drawing((*legend, *grid, *drawn), y + (LINE + 4 if again else 6))


def _frame(chart: Chart, width: int) -> Frame:
    label = _room([(row.label, row.strong) for row in chart.rows], width * _LABEL_SHARE // 100)
    told = _room([(row.told, row.strong) for row in chart.rows], width * _TOLD_SHARE // 100)
    left = label + _GAP + 10
    right = width - (told + _GAP if told else 0) - 12
    return Frame(label=label, left=left, right=right, told=right + _GAP + 8, told_width=told)


def _room(texts: Sequence[tuple[str, bool]], most: int) -> int:
    found = 0
    for text, bold in texts:
        if found < most:
            found = max(found, min(most, parts.measured(parts.plain(text[: most * 4]), bold=bold)))
    return found


def _row(chart: Chart, frame: Frame, row: ChartRow, y: int) -> tuple[list[str], int]:
    """One row with its label and what is told of it, and how high it is."""
    label = parts.wrapped(row.label, frame.label, _STRONG_LINES if row.strong else _LINES, bold=row.strong)
    told = parts.wrapped(row.told, frame.told_width, _LINES, bold=row.strong) if row.told else []
    plot = rows.height(chart, frame, row)
    before = 6 if row.strong else 0
    height = max(plot, max(len(label), len(told), 1) * LINE) + 8 + before
    centre = y + before + (height - before) // 2
    made = [parts.line(0, y, frame.told + frame.told_width, y, GREY if row.strong else PALE)]
    made += rows.drawn(chart, frame, row, centre, plot)
    for x, lines in ((0, label), (frame.told, told)):
        first = centre - len(lines) * LINE // 2 + SIZE - 1
        made += [parts.words(x, first + at * LINE, text, bold=row.strong) for at, text in enumerate(lines)]
    return made, height


def _axis(chart: Chart, frame: Frame, top: int, bottom: int, *, again: bool) -> Iterator[str]:
    """The scale with its round numbers above, and below too where it is far."""
    for value in ticks(chart.low, chart.high):
        x = middle(value, chart.low, chart.high, frame.left, frame.right)
        yield parts.line(x, top + LINE + 2, x, bottom, GREY if value == chart.low else PALE)
        text = dutch_value(value)
        yield parts.words(x, top + SIZE, text, anchor="middle")
        if again:
            yield parts.words(x, bottom + SIZE, text, anchor="middle")


def _legend(chart: Chart, frame: Frame, width: int) -> tuple[list[str], int]:
    """What every sign stands for, over as many lines as it needs, and how high that is."""
    names = rows.legend(chart, frame)
    if not names:
        return [], 2
    made, x, y = [], 0, 2
    for draw, name in names:
        lines = parts.wrapped(name, width // 2)
        if not lines:
            continue
        room = 34 + parts.measured(lines[0]) + 18
        if x and x + room > width:
            x, y = 0, y + LINE + 6
        made += [*draw(x, y + LINE // 2), parts.words(x + 34, y + SIZE, lines[0])]
        x += room
    return made, y + LINE + 10


# -- a matrix


def _matrix(chart: Chart, width: int) -> _Drawing:
    count = max(len(chart.columns), 1)
    told = _room([(row.told, row.strong) for row in chart.rows], width * _TOLD_SHARE // 100)
    beside = width - (told + _GAP if told else 0) - _GAP - count * _CELL
    label = _room([(row.label, row.strong) for row in chart.rows], max(80, min(width * 45 // 100, beside)))
    left = label + _GAP
    right = width - (told + _GAP if told else 0)
    cell = max(4, min(40, (right - left) // count))
    upright = any(parts.measured(parts.plain(name)) > cell - 4 for name in chart.columns)
    head = min(110, max(map(_upright, chart.columns), default=0)) + 8 if upright else LINE + 6
    made, y = [*_heads(chart, left, cell, head, upright=upright)], head
    edge = left + cell * len(chart.columns)
    far = edge + (_GAP + told if told else 0)
    for row in chart.rows:
        lines = parts.wrapped(row.label, label, _STRONG_LINES if row.strong else _LINES, bold=row.strong)
        said = parts.wrapped(row.told, told, _LINES, bold=row.strong) if row.told else []
        height = max(len(lines), len(said), 1) * LINE + 8
        made.append(parts.line(0, y, far, y, GREY if row.strong else PALE))
        for x, texts in ((0, lines), (edge + _GAP, said)):
            first = y + height // 2 - len(texts) * LINE // 2 + SIZE - 1
            made += [parts.words(x, first + at * LINE, text, bold=row.strong) for at, text in enumerate(texts)]
        for at, text in enumerate(row.cells):
            made += rows.cell(text, left + at * cell, y, cell, height, quiet=row.strong)
        y += height
    grid = [parts.line(left + at * cell, head, left + at * cell, y, PALE) for at in range(len(chart.columns) + 1)]
    return _Drawing((*grid, *made, parts.line(0, y, far, y, GREY)), y + 4)


def _upright(name: str) -> int:
    return parts.measured(parts.plain(name[:60]))


def _heads(chart: Chart, left: int, cell: int, head: int, *, upright: bool) -> Iterator[str]:
    for at, name in enumerate(chart.columns):
        x = left + at * cell + cell // 2
        if not upright:
            yield parts.words(x, head - 6, parts.plain(name), anchor="middle")
        elif lines := parts.wrapped(name, head - 8):
            drawn = parts.words(0, 0, lines[0])
            yield f'<g transform="translate({x + 4} {head - 4}) rotate(-90)">{drawn}</g>'
