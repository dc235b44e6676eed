"""One workplace, or student: who it is, its records and conditions, and who learns there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens import workplace_told as told
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.new_organisation import noted
from kwartier.tui.screens.two_lists import TwoLists
from kwartier.tui.screens.workplace_dialogs import EditSubject, PlacementDialog
from kwartier.tui.widgets.agenda_list import place_of
from kwartier.tui.widgets.grouped_lines import GroupedLines
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workspace.placements import listed
from kwartier.workspace.workplace_words import called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kwartier.records.organisation import Placement, Subject
    from kwartier.records.tree import Tree
    from kwartier.workspace import Workspace
    from kwartier.workspace.summaries import Summary
    from kwartier.workspace.workplaces import Workplace


class Known(NamedTuple):
    """What was read."""

    subject: Subject
    found: Workplace
    summaries: list[Summary]
    names: Mapping[str, str]
    students: list[str]


class WorkplaceScreen(TwoLists[Known]):
    """Records left, placements right."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workplace")
    LISTS = ("records", "placements")
    UNREAD = ("Deze plek is niet gelezen.", "Bovenaan staat waarom, of wacht een tel.")

    def __init__(self, workspace: Workspace, slug: str, code: str) -> None:
        super().__init__(slug, code)
        self.workspace, self.slug, self.code = workspace, slug, code
        self._gone: list[Tree] = []
        "Placements that were taken away here, for undo."

    @property
    def records(self) -> GroupedLines:
        """The records and the conditions."""
        return self.first

    @property
    def placements(self) -> GroupedLines:
        """Who learns there."""
        return self.second

    # -- what it shows

    def _read(self) -> Known:
        ws = self.workspace
        subject = ws.subject(self.slug, self.code)
        refs = [ref for ref in ws.assessments(self.slug) if ref.subject == self.code]
        summaries = sorted((ws.summary(ref) for ref in refs), key=lambda one: (one.date, one.ref))
        try:
            names: Mapping[str, str] = ws.names(self.slug)
        except KwartierError:
            names = {}
        students = [code for code in ws.subjects(self.slug) if code != self.code]
        return Known(subject, ws.workplace(self.slug, self.code), summaries, names, students)

    def _draw(self, known: Known) -> None:
        found, today = known.found, self.workspace.today
        self.query_one(Heading).draw(["kwartier", found.organisation_name, called(found)], where=self.code)
        self.query_one("#who", Static).update(parts(told.who(known.subject, found, today)))
        self.records.show(told.records(found, known.summaries, known.names, today))
        self.placements.display = found.kind != "student"
        self.placements.show(told.placed(listed(known.subject), known.names, today))

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        key = event.lines.chosen if isinstance(event.lines, GroupedLines) else ""
        if key == told.NEW_PLACEMENT:
            self.action_add()
        elif key == told.NEW_RECORD:
            self.action_new_measurement()
        elif key.startswith(told.PLACEMENT):
            self._edit_placement(self._placement())
        elif key:
            ref, step = place_of(key)
            begin(self, lambda: self.kwartier.open_measurement(ref, step), group="doing")

    # -- changing

    def action_edit(self) -> None:
        """Corrects who it is."""
        self.app.push_screen(EditSubject(self.workspace, self.slug, self.known.subject))

    def action_new_measurement(self) -> None:
        """Begins a record of it."""
        from kwartier.tui.screens.new_at_workplace import begin_new

        if self.known.found.kind == "student":
            raise Misused("not-here", "Een meting van een student begint u op het scherm van de organisatie (n).")
        begin(self, lambda: begin_new(self.kwartier, self, slug=self.slug, code=self.code), group="doing")

    def action_add(self) -> None:
        """Places a student."""
        if self.known.found.kind == "student":
            raise Misused("not-here", "Een plaatsing hoort bij een praktijkleerplek. Open die plek.")
        self._edit_placement(None)

    def _edit_placement(self, one: Placement | None) -> None:
        self.app.push_screen(PlacementDialog(self.workspace, self.slug, self.code, one, self.known.students))

    def _placement(self) -> Placement:
        """The placement that is pointed at."""
        key = self.placements.chosen
        found = next((one for one in self.known.subject.placement if key == f"{told.PLACEMENT}{one.id}"), None)
        if found is None or self.focused is not self.placements:
            raise Misused("none-chosen", "Wijs eerst een plaatsing aan.")
        return found

    def action_remove(self) -> None:
        """Takes the placement that is pointed at away."""
        one = self._placement()

        async def gone() -> None:
            self._gone.append(self.workspace.remove_placement(self.slug, self.code, one.id))
            noted(self.workspace, self.slug)
            self.kwartier.tell(f"De plaatsing van {one.student} is weggehaald. Met ctrl+z komt zij terug.")
            self.look()

        def answered(yes: bool | None) -> None:
            if yes:
                begin(self, gone, group="doing")

        text = "Is de plaatsing voorbij, geef haar dan een laatste dag (enter): dan blijft te zien wie hier leerde."
        self.app.push_screen(Confirm(f"De plaatsing van {one.student} weghalen?", text, yes="Weghalen"), answered)

    def action_undo(self) -> None:
        """Puts the last placement back that was taken away here."""
        if not self._gone:
            self.kwartier.tell("Er is hier niets ongedaan te maken.")
            return

        async def back() -> None:
            row = self._gone[-1]
            self.workspace.put_placement_back(self.slug, self.code, row)
            self._gone.pop()
            noted(self.workspace, self.slug)
            self.kwartier.tell(f"De plaatsing van {row.get('student', '')} staat er weer.")
            self.look()

        begin(self, back, group="doing")

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Een praktijkleerplek", "bold"),
            "\n\nLinks de beoordelingen en de voorwaarden die nog open staan; rechts wie er leert, van wanneer tot "
            "wanneer en bij wie. Studenten staan hier met hun code. Tab gaat van links naar rechts, enter opent.",
        )
