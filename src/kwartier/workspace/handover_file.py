"""The file in which somebody works apart, there and back: what it holds, and opening it without trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kwartier.errors import Unreadable
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA, Viewed, view
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.workspace import along, bundle
from kwartier.workspace.locking import is_locked, unlock
from kwartier.workspace.outside import is_folder, read

GIVEN = "handover"
RETURNED = "return"
TREE = "handover.toml"
"""The file itself within a bundle."""


class HandoverFile(Viewed, frozen=True, kw_only=True):
    """What every hand-over and return file holds; a file that lacks it was not made by kwartier."""

    schema: int = SCHEMA
    kind: str
    ref: str
    record: str
    organisation: Mapping[str, Any]
    person: str
    name: str
    step: str
    envelope: Mapping[str, Any]
    content: Mapping[str, Any]
    sheet: Mapping[str, Any]
    notes: str = ""
    texts: Mapping[str, Any] = {}
    reading: Mapping[str, Any] = {}
    "What else is read while scoring, by step; it does not come back."
    base: Mapping[str, Any] = {}
    raw: tuple[RawRow, ...] = ()
    subject: Mapping[str, Any] = {}
    "The student that it is about: its code, and the name only where that was asked."
    beside: tuple[RawRow, ...] = ()
    "Sheets of others that this person reads; they do not come back."
    own: tuple[OwnRow, ...] = ()
    "The files of the steps that are this person's own."
    given_own: tuple[OwnRow, ...] = ()
    "The same as they went along, in what comes back."


class RawRow(Viewed, frozen=True, kw_only=True):
    """Somebody's raw notes in a hand-over."""

    step: str
    person: str
    tree: Mapping[str, Any]


class OwnRow(Viewed, frozen=True, kw_only=True):
    """The shared file of a step that is one person's own."""

    step: str
    tree: Mapping[str, Any]


def bare_texts(tree: Tree) -> Tree:
    """The texts of a notes file, without what they were before: that could tell when somebody scored."""
    return {key: value for key, value in tree.items() if key != "earlier"}


def unpack(path: Path, passphrase: str | None) -> tuple[Tree, dict[str, bytes]]:
    """The tree of a hand-over or return file, and the files with it by their name on the disk.

    Raises `Unreadable` where it is none, or was changed.
    """
    data = unlock(read(path, bundle.LIMITS.total), passphrase, str(path))
    inside = bundle.unpack(data, str(path)) if bundle.is_bundle(data) else {TREE: data}
    tree = toml.parse(inside.pop(TREE, b""), str(path))
    if tree.get("kind") not in (GIVEN, RETURNED) or "digest" not in tree:
        raise Unreadable(
            "no-handover",
            "Dit is geen bestand dat kwartier gegeven heeft om apart in te werken.",
            place=str(path),
            advice=(
                "Is het een portfolio dat met een student meekwam: 'kwartier student neem BESTAND'. "
                "Vraag anders om het bestand dat met 'kwartier meting geef' gemaakt is."
            ),
        )
    schema = tree.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise Unreadable(
            "newer-file",
            "Dit bestand is van een nieuwere kwartier.",
            place=str(path),
            advice="Installeer de nieuwste kwartier; er is niets veranderd.",
        )
    if tree["digest"] != digest(tree, without=("digest",)):
        raise Unreadable(
            "changed-file",
            "Dit bestand is veranderd sinds kwartier het maakte, of beschadigd onderweg.",
            place=str(path),
            advice="Vraag het bestand opnieuw. Er is niets overgenomen.",
        )
    view(tree, HandoverFile, str(path))
    trees = [*(row["tree"] for row in tree.get("own", [])), *tree.get("reading", {}).values()]
    return tree, along.checked_files(trees, inside, str(path))


def is_locked_file(path: Path) -> bool:
    """Whether a file asks a passphrase; a folder does not."""
    return not is_folder(path) and is_locked(read(path))
