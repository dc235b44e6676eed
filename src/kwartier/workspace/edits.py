"""What was changed on one file of a record and is not on disk yet, beside what others change there meanwhile.

A draft is a value: typing, saving and looking at the disk each make a new one. No files, no threads.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from kwartier.records.canonical import same
from kwartier.records.keys import row_key
from kwartier.records.merge import merge
from kwartier.records.patch import Op, Patch, apply, diff, invert, place
from kwartier.records.tree import ABSENT, Path, Row, Tree, Value

FileKey = tuple[str, str | None]
"""A step and the person whose file of it this is; None for the shared file."""


class Clash(Struct, frozen=True, kw_only=True):
    """A field that was changed here and by somebody else, each to something else; both are kept until one is chosen."""

    file: FileKey
    path: Path
    place: str
    "Where it is, in Dutch words."
    mine: Value
    theirs: Value


class Draft(Struct, frozen=True, kw_only=True):
    """One file: `disk` as it was last seen there, `now` with the changes made here, `held` the places that clash."""

    file: FileKey
    disk: Tree = {}
    now: Tree = {}
    held: tuple[Path, ...] = ()

    @property
    def unsaved(self) -> Patch:
        """What can be saved: all changes but those that clash."""
        return tuple(op for op in diff(self.disk, self.now) if not any(_meet(op.path, one) for one in self.held))

    def clashes(self) -> list[Clash]:
        """The places that clash, with both values."""
        return [
            Clash(
                file=self.file,
                path=path,
                place=place(path),
                mine=value_at(self.now, path),
                theirs=value_at(self.disk, path),
            )
            for path in self.held
        ]

    def seen(self, disk: Tree) -> Draft:
        """The same changes over what stands on disk by now."""
        if same(disk, self.disk):
            return self
        if same(self.now, self.disk):
            return Draft(file=self.file, disk=disk, now=disk)
        merged = merge(self.disk, self.now, disk)
        now = apply(merged.tree, tuple(Op(one.path, one.base, one.ours) for one in merged.conflicts))
        held = tuple(dict.fromkeys([*self.held, *(one.path for one in merged.conflicts)]))
        left = tuple(path for path in held if not same(value_at(now, path), value_at(disk, path)))
        return Draft(file=self.file, disk=disk, now=now, held=left)

    def saved(self, sent: Tree, disk: Tree) -> Draft:
        """After a save: `sent` is what `now` was when it was sent, `disk` what stands there since."""
        kept = tuple(op for op in diff(self.disk, sent) if any(_meet(op.path, one) for one in self.held))
        return replace(self, disk=apply(sent, invert(kept))).seen(disk)

    def chosen(self, path: Path, *, mine: bool) -> Draft:
        """With one clash decided."""
        held = tuple(one for one in self.held if one != path)
        if mine:
            return replace(self, held=held)
        back = tuple(op for op in diff(self.disk, self.now) if _meet(op.path, path))
        return replace(self, now=apply(self.now, invert(back)), held=held)


def value_at(tree: Tree, path: Path) -> Value:
    """What stands at a place, ABSENT where nothing does."""
    here: Value = tree
    name = ""
    for step in path:
        if isinstance(step, Row):
            rows = here if isinstance(here, list) else []
            here = next((row for row in rows if row_key(name, row) == step.key), ABSENT)
        else:
            name = step
            here = here.get(step, ABSENT) if isinstance(here, dict) else ABSENT
    return here


def _meet(one: Path, other: Path) -> bool:
    """Whether one place lies in the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
