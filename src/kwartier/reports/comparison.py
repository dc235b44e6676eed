"""This assessment beside the one before: what was different then, each item, the means, what became of the actions."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.analysis.change import NO_DIFFERENCE, Change, ItemChange, MeanChange
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NO_TOTAL, Mean
from kwartier.instrument.model import ActionsStep, Content, ReviewsStep, Section
from kwartier.records.files import ActionsFile, Review, ReviewsFile
from kwartier.records.record import Record
from kwartier.reports.case import Case, Earlier
from kwartier.reports.charts_scores import begin_end
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table, long_date
from kwartier.reports.phrases import NOTHING, answer_words, capital, counted, ended, places_of, scales, section_column
from kwartier.workflow.periods import short
from kwartier.workflow.state import current_state


def comparison(case: Case) -> Iterator[Block]:
    """Nothing without an earlier assessment; no score while those of this one may not be shown."""
    before = case.previous
    if before is None:
        return
    yield Heading(1, f"Vergeleken met {long_date(before.record.envelope.date)}")
    if case.scores_open and case.content.report and case.content.report.before_after:
        yield Paragraph(case.content.report.before_after)
    if before.differs:
        yield Paragraph("Houd er bij het vergelijken rekening mee:")
        yield Bullets(tuple(ended(text) for text in before.differs))
    if case.outcome is not None:
        if not case.scores_open:
            yield Paragraph("De vergelijking volgt zodra er scores zijn.")
        elif before.change is not None:
            yield from begin_end(case, before)
            yield _items(case, before, before.change)
            yield from _means(case, before, before.change)
    yield from actions_since(before.record, before.content)


def _moments(case: Case, before: Earlier) -> tuple[str, str]:
    return short(before.record.envelope.date), short(case.record.envelope.date)


def _items(case: Case, before: Earlier, change: Change) -> Table:
    titles = {item.id: item.title for item in (*before.content.items(), *case.content.items())}
    old, new = scales(before.content), scales(case.content)
    rows = []
    for one in change.items:
        then = answer_words(one.before, old.get((one.item, ""))) if one.before else "niet gevraagd"
        now = answer_words(one.after, new.get((one.item, ""))) if one.after else "niet gevraagd"
        rows.append((one.item, titles.get(one.item, ""), then, now, difference_words(one)))
    return Table("Per item", ("Nr.", "Item", *_moments(case, before), "Verschil"), tuple(rows))


def difference_words(one: ItemChange) -> str:
    """The difference with its sign; of answers that are no number whether they are the same; else a dash."""
    if one.difference is not None:
        return dutch(one.difference, sign=True)
    if one.before is None or one.after is None or one.before.value is None or one.after.value is None:
        return NOTHING
    return "gelijk" if one.before.value == one.after.value else "anders"


def _means(case: Case, before: Earlier, change: Change) -> Iterator[Block]:
    sections = {section.id: section for section in (*before.content.section, *case.content.section)}
    rows = [_row(case, _section_name(sections, one), one) for one in change.sections if _told(one)]
    total = case.content.total
    if total is not None and total.method != "none" and _told(change.total):
        rows.append(_row(case, "Totaal", change.total))
    if not rows and all(one.why == NO_DIFFERENCE for one in change.items if one.before and one.after):
        return  # answers in words: nobody misses a mean
    if not rows:
        yield Paragraph("Gemiddelden zijn niet te vergelijken: geen enkel item heeft beide keren een score.")
        return
    header = (section_column(case.content), *_moments(case, before), "Verschil", "Berekend over")
    yield Table("Gemiddelden", header, tuple(rows), ("left", "right", "right", "right", "left"))
    yield Paragraph(
        "Deze gemiddelden gaan alleen over de items die beide keren een score hebben. Daardoor kunnen ze afwijken van "
        "de gemiddelden elders. Een verschil is berekend vóór het afronden."
    )
    if total is not None and not isinstance(change.total.after, Mean) and change.total.after.why != NO_TOTAL:
        yield Paragraph(f"Geen vergelijking van het totaal: {ended(change.total.after.why)}")


def _told(one: MeanChange) -> bool:
    return one.difference is not None


def _section_name(sections: dict[str, Section], one: MeanChange) -> str:
    section = sections.get(one.section or "")
    return f"{section.id}. {section.title}" if section else capital(one.section or "")


def _row(case: Case, name: str, one: MeanChange) -> tuple[str, ...]:
    places = places_of(case.content)
    then, now = one.before, one.after
    if not isinstance(then, Mean) or not isinstance(now, Mean) or one.difference is None:
        return name, NOTHING, NOTHING, NOTHING, NOTHING
    over = f"{now.n} van {counted(now.of, 'item', 'items')}"
    difference = dutch(one.difference, places, sign=True)
    return name, dutch(then.value, places), dutch(now.value, places), difference, over


def actions_since(record: Record, content: Content) -> Iterator[Block]:
    """What became of the actions that were chosen then."""
    for step in content.step:
        if not isinstance(step, ActionsStep):
            continue
        chosen = record.read(step.id, ActionsFile).action
        reviews = reviews_of(record, content, step)
        rows = [(row.text, current_state(row, reviews, step), _last(row.id, reviews)) for row in chosen]
        if rows:
            yield Heading(2, f"{step.title}: wat er sindsdien van geworden is")
            yield Table(f"{step.title} van de vorige keer", ("Wat", "Stand", "Laatste evaluatie"), tuple(rows))


def reviews_of(record: Record, content: Content, step: ActionsStep) -> tuple[Review, ...]:
    """The evaluations of the actions of a step, in the order of their dates."""
    own = [one for one in content.step if isinstance(one, ReviewsStep) and one.of == step.id]
    found = [review for one in own for review in record.read(one.id, ReviewsFile).review]
    return tuple(sorted(found, key=lambda review: (review.date, review.id)))


def _last(action: str, reviews: tuple[Review, ...]) -> str:
    own = [review for review in reviews if review.action == action]
    if not own:
        return "niet geëvalueerd"
    return f"{short(own[-1].date)}: {own[-1].text}" if own[-1].text.strip() else short(own[-1].date)
