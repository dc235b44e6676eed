"""Programme profiles of a data folder, and the examples that instruments bring: listed, read, saved, linked, laid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.check_profile import SCHEMA, Contents, asked_items
from kwartier.instrument.mistakes import meant, shown
from kwartier.instrument.model import Content, Profile
from kwartier.instrument.parsing import parse
from kwartier.instrument.profile_template import template
from kwartier.instrument.profiling import Unlinked, known_part, linked, profile_of, read_profile, unlinked
from kwartier.plugins.discovery import file_of
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.store import disk, files
from kwartier.store.refusals import refusal
from kwartier.workspace import outside
from kwartier.workspace.shelf import Shelf

EXAMPLES = "programmes"
"""The folder of a plugin's package in which its examples stand, a file each."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class Programme(Struct, frozen=True, kw_only=True):
    """A profile in a list. Where it cannot be used, `profile` is None and `problem` says why (Dutch)."""

    id: str
    profile: Profile | None = None
    example: bool = False
    "Whether it is an example that an instrument brings, and not in the data folder."
    place: str = ""
    problem: str = ""
    advice: str = ""


# -- what there is


def every(shelf: Shelf) -> list[Programme]:
    """The profiles in the data folder, then the examples that are not there yet; in the order of their ids."""
    own = [_programme(shelf, id, path, example=False) for id, path in _stored(shelf)]
    known = {one.id for one in own}
    examples = [_programme(shelf, id, path, example=True) for id, path in _examples(shelf).items() if id not in known]
    return sorted([*own, *examples], key=lambda one: (one.example, one.id))


def find(shelf: Shelf, id: str) -> Profile:
    """The profile with this id, of the data folder or else an example. Raises `Refused`, or `Mistaken` with reasons."""
    tree, place = _tree_of(shelf, id)
    return _read(shelf, known_part(tree), place)


def is_there(shelf: Shelf, id: str) -> bool:
    """Whether there is a profile with this id in the data folder; an example does not count."""
    return _is_file(shelf, id)


def content_for(shelf: Shelf, profile: Profile) -> Content:
    """The present content of the instrument that a profile lies over."""
    return shelf.host.open(profile.instrument).content


def not_linked(shelf: Shelf, id: str) -> Unlinked:
    """What a profile does not link yet."""
    profile = find(shelf, id)
    return unlinked(profile, content_for(shelf, profile))


def new(shelf: Shelf, instrument: str) -> str:
    """A file to begin a profile with."""
    opened = shelf.host.open(instrument)
    return template(opened.header, opened.content)


def check(shelf: Shelf, path: Path) -> Profile:
    """The profile in a file of the user's; raises `Mistaken` with all that is wrong, each with its line."""
    return read_profile(outside.read(path), str(path), *_known(shelf))[0]


# -- changes


def use(shelf: Shelf, id: str) -> Profile:
    """Copies an example into the data folder, where it can be changed. Refuses where one of that name is there."""
    if not _is_file(shelf, id):
        tree, place = _tree_of(shelf, id)
        return _put(shelf, _read(shelf, known_part(tree), place), tree, overwrite=False)
    raise Refused(
        "profile-exists",
        f"Het opleidingsprofiel '{id}' staat al in de datamap en wordt al gebruikt.",
        place=str(shelf.folder.programme_file(id)),
        advice="Bekijk het met 'kwartier opleiding toon', of vervang het door een bestand.",
    )


def save(shelf: Shelf, given: Path | Tree, *, overwrite: bool = False) -> Profile:
    """Keeps a profile from a file, or from a tree. One that is there is only replaced with `overwrite`."""
    if isinstance(given, Path):
        profile, tree = read_profile(outside.read(given), str(given), *_known(shelf))
    else:
        tree = given
        profile = profile_of(given, "opleidingsprofiel", *_known(shelf))
    return _put(shelf, profile, tree, overwrite=overwrite)


def link(shelf: Shelf, id: str, item: str, outcomes: Sequence[str]) -> Profile:
    """An item serves exactly these outcomes from now on (none: it serves none), as one change.

    Of an example a copy is made in the data folder first. Records that are there keep what they were made with.
    """
    start, place = _tree_of(shelf, id)

    def changed(tree: Tree | None) -> Tree:
        now = start if tree is None else tree
        profile = _read(shelf, known_part(now), place)
        _require_own_schema(now, place)
        return linked(now, item, outcomes, asked_items(content_for(shelf, profile), profile.when))

    reading = _update(shelf, id, changed)
    return _read(shelf, known_part(reading), place)


