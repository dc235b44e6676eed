"""Organisations side by side on one instrument: four figures, distributions, answers, groups, and how it was made.

What the views draw stands in `organisations_compared_views`, what is asked in `_choice`, how it opens in `_opening`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from kwartier.analysis.compared import ENTITLED, SMALLEST_GROUP, Compared
from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings
from kwartier.tui.advice import advice_for
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts, shown
from kwartier.tui.screens import organisations_compared_views as views
from kwartier.tui.screens.compare import only
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.organisations_compared_about import account, behind
from kwartier.tui.screens.organisations_compared_choice import WhichOrganisations
from kwartier.tui.screens.organisations_compared_export import ExportComparison
from kwartier.tui.screens.organisations_compared_told import ToldDialog
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.figure_lines import Figure, FigureLines
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.view_tabs import ViewTabs
from kwartier.tui.working import begin
from kwartier.workspace.comparing import Chosen

if TYPE_CHECKING:
    from kwartier.workspace import Workspace

WIDEST = 110


class OrganisationsComparedScreen(Screen[None], Guarded):
    """One comparison at a time; without names nothing on this screen holds one."""

    scope = "organisations_compared"
    CSS_PATH = "organisations_compared.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("organisations_compared")
    AUTO_FOCUS = None

    def __init__(self, workspace: Workspace, chosen: Chosen, short: str) -> None:
        super().__init__()
        self.workspace, self.chosen, self._short = workspace, chosen, short
        self.compared: Compared | None = None
        self._made: list[tuple[Chosen, Compared]] = []
        self._view = views.MEANS
        self._at_begin = True
        self._drawn: tuple[object, ...] = ()
        self._stop = Event()
        self._reading = False
        self._done = self._of = 0

    def compose(self) -> ComposeResult:
        yield Heading()
        yield ViewTabs()
        yield Static("", id="entitled")
        yield Static("", id="caption")
        yield FigureLines(id="figure")
        yield DocumentView(id="text", widest=WIDEST)
        yield Static("", id="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.lines.focus()
        self._draw()
        self._look()

    def on_unmount(self) -> None:
        self._stop.set()

    @property
    def lines(self) -> FigureLines:
        """The rows of the figure."""
        return self.query_one(FigureLines)

    @property
    def text(self) -> DocumentView:
        """What is read: the account, or why there is nothing."""
        return self.query_one("#text", DocumentView)

    @property
    def hides_names(self) -> bool:
        """Whether no name of an organisation may be on the screen."""
        return not self.chosen.names

    # -- making the comparison

    def choose(self, chosen: Chosen) -> None:
        """Compares something else. What is on the screen goes at once where it holds names that may not be there."""
        self.chosen = chosen
        self.compared = next((compared for one, compared in self._made if one == chosen), None)
        if self.hides_names:
            self.kwartier.untell()
        self._draw()
        if self.compared is None:
            self._look()

    def _look(self) -> None:
        self._stop.set()
        self._stop = Event()
        self._reading, self._done, self._of = True, 0, 0
        begin(self, partial(self._read, self.chosen, self._stop), exclusive=True, group="comparing")

    async def _read(self, chosen: Chosen, stop: Event) -> None:
        def progress(done: int, of: int) -> None:
            self._done, self._of = done, of

        timer = self.set_interval(0.2, self._draw_heading)
        self._draw_heading()
        try:
            made = await asyncio.to_thread(
                partial(self.workspace.compare_organisations, chosen, progress=progress, cancelled=stop.is_set)
            )
        except KwartierError as error:
            if not stop.is_set():
                self._reading = False
                self._draw_heading()
                self._refused(error)
            return
        finally:
            timer.stop()
        if made is not None and not stop.is_set():
            self._reading = False
            self._made.append((chosen, made))
            self.compared = made
            self._draw()

    def _refused(self, error: KwartierError) -> None:
        if error.code == "own-not-compared":
            self.kwartier.tell(
                "De eigen organisatie heeft hierin geen volledige meting; zij is daarom niet gemarkeerd.", warning=True
            )
            self.choose(replace(self.chosen, own=""))
            return
        told = f"{error.message} {advice_for(error)}".strip()
        self._say(f"{told} Met ctrl+e kiest u anders.")
        if error.code == "group-too-small":
            self._ask_entitled(error.message)

    def _ask_entitled(self, message: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.choose(replace(self.chosen, entitled=True))

        text = (
            f"{message}\n\nMag u deze gegevens zien? Dan wordt de groep getoond, en op elk overzicht en in elk bestand "
            "staat dat u bevestigde daartoe bevoegd te zijn."
        )
        title = f"Een groep kleiner dan {SMALLEST_GROUP}"
        self.app.push_screen(Confirm(title, text, yes="Ja, ik ben bevoegd", no="Niet tonen"), answered)

    # -- drawing

    def _draw_heading(self) -> None:
        if not self.is_running or not self.query(Heading):
            return
        where = ""
        if self.compared is not None:
            number = len(self.compared.rows)
            where = f"{number} organisatie{'' if number == 1 else 's'}"
        state = "zonder namen" if self.hides_names else ""
        if self._reading:
            far = f" {self._done} van {self._of}" if self._of else ""
            state = f"wordt gelezen…{far} (esc stopt)"
        self.query_one(Heading).draw(["Organisaties vergelijken", self._short], where=where, state=state)

    def _draw(self) -> None:
        self._draw_heading()
        compared = self.compared
        grouped = compared is not None and bool(compared.grouped_by)
        if self._view == views.GROUPS and compared is not None and not grouped:
            self._view = views.MEANS
        self.query_one(ViewTabs).show(views.WITH_GROUPS if grouped else views.VIEWS, self._view)
        self.set_class(compared is not None and compared.entitled, "-entitled")
        self.query_one("#entitled", Static).update(parts("! ", ENTITLED) if compared and compared.entitled else "")
        if compared is None:
            self._say("De metingen worden gelezen…")
        elif self._view == views.ACCOUNT:
            self._show_text(partial(account, compared))
        else:
            self._show_figure(compared)
        self.refresh_bindings()

    def _say(self, text: str) -> None:
        """A message instead of a figure."""
        self._show_text(lambda width: only(text, width))

    def _show_text(self, layout: Callable[[int], object]) -> None:
        self.lines.show(Figure(""))
        self.query_one("#caption", Static).update("")
        self.query_one("#detail", Static).update("")
        self.add_class("-text")
        self.text.show(layout)  # type: ignore[arg-type]
        self.text.go_to_line(0)
        self.text.focus()
        self._drawn = ()

    def _show_figure(self, compared: Compared) -> None:
        figure = views.figure(self._view, compared, at_begin=self._begin_shown)
        self.set_class(figure.head is None, "-headless")
        told = parts((figure.caption, "bold"), f"\n{figure.legend}") if figure.legend else shown(figure.caption, "bold")
        self.query_one("#caption", Static).update(told)
        self.remove_class("-text")
        drawn = (self._view, self._begin_shown, self.chosen.names, self.chosen.instrument)
        own = next((f"row:{n}" for n, row in enumerate(compared.rows) if row.own), "")
        self.lines.show(figure, self.lines.chosen if drawn == self._drawn else own)
        self._drawn = drawn
        self.lines.focus()
        self._draw_detail()

    @property
    def _begin_shown(self) -> bool:
        """Whether the first figure is of the begin: so at first where there is one, as the four belong together."""
        return views.has_begin(self.compared) and self._at_begin

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        self.query_one("#detail", Static).update(self.lines.detail())

    # -- choosing a view

    @on(ViewTabs.Chosen)
    def _tab(self, event: ViewTabs.Chosen) -> None:
        event.stop()
        self.open_view(event.number)

    def open_view(self, view: int) -> None:
        """Shows another view."""
        self._view = view
        self._draw()

    def action_means(self) -> None:
        """The totals."""
        self.open_view(views.MEANS)

    def action_end(self) -> None:
        """The end against the begin."""
        self.open_view(views.END)

    def action_difference(self) -> None:
        """The differences of the organisations."""
        self.open_view(views.DIFFERENCE)

    def action_items(self) -> None:
        """The differences of the items."""
        self.open_view(views.ITEMS)

    def action_spread(self) -> None:
        """How the scores lie."""
        self.open_view(views.SPREAD)

    def action_answers(self) -> None:
        """The answers without order."""
        self.open_view(views.ANSWERS)

    def action_account(self) -> None:
        """How the comparison was made."""
        self.open_view(views.ACCOUNT)

    def action_groups(self) -> None:
        """The groups; where none were asked for, asks which."""
        if self.compared is not None and not self.compared.grouped_by:
            self.kwartier.tell("Er zijn geen groepen gekozen. Met ctrl+e kiest u groepen naar soort of omvang.")
            return
        self.open_view(views.GROUPS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Begin or newest is there where the first figure can be of both."""
        if action == "begin_or_newest":
            return self._view == views.MEANS and views.has_begin(self.compared)
        if action in ("open", "write"):
            return self.compared is not None and (action == "write" or self._view != views.ACCOUNT)
        return True

    def action_begin_or_newest(self) -> None:
        """The totals at the begin, or of the newest records."""
        self._at_begin = not self._begin_shown
        self.open_view(views.MEANS)

    # -- other keys

    def action_open(self) -> None:
        """Who or how many are behind the row that is pointed at."""
        self.lines.open()

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        found = behind(self.compared, self.lines.chosen) if self.compared else None
        if found is not None:
            self.app.push_screen(ToldDialog(*found))

    def action_names(self) -> None:
        """Names off, for who looks along; and on again."""
        self.choose(replace(self.chosen, names=not self.chosen.names))

    async def action_compare(self) -> None:
        """Asks which organisations, in which groups, which one is one's own."""

        def answered(chosen: Chosen | None) -> None:
            if chosen is not None and chosen != self.chosen:
                self.choose(chosen)

        organisations = await asyncio.to_thread(self.workspace.organisations)
        self.app.push_screen(WhichOrganisations(self.workspace, self.chosen, organisations), answered)

    async def action_other_instrument(self) -> None:
        """Compares on another instrument."""
        from kwartier.tui.screens.organisations_compared_opening import ask_instrument

        await ask_instrument(self.kwartier, self.chosen.own, self.take_instrument)

    def take_instrument(self, instrument: str, short: str) -> None:
        """Goes on with another instrument; what was chosen of this one does not fit that one."""
        self._short = short
        old = self.chosen
        self.choose(Chosen(instrument=instrument, own=old.own, names=old.names))

    def action_look_again(self) -> None:
        """Reads everything again."""
        self._made.clear()
        self.choose(self.chosen)

    def action_write(self) -> None:
        """Writes the comparison to a file."""
        if self.compared is None:
            return

        def answered(path: str | None) -> None:
            if path:
                self.kwartier.tell(f"Geschreven: {path}")

        self.app.push_screen(ExportComparison(self.workspace, self.chosen, self.compared), answered)

    def action_back(self) -> None:
        """Stops reading; where nothing is being read, back to where this was opened."""
        if self._reading:
            self._stop.set()
            self._reading = False
            # Never to one with names where they were just put off.
            former = [one for one, _ in self._made if one.names == self.chosen.names]
            if former:
                self.choose(former[-1])
                return
        self.dismiss(None)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Organisaties naast elkaar op één instrument", "bold"),
            "\n\nVan elke organisatie telt de nieuwste volledige meting. De cijfers 1 tot en met 7 wisselen van beeld: "
            "gemiddelde, eind tegen begin, verschil per organisatie en per item, de verdeling per item, antwoorden "
            "zonder volgorde, en hoe het gemaakt is. Met 8 ziet u groepen, als u die met ctrl+e koos.\n\n"
            "◆ is de eigen organisatie. Een ! staat naast een getal dat anders gedrukt is dan uit de items volgt. "
            "Enter toont wie er achter een regel staat; zonder namen (n) hoeveel.\n\n"
            f"Groepen kleiner dan {SMALLEST_GROUP} ziet u alleen als u bevestigt bevoegd te zijn. Dit is geen "
            "ranglijst: een laag getal is een vraag om naar te kijken, geen oordeel.",
        )
