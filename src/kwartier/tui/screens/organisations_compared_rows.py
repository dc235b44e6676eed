"""Organisations as rows of a figure: their totals, begin and end, differences. Everything is computed already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from kwartier.analysis.compared import Change, ChangeRow, Compared, Row
from kwartier.reports.organisations_bars import BEGIN, END, OWN, bar, ends, largest, signed, track
from kwartier.reports.organisations_figures import number
from kwartier.reports.phrases import capital
from kwartier.text import cells
from kwartier.tui.screens import organisations_compared_words as words
from kwartier.tui.widgets.figure_lines import Figure, FigureRow
from kwartier.tui.widgets.lines import Cell

SIGNS, SCORE = 4, 6
"""Cells of the signs of what is pointed at and of the own organisation, and of a figure."""

WIDEST_BAR = 81

T = TypeVar("T", Row, ChangeRow)


class Columns(NamedTuple):
    """How a row is divided: a name, figures of fixed widths, and what is left for a bar."""

    names: Sequence[str]
    fixed: int
    "Cells of all that is no name and no bar."

    def of(self, width: int) -> tuple[int, int]:
        """The cells of the name and of the bar; the longest name has at most three tenths of the row."""
        name = max(min(max(map(cells, self.names), default=0) + 2, width * 3 // 10), 14)
        return name, max(min(width - SIGNS - name - self.fixed, WIDEST_BAR), 8)


def named(label: str, own: bool, width: int) -> list[Cell]:
    """The cells before the figures."""
    return [Cell("", 2), Cell(OWN if own else "", 2), Cell(label, width, "strong" if own else "")]


def key_of(compared: Compared, ordered: Sequence[ChangeRow]) -> list[str]:
    """The keys of organisations: their places among all rows, where they are there."""
    places = {(row.slug, row.label): place for place, row in enumerate(compared.rows)}
    found = [places.get((one.slug, one.label)) for one in ordered]
    return [f"pair:{one.label}" if place is None else f"row:{place}" for one, place in zip(ordered, found, strict=True)]


def newest(compared: Compared) -> Figure:
    """The totals of all organisations, of the newest records."""
    if compared.total is None:
        return Figure("Gemiddelde per organisatie", "Dit instrument heeft geen gemiddelde over alle items.")
    low, high = ends(compared)
    band = _widest(row.band for row in compared.rows)
    printed = _widest(words.printed_of(row) for row in compared.rows)
    columns = Columns([row.label for row in compared.rows], SCORE + band + printed)

    def drawn(row: Row, name: int, room: int) -> list[Cell]:
        return [
            *named(row.label, row.own, name),
            Cell(number(row.total, compared.places), SCORE),
            Cell(bar(row.total, low, high, room - 1), room),
            Cell(row.band or "", band),
            Cell(words.printed_of(row), printed, "warning"),
        ]

    return Figure(
        f"Gemiddelde per organisatie, nieuwste meting. {words.bands(compared.bands)}".strip(),
        words.joined(words.together(compared), words.own_place(compared)),
        partial(_head, compared, columns),
        _rows(compared.rows, [f"row:{n}" for n in range(len(compared.rows))], columns, drawn, words.of_row, compared),
    )


def begin(compared: Compared, change: Change) -> Figure:
    """The first figure: the totals at the begin, of those that have both."""
    low, high = ends(compared)
    ordered = change.by_begin()
    band = _widest(row.before_band for row in ordered)
    columns = Columns([row.label for row in ordered], SCORE + band)

    def drawn(row: ChangeRow, name: int, room: int) -> list[Cell]:
        return [
            *named(row.label, row.own, name),
            Cell(number(row.before, compared.places), SCORE),
            Cell(bar(row.before, low, high, room - 1), room),
            Cell(row.before_band or "", band),
        ]

    return Figure(
        f"Gemiddelde per organisatie, {change.before_title}. {words.bands(change.before_bands)}".strip(),
        words.joined(words.pairs(compared, change), words.total_at_begin(change)),
        partial(_head, compared, columns),
        _rows(ordered, key_of(compared, ordered), columns, drawn, words.of_pair, compared),
    )


def end(compared: Compared, change: Change) -> Figure:
    """The second figure: the totals at the end against those at the begin."""
    low, high = ends(compared)
    ordered = change.by_end()
    band = _widest(row.after_band for row in ordered)
    printed = _widest(words.printed_of(row) for row in compared.rows)
    told = {row.ref: words.printed_of(row) for row in compared.rows if row.ref}
    columns = Columns([row.label for row in ordered], 2 * SCORE + band + printed)

    def drawn(row: ChangeRow, name: int, room: int) -> list[Cell]:
        return [
            *named(row.label, row.own, name),
            Cell(number(row.before, compared.places), SCORE),
            Cell(number(row.after, compared.places), SCORE),
            Cell(track(row.before, row.after, low, high, room - 1), room),
            Cell(row.after_band or "", band),
            Cell(told.get(row.after_ref, ""), printed, "warning"),
        ]

    def head(width: int) -> list[Cell]:
        name, room = columns.of(width)
        titles = (Cell(f"{BEGIN}", SCORE), Cell(f"{END}", SCORE))
        return [*named("Organisatie", False, name), *titles, *_scale(compared, room)]

    title = f"{capital(change.after_title)} ({END}) tegen {change.before_title} ({BEGIN})."
    return Figure(
        f"{title} {words.bands(change.after_bands)}".strip(),
        words.joined(
            words.pairs(compared, change), words.total_at_end(change), f"Eén {END}: begin en eind vallen samen."
        ),
        head,
        _rows(ordered, key_of(compared, ordered), columns, drawn, words.of_pair, compared),
    )


def differences(compared: Compared, change: Change) -> Figure:
    """The third figure: how much each organisation rose or fell."""
    ordered = change.by_difference()
    most = largest(row.difference for row in ordered)
    over = _widest(words.over(row) for row in ordered)
    columns = Columns([row.label for row in ordered], SCORE + 1 + over)

    def drawn(row: ChangeRow, name: int, room: int) -> list[Cell]:
        return [
            *named(row.label, row.own, name),
            Cell(number(row.difference, compared.places, sign=True), SCORE + 1),
            Cell(signed(row.difference, most, half_of(room)), room),
            Cell(words.over(row), over, "muted"),
        ]

    def head(width: int) -> list[Cell]:
        name, room = columns.of(width)
        return [*named("Organisatie", False, name), Cell("versch.", SCORE + 2), *sides(room - 1)]

    return Figure(
        f"Verschil per organisatie, van {change.before_title} naar {change.after_title}.",
        words.joined(words.pairs(compared, change), words.total_difference(compared, change)),
        head,
        _rows(ordered, key_of(compared, ordered), columns, drawn, words.of_pair, compared),
    )


def half_of(room: int) -> int:
    """Cells of either side of a bar with a middle."""
    return max((room - 2) // 2, 1)


def sides(room: int) -> list[Cell]:
    """What the sides of such a bar are called."""
    half = half_of(room)
    return [Cell("← lager", half), Cell("", 1), Cell("hoger →", room - half - 1)]


def _head(compared: Compared, columns: Columns, width: int) -> list[Cell]:
    """The titles above one figure and a bar."""
    name, room = columns.of(width)
    return [*named("Organisatie", False, name), Cell("gem.", SCORE), *_scale(compared, room)]


def _scale(compared: Compared, room: int) -> list[Cell]:
    """The ends of the scale above a bar."""
    low, high = (number(one, 0) for one in ends(compared))
    return [Cell(low, max(room - 1 - cells(high), 1)), Cell(high, cells(high) + 1)]


def _widest(texts: Iterable[str | None]) -> int:
    """Cells for a column that is not there where all are empty."""
    widest = max((cells(text or "") for text in texts), default=0)
    return min(widest + 2, 18) if widest else 0


def _rows(
    ordered: Sequence[T],
    keys: Sequence[str],
    columns: Columns,
    drawn: Callable[[T, int, int], list[Cell]],
    detail: Callable[[Compared, T], str],
    compared: Compared,
) -> Callable[[int], list[FigureRow]]:
    def cells_of(row: T, width: int) -> list[Cell]:
        return drawn(row, *columns.of(width))

    def rows(width: int) -> list[FigureRow]:
        return [
            FigureRow(key, partial(cells_of, row), partial(detail, compared, row))
            for key, row in zip(keys, ordered, strict=True)
        ]

    return rows
