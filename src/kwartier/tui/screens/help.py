"""The help: what the screen is for and what to do there, its keys, and one key further all keys of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kwartier.tui.actions import ACTIONS, SCOPES, Action, bindings, of
from kwartier.tui.actions import shown as key_shown
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown
from kwartier.tui.scopes import available, scopes_of
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading

if TYPE_CHECKING:
    from kwartier.tui.scopes import Available

ABOUT: dict[str, str] = {
    "measurement": "Een stap van de meting. Esc brengt u naar de andere stappen. Wat u typt, wordt vanzelf bewaard.",
    "instruments": "Hier staan de geïnstalleerde instrumenten. Bij een instrument dat het niet doet, staat waarom "
    "en wat u kunt doen. Wat er eerder mee is ingevuld, blijft leesbaar.",
    "settings": "Hier kiest u de map met uw gegevens, de kleuren en de tijd voor een interview. Een keuze geldt meteen "
    "en wordt meteen bewaard.",
}
"""What a screen is for, and what to do now: per scope, where the screen itself does not tell."""

MOVING: tuple[tuple[str, str], ...] = (
    ("tab, shift+tab", "Naar het volgende of het vorige veld."),
    ("pijlen, pgup, pgdn", "Bewegen in een lijst of tekst."),
    ("enter", "Openen of kiezen wat is aangewezen. De muis kan dit ook."),
    ("shift+pijlen", "Een stuk tekst aanwijzen, net als slepen met de muis."),
    ("ctrl+c, ctrl+x, ctrl+v", "Kopiëren, knippen en plakken."),
)
"""Keys that every list and every text has by itself."""


class HelpScreen(Screen[None], Guarded):
    """The help for the screen that was open."""

    scope = "help"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    DEFAULT_CSS = """
    HelpScreen VerticalScroll { padding: 1 2; }
    HelpScreen #text { max-width: 100; }
    HelpScreen .group { margin-top: 1; text-style: bold; color: $text-accent; }
    HelpScreen .keys { max-width: 110; }
    """

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = help_of(about)
        self._more = more_of(about)
        self._here = groups(available(about))
        self._all = False

    def compose(self) -> ComposeResult:
        yield Heading()
        with VerticalScroll(id="help", can_focus=True):
            yield Static(self._about, id="text")
            for heading, actions in self._here:
                yield Static(shown(heading), classes="group here")
                yield Static(key_table(actions), classes="keys here")
            if self._more.plain.strip():
                yield Static("Uitleg", classes="group here more")
                yield Static(self._more, classes="here more")
            for heading, actions in every_group():
                yield Static(shown(heading), classes="group all")
                yield Static(key_table(actions), classes="keys all")
            yield Static("In lijsten en teksten", classes="group")
            yield Static(moving_table(), classes="keys")
        yield Footer()

    def on_mount(self) -> None:
        self._draw()
        self.query_one("#help").focus()

    def _draw(self) -> None:
        self.query_one(Heading).draw(["Hulp", "alle toetsen" if self._all else "dit scherm"])
        self.query("#text, .here").set(display=not self._all)
        self.query(".all").set(display=self._all)
        self.query_one("#help").scroll_home(animate=False)

    def show_all(self) -> None:
        """Shows the keys of every screen."""
        self._all = True
        self._draw()

    def action_all_keys(self) -> None:
        """All keys, or those of this screen again."""
        self._all = not self._all
        self._draw()

    def action_back(self) -> None:
        """Back to the screen that was open."""
        self.dismiss()


def help_of(screen: Screen[object]) -> Content:
    """What a screen is for and what to do now: as it tells itself, else as stands here for its scope."""
    told = getattr(screen, "help_text", None)
    own = told() if told is not None else None
    general = next((ABOUT[scope] for scope in scopes_of(type(screen)) if scope in ABOUT), "")
    if not isinstance(own, Content) or not own.plain.strip():
        return shown(general or "Dit is wat u hier met toetsen kunt doen; met de muis kan alles ook.")
    return Content("\n").join([own, shown(general)]) if "measurement" in scopes_of(type(screen)) else own


def more_of(screen: Screen[object]) -> Content:
    """The longer text that a screen has to read, which comes after the keys."""
    told = getattr(screen, "help_more", None)
    more = told() if told is not None else None
    return more if isinstance(more, Content) else Content("")


def groups(here: list[Available]) -> list[tuple[str, list[Action]]]:
    """The actions of here by their scope, with the heading of each; a key that is an answer here is none of theirs."""
    found: dict[str, list[Action]] = {}
    taken = {key for one in here if (told := getattr(one.node, "answer_keys", None)) is not None for key in told()}
    for one in here:
        left = [key for key in one.action.keys.split(",") if key not in taken]
        found.setdefault(one.action.scope, []).append(one.action._replace(keys=",".join(left)))
    return [(SCOPES.get(scope, scope), actions) for scope, actions in found.items()]


def every_group() -> list[tuple[str, list[Action]]]:
    """All actions by their scope, in the order of the table."""
    return [(SCOPES.get(scope, scope), of(scope)) for scope in dict.fromkeys(one.scope for one in ACTIONS)]


def key_table(actions: list[Action]) -> Table:
    """Keys, names and what they do, wrapped where they have to be. What has no key is in the palette."""
    table = _table(14, 20)
    for one in actions:
        keys = ", ".join(key_shown(key) for key in one.keys.split(",") if key) or "in ctrl+p"
        table.add_row(Text(keys, "bold"), Text(one.title), Text(one.help))
    return table


def moving_table() -> Table:
    """The same for what lists and texts do by themselves."""
    table = _table(22)
    for keys, words in MOVING:
        table.add_row(Text(keys, "bold"), Text(words))
    return table


def _table(*widths: int) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    for width in widths:
        table.add_column(width=width)
    table.add_column(ratio=1)
    return table
