"""Undo and redo of edits, by name. What is kept are patches: undoing one leaves what others changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

from kwartier.errors import Conflict, Refused
from kwartier.records.patch import Op, Patch, apply, invert
from kwartier.records.tree import Tree
from kwartier.workspace.edits import FileKey

DEEPEST = 500
"""How many edits are kept to undo."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a user: what it is called (Dutch), and its patches in order. Edits of one burst are one edit."""

    name: str
    file: FileKey
    patches: tuple[Patch, ...]
    burst: str = ""


@dataclass(slots=True)
class History:
    """The edits of this session that can be undone, and those that were."""

    done: list[Edit] = field(default_factory=list)
    undone: list[Edit] = field(default_factory=list)

    def add(self, edit: Edit, before: Tree) -> None:
        """A new edit of `before`; it joins the last one where both are of one burst, such as typing in one field."""
        self.undone.clear()
        last = self.done[-1] if self.done else None
        follows = last is not None and edit.burst and (last.burst, last.file) == (edit.burst, edit.file)
        if last is not None and follows and _stands(before, last.patches[-1]):
            self.done[-1] = Edit(last.name, last.file, _joined(last.patches, edit.patches), last.burst)
            return
        self.done.append(edit)
        del self.done[:-DEEPEST]

    def forget(self, steps: frozenset[str] | None = None) -> None:
        """Takes the edits of these steps out (all, where none are named): they cannot be undone any more."""
        for edits in (self.done, self.undone):
            edits[:] = [one for one in edits if steps is not None and one.file[0] not in steps]


def taken_back(tree: Tree, edit: Edit) -> Tree:
    """The tree without an edit. Raises `Refused` where somebody changed that place since."""
    return _with(tree, [invert(patch) for patch in reversed(edit.patches)], edit, "ongedaan maken")


def made_again(tree: Tree, edit: Edit) -> Tree:
    """The tree with an edit that was undone. Raises as `taken_back`."""
    return _with(tree, list(edit.patches), edit, "opnieuw doen")


def _with(tree: Tree, patches: list[Patch], edit: Edit, what: str) -> Tree:
    try:
        for patch in patches:
            tree = apply(tree, patch)
    except Conflict as error:
        raise Refused(
            "changed-since",
            f"‘{edit.name}’ is niet meer te veranderen met {what}: daar is sindsdien iets anders gezet.",
            place=error.place,
            advice="Pas het zelf aan.",
        ) from error
    return tree


def _stands(tree: Tree, patch: Patch) -> bool:
    """Whether nobody else changed what this patch left; undo may not take theirs back with one's own."""
    try:
        apply(tree, invert(patch))
    except Conflict:
        return False
    return True


def _joined(before: tuple[Patch, ...], after: tuple[Patch, ...]) -> tuple[Patch, ...]:
    """Patches one after another; two that each change the same single place become one."""
    if len(before[-1]) == 1 and len(after) == 1 and len(after[0]) == 1:
        first, second = before[-1][0], after[0][0]
        if first.path == second.path:
            return (*before[:-1], (Op(first.path, first.old, second.new),))
    return (*before, *after)
