"""The hooks that an instrument may implement, each typed, documented and with the API version it came with.

A hook gets frozen values and returns frozen values: no files, no screen, no clock. What TOML can say stays in
content.toml; a hook is only for what it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from kwartier.analysis.answers import Answer
    from kwartier.instrument.model import Content
    from kwartier.records.record import Record
    from kwartier.reports.document import Block
    from kwartier.workflow.findings import Finding
    from kwartier.workflow.outcome import Outcome, Scores

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
