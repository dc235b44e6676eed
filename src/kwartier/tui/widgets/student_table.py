"""The table of the students of an organisation, by code; the name of who is pointed at stands beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from kwartier.text import cells
from kwartier.tui.screens import student_told as told
from kwartier.tui.widgets.lines import shares
from kwartier.tui.widgets.sorted_lines import SortedLines, folded

if TYPE_CHECKING:
    from kwartier.workspace.students import Student


class StudentTable(SortedLines["Student"]):
    """A row for every student."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("Student", "Niveau", "Opleiding", "Aan zet", "Bewaren tot", "Slot")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = date.min

    def show(self, found: list[Student], today: date) -> None:
        """Other students, or the same ones as they are now."""
        self._today = today
        self._show(found)

    def _known_by(self, one: Student) -> object:
        return one.organisation, one.code

    def _words(self, one: Student) -> str:
        last = one.newest
        more = (last.level_words, last.programme) if last else ()
        return " ".join((one.code, one.name, *more, told.next_words(one), told.lock_words(one), one.problem))

    def _sorted_by(self, one: Student) -> tuple[object, ...]:
        code = told.in_order(one.code)
        match self.column:
            case 1:
                level = one.newest.level if one.newest else ""
                return (not level, told.in_order(level), code)
            case 2:
                programme = one.newest.programme if one.newest else ""
                return (not programme, folded(programme), code)
            case 3:
                return (not told.next_words(one), folded(told.next_words(one)), code)
            case 4:
                return (one.retain_until is None, one.retain_until or date.max, code)
            case 5:
                return (not one.encrypted, one.unlocked, code)
            case _:
                return (code,)

    def _told(self, one: Student) -> list[tuple[str, str]]:
        last = one.newest
        late = told.is_late(one, self._today)
        until = told.until_words(one)
        return [
            (one.code, ""),
            (last.level if last else "", ""),
            (last.programme if last else "", "muted"),
            (f"! {one.problem}" if one.problem else told.next_words(one), "warning" if one.problem else ""),
            (("! " if late else "") + until, "warning" if late else ""),
            (told.lock_words(one), "strong" if one.unlocked else "muted"),
        ]

    def _widths(self, width: int) -> list[int]:
        longest = max((cells(one.code) for one in self._all), default=0)
        code, level, until, lock = min(max(longest, 9), width // 5) + 1, 9, 15, 9
        programme, todo = shares(width, 2 + code + level + until + lock, 5, 6)
        return [code, level, programme, todo, until, lock]
