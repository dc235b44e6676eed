"""The data folder: where each file of each record stands, what there is, and opening it safely.

What stands in the files is not known here, only their names.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path

from kwartier.errors import KwartierError, Misused, Refused, Unreadable
from kwartier.records.canonical import digest
from kwartier.records.tree import Tree
from kwartier.store import copies, disk, files, journal, making, names, plan, refs, refusals, sweeping, toml
from kwartier.store.layout import Layout
from kwartier.store.locks import OWN, hold
from kwartier.store.refs import Ref

SCHEMA = 1
"""Version of the layout of a data folder; a folder of a newer one is only read."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,90}")


@dataclass(frozen=True, slots=True)
class DataFolder(Layout):
    """A data folder that exists and can be read. Made by `open` and `create_or_open`."""

    schema: int = SCHEMA

    # -- opening

    @classmethod
    def open(cls, path: Path) -> DataFolder:
        """Open an existing folder, writing nothing; Refused ("missing", "not-a-folder", "no-permission")."""
        whole = _absolute(path)
        _check_folder(whole)
        found = files.find(whole / OWN / "folder.toml")
        schema = found.tree.get("schema") if found else SCHEMA
        if type(schema) is not int or schema < 1:
            message = "Dit bestand zegt niet van welke versie de datamap is."
            advice = "Zet een reservekopie terug, of verwijder dit bestand: kwartier maakt het dan opnieuw."
            raise Unreadable("damaged-marker", message, place=str(whole / OWN / "folder.toml"), advice=advice)
        return cls(whole, schema)

    @classmethod
    def create_or_open(cls, path: Path) -> DataFolder:
        """Open a folder, making it where it does not exist; one that may not be written is opened to read."""
        whole = _absolute(path)
        try:
            disk.make_folder(whole)
        except (FileExistsError, NotADirectoryError) as error:
            raise refusals.no_folder_refused(whole) from error
        except OSError as error:
            raise refusals.refusal(error, whole) from error
        folder = cls.open(whole)
        marker = whole / OWN / "folder.toml"
        if not marker.exists() and folder.is_writable:
            try:
                disk.make_folder(marker.parent)
                disk.make_folder(whole / "organisations")
                files.update(marker, lambda there: there or {"schema": SCHEMA})
            except OSError as error:
                raise refusals.refusal(error, whole) from error
        return folder

    @property
    def is_writable(self) -> bool:
        """Whether this kwartier may write here: not where the folder is newer than this kwartier or read-only."""
        return self.schema <= SCHEMA and os.access(self.path, os.R_OK | os.W_OK | os.X_OK)

    def check_writable(self) -> None:
        """Refused, with the reason, where `is_writable` does not hold."""
        if self.schema > SCHEMA:
            raise Refused(
                "newer-folder",
                "Deze datamap is gemaakt door een nieuwere versie van kwartier; hij is hier alleen te lezen.",
                place=str(self.path),
                advice="Installeer de nieuwste versie van kwartier om hier iets te wijzigen.",
            )
        if not self.is_writable:
            raise refusals.read_only_refused(self.path)

    # -- what there is

    def organisations(self) -> list[str]:
        """The folder names of the organisations, sorted. Other folders, and links, are left alone."""
        return [name for name in _folders(self.path / "organisations") if self._is_organisation(name)]

    def subjects(self, organisation: str) -> list[str]:
        """The codes of the students and workplaces of an organisation, sorted."""
        place = self.organisation(organisation) / refs.SUBJECTS
        return [code for code in _folders(place) if names.is_code(code) and _is_file(place / code / "subject.toml")]

    def assessments(self, organisation: str) -> list[Ref]:
        """All assessments of an organisation, of itself and of its subjects, oldest first per instrument."""
        return sorted(self._assessments(organisation), key=lambda ref: ref.order)

    def step_files(self, ref: Ref) -> dict[tuple[str, str | None], Path]:
        """The step files of an assessment by step and person; unknown files and conflict copies are left out."""
        place = self.assessment(ref)
        found = {}
        for entry in _entries(place):
            key = refs.split_step_file_name(entry.name)
            if key and entry.is_file(follow_symlinks=False):
                found[key] = place / entry.name
        return dict(sorted(found.items(), key=lambda item: item[1].name))

    def stamp(self, ref: Ref) -> tuple[tuple[str, int, int, int], ...]:
        """What the files of an assessment, and of its organisation, look like from outside: it differs after a save."""
        home, place = self.organisation(ref.organisation), self.assessment(ref)
        found = []
        for folder in (home, place):
            for entry in _entries(folder):
                if entry.name.endswith(".toml") and not entry.name.startswith("."):
                    with suppress(OSError):  # gone since the folder was listed
                        told = (folder / entry.name).lstat()
                        found.append((entry.name, told.st_size, told.st_mtime_ns, told.st_ino))
        return tuple(found)

    def free_organisation(self, name: str) -> str:
        """A folder name for a new organisation with this name; to be used under `lock()`."""
        names.check_name(name)
        return names.free_slug(name, [entry.name for entry in _entries(self.path / "organisations")])

    # -- writing

    @contextmanager
    def lock(self, *organisations: str, timeout: float = 10) -> Iterator[None]:
        """Hold the locks of these organisations; without any, the lock for making organisations. Not re-entrant.

        An operation that a crash cut off in one of them is finished first.
        """
        self.check_writable()
        wanted = sorted({journal.lock_name(name) for name in organisations} or {"folder"})
        with ExitStack() as held:
            _enter(held, self.path, wanted, timeout)
            if any(journal.pending(self.path, name) for name in organisations or (plan.NEW,)):
                held.close()
                with suppress(KwartierError):  # told by sweep; each file is still guarded by its fingerprint
                    journal.resume(self.path)
                _enter(held, self.path, wanted, timeout)
            yield

    def create(self, target: Path, trees: Mapping[str, Tree]) -> None:
        """Make a folder (of an organisation, subject or assessment) with these files, whole or not at all.

        Refused ("exists") where something stands there. File names are plain; the caller holds the lock.
        """
        self.check_writable()
        making.create_folder(target, encode_files(trees, target))

    def write_content(self, tree: Tree) -> str:
        """Keep a content for the records that pin it; gives the pin. What is there already is not written again."""
        self.check_writable()
        pin = digest(tree)
        path = self.content_file(pin)
        with suppress(KwartierError):
            if path.exists() and self.read_content(pin):
                return pin
        data = toml.encode(tree)
        try:
            disk.make_folder(path.parent)
        except OSError as error:
            raise refusals.refusal(error, path.parent) from error
        with suppress(files.Changed):  # another process wrote the same
            # a damaged copy is put right: its name says what belongs in it
            files.replace(path, data, expected=disk.fingerprint_of(path))
        return pin

    def read_content(self, pin: str) -> Tree:
        """The content with this pin; Unreadable where it is no longer what it was."""
        path = self.content_file(pin)
        tree = files.read(path).tree
        if digest(tree) != pin:
            message = "Deze bewaarde inhoud van een instrument is veranderd."
            advice = "Zet een reservekopie van dit bestand terug."
            raise Unreadable("changed-content", message, place=str(path), advice=advice)
        return tree

    # -- upkeep

    def conflict_copies(self) -> list[copies.ConflictCopy]:
        """Copies that synchronisers made of files that two machines changed."""
        return copies.conflict_copies(self.path / "organisations")

    def sweep(self) -> sweeping.Swept:
        """Finish what a crash cut off and remove its temporary files; nothing in a folder that is only read."""
        return sweeping.sweep(self.path) if self.is_writable else sweeping.Swept()

    def _is_organisation(self, name: str) -> bool:
        return names.is_slug(name) and _is_file(self.path / "organisations" / name / "organisation.toml")

    def _assessments(self, organisation: str) -> Iterator[Ref]:
        home = self.organisation(organisation)
        base = str(home.parent)
        for instrument in filter(refs.is_instrument, _folders(home)):
            for name in _folders(home / instrument):
                if refs.is_date_name(name):
                    found = [Ref(organisation, instrument, None, name)]
                elif names.is_code(name):
                    days = filter(refs.is_date_name, _folders(home / instrument / name))
                    found = [Ref(organisation, instrument, name, day) for day in days]
                else:
                    continue
                # every name was looked at here: making each path of checked parts again would cost more than the rest
                yield from (ref for ref in found if _is_file(f"{base}{os.sep}{ref}{os.sep}{refs.ENVELOPE}.toml"))


