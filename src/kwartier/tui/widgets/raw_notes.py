"""The field for raw notes: one text of paragraphs, in which somebody who types without looking never glues two."""

from __future__ import annotations

from kwartier.text import clean
from kwartier.tui.keeping import Keeper
from kwartier.tui.widgets.typing_fields import Give, NoteArea, Read


class RawNoteArea(NoteArea):
    """Opens with the cursor below what is there, where a new paragraph begins."""

    _fresh = True

    def bind(self, keeper: Keeper, read: Read, give: Give) -> None:
        """Shows another text. An empty line is put below it, part of the record once something follows."""
        self._fresh = True

        def given(text: str, burst: str) -> None:
            # Typed higher up: the room below is still empty.
            body = text.rstrip("\n")
            give(body + below if self._fresh and text == body + "\n\n" else text, burst)
            self._fresh = False

        below = "\n" * _ends(read())

        super().bind(keeper, lambda: self._with_room(read()), given)
        self.move_cursor(self.document.end)

    def draw(self) -> None:
        """As for every field; empty lines at the begin of a text that is still to be typed stay."""
        if self._text().strip() or self._read().strip():
            super().draw()

    @property
    def kept_back(self) -> bool:
        """Whether something was typed that the record refused: then this text is the only place where it stands."""
        return self._text() != self._shown

    def put_cursor(self, offset: int) -> None:
        """Moves the cursor to a place in the text, by characters from its begin."""
        before = clean(self._read()[:offset])
        self.move_cursor((before.count("\n"), len(before) - before.rfind("\n") - 1), center=True)

    @property
    def place(self) -> int:
        """Where the cursor is, by characters from the begin of the text."""
        row, column = self.cursor_location
        return sum(len(self.document.get_line(one)) + 1 for one in range(row)) + column

    def _with_room(self, text: str) -> str:
        if not self._fresh or not text.strip() or self.read_only:
            return text
        return text + "\n" * max(0, 2 - _ends(text))


def _ends(text: str) -> int:
    """How many lines end a text without anything on them."""
    return len(text) - len(text.rstrip("\n"))
