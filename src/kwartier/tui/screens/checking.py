"""Checks the whole data folder: every problem with its place and what to do, and the copies of synchronisers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts, shown
from kwartier.tui.screens.merging import begin_merging
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Checked, Problem, Workspace

_COPY = "kopie\n"


class CheckScreen(Screen[None], Guarded):
    """Looks in a thread; nothing changes by looking."""

    scope = "check"
    BINDINGS: ClassVar[list[BindingType]] = bindings("check")
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    CheckScreen #verdict { height: auto; padding: 0 1; }
    CheckScreen #detail { height: auto; max-height: 8; padding: 0 1; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._done = self._of = 0
        self._copies: dict[str, str] = {}
        self._problems: tuple[Problem, ...] = ()

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("De datamap wordt nagekeken…", id="verdict")
        yield GroupedLines(id="found")
        yield Static("", id="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(GroupedLines).focus()
        self.query_one(Heading).draw(["kwartier", "Datamap nakijken"])
        self.look()

    def look(self) -> None:
        """Looks at every file again."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        self._done = self._of = 0
        timer = self.set_interval(0.2, self._tell_progress)
        try:
            workspace = await self.kwartier.workspace()
            checked, copies = await asyncio.to_thread(self._walk, workspace)
        finally:
            timer.stop()
        if self.is_running:
            self._copies, self._problems = copies, checked.problems
            self._draw(checked)

    def _walk(self, workspace: Workspace) -> tuple[Checked, dict[str, str]]:
        def progress(done: int, of: int) -> None:
            self._done, self._of = done, of

        copies = {one.copy: one.original for one in workspace.conflict_copies()}
        return workspace.check(progress=progress), copies

    def _tell_progress(self) -> None:
        told = f"De datamap wordt nagekeken… {self._done} van {self._of} organisaties"
        self.query_one("#verdict", Static).update(shown(told))

    def _draw(self, checked: Checked) -> None:
        rows = {"error": list[Told](), "notice": list[Told]()}
        for number, one in enumerate(self._problems):
            sign, look = ("!", "warning") if one.level == "error" else ("•", "")
            rows[one.level].append(Told(str(number), sign, (), f"{self._near(one.place)}: {one.message}", look))
        copies = [Told(f"{_COPY}{copy}", "!", (), self._near(copy), "warning") for copy in self._copies]
        titles = (
            ("Kopieën van een synchronisatieprogramma: enter voegt samen", copies),
            ("Fouten", rows["error"]),
            ("Let op", rows["notice"]),
        )
        groups = [Group(title, found) for title, found in titles if found]
        self.query_one(GroupedLines).show(groups or [Group("", [], "Er is niets gevonden.")])
        verdict = "alles is in orde" if checked.sound and not copies else "er is iets mis"
        self.query_one("#verdict", Static).update(
            shown(
                f"Nagekeken: {checked.organisations} organisaties, {checked.assessments} metingen, {checked.files} "
                f"bestanden; {verdict}.\nDatamap: {self.kwartier.folder}"
            )
        )
        self._draw_detail()

    def _near(self, place: str) -> str:
        """A path as seen from the data folder."""
        try:
            return Path(place).relative_to(self.kwartier.folder).as_posix()
        except ValueError:
            return place

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        key = self.query_one(GroupedLines).chosen
        told = shown("")
        if key.startswith(_COPY):
            copy = key.removeprefix(_COPY)
            told = shown(f"{copy}\nis een kopie van\n{self._copies.get(copy, '')}")
        elif key:
            one = self._problems[int(key)]
            told = parts((one.message, "bold"), f"\n{one.place}", f"\n{one.advice}" if one.advice else "")
        self.query_one("#detail", Static).update(told)

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        self.action_open()

    # -- keys

    def action_open(self) -> None:
        """Brings the copy that is pointed at together with its file."""
        key = self.query_one(GroupedLines).chosen
        if key.startswith(_COPY):
            copy = Path(key.removeprefix(_COPY))
            begin(self, lambda: begin_merging(self.kwartier, copy, self.look), exclusive=True, group="merging")

    def action_look_again(self) -> None:
        """Looks again."""
        self.look()

    def action_back(self) -> None:
        """Back to the screen that was open."""
        self.dismiss(None)
