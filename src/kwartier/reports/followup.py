"""What follows on the report, as dated additions: feedback, chosen actions and their evaluations, the next time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwartier.instrument.model import ActionsStep, EvidenceStep, FactsStep, RepeatStep, ReportStep, Step
from kwartier.records.files import Action, ActionsFile, ConclusionsFile, RepeatFile, Review, StepFile
from kwartier.reports.case import Case
from kwartier.reports.comparison import reviews_of
from kwartier.reports.conclusions import numbered
from kwartier.reports.departed import departed, participants
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table, long_date
from kwartier.reports.evidence import evidence
from kwartier.reports.given import given_facts
from kwartier.reports.phrases import NOTHING, capital, ended, listed
from kwartier.workflow.periods import after
from kwartier.workflow.state import current_state


def followup(case: Case) -> Iterator[Block]:
    """The additions in the order of the steps; nothing where the instrument has none."""
    blocks = [block for step in _after_report(case) for block in _step(case, step)]
    if blocks:
        yield Heading(1, "Vervolg")
        yield from blocks


def _after_report(case: Case) -> Iterator[Step]:
    """All but the facts and sources that were given before the report: those belong to how it was done."""
    steps = case.content.step
    places = [place for place, step in enumerate(steps) if isinstance(step, ReportStep)]
    for place, step in enumerate(steps):
        if not isinstance(step, FactsStep | EvidenceStep) or (places and place > places[-1]):
            yield step


def _step(case: Case, step: Step) -> Iterator[Block]:
    if isinstance(step, FactsStep | EvidenceStep):
        found = given_facts(case, step) if isinstance(step, FactsStep) else evidence(case, step)
        if found:
            yield _heading(step.title, case.record.read(step.id, StepFile).date)
            yield from found
    elif isinstance(step, ActionsStep):
        yield from _actions(case, step)
    elif isinstance(step, RepeatStep):
        yield Heading(2, step.title)
        yield from _repeat(case, step)


def _heading(title: str, day: date | None) -> Heading:
    return Heading(2, f"Aanvulling van {long_date(day)}: {title}" if day else title)


def _actions(case: Case, step: ActionsStep) -> Iterator[Block]:
    file = case.record.read(step.id, ActionsFile)
    yield _heading(step.title, file.date if file.action else None)
    if file.skipped:
        yield Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")
        return
    if not file.action:
        yield Paragraph("Er is nog niets gekozen.")
        if case.content.report and case.content.report.actions:
            yield Paragraph(case.content.report.actions)
        return
    reviews = reviews_of(case.record, case.content, step)
    yield Paragraph(_chosen(case, file))
    yield action_table(case, step, file.action, reviews, f"{step.title}: wat, wie en wanneer")
    yield from departed(case, [one for one in case.findings if one.step == step.id and one.level == "reason"])
    for number, row in enumerate(file.action, 1):
        yield from _course(number, row, reviews)


def _chosen(case: Case, file: ActionsFile) -> str:
    """Who chose, and when. Nobody who was interviewed is named for it."""
    who = "" if file.by in participants(case) else case.names.get(file.by, "").strip()
    this, verb = ("dit punt", "is") if len(file.action) == 1 else ("deze punten", "zijn")
    when = f"op {long_date(file.date)}" if file.date else ""
    if who:
        return f"{capital(who)} koos {f'{when} ' if when else ''}{this}:"
    return f"{capital(when)} {verb} {this} gekozen:" if when else f"{capital(this)} {verb} gekozen:"


def action_table(
    case: Case, step: ActionsStep, chosen: tuple[Action, ...], reviews: tuple[Review, ...], caption: str
) -> Table:
    """What was chosen, with what it belongs to, who does it, before when and where it stands."""
    advice = _advice(case, step)
    linked = any(row.recommendation in advice for row in chosen)
    rows = []
    for number, row in enumerate(chosen, 1):
        about = (advice.get(row.recommendation, NOTHING),) if linked else ()
        state = current_state(row, reviews, step)
        rows.append((str(number), row.text, *about, who_words(case, row), due_words(row), state))
    header = ("Nr.", "Wat", *(("Hoort bij",) if linked else ()), "Wie", "Klaar op", "Stand")
    return Table(caption, header, tuple(rows))


def _advice(case: Case, step: ActionsStep) -> dict[str, str]:
    if not step.of:
        return {}
    return {row.id: f"aanbeveling {number}" for number, _, row in numbered(case.record.read(step.of, ConclusionsFile))}


def _course(number: int, row: Action, reviews: tuple[Review, ...]) -> Iterator[Block]:
    """What was noted with an action and how it went since; nothing where the table says it all."""
    held = tuple(_review(review) for review in reviews if review.action == row.id)
    if row.note.strip() or held:
        yield Heading(3, f"{number}. {row.text}")
    if row.note.strip():
        yield Paragraph(capital(ended(row.note)))
    if held:
        yield Bullets(held)


def who_words(case: Case, row: Action) -> str:
    """A code may be somebody's who was interviewed: without a name nothing of it is shown."""
    if not row.who:
        return "nog niemand"
    return case.names.get(row.who, "").strip() or "naam niet bekend"


def due_words(row: Action) -> str:
    """Before when an action is to be done."""
    return long_date(row.due) if row.due else "nog geen datum"


def _review(review: Review) -> str:
    day = long_date(review.date)
    return f"{day} ({review.state}): {ended(review.text)}" if review.text.strip() else f"{day}: {ended(review.state)}"


def _repeat(case: Case, step: RepeatStep) -> Iterator[Block]:
    file = case.record.read(step.id, RepeatFile)
    if file.skipped:
        yield Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")
    elif file.planned:
        yield Paragraph(f"Gepland op {long_date(file.planned)}.")
    else:
        days = [long_date(after(case.record.envelope.date, period)) for period in step.after]
        between = f"tussen {listed(days)}" if len(days) > 1 else f"rond {listed(days)}"
        yield Paragraph(f"Nog niet gepland. De bedoeling is: {between}.")
    if file.note.strip():
        yield Paragraph(file.note)
