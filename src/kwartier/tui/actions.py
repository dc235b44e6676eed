"""Every action of the app, once: its keys, its Dutch words and where it works. Keys, footer, palette and help read it.

A chord (ctrl with a letter) means one thing everywhere and works while somebody types; a single letter belongs to the
scope that has the focus and never to a text. Nothing here needs a function key or alt alone.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """Something a user can do. The method `action_<id>` of the widget or screen with this scope does it."""

    id: str
    keys: str
    title: str
    "As in the footer and the palette."
    help: str
    "One sentence for the help screen."
    scope: str
    footer: bool = True


SCOPES: dict[str, str] = {
    # scope: heading in the help
    "app": "Overal",
    "start": "Beginscherm",
    "organisation": "Organisatie",
    "measurement": "Een meting",
}
"""Where actions work. A pane adds its own scope under `measurement`."""

INSIDE: dict[str, str] = {"start": "app", "organisation": "app", "measurement": "app"}
"""Scope to the scope around it, whose keys work there too."""

ACTIONS: tuple[Action, ...] = (
    # -- everywhere
    Action("help", "f1,question_mark", "hulp", "Uitleg bij dit scherm en alle toetsen.", "app"),
    Action("command_palette", "ctrl+p", "opdrachten", "Zoek een opdracht op naam.", "app"),
    Action("undo", "ctrl+z", "ongedaan maken", "Neem de laatste wijziging terug.", "app", footer=False),
    Action("redo", "ctrl+y", "opnieuw", "Doe opnieuw wat u ongedaan maakte.", "app", footer=False),
    Action(
        "instruments", "", "Instrumenten", "Welke instrumenten er zijn en hoe het ermee staat.", "app", footer=False
    ),
    Action("settings", "", "Instellingen", "Datamap, kleuren en tijd voor een interview.", "app", footer=False),
    Action("leave", "ctrl+q", "afsluiten", "Sluit kwartier af; alles is dan bewaard.", "app", footer=False),
    # -- an open measurement
    Action(
        "back",
        "escape",
        "terug",
        "Eén stap terug: van het werk naar de stappen, en dan naar de organisatie.",
        "measurement",
    ),
    Action("next_step", "ctrl+pagedown,f8", "volgende stap", "Naar de volgende stap.", "measurement", footer=False),
    Action("previous_step", "ctrl+pageup,f7", "vorige stap", "Naar de vorige stap.", "measurement", footer=False),
    Action("show_aside", "ctrl+d", "uitleg", "Toon of verberg de uitleg naast het werk.", "measurement"),
    Action(
        "change_person",
        "ctrl+r",
        "wissel van persoon",
        "Iemand anders gaat achter het toetsenbord zitten.",
        "measurement",
        footer=False,
    ),
)


def of(scope: str) -> list[Action]:
    """The actions of one scope, in order."""
    return [one for one in ACTIONS if one.scope == scope]


def is_chord(key: str) -> bool:
    """Whether a key also works while somebody types: everything but a bare letter, sign or key for moving."""
    return (key.startswith("ctrl+") and key not in _MOVES) or key in ("f1", "f7", "f8")


_MOVES = ("ctrl+home", "ctrl+end", "ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down")


def bindings(scope: str) -> list[BindingType]:
    """What Textual needs to know of the actions of a scope."""
    return [
        Binding(key, one.id, one.title, show=one.footer and number == 0, priority=is_chord(key), key_display=shown(key))
        for one in of(scope)
        for number, key in enumerate(filter(None, one.keys.split(",")))
    ]


_KEYS = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "space": "spatie",
    "enter": "enter",
    "escape": "esc",
    "insert": "ins",
    "delete": "del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "backspace": "backspace",
    "tab": "tab",
    "f1": "F1",
}


def shown(key: str) -> str:
    """A key as users know it: ctrl+n, F1, spatie."""
    start, plus, last = key.rpartition("+")
    return f"{start}{plus}{_KEYS.get(last, last)}" if start else _KEYS.get(key, key)
