"""What is read beside an item while it is judged, of steps that are no texts: a self-assessment, and evidence on it.

Words alone; who may see what was decided before, by the gate.
"""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.instrument.model import ConsensusStep, Content, EvidenceStep, Item, ScoreStep
from kwartier.instrument.selection import scale_of
from kwartier.records.files import AnswerRow, ConsensusFile, Evidence, EvidenceFile, Sheet
from kwartier.records.record import Record
from kwartier.workflow.agreed import agreed_answers, scored_by
from kwartier.workflow.periods import short

_KILO = 1000


def evidence_on(record: Record, step: EvidenceStep, item: Item) -> list[tuple[int, Evidence]]:
    """The pieces of evidence about an item that are there, each with its number in the list of the step."""
    rows = record.read(step.id, EvidenceFile).evidence
    return [(number, row) for number, row in enumerate(rows, 1) if item.id in row.items]


def evidence_words(row: Evidence) -> str:
    """A piece of evidence on one line: its title, with kind, day and file where it has them."""
    told = [row.kind, short(row.date) if row.date else "", file_words(row)]
    about = ", ".join(one for one in told if one)
    return f"{row.title} ({about})" if about else row.title


def file_words(row: Evidence) -> str:
    """That there is a file with it, and how large; empty where there is none."""
    return f"bestand van {size_words(row.file.size)}" if row.file is not None else ""


def size_words(size: int) -> str:
    """A number of bytes as people say it: 840 bytes, 12 kB, 3,4 MB."""
    if size < _KILO:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < _KILO * _KILO:
        return f"{size / _KILO:.0f} kB" if size < (_KILO - 1) * _KILO else "1 MB"
    return f"{size / _KILO / _KILO:.1f} MB".replace(".", ",").replace(",0 ", " ")


def evidence_told(record: Record, step: EvidenceStep, item: Item) -> tuple[str, str]:
    """What the evidence is called, and the pieces about this item, a line each."""
    lines = [f"{number}  {evidence_words(row)}" for number, row in evidence_on(record, step, item)]
    return step.many, ";\n".join(lines) or "niets bij dit item"


def answers_told(record: Record, content: Content, step: ScoreStep, item: Item) -> tuple[str, str]:
    """What the step is called, and what was answered there on this item and its parts; with the notes there are."""
    said: list[str] = []
    for name, code in record.personal:
        if name == step.id:
            rows = [row for row in record.read_of(step.id, code, Sheet).answer if row.item == item.id]
            said += [line for row in rows for line in _answer_told(content, item, row)]
    return step.title, "\n".join(said) or "nog niet beantwoord"


def agreed_told(record: Record, content: Content, step: ConsensusStep, item: Item) -> tuple[str, str] | None:
    """What the consensus is called, and what was agreed on this item and its parts; None where nothing was, or where
    it may not be known yet: that is for the gate.
    """
    agreed = agreed_answers(record, content, scored_by(content, step))
    notes = {(row.item, row.part): row.note for row in record.read(step.id, ConsensusFile).answer}
    rows = [
        AnswerRow(item=key[0], part=key[1], value=one.value, missing=one.missing or "", note=notes.get(key, ""))
        for key, one in agreed.items()
        if key[0] == item.id and one.answered
    ]
    said = [line for row in rows for line in _answer_told(content, item, row)]
    return (step.title, "\n".join(said)) if said else None


def _answer_told(content: Content, item: Item, row: AnswerRow) -> Iterator[str]:
    part = next((one for one in item.parts if one.id == row.part), None)
    if row.part and part is None:
        return
    scale = scale_of(content, item, part)
    option = next((one for one in scale.options if one.value == row.value), None)
    answer = (option.title or str(option.value)) if option else str(row.value if row.value is not None else "")
    if row.missing:
        answer = f"{scale.missing_title}: {row.missing}"
    told = ". ".join(filter(None, [answer, row.note]))
    if told:
        yield f"{part.title}: {told}" if part else told
