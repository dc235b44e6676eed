"""What people wrote in a record, as an export tells it when that is asked for; raw notes are never in it."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.instrument.model import ActionsStep, ConclusionsStep, NotesStep
from kwartier.records.files import ConclusionsFile, NotesFile
from kwartier.reports.comparison import reviews_of
from kwartier.reports.exports.answers import sheets
from kwartier.reports.exports.measured import Text
from kwartier.reports.exports.source import Source


def texts(source: Source) -> Iterator[Text]:
    """Explanations, remarks at scores, reasons, conclusions and evaluations, in the order of the steps."""
    for step in source.content.step:
        if isinstance(step, NotesStep):
            yield from _notes(source, step)
        elif isinstance(step, ConclusionsStep):
            yield from _conclusions(source, step)
        elif isinstance(step, ActionsStep):
            for review in reviews_of(source.record, source.content, step):
                yield from _text("evaluatie", step.id, review.text)
    for one in sheets(source):
        for phase, code, given in one.each():
            kind = "opmerking" if code else "reden"
            for (item, part), answer in given.items():
                by = source.subject if phase == "zelfbeoordeling" and source.subject else code
                yield from _text(kind, one.step.id, answer.note, item=item, part=part, by=by)


def _notes(source: Source, step: NotesStep) -> Iterator[Text]:
    file = source.record.read(step.id, NotesFile)
    yield from _text(f"{step.label} op het geheel", step.id, file.text)
    for row in file.explanation:
        yield from _text(step.label, step.id, row.text, item=row.item)
        yield from _text("afhandeling", step.id, row.handled, item=row.item)


def _conclusions(source: Source, step: ConclusionsStep) -> Iterator[Text]:
    file = source.record.read(step.id, ConclusionsFile)
    yield from _text("conclusie", step.id, file.text)
    for strength in file.strength:
        yield from _text("sterk punt", step.id, strength.text, section=strength.section)
    for point in file.improvement:
        yield from _text("verbeterpunt", step.id, point.text, section=point.section, item=point.item)
        for advice in file.recommendation:
            if advice.improvement == point.id:
                yield from _text("aanbeveling", step.id, advice.text, section=point.section, item=point.item)
    known = {one.id for one in file.improvement}
    for advice in file.recommendation:
        if advice.improvement not in known:
            yield from _text("aanbeveling", step.id, advice.text)


def _text(
    kind: str, step: str, text: str, *, section: str = "", item: str = "", part: str = "", by: str = ""
) -> Iterator[Text]:
    if text.strip():
        yield Text(
            kind=kind,
            step=step,
            section=section or None,
            item=item or None,
            part=part or None,
            by=by or None,
            text=text,
        )
