"""What goes well, what can be better, and a recommendation for each point; numbered, so that actions can name them."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.instrument.model import ConclusionsStep, Content
from kwartier.records.files import ConclusionsFile, Improvement, Recommendation, Strength
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Heading, Paragraph
from kwartier.reports.phrases import ended, section_title, section_word


def conclusions(case: Case) -> Iterator[Block]:
    """Strengths by section, then each point to improve with its recommendations."""
    for step in case.content.step:
        if isinstance(step, ConclusionsStep):
            file = case.record.read(step.id, ConclusionsFile)
            yield from _strengths(case, file)
            yield from _improvements(case, file)


def numbered(file: ConclusionsFile) -> list[tuple[int, Improvement | None, Recommendation]]:
    """The recommendations in the order of the report, with their number and what they are about, if that is there."""
    known = {one.id for one in file.improvement}
    rows: list[tuple[Improvement | None, Recommendation]] = [
        (one, advice) for one in file.improvement for advice in file.recommendation if advice.improvement == one.id
    ]
    rows += [(None, advice) for advice in file.recommendation if advice.improvement not in known]
    return [(number, one, advice) for number, (one, advice) in enumerate(rows, 1)]


def _strengths(case: Case, file: ConclusionsFile) -> Iterator[Block]:
    if not file.strength and not case.concept and not file.text.strip():
        return
    yield Heading(1, "Wat goed gaat")
    if file.text.strip():
        yield Paragraph(file.text)
    if not file.strength:
        if case.concept:
            yield Paragraph("Nog niet geschreven.")
        return
    yield from _grouped(case.content, file.strength)


def _grouped(content: Content, rows: tuple[Strength, ...]) -> Iterator[Block]:
    known = {section.id for section in content.section}
    loose = tuple(ended(row.text) for row in rows if row.section not in known)
    if loose:
        yield Bullets(loose)
    for section in content.section:
        own = tuple(ended(row.text) for row in rows if row.section == section.id)
        if own:
            yield Heading(2, section_title(content, section))
            yield Bullets(own)


def _improvements(case: Case, file: ConclusionsFile) -> Iterator[Block]:
    advice = numbered(file)
    if not file.improvement and not advice and not case.concept:
        return
    yield Heading(1, "Wat beter kan, met aanbevelingen")
    if not file.improvement and not advice:
        yield Paragraph("Nog niet geschreven.")
    for number, one in enumerate(file.improvement, 1):
        yield Heading(2, f"Verbeterpunt {number}{_about(case.content, one)}")
        yield Paragraph(ended(one.text))
        own = tuple(_advice(place, row) for place, about, row in advice if about is one)
        if own:
            yield Bullets(own)
        else:
            yield Paragraph("Nog geen aanbeveling." if case.concept else "Zonder aanbeveling.")
    loose = tuple(_advice(place, row) for place, about, row in advice if about is None)
    if loose:
        yield Heading(2, "Andere aanbevelingen")
        yield Bullets(loose)


def _advice(number: int, row: Recommendation) -> str:
    return f"Aanbeveling {number}: {ended(row.text)}"


def _about(content: Content, one: Improvement) -> str:
    parts = [f"{section_word(content)} {one.section}"] if one.section else []
    parts += [f"item {one.item}"] if one.item else []
    return f" ({', '.join(parts)})" if parts else ""
