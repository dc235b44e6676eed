"""The table of organisations, with parts under their whole. What it shows was told by the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from kwartier.tui.safe import line
from kwartier.tui.widgets.lines import shares
from kwartier.tui.widgets.sorted_lines import SortedLines, folded

if TYPE_CHECKING:
    from kwartier.workspace.overview import OrganisationLine

_NAME, _LAST, _LATE = 0, 2, 4


class OrganisationTable(SortedLines["OrganisationLine"]):
    """A row for every organisation."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("Naam", "Soort", "Laatste", "Nu aan zet", "Te laat")
    DOWNWARDS: ClassVar[tuple[int, ...]] = (_LAST, _LATE)
    BESIDE_OTHERS = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: dict[str, str] = {}
        self._longest = (0, 0)
        "The longest name and the longest next step, in letters."

    def show(self, lines: list[OrganisationLine]) -> None:
        """Other organisations, or the same ones as they are now."""
        self._names = {one.slug: one.name for one in lines}
        self._show(lines)

    @property
    def is_tree(self) -> bool:
        """Whether parts stand under their whole: by name, and not while something is searched for."""
        return self.column == _NAME and not self.downwards and not self._search.strip()

    def _known_by(self, one: OrganisationLine) -> object:
        return one.slug

    def _words(self, one: OrganisationLine) -> str:
        return " ".join((one.name, one.kind, one.last, one.next, one.slug, one.problem))

    def _sorted_by(self, one: OrganisationLine) -> tuple[object, ...]:
        match self.column:
            case 1:
                return (not one.kind, folded(one.kind), folded(one.name))
            case 2:
                return (one.last_day, folded(one.name))
            case 3:
                return (not one.next, folded(one.next), folded(one.name))
            case 4:
                return (one.overdue, bool(one.problem), folded(one.name))
            case _:
                return (folded(one.name), one.slug)

    def _in_order(self, rows: list[OrganisationLine]) -> list[OrganisationLine]:
        return rows if self.is_tree else super()._in_order(rows)  # the overview gives a whole with its parts

    def drawn_anew(self) -> None:
        self._longest = (
            max((len(one.name) + 2 * one.depth for one in self._rows), default=0),
            max((len(one.problem or one.next) + 2 for one in self._rows), default=0),
        )
        super().drawn_anew()

    # -- drawing

    def _told(self, one: OrganisationLine) -> list[tuple[str, str]]:
        name = "  " * min(one.depth, 6) + one.name if self.is_tree else one.name
        if not self.is_tree and one.part_of in self._names:
            name = f"{one.name} · {self._names[one.part_of]}"
        problem = f"! {one.problem}" if one.problem else ""
        return [
            (name, "warning" if one.broken or problem else ""),
            (one.kind, "muted"),
            (one.last or "–", ""),
            (problem or one.next or "–", "warning" if problem else ""),
            (f"! {one.overdue}" if one.overdue else "", "warning"),
        ]

    def detail(self) -> Content:
        one = self.chosen
        if one is None:
            return line("")
        late = f"{one.overdue} te laat" if one.overdue else ""
        told = (one.name, one.kind, one.last, one.problem or one.next, late)
        return line(" · ".join(line(text, 160).plain for text in told if text), 600)

    def _widths(self, width: int) -> list[int]:
        kind, last, late = (11, 16, 10) if width >= 84 else (8, 12, 9)
        name, following = shares(width, 2 + kind + late + last, 5, 4)
        # What one of the two does not need, the other gets: nothing is cut beside empty cells.
        spare, more = name - self._longest[0] - 2, following - self._longest[1] - 2
        moved = max(min(spare, -more), 0) or -max(min(more, -spare), 0)
        return [name - moved, kind, last, following + moved, late]
