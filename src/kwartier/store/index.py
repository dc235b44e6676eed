"""The index of a data folder: a table of what was told of each record, kept in the cache and always safe to delete.

Tables only. What stands in them is decided elsewhere, and has passed the gate; nothing here reads a record. It is
imported before anything is on the screen, so it imports little.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

VERSION = 4
"""Of the tables; an index of another version is made anew."""

_DAMAGED = (1, 8, 11, 26)  # SQLITE_ERROR (other tables), _READONLY (or a spoilt header), _CORRUPT, _NOTADB
_PAGES_IN_MEMORY = 256  # kB per connection; sqlite's own 2 MB makes nothing here faster
_BESIDE = ("-wal", "-shm", "-journal")


class OrganisationRow(NamedTuple):
    """An organisation. From `last` on it is what follows from its records, see `Standing`."""

    slug: str
    stamp: str
    name: str
    kind: str
    part_of: str
    problem: str
    last: str = ""
    last_day: str = ""
    next: str = ""
    records: int = 0
    broken: int = 0


class RecordRow(NamedTuple):
    """A record. `pin` is its content, `day` its date (ISO); `readable` says whether its own files could be read."""

    ref: str
    organisation: str
    stamp: str
    pin: str
    instrument: str
    successor: str
    short: str
    day: str
    subject: str
    follows: str
    readable: int
    definitive: int
    paper: int
    next: str
    detail: str
    mean: str
    verdict: str
    locked: str
    problem: str


class DueRow(NamedTuple):
    """Something to be done; `day` is empty (ISO else), `closed` hides what another record made superfluous."""

    ref: str
    organisation: str
    step: str
    kind: str
    text: str
    day: str
    person: str
    closed: int = 0


class Standing(NamedTuple):
    """What follows from all records of an organisation together, and the records that a later one repeats."""

    last: str
    last_day: str
    next: str
    records: int
    broken: int
    repeated: frozenset[str]


class Change(NamedTuple):
    """What was found different in one organisation: its row, records read again, and records that are gone."""

    organisation: OrganisationRow
    records: tuple[tuple[RecordRow, tuple[DueRow, ...]], ...] = ()
    gone: tuple[str, ...] = ()
    own: tuple[DueRow, ...] | None = None
    "What the organisation itself has on the agenda, by its slug as the reference; None leaves it as it was."


Settle = Callable[[list[RecordRow], list[DueRow]], Standing]


def place_of(cache: Path, folder: Path) -> Path:
    """Where the index of a data folder stands in a cache folder."""
    whole = os.path.abspath(folder.expanduser())  # noqa: PTH100  (takes .. out without following links)
    name = sha256(os.fsencode(whole)).hexdigest()[:32]
    return cache / "index" / f"{name}.sqlite"


_TABLES: dict[str, Any] = {"organisation": OrganisationRow, "record": RecordRow, "due": DueRow}


class Index:
    """An open index, for one thread. Its methods raise `sqlite3.Error` where the file or the disk does not do."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    # -- opening

    @classmethod
    def in_memory(cls) -> Index:
        """An index that is gone when it is closed: for where none can be kept."""
        index = cls(sqlite3.connect(":memory:", isolation_level=None))
        index._make()
        return index

    @classmethod
    def open(cls, path: Path) -> Index:
        """The index at this place; made where there is none, and anew where it is damaged or of another version.

        Raises `sqlite3.Error` or `OSError` where none can be kept there.
        """
        try:
            return cls._opened(path)
        except (sqlite3.Error, ValueError) as error:
            if not is_damage(error):
                raise
        remove(path)  # of one that may really not be written, this fails as well
        return cls._opened(path)

    @classmethod
    def find(cls, path: Path) -> Index | None:
        """The index to read from, or None where there is no good one. It writes nothing."""
        if not path.is_file():
            return None
        index = cls(_connect(path, timeout=0.2))
        try:
            if index._version() == VERSION:
                return index
        except (sqlite3.Error, ValueError):
            pass
        index._connection.close()
        return None

    @classmethod
    def _opened(cls, path: Path) -> Index:
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        # sqlite would make it readable for all; what it makes beside it gets the mode of the file itself
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
        index = cls(_connect(path, timeout=5))
        try:
            if index._version() not in (0, VERSION):
                raise _Other("other version")
            found = index._one("PRAGMA quick_check(1)")
            if found != "ok":
                raise _Other(str(found))
            with suppress(sqlite3.OperationalError):  # another process is just doing the same
                index._connection.execute("PRAGMA journal_mode = WAL")
            index._connection.execute("PRAGMA synchronous = NORMAL")
            index._connection.execute("PRAGMA secure_delete = ON")
            index._make()
            for name, kind in _TABLES.items():  # bytes that were spoilt may have renamed a column
                index._connection.execute(f"SELECT {', '.join(kind._fields)} FROM {name} LIMIT 0").close()
        except BaseException:
            index._connection.close()
            raise
        return index

    def _version(self) -> int:
        return int(self._one("PRAGMA user_version"))

    def _one(self, question: str) -> Any:
        with closing(self._connection.execute(question)) as cursor:
            row = cursor.fetchone()
        return row[0] if row else None

    def _make(self) -> None:
        with self._writing():
            if self._version() == VERSION:  # another process was first
                return
            for name, kind in _TABLES.items():
                columns = ", ".join(f"{field} NOT NULL" for field in kind._fields)
                self._connection.execute(f"CREATE TABLE {name} ({columns})")
            self._connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
            self._connection.execute("CREATE UNIQUE INDEX organisation_slug ON organisation (slug)")
            self._connection.execute("CREATE UNIQUE INDEX record_ref ON record (ref)")
            self._connection.execute("CREATE INDEX record_organisation ON record (organisation)")
            self._connection.execute("CREATE INDEX due_organisation ON due (organisation, ref)")
            self._connection.execute("CREATE INDEX due_open ON due (organisation, day) WHERE closed = 0")
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing, also where the process is killed."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):  # the disk is full: sqlite has rolled back by itself
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # -- reading

    def meta(self, key: str) -> str:
        """A remark on the whole folder; empty where there is none."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def organisations(self) -> list[OrganisationRow]:
        """All organisations."""
        return [OrganisationRow._make(row) for row in self._connection.execute("SELECT * FROM organisation")]

    def problems(self) -> list[tuple[str, str]]:
        """What cannot be read: slug or reference, and why."""
        return [
            *self._connection.execute("SELECT slug, problem FROM organisation WHERE problem != '' ORDER BY slug"),
            *self._connection.execute("SELECT ref, problem FROM record WHERE problem != '' ORDER BY ref"),
        ]

    def stamps(self, organisation: str) -> dict[str, tuple[str, str]]:
        """By reference the stamp of a record of this organisation, and its pin."""
        rows = self._connection.execute("SELECT ref, stamp, pin FROM record WHERE organisation = ?", (organisation,))
        return {ref: (stamp, pin) for ref, stamp, pin in rows}

    def agenda(self, soon: str, limit: int | None) -> list[DueRow]:
        """What is still to be done, the first `limit`; what has no day stands after the day `soon` (ISO)."""
        found = self._connection.execute(
            "SELECT * FROM due WHERE closed = 0 ORDER BY iif(day = '', ?, day), ref, step, text LIMIT ?",
            (f"{soon}~", -1 if limit is None else limit),
        )
        return [DueRow._make(row) for row in found]

    def due_count(self) -> int:
        """How much is still to be done in all."""
        return int(self._one("SELECT count(*) FROM due WHERE closed = 0"))

    def overdue(self, today: str) -> dict[str, int]:
        """By organisation how much should have been done before this day (ISO)."""
        found = self._connection.execute(
            "SELECT organisation, count(*) FROM due WHERE closed = 0 AND day != '' AND day < ? GROUP BY organisation",
            (today,),
        )
        return dict(found.fetchall())

    # -- writing

    def put_meta(self, values: Mapping[str, str]) -> None:
        """Writes remarks, where they differ from what is there."""
        changed = [(key, value) for key, value in values.items() if self.meta(key) != value]
        if changed:
            with self._writing():
                self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", changed)

    def put(self, changes: Iterable[Change], settle: Settle) -> None:
        """Writes what changed in some organisations, and what follows from it: `settle` gets all records of each.

        It is asked in the same transaction, so that it also counts what another process wrote meanwhile.
        """
        with self._writing():
            for change in changes:
                for ref in [*change.gone, *(record.ref for record, _ in change.records)]:
                    given = (change.organisation.slug, ref)
                    self._connection.execute("DELETE FROM record WHERE ref = ?", (ref,))
                    self._connection.execute("DELETE FROM due WHERE organisation = ? AND ref = ?", given)
                for record, dues in change.records:
                    self._insert("record", [record])
                    self._insert("due", dues)
                if change.own is not None:
                    slug = change.organisation.slug
                    self._connection.execute("DELETE FROM due WHERE organisation = ? AND ref = ?", (slug, slug))
                    self._insert("due", change.own)
                self._settle(change.organisation, settle)

    def drop(self, slugs: Iterable[str]) -> None:
        """Takes organisations out with all that is theirs."""
        given = [(slug,) for slug in slugs]
        if given:
            with self._writing():
                self._connection.executemany("DELETE FROM due WHERE organisation = ?", given)
                self._connection.executemany("DELETE FROM record WHERE organisation = ?", given)
                self._connection.executemany("DELETE FROM organisation WHERE slug = ?", given)

    def empty_log(self) -> bool:
        """Leaves nothing in the file beside it that sqlite writes first; tells whether that went."""
        with closing(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as cursor:
            row = cursor.fetchone()
        return bool(row) and row[0] == 0

    def _settle(self, row: OrganisationRow, settle: Settle) -> None:
        given = (row.slug,)
        asked = "SELECT * FROM {} WHERE organisation = ? ORDER BY ref"
        records = [RecordRow._make(one) for one in self._connection.execute(asked.format("record"), given)]
        dues = [DueRow._make(one) for one in self._connection.execute(asked.format("due"), given)]
        standing = settle(records, dues)
        self._connection.execute("UPDATE due SET closed = 0 WHERE organisation = ? AND kind = 'repeat'", given)
        closed = [(row.slug, ref) for ref in standing.repeated]
        self._connection.executemany(
            "UPDATE due SET closed = 1 WHERE organisation = ? AND kind = 'repeat' AND ref = ?", closed
        )
        self._connection.execute("DELETE FROM organisation WHERE slug = ?", given)
        told = {field: getattr(standing, field) for field in Standing._fields if field in OrganisationRow._fields}
        self._insert("organisation", [row._replace(**told)])

    def _insert(self, table: str, rows: Iterable[OrganisationRow | RecordRow | DueRow]) -> None:
        for row in rows:
            marks = ", ".join("?" * len(row))
            self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)


class _Other(sqlite3.DatabaseError):
    """What is there is an index, but not one that can be used."""


def is_damage(error: Exception) -> bool:
    """Whether it is the file that is wrong, so that a new one helps; not where it is in use or the disk is full."""
    if not isinstance(error, sqlite3.Error) or isinstance(error, _Other):
        return isinstance(error, ValueError | _Other)  # a text in it, or in what sqlite says of it, is no UTF-8
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _DAMAGED


def remove(path: Path) -> None:
    """Takes an index away, with what sqlite keeps beside it. Raises `OSError` where that may not be."""
    for one in [path.with_name(path.name + ending) for ending in _BESIDE] + [path]:
        one.unlink(missing_ok=True)


def _connect(path: Path, *, timeout: float) -> sqlite3.Connection:
    # rw, not rwc: reading never leaves an empty file behind where another process just took the index away
    whole = Path(os.path.abspath(path)).as_uri()  # noqa: PTH100
    connection = sqlite3.connect(f"{whole}?mode=rw", uri=True, timeout=timeout, isolation_level=None)
    connection.execute(f"PRAGMA cache_size = -{_PAGES_IN_MEMORY}")
    return connection
