"""The questions of one item: which were asked, which are essential, and which one is next."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from kwartier.text import clean, one_line
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts
from kwartier.workflow.interviewing import Question

LEGEND = "★ essentieel · ☑ gesteld · ☐ nog niet gesteld · ▸ deze vinkt ctrl+t af"


class QuestionList(OptionList, Guarded):
    """Shows ticks and tells what somebody wants to tick. A click ticks and leaves the focus where it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("questions"),
        Binding("tab", "leave", show=False, priority=True),  # at once, so that letters that follow land in the notes
    ]
    FOCUS_ON_CLICK = False
    DEFAULT_CSS = """
    QuestionList, QuestionList:focus { height: auto; max-height: 8; border: none; padding: 0;
        background: transparent; }
    QuestionList > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
    QuestionList:focus > .option-list--option-highlighted { background: $block-cursor-background;
        color: $block-cursor-foreground; }
    """

    class Ticked(Message):
        """A question is to be marked as asked, or not; `essential` says that its priority is meant instead."""

        def __init__(self, question: str, *, essential: bool = False) -> None:
            super().__init__()
            self.question, self.essential = question, essential

    class Marked(Message):
        """Somebody moved to another question."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, notes: TextArea, *, id: str) -> None:
        super().__init__(id=id)
        self._notes = notes
        self._found: list[Question] = []
        self._told: list[tuple[str, Content]] = []
        self._marked = ""

    def sign_at(self, place: int) -> str:
        """The row that is pointed at has its sign in its text."""
        return ""

    def draw(self, found: list[Question], marked: str) -> None:
        """Shows these questions; `marked` is the one that is next."""
        self._found = found
        told = [(one.id, self._row(one, one.id == marked)) for one in found]
        self.display = bool(told)
        if [id for id, _ in told] == [id for id, _ in self._told]:
            for place, (new, old) in enumerate(zip(told, self._told, strict=True)):
                if new != old:
                    self.replace_option_prompt_at_index(place, new[1])
        else:
            self.clear_options()
            self.add_options([Option(row) for _, row in told])
        self._told, self._marked = told, marked
        here = next((place for place, (id, _) in enumerate(told) if id == marked), None)
        if self.highlighted != here:
            self.highlighted = here

    def _row(self, one: Question, marked: bool) -> Content:
        star = "★" if one.essential else " "
        begin = f"{'▸' if marked else ' '} {star} {'☑' if one.asked else '☐'} "
        room = max(self.size.width - len(begin) - 2, 20)
        if not marked and self.screen.has_class("-narrow"):  # there is room for one question as a whole
            return parts(begin, one_line(one.text, room))
        return parts(begin, ("\n" + " " * len(begin)).join(wrap(clean(one.text), room)))

    def on_resize(self) -> None:
        """Lines are as long as there is room."""
        self.draw(self._found, self._marked)

    def _here(self) -> str:
        return self._told[self.highlighted][0] if self.highlighted is not None else ""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index == self.highlighted and self._here() != self._marked:  # not one that was drawn over
            self.post_message(self.Marked(self._here()))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Ticked(self._told[event.option_index][0]))

    def action_leave(self) -> None:
        """Back to the notes."""
        self.screen.set_focus(self._notes)

    def on_key(self, event: events.Key) -> None:
        """Who types on with the focus here, means the notes."""
        if event.is_printable and event.key not in ("space", "e"):
            event.stop()
            self.action_leave()
            self._notes.post_message(events.Key(event.key, event.character))

    def action_tick(self) -> None:
        """The question under the cursor was asked, or was not after all."""
        if self._here():
            self.post_message(self.Ticked(self._here()))

    def action_essential(self) -> None:
        """The question under the cursor is essential, or is not."""
        if self._here():
            self.post_message(self.Ticked(self._here(), essential=True))
