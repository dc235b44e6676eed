"""What the answers rest on: the sources of a step as a table, wherever they stand in a report."""

from __future__ import annotations

from collections.abc import Callable

from kwartier.instrument.model import EvidenceStep
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Paragraph, Table, long_date
from kwartier.reports.phrases import capital, ended


def evidence(case: Case, step: EvidenceStep, *, numbered: bool = False) -> list[Block]:
    """The sources that were noted in the step; empty when none were. Columns in which nothing stands are left out.

    With `numbered` each has its number in front, by which the rest of the report refers to it.
    """
    file = case.record.read(step.id, EvidenceFile)
    if file.skipped:
        return [Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")]
    if not file.evidence:
        return [Paragraph(f"Er zijn geen {step.many} genoemd.")] if file.date else []
    cells = {title: [tell(row) for row in file.evidence] for title, tell in _columns(step).items()}
    if numbered:
        cells = {"Nr.": [str(number) for number in range(1, len(file.evidence) + 1)], **cells}
    filled = [title for title, column in cells.items() if any(column)]
    rows = tuple(zip(*(cells[title] for title in filled), strict=True))
    return [Table(capital(step.many), tuple(filled), rows)]


def _columns(step: EvidenceStep) -> dict[str, Callable[[Evidence], str]]:
    return {
        capital(step.label): lambda row: row.title.strip(),
        "Soort": lambda row: row.kind,
        "Datum": lambda row: long_date(row.date) if row.date else "",
        "Over item": lambda row: ", ".join(row.items),
        "Vindplaats": lambda row: row.link.strip(),
        "Bestand": file_words,
        "Opmerking": lambda row: row.note.strip(),
    }


def file_words(row: Evidence) -> str:
    """The file that goes with a piece: its name, and how large it is."""
    if row.file is None:
        return ""
    size = f"{row.file.size // 1000} kB" if row.file.size >= 1000 else f"{row.file.size} bytes"
    return f"{row.file.name} ({size})"
