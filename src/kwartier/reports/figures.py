"""All scores in one table, the means per section and the total; what a figure is worth is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_ITEMS, Mean
from kwartier.instrument.model import Total
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Callout, Heading, Paragraph, Table
from kwartier.reports.phrases import (
    NOTHING,
    answer_words,
    counted,
    ended,
    mean_words,
    places_of,
    scales,
    section_column,
    section_word,
)
from kwartier.workflow.outcome import Outcome


def figures(case: Case) -> Iterator[Block]:
    """The overview; nothing at all as long as no score may be shown."""
    if case.outcome is None:
        return
    if not case.scores_open:
        if case.outcome.stands:
            yield Heading(1, "Alle scores op een rij")
            yield Paragraph(f"De scores volgen later: {ended(case.outcome.why)}")
        return
    yield Heading(1, "Alle scores op een rij")
    yield _items(case, case.outcome)
    yield from _sections(case, case.outcome)
    if case.content.total is not None and case.content.total.method != "none":
        yield from _total(case.content.total, case.outcome)


def _items(case: Case, outcome: Outcome) -> Table:
    agreed = {(one.item, one.part): one.agreed for one in outcome.stands}
    known = scales(case.content)
    rows = []
    for section in case.content.section:
        for item in section.item:
            parts = [("", ""), *((part.id, part.title) for part in item.parts)]
            for part, title in parts:
                if (item.id, part) in agreed:
                    number = f"{item.id} {part}".strip()
                    answer = answer_words(agreed[item.id, part], known[item.id, part])
                    rows.append((section.id, number, title or item.title, answer))
    header = (section_column(case.content), "Nr.", "Item", "Score")
    return Table("Scores per item", header, tuple(rows))


def _sections(case: Case, outcome: Outcome) -> Iterator[Block]:
    rows = []
    for section in case.content.section:
        mean = outcome.scores.sections.get(section.id)
        name = f"{section.id}. {section.title}"
        if isinstance(mean, Mean):
            over = f"{mean.n} van {counted(mean.of, 'item', 'items')}"
            rows.append((name, dutch(mean.value, places_of(case.content)), over))
        elif mean is not None and mean.why != NO_ITEMS:
            rows.append((name, NOTHING, mean.why))
    if rows:
        header = (section_column(case.content), "Gemiddelde", "Berekend over")
        yield Table(f"Gemiddelde per {section_word(case.content)}", header, tuple(rows), ("left", "right", "left"))


def _total(total: Total, outcome: Outcome) -> Iterator[Block]:
    found = outcome.scores.total
    if isinstance(found, Mean):
        yield Paragraph(f"{total.title}: {mean_words(found, total.places)}.")
    else:
        yield Paragraph(f"Geen totaal: {ended(found.why)}")
    if outcome.scores.band:
        yield Paragraph(f"Niveau: {_band(total, outcome.scores.band)}.")
    if total.note:
        yield Callout("convention", total.note)


def _band(total: Total, title: str) -> str:
    band = next((one for one in total.bands if one.title == title), None)
    if band is None:
        return title
    return f"{title} ({dutch(Decimal(band.low))} tot en met {dutch(Decimal(band.high))})"
