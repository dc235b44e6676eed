"""What follows on the report, as dated additions: feedback, chosen actions and their evaluations, the next time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwartier.instrument.model import ActionsStep, FactsStep, RepeatStep, ReportStep, Step
from kwartier.records.files import Action, ActionsFile, ConclusionsFile, FactsFile, RepeatFile, Review
from kwartier.reports.case import Case
from kwartier.reports.comparison import reviews_of
from kwartier.reports.conclusions import numbered
from kwartier.reports.departed import departed
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table, long_date
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
    """All but the facts that were given before the report: those belong to how it was done."""
    steps = case.content.step
    places = [place for place, step in enumerate(steps) if isinstance(step, ReportStep)]
    for place, step in enumerate(steps):
        if not isinstance(step, FactsStep) or (places and place > places[-1]):
            yield step


def _step(case: Case, step: Step) -> Iterator[Block]:
    if isinstance(step, FactsStep):
        answers = given_facts(case, step)
        if answers:
            yield _heading(step.title, case.record.read(step.id, FactsFile).date)
            yield from answers
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
    if case.content.report and case.content.report.actions:
        yield Paragraph(case.content.report.actions)
    if file.skipped:
        yield Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")
        return
    if not file.action:
        yield Paragraph("Er is nog niets gekozen.")
        return
    reviews = reviews_of(case.record, case.content, step)
    yield _table(case, step, file.action, reviews)
    yield from departed(case, [one for one in case.findings if one.step == step.id and one.level == "reason"])
    numbers = {row.id: number for number, row in enumerate(file.action, 1)}
    held = tuple(_review(review, numbers) for review in reviews if review.action in numbers)
    if held:
        yield Paragraph("Evaluaties tot nu toe:")
        yield Bullets(held)


def _table(case: Case, step: ActionsStep, chosen: tuple[Action, ...], reviews: tuple[Review, ...]) -> Table:
    advice = _advice(case, step)
    rows = []
    for number, row in enumerate(chosen, 1):
        about = (advice.get(row.recommendation, NOTHING),) if advice else ()
        rows.append((str(number), _text(row), *about, _who(case, row), _due(row), current_state(row, reviews, step)))
    header = ("Nr.", "Wat", *(("Aanbeveling",) if advice else ()), "Wie", "Klaar op", "Stand")
    return Table(step.title, header, tuple(rows))


def _advice(case: Case, step: ActionsStep) -> dict[str, str]:
    if not step.of:
        return {}
    rows = numbered(case.record.read(step.of, ConclusionsFile))
    return {row.id: f"{number}: {row.text}" for number, _, row in rows}


def _text(row: Action) -> str:
    return f"{row.text}\n{row.note}" if row.note.strip() else row.text


def _who(case: Case, row: Action) -> str:
    """A code may be somebody's who was interviewed: without a name nothing of it is shown."""
    if not row.who:
        return "nog niemand"
    return case.names.get(row.who, "").strip() or "naam niet bekend"


def _due(row: Action) -> str:
    return long_date(row.due) if row.due else "nog geen datum"


def _review(review: Review, numbers: dict[str, int]) -> str:
    head = f"{capital(long_date(review.date))}, nr. {numbers[review.action]} ({review.state})"
    return f"{head}: {ended(review.text)}" if review.text.strip() else f"{head}."


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
