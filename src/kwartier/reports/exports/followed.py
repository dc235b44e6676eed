"""What a record holds beside its answers, as an export tells it: verdicts, actions, evidence, facts, a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import MeanChange
from kwartier.analysis.numbers import exact, plain
from kwartier.analysis.scores import Mean, Unknown
from kwartier.instrument.model import ActionsStep, EvidenceStep, FactsStep, VerdictStep
from kwartier.records.files import ActionsFile, ConclusionsFile, EvidenceFile, FactsFile, VerdictFile
from kwartier.reports.comparison import reviews_of
from kwartier.reports.conclusions import numbered
from kwartier.reports.exports.measured import Changed, Comparison, Fact, Figure, Piece, Todo, Verdict
from kwartier.reports.exports.source import Source
from kwartier.reports.phrases import find_option, places_of
from kwartier.workflow.state import current_state
from kwartier.workflow.verdicts import STATES, scale_of, title_of


def figures(source: Source) -> Iterator[Figure]:
    """The means per section and over all; none of an instrument that has none."""
    found, content = source.outcome, source.content
    if found is None:
        return
    averaged = content.total is not None and content.total.method != "none"
    for section in content.section:
        mean = found.scores.sections.get(section.id)
        if isinstance(mean, Mean) or (averaged and mean is not None):
            yield _figure(source, section.id, section.title, mean, why=found.why)
    if averaged and content.total is not None:
        total = found.scores.total if found.complete else Unknown(found.why)
        yield _figure(source, None, content.total.title, total)


def _figure(source: Source, id: str | None, title: str, mean: Mean | Unknown, why: str = "") -> Figure:
    known = mean if isinstance(mean, Mean) else None
    return Figure(
        kind="deel" if id else "totaal",
        id=id,
        title=title,
        mean=plain(known.value, places_of(source.content)) if known else None,
        exact=exact(known.value) if known else None,
        n=known.n if known else None,
        of=known.of if known else None,
        band=source.outcome.scores.band if source.outcome and known and id is None else None,
        why=(why or mean.why) if isinstance(mean, Unknown) else None,
    )


def verdicts(source: Source) -> Iterator[Verdict]:
    """The verdicts that were given."""
    for step in source.content.step:
        if isinstance(step, VerdictStep):
            file = source.record.read(step.id, VerdictFile)
            known = find_option(scale_of(source.content, step), file.value) is not None
            if file.value is None or not (known or source.names):
                continue
            yield Verdict(
                step=step.id,
                value=file.value,
                title=title_of(source.content, step, file.value) or None,
                proposed=file.proposed,
                reason=(file.reason or None) if source.texts else None,
            )


def actions(source: Source) -> Iterator[Todo]:
    """The action points and the conditions of verdicts; without names none: people wrote them."""
    if not source.names:
        return
    for step in source.content.step:
        if isinstance(step, ActionsStep):
            reviews = reviews_of(source.record, source.content, step)
            known = _advice(source, step)
            for number, row in enumerate(source.record.read(step.id, ActionsFile).action, 1):
                yield Todo(
                    kind="actiepunt",
                    step=step.id,
                    number=number,
                    text=row.text,
                    advice=known.get(row.recommendation),
                    who=row.who or None,
                    due=_day(row.due),
                    state=current_state(row, reviews, step),
                    note=(row.note or None) if source.texts else None,
                )
        elif isinstance(step, VerdictStep):
            for number, one in enumerate(source.record.read(step.id, VerdictFile).condition, 1):
                yield Todo(
                    kind="voorwaarde",
                    step=step.id,
                    number=number,
                    text=one.text,
                    advice=None,
                    who=one.who or None,
                    due=_day(one.due),
                    state=one.state or STATES[0],
                    note=(one.note or None) if source.texts else None,
                )


def _advice(source: Source, step: ActionsStep) -> dict[str, str]:
    if not step.of:
        return {}
    found = numbered(source.record.read(step.of, ConclusionsFile))
    return {row.id: f"aanbeveling {number}" for number, _, row in found}


def evidence(source: Source) -> Iterator[Piece]:
    """The evidence that everybody may read; without names none."""
    for step in source.content.step if source.names else ():
        if isinstance(step, EvidenceStep):
            for number, row in enumerate(source.record.read(step.id, EvidenceFile).evidence, 1):
                yield Piece(
                    step=step.id,
                    number=number,
                    title=row.title,
                    kind=row.kind or None,
                    date=_day(row.date),
                    items=row.items,
                    topics=row.topics,
                    file=row.file is not None,
                    link=(row.link or None) if source.texts else None,
                    note=(row.note or None) if source.texts else None,
                )


def facts(source: Source) -> Iterator[Fact]:
    """What was answered about the subject; without names nothing: numbers of a few tell which organisation it is."""
    known = {one.id: one for one in source.content.fact}
    for step in source.content.step if source.names else ():
        if isinstance(step, FactsStep):
            for row in source.record.read(step.id, FactsFile).fact:
                asked = known.get(row.id)
                if asked is None or not row.given or (asked.kind == "text" and not source.texts):
                    continue
                yield Fact(
                    step=step.id,
                    id=row.id,
                    title=asked.title,
                    value=_value(row.value),
                    low=row.low,
                    high=row.high,
                    approximate=row.approximate,
                    unknown=row.unknown,
                    unit=asked.unit or None,
                )


def _value(value: Any) -> int | str | float | bool | tuple[str, ...] | None:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return value if value is None or isinstance(value, int | str | float | bool) else _day_or_text(value)


def _day_or_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def comparison(source: Source) -> Comparison | None:
    """The record beside the one that it follows; None where there is none, or it is not compared."""
    if source.change is None:
        return None
    titles = {item.id: item.title for item in source.content.items()}
    sections = {section.id: section.title for section in source.content.section}
    items = [
        Changed(
            kind="item",
            id=one.item,
            title=titles.get(one.item, one.item),
            before=_given(source, one.item, one.before),
            after=_given(source, one.item, one.after),
            difference=one.difference,
            n=None,
            why=one.why if source.names else None,
        )
        for one in source.change.items
    ]
    averaged = source.content.total is not None and source.content.total.method != "none"
    parts = [*source.change.sections, *([source.change.total] if averaged else [])]
    means = [_mean_change(source, one, sections) for one in parts if isinstance(one.before, Mean) or averaged]
    return Comparison(
        before=source.before, rows=(*items, *means), differs=tuple(source.differs) if source.names else ()
    )


def _given(source: Source, item: str, answer: Answer | None) -> int | str | None:
    """A value; without names no word that is not on the scale, which somebody typed."""
    if answer is None or source.names or isinstance(answer.value, int):
        return answer.value if answer else None
    scales = {one.id: {option.value for option in one.options} for one in source.content.scale}
    known = next((scales[one.scale] for one in source.content.items() if one.id == item), set())
    return answer.value if answer.value in known else None


def _mean_change(source: Source, change: MeanChange, titles: dict[str, str]) -> Changed:
    places = places_of(source.content)
    total = source.content.total.title if source.content.total else ""
    before, after = change.before, change.after
    why = next((one.why for one in (before, after) if isinstance(one, Unknown)), None)
    return Changed(
        kind="deel" if change.section else "totaal",
        id=change.section,
        title=titles.get(change.section, change.section) if change.section else total,
        before=_rounded(before.value if isinstance(before, Mean) else None, places),
        after=_rounded(after.value if isinstance(after, Mean) else None, places),
        difference=_rounded(change.difference, places),
        n=before.n if isinstance(before, Mean) else None,
        why=why,
    )


def _rounded(value: Fraction | None, places: int) -> str | None:
    return None if value is None else plain(value, places)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
