"""All workplaces with their verdicts, over all organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widgets import Static

from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens.searched_list import SearchedList
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.workplace_table import WorkplaceTable
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.workplaces import Workplace


class WorkplacesScreen(SearchedList["list[Workplace]"]):
    """A table; enter opens a workplace."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workplaces")

    SOUGHT = "Zoek op organisatie, naam, team, setting of oordeel"
    NONE_YET = "Nog geen praktijkleerplekken: n."

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Praktijkleerplekken")
        self.workspace = workspace

    # -- what it shows

    def _body(self) -> WorkplaceTable:
        return WorkplaceTable(id="workplaces")

    @property
    def table(self) -> WorkplaceTable:
        """The workplaces."""
        return self.query_one(WorkplaceTable)

    def _read(self) -> list[Workplace]:
        return self.workspace.workplaces()

    def _draw(self, found: list[Workplace]) -> None:
        number = len(found)
        where = f"{number} plek{'' if number == 1 else 'ken'}"
        self.query_one(Heading).draw(self._trail, where=where)
        self.table.show(found, self.workspace.today)

    def _draw_detail(self) -> None:
        self.query_one("#detail", Static).update(self.table.detail())

    # -- opening

    def _open_chosen(self) -> None:
        one = self.table.chosen
        if one is not None:
            from kwartier.tui.screens.workplace import WorkplaceScreen

            self.app.push_screen(WorkplaceScreen(self.workspace, one.organisation, one.code))

    def action_new_assessment(self) -> None:
        """Begins an assessment of a workplace that is there, or a new one."""
        from kwartier.tui.screens.new_at_workplace import begin_new

        begin(self, lambda: begin_new(self.kwartier, self), group="doing")

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Praktijkleerplekken", "bold"),
            "\n\nAlle praktijkleerplekken met hun laatste oordeel, de voorwaarden die nog open staan en de dag waarop "
            "opnieuw beoordeeld wordt. Studenten staan hier alleen met hun code. Enter opent een plek.",
        )
