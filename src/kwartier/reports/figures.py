"""All scores in one table, the means per section and the total; what a figure is worth is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_ITEMS, Mean
from kwartier.instrument.model import Total
from kwartier.reports.case import Case
from kwartier.reports.charts_scores import charts
from kwartier.reports.counts import is_nominal, section_counts
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
from kwartier.workflow.agreed import agreed_answers
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.printed import printed_note


def figures(case: Case) -> Iterator[Block]:
    """The overview; nothing at all as long as no score may be shown."""
    if case.outcome is None:
        return
    what = "antwoorden" if is_nominal(case.content) else "scores"
    if not case.scores_open:
        if case.outcome.stands:
            yield Heading(1, f"Alle {what} op een rij")
            yield Paragraph(f"De {what} volgen later: {ended(case.outcome.why)}")
        return
    yield Heading(1, f"Alle {what} op een rij")
    yield from charts(case, case.outcome)
    yield _items(case, case.outcome)
    yield from _counts(case) if is_nominal(case.content) else mean_per_section(case, case.outcome)
    if case.content.total is not None and case.content.total.method != "none":
        yield from _total(case.content.total, case.outcome)
        if told := printed_note(case.record, case.content, case.outcome):
            yield Callout("note", told)


def _items(case: Case, outcome: Outcome) -> Table:
    agreed = {(one.item, one.part): one.agreed for one in outcome.stands if one.agreed or not one.optional}
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
    one, many = ("Antwoord", "Antwoorden") if is_nominal(case.content) else ("Score", "Scores")
    header = (section_column(case.content), "Nr.", "Item", one)
    return Table(f"{many} per item", header, tuple(rows))


def _counts(case: Case) -> Iterator[Block]:
    """How often each answer was given, where nothing can be averaged."""
    answers = agreed_answers(case.record, case.content, case.score_step) if case.score_step else {}
    rows = tuple(
        (f"{section.id}. {section.title}", section_counts(case.content, section, answers))
        for section in case.content.section
    )
    yield Table(
        f"Antwoorden per {section_word(case.content)}", (section_column(case.content), "Hoe vaak gegeven"), rows
    )


def mean_per_section(case: Case, outcome: Outcome) -> Iterator[Block]:
    """The mean of every section with the number of items that it is of, as a table; nothing where there is none."""
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
    for told in total_words(total, outcome):
        yield Paragraph(told)
    if total.note:
        yield Callout("convention", total.note)


def total_words(total: Total, outcome: Outcome) -> Iterator[str]:
    """The total and its band as sentences, or why there is no total."""
    found = outcome.scores.total
    if isinstance(found, Mean):
        yield f"{total.title}: {mean_words(found, total.places)}."
    else:
        yield f"Geen totaal: {ended(found.why)}"
    if outcome.scores.band:
        yield f"Niveau: {_band(total, outcome.scores.band)}."


def _band(total: Total, title: str) -> str:
    band = next((one for one in total.bands if one.title == title), None)
    if band is None:
        return title
    return f"{title} ({dutch(Decimal(band.low))} tot en met {dutch(Decimal(band.high))})"
