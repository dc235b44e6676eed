"""Pieces of evidence as text and as trees, for the commands of kwartier bewijs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from kwartier.cli.base import table
from kwartier.instrument.model import AnyStep, EvidenceStep
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.workflow.beside import size_words
from kwartier.workflow.periods import short
from kwartier.workflow.readers import words
from kwartier.workspace import Seen


def read_by(seen: Seen, step: EvidenceStep, row: Evidence) -> str:
    """Who reads a piece, in a sentence."""
    if not row.readers:
        return "Niemand anders leest het; delen gaat met 'kwartier bewijs deel'."
    return f"Te lezen door {words(row.readers, seen.record, seen.content, seen.names)}."


def counted(step: AnyStep, count: int) -> str:
    """How many pieces or remarks."""
    if isinstance(step, EvidenceStep):
        return f"{count} {step.label if count == 1 else step.many}"
    return f"{count} opmerking{'' if count == 1 else 'en'}"


def step_tree(seen: Seen, step: EvidenceStep, *, own: bool) -> dict[str, Any]:
    """The pieces of a step for programs."""
    rows = seen.record.read(step.id, EvidenceFile).evidence
    return {"step": step.id, "evidence": [row_tree(number, row, own=own) for number, row in enumerate(rows, 1)]}


def row_tree(number: int, row: Evidence, *, own: bool) -> dict[str, Any]:
    """A piece for programs; who else reads it is there for its owner alone."""
    tree: dict[str, Any] = msgspec.to_builtins(row)
    file = row.file
    tree["file"] = {"name": file.name, "size": file.size, "digest": file.digest} if file else None
    if not own:
        tree.pop("readers", None)
    return {"number": number, **tree}


def listing(seen: Seen, step: EvidenceStep, own: bool) -> str:
    """The pieces of a step as a table; its owner is told who else reads them."""
    rows = seen.record.read(step.id, EvidenceFile).evidence
    if not rows:
        nothing = f"Nog geen {step.many}." if own or not step.private else "Niets dat u kunt lezen."
        return f"{step.title}: {nothing}"
    head = ("Nr", "Naam", "Soort", "Datum", "Items", "Bestand", *(["Leest mee"] if own else []))
    return f"{step.title}\n\n" + table([*_cells(seen, rows, own)], head)


def _cells(seen: Seen, rows: tuple[Evidence, ...], own: bool) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        file = f"{row.file.name} ({size_words(row.file.size)})" if row.file else "–"
        who = [words(row.readers, seen.record, seen.content, seen.names)] if own else []
        day = short(row.date) if row.date else "–"
        yield str(number), row.title, row.kind or "–", day, ", ".join(row.items) or "–", file, *who
