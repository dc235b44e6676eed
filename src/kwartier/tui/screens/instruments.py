"""The installed instruments: how it is with each, where it comes from, what to do where it does not work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kwartier.errors import KwartierError, Misused
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.question_list import begin_blank
from kwartier.tui.screens.wording import begin_dropping, begin_new, begin_using
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.workspace.successors import beginning_words

if TYPE_CHECKING:
    from kwartier.instrument.model import Publication
    from kwartier.workspace import Listing, Workspace

SIGNS = {"ready": "✓", "active": "✓", "disabled": "–", "incompatible": "!", "broken": "!"}
SUBJECTS = {"organisation": "een organisatie", "student": "een student", "workplace": "een praktijkleerplek"}
NONE = (
    "Er zijn geen instrumenten geïnstalleerd. kwartier zelf bevat er geen: installeer er een in dezelfde omgeving, en "
    "start kwartier daarna opnieuw."
)


class InstrumentsScreen(Screen[None], Guarded):
    """A list with what is known of the instrument that is pointed at."""

    scope = "instruments"
    BINDINGS: ClassVar[list[BindingType]] = bindings("instruments")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (an attribute of an instance in Textual)
    DEFAULT_CSS = """
    InstrumentsScreen #both { layout: vertical; height: 1fr; }
    InstrumentsScreen #list { height: auto; max-height: 9; }
    InstrumentsScreen #about { height: 1fr; padding: 0 2; }
    InstrumentsScreen #detail { max-width: 100; }
    InstrumentsScreen.-wide #both { layout: horizontal; }
    InstrumentsScreen.-wide #list { width: 44; height: 1fr; max-height: 100%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._listings: list[Listing] = []

    def compose(self) -> ComposeResult:
        yield Heading()
        with Container(id="both"):
            yield OptionList(id="list")
            with VerticalScroll(id="about", can_focus=True):
                yield Static("De instrumenten worden nagekeken…", id="detail")
        yield Footer()

    async def on_mount(self) -> None:
        self._head("nakijken…")
        self.query_one("#list").focus()
        workspace = await self.kwartier.workspace()
        self._show(workspace.instruments())
        self._head("nakijken…")
        self._look(workspace)

    @work(thread=True, exclusive=True, group="instruments")
    def _look(self, workspace: Workspace) -> None:
        """Loads every instrument, off the screen's thread: only then is it known for sure whether it works."""
        try:
            workspace.load_instruments()
            found = workspace.instruments()
        except KwartierError as error:
            self.app.call_from_thread(self.kwartier.refuse, error)
            return
        self.app.call_from_thread(self._show, found)

    def _head(self, state: str) -> None:
        self.query_one(Heading).draw(["Instrumenten"], where=state)

    def _show(self, listings: list[Listing]) -> None:
        if not self.is_attached:
            return
        options = self.query_one("#list", OptionList)
        at = options.highlighted
        self._listings = listings
        options.clear_options()
        options.add_options([Option(_row(one)) for one in listings])
        options.highlighted = min(at or 0, len(listings) - 1) if listings else None
        ready = sum(one.usable for one in listings)
        self._head(f"{ready} van {len(listings)} te gebruiken")
        if listings:
            self._tell(options.highlighted or 0)
        else:
            self.query_one("#detail", Static).update(shown(NONE))

    @on(OptionList.OptionHighlighted)
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index < len(self._listings):
            self._tell(event.option_index)

    def _tell(self, number: int) -> None:
        self.query_one("#detail", Static).update(detail(self._listings[number], self._listings))
        self.query_one("#about").scroll_home(animate=False)

    def _chosen(self) -> str:
        at = self.query_one("#list", OptionList).highlighted
        if at is None or at >= len(self._listings):
            raise Misused("no-instrument", "Wijs eerst een instrument aan.")
        return self._listings[at].id

    def action_new_wording(self) -> None:
        """A file for the official wording, to fill in."""
        begin_new(self.kwartier, self._chosen())

    def action_use_wording(self) -> None:
        """Uses such a file from now on."""
        begin_using(self.kwartier)

    async def action_question_list(self) -> None:
        """A blank list of what this instrument asks, as a file."""
        await begin_blank(self.kwartier, self._chosen())

    async def action_ladder(self) -> None:
        """How the items of this instrument grow over the levels."""
        from kwartier.tui.screens.ladder import begin_ladder

        begin_ladder(self, await self.kwartier.workspace(), instrument=self._chosen())

    async def action_programmes(self) -> None:
        """The programmes that lie over an instrument."""
        await self.kwartier.action_programmes()

    def action_drop_wording(self) -> None:
        """Goes back to the wording of kwartier."""
        begin_dropping(self.kwartier, self._chosen())

    def action_back(self) -> None:
        """Back to the screen that was open."""
        self.dismiss()


def _row(one: Listing) -> Content:
    title = one.header.short if one.header else one.id
    words = f"{one.state.word}, {one.header.edition}" if one.header else one.state.word
    return parts(f"{SIGNS[one.state.value]} ", line(title, 34, "bold"), "\n    ", line(words, 34, "$text-muted"))


def detail(one: Listing, others: Sequence[Listing] = ()) -> Content:
    """All that is known of an instrument; `others` are all that are installed."""
    header = one.header
    pieces: list[Content | str | tuple[str, str]] = [(header.title if header else one.id, "bold"), "\n"]
    if header and header.summary:
        pieces += [header.summary, "\n"]
    if header and (said := beginning_words(header, others)):
        pieces += [said, "\n"]
    pieces += ["\n", ("Hoe het ermee staat: ", "bold"), one.state.word, "\n"]
    if one.reason:
        pieces += [("Reden: ", "bold"), one.reason, "\n"]
    if one.advice:
        pieces += [("Wat u kunt doen: ", "bold"), one.advice, "\n"]
    if not one.usable:
        pieces += ["Wat er eerder mee is ingevuld, blijft leesbaar.\n"]
    pieces += ["\n", ("Naam in opdrachten: ", "bold"), one.id, "\n"]
    if header:
        pieces += [("Uitgave: ", "bold"), header.edition, "\n"]
        pieces += [("Gaat over: ", "bold"), SUBJECTS[header.subject], "\n"]
    pieces += [("Pakket: ", "bold"), f"{one.distribution} {one.version}", "\n"]
    if header:
        pieces += ["\n", *_publication(header.publication)]
    return parts(*pieces)


def _publication(told: Publication) -> list[str | tuple[str, str]]:
    """Where an instrument comes from, and whose it is."""
    by = ", ".join(told.authors)
    where = ", ".join(str(one) for one in (told.publisher, told.year, told.number) if one)
    source = ". ".join(one for one in (by, told.title, where) if one)
    return [("Publicatie: ", "bold"), source, "\n", ("Rechten: ", "bold"), told.rights, "\n"]
