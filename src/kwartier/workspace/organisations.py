"""Organisations: made, listed, corrected; and the people behind the codes. Subjects stand in `subjects`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.files import SCHEMA, PeopleFile, view
from kwartier.records.organisation import Organisation
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.names import check_name
from kwartier.workspace import placements
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf


def add(shelf: Shelf, name: str, details: Mapping[str, Any]) -> str:
    """A new organisation; gives the name of its folder (slug). A name that is there already is refused."""
    fields = checked(shelf, {"name": name, **details})
    with shelf.folder.lock():
        require_new(shelf, name)
        slug = shelf.folder.free_organisation(name)
        tree = organisation_tree(shelf, fields)
        shelf.folder.create(shelf.folder.organisation(slug), {"organisation.toml": tree})
    return slug


def organisation_tree(shelf: Shelf, fields: Tree) -> Tree:
    """A new organisation.toml with fields that were `checked`."""
    return {"schema": SCHEMA, "id": shelf.new_id(), **{key: value for key, value in fields.items() if value != ""}}


def require_new(shelf: Shelf, name: str) -> None:
    """Refuses a name that an organisation has already."""
    for slug, known in every(shelf):
        if known is not None and known.name == name:
            raise Refused(
                "organisation-exists",
                f"'{name}' bestaat al, als {slug}.",
                place=slug,
                advice=f"Werk verder met '{slug}', of kies een naam die verschilt.",
            )


def every(shelf: Shelf) -> list[tuple[str, Organisation | None]]:
    """All organisations by folder; None for one whose file cannot be read (see `checkup`)."""
    found: list[tuple[str, Organisation | None]] = []
    for slug in shelf.folder.organisations():
        try:
            found.append((slug, shelf.organisation(slug)))
        except KwartierError:
            found.append((slug, None))
    return found


def change(shelf: Shelf, slug: str, details: Mapping[str, Any]) -> Organisation:
    """Corrects an organisation. The folder keeps its name, so that references stay."""
    shelf.organisation(slug)
    fields = checked(shelf, details, slug)
    path = shelf.folder.organisation_file(slug)

    def changed(tree: Tree | None) -> Tree:
        if view(tree or {}, Organisation, str(path)).schema > SCHEMA:
            raise Refused(
                "newer-file",
                "Deze organisatie is bewaard door een nieuwere kwartier en is hier alleen te lezen.",
                place=str(path),
                advice="Installeer de nieuwste versie van kwartier om hier iets te wijzigen.",
            )
        kept = {key: value for key, value in (tree or {}).items() if key not in fields}
        return {**kept, **{key: value for key, value in fields.items() if value != ""}}

    with shelf.folder.lock(slug):
        reading = files.update(path, changed)
    return view(reading.tree if reading else {}, Organisation, slug)


def checked(shelf: Shelf, details: Mapping[str, Any], slug: str = "") -> Tree:
    """Details as they are kept, without what is None. Raises `Misused` or `Refused` where one cannot be."""
    fields = {key: value for key, value in details.items() if value is not None}
    if "name" in fields:
        check_name(fields["name"])
    if fields.get("place"):
        check_name(fields["place"])
    if (fields.get("clients") or 0) < 0:  # an empty text takes it away
        raise Misused("number-wrong", "Het aantal cliënten is nul of meer.", advice="Geef een heel getal.")
    above = fields.get("part_of")
    if above:
        seen = {slug}
        while above:
            if above in seen:
                raise Misused(
                    "part-of-itself",
                    "Een organisatie kan geen onderdeel van zichzelf zijn.",
                    advice="Kies een andere organisatie, of laat --onderdeel-van weg.",
                )
            seen.add(above)
            above = shelf.organisation(above).part_of
    return fields


def change_codes(shelf: Shelf, slug: str, code: str, *, name: str | None) -> dict[str, Any]:
    """Another name behind a code, or with None the name erased; says where the code is still used.

    `used` holds the records, `placed` the workplaces of which a placement names the code.
    """
    shelf.organisation(slug)
    path = shelf.folder.people_file(slug)
    with shelf.folder.lock(slug):
        codes = shelf.codes(slug)
        found = codes.find(code) or code
        if name is None:
            codes.erase(found, shelf.today())
        else:
            codes.rename(found, name)
        reading = codes.reading
        files.replace(path, files.encode(path, codes.tree()), expected=reading.fingerprint if reading else None)
    return {"code": found, "used": used_in(shelf, slug, found), "placed": placements.used_at(shelf, slug, found)}


def used_in(shelf: Shelf, slug: str, code: str) -> list[str]:
    """The records of an organisation in which a code stands, for who erases a name or withdraws."""
    found: list[str] = []
    for ref in shelf.folder.assessments(slug):
        try:
            record = shelf.case(ref).record
            own = code in {person for _, person in record.personal}
            if own or any(one.id == code for one in record.envelope.person) or _mentions(record.shared, code):
                found.append(str(ref))
        except KwartierError:  # a file that cannot be read: `checkup` tells about it
            continue
    return found


def _mentions(shared: Mapping[str, Tree], code: str) -> bool:
    for tree in shared.values():
        rows = [row for rows in tree.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
        for row in [tree, *rows]:
            if code in (row.get("by"), row.get("who"), row.get("writer"), row.get("person")):
                return True
    return any(row.id == code for tree in shared.values() if "participant" in tree for row in _participants(tree))


def _participants(tree: Tree) -> tuple[Any, ...]:
    return view(tree, PeopleFile, "").participant


def names(shelf: Shelf, slug: str) -> Codes:
    """The codes of an organisation that exists."""
    shelf.organisation(slug)
    return shelf.codes(slug)
