"""From bytes or a tree to the header and the content of an instrument, or to every mistake in them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from .characters import character_flaws
from .checking import check_content, check_header, check_plugin_content
from .conversion import convert
from .mistakes import Flaw, Mistaken, Tree, placed, shown
from .model import API, Content, Header
from .parsing import parse_with_source
from .shape import shape_flaws

_T = TypeVar("_T")


def read_header(data: bytes, place: str) -> Header:
    """The header in the bytes of an instrument.toml; raises `Mistaken`. `place` is its path, for messages.

    A header for another version of the API is returned when it can be read, for its id and title; when it cannot,
    only the version is said to be wrong, for its other keys may be right there.
    """
    source, tree = parse_with_source(data, place)
    return header_of(tree, place, source)


def read_content(data: bytes, place: str) -> Content:
    """The content in the bytes of an instrument's content.toml; raises `Mistaken`. `place` is its path."""
    return content_with_tree(data, place)[0]


def content_with_tree(data: bytes, place: str) -> tuple[Content, Tree]:
    """The same, with the tree that it was made of."""
    source, tree = parse_with_source(data, place)
    return typed(tree, Content, check_plugin_content, place, source), tree


def header_of(tree: Mapping[str, Any], place: str, source: str | None = None) -> Header:
    """The header in a parsed tree; raises `Mistaken`, with lines where the text is given too."""
    try:
        return typed(tree, Header, check_header, place, source)
    except Mistaken:
        api = tree.get("api")
        if isinstance(api, bool) or not isinstance(api, int) or api == API:
            raise
        flaw = Flaw(("api",), shown(api), f"{API}, de versie die deze kwartier kent")
        raise Mistaken(place, placed([flaw], tree, source, place)) from None


def content_of(tree: Mapping[str, Any], place: str, source: str | None = None) -> Content:
    """The content in a parsed tree; raises `Mistaken`, with lines where the text is given too."""
    return typed(tree, Content, check_content, place, source)


def typed(
    tree: Mapping[str, Any],
    of: type[_T],
    check: Callable[[_T], list[Flaw]],
    place: str,
    source: str | None = None,
) -> _T:
    """The tree as a value of the type `of` that `check` finds nothing wrong with; raises `Mistaken`."""
    flaws = character_flaws(tree)
    value: _T | None = None
    try:
        value = convert(tree, of)
    except (msgspec.ValidationError, ValueError) as error:  # the latter: a number too long to be written out
        shape = shape_flaws(tree, of)
        flaws += shape or [Flaw((), "iets dat niet past", f"de vorm van het bestand (de lezer zegt: {error})")]
    if value is not None and not flaws:
        flaws = check(value)
    if flaws or value is None:
        raise Mistaken(place, placed(flaws, tree, source, place))
    return value
