"""The coverage matrix of a record for one viewer: read through the gate and put together. Counting: `analysis`."""

from __future__ import annotations

from collections.abc import Sequence

from kwartier.analysis.answers import Answer
from kwartier.analysis.coverage import Coverage, Given, Judgement, Piece, Source, letters_of
from kwartier.analysis.coverage import coverage as counted
from kwartier.instrument.model import Content, EvidenceStep, Item
from kwartier.instrument.selection import scale_of
from kwartier.records.files import EvidenceFile
from kwartier.records.record import Record
from kwartier.store.refs import Ref
from kwartier.workflow.moments import Moment, moments
from kwartier.workspace import judged, outcomes
from kwartier.workspace.shelf import Shelf


def coverage(shelf: Shelf, ref: str | Ref, viewer: str | None) -> Coverage:
    """The matrix as this viewer (a code, or None for nobody in particular) may know it."""
    seen = outcomes.see(shelf, ref, viewer)
    earlier = {item: one.words for item, one in judged.earlier_judgements(shelf, ref).items()}
    return of_record(seen.record, seen.content, earlier)


def of_record(record: Record, content: Content, earlier: dict[str, str]) -> Coverage:
    """The matrix of a record that has passed the gate."""
    found = moments(record, content)
    own = next((one for one in found if one.own), None)
    judging = [one for one in found if not one.own and one.consensus is not None]
    answers = _whole(own) if own else {}
    steps = [step for step in content.step if isinstance(step, EvidenceStep)]
    sources = _sources(steps)
    given = Given(
        sources=sources,
        pieces=tuple(piece for source in sources for piece in _pieces(record, source)),
        own=answers,
        judged={item.id: tuple(_judgement(content, item, one) for one in judging) for item in content.items()},
        earlier=earlier,
        withheld=any(step.id in record.withheld for step in steps),
    )
    titles = [(one.step.id, one.title) for one in judging]
    words = {item.id: answer_words(content, item, answers.get(item.id)) for item in content.items()}
    return counted(content, given, titles, own.title if own else "", words)


def answer_words(content: Content, item: Item, answer: Answer | None) -> str:
    """An answer as it is read; empty where there is none."""
    if answer is None or not answer.answered:
        return ""
    if answer.missing:
        return answer.missing
    options = {option.value: option.title or str(option.value) for option in scale_of(content, item).options}
    return options.get(answer.value or "", str(answer.value))


def _whole(moment: Moment) -> dict[str, Answer]:
    """The answers to the items themselves, without their parts."""
    return {item: answer for (item, part), answer in moment.answers.items() if not part and answer.answered}


def _judgement(content: Content, item: Item, moment: Moment) -> Judgement:
    answer = _whole(moment).get(item.id)
    return Judgement(
        step=moment.step.id,
        answer=answer,
        words=answer_words(content, item, answer),
        taken_over=moment.taken_over.get(item.id, ""),
    )


def _sources(steps: Sequence[EvidenceStep]) -> tuple[Source, ...]:
    """The evidence steps with a letter each."""
    letters = letters_of([step.label for step in steps])
    return tuple(
        Source(step.id, step.title, step.label, step.many, letter) for step, letter in zip(steps, letters, strict=True)
    )


def _pieces(record: Record, source: Source) -> list[Piece]:
    """Numbered in the order of the file, as a report numbers them."""
    return [
        Piece(
            mark=f"{source.letter}{number}",
            step=source.step,
            id=row.id,
            title=row.title,
            kind=row.kind,
            day=row.date,
            items=row.items,
            topics=row.topics,
            file=row.file is not None,
        )
        for number, row in enumerate(record.read(source.step, EvidenceFile).evidence, 1)
    ]
