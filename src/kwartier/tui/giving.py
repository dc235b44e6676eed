"""What a form that is open gave to the record already, and what others changed there meanwhile; no widgets here.

While somebody types, what can be saved is given silently, so that it is on disk within a second. At the end all is
given, and what cannot be is said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import count
from typing import Any

from kwartier.errors import KwartierError
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.tui.forms import Form
from kwartier.workflow.filling import Rejected, Wrong

EMPTY = ""
"""The value of a field in which nothing stands: given to a step it takes away what stood there."""

_numbers = count(1)


class Giving:
    """One form from opening to closing; all it gives is one edit for undo. `values` is what can be read of its fields.

    Given is always all that is different from when the form was opened, so that the last time says the same as one
    time at the end would.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.burst = f"form-{next(_numbers)}"
        self.start: Tree = {**form.begin, **(form.now() or {})}
        self._is_there = not form.new
        self._is_gone = False
        self._base: Tree = {} if form.new else self.start
        self._held: Tree = dict(self._base)  # what the record held of each field, as far as was known here
        self._given: Tree = {}
        self._disputed: set[str] = set()

    @property
    def gave(self) -> bool:
        """Whether anything was given."""
        return bool(self._given)

    def live(self, values: Tree, required: Collection[str]) -> dict[str, str]:
        """Gives what can be saved now. Gives back why fields cannot be (Dutch), for when the user leaves them."""
        now = self.form.now()
        missing = [key for key in required if same(values.get(key, EMPTY), EMPTY)]
        if self._is_gone or (self._is_there and now is None) or (missing and not self._is_there):
            return {}  # a row that somebody else took away comes back only when this user says so
        left_out = {*missing, *self._disputed, *self._theirs(values, now or {})}
        given = {key: value for key, value in self._changed(values).items() if key not in left_out}
        wrong: dict[str, str] = {}
        while self._is_fresh(given):
            try:
                self._give(given)
            except Rejected as error:
                said = at_fields(error.wrongs, given)[0]
                if not said:
                    break
                wrong |= said
                given = {key: value for key, value in given.items() if key not in said}
            except KwartierError:
                break
            else:
                break
        return wrong

    def all(self, values: Tree) -> None:
        """Gives what was not given yet. Raises what giving raises."""
        given = self._changed(values)
        if self._is_fresh(given):
            self._give(given)

    def is_taken_away(self) -> bool:
        """Whether somebody else took the row away; said once, after which `all` puts it back as it stands here."""
        if not self._is_there or self.form.now() is not None:
            return False
        self._is_there, self._is_gone = False, True
        self.form = replace(self.form, new=True, remove=None)
        self._base, self._held, self._given = {}, {}, {}
        return True

    def overtaken(self, values: Tree) -> Tree:
        """What somebody else made of fields that were changed here; said once, after which `all` gives what is here."""
        if not self._is_there:
            return {}
        theirs = self._theirs(values, self.form.now() or {})
        self._held |= theirs
        self._disputed |= theirs.keys()
        return theirs

    def _changed(self, values: Tree) -> Tree:
        return {
            key: value
            for key, value in values.items()
            if key in self._given or not same(value, self._base.get(key, EMPTY))
        }

    def _is_fresh(self, given: Tree) -> bool:
        return any(key not in self._given or not same(value, self._given[key]) for key, value in given.items())

    def _theirs(self, values: Tree, now: Tree) -> Tree:
        """What stands in the record by now, of the fields of which both sides changed something."""
        if not self._is_there:
            return {}
        return {
            key: there
            for key, mine in self._changed(values).items()
            if not same(there := now.get(key, EMPTY), self._held.get(key, EMPTY)) and not same(there, mine)
        }

    def _give(self, given: Tree) -> None:
        before = self.form.now() or {}
        self.form.give(given, self.burst)
        after = self.form.now() or {}
        # A step may set more than was given, such as the day of today.
        touched = {*given, *(key for key in {**before, **after} if not same(before.get(key), after.get(key)))}
        self._held |= {key: after.get(key, EMPTY) for key in touched}
        self._given |= given
        self._is_there = True


def at_fields(wrongs: list[Wrong], keys: Collection[str]) -> tuple[dict[str, str], list[Wrong]]:
    """The first refusal of the core at each field (a code is chosen by name), and the refusals that are of no field."""
    at: dict[str, str] = {}
    left: list[Wrong] = []
    for wrong in wrongs:
        key: Any = wrong.path[-1] if wrong.path else ""
        key = "name" if key == "id" and "name" in keys else str(key)
        if key in keys and key not in at:
            at[key] = sentence(wrong.message)
        else:
            left.append(wrong)
    return at, left


def sentence(text: str) -> str:
    """A refusal as a sentence."""
    told = text[:1].upper() + text[1:]
    return told if told.endswith((".", "!", "?")) else f"{told}."
