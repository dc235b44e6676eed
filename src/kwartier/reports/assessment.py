"""From an assessment to the neutral document of its report: the parts and their order. No format, no files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kwartier.reports.appendix import appendix
from kwartier.reports.case import Case, Earlier
from kwartier.reports.comparison import comparison
from kwartier.reports.conclusions import conclusions
from kwartier.reports.conduct import conduct
from kwartier.reports.document import Block, Document, Heading
from kwartier.reports.figures import figures
from kwartier.reports.followup import followup
from kwartier.reports.opening import opening
from kwartier.reports.page_facts import page_note, status
from kwartier.reports.portfolio import is_portfolio, point_lists, portfolio
from kwartier.reports.scoresheet import scoresheet
from kwartier.reports.sheets import sheets
from kwartier.reports.suggested import suggested
from kwartier.reports.themes import themes
from kwartier.reports.verdict import verdicts

__all__ = ["Case", "Earlier", "report"]


def report(case: Case, *, agreement: bool = True) -> Document:
    """The report of an assessment.

    Without `agreement` it says nothing about who scored what, nor why the definitive scores became what they are.
    """
    content, envelope = case.content, case.record.envelope
    blocks = [
        *opening(case),
        *verdicts(case),
        *conduct(case),
        *(portfolio(case) if is_portfolio(content) else _scored(case, reasons=agreement)),
        *(sheets(case) if agreement else ()),
        *comparison(case),
        *followup(case),
        *_fitting(case.extra),
        *point_lists(content.section),
        *appendix(case),
    ]
    return Document(
        title=content.report.title if content.report else case.header.title,
        subject=", ".join(filter(None, [case.organisation, case.subject])),
        date=envelope.date,
        blocks=tuple(blocks),
        page_note=page_note(content),
        status=status(case),
    )


def _scored(case: Case, *, reasons: bool) -> Iterator[Block]:
    """What was scored, in words and in figures."""
    yield from themes(case, reasons=reasons)
    yield from conclusions(case)
    yield from figures(case)
    yield from suggested(case)
    yield from scoresheet(case)


def _fitting(extra: Sequence[Block]) -> Iterator[Block]:
    """What plugins add, under a heading of its own and without skipped levels: a plugin cannot break a report."""
    if not extra:
        return
    level = 0
    if not isinstance(extra[0], Heading) or extra[0].level != 1:
        yield Heading(1, "Aanvullend")
        level = 1
    for block in extra:
        if isinstance(block, Heading):
            steps = {1: 1, 2: min(2, level + 1), 3: min(3, level + 1), 4: min(4, level + 1)}
            level = steps[block.level]
            yield msgspec.structs.replace(block, level=level)
        else:
            yield block
