"""The coverage of a portfolio: which evidence serves which item, what has none yet, and how the items stand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from kwartier.errors import Refused
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens import coverage_lines as lines
from kwartier.tui.screens.dialogs import TextDialog
from kwartier.tui.widgets.coverage_table import CoverageTable
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workflow.moments import own_step

if TYPE_CHECKING:
    from kwartier.analysis.coverage import Coverage
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace


class CoverageScreen(Screen[tuple[str, str, str] | None], Guarded):
    """Gives where to go: a step with an item, or with a row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("coverage")
    DEFAULT_CSS = """
    CoverageScreen {
        #told { height: auto; max-height: 2; padding: 0 2; color: $text-muted; }
        .detail { height: 3; border-top: solid $panel; padding: 0 2; color: $text-muted; }
    }
    """
    AUTO_FOCUS = None

    def __init__(
        self, workspace: Workspace, ref: str, viewer: str | None, found: Coverage, own: str, title: str, who: str
    ) -> None:
        super().__init__()
        self._workspace, self._ref, self._viewer, self._found = workspace, ref, viewer, found
        self._own, self._title, self._who = own, title, who
        self._outcomes = False

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("", id="told")
        yield CoverageTable(id="matrix")
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.table.focus()
        self._draw()

    @property
    def table(self) -> CoverageTable:
        """The matrix."""
        return self.query_one(CoverageTable)

    def _draw(self) -> None:
        found = self._found
        word = found.profile.outcome_words if found.profile and self._outcomes else "bewijs"
        covered, of = lines.counted(found, found.rows, outcomes=self._outcomes)
        heading = self.query_one(Heading)
        heading.draw([self._title, "Dekking"], who=self._who, where=f"{covered} van {of} · {word}")
        self.query_one("#told", Static).update(line(lines.summary(found, outcomes=self._outcomes), 300))
        rows = lines.rows(found, outcomes=self._outcomes)
        self.table.draw(rows, lines.columns(found, outcomes=self._outcomes))

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        self.query_one("#detail", Static).update(self.table.detail())

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        row, column = self.table.chosen, self.table.column
        if column is not None and column.step:
            self.dismiss((column.step, "", column.id))
        elif row is not None:
            if not self._own:
                raise Refused("no-self-assessment", "In dit portfolio beoordeelt de student zichzelf niet.")
            self.dismiss((self._own, row.item, ""))

    # -- keys

    def action_open(self) -> None:
        """To the item in the self-assessment, or to the evidence that is pointed at."""
        self.table.open()

    def action_outcomes(self) -> None:
        """The outcomes of the programme as columns, or the evidence again."""
        if self._found.profile is None:
            raise Refused("no-profile", "Dit portfolio is zonder opleidingsprofiel begonnen.")
        self._outcomes = not self._outcomes
        self._draw()

    def action_legend(self) -> None:
        """What every mark stands for."""
        columns = lines.columns(self._found, outcomes=self._outcomes)
        self.app.push_screen(TextDialog("Wat de kolommen zijn", shown(lines.legend(columns))))

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss(None)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Dekking", "bold"),
            "\n\nElke regel is een item; ● zegt dat een stuk erbij hoort, ○ vooraan dat er nog niets bij hoort. Links "
            "en rechts gaan langs de kolommen; wat een kolom is, staat onderaan. Enter op een kolom opent dat stuk, en "
            "helemaal links het item in de zelfbeoordeling. Alleen wat u mag lezen telt mee. Bewijs erbij zegt niet "
            "dat iets is aangetoond: dat beoordelen mensen.",
        )


def begin_coverage(app: KwartierApp, workspace: Workspace, ref: str) -> None:
    """Shows the coverage as who sits at the keyboard may know it; asks who that is where nobody said so."""
    from kwartier.tui.screens.measurement import MeasurementScreen
    from kwartier.tui.screens.who import WhoScreen

    screen: Screen[Any] = app.screen

    async def show(viewer: str | None) -> None:
        desk = workspace.desk(ref, viewer=viewer)
        found = await asyncio.to_thread(workspace.coverage, ref, viewer)
        own = own_step(desk.content)
        name = desk.name(viewer) if viewer else "niemand in het bijzonder"
        title = f"{desk.seen.header.short} {desk.name(desk.seen.record.envelope.subject)}".strip()

        async def answered(place: tuple[str, str, str] | None) -> None:
            if place is not None:
                step, item, row = place
                if not isinstance(app.screen, MeasurementScreen):
                    await app.open_measurement(ref, step)
                if isinstance(app.screen, MeasurementScreen):
                    await app.screen.open_at(step, item=item, row=row)

        made = CoverageScreen(workspace, ref, viewer, found, own.id if own else "", title, name)
        await app.push_screen(made, answered)

    def who(code: str | None) -> None:
        if code is not None:
            app.sits_down(ref, code)
            begin(screen, lambda: show(code or None), group="coverage")

    if isinstance(screen, MeasurementScreen):
        begin(screen, lambda: show(screen.desk.viewer), group="coverage")
    elif (seat := app.seat(ref)) is not None:
        begin(screen, lambda: show(seat), group="coverage")
    else:
        app.push_screen(WhoScreen(workspace.desk(ref)), who)
