"""What an export of one record is made of: the record that passed the gate for everybody, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import Change
from kwartier.instrument.model import Content, Header, Scale
from kwartier.records.record import Record
from kwartier.reports.phrases import find_option
from kwartier.workflow.agreed import JUDGED_BEFORE, NOT_IN_SOURCE
from kwartier.workflow.outcome import Outcome

OTHER_REASON = "andere reden"
"""Stands without names for a reason that is not on the scale: people wrote it, and it may name somebody."""


class Source(Struct, frozen=True, kw_only=True):
    """A record to export. With `names` off, `ref`, `organisation` and `subject` are letters and numbers already."""

    record: Record
    content: Content
    header: Header
    outcome: Outcome | None
    ref: str
    organisation: str
    organisation_name: str
    subject: str
    before: str = ""
    "What the earlier record is called that `change` compares with."
    change: Change | None = None
    differs: Sequence[str] = ()
    names: bool = True
    texts: bool = False

    @property
    def day(self) -> str:
        """The date, without names no finer than the month."""
        day = self.record.envelope.date.isoformat()
        return day if self.names else day[:7]

    def answer(self, given: Answer, scale: Scale) -> Answer:
        """An answer as it may be told: without names nothing of it that somebody wrote in a word of their own."""
        if self.names:
            return given
        if given.missing is not None:
            known = given.missing in (*scale.missing, JUDGED_BEFORE, NOT_IN_SOURCE)
            return given if known else Answer(missing=OTHER_REASON)
        known = given.value is None or find_option(scale, given.value) is not None
        return given if known else Answer(missing=OTHER_REASON)
