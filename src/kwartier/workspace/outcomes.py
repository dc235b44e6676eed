"""What follows from records: their state, outcome, comparison, report and agenda; all of it through the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kwartier.analysis.change import Change
from kwartier.errors import KwartierError, Misused
from kwartier.instrument.model import Content, Header, Publication, ScoreStep, Word
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref
from kwartier.workflow import outcome as outcomes
from kwartier.workflow.agreed import confirmations
from kwartier.workflow.departures import departures, with_reason
from kwartier.workflow.due import Due, Taken, due, is_followed
from kwartier.workflow.findings import Finding
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.state import StepState, states
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.visible import visible
from kwartier.workspace import retaining, wordings
from kwartier.workspace.shelf import Case, Shelf

if TYPE_CHECKING:
    pass


class Seen(Struct, frozen=True, kw_only=True):
    """A record as a viewer may see it, with what was asked and the names of who fills in."""

    record: Record
    content: Content
    header: Header
    organisation: str
    names: Mapping[str, str]
    locked: str = ""
    "Why it can only be read; empty where it can be changed."


class Situation(Struct, frozen=True, kw_only=True):
    """Where a record stands: its steps, and what stands out."""

    steps: tuple[StepState, ...]
    findings: tuple[Finding, ...]


class Comparison(Struct, frozen=True, kw_only=True):
    """A later outcome against an earlier one, and what differs in how they came about (Dutch sentences)."""

    before: Outcome
    after: Outcome
    change: Change
    differs: tuple[str, ...]


def see(shelf: Shelf, ref: str | Ref, viewer: str | None) -> Seen:
    """The record through the gate."""
    return seen_of(shelf, shelf.case(ref), viewer)


def seen_of(shelf: Shelf, case: Case, viewer: str | None) -> Seen:
    content = case.content
    return Seen(
        record=visible(case.record, content, viewer),
        content=content,
        header=shelf.header_of(case) or _bare_header(case.record),
        organisation=shelf.organisation(case.ref.organisation).name,
        names=shelf.codes(case.ref.organisation, case.ref.subject).names(),
        locked=case.locked,
    )


def _bare_header(record: Record) -> Header:
    """What is known of an instrument that is not installed."""
    name = record.envelope.instrument
    return Header(
        id=name,
        api=0,
        title=name.upper(),
        short=name.upper(),
        edition=record.envelope.edition,
        subject="organisation",
        word=Word(one="meting", many="metingen"),
        publication=Publication(title=name.upper(), rights="Niet geïnstalleerd, dus niet bekend."),
    )


def situation(shelf: Shelf, ref: str | Ref, viewer: str | None) -> Situation:
    """The steps and findings of a record, as this viewer may know them."""
    case = shelf.case(ref)
    seen = seen_of(shelf, case, viewer)
    found = [*findings(case, seen), *_of_wording(case, seen)]
    return Situation(steps=tuple(states(seen.record, seen.content)), findings=tuple(found))


def _of_wording(case: Case, seen: Seen) -> Iterator[Finding]:
    """What this user has to know of the wording that is shown here; it has no place in a report."""
    steps = [step for step in seen.content.step if isinstance(step, ScoreStep)]
    if case.opened is None or not steps:
        return
    error = wordings.trouble(case.opened.header, seen.content)
    if error is not None:
        yield Finding(
            id="wording-unusable",
            level="remark",
            step=steps[0].id,
            message=f"De formulering in gebruik is niet te lezen of past niet; u ziet die van kwartier. {error.place}",
            advice=error.advice or "",
        )
    pin = wordings.shown(case.opened.header, seen.content)[1]
    for step in steps:
        used = {code: tree.get("wording", "") for (name, code), tree in seen.record.personal.items() if name == step.id}
        others = sorted(code for code, wording in used.items() if wording and wording != pin)
        if others:
            yield Finding(
                id="wording-absent",
                level="remark",
                step=step.id,
                message=f"{', '.join(others)} scoorde met een formulering die hier niet in gebruik is.",
                advice="U ziet hier een andere. Wie haar heeft, legt haar erover: 'kwartier formulering gebruik'.",
            )


def findings(case: Case, seen: Seen) -> list[Finding]:
    """What stands out, from the content and from the plugin."""
    reasons = {row.id: row.reason for row in seen.record.envelope.departure}
    own = case.hooks.check(seen.content, seen.record)
    return [*departures(seen.record, seen.content), *(with_reason(one, reasons) for one in own)]


def suggestions(shelf: Shelf, ref: str | Ref) -> list[Suggestion]:
    """What the facts of a record suggest for its items; nothing of it is filled in."""
    case = shelf.case(ref)
    return case.hooks.suggest(case.content, visible(case.record, case.content, None))


def outcome(shelf: Shelf, ref: str | Ref, viewer: str | None, step: str = "") -> Outcome:
    """The outcome of a record, or of one of its score steps; a step in which is agreed stands for what it agrees on.

    Raises `Misused` for an instrument in which nothing is scored, and for a step in which nothing is.
    """
    case = shelf.case(ref)
    return outcome_of(case, seen_of(shelf, case, viewer), step)


def outcome_of(case: Case, seen: Seen, step: str = "") -> Outcome:
    """The outcome of what passed the gate of a record that was read."""
    found = outcomes.outcome(seen.record, seen.content, case.hooks.score, step)
    if found is None and step and outcomes.score_step(seen.content) is not None:
        scored = [one.id for one in seen.content.step if isinstance(one, ScoreStep)]
        raise Misused(
            "step-not-scored",
            f"In de stap '{step_by_id(seen.content, step).title}' wordt niets gescoord.",
            place=seen.record.ref,
            advice=f"Wel in: {', '.join(scored)}.",
        )
    if found is None:
        raise Misused(
            "nothing-scored",
            "In dit instrument wordt niets gescoord.",
            place=seen.record.ref,
            advice="Wat er is ingevuld, staat in het verslag: 'kwartier verslag REF'.",
        )
    return found


def proposals(shelf: Shelf, ref: str | Ref, step: str = "") -> list[Tree]:
    """The rows that confirm, at the consensus, what all gave alike and is not agreed on yet."""
    return confirmations(shelf.case(ref).content, outcome(shelf, ref, None, step).stands)


def exported(shelf: Shelf, ref: str | Ref, against: str | Ref | None, viewer: str | None, step: str = "") -> Tree:
    """The outcome as plain values, for other programs."""
    from kwartier.reports.exported import comparison_tree, outcome_tree  # reports are loaded when one is asked for

    case = shelf.case(ref)
    seen = seen_of(shelf, case, viewer)
    found = outcome_of(case, seen, step)
    tree = outcome_tree(seen.record, seen.content, found, case.ref.organisation, seen.organisation)
    tree["findings"] = [one.id for one in findings(case, seen)]
    if against is not None:
        compared = compare(shelf, ref, against, viewer)
        tree["comparison"] = comparison_tree(str(shelf.case(against).ref), compared.change, compared.differs)
    return tree


def compare(shelf: Shelf, ref: str | Ref, against: str | Ref, viewer: str | None) -> Comparison:
    """A record against an earlier one of the same instrument. Raises `Misused` where they cannot be compared."""
    from kwartier.workspace.series import of_cases

    found = of_cases(shelf, [shelf.case(against), shelf.case(ref)], viewer)
    before, after = found.measured
    return Comparison(before=before.outcome, after=after.outcome, change=found.series.whole, differs=found.differs)


def comparable(shelf: Shelf, ref: str | Ref) -> list[str]:
    """The earlier records of the same instrument and subject, the one that this one follows first, then the newest."""
    case = shelf.case(ref)
    own = case.record.envelope
    found: list[tuple[bool, date, str]] = []
    for other in shelf.folder.assessments(case.ref.organisation):
        if (other.instrument, other.subject) != (case.ref.instrument, case.ref.subject) or other == case.ref:
            continue
        with suppress(KwartierError):  # what cannot be read cannot be compared with
            day = shelf.case(other).record.envelope.date
            if day <= own.date or str(other) == own.follows:
                found.append((str(other) == own.follows, day, str(other)))
    return [name for _, _, name in sorted(found, reverse=True)]


def agenda(shelf: Shelf, organisations: list[str] | None, progress: Callable[[int, int], None]) -> list[Due]:
    """Everything still to be done in all readable records, what is overdue first."""
    found: list[Due] = []
    slugs = organisations or shelf.folder.organisations()
    for number, slug in enumerate(slugs):
        progress(number, len(slugs))
        found += _agenda_of(shelf, slug)
    return sorted(found, key=lambda one: (one.day or date.max, one.ref, one.step, one.text))


def _agenda_of(shelf: Shelf, slug: str) -> list[Due]:
    cases: list[Case] = []
    for ref in shelf.folder.assessments(slug):
        with suppress(KwartierError):  # what cannot be read puts nothing on the agenda; `checkup` tells about it
            cases.append(shelf.case(ref))
    taken = [_taken(shelf, case) for case in cases]
    found: list[Due] = []
    for case, own in zip(cases, taken, strict=True):
        with suppress(KwartierError):
            record = visible(case.record, case.content, None)
            found += due(record, case.content, followed=is_followed(own, taken))
    return found + retaining.dues(shelf, slug)


def _taken(shelf: Shelf, case: Case) -> Taken:
    own, ref = case.record.envelope, case.ref
    header = shelf.header_of(case)
    return Taken(
        ref=str(ref),
        instrument=ref.instrument,
        subject=ref.subject or "",
        day=own.date,
        follows=own.follows or "",
        successor=header.successor if header else "",
    )
