"""A record in one line: what a list or an index holds of it. Nothing that is not revealed, no names."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kwartier.analysis.numbers import plain
from kwartier.analysis.scores import Mean
from kwartier.errors import KwartierError
from kwartier.records.files import VerdictFile
from kwartier.records.record import Record
from kwartier.store.keyring import Locked
from kwartier.store.refs import Ref
from kwartier.workflow.outcome import outcome
from kwartier.workflow.settled import is_definitive
from kwartier.workflow.state import next_step, states
from kwartier.workflow.verdicts import conditions_words, open_conditions, title_of, verdict_steps
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Case, Shelf

SHUT = "op slot"
"""What is told of a record of an encrypted student, in place of where it is."""


class Summary(Struct, frozen=True, kw_only=True):
    """What is known of a record at a glance. `problem` says why it is no more, where it cannot be read."""

    ref: str
    instrument: str
    date: date
    subject: str = ""
    definitive: bool = False
    paper: bool = False
    next: str = ""
    detail: str = ""
    mean: str = ""
    verdict: str = ""
    "The verdict on the whole, in the words of its scale; the first where there are more."
    conditions: int = 0
    "How many conditions of a verdict are still waited for."
    locked: str = ""
    problem: str = ""


def result_words(one: Summary) -> str:
    """What came of a record, to stand behind where it is (Dutch): its mean, its verdict; empty where there is none."""
    told = f", gemiddeld {one.mean.replace('.', ',')}" if one.mean else ""
    if one.verdict:
        told += f", {one.verdict}" + (f" ({conditions_words(one.conditions)} open)" if one.conditions else "")
    return told


def summary(shelf: Shelf, ref: str | Ref, viewer: str | None = None) -> Summary:
    """The summary of a record, as this viewer may know it; a broken one gives a summary that says so."""
    case_ref = ref if isinstance(ref, Ref) else None
    try:
        case = shelf.case(ref)
        return of_case(case, visible(case.record, case.content, viewer))
    except Locked as error:
        if case_ref is None:
            raise
        return shut(case_ref, error.message)
    except KwartierError as error:
        if case_ref is None:
            raise
        return Summary(ref=str(case_ref), instrument=case_ref.instrument, date=case_ref.date, problem=error.message)


def shut(ref: Ref, why: str) -> Summary:
    """The summary of a record of a student that is locked: what its reference tells."""
    return Summary(
        ref=str(ref), instrument=ref.instrument, date=ref.date, subject=ref.subject or "", next=SHUT, locked=why
    )


def of_case(case: Case, record: Record) -> Summary:
    """The summary of a record that was read, from what passed the gate of it."""
    content = case.content
    # What was done on paper has no steps left that anybody waits for.
    todo = None if record.envelope.paper else next_step(states(record, content))
    found = outcome(record, content, case.hooks.score)
    verdicts = [
        (title_of(content, step, file.value), len(open_conditions(file)) if file.value is not None else 0)
        for step in verdict_steps(content)
        for file in [record.read(step.id, VerdictFile)]
    ]
    total = found.scores.total if found and found.complete else None
    return Summary(
        ref=str(case.ref),
        instrument=record.envelope.instrument,
        date=record.envelope.date,
        subject=record.envelope.subject,
        definitive=is_definitive(record, content),
        paper=record.envelope.paper is not None,
        next=todo.title if todo else "",
        detail=todo.detail if todo else "",
        verdict=next((title for title, _ in verdicts if title), ""),
        conditions=sum(count for _, count in verdicts),
        mean=plain(total.value) if isinstance(total, Mean) else "",
        locked=case.locked,
    )
