"""Everything about one student, for the student: to read and as TOML, in a folder or a zip outside the data folder.

Through the gate with the student as the reader: what others have not revealed is not in it, and that is said. What the
pages say stands in `exporting_pages`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Refused
from kwartier.records.files import AttachedFile, Evidence, view
from kwartier.records.organisation import Subject
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store import disk, files, refusals, toml
from kwartier.store.names import slug as plain_name
from kwartier.store.reading import find_bytes
from kwartier.store.refs import Ref, step_file_name
from kwartier.workspace import bundle, decision, outcomes, outside, retaining, subjects
from kwartier.workspace.shelf import Shelf

INDEX = "LEES-MIJ.md"
"""The page that tells what there is; by it a folder is known as one that kwartier made."""

_MARK = "<!-- kwartier: alles van een student -->"
_MOST = 200_000_000

FILE_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
"""The name that a file with evidence has on the disk."""


class Given(Struct, frozen=True, kw_only=True):
    """What was written of a student, and what could not be in it (Dutch sentences)."""

    path: str
    records: int
    evidence: int
    left_out: tuple[str, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A record of a student as somebody may see it, with the names of its files as they are on disk."""

    ref: Ref
    seen: outcomes.Seen
    trees: dict[str, Tree]


def export(shelf: Shelf, slug: str, code: str, path: Path, *, overwrite: bool = False) -> Given:
    """Writes it; a zip where the path ends so. Raises `Refused` where something stands there and `overwrite` is not
    set, or what stands there was not made by this; `Locked` for a student that is locked.
    """
    from kwartier.workspace import exporting_pages

    subject = subjects.subject(shelf, slug, code)
    is_zip = path.suffix.casefold() == ".zip"
    _check_place(path, overwrite=overwrite, is_zip=is_zip)
    records, left_out = read(shelf, slug, code, code)
    made: dict[str, bytes] = {"subject.toml": toml.encode(files.read(shelf.folder.subject_file(slug, code)).tree)}
    for found in records:
        name = folder_name(found.ref)
        for part, text in exporting_pages.of_record(shelf, found, code).items():
            made[f"{name}/{part}"] = text.encode()
        for part, tree in found.trees.items():
            made[f"{name}/toml/{part}"] = toml.encode(tree)
    placed = list(placements(shelf, slug, code))
    if placed:
        made["plaatsingen.toml"] = toml.encode({"schema": 1, "placement": placed})
    given, missing = _evidence(shelf, slug, code, records)
    made |= given
    left_out += missing
    page = exporting_pages.index(shelf, slug, subject, records, placed, sorted(made), left_out)
    made[INDEX] = f"{_MARK}\n{page}".encode()
    if is_zip:
        outside.write(path, bundle.pack(made), overwrite=overwrite)
    else:
        _write_folder(path, made)
    return Given(path=str(path), records=len(records), evidence=len(given), left_out=tuple(left_out))


# -- what there is


def read(shelf: Shelf, slug: str, code: str, viewer: str) -> tuple[list[Found], list[str]]:
    """The records of a student as a viewer may see them, and in Dutch sentences what of them is not there."""
    records: list[Found] = []
    left_out: list[str] = []
    for ref in decision.refs_of(shelf, slug, code):
        try:
            seen = outcomes.see(shelf, ref, viewer)
        except KwartierError as error:
            if error.code == "locked":
                raise
            left_out.append(f"{ref} is niet te lezen: {error.message}")
            continue
        records.append(Found(ref=ref, seen=seen, trees=trees_of(seen.record)))
        left_out += _hidden(ref, seen.record)
    return records, left_out


def trees_of(record: Record) -> dict[str, Tree]:
    """The files of a record that passed the gate, by name."""
    trees: dict[str, Tree] = {"assessment.toml": record.tree}
    trees |= {step_file_name(step): tree for step, tree in sorted(record.shared.items())}
    trees |= {step_file_name(step, person): tree for (step, person), tree in sorted(record.personal.items())}
    return trees


def _hidden(ref: Ref, record: Record) -> Iterator[str]:
    for step, person in sorted(record.hidden):
        yield f"{ref}: het blad '{step}' van {person} is nog niet vrijgegeven en zit er niet bij."


def placements(shelf: Shelf, slug: str, code: str) -> Iterator[Tree]:
    """The placements of a student, each with the workplace that it is at."""
    for other in shelf.folder.subjects(slug):
        try:
            found = files.find(shelf.folder.subject_file(slug, other))
        except KwartierError:  # told by `checkup`
            continue
        for row in found.tree.get("placement", []) if found else []:
            if isinstance(row, dict) and row.get("student") == code:
                yield {**row, "workplace": other}


