"""How one row of a chart is drawn along its scale, per kind, and what its signs are called. Labels stand elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from kwartier.reports import svg_parts as parts
from kwartier.reports.document import Chart, ChartRow
from kwartier.reports.positions import middle
from kwartier.reports.svg_parts import GREY, INK

_NOW, _BEFORE = 12, 8
"""How thick the bar of now is, and those of before."""
_DOT, _STEP = 4, 10
"""Radius of a mark in a distribution, and how far the next one on it lies."""
_LEVELS = 6
"""So many marks lie on one another at most; where there are more, their number stands in a ring."""
_BIN = 24

Draw = Callable[[int, int], list[str]]
"""Draws a sign of the legend from its left end and its middle."""


class Frame(Struct, frozen=True, kw_only=True):
    """Where things stand from left to right."""

    label: int
    "Width of the labels, which start at 0."
    left: int
    right: int
    "The ends of the scale."
    told: int
    told_width: int
    crowded: bool = False
    "Of a distribution: whether somewhere too many marks lie on one another, so that they are counted everywhere."


def height(chart: Chart, frame: Frame, row: ChartRow) -> int:
    """How high the drawing of a row is."""
    if not row.values:
        return 0
    match chart.kind:
        case "bars":
            return _NOW + (len(row.values) - 1) * (_BEFORE + 2)
        case "distribution":
            piles = piled(chart, frame, row)
            return (
                (34 if row.own is not None else 20)
                if piles is None
                else max(16, (max((level for _, level, _ in piles), default=0) + 1) * _STEP + 4)
            )
    return 16


def drawn(chart: Chart, frame: Frame, row: ChartRow, centre: int, plot: int) -> list[str]:
    """The signs of a row, around `centre`."""
    if not row.values:
        return []
    match chart.kind:
        case "bars":
            return _bars(chart, frame, row.values, centre - plot // 2)
        case "dumbbell":
            return _dumbbell(chart, frame, row.values, centre)
        case "differences":
            return _differences(chart, frame, row.values, centre)
    return _distribution(chart, frame, row, centre, plot)


def is_crowded(chart: Chart, frame: Frame) -> bool:
    """Whether the marks of some row do not fit on one another; a row that sums up stands apart."""
    if chart.kind != "distribution":
        return False
    return any(piled(chart, frame, row) is None for row in chart.rows if not row.strong)


def legend(chart: Chart, frame: Frame) -> list[tuple[Draw, str]]:
    """The signs with what they stand for; nothing where there is but one."""
    match chart.kind:
        case "bars":
            last = len(chart.series) - 1
            found: list[tuple[Draw, str]] = [
                (partial(_bar_sign, before=last - at), name) for at, name in enumerate(chart.series)
            ]
            return found[::-1] if len(found) > 1 else []
        case "dumbbell":
            marks: list[Draw] = [_begin_sign, *(_between_sign for _ in chart.series[2:]), _end_sign]
            return list(zip(marks, chart.series, strict=False))
        case "differences":
            return [(partial(_person_sign, number=at), name) for at, name in enumerate(chart.series)]
        case "distribution":
            names = (*chart.series[:2], *("ieder", "eigen")[len(chart.series) :])
            own = any(row.own is not None for row in chart.rows)
            counted: list[tuple[Draw, str]] = [(_ring_sign, "zoveel op één plaats")] if frame.crowded else []
            return [(_mark_sign, names[0]), *([(_own_sign, names[1])] if own else []), *counted]
    return []


# -- bars


def _bars(chart: Chart, frame: Frame, values: Sequence[Decimal | None], y: int) -> list[str]:
    """The last series on top as a thick full bar, those before it thinner and open below."""
    made: list[str] = []
    for before, value in enumerate(reversed(values)):
        thick = _BEFORE if before else _NOW
        if value is None:
            made.append(parts.words(frame.left + 4, y + thick // 2 + 4, "–"))
        else:
            end = middle(value, chart.low, chart.high, frame.left, frame.right)
            if value or end > frame.left:  # the lowest of a scale from 1 is seen, nothing of what is counted is not
                made.append(_bar(frame.left, y, max(end - frame.left, 2), thick, before))
        y += thick + 2
    return made


def _bar(x: int, y: int, width: int, thick: int, before: int) -> str:
    fill = INK if not before else "#fff" if before % 2 else "#bbb"
    return parts.box(x, y, width, thick, fill, "3 2" if before > 2 else "")


def _bar_sign(x: int, y: int, before: int) -> list[str]:
    thick = _BEFORE if before else _NOW
    return [_bar(x, y - thick // 2, 26, thick, before)]


# -- from begin to end


def _dumbbell(chart: Chart, frame: Frame, values: Sequence[Decimal | None], y: int) -> list[str]:
    places = [None if one is None else middle(one, chart.low, chart.high, frame.left, frame.right) for one in values]
    begin, end = places[0], places[-1] if len(places) > 1 else None
    made: list[str] = []
    if begin is not None and end is not None and begin != end:
        towards = 1 if end > begin else -1
        made.append(parts.line(begin, y, end, y, INK, 2))
        if abs(end - begin) > 22:
            made.append(parts.arrow(end - 7 * towards, y, towards))
    made += [parts.line(one, y - 6, one, y + 6, INK, 2) for one in places[1:-1] if one is not None]
    if begin is not None:
        made.append(parts.circle(begin, y, 8 if begin == end else 5, "#fff"))
    if end is not None:
        made.append(parts.circle(end, y, 4 if begin == end else 5))
    return made


def _begin_sign(x: int, y: int) -> list[str]:
    return [parts.circle(x + 20, y, 5, "#fff")]


def _between_sign(x: int, y: int) -> list[str]:
    return [parts.line(x + 20, y - 6, x + 20, y + 6, INK, 2)]


def _end_sign(x: int, y: int) -> list[str]:
    return [parts.line(x, y, x + 20, y, INK, 2), parts.arrow(x + 14, y, 1), parts.circle(x + 20, y, 5)]


# -- what each gave


def _differences(chart: Chart, frame: Frame, values: Sequence[Decimal | None], y: int) -> list[str]:
    """A sign for each on a line between the lowest and the highest; those at one place stand side by side."""
    at: dict[int, list[int]] = {}
    for number, value in enumerate(values):
        if value is not None:
            at.setdefault(middle(value, chart.low, chart.high, frame.left, frame.right), []).append(number)
    made = [parts.line(min(at), y, max(at), y, INK, 2)] if len(at) > 1 else []
    for x, own in at.items():
        first = x - (len(own) - 1) * 7
        first = max(frame.left - 6, min(first, frame.right + 6 - (len(own) - 1) * 14))
        made += [parts.sign(number, first + place * 14, y) for place, number in enumerate(own)]
    return made


def _person_sign(x: int, y: int, number: int) -> list[str]:
    return [parts.sign(number, x + 20, y)]


# -- a distribution


def _distribution(chart: Chart, frame: Frame, row: ChartRow, centre: int, plot: int) -> list[str]:
    piles = piled(chart, frame, row)
    if piles is None:
        return _rings(chart, frame, row, centre)
    ground = centre + plot // 2 - 2
    made = [parts.line(frame.left, ground, frame.right, ground, GREY)]
    for x, level, own in piles:
        y = ground - _DOT - 2 - level * _STEP
        made.append(parts.diamond(x, y, _DOT + 2) if own else parts.circle(x, y, _DOT, "#fff"))
    return made


def piled(chart: Chart, frame: Frame, row: ChartRow) -> list[tuple[int, int, bool]] | None:
    """Per mark its place, how many lie below it, and whether it is the own one; None where piles would be too high.

    The own mark lies lowest, and is drawn last.
    """
    if frame.crowded and not row.strong:
        return None
    found: list[tuple[int, int, bool]] = []
    order = sorted(range(len(row.values)), key=lambda at: (at != row.own, row.values[at] or Decimal(0)))
    for at in order:
        value = row.values[at]
        if value is None:
            continue
        x = middle(value, chart.low, chart.high, frame.left, frame.right)
        taken = {level for other, level, _ in found if abs(other - x) < _STEP}
        level = next(one for one in range(len(taken) + 1) if one not in taken)
        if level >= _LEVELS:
            return None
        found.append((x, level, at == row.own))
    return sorted(found, key=lambda one: one[2])


def _rings(chart: Chart, frame: Frame, row: ChartRow, y: int) -> list[str]:
    """Rings with the number of marks in them, and the own mark on top of its place."""
    bins: dict[int, list[int]] = {}
    mine = None
    for at, value in enumerate(row.values):
        if value is not None:
            x = middle(value, chart.low, chart.high, frame.left, frame.right)
            bins.setdefault((x - frame.left) // _BIN, []).append(x)
            mine = x if at == row.own else mine
    y += 6 if mine is not None else 0
    made = [parts.line(frame.left, y, frame.right, y, GREY)]
    for own in bins.values():
        x, count = sum(own) // len(own), str(len(own))
        made += _ring(x, y, count)
    if mine is not None:
        made.append(parts.diamond(mine, y - 15, 5))
    return made


def _ring(x: int, y: int, count: str) -> list[str]:
    room = max(20, parts.measured(count) + 8)
    ring = parts.box(x - room // 2, y - 9, room, 18, "#fff").replace("/>", ' rx="9"/>')
    return [ring, parts.words(x, y + 5, count, anchor="middle")]


def _ring_sign(x: int, y: int) -> list[str]:
    return _ring(x + 18, y, "2")


def _mark_sign(x: int, y: int) -> list[str]:
    return [parts.circle(x + 20, y, _DOT, "#fff")]


def _own_sign(x: int, y: int) -> list[str]:
    return [parts.diamond(x + 20, y, _DOT + 2)]


# -- a cell of a matrix


def cell(text: str, x: int, y: int, width: int, high: int, *, quiet: bool) -> list[str]:
    """What stands in a cell: a full square where it is but a sign, else its text; a small dot where nothing does."""
    told = parts.plain(text)
    middle_x, middle_y = x + width // 2, y + high // 2
    if not told:
        return [] if quiet else [parts.box(middle_x, middle_y, 1, 1, GREY)]
    if told.lower() in ("x", "●", "✓", "■"):
        side = min(12, width - 4)
        return [parts.box(middle_x - side // 2, middle_y - side // 2, side, side)]
    lines = parts.wrapped(told, width - 2)
    return [parts.words(middle_x, middle_y + 5, lines[0], anchor="middle")]