def _put(shelf: Shelf, profile: Profile, tree: Tree, *, overwrite: bool) -> Profile:
    def put(there: Tree | None) -> Tree:
        if there is None or same(there, tree):
            return tree
        if overwrite:
            _require_own_schema(there, profile.id)
            return tree
        lost = len(_links(there) - _links(tree))
        told = f" Er {'staat' if lost == 1 else 'staan'} {lost} koppeling{'' if lost == 1 else 'en'} in" if lost else ""
        raise Refused(
            "profile-exists",
            f"Het opleidingsprofiel '{profile.id}' staat al in de datamap en is anders."
            + (f"{told} die het bestand niet heeft." if lost else ""),
            place=str(shelf.folder.programme_file(profile.id)),
            advice="Geef het bestand een andere id, of vervang wat er staat met --overschrijf.",
        )

    _update(shelf, profile.id, put)
    return profile


def _links(tree: Tree) -> set[tuple[str, str]]:
    rows = [row for row in tree.get("link", []) if isinstance(row, dict)]
    return {(str(row.get("item")), str(row.get("outcome"))) for row in rows}


def _update(shelf: Shelf, id: str, change: Any) -> Tree:
    if shelf.is_handed_over:
        raise Refused(
            "stays-behind",
            "In deze map gaat een opleidingsprofiel niet mee terug.",
            advice="Maak of verander het in de datamap van de organisatie.",
        )
    path = shelf.folder.programme_file(id)
    with shelf.folder.lock():
        try:
            disk.make_folder(path.parent)
        except OSError as error:
            raise refusal(error, path.parent) from error
        reading = files.update(path, change)
    assert reading is not None  # a profile is never taken away here
    return reading.tree


def _require_own_schema(tree: Tree, place: str) -> None:
    schema = tree.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise Refused(
            "newer-file",
            "Dit opleidingsprofiel is van een nieuwere kwartier.",
            place=place,
            advice="Installeer de nieuwste kwartier; er is niets veranderd.",
        )


# -- files


def _known(shelf: Shelf) -> tuple[list[str], Contents]:
    return [one.id for one in shelf.host.listings() if one.usable], shelf.host.content


def _read(shelf: Shelf, tree: Tree, place: str) -> Profile:
    return profile_of(tree, place, *_known(shelf))


def _is_file(shelf: Shelf, id: str) -> bool:
    return _ID.fullmatch(id) is not None and shelf.folder.programme_file(id).exists()


def _tree_of(shelf: Shelf, id: str) -> tuple[Tree, str]:
    """The tree of a profile and where it stands. Raises `Refused` where there is none."""
    if _is_file(shelf, id):
        path = shelf.folder.programme_file(id)
        return _own(files.read(path).tree, id, path), str(path)
    examples = _examples(shelf)
    if id in examples:
        path = examples[id]
        return _own(parse(file_of(path), str(path)), id, path), str(path)
    known = [*(name for name, _ in _stored(shelf)), *examples]
    raise Refused(
        "unknown-profile",
        f"Er is geen opleidingsprofiel '{id}'.",
        advice=(meant(id, known) or f"Bekend: {', '.join(known)}.")
        if known
        else "Maak er een: 'kwartier opleiding nieuw BESTAND'.",
    )


def _own(tree: Tree, id: str, path: Path) -> Tree:
    """The tree of a file that is named after the id in it."""
    if tree.get("id") == id:
        return tree
    raise Misused(
        "profile-other-id",
        f"In dit bestand staat een andere id dan zijn naam zegt: {shown(tree.get('id', ''))}.",
        place=str(path),
        advice=f'Zet er id = "{id}" in, of geef het bestand de naam van zijn id.',
    )


def _programme(shelf: Shelf, id: str, path: Path, *, example: bool) -> Programme:
    try:
        tree = _own(parse(file_of(path), str(path)), id, path) if example else _tree_of(shelf, id)[0]
        profile = _read(shelf, known_part(tree), str(path))
    except KwartierError as error:
        advice = error.advice or ""
        return Programme(id=id, example=example, place=str(path), problem=error.message, advice=advice)
    return Programme(id=id, profile=profile, example=example, place=str(path))


def _stored(shelf: Shelf) -> Iterator[tuple[str, Path]]:
    home = shelf.folder.programmes
    for path in sorted(home.glob("*.toml")) if home.is_dir() else []:
        if _ID.fullmatch(path.stem):
            yield path.stem, path


def strange(shelf: Shelf) -> list[Path]:
    """What stands among the profiles and is none, such as a copy that a synchroniser made."""
    home = shelf.folder.programmes
    known = {path for _, path in _stored(shelf)}
    return (
        [path for path in sorted(home.iterdir()) if path not in known and path.suffix != ".tmp"]
        if home.is_dir()
        else []
    )


def _examples(shelf: Shelf) -> dict[str, Path]:
    """The examples of the installed instruments by id (the name of the file); found without loading a plugin."""
    found: dict[str, Path] = {}
    for listing in shelf.host.listings():
        if listing.usable and listing.folder is not None:
            home = Path(listing.folder) / EXAMPLES
            for path in sorted(home.glob("*.toml")) if home.is_dir() else []:
                if _ID.fullmatch(path.stem):
                    found.setdefault(path.stem, path)
    return found
