"""The summary for a board: one page with the outcome, what goes well, what can be better, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.analysis.answers import UNANSWERED
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean
from kwartier.instrument.model import ActionsStep, ConclusionsStep, Content, Section
from kwartier.records.files import ActionsFile, ConclusionsFile, VerdictFile
from kwartier.reports.case import Case
from kwartier.reports.comparison import reviews_of
from kwartier.reports.conclusions import numbered
from kwartier.reports.counts import is_nominal, section_counts
from kwartier.reports.document import Align, Block, Bullets, Callout, Document, Heading, Paragraph, Table, long_date
from kwartier.reports.figures import total_words
from kwartier.reports.followup import due_words, who_words
from kwartier.reports.opening import unfinished
from kwartier.reports.page_facts import page_note, status
from kwartier.reports.phrases import (
    NOTHING,
    capital,
    counted,
    ended,
    places_of,
    section_column,
    section_word,
)
from kwartier.reports.portfolio import NO_PASS, is_portfolio
from kwartier.reports.room import PAGE, height
from kwartier.reports.verdict import conditions, decided
from kwartier.workflow.agreed import agreed_answers
from kwartier.workflow.moments import Moment, moments
from kwartier.workflow.periods import short
from kwartier.workflow.state import current_state
from kwartier.workflow.verdicts import is_waiting, verdict_steps

MOST = 3
"""So many points of a kind stand on the page; of the others only how many."""

_TRIES = ((MOST, 12), (MOST, 6), (2, 5), (1, 3))
"""So many points of a kind, and so many actions: the first that fits a page is taken, else the last."""


def board(case: Case) -> Document:
    """The page. Everything on it stands in the whole report too, and has passed the gate."""
    made = (_page(case, points, actions) for points, actions in _TRIES)
    page = next(made)
    for shorter in made:
        if height(page) <= PAGE:
            break
        page = shorter
    return page


def _page(case: Case, points: int, actions: int) -> Document:
    content = case.content
    blocks: list[Block] = [*_opening(case), *_verdicts(case)]
    blocks += _portfolio(case) if is_portfolio(content) else _outcome(case)
    blocks += [*_conclusions(case, points), *_actions(case, actions), _reading(case)]
    title = content.report.title if content.report else case.header.title
    return Document(
        title=f"{title}: samenvatting",
        subject=", ".join(filter(None, [case.organisation, case.subject])),
        date=case.record.envelope.date,
        blocks=tuple(blocks),
        page_note=page_note(content),
        status=status(case),
        contents=False,
    )


def _reading(case: Case) -> Callout:
    """Which version it goes with; the kind of measurement and whose wording stand at the foot of every page."""
    count = len(case.versions)
    if case.concept or not count:
        return Callout("note", "Hoe dit tot stand kwam en wat het niet zegt, staat in het volledige verslag.")
    changed = f", en wat er veranderde sinds versie {count - 1}" if count > 1 else ""
    made = f"versie {count} van {long_date(case.versions[-1].date)}"
    return Callout("note", f"In het hele verslag, {made}, staat hoe dit tot stand kwam{changed}.")


def _opening(case: Case) -> Iterator[Block]:
    left = list(unfinished(case)) if case.concept else []
    if left:
        more = f"; en nog {len(left) - MOST}" if len(left) > MOST else ""
        yield Callout("warning", f"Dit is een concept. Nog niet klaar: {'; '.join(left[:MOST])}{more}.")


def _verdicts(case: Case) -> Iterator[Block]:
    for step in verdict_steps(case.content):
        yield Heading(1, capital(step.label))
        yield from decided(case, step)
        file = case.record.read(step.id, VerdictFile)
        if file.condition and not is_waiting(case.record, case.content, step):
            yield conditions(file, case.names, "Voorwaarden")


def _outcome(case: Case) -> Iterator[Block]:
    """The total and the figure of each section, beside the previous time; counts where nothing has an order."""
    outcome = case.outcome
    if outcome is None:
        return
    yield Heading(1, "Uitkomst")
    if not case.scores_open:
        yield Paragraph(f"De uitkomst volgt later: {ended(outcome.why)}")
        return
    total = case.content.total
    if total is not None and total.method != "none":
        yield Paragraph(" ".join(total_words(total, outcome)))
    yield _counts(case) if is_nominal(case.content) else _means(case)


def _counts(case: Case) -> Table:
    step = case.score_step
    answers = agreed_answers(case.record, case.content, step) if step is not None else {}
    rows = tuple(
        (f"{section.id}. {section.title}", section_counts(case.content, section, answers))
        for section in case.content.section
    )
    head = (section_column(case.content), "Hoe vaak gegeven")
    return Table(f"Antwoorden per {section_word(case.content)}", head, rows)


def _means(case: Case) -> Table:
    """Per section the mean, what it was, and the difference of items that were scored both times."""
    places = places_of(case.content)
    now = case.outcome.scores.sections if case.outcome is not None else {}
    change = case.previous.change if case.previous is not None else None
    moved = {one.section: one for one in change.sections} if change is not None else {}
    rows = []
    for section in case.content.section:
        mean = now.get(section.id)
        cells = [f"{section.id}. {section.title}", dutch(mean.value, places) if isinstance(mean, Mean) else NOTHING]
        if change is not None:
            one = moved.get(section.id)
            before = one.before if one is not None else None
            cells.append(dutch(before.value, places) if isinstance(before, Mean) else NOTHING)
            difference = one.difference if one is not None else None
            cells.append(NOTHING if difference is None else dutch(difference, places, sign=True))
        rows.append(tuple(cells))
    header = [section_column(case.content), "Gemiddelde"]
    if case.previous is not None and change is not None:
        header += [f"{short(case.previous.record.envelope.date)}", "Verschil"]
    right: Align = "right"
    align: tuple[Align, ...] = ("left", *(right for _ in header[1:]))
    return Table(f"Gemiddelde per {section_word(case.content)}", tuple(header), tuple(rows), align)


def _portfolio(case: Case) -> Iterator[Block]:
    """How often each state was given, at every moment; nothing is added up to a pass."""
    yield Heading(1, "Stand")
    yield Callout("convention", NO_PASS)
    found = moments(case.record, case.content)
    rows = tuple(
        (f"{section.id}. {section.title}", *(_stand(case.content, section, one) for one in found))
        for section in case.content.section
    )
    head = (section_column(case.content), *(one.title for one in found))
    yield Table(f"Stand per {section_word(case.content)}", head, rows)


def _stand(content: Content, section: Section, moment: Moment) -> str:
    given = any(moment.answers.get((item.id, ""), UNANSWERED) != UNANSWERED for item in section.item)
    return section_counts(content, section, moment.answers) if given else NOTHING


def _conclusions(case: Case, most: int) -> Iterator[Block]:
    for step in case.content.step:
        if not isinstance(step, ConclusionsStep):
            continue
        file = case.record.read(step.id, ConclusionsFile)
        if file.strength:
            yield Heading(1, "Wat goed gaat")
            yield Bullets(_first([ended(one.text) for one in file.strength], "sterk punt", "sterke punten", most))
        if file.improvement:
            advice = {row.improvement: row.text for _, _, row in reversed(numbered(file))}
            lines = [
                f"{ended(one.text)} Aanbeveling: {ended(advice[one.id])}" if one.id in advice else ended(one.text)
                for one in file.improvement
            ]
            yield Heading(1, "Wat beter kan")
            yield Bullets(_first(lines, "verbeterpunt", "verbeterpunten", most))


def _first(lines: list[str], one: str, many: str, most: int) -> tuple[str, ...]:
    more = len(lines) - most
    told = [f"En nog {counted(more, one, many)}; zie het volledige verslag."] if more > 0 else []
    return (*lines[:most], *told)


def _actions(case: Case, most: int) -> Iterator[Block]:
    for step in case.content.step:
        if isinstance(step, ActionsStep):
            file = case.record.read(step.id, ActionsFile)
            if file.action:
                reviews = reviews_of(case.record, case.content, step)
                rows = tuple(
                    (row.text, who_words(case, row), due_words(row), current_state(row, reviews, step))
                    for row in file.action[:most]
                )
                yield Heading(1, step.title)
                yield Table("", ("Wat", "Wie", "Klaar op", "Stand"), rows)
                if len(file.action) > most:
                    yield Paragraph(f"En nog {len(file.action) - most}; zie het volledige verslag.")
