"""The counts of a group of students on the screen: per item how often each state was given, as numbers and a bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.content import Content

from kwartier.analysis.cohort import Group, Tally
from kwartier.text import cells
from kwartier.tui.safe import line
from kwartier.tui.widgets.lines import Cell, Lines

SIGNS = "░▒█▓▄▀"
"""The signs of a bar, in the order of the states; what is open has a dot, a reason in the place of a state a slash."""
OPEN, REASON = "·", "/"
_OPEN = 7


def signs(found: Group) -> dict[str, str]:
    """The sign of each state, of what is open (an empty text) and of reasons."""
    made = {word: SIGNS[place % len(SIGNS)] for place, word in enumerate(found.words)}
    return {**made, **dict.fromkeys(found.reasons, REASON), "": OPEN}


def bar(counts: Mapping[str, int], of: int, found: Group, width: int) -> str:
    """A bar of `width` cells in which each state has its share; what is there has a cell at least."""
    if of <= 0 or width <= 0:
        return ""
    marks = signs(found)
    order = [*found.words, *found.reasons, ""]
    whole = {word: counts.get(word, 0) for word in order}
    whole[""] = of - sum(counts.values())
    exact = {word: whole[word] * width / of for word in order}
    share = {word: max(int(exact[word]), 1 if whole[word] else 0) for word in order}
    while sum(share.values()) > width:
        share[max(share, key=lambda word: share[word])] -= 1
    while sum(share.values()) < width:
        share[max(order, key=lambda word: exact[word] - share[word])] += 1
    return "".join(marks[word] * share[word] for word in order)


class GroupTable(Lines):
    """Rows are items under their sections; of which moment the counts are is chosen."""

    HEAD: ClassVar[int] = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Group | None = None
        self._moment = ""
        self._rows: list[tuple[Tally, bool]] = []

    def show(self, found: Group, moment: str) -> None:
        """Other counts; `moment` is a step of judging, empty for the own states."""
        self._found, self._moment = found, moment
        self._rows = []
        for section in found.sections:
            self._rows.append((section, True))
            inside = (one for one in found.items if (one.section, one.level) == (section.id, section.level))
            self._rows += [(one, False) for one in inside]
        self.drawn_anew()
        self.point_at(self._cursor)

    def counts(self, one: Tally) -> Mapping[str, int]:
        """What was counted of an item or a section."""
        return one.judged.get(self._moment, {}) if self._moment else one.own

    # -- drawing

    def count(self) -> int:
        return len(self._rows)

    def _widths(self, width: int) -> tuple[int, list[int], int]:
        found = self._found
        assert found is not None
        most, left = (12, _OPEN + 8) if width >= 100 else (5, _OPEN)
        words = [min(max(cells(one), 3), most) + 4 for one in found.words]
        rest = max(width - 2 - 5 - sum(words) - left, 20)
        title = rest * 3 // 5
        return title, words, rest - title

    def head(self, width: int) -> list[Cell]:
        found = self._found
        if found is None:
            return []
        title, words, drawn = self._widths(width)
        marks = signs(found)
        told = [Cell(f"{marks[word]} {word}", wide, "heading") for word, wide in zip(found.words, words, strict=True)]
        more = [Cell("bewijs", 8, "heading")] if width >= 100 else []
        return [
            Cell("", 2),
            Cell("item", title, "heading"),
            Cell("n", 5, "heading"),
            *told,
            Cell(f"{OPEN} leeg", _OPEN, "heading"),
            *more,
            Cell("", drawn),
        ]

    def row(self, place: int, width: int) -> list[Cell]:
        found = self._found
        assert found is not None
        one, whole = self._rows[place]
        title, words, drawn = self._widths(width)
        counts = self.counts(one)
        look = "strong" if whole else ""
        name = f"{one.id}  {one.title}" if whole else f"  {one.id}  {one.title}"
        level = f" ({one.level})" if one.level else ""
        made = [Cell("", 2), Cell(name + level, title, look), Cell(str(one.asked), 5, "muted")]
        made += [
            Cell(str(counts.get(word, 0) or "–"), wide, look) for word, wide in zip(found.words, words, strict=True)
        ]
        made.append(Cell(str(one.asked - sum(counts.values()) or "–"), _OPEN, look))
        if width >= 100:
            made.append(Cell(str(one.evidence or "–"), 8, look))
        return [*made, Cell(bar(counts, one.asked, found, drawn - 1), drawn, look)]

    def detail(self) -> Content:
        found = self._found
        if found is None or self.cursor < 0:
            return line("")
        one, _ = self._rows[self.cursor]
        counts = self.counts(one)
        told = [f"{one.id}  {one.title}", one.level, f"{one.asked} gevraagd"]
        told += [f"{word}: {counts[word]}" for word in (*found.words, *found.reasons) if counts.get(word)]
        told.append(f"met bewijs dat iedereen mag lezen: {one.evidence}")
        return line(" · ".join(word for word in told if word), 600)
