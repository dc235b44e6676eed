"""Where a student stands in a data folder, also where nobody looks: copies, temporary files, journals; and where
kwartier cannot come. What is done with it is decided in `erasing`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import copies, disk, files, journal, plan
from kwartier.store.locks import OWN, hold
from kwartier.store.names import is_code
from kwartier.store.refs import SUBJECTS, is_date_name, is_instrument
from kwartier.workflow.periods import short
from kwartier.workspace.shelf import Shelf

_PLAN = "plan.toml"


class Stands(Struct, frozen=True):
    """The folders of a student that are there, and how much is in them."""

    folders: tuple[Path, ...]
    records: int
    evidence: int
    copies: int


class Placed(Struct, frozen=True):
    """How many placements named a student, and in how many of them that was a copy of a synchroniser."""

    rows: int
    copies: int


def stands(shelf: Shelf, slug: str, code: str) -> Stands:
    """Every folder of a student in an organisation, also that of an instrument that is not installed."""
    home = shelf.folder.organisation(slug)
    folders = []
    for above in sorted(one for one in home.iterdir() if one.is_dir() and not one.is_symlink()):
        if above.name == SUBJECTS or is_instrument(above.name):
            folders += [one for one in sorted(above.iterdir()) if _is_of(one.name, code) and disk_folder(one)]
    inside = [path for folder in folders for path in folder.rglob("*")]
    return Stands(
        tuple(folders),
        sum(is_date_name(path.name) and path.is_dir() and not path.is_symlink() for path in inside),
        sum(path.parent.name == "evidence" and path.parent.parent.parent.name == SUBJECTS for path in inside),
        sum(len(copies.conflict_copies(folder)) for folder in folders) + sum(one.name != code for one in folders),
    )


def disk_folder(path: Path) -> bool:
    """Whether a real folder stands here, no link to one."""
    return path.is_dir() and not path.is_symlink()


def left_alone(shelf: Shelf, slug: str, code: str) -> Iterator[Path]:
    """What looks like a student's and is not erased: links, which are not followed, and names of nobody's making."""
    for above in sorted(shelf.folder.organisation(slug).iterdir()):
        if above.name != SUBJECTS and not is_instrument(above.name):
            continue
        if above.is_symlink():
            yield above
        elif above.is_dir():
            yield from (one for one in sorted(above.iterdir()) if _may_be_of(one, code))


def _may_be_of(path: Path, code: str) -> bool:
    if _is_of(path.name, code):
        return not disk_folder(path)
    rest = path.name.removeprefix(code)
    return rest != path.name and not is_code(path.name) and not rest[0].isalnum()


def _is_of(name: str, code: str) -> bool:
    """Whether a folder is a student's, or the copy that a synchroniser made of that folder."""
    if name == code:
        return True
    return not is_code(name) and copies.original_name(f"{name}.toml", {f"{code}.toml"}) == f"{code}.toml"


def placements(shelf: Shelf, slug: str, code: str, todo: journal.Journal) -> tuple[Placed, list[str]]:
    """Puts on the journal that the placements of a student go, with their notes; gives also what cannot be read."""
    rows = in_copies = 0
    unread: list[str] = []
    for folder in sorted((shelf.folder.organisation(slug) / SUBJECTS).glob("*")):
        if not disk_folder(folder) or _is_of(folder.name, code):
            continue
        names = [one.name for one in folder.iterdir()]
        for path in sorted(folder.glob("*.toml")):
            is_copy = copies.original_name(path.name, names) == "subject.toml"
            if path.name != "subject.toml" and not is_copy:
                continue
            try:
                found = files.find(path)
                left = _without(found.tree, code) if found else None
            except KwartierError as error:
                if error.code != "locked":  # of another student, who has no placements
                    unread.append(f"Dit bestand is niet te lezen en kan nog een plaatsing van {code} noemen: {path}.")
                continue
            if found is not None and left is not None:
                count = len(found.tree["placement"]) - len(left.get("placement", []))
                rows, in_copies = rows + count, in_copies + (count if is_copy else 0)
                todo.put(path, files.encode(path, left), expected=found.fingerprint)
    return Placed(rows - in_copies, in_copies), unread


def _without(tree: Tree, code: str) -> Tree | None:
    """A workplace without the placements of a student; None where it has none."""
    rows = tree.get("placement", [])
    if not isinstance(rows, list):
        return None
    left = [row for row in rows if not (isinstance(row, dict) and row.get("student") == code)]
    if len(left) == len(rows):
        return None
    rest = {key: value for key, value in tree.items() if key != "placement"}
    return {**rest, "placement": left} if left else rest


# -- what work that was cut off left behind


def give_up_journals(folder: Path, slug: str, code: str) -> int:
    """Gives up operations on this student that could not be finished: what they would write is to go.

    The caller holds the lock of the organisation, under which those that could be finished were.
    """
    given_up = 0
    with hold(folder, "journal"):
        for place in _journals(folder):
            if _is_about(folder, place, slug, code):
                shutil.rmtree(place, ignore_errors=True)
                given_up += 1
    return given_up


def _journals(folder: Path) -> list[Path]:
    home = folder / OWN / "journal"
    return sorted(one for one in home.iterdir() if disk_folder(one)) if home.is_dir() else []


