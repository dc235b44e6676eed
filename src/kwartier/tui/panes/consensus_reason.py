"""The field for the reason of a definitive score. Enter is done, escape goes back; both keep what the core takes."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from kwartier.errors import KwartierError
from kwartier.reports.phrases import capital, ended
from kwartier.tui.safe import shown
from kwartier.tui.widgets.typing_fields import NoteArea
from kwartier.workflow.filling import Rejected


class ReasonField(NoteArea):
    """One reason. The score that waits for it is saved together with it."""

    DEFAULT_CSS = """
    ReasonField { height: auto; min-height: 1; max-height: 5; border: none; padding: 0 1; background: $surface; }
    ReasonField:focus { border: none; background: $boost; }
    """

    class Done(Message):
        """Somebody is done with the field; `kept` where it holds nothing that is not saved."""

        def __init__(self, kept: bool, *, onward: bool) -> None:
            super().__init__()
            self.kept, self.onward = kept, onward

    class Answered(Message):
        """The core took what was typed (`why` is empty), or says why not."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    @property
    def unsaved(self) -> str | None:
        """What was typed and not taken; None where all of it was."""
        return self._text() if self._text() != self._shown else None

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            self.done(onward=event.key == "enter")

    def done(self, *, onward: bool) -> None:
        """Gives what was typed; `onward` where the next item follows."""
        self.collect()
        self.post_message(self.Done(self.unsaved is None, onward=onward))

    def refused(self, error: KwartierError) -> None:
        if isinstance(error, Rejected):
            self.post_message(self.Answered(" ".join(ended(capital(one.message)) for one in error.wrongs)))
        else:
            super().refused(error)

    def accepted(self) -> None:
        self.post_message(self.Answered(""))


class ReasonBox(Vertical):
    """The field, below the words why a reason is needed."""

    DEFAULT_CSS = "ReasonBox { height: auto; display: none; }"

    def compose(self) -> ComposeResult:
        yield Static(id="reason-why")
        yield ReasonField(id="reason", placeholder="De reden van deze definitieve score")

    def say(self, why: str) -> None:
        """Says why there has to be a reason, or what is wrong with the one that was typed; nothing where it is free."""
        told = shown(why, "bold $text-warning") if why else shown("Reden", "bold")
        self.query_one("#reason-why", Static).update(told)