def attached(records: list[Found]) -> dict[str, tuple[Evidence, AttachedFile]]:
    """The files that go with evidence in these records, by id."""
    found: dict[str, tuple[Evidence, AttachedFile]] = {}
    for one in records:
        for tree in one.seen.record.shared.values():
            for row in tree.get("evidence", []) if isinstance(tree.get("evidence"), list) else []:
                piece = _piece(row)
                if piece is not None and piece.file is not None:
                    found.setdefault(piece.file.id, (piece, piece.file))
    return found


def _piece(row: Tree) -> Evidence | None:
    try:
        return view(row, Evidence, "")
    except KwartierError:  # told by `checkup`
        return None


def stored(shelf: Shelf, slug: str, code: str, file: AttachedFile) -> bytes | None:
    """The bytes of a file as they were given; None where it is gone or no longer what it was."""
    if not FILE_ID.fullmatch(file.id):
        return None
    path = shelf.folder.evidence(slug, code) / file.id
    try:
        held = find_bytes(path, _MOST)
        data = files.opened_bytes(path, held) if held is not None else None
    except KwartierError as error:
        if error.code == "locked":
            raise
        return None  # a link, a folder, a file that is closed to this user
    return data if data is not None and disk.fingerprint(data) == file.digest else None


def _evidence(shelf: Shelf, slug: str, code: str, records: list[Found]) -> tuple[dict[str, bytes], list[str]]:
    made: dict[str, bytes] = {}
    left_out: list[str] = []
    for piece, file in attached(records).values():
        data = stored(shelf, slug, code, file)
        if data is None:
            left_out.append(f"Het bestand '{file.name}' bij '{piece.title}' is er niet meer, of het is veranderd.")
        else:
            made[f"bewijs/{readable_name(len(made) + 1, file.name)}"] = data
    return made, left_out


def readable_name(number: int, name: str) -> str:
    """A name for a file that fits on every system and still tells what it is: "03-brief-van-mijn-begeleider.pdf"."""
    stem, dot, ending = name.rpartition(".")
    end = plain_name(ending)[:10] if dot else ""
    return f"{number:02}-{plain_name(stem if dot else name)}" + (f".{end}" if end else "")


def folder_name(ref: Ref) -> str:
    """The folder of a record in what is written."""
    return f"{ref.instrument}-{ref.name}"


def retention(shelf: Shelf, slug: str, subject: Subject) -> str:
    """Until when what is kept may be kept, in words; empty where it was never said."""
    from kwartier.workflow.periods import short

    day = retaining.retained(shelf, slug, subject.code)
    return short(day) if day else ""


# -- writing


def _check_place(path: Path, *, overwrite: bool, is_zip: bool) -> None:
    """Refuses, before anything is read, where this would overwrite something without a yes, or something else."""
    outside.check_outside(path / INDEX if not is_zip else path)
    if is_zip or not (path.exists() or disk.has_link(path)):
        if is_zip:
            outside.check_free(path, overwrite=overwrite)
        return
    if disk.has_link(path):
        raise refusals.link_refused(path)
    if path.is_dir() and not any(path.iterdir()):
        return
    if not overwrite:
        raise Refused(
            "file-exists",
            "Hier staat al iets; er is niets overschreven.",
            place=str(path),
            advice="Kies een andere naam, of voeg --overschrijf toe.",
        )
    if not _is_ours(path):
        raise Refused(
            "not-ours",
            "Deze map is niet door kwartier gemaakt en wordt niet vervangen.",
            place=str(path),
            advice="Kies een andere naam.",
        )


def _is_ours(path: Path) -> bool:
    try:
        return (path / INDEX).read_bytes().startswith(_MARK.encode())
    except OSError:
        return False


def _write_folder(path: Path, made: dict[str, bytes]) -> None:
    """The whole folder or nothing: built beside its place, and then put there."""
    whole = path.absolute()
    building, old = (whole.with_name(disk.temporary_name(whole.name)) for _ in range(2))
    try:
        for name, data in made.items():
            disk.make_folder((building / name).parent)
            disk.write_new(building / name, data, None)
        if whole.exists():
            whole.rename(old)
        building.rename(whole)
        disk.sync_folder(whole.parent)
    except OSError as error:
        if old.exists() and not whole.exists():
            old.rename(whole)
        raise refusals.refusal(error, path) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