def _is_about(folder: Path, place: Path, slug: str, code: str) -> bool:
    """Whether a journal holds something of this student; also one that nobody will finish and cannot be read."""
    try:
        data = (place / _PLAN).read_bytes()
    except OSError:
        # not decided, or half removed: under the lock of the journals nobody is busy with one of this machine
        return disk.is_from_here(place.name.removesuffix(".done")) or disk.is_old(place)
    try:
        touched = plan.from_tree(files.read(place / _PLAN).tree, folder, str(place)).touched()
    except KwartierError:
        return f"/{code}".encode() in data
    return any(_within(path, slug, code) for path in touched)


def _within(path: str, slug: str, code: str) -> bool:
    match path.split("/"):
        case ["organisations", organisation, second, third, *_]:
            return organisation == slug and third == code and (second == SUBJECTS or is_instrument(second))
    return False


def clear_leftovers(folder: Path, slug: str, code: str) -> int:
    """Removes the temporary files and folders that nobody is writing; gives how many.

    The caller holds the lock of the organisation: no process of this machine is writing in it.
    """
    wanted = journal.pending_sources(folder)
    kept = wanted | {above for path in wanted for above in path.parents}
    own = folder / "organisations" / slug
    removed = 0
    for path in _temporaries(folder):
        inside = path.is_relative_to(own) and disk.is_from_here(path.name)
        theirs = path.parent == own / SUBJECTS and path.name.startswith(f".{code}.")
        if path not in kept and (inside or theirs or disk.is_stale(path)):
            with suppress(OSError):
                shutil.rmtree(path) if disk_folder(path) else path.unlink()
                removed += 1
    return removed


def _temporaries(folder: Path) -> Iterator[Path]:
    journals = str(folder / OWN / "journal")
    for place, folders, names in os.walk(folder):
        if place == journals:
            folders.clear()
        found = [name for name in [*folders, *names] if name.endswith(disk.TEMPORARY)]
        folders[:] = [name for name in folders if name not in found]
        yield from (Path(place, name) for name in found)


# -- what kwartier cannot reach

_MARKS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".sync": "Resilio Sync",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
}
_NAMES = ("OneDrive", "Dropbox", "Nextcloud", "ownCloud", "Google Drive", "iCloud", "Mobile Documents", "SURFdrive")


def synchronised_by(folder: Path) -> str:
    """The name of the program that seems to synchronise a folder, by marks in it and in the folders above; or empty."""
    for one in (folder, *folder.parents):
        for mark, name in _MARKS.items():
            if os.path.lexists(one / mark):
                return name
        for name in _NAMES:
            if one.name.casefold().startswith(name.casefold()):
                return name
    return ""


def beyond(
    shelf: Shelf, slug: str, code: str, known: Subject | None, kept: Sequence[Path], *, shut: bool
) -> tuple[str, ...]:
    """What has to be erased elsewhere, in Dutch sentences for who erases."""
    told = [f"Het besluit dat zojuist buiten kwartier is bewaard: {path}." for path in kept]
    names: dict[str, str] = {}
    with suppress(KwartierError):
        names = shelf.codes(slug).names()
    for row in known.handed_over if known else ():
        words = ", ".join(filter(None, [row.what, f"aan {names.get(row.to) or row.to}" if row.to else ""]))
        told.append(f"Op {short(row.date)} meegegeven: {words}.")
    if shut or known is None:
        told.append("Wat er is meegegeven, is niet te lezen: vraag na wie een bestand kreeg.")
    told += [f"Dit is niet gewist; kijk zelf of het van {code} is: {path}." for path in left_alone(shelf, slug, code)]
    if code_there := _among_people(shelf, slug, known):
        told.append(f"Dezelfde naam staat ook bij {code_there}, wie invult of meedoet: kwartier persoon wis {slug} …")
    for other in _elsewhere(shelf, slug, known):
        told.append(f"Dezelfde student staat in deze datamap ook bij {other}; wis die daar apart.")
    sync = synchronised_by(shelf.folder.path)
    where = f"De datamap lijkt gesynchroniseerd ({sync}): kijk" if sync else "Wordt de datamap gesynchroniseerd, kijk"
    told += [
        f"{where} op de andere computers en in de prullenbak en de geschiedenis van dat programma.",
        "Reservekopieën van deze computer en van de server.",
        "Verslagen en uitvoer die eerder als bestand zijn gemaakt, ook op papier en in e-mail.",
        "Wat anderen bij een andere meting of in hun eigen aantekeningen over de student opschreven.",
        "Sporen op de schijf zelf: een gewist bestand is soms terug te halen tot de plaats opnieuw gebruikt is.",
    ]
    return tuple(told)


def _among_people(shelf: Shelf, slug: str, known: Subject | None) -> str:
    """The codes behind which the name of a student stands as well, who filled in or was named somewhere."""
    if known is None or not known.name:
        return ""
    with suppress(KwartierError):
        names = shelf.codes(slug).names()
        return ", ".join(code for code, name in names.items() if name.casefold() == known.name.casefold())
    return ""


def _elsewhere(shelf: Shelf, slug: str, known: Subject | None) -> Iterator[str]:
    if known is None:
        return
    for other in shelf.folder.organisations():
        for code in shelf.folder.subjects(other) if other != slug else []:
            with suppress(KwartierError):
                found = files.find(shelf.folder.subject_file(other, code))
                if found is not None and found.tree.get("id") == known.id:
                    yield f"{other} ({code})"
