"""A list in groups, each under a heading; what can be opened has a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kwartier.tui.widgets.lines import Cell, Lines, shares


class Told(NamedTuple):
    """A row: a key (empty for what is only read), a sign, words of fixed widths, and the text that takes the rest."""

    key: str
    sign: str
    words: tuple[tuple[str, int], ...]
    text: str
    look: str = ""
    "How the sign looks: warning, strong, muted."
    text_look: str = ""


class Group(NamedTuple):
    """Rows under a heading."""

    title: str
    rows: list[Told]
    remark: str = ""
    "What is said where there are no rows, or beneath the heading."


class GroupedLines(Lines):
    """Headings and remarks are passed over by the arrows."""

    BESIDE_OTHERS = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Told | tuple[str, str]] = []

    def show(self, groups: Iterable[Group]) -> None:
        """Other rows; the one that is pointed at stays so where it is still there."""
        was = self.chosen
        old = self._cursor
        rows: list[Told | tuple[str, str]] = []
        for group in groups:
            if rows:
                rows.append(("", ""))
            if group.title:
                rows.append((group.title, "heading"))
            if group.remark:
                rows.append((f"  {group.remark}", "muted"))
            rows += group.rows
        self._rows = rows
        found = next((n for n, one in enumerate(rows) if was and isinstance(one, Told) and one.key == was), None)
        self.drawn_anew()
        self.point_at(old if found is None else found)

    def choose(self, key: str) -> None:
        """Points at the row with this key, where it is there."""
        for place, one in enumerate(self._rows):
            if isinstance(one, Told) and one.key == key:
                self.point_at(place)

    @property
    def chosen(self) -> str:
        """The key of the row that is pointed at; empty where there is none."""
        one = self._rows[self.cursor] if self.cursor >= 0 else None
        return one.key if isinstance(one, Told) else ""

    def count(self) -> int:
        return len(self._rows)

    def can_point(self, place: int) -> bool:
        one = self._rows[place]
        return isinstance(one, Told) and bool(one.key)

    def row(self, place: int, width: int) -> list[Cell]:
        one = self._rows[place]
        if not isinstance(one, Told):
            return [Cell(f" {one[0]}", width, one[1])]
        fixed = sum(wide for _, wide in one.words if wide > 0)
        given = iter(shares(width, 4 + fixed, 4, *(-wide for _, wide in one.words if wide < 0)))
        rest = next(given)
        words = [Cell(text, wide if wide > 0 else next(given)) for text, wide in one.words]
        return [Cell("", 2), Cell(one.sign, 2, one.look), *words, Cell(one.text, rest, one.text_look)]
