"""What taking over a table would do, to be looked at first: all that is wrong, changes and is new, by row."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Button, Static

from kwartier.reports.phrases import counted
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workspace.importing_values import Placed, Written
from kwartier.workspace.importing_words import answers, change, notices, question, summary, what, when, which

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.importing import Seen
    from kwartier.workspace.importing_values import State

_MOST = 300
"""So many records of one kind are listed; of the others it is said how many there are."""

_GROUPS: tuple[tuple[State, str, str], ...] = (
    ("changed", "Staat er nu anders", "≠"),
    ("added", "Wordt aangevuld", "+"),
    ("new", "Nieuw", "+"),
    ("equal", "Staat er al", "="),
)
_TAKE, _LEAVE = "take", "leave"


class ImportPreview(Screen[Written | None], Guarded):
    """Gives what was written; None where the user goes back."""

    scope = "importing"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("importing"),
        Binding("ctrl+s", "take", show=False),  # as in the form before it, where it is "ready"
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    ImportPreview #summary { height: auto; max-height: 8; padding: 0 1; }
    ImportPreview #detail { height: auto; max-height: 6; padding: 0 1; border-top: solid $panel; }
    ImportPreview #buttons { height: auto; padding: 0 1; }
    ImportPreview #buttons Button { margin-right: 2; }
    """

    def __init__(self, workspace: Workspace, seen: Seen) -> None:
        super().__init__()
        self._workspace, self._seen = workspace, seen
        self._placed: dict[str, Placed] = {}
        self._writing = False
        self._done = self._of = 0

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static(shown(", ".join(summary(self._seen)) + "."), id="summary")
        yield GroupedLines(id="found")
        yield Static("", id="detail")
        with Horizontal(id="buttons"):
            yield Button("Overnemen (o)", id="ok", variant="primary", compact=True)
            yield Button("Terug (esc)", id="cancel", compact=True)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Heading).draw([self._seen.instrument, "Tabel overnemen"], where="nog niets bewaard")
        self.query_one(GroupedLines).show(self._groups())
        self.query_one(GroupedLines).focus()
        self._draw_detail()

    # -- what it shows

    def _groups(self) -> list[Group]:
        seen, found = self._seen, []
        if seen.problem_count:
            rows = [Told(f"problem-{n}", "!", (), one.words, "warning") for n, one in enumerate(seen.problems)]
            found.append(Group("Dit klopt niet", rows, _left(seen.problem_count - len(rows))))
        if seen.remark_count:
            rows = [Told(f"remark-{n}", "•", (), one.words) for n, one in enumerate(seen.remarks)]
            found.append(Group("Let op", rows, _left(seen.remark_count - len(rows))))
        if said := notices(seen):
            found.append(Group("Goed om te weten", [Told(f"notice-{n}", "•", (), one) for n, one in enumerate(said)]))
        for state, title, sign in _GROUPS:
            placed = seen.of(state)
            if placed:
                rows = [self._row(f"{state}-{n}", sign, one) for n, one in enumerate(placed[:_MOST])]
                found.append(Group(f"{title} ({len(placed)})", rows, _left(len(placed) - len(rows))))
        return found or [Group("", [], "In deze tabel staat niets om over te nemen.")]

    def _row(self, key: str, sign: str, one: Placed) -> Told:
        self._placed[key] = one
        day = f"{one.entry.day:%d-%m-%Y}" if one.entry.day else ""
        words = ((one.entry.organisation, -2), (which(one), 12), (day, 12))
        return Told(key, sign, words, f"{what(one)} · {answers(one)} antwoorden")

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        key = self.query_one(GroupedLines).chosen
        kind, _, number = key.partition("-")
        told = ""
        if key in self._placed:
            told = _about(self._placed[key])
        elif kind == "problem":
            told = self._seen.problems[int(number)].words
        elif kind == "remark":
            told = self._seen.remarks[int(number)].words
        elif kind == "notice":
            told = notices(self._seen)[int(number)]
        self.query_one("#detail", Static).update(shown(told))

    # -- keys

    def action_back(self) -> None:
        """Back to the form; nothing was written."""
        if not self._writing:
            self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "ok":
            self.action_take()
        else:
            self.action_back()

    def action_take(self) -> None:
        """Takes over, after asking what has to be known."""
        if not self._writing:
            begin(self, self._take, exclusive=True, group="taking")

    async def _take(self) -> None:
        seen = self._seen
        good_rows = changes = False
        if seen.problem_count and not seen.too_many:
            wrong = counted(seen.bad_rows, "rij klopt", "rijen kloppen")
            told = (
                f"{wrong[:1].upper()}{wrong[1:]} niet. U kunt de tabel verbeteren, of alleen de goede rijen overnemen."
            )
            ask = Confirm("Niet alles klopt", told, yes="Alleen de goede rijen", no="Terug")
            if not await self.app.push_screen_wait(ask):
                return
            good_rows = True
        if seen.of("changed"):
            answer = await self.app.push_screen_wait(_changes_asked(seen))
            if not answer:
                return
            changes = answer == _TAKE
        asked = question(seen, good_rows=good_rows, changes=changes)
        sure = Confirm("Overnemen?", asked, yes="Overnemen", no="Terug")
        if asked and not seen.too_many and not await self.app.push_screen_wait(sure):
            return
        await self._write(good_rows=good_rows, changes=changes)

    async def _write(self, *, good_rows: bool, changes: bool) -> None:
        def progress(done: int, of: int) -> None:
            self._done, self._of = done, of

        self._writing = True
        timer = self.set_interval(0.2, self._tell_progress)
        try:
            written = await asyncio.to_thread(
                self._workspace.import_tables, self._seen, good_rows=good_rows, changes=changes, progress=progress
            )
        finally:
            self._writing = False
            timer.stop()
        self.dismiss(written)

    def _tell_progress(self) -> None:
        self.query_one("#summary", Static).update(shown(f"Bewaren… {self._done} van {self._of}"))


def _changes_asked(seen: Seen) -> Choose:
    number = counted(len(seen.of("changed")), "meting staat", "metingen staan")
    options = [(_LEAVE, "Laten zoals het er staat"), (_TAKE, "Vervangen door wat in de tabel staat")]
    return Choose(f"{number} er nu anders", options, "Wat er staat en wat het wordt, ziet u in de lijst.")


def _left(number: int) -> str:
    return f"en nog {number}, die hier niet staan" if number > 0 else ""


def _about(one: Placed) -> str:
    """A record with all that is known of what becomes of it."""
    lines = [f"{one.entry.organisation}, {which(one)}, {when(one)}".replace(", ,", ",")]
    lines.append(f"{one.entry.file}, rij {one.entry.row} → {one.ref}; antwoorden: {answers(one)}")
    lines += [change(each) for each in one.changes[:3]]
    if one.follows:
        lines.append(f"volgt op {one.follows}")
    return "\n".join(lines)
