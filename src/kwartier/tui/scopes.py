"""Which scopes of the table of actions apply now: of the app, the screen that is open, and what has the focus in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

from kwartier.tui.actions import ACTIONS, Action, bindings, of

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen


class Available(NamedTuple):
    """An action that can be done now, and the widget, screen or app that does it."""

    action: Action
    node: DOMNode


@cache
def scopes_of(kind: type[DOMNode]) -> tuple[str, ...]:
    """The scopes of a class: the one that it names, else those of which it binds every key."""
    named = getattr(kind, "scope", None)
    if isinstance(named, str) and of(named):
        return (named,)
    bound = {
        (one.key, one.action)
        for parent in kind.__mro__
        for one in parent.__dict__.get("BINDINGS", ())
        if isinstance(one, Binding)
    }
    whole = [scope for scope in _SCOPES if _keys(scope) and _keys(scope) <= bound]
    return tuple(one for one in whole if not any(_keys(one) < _keys(other) for other in whole))


_SCOPES = tuple(dict.fromkeys(one.scope for one in ACTIONS))


@cache
def _keys(scope: str) -> frozenset[tuple[str, str]]:
    return frozenset((one.key, one.action) for one in bindings(scope) if isinstance(one, Binding))


def available(screen: Screen[object]) -> list[Available]:
    """What can be done now on a screen: what is nearest to the focus first, what works everywhere last."""
    found: list[Available] = []
    denied: set[str] = set()
    for node in _nodes(screen):
        for scope in scopes_of(type(node)):
            for action in of(scope):
                if any(one.action.id == action.id for one in found):
                    continue
                if action.id in denied or not hasattr(node, f"action_{action.id}"):
                    continue
                if screen.app._check_action_state(action.id, node):
                    found.append(Available(action, node))
                else:
                    denied.add(action.id)  # what is nearest knows best: around it the same key only says why not
    return found


def _nodes(screen: Screen[object]) -> Iterator[DOMNode]:
    """From what has the focus outwards; then what else is on the screen, the screen, and the app."""
    seen: set[int] = set()
    focused = screen.focused
    inner = focused.ancestors_with_self if focused is not None else []
    for node in (*inner, *screen.walk_children(), screen, screen.app):
        if node is screen or node is screen.app:
            continue
        if id(node) not in seen and scopes_of(type(node)) and getattr(node, "display", True):
            seen.add(id(node))
            yield node
    yield screen
    yield screen.app
