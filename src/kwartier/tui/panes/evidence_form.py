"""The fields in which a piece of evidence is filled in, and what stands under them."""

from __future__ import annotations

from functools import partial
from typing import Any

from kwartier.instrument.model import EvidenceStep
from kwartier.records.files import EVERYONE, Evidence
from kwartier.tui.forms import Field
from kwartier.tui.panes.evidence_texts import by_group, file_told, readers_words
from kwartier.tui.widgets.choice_list import Heading
from kwartier.tui.widgets.path_input import path_from
from kwartier.workflow import readers as reading
from kwartier.workflow.beside import size_words
from kwartier.workspace.desk import Desk

PATH = "path"
"""The field with the path of a file; it is no part of a row."""


def fields_of(desk: Desk, step: EvidenceStep, row: Evidence | None) -> tuple[Field, ...]:
    """The fields that a step asks for."""
    kinds = [(one, one) for one in step.kinds]
    found = [
        Field(key="title", label="Naam", required=True),
        Field(key="kind", label="Soort", kind="choice", choices=kinds) if kinds else Field(key="kind", label="Soort"),
        Field(key="date", label="Datum", kind="date", hint="van wanneer het is"),
        Field(key="link", label="Vindplaats", hint="een adres of een plaats; kwartier opent die niet"),
        items_field(desk),
    ]
    if step.topics and desk.content.topic:
        found.append(topics_field(desk))
    found.append(Field(key="note", label="Opmerking", kind="long"))
    if step.private:
        found.append(readers_field(desk, step))
    if step.files:
        found.append(path_field(step, row))
    return tuple(found)


def items_field(desk: Desk) -> Field:
    """Which items it is about."""
    items = [(one.id, f"{one.id} {one.short or one.title}") for one in desk.content.items()]
    hint = "spatie kiest; een cijfer zoekt"
    return Field(key="items", label="Over items", kind="choices", choices=items, hint=hint)


def topics_field(desk: Desk) -> Field:
    """Which topics it touches, under the edition that each is of."""
    title = desk.content.topic_title or "onderwerpen"
    choices: list[tuple[Any, str]] = []
    for group, topics in by_group(desk.content.topic):
        choices += [(Heading(group), group)] if group else []
        choices += [(one.id, one.title) for one in topics]
    label = f"{title[:1].upper()}{title[1:]}"
    return Field(key="topics", label=label, kind="choices", choices=choices, hint="spatie kiest; een letter zoekt")


def readers_field(desk: Desk, step: EvidenceStep) -> Field:
    """Who may read it."""
    choices = reading.choices(desk.record, desk.content, step, desk.seen.names)
    return Field(
        key="readers",
        label="Wie leest dit",
        kind="readers",
        choices=[*[one for one in choices if one[0] != EVERYONE], *[one for one in choices if one[0] == EVERYONE]],
        told=lambda value: f"Dit lezen: {readers_words(desk, value or ())}. Spatie kiest.",
    )


def path_field(step: EvidenceStep, row: Evidence | None) -> Field:
    """The file that goes with it."""
    kinds = f"; {', '.join(step.file_kinds)}" if step.file_kinds else ""
    hint = f"sleep het hierheen of typ waar het staat, → vult aan (ten hoogste {size_words(step.most_bytes)}{kinds})"
    if row is not None and row.file is not None:
        hint = f"er is al een bestand: {file_told(row.file)}"
    return Field(
        key=PATH,
        label="Bestand" if row is None or row.file is None else "Ander bestand",
        kind="path",
        choices=[(one, one) for one in step.file_kinds],
        hint=hint,
        echo=partial(_found, step),
    )


def _found(step: EvidenceStep, typed: str) -> str:
    """What stands where a path points."""
    if not typed.strip():
        return ""
    try:
        path = path_from(typed)
        if path.is_dir():
            return "een map; kies er een bestand in"
        size = path.stat().st_size
    except Exception:  # a path that is being typed can be anything
        return "hier is nog geen bestand"
    return f"{path.name}, {size_words(size)}; er komt een kopie in het portfolio, het bestand zelf blijft waar het is"
