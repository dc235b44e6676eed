"""What has to happen when: the entries that one record puts on the agenda. What is overdue is told when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from kwartier.instrument import model as m
from kwartier.records import files as f
from kwartier.records.record import Record
from kwartier.workflow.people import assessors, is_left_out, is_sealed
from kwartier.workflow.periods import after
from kwartier.workflow.settled import is_definitive, versions
from kwartier.workflow.state import current_state
from kwartier.workflow.verdicts import is_open


class Due(Struct, frozen=True, kw_only=True):
    """Something that is to be done on a day, or as soon as may be where there is no day."""

    ref: str
    step: str
    kind: str
    "task, sheet, raw-notes, condition, action, review, repeat, retention: for programs."
    text: str
    day: date | None = None
    person: str = ""
    "The code of whom it is about or waited for."


class Taken(Struct, frozen=True, kw_only=True):
    """What tells which of several records of an organisation repeats which."""

    ref: str
    instrument: str
    subject: str
    day: date
    follows: str
    successor: str = ""
    "The instrument that took the place of its own, if any."


def is_followed(own: Taken, others: Iterable[Taken]) -> bool:
    """Whether a later record of the same subject repeats this one, with its instrument or with the successor of that.

    It may itself be among the others.
    """
    repeating = {own.instrument, own.successor}
    return any(
        other.ref != own.ref
        and other.instrument in repeating
        and other.subject == own.subject
        and (other.follows == own.ref or other.day > own.day)
        for other in others
    )


def due(record: Record, content: m.Content, *, followed: bool) -> list[Due]:
    """Everything still to be done in a record; `followed` says whether a later one repeats it."""
    found: list[Due] = []
    for step in content.step:
        if isinstance(step, m.ChecklistStep):
            found += _tasks(step, record, content)
        elif isinstance(step, m.InterviewStep):
            found += _raw_notes(step, record, content)
        elif isinstance(step, m.ScoreStep):
            found += _sheets(step, record, content)
        elif isinstance(step, m.ActionsStep):
            found += _actions(step, record, content)
        elif isinstance(step, m.ReviewsStep):
            found += _reviews(step, record, content)
        elif isinstance(step, m.VerdictStep):
            found += _conditions(step, record)
        elif isinstance(step, m.RepeatStep) and not followed and _finished(record, content):
            found += _repeat(step, record)
    return found


def _finished(record: Record, content: m.Content) -> bool:
    return is_definitive(record, content) or record.envelope.paper is not None


def _tasks(step: m.ChecklistStep, record: Record, content: m.Content) -> Iterator[Due]:
    if _finished(record, content):
        return
    done = {row.id for row in record.read(step.id, f.ChecklistFile).task if row.done}
    for task in step.task:
        day = task_day(task, record.envelope.date)
        if task.id not in done and day is not None:
            yield Due(ref=record.ref, step=step.id, kind="task", text=task.text, day=day)


def task_day(task: m.Task, assessed: date) -> date | None:
    """The day that is proposed for a task, counted from the date of the assessment; None where none is."""
    if task.days is None:
        return None
    return date.fromordinal(min(max(assessed.toordinal() + task.days, 1), date.max.toordinal()))


def destruction(step: m.InterviewStep, content: m.Content, record: Record) -> date | None:
    """When raw notes are to be destroyed: so long after the step that the instrument names was done."""
    made = versions(record, content)
    follows = next((one for one in content.step if one.id == step.keep_after), None)
    if isinstance(follows, m.ReportStep):
        return after(made[0].date, step.keep) if made else None
    done = record.read(step.keep_after, f.StepFile).date if follows else record.envelope.date
    return after(done, step.keep) if done else None


def _raw_notes(step: m.InterviewStep, record: Record, content: m.Content) -> Iterator[Due]:
    proposed = destruction(step, content, record)
    for code, own, destroyed in raw_notes(step, record):
        day = own or proposed
        if day and not destroyed:
            text = "ruwe aantekeningen vernietigen"
            yield Due(ref=record.ref, step=step.id, kind="raw-notes", text=text, day=day, person=code)


def raw_notes(step: m.InterviewStep, record: Record) -> Iterator[tuple[str, date | None, bool]]:
    """Whose raw notes there are, the day that was chosen to destroy them, and whether that was done."""
    for code in sorted(code for name, code in record.personal if name == step.id):
        file = record.read_of(step.id, code, f.RawNotesFile)
        yield code, file.destroy, file.destroyed is not None
    for (name, code), progress in sorted(record.hidden.items()):
        if name == step.id:
            yield code, progress.destroy, progress.destroyed


def _sheets(step: m.ScoreStep, record: Record, content: m.Content) -> Iterator[Due]:
    """Sheets that were begun and not sealed; nobody waits for one that may be left out once its person has gone on."""
    if step.stays_open or (step.optional and _finished(record, content)):
        return
    begun = [code for name, code in [*record.personal, *record.hidden] if name == step.id]
    for person in assessors(record, step.role):
        if person.stopped or person.shadow or is_sealed(record, step.id, person.id) or not begun:
            continue
        if step.id in person.missed or is_left_out(record, content, step, person.id):
            continue
        yield Due(ref=record.ref, step=step.id, kind="sheet", text="scoreblad verzegelen", person=person.id)


def _conditions(step: m.VerdictStep, record: Record) -> Iterator[Due]:
    """What a verdict asks and is still waited for, also where nobody said when; of what is no verdict yet nothing."""
    file = record.read(step.id, f.VerdictFile)
    for number, row in enumerate(file.condition, start=1):
        if file.value is not None and is_open(row):
            text = f"voorwaarde {number}: {row.text}"
            yield Due(ref=record.ref, step=step.id, kind="condition", text=text, day=row.due, person=row.who)


def _actions(step: m.ActionsStep, record: Record, content: m.Content) -> Iterator[Due]:
    """Action points with a day, where no later step looks at them again; what is reviewed is told there."""
    if any(isinstance(one, m.ReviewsStep) and one.of == step.id for one in content.step):
        return
    for number, row in enumerate(record.read(step.id, f.ActionsFile).action, start=1):
        if row.due and current_state(row, (), step) not in step.closed:
            text = f"actiepunt {number} klaar: {row.text}"
            yield Due(ref=record.ref, step=step.id, kind="action", text=text, day=row.due, person=row.who)


def _reviews(step: m.ReviewsStep, record: Record, content: m.Content) -> Iterator[Due]:
    actions = next(one for one in content.step if isinstance(one, m.ActionsStep) and one.id == step.of)
    file = record.read(step.of, f.ActionsFile)
    reviews = record.read(step.id, f.ReviewsFile).review
    for number, row in enumerate(file.action, start=1):
        if current_state(row, reviews, actions) in actions.closed:
            continue
        if row.due:
            text = f"actiepunt {number} klaar: {row.text}"
            yield Due(ref=record.ref, step=step.of, kind="action", text=text, day=row.due, person=row.who)
        day = review_day(row.id, file.date, step.every, reviews)
        if day:
            text = f"actiepunt {number} evalueren: {row.text}"
            yield Due(ref=record.ref, step=step.id, kind="review", text=text, day=day, person=row.who)


def review_day(action: str, chosen: date | None, every: str, reviews: tuple[f.Review, ...]) -> date | None:
    """When an action is to be reviewed next; None as long as the day of choosing is not told."""
    done = [review.date for review in reviews if review.action == action]
    return next_review(chosen, every, max(done, default=None)) if chosen else None


def next_review(chosen: date, every: str, last: date | None) -> date:
    """The first review day, counted from the day of choosing, that the last review does not cover.

    A review held up to half a period early counts for the day it comes before.
    """
    before, day, number = chosen, after(chosen, every), 1
    while last is not None and before < day <= last:
        number += 1
        before, day = day, after(chosen, every, number)
    if last is not None and (day - last) < (last - before):
        return after(chosen, every, number + 1)
    return day


def _repeat(step: m.RepeatStep, record: Record) -> Iterator[Due]:
    planned = record.read(step.id, f.RepeatFile).planned
    first, last = repeat_between(step, record.envelope.date)
    paper = record.envelope.paper
    if planned is None and paper is not None and paper.entered > last:
        return  # an old result that was taken over long after its day asks for nothing any more
    day = planned or first
    text = "meting herhalen" if planned else f"meting herhalen (uiterlijk {last:%d-%m-%Y})"
    yield Due(ref=record.ref, step=step.id, kind="repeat", text=text, day=day)


def repeat_between(step: m.RepeatStep, assessed: date) -> tuple[date, date]:
    """The earliest and the latest day that are proposed for doing it again."""
    return after(assessed, step.after[0]), after(assessed, step.after[-1])
