"""The steps of a journal as frozen values, and as TOML; each step knows whether it is still to be done.

Carrying out, and the order of things on the disk, stand in journal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.records.tree import Tree
from kwartier.store import disk, refusals
from kwartier.store.locks import OWN

SCHEMA = 1
NEW = ""
"""Stands for the organisations that a plan makes; no folder has this name."""

_WHOLE = len(("organisations", "name"))
State = Literal["todo", "done", "changed"]
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]" if disk.ON_WINDOWS else r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Put:
    """Replace the file at `path`, whose fingerprint is `expected` (None: there is none), by the staged file `data`."""

    path: str
    expected: str | None
    new: str
    data: str

    def state(self, data_folder: Path) -> State:
        """Whether this is still to be done, is done, or somebody changed the target meanwhile."""
        found = disk.fingerprint_of(inside(data_folder, self.path))
        if found == self.new:
            return "done"
        return "todo" if found == self.expected else "changed"


@dataclass(frozen=True, slots=True)
class Move:
    """Rename the finished folder or file at `source` to `path`, where nothing is."""

    path: str
    source: str

    def state(self, data_folder: Path) -> State:
        """As Put.state."""
        there = inside(data_folder, self.path).exists()
        if inside(data_folder, self.source).exists():
            return "changed" if there else "todo"
        return "done" if there else "changed"


@dataclass(frozen=True, slots=True)
class Delete:
    """Take away the file or folder at `path`, whose fingerprint is `expected`."""

    path: str
    expected: str

    def state(self, data_folder: Path) -> State:
        """As Put.state."""
        found = disk.fingerprint_of(inside(data_folder, self.path))
        if found is None:
            return "done"
        return "todo" if found == self.expected else "changed"


Step = Put | Move | Delete


@dataclass(frozen=True, slots=True)
class Plan:
    """What one operation does, in order; `purpose` says in Dutch what it was for."""

    purpose: str
    steps: tuple[Step, ...]

    def touched(self) -> tuple[str, ...]:
        """Every path that a step writes, moves or deletes."""
        return tuple(path for step in self.steps for path in _paths(step))

    def organisations(self) -> set[str]:
        """The folder names of the organisations that the plan touches.

        One that a move makes is nobody's yet: in its place stands NEW, which goes by the lock for making organisations.
        """
        found: set[str] = set()
        for step in self.steps:
            for path in _paths(step):
                parts = path.split("/")
                if parts[0] == "organisations" and len(parts) > 1:
                    found.add(NEW if isinstance(step, Move) and len(parts) == _WHOLE else parts[1])
        return found

    def overlaps(self, other: Plan) -> str | None:
        """A path of this plan that the other one touches too, or one within the other."""
        taken = Taken()
        for path in other.touched():
            taken.add(path)
        return next((path for path in self.touched() if taken.meets(path)), None)


class Taken:
    """Paths that steps touch already, to find out fast whether another one meets them."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._above: set[str] = set()

    def meets(self, path: str) -> bool:
        """Whether a path is one of these, holds one of these or lies within one."""
        return path in self._above or not self._paths.isdisjoint(_with_above(path))

    def add(self, path: str) -> None:
        """Take a path."""
        self._paths.add(path)
        self._above.update(_with_above(path))


def _with_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _paths(step: Step) -> tuple[str, ...]:
    return (step.path, step.source) if isinstance(step, Move) else (step.path,)


def inside(data_folder: Path, text: str) -> Path:
    """The path of a place in the data folder, or Misused: never above it, in .kwartier, or past a symbolic link."""
    parts = text.split("/")
    if any(part in ("", ".", "..") for part in parts) or _UNSAFE.search(text) or parts[0] == OWN:
        raise Misused(
            "outside-folder",
            f"Dit pad ligt niet in de datamap: {ascii(text[:80])[1:-1]}.",
            place=str(data_folder),
            advice="Verander niets in de map .kwartier; zet zo nodig een reservekopie terug.",
        )
    path = data_folder
    for part in parts:
        path = path / part
        if disk.has_link(path):
            raise refusals.link_refused(path)
    return path


def to_tree(plan: Plan) -> Tree:
    """The plan as it is written to plan.toml."""
    return {"schema": SCHEMA, "purpose": plan.purpose, "step": [_row(step) for step in plan.steps]}


def _row(step: Step) -> Tree:
    row: Tree = {"do": type(step).__name__.lower(), "path": step.path}
    if isinstance(step, Put):
        row |= {"new": step.new, "data": step.data}
    if isinstance(step, Move):
        row["source"] = step.source
    elif step.expected is not None:
        row["expected"] = step.expected
    return row


def from_tree(tree: Tree, data_folder: Path, place: str) -> Plan:
    """The plan in a plan.toml, every path checked; Unreadable where it is none."""
    try:
        if tree["schema"] != SCHEMA:
            raise ValueError(tree["schema"])
        plan = Plan(_string(tree["purpose"]), tuple(_step(row) for row in tree["step"]))
        for path in plan.touched():
            inside(data_folder, path)
    except (KeyError, TypeError, ValueError, AttributeError, KwartierError) as error:
        advice = "Zet een reservekopie terug, of vraag hulp. kwartier laat alles zoals het is."
        message = "Een handeling die niet af was, is niet meer te lezen."
        raise Unreadable("damaged-journal", message, place=place, advice=advice) from error
    return plan


def _step(row: Tree) -> Step:
    path = _string(row["path"])
    match row["do"]:
        case "put":
            expected = _string(row["expected"]) if "expected" in row else None
            data = _string(row["data"])
            if re.fullmatch(r"[0-9]+\.data", data) is None:
                raise ValueError(data)
            return Put(path, expected, _string(row["new"]), data)
        case "move":
            return Move(path, _string(row["source"]))
        case "delete":
            return Delete(path, _string(row["expected"]))
    raise ValueError(row["do"])


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
