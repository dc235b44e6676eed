"""One organisation: who it is, its measurements on a time line, its action points and its agenda."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.errors import KwartierError, Unreadable
from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens import organisation_told as told
from kwartier.tui.screens.two_lists import TwoLists
from kwartier.tui.widgets.agenda_list import place_of
from kwartier.tui.widgets.grouped_lines import GroupedLines
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workflow.periods import short
from kwartier.workspace.summaries import SHUT

if TYPE_CHECKING:
    from kwartier.instrument.model import Content, Header
    from kwartier.tui.screens.new_measurement import InstrumentPick
    from kwartier.workspace import Workspace
    from kwartier.workspace.portrait import Portrait
    from kwartier.workspace.summaries import Summary


class OrganisationScreen(TwoLists["Portrait"]):
    """Everything of one organisation that is not inside a measurement."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("organisation")
    LISTS = ("measurements", "following")
    UNREAD = ("Deze organisatie is nog niet gelezen.", "Wacht een tel.")

    def __init__(self, workspace: Workspace, slug: str, *, compare: bool = False) -> None:
        super().__init__(slug)
        self.workspace = workspace
        self.slug = slug
        self._compare = compare

    @property
    def measurements(self) -> GroupedLines:
        """The time lines."""
        return self.first

    @property
    def following(self) -> GroupedLines:
        """The action points and the agenda."""
        return self.second

    # -- what it shows

    def _read(self) -> Portrait:
        return self.workspace.portrait(self.slug)

    def _begin(self, found: Portrait) -> None:
        """The newest measurement is pointed at."""
        if found.summaries:
            self.measurements.choose(found.summaries[-1].ref)
        if self._compare:
            self.action_compare()

    def _draw(self, found: Portrait) -> None:
        number = len(found.summaries)
        where = f"{number} meting{'' if number == 1 else 'en'}"
        self.query_one(Heading).draw(["kwartier", found.name], where=where)
        self.query_one("#who", Static).update(told.who(found))
        self.measurements.show(told.time_lines(found))
        self.following.show(told.following(found))

    def chosen(self) -> Summary | None:
        """The measurement that is pointed at."""
        key = self.measurements.chosen
        return next((one for one in self.known.summaries if one.ref == key), None)

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        key = event.lines.chosen if isinstance(event.lines, GroupedLines) else ""
        if not key:
            return
        if event.lines is self.following:
            ref, step = place_of(key)
            if "/" in ref:
                self._open(ref, step)
            else:  # of a student whose time has come
                self._open_subject(step)
        elif key == told.NEW:
            self.action_new_measurement()
        elif key.startswith(told.SUBJECT):
            self._open_subject(key.removeprefix(told.SUBJECT))
        else:
            self._open(key)

    def _open(self, ref: str, step: str = "") -> None:
        summary = next((one for one in self.known.summaries if one.ref == ref), None)
        if summary is not None and summary.problem:
            raise Unreadable(
                "unreadable-record",
                f"Deze meting is niet te lezen: {summary.problem}",
                place=ref,
                advice="Zet een reservekopie terug; 'Datamap nakijken' (ctrl+p) noemt het bestand en de regel.",
            )
        if summary is not None and summary.locked and summary.next != SHUT:
            self.kwartier.tell(summary.locked, title="Alleen lezen", warning=True)
        self.do(lambda: self.kwartier.open_measurement(ref, step))

    def _open_subject(self, code: str) -> None:
        from kwartier.tui.screens.student import StudentScreen
        from kwartier.tui.screens.workplace import WorkplaceScreen

        if self._is_student(code):
            self.app.push_screen(StudentScreen(self.workspace, self.slug, code))
            return
        self.app.push_screen(WorkplaceScreen(self.workspace, self.slug, code))

    def _is_student(self, code: str) -> bool:
        found = next((one for one in self.known.subjects if one.code == code), None)
        if found is not None:
            return found.kind == "student"
        return self.workspace.subject(self.slug, code).kind == "student"  # one that was made just now

    def action_students(self) -> None:
        """The students of this organisation."""
        from kwartier.tui.screens.students import StudentsScreen

        self.app.push_screen(StudentsScreen(self.workspace, self.slug))

    def action_new_workplace(self) -> None:
        """Makes a workplace or a student, and opens it."""
        from kwartier.tui.screens.workplace_dialogs import NewSubject

        def answered(code: str | None) -> None:
            if code:
                self._open_subject(code)

        self.app.push_screen(NewSubject(self.workspace, self.slug), answered)

    def do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Does something off this screen's own messages; a refusal is a message, and what is shown is read again."""

        async def done() -> None:
            try:
                await work()
            except KwartierError as error:
                self.kwartier.refuse(error)

        begin(self, done, group="doing")

    # -- keys

    def action_edit(self) -> None:
        """Corrects who it is."""
        from kwartier.tui.screens.new_organisation import EditOrganisation

        one = self.known.organisation
        if one is None:
            raise Unreadable("unreadable", self.known.problem or "De gegevens zijn niet te lezen.")
        self.app.push_screen(EditOrganisation(self.slug, one))

    def action_new_measurement(self) -> None:
        """Begins a measurement."""
        from kwartier.tui.screens.new_measurement import InstrumentPick

        self._with_instrument(InstrumentPick, self._ask_measurement)

    def action_from_paper(self) -> None:
        """Takes over a measurement that was done on paper."""
        from kwartier.tui.screens.from_paper import PaperInstrument

        self._with_instrument(PaperInstrument, self._ask_paper)

    def _with_instrument(self, pick: type[InstrumentPick], ask: Callable[[str], Awaitable[None]]) -> None:
        """Goes on with the one instrument there is, or the one that is picked."""
        found = self.known
        usable = [one for one in found.instruments if one.usable]
        if len(usable) == 1 and len(found.instruments) == 1:
            self.do(lambda: ask(usable[0].id))
            return

        def answered(instrument: str | None) -> None:
            if instrument:
                self.do(lambda: ask(instrument))

        self.app.push_screen(pick(found.instruments), answered)

    async def _about(self, instrument: str) -> tuple[Portrait, Header, Content, list[str]]:
        """What a form for a measurement with this instrument has to know."""
        found = self.known
        content = await asyncio.to_thread(self.workspace.content, instrument)
        header = next(one.header for one in found.instruments if one.id == instrument)
        assert header is not None
        return found, header, content, list(await asyncio.to_thread(self.workspace.subjects, self.slug))

    async def _ask_measurement(self, instrument: str) -> None:
        from kwartier.tui.screens.new_at_workplace import ask
        from kwartier.tui.screens.new_measurement import NewMeasurement, previous_day_told

        header = next(one.header for one in self.known.instruments if one.id == instrument)
        if header is not None and header.subject != "organisation":
            await ask(self.kwartier, self, instrument, slug=self.slug)
            return

        def answered(ref: str | None) -> None:
            if ref:
                if warned := previous_day_told(self.workspace, ref):
                    self.kwartier.tell(warned, warning=True)
                self.do(lambda: self.kwartier.open_measurement(ref))

        self.app.push_screen(NewMeasurement(*await self._about(instrument)), answered)

    async def _ask_paper(self, instrument: str) -> None:
        from kwartier.tui.screens.from_paper import FromPaper
        from kwartier.tui.screens.new_measurement import previous_day_told

        def answered(ref: str | None) -> None:
            if ref:
                warned = previous_day_told(self.workspace, ref)
                self.kwartier.tell(f"De meting is van papier overgenomen. {warned}".strip(), warning=bool(warned))
                self.look()

        self.app.push_screen(FromPaper(*await self._about(instrument)), answered)

    def action_people(self) -> None:
        """The names behind the codes."""
        from kwartier.tui.screens.people_of import PeopleOfScreen

        self.app.push_screen(PeopleOfScreen(self.workspace, self.slug))

    def action_compare(self) -> None:
        """Chooses which two measurements are compared."""
        from kwartier.tui.screens.dialogs import Choose

        one = self._with_another()
        if one is None:
            self.kwartier.tell("Er zijn hier nog geen twee metingen met hetzelfde instrument om te vergelijken.")
            return
        others = [
            other
            for other in self.known.summaries
            if other.ref != one.ref and other.instrument == one.instrument and not other.problem
        ]
        if len(others) == 1:
            self._show_comparison(one.ref, others[0].ref)
            return
        options = [(other.ref, told.named(other)) for other in reversed(others)]

        def answered(other: str | None) -> None:
            if other:
                self._show_comparison(one.ref, other)

        title = f"{told.instrument_name(self.known, one.instrument)} van {short(one.date)} vergelijken met"
        self.app.push_screen(Choose(title, options), answered)

    def _with_another(self) -> Summary | None:
        """The measurement that is pointed at, or the newest one that there is another of."""
        readable = [one for one in self.known.summaries if not one.problem]
        chosen = self.chosen()
        for one in [*([chosen] if chosen else []), *reversed(readable)]:
            if not one.problem and sum(other.instrument == one.instrument for other in readable) > 1:
                return one
        return None

    def _show_comparison(self, ref: str, other: str) -> None:
        from kwartier.tui.screens.compare import CompareScreen

        days = {one.ref: one.date for one in self.known.summaries}
        later, earlier = sorted((ref, other), key=lambda one: (days[one], one), reverse=True)
        self.app.push_screen(CompareScreen(self.workspace, [earlier, later]))

    def action_compare_organisations(self) -> None:
        """Sets this organisation beside the others."""
        from kwartier.tui.screens.organisations_compared_opening import open_organisations_compared

        self.do(lambda: open_organisations_compared(self.kwartier, self.slug))

    def action_timeline(self) -> None:
        """The measurements with two instruments on one time line."""
        from kwartier.tui.screens.timeline import TimeLineScreen

        async def show() -> None:
            await asyncio.to_thread(self.workspace.time_lines, self.slug)
            await self.app.push_screen(TimeLineScreen(self.workspace, self.slug))

        self.do(show)

    def action_correct(self) -> None:
        """Corrects the date of the measurement that is pointed at, or which one came before it."""
        from kwartier.tui.screens.correct_measurement import CorrectMeasurement

        one = self.chosen()
        if one is None:
            self.kwartier.tell("Wijs eerst een meting aan.")
            return
        self.app.push_screen(CorrectMeasurement(self.workspace, self.known, one))

    def action_hand_over(self) -> None:
        """Makes a file for somebody who cannot reach the data folder."""
        from kwartier.tui.screens.handing import begin_handing_over

        one = self.chosen()
        if one is None:
            self.kwartier.tell("Wijs eerst de meting aan waarvan u een blad wilt uitgeven.")
            return
        begin_handing_over(self, self.workspace, one.ref)

    def action_take_back(self) -> None:
        """Takes back what was done apart."""
        from kwartier.tui.screens.handing import TakeBack

        self.app.push_screen(TakeBack())

    def action_reports(self) -> None:
        """The reports of this organisation into a folder."""
        from kwartier.tui.screens.many_reports import begin_reports

        begin_reports(self.kwartier, self.slug)

    def action_export(self) -> None:
        """Data of its measurements for other programs."""
        from kwartier.tui.screens.export_data import begin_export

        begin_export(self.kwartier, self.slug)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Een organisatie", "bold"),
            "\n\nLinks de metingen per instrument, van oud naar nieuw; rechts de actiepunten en wat er te doen is. "
            "Tab gaat van links naar rechts, enter opent.",
        )
