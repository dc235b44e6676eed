"""Which lines of a sheet are in sight: parts that need not be answered stay folded under their item until asked for.

A part with an answer is always in sight, and stays where it is when that answer goes, so that no line jumps away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kwartier.records.files import AnswerRow
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_rows import Key, Line

Row = Line | str
"""A line, or the title of a section."""


class Folds:
    """The lines with the titles of their sections, and which of them are in sight."""

    def __init__(self, lines: Sequence[Line], headings: Mapping[str, str]) -> None:
        self._lines, self._headings = list(lines), headings
        self._parts: dict[str, list[Key]] = {}
        for line in lines:
            if line.optional:
                self._parts.setdefault(line.item.id, []).append(line.key)
        self._open: set[Key] = set()
        self._answered: set[Key] = set()

    @property
    def widest(self) -> int:
        """Cells of the widest sign; 0 where nothing can be folded."""
        return max((1 + len(str(len(keys))) for keys in self._parts.values()), default=0)

    def in_sight(self) -> list[Line]:
        """The lines that are shown, in order."""
        return [line for line in self._lines if not line.optional or line.key in self._open]

    def rows(self) -> list[Row]:
        """The lines that are shown, each section under its title."""
        found: list[Row] = []
        before = ""
        for line in self.in_sight():
            if line.section != before:
                before = line.section
                found.append(self._headings[before])
            found.append(line)
        return found

    def answered(self, answers: Mapping[Key, AnswerRow]) -> bool:
        """Takes what was answered; whether parts came in sight by it."""
        parts = (key for keys in self._parts.values() for key in keys)
        self._answered = {key for key in parts if rows.is_answered(answers.get(key))}
        hidden = self._answered - self._open
        self._open |= self._answered
        return bool(hidden)

    def sign(self, line: Line) -> str:
        """What stands behind an item: how many parts are folded away, or that they can be; empty for others."""
        keys = self._parts.get(line.item.id, []) if line.part is None else []
        hidden = sum(key not in self._open for key in keys)
        if hidden:
            return f"+{hidden}"
        return "−" if any(key not in self._answered for key in keys) else ""

    def has(self, item: str) -> bool:
        """Whether an item has parts that can be folded."""
        return item in self._parts

    def show(self, key: Key) -> bool:
        """Brings a part in sight, with those beside it; whether they were not."""
        keys = set(self._parts.get(key[0], []))
        if key not in keys or key in self._open:
            return False
        self._open |= keys
        return True

    def turn(self, item: str) -> bool:
        """Unfolds what is under an item, or folds it where all is in sight; whether it is unfolded now."""
        return self._turn(self._parts.get(item, []))

    def turn_all(self) -> bool:
        """The same for all items at once."""
        return self._turn([key for keys in self._parts.values() for key in keys])

    def _turn(self, keys: Sequence[Key]) -> bool:
        unfold = any(key not in self._open for key in keys)
        self._open = self._open | set(keys) if unfold else self._open - (set(keys) - self._answered)
        return unfold
