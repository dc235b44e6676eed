"""Brings the index of a data folder up to date with the disk: only what changed is read again.

What changed is told by stamps of files. What the rows say stands in `standing`, what is shown of them in `overview`.
Where no index can be kept the same is done in memory.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from kwartier import __version__
from kwartier.errors import KwartierError
from kwartier.plugins.listing import State
from kwartier.store.index import Change, Index, OrganisationRow, is_damage, place_of, remove
from kwartier.store.refs import SUBJECTS, Ref
from kwartier.workspace import standing
from kwartier.workspace.demo_day import mark_of
from kwartier.workspace.overview import Overview, told
from kwartier.workspace.places import cache_folder
from kwartier.workspace.shelf import Shelf

Progress = Callable[[int, int], None]

YOUNG = 2_000_000_000
"""Nanoseconds: what changed so shortly before it was read may have changed again within the grain of the clock."""

_BATCH = 0.5
"""Seconds of reading that are lost at most when the process is killed."""


def overview(shelf: Shelf, progress: Progress, cancelled: Callable[[], bool], agenda: int | None) -> Overview:
    """Looks at the whole folder and gives the overview; `checked` is not set where it was cancelled half-way."""

    def look(index: Index) -> Overview:
        whole = _Walk(shelf, index).all(progress, cancelled)
        return told(index, shelf.folder.path, shelf.today(), agenda, checked=whole)

    place: Path | None = None
    try:
        place = place_of(cache_folder(), shelf.folder.path)
        with Index.open(place) as index:
            return look(index)
    except (sqlite3.Error, OSError, ValueError, RuntimeError) as error:
        # in use for too long, damaged further on, no room, no cache, no home: the user gets the overview all the same
        if place is not None and is_damage(error):
            with suppress(OSError):
                remove(place)
    with Index.in_memory() as index:
        return look(index)


def note_saved(shelf: Shelf, ref: str) -> None:
    """Looks again at one organisation (a slug, or a reference within it); whatever goes wrong, work goes on.

    Nothing has to call this: the stamps tell at the next look. With it a glimpse before that look is right as well.
    """
    with suppress(sqlite3.Error, OSError, ValueError, RuntimeError, KwartierError):
        place = place_of(cache_folder(), shelf.folder.path)
        if place.is_file():
            with Index.open(place) as index:
                _Walk(shelf, index).again(ref.split("/")[0])


def cleared(shelf: Shelf, slug: str) -> None:
    """Looks again at an organisation of which something was encrypted or erased, and leaves nothing of it behind.

    Where the index is in use or damaged it is taken away whole: it can always be made again.
    """
    with suppress(OSError, RuntimeError):
        place = place_of(cache_folder(), shelf.folder.path)
        with suppress(sqlite3.Error, ValueError, KwartierError):
            if not place.is_file():
                return
            with Index.open(place) as index:
                _Walk(shelf, index).again(slug)
                if index.empty_log():
                    return
        remove(place)


class _Walk:
    """One look at a data folder, beside what the index holds of it."""

    def __init__(self, shelf: Shelf, index: Index) -> None:
        self._shelf = shelf
        self._index = index
        self._pending: list[Change] = []
        self._written = time.monotonic()
        self._instruments: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._home = str(shelf.folder.path / "organisations")
        self._base = f"{__version__} {shelf.folder.schema} {shelf.is_handed_over}"

    def all(self, progress: Progress, cancelled: Callable[[], bool]) -> bool:
        """Looks at everything; tells whether it came to the end. What was found before it was cancelled is kept."""
        mark = mark_of(self._shelf.folder.path)
        self._index.put_meta({"day": mark.day.isoformat() if mark else ""})
        known = {row.slug: row for row in self._index.organisations()}
        slugs = self._shelf.folder.organisations()
        try:
            for number, slug in enumerate(slugs):
                if cancelled():
                    return False
                progress(number, len(slugs))
                self._look(slug, known.get(slug), self._index.stamps(slug))
                if time.monotonic() - self._written > _BATCH:
                    self._write()
        finally:
            self._write()
        self._index.drop(sorted(known.keys() - set(slugs)))
        progress(len(slugs), len(slugs))
        return True

    def again(self, slug: str) -> None:
        """Looks at one organisation."""
        known = {row.slug: row for row in self._index.organisations()}
        if slug in self._shelf.folder.organisations():
            self._look(slug, known.get(slug), self._index.stamps(slug))
            self._write()
        elif slug in known:
            self._index.drop([slug])

    def _write(self) -> None:
        pending, self._pending = self._pending, []
        if pending:
            self._index.put(pending, standing.settle)
        self._written = time.monotonic()

    def _look(self, slug: str, known: OrganisationRow | None, stamps: dict[str, tuple[str, str]]) -> None:
        """Compares one organisation with its rows, and reads what differs."""
        stamp = self._stamp_of_organisation(slug)
        row = known if known and stamp and known.stamp == stamp else self._organisation(slug, stamp)
        problem = ""
        try:
            refs = {str(ref): ref for ref in self._shelf.folder.assessments(slug)}
        except KwartierError as error:  # its folder is closed to this user
            refs, problem = {}, error.message
        if problem:
            row = row._replace(problem=problem, stamp="")
        read = []
        for text, ref in refs.items():
            had, pin = stamps.get(text, ("", ""))
            if not had or self._stamp_of(ref, pin) != had:
                read.append(self._record(ref))
        gone = tuple(stamps.keys() - refs.keys())
        if row is not known or read or gone:
            own = None if row is known else standing.own(self._shelf, slug)
            self._pending.append(Change(row, tuple(read), gone, own))

    def _organisation(self, slug: str, stamp: str) -> OrganisationRow:
        try:
            one = self._shelf.organisation(slug)
            return OrganisationRow(slug, stamp, one.name, one.kind, one.part_of, "")
        except KwartierError as error:
            return OrganisationRow(slug, stamp, slug, "", "", error.message)

    def _record(self, ref: Ref) -> standing.Rows:
        """A record read now. Its stamp is of before it was read, so that a change meanwhile is seen next time."""
        before = time.time_ns()
        files, newest = self._files_of(ref)
        row, dues = standing.read(self._shelf, ref)
        young = newest > before - YOUNG
        return row._replace(stamp="" if young else self._whole(ref, row.pin, files)), dues

    # -- stamps: what tells, without reading, that nothing changed; an empty one never does

    def _stamp_of_organisation(self, slug: str) -> str:
        try:
            told = self._shelf.folder.organisation_file(slug).lstat()
            subjects, newest = self._subjects(slug)
        except (OSError, KwartierError):
            return ""
        if max(told.st_mtime_ns, newest) > time.time_ns() - YOUNG:
            return ""
        return f"{self._base} {told.st_size} {told.st_mtime_ns} {told.st_ino} {subjects}"

    def _subjects(self, slug: str) -> tuple[str, int]:
        """Of the students of an organisation, who put their own time on the agenda."""
        home = f"{self._home}{os.sep}{slug}{os.sep}{SUBJECTS}"
        found = [(code, *_files(f"{home}{os.sep}{code}", (".toml",))) for code in self._shelf.folder.subjects(slug)]
        told = repr([(code, files) for code, files, _ in found])
        newest = max((changed for _, _, changed in found), default=0)
        return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest(), newest

    def _stamp_of(self, ref: Ref, pin: str) -> str:
        return self._whole(ref, pin, self._files_of(ref)[0])

    def _files_of(self, ref: Ref) -> tuple[str, int]:
        # A reference that was found by looking is a path: making one of parts again would be half of the whole look.
        return _files(f"{self._home}{os.sep}{ref}")

    def _whole(self, ref: Ref, pin: str, files: str) -> str:
        """Of the files, of what was asked, and of what reads it: an instrument that was installed since."""
        if not files:
            return ""
        parts = [self._base, files, self._content(pin), self._instrument(ref.instrument)]
        return blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    def _content(self, pin: str) -> str:
        if pin not in self._contents:
            try:
                told = self._shelf.folder.content_file(pin).stat()
                self._contents[pin] = f"{pin} {told.st_size} {told.st_mtime_ns} {told.st_ino}"
            except (OSError, KwartierError):
                self._contents[pin] = "none"
        return self._contents[pin]

    def _instrument(self, name: str) -> str:
        if name not in self._instruments:
            listing = self._shelf.host.listing(name)
            self._instruments[name] = "none"
            if listing is not None:
                # Not its state, which changes when it is loaded: whether that works, its files tell.
                files = _files(listing.folder, (".py", ".toml"))[0] if listing.folder else ""
                parts = [listing.distribution, listing.version, str(listing.state is State.DISABLED), files]
                self._instruments[name] = " ".join(parts)
        return self._instruments[name]


def _files(folder: str, endings: tuple[str, ...] = ("",)) -> tuple[str, int]:
    """What the files in a folder look like from outside, and when the newest changed (ns); empty where none is."""
    try:
        with os.scandir(folder) as entries:
            found = []
            for entry in entries:
                if entry.name.endswith(endings):
                    told = entry.stat(follow_symlinks=False)
                    found.append((entry.name, told.st_size, told.st_mtime_ns, told.st_ino))
    except OSError:
        return "", 0
    return repr(sorted(found)), max((changed for _, _, changed, _ in found), default=0)
