"""The list of the steps of a measurement, each with a sign and a word for where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kwartier.text import one_line
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts

if TYPE_CHECKING:
    from kwartier.workflow.state import StepState

SIGNS = {"open": "○", "busy": "◐", "done": "✓", "waiting": "…", "skipped": "–", "void": "–"}


class StepList(OptionList, Guarded):
    """Choosing a step opens it; the one that is open has an arrow."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._told: list[tuple[str, Content]] = []
        self._states: list[StepState] = []
        self._open = ""

    def draw(self, states: list[StepState]) -> None:
        """Shows where the steps stand now."""
        self._states = states
        told = [(one.id, self._row(one)) for one in states]
        if told == self._told:
            return
        if [id for id, _ in told] == [id for id, _ in self._told]:
            for (id, row), (_, was) in zip(told, self._told, strict=True):
                if row != was:
                    self.replace_option_prompt(id, row)
        else:
            self.clear_options()
            self.add_options([Option(row, id=id) for id, row in told])
        self._told = told

    def point_at(self, step: str) -> None:
        """Marks the step that is open."""
        self._open = step
        if self._told:
            self.draw(self._states)
            self.highlighted = self.get_option_index(step)

    def on_resize(self) -> None:
        """Each step takes two lines, whatever the width."""
        if self._told:
            self.draw(self._states)

    def _row(self, one: StepState) -> Content:
        room = max(self.size.width - 5, 12)
        arrow = "▸" if one.id == self._open else " "
        optional = " (mag)" if one.optional else ""
        return parts(
            f"{arrow}{SIGNS[one.status.value]} ",
            (one_line(one.title, room - len(optional)), "bold" if one.id == self._open else ""),
            optional,
            (f"\n   {one_line(one.detail or one.status.word, room)}", "$text-muted"),
        )
