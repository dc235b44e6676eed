"""The first screen: all organisations, and what is to be done. Looking at the disk stands in `start_looking`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click
from textual.widgets import Input, Static

from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts, shown
from kwartier.tui.screens.searching import Searching
from kwartier.tui.screens.start_looking import Looking
from kwartier.tui.widgets.agenda_list import MORE, AgendaList, place_of
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.organisation_table import OrganisationTable
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.timer import Timer

    from kwartier.workspace.overview import Overview

_FIRST_LOOK = 0.1

AGAIN_AFTER = 60.0
"""Seconds after which the disk is looked at again while this screen is in sight."""

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


class StartScreen(Searching):
    """The organisations and the agenda."""

    CSS_PATH = "start.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (an attribute of an instance in Textual)
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")

    def __init__(self) -> None:
        super().__init__()
        self._looking = Looking(self)
        self._overview: Overview | None = None
        self._busy = ""
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("", id="trouble")
        with Horizontal(id="start"):
            with Vertical(id="left"):
                yield Input(id="search", placeholder="Zoek op naam, soort of wat er aan zet is", compact=True)
                yield OrganisationTable(id="organisations")
                yield Static("Niets gevonden. Met esc ziet u alles weer.", id="nothing")
            with Vertical(id="right"):
                yield Static("Agenda", id="agenda-title")
                yield AgendaList(id="agenda")
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.table.focus()
        self._draw_heading()
        begin(self, self._begin, group="begin")
        self.set_interval(AGAIN_AFTER, self._look_again)

    async def _begin(self) -> None:
        """What the index knows goes on the screen as soon as there is one; the disk is looked at after that."""
        await self.kwartier.painted.wait()
        known = self._looking.glimpse()
        if known is not None:
            self.show_overview(known)
        if known is None or not known.organisations:
            self._looking.start()
        else:  # not at once: opening the folder would compete with painting what is known
            self.set_timer(_FIRST_LOOK, self._looking.start)

    def on_unmount(self) -> None:
        self._looking.stop()

    def on_screen_resume(self) -> None:
        if self._overview is not None:
            self._looking.start()

    def _look_again(self) -> None:
        if self.is_current:
            self._looking.start()

    @property
    def table(self) -> OrganisationTable:
        """The organisations."""
        return self.query_one(OrganisationTable)

    @property
    def agenda(self) -> AgendaList:
        """What is to be done."""
        return self.query_one(AgendaList)

    # -- what it shows

    def show_overview(self, overview: Overview) -> None:
        """Shows the folder; what is pointed at, searched for and sorted by stays."""
        self._overview = overview
        self.table.show(overview.organisations)
        more = overview.due - len(overview.agenda)
        self.agenda.show_due(overview.agenda, overview.today, self._looking.names, more=more)
        empty = not overview.organisations
        self.set_class(empty and overview.checked, "-empty")
        if empty and overview.checked:
            self._welcome()
        elif not empty and (self.focused is None or any(one.id == "welcome" for one in self.focused.ancestors)):
            self.call_after_refresh(self.table.focus)
        self._draw_found()
        self._draw_heading()

    def _welcome(self) -> None:
        """Says what can be done where nothing is yet. It is made only then: mostly it is not needed."""
        from kwartier.tui.screens.start_empty import Welcome

        if not self.query(Welcome):
            self.query_one("#start").mount(Welcome(self.kwartier.folder))
        if self.focused in (self.table, self.agenda):
            self.call_after_refresh(self.query_one(Welcome).focus_first)

    def show_trouble(self, told: list[str]) -> None:
        """Says above the table what is wrong with the folder as a whole."""
        self.query_one("#trouble", Static).update(
            parts(*(f"! {one}\n" for one in told[:-1]), *(f"! {one}" for one in told[-1:]))
        )
        self.set_class(bool(told), "-trouble")

    def show_checking(self, words: str) -> None:
        """Says how far looking at the disk is; empty where it is done."""
        self._draw_heading(words)

    def _draw_heading(self, checking: str = "") -> None:
        if not self.is_running or not self.query(Heading):
            return
        told = self._overview
        trail = ["kwartier"]
        if self._looking.is_demo:
            trail.append("demo (d: terug naar uw eigen gegevens)")
        where = ""
        if told is not None:
            number = len(told.organisations)
            where = f"{number} organisatie{'' if number == 1 else 's'} · {_day(told)}"
        self.query_one(Heading).draw(trail, where=where, state=self._busy or checking or self._looking.words)

    def _draw_found(self) -> None:
        self.set_class(bool(self.table.total) and not self.table.count(), "-nothing")

    def say_busy(self, words: str) -> None:
        """Says what is being waited for; empty where nothing is."""
        self._busy = words
        self._draw_heading()

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        folder = str(self.kwartier.folder)
        return parts(
            ("Alle organisaties, en wat er te doen is", "bold"),
            "\n\nEnter opent de organisatie of, in de agenda, de meting bij de stap waar het om gaat. "
            "Typ / om te zoeken. Uw gegevens staan in ",
            shown(folder),
            ".",
        )

    # -- doing something for which the folder has to be open

    def do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Does something off the screen's own thread of messages, so that keys are answered meanwhile."""

        async def done() -> None:
            try:
                self.say_busy("bezig…")
                await work()
            except KwartierError as error:
                self.kwartier.refuse(error)
            finally:
                self.say_busy("")

        begin(self, done, exclusive=True, group="doing")

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        if event.lines is self.agenda:
            self._open_due()
        else:
            self._open_organisation()

    def _open_organisation(self, *, compare: bool = False) -> None:
        chosen = self.table.chosen
        if chosen is not None:
            self.do(lambda: self._go_to(chosen.slug, compare=compare))

    async def _go_to(self, slug: str, *, compare: bool = False) -> None:
        from kwartier.tui.screens.organisation import OrganisationScreen

        workspace = await self.kwartier.workspace()
        await self.app.push_screen(OrganisationScreen(workspace, slug, compare=compare))

    async def _go_to_student(self, slug: str, code: str) -> None:
        from kwartier.tui.screens.student import StudentScreen

        await self.app.push_screen(StudentScreen(await self.kwartier.workspace(), slug, code))

    def _open_due(self) -> None:
        key = self.agenda.chosen
        if key == MORE:
            self._looking.start(agenda=None)
        elif key:
            ref, step = place_of(key)
            if "/" in ref:
                self.do(lambda: self.kwartier.open_measurement(ref, step))
            else:  # of a student whose time has come
                self.do(lambda: self._go_to_student(ref, step))

    # -- keys

    def action_open(self) -> None:
        """Opens what is pointed at."""
        if isinstance(self.focused, Lines):
            self.focused.open()

    def action_new_organisation(self) -> None:
        """Asks who the new organisation is, and opens it."""
        from kwartier.tui.screens.new_organisation import NewOrganisation

        def answered(slug: str | None) -> None:
            if slug:
                self.do(lambda: self._go_to(slug))

        self.app.push_screen(NewOrganisation(), answered)

    def action_new_assessment(self) -> None:
        """Begins an assessment of a workplace; the organisation and the workplace may be new."""
        from kwartier.tui.screens.new_at_workplace import begin_new

        self.do(lambda: begin_new(self.kwartier, self))

    def action_workplaces(self) -> None:
        """All workplaces, over all organisations."""

        async def show() -> None:
            from kwartier.tui.screens.workplaces import WorkplacesScreen

            await self.app.push_screen(WorkplacesScreen(await self.kwartier.workspace()))

        self.do(show)

    def action_search(self) -> None:
        """Begins to search."""
        self.remove_class("-agenda")
        super().action_search()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Showing all again is in the footer while only a part is shown."""
        return action != "clear" or self.has_class("-searching") or self.has_class("-agenda")

    def action_clear(self) -> None:
        """Shows all organisations again."""
        self.remove_class("-agenda")
        self.show_all()

    def action_agenda(self) -> None:
        """From the organisations to the agenda, and back."""
        to_agenda = self.focused is not self.agenda
        self.set_class(to_agenda, "-agenda")
        (self.agenda if to_agenda else self.table).focus()

    def action_compare(self) -> None:
        """Compares two measurements of the organisation."""
        if self.focused is not self.agenda:
            self._open_organisation(compare=True)

    def action_compare_organisations(self) -> None:
        """Sets the organisations beside one another."""
        from kwartier.tui.screens.organisations_compared_opening import open_organisations_compared

        self.do(lambda: open_organisations_compared(self.kwartier))

    def action_look_again(self) -> None:
        """Looks at the disk now."""
        self._looking.start()

    def action_open_sheet(self) -> None:
        """Opens a sheet that somebody gave."""
        from kwartier.tui.screens.sheet_apart import begin_opening

        begin_opening(self.kwartier)

    def action_take_portfolio(self) -> None:
        """Takes a portfolio that somebody gave; the organisation that it names may be new."""
        from kwartier.tui.screens.student_files import begin_taking

        begin_taking(self.kwartier)

    def action_pack_sheet(self) -> None:
        """Makes the file that goes back."""
        from kwartier.tui.screens.sheet_apart import begin_packing

        begin_packing(self.kwartier)

    def action_import_table(self) -> None:
        """Takes over results from a table."""
        from kwartier.tui.screens.importing import begin_importing

        begin_importing(self.kwartier)

    def action_reports(self) -> None:
        """The reports of all organisations, or of one, into a folder."""
        from kwartier.tui.screens.many_reports import begin_reports

        begin_reports(self.kwartier)

    def action_export(self) -> None:
        """Data of measurements for other programs."""
        from kwartier.tui.screens.export_data import begin_export

        begin_export(self.kwartier)

    async def action_check(self) -> None:
        """Checks the whole folder, and brings copies together with their files."""
        from kwartier.tui.screens.checking import CheckScreen

        await self.app.push_screen(CheckScreen())

    @on(Click, "#trouble")
    async def _trouble_clicked(self) -> None:
        await self.action_check()

    def action_demo(self) -> None:
        """To the demo, and back to one's own data."""
        self._looking.to_demo_or_back()

    def on_descendant_focus(self) -> None:
        self.set_class(self.focused is self.agenda, "-agenda")
        self._draw_detail()

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        pointed = self.agenda if self.focused is self.agenda else self.table
        self.query_one("#detail", Static).update(pointed.detail())


def _day(told: Overview) -> str:
    day = told.today
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
