"""One student: the portfolios, until when they are kept, the lock, where the student learns, what was given away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens import student_dialogs as dialogs
from kwartier.tui.screens import student_files as files
from kwartier.tui.screens import student_told as told
from kwartier.tui.screens.new_organisation import noted
from kwartier.tui.screens.students import lock_again
from kwartier.tui.screens.two_lists import TwoLists
from kwartier.tui.screens.unlocking import ChangePassphrase, Encrypt, ask_to_unlock, take_off
from kwartier.tui.widgets.agenda_list import place_of
from kwartier.tui.widgets.grouped_lines import GroupedLines
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.students import Student


class Known(NamedTuple):
    """What was read."""

    student: Student
    names: Mapping[str, str]


class StudentScreen(TwoLists[Known]):
    """Portfolios left, all that is around them right."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("student")
    LISTS = ("portfolios", "around")
    UNREAD = ("Deze student is niet gelezen.", "Bovenaan staat waarom, of wacht een tel.")

    def __init__(self, workspace: Workspace, slug: str, code: str) -> None:
        super().__init__(slug, code)
        self.workspace, self.slug, self.code = workspace, slug, code
        self._erasing = False
        "While it is asked whether all goes, and once it is gone: there is nothing to read again."

    # -- what it shows

    def _read(self) -> Known:
        try:
            names: Mapping[str, str] = self.workspace.people(self.slug)
        except KwartierError:
            names = {}
        return Known(self.workspace.student(self.slug, self.code), names)

    def look(self) -> None:
        """Reads it, unless it is being erased."""
        if not self._erasing:
            super().look()

    def _draw(self, known: Known) -> None:
        one = known.student
        trail = ["kwartier", one.organisation_name, one.name or one.code]
        self.query_one(Heading).draw(trail, where=self.code if one.name else "", state=told.lock_words(one))
        self.query_one("#who", Static).update(parts(told.who(one)))
        self.first.show(told.portfolios(one))
        self.second.show(told.about(one, known.names, self.workspace.today))

    def _begin(self, known: Known) -> None:
        """What is locked is asked for once; going back leaves what can be done without the passphrase."""
        if known.student.shut and self.app.screen is self:
            self._opening(self.look)

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        key = event.lines.chosen if isinstance(event.lines, GroupedLines) else ""
        doing: dict[str, Callable[[], object]] = {
            told.NEW_PORTFOLIO: self.action_new_portfolio,
            told.RETAIN: self.action_retain,
            told.EXPORT: self.action_export,
            told.GIVE: self.action_give,
            told.ERASE: self.action_erase,
            told.LOCK: self.action_lock,
            told.PASSPHRASE: self.action_passphrase,
            told.UNLOCKED_OFF: self.action_take_off,
        }
        if key in doing:
            doing[key]()
        elif key.startswith("plaats\n"):
            self._open_workplace(key.partition("\n")[2])
        elif event.lines is self.first and key:
            ref, step = place_of(key)
            begin(self, lambda: self.kwartier.open_measurement(ref, step), group="doing")

    def _open_workplace(self, code: str) -> None:
        from kwartier.tui.screens.workplace import WorkplaceScreen

        self.app.push_screen(WorkplaceScreen(self.workspace, self.slug, code))

    def _opening(self, then: Callable[[], object]) -> None:
        """Does something that needs the student open; asks the passphrase first where it is locked."""
        if self.known.student.shut:
            ask_to_unlock(self.kwartier, self.workspace, self.slug, self.code, then)
        else:
            then()

    def _portfolio(self) -> str:
        """The reference of the portfolio that is pointed at, else of the newest."""
        key = self.first.chosen
        if "\n" in key:
            return place_of(key)[0]
        last = self.known.student.newest
        if last is None:
            raise Misused("no-portfolio", "Er is nog geen portfolio.", advice="n begint er een.")
        return last.summary.ref

    # -- portfolios

    def action_new_portfolio(self) -> None:
        """Begins a portfolio of this student."""
        from kwartier.tui.screens.new_at_workplace import begin_new

        def go_on() -> None:
            begin(
                self,
                lambda: begin_new(self.kwartier, self, slug=self.slug, code=self.code, about="student"),
                group="doing",
            )

        self._opening(go_on)

    def action_coverage(self) -> None:
        """Which evidence serves which outcome in the portfolio that is pointed at."""
        from kwartier.tui.screens.coverage import begin_coverage

        ref = self._portfolio()
        self._opening(lambda: begin_coverage(self.kwartier, self.workspace, ref))

    def action_ladder(self) -> None:
        """How the texts of that portfolio grow over the levels."""
        from kwartier.tui.screens.ladder import begin_ladder

        ref = self._portfolio()
        self._opening(lambda: begin_ladder(self, self.workspace, ref=ref))

    # -- who it is

    def action_edit(self) -> None:
        """Corrects the name or the remark."""
        self._opening(lambda: begin(self, self._edit, group="doing"))

    async def _edit(self) -> None:
        one = await asyncio.to_thread(self.workspace.student, self.slug, self.code)
        await self.app.push_screen(dialogs.EditStudent(self.workspace, one))

    def action_retain(self) -> None:
        """Sets until when it is kept; that needs no passphrase."""

        def answered(day: str | None) -> None:
            if day is not None:
                self.kwartier.tell(f"Bewaren tot {day}." if day else "Er is geen bewaartermijn meer.")

        self.app.push_screen(dialogs.Retain(self.workspace, self.known.student), answered)

    # -- the lock

    def action_lock(self) -> None:
        """Puts it behind a passphrase; opens that; or closes it again."""
        one = self.known.student
        if one.shut:
            self._opening(self.look)
        elif one.unlocked:
            lock_again(self, one)
        else:

            def answered(count: int | None) -> None:
                if count is not None:
                    number = "1 bestand is" if count == 1 else f"{count} bestanden zijn"
                    self.kwartier.tell(f"Alles van {self.code} is op slot: {number} versleuteld.")
                    self._noted()

            self.app.push_screen(Encrypt(self.workspace, self.slug, self.code), answered)

    def action_passphrase(self) -> None:
        """Another passphrase."""
        if not self.known.student.encrypted:
            raise Misused("not-encrypted", f"{self.code} heeft geen slot.", advice="Zet het er eerst op (l).")

        def answered(yes: bool | None) -> None:
            if yes:
                self.kwartier.tell(f"{self.code} heeft een ander wachtwoord.")

        self.app.push_screen(ChangePassphrase(self.workspace, self.slug, self.code), answered)

    def action_take_off(self) -> None:
        """Takes the lock off: everything is in clear again."""
        if not self.known.student.encrypted:
            raise Misused("not-encrypted", f"{self.code} heeft geen slot.")
        self._opening(lambda: take_off(self.kwartier, self.workspace, self.slug, self.code, self._noted))

    def _noted(self) -> None:
        noted(self.workspace, self.slug)
        self.look()

    # -- what leaves kwartier

    def action_export(self) -> None:
        """Everything of this student, readable and as TOML."""
        self._opening(lambda: self.app.push_screen(files.Export(self.workspace, self.known.student), self._told))

    def action_give(self) -> None:
        """The portfolio as one locked file, for the student or for somebody else."""
        self._opening(lambda: begin(self, self._give, group="doing"))

    async def _give(self) -> None:
        known = await asyncio.to_thread(self._read)
        await self.app.push_screen(files.GivePortfolio(self.workspace, known.student, known.names), self._told)

    def _told(self, text: str | None) -> None:
        if text:
            dialogs.tell_all(self.app, "Klaar", text)
            self.look()

    def action_erase(self) -> None:
        """Erases everything of this student, once it is said what that is and the code is typed."""

        async def show() -> None:
            goes = await asyncio.to_thread(self.workspace.would_erase, self.slug, self.code)
            self._erasing = True
            await self.app.push_screen(dialogs.Erase(self.workspace, self.known.student, goes), answered)

        def answered(text: str | None) -> None:
            self._erasing = bool(text)
            if text:
                self.kwartier.closed_lock(self.slug, self.code)
                noted(self.workspace, self.slug)
                app = self.app
                self.dismiss(None)
                app.call_later(dialogs.tell_all, app, f"Alles van {self.code} is gewist", text)

        begin(self, show, group="doing")

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Een student", "bold"),
            "\n\nLinks de portfolio's; rechts tot wanneer alles bewaard blijft, het slot, waar de student leert en wat "
            "er is meegegeven. Op slot zetten versleutelt alles met een wachtwoord: wie dat kwijt is, is alles kwijt. "
            "l doet het slot open, en weer dicht. Tab gaat van links naar rechts, enter opent of doet wat er staat.\n\n"
            + told.DUTY,
        )
