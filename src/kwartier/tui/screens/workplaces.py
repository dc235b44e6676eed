"""All workplaces with their verdicts, over all organisations."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens.searching import Searching
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.tui.widgets.workplace_table import WorkplaceTable
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.workplaces import Workplace


class WorkplacesScreen(Searching):
    """A table; enter opens a workplace."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workplaces")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        yield Heading()
        yield PlainInput(id="search", placeholder="Zoek op organisatie, naam, team, setting of oordeel", compact=True)
        yield WorkplaceTable(id="workplaces")
        yield Static("", id="nothing")
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.table.focus()
        self.query_one(Heading).draw(["kwartier", "Praktijkleerplekken"], state="bezig…")

    def on_screen_resume(self) -> None:
        self.look()

    @property
    def table(self) -> WorkplaceTable:
        """The workplaces."""
        return self.query_one(WorkplaceTable)

    def look(self) -> None:
        """Reads them in a thread, and shows them."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        found = await asyncio.to_thread(self.workspace.workplaces)
        if self.is_running:
            self._draw(found)

    def _draw(self, found: list[Workplace]) -> None:
        number = len(found)
        where = f"{number} plek{'' if number == 1 else 'ken'}"
        self.query_one(Heading).draw(["kwartier", "Praktijkleerplekken"], where=where)
        self.table.show(found, self.workspace.today)
        self._draw_found()

    def _draw_found(self) -> None:
        none = not self.table.count()
        told = "Niets gevonden. Met esc ziet u alles weer." if self.table.total else "Nog geen praktijkleerplekken: n."
        self.query_one("#nothing", Static).update(parts(told))
        self.set_class(none, "-nothing")

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        self.query_one("#detail", Static).update(self.table.detail())

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        one = self.table.chosen
        if one is not None:
            from kwartier.tui.screens.workplace import WorkplaceScreen

            self.app.push_screen(WorkplaceScreen(self.workspace, one.organisation, one.code))

    def action_open(self) -> None:
        """Opens what is pointed at."""
        self.table.open()

    def action_new_assessment(self) -> None:
        """Begins an assessment of a workplace that is there, or a new one."""
        from kwartier.tui.screens.new_at_workplace import begin_new

        begin(self, lambda: begin_new(self.kwartier, self), group="doing")

    def action_look_again(self) -> None:
        """Reads all of it again."""
        self.look()

    def action_back(self) -> None:
        """Shows all again where something was searched for, else back."""
        if self.has_class("-searching"):
            self.show_all()
        else:
            self.dismiss(None)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Praktijkleerplekken", "bold"),
            "\n\nAlle praktijkleerplekken met hun laatste oordeel, de voorwaarden die nog open staan en de dag waarop "
            "opnieuw beoordeeld wordt. Studenten staan hier alleen met hun code. Enter opent een plek.",
        )
