"""Whether the one table of actions holds together: no two meanings of a key, nothing out of reach, all in Dutch."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict

import pytest
from textual.dom import DOMNode

import kwartier.tui
from kwartier.tui.actions import ACTIONS, INSIDE, SCOPES, Action, is_chord, of
from kwartier.tui.app import KwartierApp
from kwartier.tui.scopes import scopes_of

FORBIDDEN = ("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket", "ctrl+c", "ctrl+v", "ctrl+x")
"""Backspace, tab, enter and escape on a terminal, and what every text does itself."""

ENGLISH = re.compile(r"\b(the|and|with|next|previous|undo|redo|save|search|quit|close|cancel|delete|select)\b", re.I)


def keys(action: Action) -> list[str]:
    return [key for key in action.keys.split(",") if key]


def around(scope: str) -> list[str]:
    """A scope and those whose keys work there too."""
    found = [scope]
    while found[-1] in INSIDE:
        found.append(INSIDE[found[-1]])
        assert len(found) < 10, f"{scope} is inside itself"
    return found


def classes() -> dict[str, set[type[DOMNode]]]:
    """The classes that have a scope."""
    for module in pkgutil.walk_packages(kwartier.tui.__path__, "kwartier.tui."):
        importlib.import_module(module.name)
    found: dict[str, set[type[DOMNode]]] = defaultdict(set)
    todo: list[type[DOMNode]] = [DOMNode]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if kind.__module__.startswith("kwartier.") and "BINDINGS" in kind.__dict__:
            for scope in scopes_of(kind):
                found[scope].add(kind)
    return found


@pytest.mark.parametrize("scope", SCOPES)
def test_no_key_means_two_things_at_once(scope: str) -> None:
    meant: dict[str, str] = {}
    for one in (action for place in around(scope) for action in of(place)):
        for key in keys(one):
            if key == "escape":
                continue  # always one step back: from what is nearest, and then from what is around it
            assert meant.setdefault(key, one.id) == one.id, f"{key} in {scope}"


def test_a_chord_means_one_thing_everywhere() -> None:
    meant: dict[str, tuple[str, str]] = {}
    for one in ACTIONS:
        for key in keys(one):
            if is_chord(key):
                assert meant.setdefault(key, (one.id, one.title)) == (one.id, one.title), f"{key} in {one.scope}"


@pytest.mark.parametrize("one", ACTIONS, ids=lambda one: f"{one.scope}-{one.id}")
def test_every_action_can_be_done_on_every_terminal(one: Action) -> None:
    for key in keys(one):
        assert key not in FORBIDDEN
        assert "shift+" not in key or key.startswith("shift+tab"), f"{key}: many terminals do not tell it"
    only = [key for key in keys(one) if not re.fullmatch(r"f\d+|(alt|super|meta)\+.*", key)]
    assert only or not keys(one), "a function key or alt alone"


@pytest.mark.parametrize("one", ACTIONS, ids=lambda one: f"{one.scope}-{one.id}")
def test_every_action_is_explained_in_dutch(one: Action) -> None:
    assert one.title.strip() and len(one.title) <= 30
    assert one.help.strip().endswith((".", "?")) and one.help[0].isupper()
    assert not ENGLISH.search(f"{one.title} {one.help}")


def test_every_scope_has_a_heading_and_a_place() -> None:
    for one in ACTIONS:
        assert one.scope in SCOPES
    for scope in SCOPES:
        assert around(scope)[-1] == "app", f"{scope} is inside nothing: its keys are not compared with those around it"


def test_an_action_stands_once_in_a_scope() -> None:
    named = [(one.scope, one.id) for one in ACTIONS]
    assert len(named) == len(set(named))


def test_every_action_is_done_by_the_class_of_its_scope() -> None:
    found = classes()
    for one in ACTIONS:
        assert found[one.scope], f"nothing has the keys of {one.scope}"
        for kind in found[one.scope]:
            method = getattr(kind, f"action_{one.id}", None)
            assert callable(method), f"{kind.__name__} cannot do {one.id}"
            assert inspect.getdoc(method), f"{kind.__name__}.action_{one.id} says nothing"


def test_the_app_has_no_keys_of_textual_that_are_not_in_the_table() -> None:
    named = {key for one in of("app") for key in keys(one)}
    # Copying, and saying how to stop, is what Textual does on ctrl+c; tab goes along the fields.
    assert set(KwartierApp._merged_bindings.key_to_bindings) - named == {"ctrl+c", "tab", "shift+tab"}  # type: ignore[union-attr]
