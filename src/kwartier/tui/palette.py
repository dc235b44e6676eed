"""The palette (ctrl+p): every action that works on the present screen, and every organisation, found by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from kwartier.errors import KwartierError
from kwartier.text import one_line
from kwartier.tui.actions import shown as key_shown
from kwartier.tui.dutch import NOTHING_FOUND, PALETTE_PLACEHOLDER
from kwartier.tui.safe import line, parts
from kwartier.tui.scopes import available

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.tui.screens.measurement import MeasurementScreen

WIDTH = 70
"""Cells of a title at most."""


class Entry(NamedTuple):
    """A line of the palette."""

    title: str
    help: str
    do: Callable[[], Coroutine[Any, Any, object]]
    keys: str = ""


class ActionProvider(Provider):
    """What can be done here, nearest first; and, once something is typed, where one can go."""

    async def startup(self) -> None:
        self._actions = list(self._of_actions())
        self._places = list(self._of_places())

    async def discover(self) -> Hits:
        for entry in self._actions:
            yield DiscoveryHit(_prompt(entry), entry.do, text=entry.title, help=line(entry.help, WIDTH))  # type: ignore[arg-type]

    async def search(self, query: str) -> Hits:
        for number, entry in enumerate((*self._actions, *self._places)):
            if found := match(query, entry.title, entry.help):
                score, spans = found
                prompt = _prompt(entry)
                for start, end in spans:
                    prompt = prompt.stylize(self.match_style or "bold underline", start, end)
                yield Hit(score - number / 1e6, prompt, entry.do, text=entry.title, help=line(entry.help, WIDTH))  # type: ignore[arg-type]

    @property
    def _kwartier(self) -> KwartierApp:
        from kwartier.tui.app import KwartierApp

        assert isinstance(self.app, KwartierApp)
        return self.app

    def _of_actions(self) -> Iterator[Entry]:
        for action, node in available(self.screen):
            if action.id != "command_palette":
                keys = ", ".join(key_shown(key) for key in action.keys.split(",") if key)
                do = partial(self.app.run_action, action.id, node)
                yield Entry(action.title[:1].upper() + action.title[1:], action.help, do, keys)

    def _of_places(self) -> Iterator[Entry]:
        """From what the start screen knows already; nothing is read for it."""
        if self.screen.is_modal or getattr(self.screen, "hides_names", False):
            return
        yield from self._of_steps()
        from kwartier.workspace.overview import glimpse

        known = glimpse(self._kwartier.folder, 0)
        for one in known.organisations if known else ():
            help = f"Open deze organisatie ({one.slug})."
            yield Entry(f"Ga naar {one_line(one.name, 60)}", help, partial(self._go_to, one.slug))

    def _of_steps(self) -> Iterator[Entry]:
        """The steps of the measurement that is open."""
        from kwartier.tui.screens.measurement import MeasurementScreen

        screen = self.screen
        if isinstance(screen, MeasurementScreen):
            for one in screen.desk.states():
                detail = one.detail or one.status.word
                yield Entry(
                    f"Ga naar stap {one_line(one.title, 56)}",
                    f"Deze stap van de meting: {detail}.",
                    partial(self._open_step, screen, one.id),
                )

    async def _open_step(self, screen: MeasurementScreen, step: str) -> None:
        try:
            await screen.open_step(step)
        except KwartierError as error:
            self._kwartier.refuse(error)

    async def _go_to(self, slug: str) -> None:
        from kwartier.tui.screens.organisation import OrganisationScreen

        app = self._kwartier
        try:
            await app.push_screen(OrganisationScreen(await app.workspace(), slug))
        except KwartierError as error:
            app.refuse(error)


def _prompt(entry: Entry) -> Content:
    title = line(entry.title, WIDTH)
    return parts(title, (f"  {entry.keys}", "$text-accent")) if entry.keys else title


def match(query: str, title: str, help: str = "") -> tuple[float, list[tuple[int, int]]] | None:
    """How well a title (or its help) holds every word of a query, from 0 to 1, and where; None where it does not.

    Plain words, no letters spread over the title: what is found can be seen, and a long name costs nothing.
    """
    folded, more = title.lower(), help.lower()
    if len(folded) != len(title):
        folded = title  # a letter that becomes two in lower case: places would be wrong
    score, spans = 0.0, []
    words = query.lower().split()
    for word in words:
        place = folded.find(word)
        starts = re.search(rf"(?<!\w){re.escape(word)}", folded)
        if starts:
            place = starts.start()
        if place >= 0:
            spans.append((place, place + len(word)))
            score += 1.0 if place == 0 else 0.8 if starts else 0.5
        elif word in more:
            score += 0.2
        else:
            return None
    return (score / len(words), spans) if words else None


class Palette(CommandPalette):
    """Textual's palette in Dutch. Nothing of Textual's own is in it."""

    DEFAULT_CSS = """
    Palette > .command-palette--help-text { color: $text-muted; text-style: not bold; }
    Palette > .command-palette--highlight { text-style: bold underline; }
    Palette SearchIcon { display: none; }
    Palette CommandInput { margin-left: 2; }
    Palette > Vertical { background: $surface; }
    Palette #--input { border: hkey $border; background: $surface; }
    Palette #--input.--list-visible { border-bottom: none; }
    Palette CommandList { border-bottom: hkey $border; background: $surface; }
    Palette CommandList > .option-list--option-highlighted {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """

    def __init__(self) -> None:
        super().__init__(providers=[ActionProvider], placeholder=PALETTE_PLACEHOLDER, id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        if search_value:
            self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, self._tell_nothing_found)
        else:
            self._list_visible = False

    def _tell_nothing_found(self) -> None:
        self.query_one(CommandList).add_option(Option(Content(NOTHING_FOUND), disabled=True, id=self._NO_MATCHES))
        self._list_visible = True
