"""The students of an organisation: a table by code, and beside it all of who is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.actions import bindings
from kwartier.tui.safe import line, parts
from kwartier.tui.screens import student_told as told
from kwartier.tui.screens.searched_list import SearchedList
from kwartier.tui.screens.unlocking import ask_to_unlock
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.student_table import StudentTable
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.portfolios_taken import PortfolioTaken
    from kwartier.workspace.students import Student


class StudentsScreen(SearchedList["tuple[list[Student], dict[str, str]]"]):
    """Enter opens a student; of one that is locked the passphrase is asked first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("students")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  (an attribute of an instance in Textual)
    DEFAULT_CSS = """
    StudentsScreen {
        #both { height: 1fr; }
        #students { width: 1fr; }
        #beside { width: 46; border-left: solid $panel; padding: 0 1; }
        &.-narrow #beside { display: none; }
        &.-wide .detail { display: none; }
    }
    """
    SOUGHT = "Zoek op code, naam, niveau, opleiding of wat aan zet is"
    NONE_YET = "Nog geen studenten: n maakt er een, t neemt een portfolio over."

    def __init__(self, workspace: Workspace, slug: str) -> None:
        super().__init__(slug, "Studenten")
        self.workspace, self.slug = workspace, slug
        self._names: dict[str, str] = {}

    # -- what it shows

    def _body(self) -> Horizontal:
        beside = VerticalScroll(Static("", id="beside-text"), id="beside", can_focus=False)
        return Horizontal(StudentTable(id="students"), beside, id="both")

    @property
    def table(self) -> StudentTable:
        """The students."""
        return self.query_one(StudentTable)

    def _read(self) -> tuple[list[Student], dict[str, str]]:
        try:
            names = self.workspace.people(self.slug)
        except KwartierError:  # told on the screen of the organisation
            names = {}
        return self.workspace.students(self.slug), names

    def _draw(self, read: tuple[list[Student], dict[str, str]]) -> None:
        found, self._names = read
        name = found[0].organisation_name if found else self.workspace.organisation(self.slug).name
        shut = sum(one.shut for one in found)
        where = f"{len(found)} student{'' if len(found) == 1 else 'en'}" + (f", {shut} op slot" if shut else "")
        self.query_one(Heading).draw(["kwartier", name, "Studenten"], where=where)
        self.table.show(found, self.workspace.today)

    def _draw_detail(self) -> None:
        one = self.table.chosen
        self.query_one("#detail", Static).update(line("" if one is None else told.in_a_line(one), 600))
        beside = parts("") if one is None else told.aside(one, self._names, self.workspace.today)
        self.query_one("#beside-text", Static).update(beside)

    # -- opening

    def _open_chosen(self) -> None:
        one = self.table.chosen
        if one is not None:
            self._open(one.code)

    def _open(self, code: str) -> None:
        from kwartier.tui.screens.student import StudentScreen

        self.app.push_screen(StudentScreen(self.workspace, self.slug, code))

    def _chosen(self) -> Student:
        one = self.table.chosen
        if one is None:
            raise Misused("none-chosen", "Wijs eerst een student aan.")
        return one

    def action_new_student(self) -> None:
        """Makes a student, and opens it."""
        from kwartier.tui.screens.student_dialogs import NewStudent

        def answered(code: str | None) -> None:
            if code:
                self._open(code)

        self.app.push_screen(NewStudent(self.workspace, self.slug), answered)

    def action_take_portfolio(self) -> None:
        """Takes a portfolio that came along with a student."""
        from kwartier.tui.screens.student_files import TakePortfolio

        def answered(taken: PortfolioTaken | None) -> None:
            if taken is not None:
                self._open(taken.code)

        self.app.push_screen(TakePortfolio(self.workspace, self.slug), answered)

    def action_lock(self) -> None:
        """Opens the lock of who is pointed at, or closes it again."""
        one = self._chosen()
        if one.shut:
            ask_to_unlock(self.kwartier, self.workspace, self.slug, one.code, self.look)
        elif one.unlocked:
            lock_again(self, one)
        else:
            raise Misused(
                "not-encrypted", f"{one.code} heeft geen slot.", advice="Open de student (enter) en druk op l."
            )

    def action_group(self) -> None:
        """How the group stands, without names."""
        from kwartier.tui.screens.group import GroupScreen

        self.app.push_screen(GroupScreen(self.workspace, self.slug))

    def action_programmes(self) -> None:
        """The programmes."""
        begin(self, self.kwartier.action_programmes, group="doing")

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Studenten", "bold"),
            "\n\nDe studenten van deze organisatie, met hun code. De naam staat alleen bij wie is aangewezen. Wie op "
            "slot is, opent met het wachtwoord; is iemand van slot, dan staat dat erbij en doet l het slot er weer op. "
            "Enter opent een student.",
        )


def lock_again(screen: StudentsScreen | StudentScreen, one: Student) -> None:
    """Closes the lock of a student; nothing of it is readable in this kwartier from then on."""
    screen.workspace.lock_student(one.organisation, one.code)
    screen.kwartier.closed_lock(one.organisation, one.code)
    screen.kwartier.tell(f"{one.code} is weer op slot.")
    screen.look()


if TYPE_CHECKING:
    from kwartier.tui.screens.student import StudentScreen
