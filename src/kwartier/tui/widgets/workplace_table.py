"""The table of workplaces over all organisations. What it shows the workspace found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from kwartier.tui.safe import line
from kwartier.tui.widgets.lines import shares
from kwartier.tui.widgets.sorted_lines import SortedLines, folded
from kwartier.workspace import workplace_words as words_of

if TYPE_CHECKING:
    from kwartier.workspace.workplaces import Workplace

_CONDITIONS = 4


class WorkplaceTable(SortedLines["Workplace"]):
    """A row for every workplace."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "Praktijkleerplek",
        "Organisatie",
        "Niveau",
        "Oordeel",
        "Voorw.",
        "Geldig tot",
    )
    DOWNWARDS: ClassVar[tuple[int, ...]] = (_CONDITIONS,)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = date.min

    def show(self, found: list[Workplace], today: date) -> None:
        """Other workplaces, or the same ones as they are now."""
        self._today = today
        self._show(found)

    def _known_by(self, one: Workplace) -> object:
        return one.organisation, one.code

    def _words(self, one: Workplace) -> str:
        told = (
            *(one.organisation_name, one.organisation, one.place, one.code, one.name, one.team, one.setting),
            *(words_of.levels_words(one.levels), words_of.verdict_words(one, self._today)),
            *(words_of.students_words(one), one.problem),
        )
        return " ".join(told)

    def _sorted_by(self, one: Workplace) -> tuple[object, ...]:
        name, home = folded(words_of.called(one)), folded(one.organisation_name)
        match self.column:
            case 1:
                return (home, name)
            case 2:
                return (not one.levels, one.levels, name)
            case 3:
                return (not one.verdict, folded(words_of.verdict_words(one, self._today)), name)
            case 4:
                return (len(one.conditions), name)
            case 5:
                return (one.until is None, one.until or date.max, name)
            case _:
                return (name, home)

    def _told(self, one: Workplace) -> list[tuple[str, str]]:
        late = words_of.is_past(one, self._today)
        said = f"! {one.problem}" if one.problem else words_of.verdict_words(one, self._today)
        return [
            (words_of.called(one), ""),
            (one.organisation_name, "muted"),
            (words_of.levels_words(one.levels), ""),
            (said, "warning" if one.problem else ""),
            (words_of.conditions_words(one), ""),
            (("! " if late else "") + words_of.until_words(one), "warning" if late else ""),
        ]

    def detail(self) -> Content:
        one = self.chosen
        return line("") if one is None else line(words_of.whole(one, self._today), 600)

    def _widths(self, width: int) -> list[int]:
        level, open_ones, end = (10, 9, 15) if width >= 100 else (7, 8, 14)
        name, home, said = shares(width, 2 + level + open_ones + end, 6, 4, 5)
        return [name, home, level, said, open_ones, end]
