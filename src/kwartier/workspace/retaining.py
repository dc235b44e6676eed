"""Until when what is kept of a student may be kept: set, read and put on the agenda. Erasing stands in `erasing`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kwartier.errors import KwartierError
from kwartier.records.files import view
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import files, keyring
from kwartier.workflow.due import Due
from kwartier.workflow.periods import parse_date
from kwartier.workspace import subjects
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf, require_known_schema

KIND = "retention"
"""The kind of such an entry on the agenda; its `ref` is the organisation, its `step` the code of the student."""

LOCK = "lock.toml"
"""Beside subject.toml, in clear, of a student whose files are encrypted: it holds the date as well."""


def retain(shelf: Shelf, slug: str, code: str, until: date | str) -> date | None:
    """Sets the day after which what is kept of a student is to be erased; an empty text takes it away. Gives the day.

    Of a student that is locked only the date in clear is set: the own file follows when it is next set unlocked.
    """
    day = parse_date(until) if isinstance(until, str) and until else until or None
    shelf.organisation(slug)
    home = shelf.folder.subject(slug, code)
    if keyring.lock_of(home) is not None:
        with shelf.folder.lock(slug):
            _set_in_clear(home / keyring.LOCK_FILE, day)
    if not is_shut(shelf, slug, code):
        subjects.write(shelf, slug, code, lambda tree, codes: _retained(tree, codes, day, slug))
    return day if isinstance(day, date) else None


def retained(shelf: Shelf, slug: str, code: str) -> date | None:
    """The day that was set, also of a locked student; None where none was. Raises where it cannot be read."""
    lock = keyring.lock_of(shelf.folder.subject(slug, code))
    if lock is not None:
        return lock.retain_until
    found = files.find(shelf.folder.subject_file(slug, code))
    return _day(found.tree) if found is not None and found.tree.get("kind") != "workplace" else None


def dues(shelf: Shelf, slug: str) -> list[Due]:
    """What the students of an organisation put on its agenda by themselves: that their time comes. No names."""
    found = []
    for code in shelf.folder.subjects(slug):
        try:
            day = retained(shelf, slug, code)
        except KwartierError:  # what cannot be read puts nothing on the agenda; `checkup` tells about it
            continue
        if day is not None:
            text = f"bewaartermijn van {code}: wissen of verlengen"
            found.append(Due(ref=slug, step=code, kind=KIND, text=text, day=day))
    return found


def undated(shelf: Shelf, slug: str) -> Iterator[str]:
    """The codes of students of whom it was never said until when what is kept of them may be kept."""
    for code in shelf.folder.subjects(slug):
        try:
            if retained(shelf, slug, code) is None and (is_shut(shelf, slug, code) or _is_student(shelf, slug, code)):
                yield code
        except KwartierError:  # told by itself
            continue


def is_shut(shelf: Shelf, slug: str, code: str) -> bool:
    """Whether the files of a student are encrypted and not opened in this process."""
    try:
        files.find(shelf.folder.subject_file(slug, code))
    except KwartierError as error:
        return error.code == "locked"
    return False


def _is_student(shelf: Shelf, slug: str, code: str) -> bool:
    found = files.find(shelf.folder.subject_file(slug, code))
    return found is not None and found.tree.get("kind") == "student"


def _set_in_clear(path: Path, day: date | str | None) -> None:
    def changed(tree: Tree | None) -> Tree | None:
        if tree is None:
            return None
        require_known_schema(path, tree)
        return _with(tree, day)

    files.update(path, changed)


def _retained(tree: Tree, codes: Codes, day: date | str | None, slug: str) -> Tree:
    if tree.get("kind") == "workplace":
        raise subjects.not_a_student(slug, tree.get("code", ""), "; een bewaartermijn hoort bij een student")
    return _with(tree, day)


def _with(tree: Tree, day: date | str | None) -> Tree:
    rest = {key: value for key, value in tree.items() if key != "retain_until"}
    return {**rest, "retain_until": day} if day else rest


def _day(tree: Tree) -> date | None:
    day = tree.get("retain_until")
    return day if type(day) is date else None


def subject_of(shelf: Shelf, slug: str, code: str) -> Subject | None:
    """All that is known of a student; None where it is locked, damaged or not there."""
    try:
        path = shelf.folder.subject_file(slug, code)
        found = files.find(path)
        return view(found.tree, Subject, str(path)) if found is not None else None
    except KwartierError:
        return None
