"""What a dialog says of itself on F1: what it wants, and the keys that work in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, TextArea

from kwartier.tui.actions import shown as key_shown
from kwartier.tui.safe import Part, parts

if TYPE_CHECKING:
    from kwartier.tui.screens.dialogs import Dialog

OF_WIDGETS: tuple[tuple[type[Widget], str, str], ...] = (
    (OptionList, "↑ ↓, enter", "aanwijzen en kiezen"),
    (Button, "tab, enter", "naar een knop en die indrukken"),
    (Input, "tab", "naar het volgende veld"),
    (TextArea, "tab", "naar het volgende veld"),
)
"""What a kind of widget does by itself."""


def told(dialog: Dialog[Any]) -> Content:
    """What the dialog wants and its keys."""
    pieces: list[Part | Content] = [f"{dialog.help_text}\n\n"] if dialog.help_text else []
    keys = dict(_own_keys(dialog))
    for kind, key, words in OF_WIDGETS:
        if key not in keys and dialog.query(kind):
            keys[key] = words
    for key, words in keys.items():
        pieces += [(f"{key:<14}", "bold"), f"{words}\n"]
    return parts(*pieces).rstrip()


def _own_keys(dialog: Dialog[Any]) -> Iterator[tuple[str, str]]:
    """The keys that the dialog, and what has the focus in it, have in kwartier: Textual's own are told by widget."""
    focused = dialog.focused
    for node in [*(focused.ancestors_with_self if focused is not None else [dialog])]:
        for kind in type(node).__mro__:
            if not kind.__module__.startswith("kwartier.") or node is dialog.app:
                continue
            for one in kind.__dict__.get("BINDINGS", ()):
                if isinstance(one, Binding) and one.description:
                    yield ", ".join(key_shown(key) for key in one.key.split(",")), one.description
