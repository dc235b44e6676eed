"""One record in memory: the envelope and its step files, as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from typing import TypeVar

from msgspec import Struct

from kwartier.records.files import Envelope, view
from kwartier.records.tree import Tree

S = TypeVar("S", bound=Struct)


class Progress(Struct, frozen=True):
    """All that is said of a file whose contents are not revealed."""

    done: int
    of: int
    sealed: bool
    destroy: Day | None = None
    "When it has to be destroyed, where that was said and not done yet."
    destroyed: bool = False


class Record(Struct, frozen=True, kw_only=True):
    """An assessment. `shared` holds a tree per step, `personal` one per step and person.

    `hidden` holds the (step, person) files of which only the progress is left, see `kwartier.workflow.visible`.
    """

    ref: str
    envelope: Envelope
    tree: Tree
    shared: Mapping[str, Tree] = {}
    personal: Mapping[tuple[str, str], Tree] = {}
    hidden: Mapping[tuple[str, str], Progress] = {}
    closed: frozenset[str] = frozenset()
    "Score steps whose scores this viewer may not see yet."
    withheld: frozenset[str] = frozenset()
    "Private steps of somebody else: there may be more in them than this viewer reads."

    def read(self, step: str, kind: type[S]) -> S:
        """The typed view of a shared step file; of a step not yet begun an empty one."""
        return view(self.shared.get(step, {}), kind, f"{self.ref}/{step}.toml")

    def read_of(self, step: str, person: str, kind: type[S]) -> S:
        """The typed view of one person's file of a step."""
        return view(self.personal.get((step, person), {}), kind, f"{self.ref}/{step}.{person}.toml")
