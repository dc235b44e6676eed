"""What the work of every step shares: its desk, its fields, drawing again, and what it says beside itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Vertical
from textual.content import Content

from kwartier.tui.guarding import Guarded
from kwartier.tui.widgets.typing_fields import LineInput, NoteArea

if TYPE_CHECKING:
    from kwartier.instrument.model import AnyStep
    from kwartier.records.tree import Tree
    from kwartier.tui.screens.measurement import MeasurementScreen
    from kwartier.workspace.desk import Desk

F = TypeVar("F", NoteArea, LineInput)

NO_SEAL = "Verzegelen kan in de stap waarin u scoort. Bewaren gaat vanzelf."


class Pane(Vertical, Guarded):
    """The work of one step. A subclass composes it from `desk` and `step`, and draws itself again in `draw`."""

    scope: ClassVar[str] = "measurement"
    "Its scope in the table of actions."
    asks_who: ClassVar[bool] = False
    "Whether this step asks who is at the keyboard before anything is shown."

    def __init__(self, screen: MeasurementScreen, step: AnyStep) -> None:
        super().__init__(id="pane")
        self.measurement = screen
        self.step = step

    @property
    def desk(self) -> Desk:
        """The record that is worked on."""
        return self.measurement.desk

    @classmethod
    def asks(cls, step: AnyStep) -> bool:
        """Whether this step asks who is at the keyboard, before anything is shown."""
        return cls.asks_who

    def give(self, given: Tree, name: str, *, own: bool = False, burst: str = "") -> None:
        """Gives the desk an edit, saves it soon and draws. `name` (Dutch) is what undo calls it."""
        self.desk.give(self.step.id, given, name=name, own=own, burst=burst)
        self.measurement.given(typing=bool(burst))

    def show_key(self, action: str, key: str, title: str = "") -> None:
        """Has the footer name this key of an action: the first one of the table may be that of an answer here.

        With a title it is called so, in the words of the instrument.
        """
        bindings = self._bindings.key_to_bindings
        for name, found in bindings.items():
            bindings[name] = [
                replace(one, show=name == key, description=title or one.description) if one.action == action else one
                for one in found
            ]

    def draw(self) -> None:
        """Shows what the desk holds by now: after an edit, undo, or what somebody else saved. Called often."""
        for field in (*self.query(NoteArea), *self.query(LineInput)):
            field.draw()

    def status(self) -> str:
        """What is at hand or still missing, in a few Dutch words for the heading."""
        state = next((one for one in self.desk.states() if one.id == self.step.id), None)
        return state.detail if state else ""

    def aside(self) -> Content:
        """What stands beside the work: by default what the instrument says about this step."""
        from kwartier.tui.safe import shown

        return shown(self.step.guidance)

    def point_at(self, *, item: str = "", row: str = "") -> None:
        """Points at an item or a row, where this work has those."""

    def item_at_hand(self) -> str:
        """The item that is worked on; empty where there is none."""
        return ""

    def focus_first(self) -> None:
        """Gives the focus to where the work begins."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return
