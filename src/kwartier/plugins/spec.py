"""The hooks that an instrument may implement, each typed, documented and with the API version it came with.

A hook gets frozen values and returns frozen values: no files, no screen, no clock. What TOML can say stays in
content.toml; a hook is only for what it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from kwartier.analysis.answers import Answer
    from kwartier.instrument.model import Content
    from kwartier.records.files import GivenFact
    from kwartier.records.record import Record
    from kwartier.reports.document import Block
    from kwartier.workflow.findings import Finding
    from kwartier.workflow.importing import Imported
    from kwartier.workflow.outcome import Outcome, Scores
    from kwartier.workflow.suggesting import Suggestion

PROJECT = "kwartier"
PREFIX = f"{PROJECT}_"
"""What the name of every hook starts with."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The specifications; `hookimpl` marks an implementation in a plugin's package."""

    @hookspec(firstresult=True)
    def kwartier_score(self, content: Content, answers: Mapping[str, Answer]) -> Scores | None:
        """Sections and total of definitive answers, by item id. Since API 1.

        The first that returns something decides; None leaves it to the host, whose own implementation takes exact
        means per section and over all items, and looks the band up on the rounded total, as `[total]` says.
        """
        return None

    @hookspec(firstresult=True)
    def kwartier_suggest(self, content: Content, facts: Mapping[str, GivenFact]) -> Iterable[Suggestion] | None:
        """Answers that facts suggest, with the reason; never filled in by themselves. Since API 1.

        `facts` are those that were answered, by id. The first that returns something decides; None leaves it to the
        host, whose own implementation looks them up in `[[lookup]]` of the content.
        """
        return None

    @hookspec(firstresult=True)
    def kwartier_import(self, content: Content, rows: Sequence[Mapping[str, str]]) -> Imported | None:
        """What rows of somebody else's table say, as values with all that is wrong in them. Since API 1.

        Each row is a text per heading; all have the same headings. A long table comes in pieces, each in a call of its
        own. The first that returns something decides; None leaves it to the host, whose own implementation knows
        items, parameters and words for the rest by their headings.
        """
        return None

    @hookspec
    def kwartier_check(self, content: Content, record: Record) -> Iterable[Finding]:
        """Findings on a record beyond what the content says: remarks, or departures that ask a reason. Since API 1.

        All results count. The record has passed the gate: it holds nothing that is not revealed.
        """
        return ()

    @hookspec
    def kwartier_report(self, content: Content, record: Record, outcome: Outcome | None) -> Iterable[Block]:
        """Blocks of the report beyond the default ones, put before the appendix. Since API 1.

        `outcome` is None where the instrument scores nothing. The record has passed the gate.
        """
        return ()
