"""The list of the steps of a measurement, each with a sign and a word for where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kwartier.text import cells, one_line
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.looks import ASIDE, POINTED
from kwartier.tui.safe import parts

if TYPE_CHECKING:
    from kwartier.workflow.state import StepState

SIGNS = {"open": "○", "busy": "◐", "done": "✓", "waiting": "…", "skipped": "–", "void": "–"}

ONE_LINE = 60
"""Cells from which a step and its detail stand on one line."""

TITLE = 34


class StepList(OptionList, Guarded):
    """Choosing a step opens it; the one that is open has an arrow."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("steps")

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._told: list[tuple[str, Content]] = []
        self._states: list[StepState] = []
        self._open = ""

    def action_open(self) -> None:
        """Opens the step that is pointed at."""
        self.action_select()

    def sign_at(self, place: int) -> str:
        """Which step is pointed at while the list has the focus; the one that is open steps back then."""
        here = self.get_option_at_index(place).id == self._open
        if self.has_focus:
            return POINTED if place == self.highlighted else ASIDE if here else ""
        return POINTED if here else ""

    def draw(self, states: list[StepState]) -> None:
        """Shows where the steps stand now."""
        self._states = states
        told = [(one.id, self._row(one)) for one in states]
        if [id for id, _ in told] == [id for id, _ in self._told]:
            for (id, row), (_, was) in zip(told, self._told, strict=True):
                if not row.is_same(was):  # == leaves the styles out
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
        """A step takes two lines in a narrow list and one in a wide one, which then has the screen for itself."""
        if self._told:
            self.draw(self._states)

    def _row(self, one: StepState) -> Content:
        room = max(self.size.width - 5, 12)
        sign = f"{SIGNS[one.status.value]} "
        title = f"{one.title}{' (mag)' if one.optional else ''}"
        style = "bold" if one.id == self._open else ""
        detail = one.detail or one.status.word
        if room < ONE_LINE:
            return parts(sign, (one_line(title, room), style), (f"\n  {one_line(detail, room)}", "$text-muted"))
        title = one_line(title, TITLE)
        gap = " " * (TITLE + 2 - cells(title))
        return parts(sign, (title, style), gap, (one_line(detail, room - TITLE - 2), "$text-muted"))