def encode_files(trees: Mapping[str, Tree], target: Path) -> dict[str, bytes]:
    """The files of a new folder that is to stand at `target` as bytes, for `create` and for `making.built_folder`.

    They are encrypted where the student that they are of is encrypted, wherever they are built first.
    """
    for name in trees:
        if _PLAIN.fullmatch(name) is None or names.is_reserved(name):
            raise ValueError(f"not a plain file name: {name!r}")
    return {name: files.encode(target / name, tree) for name, tree in trees.items()}


def free_assessment_name(parent: Path, day: Day) -> str:
    """The folder name for a new assessment on a day: the date, or date-2, date-3 and on where it is taken."""
    taken = {entry.name for entry in _entries(parent)}
    name, number = day.isoformat(), 1
    while name in taken:
        number += 1
        name = f"{day.isoformat()}-{number}"
    return name


def _enter(held: ExitStack, data_folder: Path, locks: list[str], timeout: float) -> None:
    for name in locks:
        held.enter_context(hold(data_folder, name, timeout))


def _absolute(path: Path) -> Path:
    text = str(path)
    if "\x00" in text:
        raise Misused("invalid-path", "Dit is geen pad: er staat een nulteken in.", advice="Typ het pad opnieuw.")
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        message = "Deze thuismap is niet te vinden."
        raise Misused("invalid-path", message, place=text, advice="Typ het hele pad.") from error


def _check_folder(path: Path) -> None:
    try:
        with os.scandir(path):
            pass
    except FileNotFoundError as error:
        advice = "Kijk of het pad klopt, of maak de map eerst."
        raise Refused("missing", "Deze map bestaat niet.", place=str(path), advice=advice) from error
    except OSError as error:
        raise refusals.read_refusal(error, path) from error


def _entries(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusals.read_refusal(error, path) from error


def _is_file(path: Path | str) -> bool:
    """Whether a file stands here; also where the system does not tell, so that who reads it is told why."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116  (a path of its own for each would cost more)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno not in (errno.ELOOP, errno.EBADF)


def _folders(path: Path) -> list[str]:
    return [entry.name for entry in _entries(path) if entry.is_dir(follow_symlinks=False)]
