"""What is asked before a report is made definitive: who and on which day, with what that means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label, OptionList, Static

from kwartier.errors import KwartierError
from kwartier.text import clean
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.document_lines import Place
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.workflow.findings import Finding
from kwartier.workflow.periods import short
from kwartier.workflow.settled import VersionChange


class Settling(NamedTuple):
    """Who makes the report definitive, and on which day."""

    by: str
    day: date


class DefinitiveDialog(Dialog[Settling]):
    """Asks once. Nothing happens without the button or ctrl+s."""

    help_text = "Wie het verslag vaststelt en op welke dag. Daarna wordt nog eens gevraagd of u het zeker wilt."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "klaar", priority=True)]
    DEFAULT_CSS = """
    DefinitiveDialog VerticalScroll { height: auto; max-height: 9; }
    """

    def __init__(self, text: str, who: str, day: date) -> None:
        super().__init__("Het verslag definitief maken")
        self._text, self._who, self._day = text, who, day

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(shown(self._text))
        yield Label("Wie stelt het vast (mag leeg)")
        yield PlainInput(clean(self._who), id="who", compact=True)
        yield Label("Op welke dag")
        yield DateInput(self._day, today=self._day, title="Op welke dag", input_id="day")
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button("Nee (esc)", id="no")
            yield Button("Definitief maken (ctrl+s)", id="yes", variant="warning")

    def on_mount(self) -> None:
        self.query_one("#who").focus()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()  # enter in a field is not yet a yes

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_done()
        else:
            self.dismiss(None)

    def action_done(self) -> None:
        """Who and when, as they were typed."""
        try:
            day = self.query_one(DateInput).day or self._day
        except KwartierError as error:
            self.query_one("#refusal", Static).update(shown(f"{error.message} {error.advice or ''}"))
            self.query_one("#day").focus()
            return
        self.dismiss(Settling(self.query_one("#who", Input).value.strip(), day))


class HeadingList(Dialog[int]):
    """The headings of a document; gives the line of the one that is chosen."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__("Ga naar")
        self._places = places

    def body(self) -> ComposeResult:
        indents = ["\N{NO-BREAK SPACE}" * 2 * (one.level - 1) for one in self._places]
        yield OptionList(
            *(parts(indent, line(one.text, 58)) for indent, one in zip(indents, self._places, strict=True)),
            compact=True,
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._places[event.option_index].line)


def meaning(number: int, unfinished: Sequence[str], asked: Sequence[Finding]) -> str:
    """What making a report definitive means here (Dutch)."""
    told = [
        f"Dit wordt versie {number}. De definitieve scores en de conclusies liggen daarna vast. Het kan niet ongedaan "
        "gemaakt worden; heropenen kan met een reden, en dat komt in het volgende verslag."
    ]
    if unfinished:
        told.append(f"Nog niet gedaan, en nu wel vastgelegd: {', '.join(unfinished)}.")
    if asked:
        told.append("Hiervoor is nog geen reden gegeven (esc, en dan b):")
        told += [f"• {one.message}" for one in asked]
    return "\n".join(told)


def change_words(one: VersionChange) -> str:
    """A difference between two versions, in one line."""
    return f"{one.step}, {one.place}: {one.before} → {one.after}"


def version_title(number: int, day: date, by: str) -> str:
    """A version as it is named."""
    return f"Versie {number}, {short(day)}{f', {by}' if by else ''}"
