"""The score sheet and the figures alone: all scores, means and the change since the time before; no texts of people."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.reports.case import Case
from kwartier.reports.comparison import comparison
from kwartier.reports.document import Block, Bullets, Callout, Document
from kwartier.reports.figures import figures
from kwartier.reports.opening import unfinished
from kwartier.reports.page_facts import page_note, status
from kwartier.reports.phrases import ended
from kwartier.reports.scoresheet import scoresheet
from kwartier.reports.signing import particulars


def only_figures(case: Case) -> Document:
    """The document. Before the reveal it says only that the scores follow."""
    content = case.content
    title = content.report.title if content.report else case.header.title
    return Document(
        title=f"{title}: scoreblad en cijfers",
        subject=", ".join(filter(None, [case.organisation, case.subject])),
        date=case.record.envelope.date,
        blocks=tuple(_blocks(case)),
        page_note=page_note(content),
        status=status(case),
        contents=False,
    )


def _blocks(case: Case) -> Iterator[Block]:
    left = list(unfinished(case)) if case.concept else []
    if left:
        yield Callout("warning", f"Dit is een concept. Nog niet klaar: {ended('; '.join(left))}")
    yield Bullets(tuple(particulars(case)))
    yield from scoresheet(case)
    yield from figures(case)
    yield from comparison(case)
