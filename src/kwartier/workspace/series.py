"""One organisation over time: two or more measurements with one instrument, and what became of goals and actions.

All of it through the gate. How different instruments lie beside each other stands in `timeline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct

from kwartier.analysis.answers import Answer, asked
from kwartier.analysis.series import Series
from kwartier.errors import KwartierError, Misused
from kwartier.instrument.model import Item, NotesStep, Setting
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow import outcome as outcomes
from kwartier.workflow.outcome import Outcome, score_step
from kwartier.workflow.texts import text_on
from kwartier.workspace.action_points import ActionPoint, points_of
from kwartier.workspace.differing import differences
from kwartier.workspace.outcomes import Seen, outcome_of, seen_of
from kwartier.workspace.shelf import Case, Shelf


class Measured(Struct, frozen=True, kw_only=True):
    """One measurement of a series, as this viewer may see it."""

    seen: Seen
    outcome: Outcome

    @property
    def ref(self) -> str:
        """Its reference."""
        return self.seen.record.ref

    @property
    def open(self) -> bool:
        """Whether there is a score to compare."""
        return any(one.given or one.agreed is not None for one in self.outcome.stands)


class Goal(Struct, frozen=True, kw_only=True):
    """What was aimed at with an item, and how far that was reached: what each measurement says of it, oldest first."""

    item: str
    "The item on which is said how far it was reached."
    beside: str
    "The item that the goal belongs to."
    title: str
    texts: tuple[str, ...]
    "The goal as it stands in each measurement; empty where it has none."
    reached: tuple[Answer | None, ...]
    "None where it was not asked."

    @property
    def text(self) -> str:
        """The goal as it stands in the newest measurement that has one: that is what was looked at."""
        return next((text for text in reversed(self.texts) if text), "")

    @property
    def was(self) -> tuple[str, ...]:
        """How it stood before, where that was otherwise."""
        return tuple(dict.fromkeys(text for text in self.texts if text and text != self.text))


class OverTime(Struct, frozen=True, kw_only=True):
    """A series of measurements, oldest first."""

    measured: tuple[Measured, ...]
    series: Series
    differs: tuple[str, ...]
    "What differs in how they came about (Dutch sentences)."
    goals: tuple[Goal, ...]
    actions: tuple[ActionPoint, ...]
    "The action points of all but the newest measurement, and where each stands."

    @property
    def waiting(self) -> tuple[Measured, ...]:
        """The measurements without any score to compare: until there is one, no score of any is shown."""
        return tuple(one for one in self.measured if not one.open)


class Candidate(Struct, frozen=True, kw_only=True):
    """A measurement that can be compared with another one."""

    ref: str
    date: date
    parameters: Mapping[str, Setting]
    paper: bool


def candidates(shelf: Shelf, ref: str | Ref) -> list[Candidate]:
    """All measurements with the instrument and of the subject of this one that can be read, oldest first."""
    own = parse_ref(ref) if isinstance(ref, str) else ref
    found: list[Case] = []
    for other in shelf.folder.assessments(own.organisation):
        if (other.instrument, other.subject) == (own.instrument, own.subject):
            with suppress(KwartierError):  # what cannot be read cannot be compared
                found.append(shelf.case(other))
    envelopes = [(str(case.ref), case.record.envelope) for case in sorted(found, key=_order)]
    return [
        Candidate(ref=name, date=one.date, parameters=dict(one.parameters), paper=one.paper is not None)
        for name, one in envelopes
    ]


def of(shelf: Shelf, refs: Sequence[str | Ref], viewer: str | None) -> OverTime:
    """The measurements in the order of their dates. Raises `Misused` where they cannot be compared."""
    cases = [shelf.case(ref) for ref in refs]
    names = [str(case.ref) for case in cases]
    if len(set(names)) < len(names):
        raise Misused(
            "same-measurement",
            "Dezelfde meting staat er meer dan eens.",
            place=next(name for name in names if names.count(name) > 1),
            advice="Noem elke meting één keer.",
        )
    return of_cases(shelf, sorted(cases, key=_order), viewer)


def _order(case: Case) -> tuple[object, ...]:
    envelope = case.record.envelope
    moments = [one for one in case.content.parameter if one.moments] if case.readable else []
    places = [one.values.index(value) for one in moments if (value := envelope.parameters.get(one.id)) in one.values]
    return envelope.date, places, case.ref.order


def of_cases(shelf: Shelf, cases: Sequence[Case], viewer: str | None) -> OverTime:
    """The same, of records that were read, in the order that is given: each is compared with the one before it."""
    if len(cases) < 2:
        raise Misused(
            "too-few-measurements",
            "Er zijn minstens twee metingen nodig om te vergelijken.",
            advice="Noem er twee of meer van hetzelfde instrument.",
        )
    first = cases[0].record.envelope
    for case in cases[1:]:
        if case.record.envelope.instrument != first.instrument:
            raise Misused(
                "other-instrument",
                "Deze metingen zijn met verschillende instrumenten gedaan en zijn niet te vergelijken.",
                place=str(case.ref),
                advice="Kies metingen met hetzelfde instrument; 'kwartier tijdlijn' zet er twee naast elkaar.",
            )
    seen = [seen_of(shelf, case, viewer) for case in cases]
    measured = [Measured(seen=one, outcome=outcome_of(case, one)) for case, one in zip(cases, seen, strict=True)]
    return OverTime(
        measured=tuple(measured),
        series=outcomes.series([one.outcome for one in measured], [one.content for one in seen]),
        differs=tuple(differences(seen)),
        goals=tuple(_goals(measured)),
        actions=tuple(point for one in seen[:-1] for point in points_of(one.record, one.content)),
    )


def _goals(measured: Sequence[Measured]) -> Iterator[Goal]:
    """The items that say how far a goal was reached, as any of the measurements asks them."""
    goals: dict[str, Item] = {}
    for one in reversed(measured):
        for item in one.seen.content.items():
            if item.beside:
                goals.setdefault(item.id, item)
    for item in goals.values():
        yield Goal(
            item=item.id,
            beside=item.beside,
            title=item.short or item.title,
            texts=tuple(_goal_text(one.seen, item) for one in measured),
            reached=tuple(
                asked([each.id for each in one.seen.content.items()], one.outcome.answers()).get(item.id)
                for one in measured
            ),
        )


def _goal_text(seen: Seen, item: Item) -> str:
    """What the steps whose texts are shown while scoring say of a goal."""
    scoring = score_step(seen.content)
    shows = scoring.shows if scoring else ()
    steps = [step for step in seen.content.step if isinstance(step, NotesStep) and step.id in shows]
    found = [text_on(seen.record, seen.content, step, item) for step in steps]
    return "\n".join(text for one in found if one is not None and (text := one[1].strip()))
