"""Three versions of a record brought together, with what cannot be decided listed for the user. No files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from kwartier.records.canonical import same
from kwartier.records.keys import TOGETHER, is_keyed, ordered, rows_by_key
from kwartier.records.patch import is_table, place
from kwartier.records.tree import ABSENT, Path, Row, Tree, Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed, each to something else; ABSENT where a version has nothing there.

    `apply(merged.tree, (Op(clash.path, clash.base, choice),))` carries out what the user chose.
    """

    path: Path
    place: str
    base: Value
    ours: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What could be brought together, and what could not."""

    tree: Tree
    conflicts: tuple[Clash, ...]


def merge(base: Tree | None, ours: Tree, theirs: Tree) -> Merged:
    """Both changes since `base` in one tree; where they clash, what `base` had stays until somebody chooses.

    The smallest place that clashes is a field, whole texts included; a row that one took out and the other changed
    is one clash. Without a base every field that differs clashes (and is left out of the tree), and what only one
    has is taken in.
    """
    merging = _Merging()
    tree = merging.tables((), ordered(base or {}), ordered(ours), ordered(theirs))
    return Merged(ordered(tree), tuple(merging.clashes))


@dataclass(slots=True)
class _Merging:
    clashes: list[Clash] = field(default_factory=list)

    def value(self, path: Path, name: str, base: Value, ours: Value, theirs: Value) -> Value:
        """The merged value of a field, array or table of this name; ABSENT if it is to go."""
        if (decided := _one_sided(base, ours, theirs)) is not None:
            return decided
        values = [value for value in (base, ours, theirs) if value is not ABSENT]
        merged: Value
        if all(map(is_table, values)):
            merged = self.tables(path, *({} if value is ABSENT else value for value in (base, ours, theirs)))
        elif all(is_keyed(name, value) for value in values):
            merged = self.rows(path, name, *([] if value is ABSENT else value for value in (base, ours, theirs)))
        else:
            return self.clash(path, base, ours, theirs)
        goes = _one_sided(*(value is not ABSENT for value in (base, ours, theirs))) is False
        return ABSENT if goes and not merged else merged

    def tables(self, path: Path, base: Tree, ours: Tree, theirs: Tree) -> Tree:
        merged: Tree = {}
        for name in {**base, **theirs, **ours}:
            versions = (version.get(name, ABSENT) for version in (base, ours, theirs))
            value = self.value((*path, name), name, *versions)
            if value is not ABSENT:
                merged[name] = value
        return merged

    def rows(self, path: Path, name: str, base: list[Tree], ours: list[Tree], theirs: list[Tree]) -> list[Tree]:
        old, our, their = (rows_by_key(name, rows) for rows in (base, ours, theirs))
        merged = (
            self.row((*path, Row(key)), name, old.get(key, ABSENT), our.get(key, ABSENT), their.get(key, ABSENT))
            for key in {**old, **their, **our}
        )
        return [row for row in merged if row is not ABSENT]

    def row(self, path: Path, name: str, base: Value, ours: Value, theirs: Value) -> Value:
        if (decided := _one_sided(base, ours, theirs)) is not None:
            return decided
        if ours is ABSENT or theirs is ABSENT or _said_apart(name, {} if base is ABSENT else base, ours, theirs):
            return self.clash(path, base, ours, theirs)
        return self.tables(path, {} if base is ABSENT else base, ours, theirs)

    def clash(self, path: Path, base: Value, ours: Value, theirs: Value) -> Value:
        self.clashes.append(Clash(path, place(path), base, ours, theirs))
        return base


def _said_apart(name: str, base: Tree, ours: Tree, theirs: Tree) -> bool:
    """Whether both gave another answer, in more fields than one that only say something together."""
    fields = [field for field in TOGETHER.get(name, ()) if any(field in row for row in (base, ours, theirs))]
    said = [{field: row[field] for field in fields if field in row} for row in (base, ours, theirs)]
    return len(fields) > 1 and _one_sided(*said) is None


def _one_sided(base: T, ours: T, theirs: T) -> T | None:
    """The value that needs no choice, because at most one side changed it or both did alike; else None."""
    if same(ours, theirs) or same(base, theirs):
        return ours
    return theirs if same(base, ours) else None
