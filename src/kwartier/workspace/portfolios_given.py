"""A student's portfolio as one locked file, to go to another kwartier; taking it in stands in `portfolios_taken`.

It holds what its reader may see, through the gate: the records with the contents that they pin, and the files that go
with evidence. Of the people in it their names go along, of those who were interviewed none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import Misused, Refused
from kwartier.records.canonical import digest
from kwartier.records.files import SCHEMA, Viewed
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import disk, toml
from kwartier.workflow.readers import passed_on
from kwartier.workspace import bundle, exporting, outside, subjects
from kwartier.workspace.codes import Codes
from kwartier.workspace.exporting import Found, Given
from kwartier.workspace.locking import lock
from kwartier.workspace.shelf import Shelf

KIND = "portfolio"
MANIFEST = "portfolio.toml"
BY_STUDENT, BY_PROGRAMME = "student", "programme"
FOR_STUDENT = "student"
"""The `to` of a file that holds all that the student may see."""


class Wish(Struct, frozen=True, kw_only=True):
    """How a portfolio is given: `to` whom (a code or a name; empty: the student), and by whom."""

    to: str = ""
    by_student: bool = False
    "Whether the student gives it: then it is the student's own steps that are new in it."
    overwrite: bool = False


class Manifest(Viewed, frozen=True, kw_only=True):
    """portfolio.toml: what the file is, whose, and what is in it."""

    schema: int = SCHEMA
    kind: str
    by: str
    to: str
    organisation: Mapping[str, Any]
    student: Mapping[str, Any]
    person: tuple[Mapping[str, Any], ...] = ()
    "The names behind the codes in the records."
    record: tuple[Mapping[str, Any], ...] = ()
    file: tuple[Mapping[str, Any], ...] = ()
    "Every other file in it with its digest."
    digest: str


def give(shelf: Shelf, slug: str, code: str, path: Path, passphrase: str, wish: Wish) -> Given:
    """Writes the file, and notes with the student that it was given. Raises `Refused` without a passphrase."""
    subject = subjects.subject(shelf, slug, code)
    if subject.kind == "workplace":
        raise subjects.not_a_student(slug, code, "; een portfolio is van een student")
    if not passphrase.strip():
        raise Refused(
            "passphrase-missing",
            "Een portfolio gaat alleen mee in een bestand dat op slot is.",
            place=str(path),
            advice="Kies een wachtwoord, en geef het langs een andere weg dan het bestand.",
        )
    outside.check_free(path, overwrite=wish.overwrite)
    codes = shelf.codes(slug, code)
    viewer = _viewer(codes, wish.to, code)
    files, records, left_out = _files(shelf, slug, subject, codes, viewer, wish)
    data = lock(bundle.pack(files), passphrase)
    _note(shelf, slug, code, viewer)
    outside.write(path, data, overwrite=wish.overwrite)
    evidence = sum(name.startswith("evidence/") for name in files)
    return Given(path=str(path), records=records, evidence=evidence, left_out=tuple(left_out))


def _viewer(codes: Codes, to: str, code: str) -> str:
    found = codes.find(to) if to else code
    if found is None:
        raise Misused(
            "unknown-person",
            f"'{to}' is hier niet bekend.",
            advice="Geef een naam of code van iemand die meedoet; zonder --voor is het bestand voor de student zelf.",
        )
    return found


def _files(
    shelf: Shelf, slug: str, subject: Subject, codes: Codes, viewer: str, wish: Wish
) -> tuple[dict[str, bytes], int, list[str]]:
    """Everything in the file by name, how many records that are, and what is not in it (Dutch sentences)."""
    code, own = subject.code, viewer == subject.code
    records, left_out = exporting.read(shelf, slug, code, viewer)
    if not own:
        others = [one for one in records if all(person.id != viewer for person in one.seen.record.envelope.person)]
        left_out += [f"{one.ref}: {viewer} doet daaraan niet mee; het zit er niet bij." for one in others]
        records = [_for_reader(shelf, one, viewer) for one in records if one not in others]
    made: dict[str, bytes] = {"subject.toml": toml.encode(_subject(subject, own=own))}
    for one in records:
        for name, tree in one.trees.items():
            made[f"records/{one.ref.instrument}/{one.ref.name}/{name}"] = toml.encode(tree)
        pin = one.seen.record.envelope.content
        made[f"contents/{pin.removeprefix('sha256:')}.toml"] = toml.encode(shelf.folder.read_content(pin))
    for piece, file in exporting.attached(records).values():
        data = exporting.stored(shelf, slug, code, file)
        if data is None:
            left_out.append(f"Het bestand '{file.name}' bij '{piece.title}' is er niet meer, of het is veranderd.")
        else:
            made[f"evidence/{file.id}"] = data
    organisation = shelf.organisation(slug)
    manifest: Tree = {
        "schema": SCHEMA,
        "kind": KIND,
        "made": shelf.now(),
        "by": BY_STUDENT if wish.by_student else BY_PROGRAMME,
        "to": FOR_STUDENT if own else viewer,
        "organisation": {"id": organisation.id, "name": organisation.name},
        "student": {"id": subject.id, "code": code},
        "person": list(_people(records, codes, code)),
        "record": [{"id": one.seen.record.envelope.id, "ref": str(one.ref)} for one in records],
        "file": [{"id": name, "digest": disk.fingerprint(data)} for name, data in sorted(made.items())],
    }
    made[MANIFEST] = toml.encode({**manifest, "digest": digest(manifest)})
    return made, len(records), left_out


def _for_reader(shelf: Shelf, one: Found, viewer: str) -> Found:
    """What of a record is marked as this person's to read, so that it passes the gate where it is taken in."""
    case = shelf.case(one.ref)
    return replace(one, trees=exporting.trees_of(passed_on(case.record, case.content, one.seen.record, viewer)))


def _subject(subject: Subject, *, own: bool) -> Tree:
    """Who it is about; what an organisation keeps for itself (until when, who got what) does not go along."""
    tree: Tree = {"schema": SCHEMA, "id": subject.id, "code": subject.code, "kind": "student"}
    if subject.name:
        tree["name"] = subject.name
    if own and subject.note:
        tree["note"] = subject.note
    return tree


def _people(records: list[Found], codes: Codes, student: str) -> Iterator[Tree]:
    """The names behind the codes in the records, without those of who was interviewed, and of the student."""
    used: set[str] = set()
    interviewed: set[str] = set()
    for one in records:
        used |= {person.id for person in one.seen.record.envelope.person}
        for tree in one.trees.values():
            used |= set(_texts(tree))
            interviewed |= {str(row.get("id")) for row in tree.get("participant", [])}
    for code, name in sorted(codes.names().items()):
        if code in used and code not in interviewed and code != student:
            yield {"id": code, **({"name": name} if name else {})}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _note(shelf: Shelf, slug: str, code: str, viewer: str) -> None:
    """Keeps with the student that this was given: it is what erasing cannot reach."""
    to = "de student" if viewer == code else viewer
    row = {"id": shelf.new_id(), "date": shelf.today(), "to": to, "what": "portfolio"}

    def noted(tree: Tree, codes: Codes) -> Tree:
        return {**tree, "handed_over": [*tree.get("handed_over", []), row]}

    subjects.write(shelf, slug, code, noted)
