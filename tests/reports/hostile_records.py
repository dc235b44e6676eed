"""A demo of every instrument in which each text that somebody typed was replaced by a hostile one, with a mark."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import tomli_w
from tests.reports.everything import HOSTILE, LONG

from kwartier.plugins.installed import points_of
from kwartier.workspace import Workspace

DAY = date(2028, 12, 7)
TYPED = frozenset(
    {"text", "note", "reason", "name", "title", "handled", "team", "setting", "place", "link", "motivation"}
)
"""The keys of a file under which somebody typed running text, in whatever table they stand."""
TEXTS = tuple(one for one in HOSTILE if one != LONG and not any("\ud800" <= char <= "\udfff" for char in one))
"""What a file of text can hold: no lone surrogates."""


class Poured(NamedTuple):
    """Where a hostile text came in."""

    mark: str
    path: str
    "Of the file, within the organisation."
    key: str
    "The tables that lead to it, without their numbers, and its own."
    text: str


def hostile_demo(folder: Path) -> list[Poured]:
    """Makes the demos in a folder and pours hostile texts in; what came where."""
    with Workspace.open(folder, random=Random(7)) as ws:
        for point in sorted(points_of("kwartier.demos"), key=lambda one: one.name):
            point.load()(ws, DAY)
    poured: list[Poured] = []
    for path in sorted((folder / "organisations").rglob("*.toml")):
        if path.name == "verslag.toml":
            continue  # kwartier writes that itself
        tree = tomllib.loads(path.read_text("utf-8"))
        below = path.relative_to(folder / "organisations").as_posix()
        changed = _poured(tree, below, "", poured)
        path.write_bytes(tomli_w.dumps(changed).encode())
    return poured


def _poured(tree: Any, path: str, key: str, poured: list[Poured]) -> Any:
    if isinstance(tree, dict):
        return {name: _poured(one, path, f"{key}.{name}".lstrip("."), poured) for name, one in tree.items()}
    if isinstance(tree, list):
        return [_poured(one, path, key, poured) for one in tree]
    if not isinstance(tree, str) or not tree.strip() or key.rpartition(".")[2] not in TYPED:
        return tree
    mark = f"merk{len(poured)}merk"
    text = f"{TEXTS[len(poured) % len(TEXTS)]} {mark}"
    poured.append(Poured(mark, path, key, text))
    return text


def of(poured: list[Poured], *parts: str) -> Iterator[Poured]:
    """What came into the files of which the path has one of these in it."""
    return (one for one in poured if any(part in one.path for part in parts))
