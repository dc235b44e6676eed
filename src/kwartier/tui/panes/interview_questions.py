"""The questions of an interview at its open item: which were asked, and which is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.workflow.interviewing import Question, following, questions

if TYPE_CHECKING:
    from kwartier.tui.panes.interview import InterviewPane


class AskedQuestions:
    """What was asked stands in the record; which question has the arrow is known here, per item."""

    def __init__(self, pane: InterviewPane) -> None:
        self._pane = pane
        self._marked: dict[str, str] = {}

    def here(self) -> list[Question]:
        """The questions of the open item."""
        return questions(self._pane.item, self._pane.file) if self._pane.item else []

    @property
    def marked(self) -> str:
        """The question that is next at the open item."""
        return self._marked.setdefault(self._place, following(self.here(), ""))

    @property
    def _place(self) -> str:
        return self._pane.item.id if self._pane.item else ""

    def mark(self, question: str, item: str | None = None) -> None:
        """Puts the arrow at a question of an item, the open one by default."""
        self._marked[self._place if item is None else item] = question

    def asked_next(self) -> None:
        """The question with the arrow was asked; the arrow goes on to the next."""
        found, tell = self.here(), self._pane.kwartier.tell
        marked = next((one for one in found if one.id == self.marked), None)
        if marked is None:
            tell("Hier staan geen vragen.")
            return
        if not marked.asked:
            self._give(marked, asked=True)
        elif all(one.asked for one in found):
            tell("Alle vragen van dit item zijn gesteld.")
        self.mark(following(self.here(), marked.id))

    def tick(self, question: str, *, essential: bool) -> None:
        """A question was asked or not, or is essential or not: the other way round than it stands."""
        one = next((one for one in self.here() if one.id == question), None)
        if one is None:
            return
        if essential:
            self._give(one, essential=not one.essential)
        else:
            self._give(one, asked=not one.asked)

    def _give(self, one: Question, **what: bool) -> None:
        row = {"item": self._place, "id": one.id, **what}
        self._pane.give({"prompt": [row]}, f"vraag bij item {self._place}")
