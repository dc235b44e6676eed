"""A student erased: every file, copy, placement, journal and temporary file; what cannot be reached is named.

Everything that goes goes in one journal, so that after a crash it is finished at the next start. Where it all stands
is found in `erasing_places`, what is kept for the programme in `decision`.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Refused
from kwartier.records.files import SCHEMA, view
from kwartier.records.organisation import Organisation
from kwartier.store import files, index, keyring
from kwartier.store.journal import Journal
from kwartier.store.names import safe_code
from kwartier.workspace import decision, erasing_places, exporting, retaining
from kwartier.workspace.erasing_places import Placed, Stands
from kwartier.workspace.places import cache_folder
from kwartier.workspace.shelf import Shelf
from kwartier.workspace.subjects import not_a_student

_ROUNDS = 5


class Erased(Struct, frozen=True, kw_only=True):
    """What was erased of a student, and what has to be erased elsewhere (`unreachable`, Dutch sentences)."""

    organisation: str
    code: str
    records: int
    evidence: int
    "Files that were given as evidence."
    placements: int
    copies: int
    "Copies that a synchroniser had made."
    leftovers: int
    "Temporary files, and journals of work that was cut off."
    counted: bool
    "Whether it was added to the number of erased students of the organisation."
    decision: tuple[str, ...]
    "The files that were written before, to keep."
    unreachable: tuple[str, ...]


class WouldErase(Struct, frozen=True, kw_only=True):
    """How much of a student there is to erase."""

    records: int
    evidence: int
    placements: int
    copies: int


def would_erase(shelf: Shelf, slug: str, code: str) -> WouldErase:
    """What `erase` would take away. Raises `Refused` as that does; changes nothing."""
    there = erasing_places.stands(shelf, slug, safe_code(code))
    _check_student(shelf, slug, code, there)
    placed = sum(1 for _ in exporting.placements(shelf, slug, code))
    return WouldErase(records=there.records, evidence=there.evidence, placements=placed, copies=there.copies)


def erase(shelf: Shelf, slug: str, code: str, keep: Path | None = None, *, overwrite: bool = False) -> Erased:
    """Erases a student with everything of theirs; `keep` is where the decision is written first.

    Works for who is locked, without the passphrase, and for files that cannot be read; only `keep` needs them. Raises
    `Refused` where there is no such student; then, and where the decision cannot be written, nothing is erased.
    """
    shelf.folder.check_writable()
    if not shelf.folder.organisation(slug).is_dir():
        shelf.organisation(slug)
    safe_code(code)
    before = erasing_places.stands(shelf, slug, code)
    _check_student(shelf, slug, code, before)
    known = retaining.subject_of(shelf, slug, code)
    shut = retaining.is_shut(shelf, slug, code)
    kept = decision.write(shelf, slug, code, keep, overwrite=overwrite) if keep is not None else ()
    unreachable = erasing_places.beyond(shelf, slug, code, known, kept, shut=shut)
    forgotten = _forget_index(shelf)
    with shelf.folder.lock(slug):
        leftovers = erasing_places.give_up_journals(shelf.folder.path, slug, code)
        placed, counted, unread = _remove(shelf, slug, code)
        leftovers += erasing_places.clear_leftovers(shelf.folder.path, slug, code)
    keyring.forget(shelf.folder.subject(slug, code))
    _forget_open(slug, code)
    forgotten = _forget_index(shelf) and forgotten
    if not forgotten:
        unread.append(
            f"De lijst voor het beginscherm in {cache_folder() / 'index'} was in gebruik; er staat geen naam in. Sluit "
            "alle vensters van kwartier en verwijder die map: zij wordt vanzelf opnieuw gemaakt."
        )
    return Erased(
        organisation=slug,
        code=code,
        records=before.records,
        evidence=before.evidence,
        placements=placed.rows,
        copies=before.copies + placed.copies,
        leftovers=leftovers,
        counted=counted,
        decision=tuple(str(path) for path in kept),
        unreachable=(*unread, *unreachable),
    )


def _check_student(shelf: Shelf, slug: str, code: str, there: Stands) -> None:
    if not there.folders:
        listed = ", ".join(shelf.folder.subjects(slug)[:20]) or "nog geen"
        raise Refused(
            "unknown-subject",
            f"Van '{code}' staat hier niets.",
            place=slug,
            advice=f"Kijk of de code klopt. Bekend: {listed}.",
        )
    known = retaining.subject_of(shelf, slug, code)
    if known is not None and known.kind == "workplace":
        raise not_a_student(slug, code)


def _remove(shelf: Shelf, slug: str, code: str) -> tuple[Placed, bool, list[str]]:
    """Takes it all away in one operation; made again where somebody changes a file meanwhile."""
    for left in reversed(range(_ROUNDS)):
        journal = Journal.plan(shelf.folder.path, f"{slug}: student {code} wissen")
        for folder in erasing_places.stands(shelf, slug, code).folders:
            journal.delete(folder)
        placed, unread = erasing_places.placements(shelf, slug, code, journal)
        counted = _count(shelf, slug, journal)
        try:
            journal.commit()
        except files.Changed:
            if not left:
                raise
            continue
        return placed, counted, unread
    raise AssertionError("every round ends in a return or an error")


def _count(shelf: Shelf, slug: str, journal: Journal) -> bool:
    """One more erased student, which is all that is left; not where the file of the organisation cannot be read."""
    path = shelf.folder.organisation_file(slug)
    try:
        found = files.find(path)
        if found is None or view(found.tree, Organisation, str(path)).schema > SCHEMA:
            return False
        number = int(found.tree.get("erased_students", 0)) + 1
        data = files.encode(path, {**found.tree, "erased_students": number})
    except KwartierError:
        return False
    journal.put(path, data, expected=found.fingerprint)
    return True


def _forget_index(shelf: Shelf) -> bool:
    """Takes the whole index away, with what sqlite keeps beside it; it is made again when it is next asked for."""
    try:
        index.remove(index.place_of(cache_folder(), shelf.folder.path))
    except (OSError, RuntimeError):
        return False
    return True


def _forget_open(slug: str, code: str) -> None:
    """Takes away the notes of runs that had a record of this student open; only its reference stands in them."""
    with suppress(OSError, RuntimeError):
        for path in sorted((cache_folder() / "open").glob("*.json")):
            if f"{slug}/".encode() in (data := path.read_bytes()) and f"/{code}/".encode() in data:
                path.unlink(missing_ok=True)
