"""When raw notes go: what is due, destroying them for good, and the day until which they are kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kwartier.errors import Refused
from kwartier.instrument.model import InterviewStep
from kwartier.text import one_line
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.workflow.due import destruction, raw_notes
from kwartier.workflow.periods import parse_date, short, typed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kwartier.tui.panes.interview import InterviewPane
    from kwartier.workspace.desk import Desk


class Kept(NamedTuple):
    """Somebody's raw notes that are still there, and the day on which they are to go; None where there is none yet."""

    code: str
    name: str
    day: date | None


def kept(desk: Desk, step: InterviewStep) -> list[Kept]:
    """Whose raw notes of an interview are there, the person at the keyboard first."""
    proposed = destruction(step, desk.content, desk.record)
    found = [
        Kept(code, one_line(desk.name(code), 40), own or proposed)
        for code, own, destroyed in raw_notes(step, desk.record)
        if not destroyed
    ]
    return sorted(found, key=lambda one: one.code != desk.viewer)


class DueNotes(Vertical, Guarded):
    """Says that raw notes are to be destroyed by now, with a button for each of both answers. Hidden until then."""

    DEFAULT_CSS = """
    DueNotes {
        height: auto;
        display: none;
        & Static { color: $text-warning; height: auto; max-height: 3; }
        & Horizontal { height: 1; }
        & Button { margin-right: 2; min-width: 6; }
    }
    """

    def __init__(self, pane: InterviewPane) -> None:
        super().__init__(id="due")
        self._pane = pane

    def compose(self) -> ComposeResult:
        yield Static(id="due-told")
        with Horizontal():
            yield Button("Vernietigen…", id="destroy", compact=True)
            yield Button("Langer bewaren…", id="keep", compact=True)

    def draw(self) -> None:
        """Shows what is due by now."""
        today = self._pane.desk.today
        late = [one for one in _kept_in(self._pane) if one.day is not None and one.day <= today]
        self.display = bool(late)
        told = "; ".join(f"die van {one.name} op {short(one.day)}" for one in late if one.day)
        self.query_one("#due-told", Static).update(shown(f"! Ruwe aantekeningen moeten vernietigd zijn: {told}."))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        ask = self._pane.action_destroy_notes if event.button.id == "destroy" else self._pane.action_keep_notes
        self._pane.measurement.call_later(ask)  # not from here: what follows takes this button off the screen


def _kept_in(pane: InterviewPane) -> list[Kept]:
    assert isinstance(pane.step, InterviewStep)
    return kept(pane.desk, pane.step)


def begin_destroying(pane: InterviewPane) -> None:
    """Asks whose, and whether it is meant."""

    def chosen(one: Kept) -> None:
        text = (
            f"De ruwe aantekeningen van {one.name} verdwijnen voorgoed; dat ze er waren en wanneer ze vernietigd zijn, "
            "blijft staan.\nDit is niet ongedaan te maken. Kopieën en reservekopieën heeft kwartier niet in de hand."
        )
        ask = Confirm("Ruwe aantekeningen vernietigen?", text, yes="Vernietigen", no="Laten staan")
        pane.app.push_screen(ask, answered(one))

    def answered(one: Kept) -> Callable[[bool | None], Awaitable[None]]:
        async def destroy(yes: bool | None) -> None:
            if yes:
                workspace, ref = await pane.kwartier.workspace(), pane.desk.ref
                await pane.measurement.do(
                    lambda: workspace.destroy_notes(ref, one.code),
                    told=f"De ruwe aantekeningen van {one.name} zijn vernietigd.",
                )

        return destroy

    _choose(pane, "Wiens aantekeningen vernietigen?", chosen)


def begin_keeping(pane: InterviewPane) -> None:
    """Asks whose, and until when."""

    def chosen(one: Kept) -> None:
        async def answered(day: date | None) -> None:
            if day is not None:
                workspace, ref = await pane.kwartier.workspace(), pane.desk.ref
                await pane.measurement.do(
                    lambda: workspace.keep_notes_until(ref, one.code, day),
                    told=f"De ruwe aantekeningen van {one.name} worden bewaard tot {short(day)}.",
                )

        pane.app.push_screen(KeepNotes(one, pane.desk.today), answered)

    _choose(pane, "Wiens aantekeningen bewaren?", chosen)


def _choose(pane: InterviewPane, title: str, then: Callable[[Kept], None]) -> None:
    pane.measurement.keeper.collect()  # what was typed just now may be the first that there is
    found = _kept_in(pane)
    if not found:
        raise Refused("no-notes", "Er zijn hier geen ruwe aantekeningen.", advice="Er is niets te vernietigen.")
    if len(found) == 1:
        then(found[0])
        return

    def answered(code: str | None) -> None:
        one = next((one for one in found if one.code == code), None)
        if one is not None:
            then(one)

    options = [(one.code, f"{one.name} · {f'tot {short(one.day)}' if one.day else 'nog geen dag'}") for one in found]
    pane.app.push_screen(Choose(title, options), answered)


class KeepNotes(FormDialog[date]):
    """Gives the day until which they are kept."""

    OK = "Bewaren"

    def __init__(self, one: Kept, today: date) -> None:
        self._today = today
        value = typed(one.day) if one.day else ""
        super().__init__(
            "Ruwe aantekeningen bewaren",
            [Field("day", "Tot", value, "zoals 22-2-2027 of +3m")],
            f"Op deze dag worden de aantekeningen van {one.name} vernietigd; u leest het dan op de agenda.",
        )

    async def save(self, values: dict[str, str]) -> date:
        return parse_date(values["day"], self._today)
