"""The table of organisations: searched, sorted, parts under their whole. What it shows was told by the overview."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from kwartier.tui.safe import line
from kwartier.tui.widgets.lines import Cell, Lines, shares

if TYPE_CHECKING:
    from kwartier.workspace.overview import OrganisationLine

COLUMNS = ("Naam", "Soort", "Laatste", "Nu aan zet", "Te laat")
_NAME, _KIND, _LAST, _NEXT, _LATE = range(5)
_DOWNWARDS = (_LAST, _LATE)
"""Columns that begin with the most: the newest day, the most that is late."""


class OrganisationTable(Lines):
    """Rows stay where they are when they are told anew: the one that is pointed at, the search and the order."""

    HEAD: ClassVar[int] = 1
    BESIDE_OTHERS = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._all: list[OrganisationLine] = []
        self._rows: list[OrganisationLine] = []
        self._names: dict[str, str] = {}
        self._search = ""
        self._longest = (0, 0)
        "The longest name and the longest next step, in letters."
        self.column = _NAME
        self.downwards = False

    # -- what it shows

    def show(self, lines: list[OrganisationLine]) -> None:
        """Other organisations, or the same ones as they are now."""
        self._all = lines
        self._names = {one.slug: one.name for one in lines}
        self._arrange()

    def search(self, text: str) -> None:
        """Shows only what holds these words, in any column."""
        self._search = text
        self._arrange(follow=False)

    def sort(self, column: int, downwards: bool | None = None) -> None:
        """Sorts by a column."""
        self.column = column % len(COLUMNS)
        self.downwards = self.column in _DOWNWARDS if downwards is None else downwards
        self._arrange()

    def turn(self) -> None:
        """The same column the other way around."""
        self.sort(self.column, not self.downwards)

    @property
    def is_tree(self) -> bool:
        """Whether parts stand under their whole: by name, and not while something is searched for."""
        return self.column == _NAME and not self.downwards and not self._search.strip()

    @property
    def chosen(self) -> OrganisationLine | None:
        """The organisation that is pointed at."""
        return self._rows[self.cursor] if self.cursor >= 0 else None

    @property
    def total(self) -> int:
        """How many organisations there are, found or not."""
        return len(self._all)

    def _arrange(self, *, follow: bool = True) -> None:
        was = self.chosen
        words = _folded(self._search).split()
        rows = [one for one in self._all if _holds(one, words)] if words else self._all
        if self.column != _NAME or self.downwards or words:
            rows = sorted(rows, key=_KEYS[self.column], reverse=self.downwards)
        self._rows = rows
        self._longest = (
            max((len(one.name) + 2 * one.depth for one in rows), default=0),
            max((len(one.problem or one.next) + 2 for one in rows), default=0),
        )
        place = 0
        if follow and was is not None:
            place = next((n for n, one in enumerate(rows) if one.slug == was.slug), min(self._cursor, len(rows) - 1))
        self._cursor = max(place, 0)
        self.drawn_anew()
        self.post_message(self.Pointed(self))

    # -- drawing

    def count(self) -> int:
        return len(self._rows)

    def row(self, place: int, width: int) -> list[Cell]:
        one = self._rows[place]
        widths = self._widths(width)
        name = "  " * min(one.depth, 6) + one.name if self.is_tree else one.name
        if not self.is_tree and one.part_of in self._names:
            name = f"{one.name} · {self._names[one.part_of]}"
        problem = f"! {one.problem}" if one.problem else ""
        told = (name, one.kind, one.last or "–", problem or one.next or "–", f"! {one.overdue}" if one.overdue else "")
        looks = ("warning" if one.broken or problem else "", "muted", "", "warning" if problem else "", "warning")
        return [Cell("", 2), *(Cell(text, wide, look) for text, wide, look in zip(told, widths, looks, strict=True))]

    def detail(self) -> Content:
        one = self.chosen
        if one is None:
            return line("")
        late = f"{one.overdue} te laat" if one.overdue else ""
        told = (one.name, one.kind, one.last, one.problem or one.next, late)
        return line(" · ".join(line(text, 160).plain for text in told if text), 600)

    def head(self, width: int) -> list[Cell]:
        arrow = " ↓" if self.downwards else " ↑"
        titles = [title + arrow if n == self.column else title for n, title in enumerate(COLUMNS)]
        return [
            Cell("", 2),
            *(Cell(one, wide, "heading") for one, wide in zip(titles, self._widths(width), strict=True)),
        ]

    def head_clicked(self, x: int) -> None:
        at = 2
        for column, wide in enumerate(self._widths(self.size.width)):
            if at <= x < at + wide:
                if column == self.column:
                    self.turn()
                else:
                    self.sort(column)
                return
            at += wide

    def _widths(self, width: int) -> list[int]:
        kind, last, late = (11, 16, 10) if width >= 84 else (8, 12, 9)
        name, following = shares(width, 2 + kind + late + last, 5, 4)
        # What one of the two does not need, the other gets: nothing is cut beside empty cells.
        spare, more = name - self._longest[0] - 2, following - self._longest[1] - 2
        moved = max(min(spare, -more), 0) or -max(min(more, -spare), 0)
        return [name - moved, kind, last, following + moved, late]


_KEYS = (
    lambda one: (_folded(one.name), one.slug),
    lambda one: (not one.kind, _folded(one.kind), _folded(one.name)),
    lambda one: (one.last_day, _folded(one.name)),
    lambda one: (not one.next, _folded(one.next), _folded(one.name)),
    lambda one: (one.overdue, bool(one.problem), _folded(one.name)),
)


def _holds(one: OrganisationLine, words: list[str]) -> bool:
    told = _folded(" ".join((one.name, one.kind, one.last, one.next, one.slug, one.problem)))
    return all(word in told for word in words)


def _folded(text: str) -> str:
    """Without capitals and accents, as somebody types who looks for something."""
    if text.isascii():
        return text.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)).casefold()
