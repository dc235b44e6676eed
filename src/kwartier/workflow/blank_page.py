"""What a form is made from: the step with its file and its record, and finding a row in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from kwartier.instrument.model import AnyStep, Content
from kwartier.records.keys import key_fields, row_key
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.suggesting import Suggestion


class Before(NamedTuple):
    """An earlier judgement: in words, and the reference of the record that it stands in."""

    words: str
    ref: str


class Page(Struct, frozen=True, kw_only=True):
    """One form in the making."""

    step: AnyStep
    content: Content
    record: Record
    tree: Tree
    own: bool
    person: str
    today: date
    suggested: Sequence[Suggestion] = ()
    "What the facts suggest, for a step in which is scored."
    judged: Mapping[str, Before] = {}
    "By item what was judged in the record that this one follows."

    def at(self, array: str, *key: str) -> Tree:
        """The row with this key as it stands in the file; with no more than the key where there is none."""
        bare = {field: value for field, value in zip(key_fields(array), key, strict=True) if value}
        return next((row for row in self.tree.get(array, []) if row_key(array, row) == key), bare)

    def day(self, days: int) -> date:
        """A day counted from the date of the assessment, within the calendar."""
        ordinal = self.record.envelope.date.toordinal() + days
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
