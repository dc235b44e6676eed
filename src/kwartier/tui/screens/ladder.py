"""The ladder: one item over the levels, the next level beside or under the one before, with what is new marked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts
from kwartier.tui.screens import ladder_lines as lines
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.widgets.finding import Findable, FindBox
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.analysis.ladder import Ladder
    from kwartier.workspace import Workspace


class LadderScreen(Screen[None], Guarded):
    """The ladder of a record (with its own level), or of an instrument as it is now."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("ladder")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (an attribute of an instance in Textual)
    DEFAULT_CSS = """
    LadderScreen {
        #item { height: auto; padding: 0 2; border-bottom: solid $panel; }
        #scroll { height: 1fr; }
        #rungs { height: auto; layout: vertical; }
        .rung { height: auto; padding: 0 2 1 2; width: 100%; }
        .rung.-own { border-left: thick $primary; }
        #absent { height: auto; padding: 0 2; }
        #compared { display: none; padding: 0 2; height: auto; max-width: 110; }
        &.-wide #rungs { layout: horizontal; }
        &.-wide .rung { width: 1fr; min-width: 20; padding: 0 1; border-left: solid $panel; }
        &.-wide .rung.-own { border-left: thick $primary; }
        &.-comparing #compared { display: block; }
        &.-comparing #rungs, &.-comparing #item, &.-comparing #absent { display: none; }
        .rung.-unused { display: none; }
    }
    """

    def __init__(
        self, workspace: Workspace, found: Ladder, title: str, *, ref: str, instrument: str, item: str
    ) -> None:
        super().__init__()
        self._workspace, self._found, self._title = workspace, found, title
        self._ref, self._instrument = ref, instrument
        places = [place for place, one in enumerate(found.items) if one.item == item]
        self._at = places[0] if places else 0

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("", id="item")
        with VerticalScroll(id="scroll", can_focus=True):
            with Container(id="rungs"):
                for _ in self._found.values:
                    yield Static("", classes="rung")
            yield Static("", id="absent")
            yield Static("", id="compared")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()
        self._draw()

    def _draw(self) -> None:
        comparing = self.has_class("-comparing")
        where = "vergelijken" if comparing else f"item {self._at + 1} van {len(self._found.items)}"
        self.query_one(Heading).draw([self._title, "Ladder"], where=where)
        if comparing or not self._found.items:
            return
        one = self._found.items[self._at]
        self.query_one("#item", Static).update(lines.head(one))
        for place, static in enumerate(self.query(".rung").results(Static)):
            used = place < len(one.rungs)
            static.set_class(not used, "-unused")
            if used:
                static.update(lines.rung(one.rungs[place], self._found.here))
                static.set_class(bool(set(one.rungs[place].values) & set(self._found.here)), "-own")
        self.query_one("#absent", Static).update(lines.absent(self._found, one))
        self.query_one("#scroll").scroll_home(animate=False)

    def _show(self, place: int) -> None:
        self.remove_class("-comparing")
        self._at = place % len(self._found.items)
        self._draw()

    # -- keys

    def action_next_item(self) -> None:
        """To the next item; after the last the first."""
        self._show(self._at + 1)

    def action_previous_item(self) -> None:
        """To the item before."""
        self._show(self._at - 1)

    def action_go_to(self) -> None:
        """To an item by its number or title."""
        known = [
            Findable(str(place), one.item, one.title, tuple(rung.text for rung in one.rungs))
            for place, one in enumerate(self._found.items)
        ]

        def gone(place: str | None) -> None:
            if place is not None:
                self._show(int(place))

        self.app.push_screen(FindBox("Ga naar item", known), gone)

    def action_compare(self) -> None:
        """Chooses two levels, and shows what is the same, changed, new and gone."""

        def answered(ends: tuple[str, str] | None) -> None:
            if ends is not None:
                begin(self, lambda: self._compare(*ends), group="comparing", exclusive=True)

        self.app.push_screen(TwoLevels(self._found, fixed=bool(self._ref)), answered)

    async def _compare(self, lower: str, upper: str) -> None:
        if self._ref and lower in map(str, self._found.here):
            steps = await asyncio.to_thread(self._workspace.ladder_steps_of, self._ref, upper)
        else:
            steps = await asyncio.to_thread(self._workspace.ladder_steps, self._instrument, lower, upper)
        told = lines.compared(steps, lower, upper, self._found.parameter)
        self.query_one("#compared", Static).update(told)
        self.add_class("-comparing")
        self._draw()
        self.query_one("#scroll").scroll_home(animate=False)

    def action_back(self) -> None:
        """From the comparison to the item, and back to where one came from."""
        if self.has_class("-comparing"):
            self._show(self._at)
        else:
            self.dismiss(None)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Ladder", "bold"),
            "\n\nHoe een item over de niveaus groeit. Gelijke teksten staan samen. Wat nieuw is tegenover het niveau "
            "eronder staat vet en onderstreept tussen ‹ en ›; bij ◆ staat het niveau van dit portfolio. De ladder zegt "
            "wat er gevraagd wordt, niet hoe goed iemand het doet: ervaring zelf laat zich niet in een niveau zetten.",
        )


class TwoLevels(FormDialog[tuple[str, str]]):
    """Two levels to compare. In a portfolio one begins at its own."""

    OK = "Vergelijken"
    LABEL = 10

    def __init__(self, found: Ladder, *, fixed: bool) -> None:
        values = [str(one) for one in found.values]
        own = str(found.here[0]) if found.here else values[0]
        at = values.index(own) if own in values else 0
        above = values[at + 1] if at + 1 < len(values) else values[at - 1]
        options = tuple((one, f"{found.parameter} {one}") for one in values)
        begins = tuple(one for one in options if not fixed or one[0] == own)
        super().__init__(
            f"Vergelijken: {found.title}",
            [Field("lower", "Van", own, options=begins), Field("upper", "Naar", above, options=options)],
        )

    async def save(self, values: dict[str, str]) -> tuple[str, str]:
        return values["lower"], values["upper"]


def begin_ladder(
    screen: Screen[Any], workspace: Workspace, *, ref: str = "", instrument: str = "", item: str = ""
) -> None:
    """Reads the ladder of a record, or of an instrument, and shows it; perhaps at an item."""

    async def show() -> None:
        if ref:
            found = await asyncio.to_thread(workspace.ladder_of, ref)
        else:
            found = await asyncio.to_thread(workspace.ladder, instrument)
        id = ref.split("/")[1] if ref else instrument
        header = next((one.header for one in workspace.instruments() if one.id == id), None)
        title = header.short if header else id.upper()
        await screen.app.push_screen(LadderScreen(workspace, found, title, ref=ref, instrument=id, item=item))

    begin(screen, show, group="ladder")
