"""One record as an export tells it, as plain values: the JSON of an export, with its JSON Schema. No gathering."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import Struct

from kwartier.records.tree import Tree

Phase = Literal["zelfbeoordeling", "apart", "meelopend", "definitief"]
"""Whose answer it is: of the subject itself, of one who assesses, of one who scores along, or what was agreed on."""

Value = int | str


class _Told(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Common settings: every field is there."""


class Answered(_Told, frozen=True, kw_only=True):
    """An answer to an item or a part of it, or the reason why there is none."""

    step: str
    phase: Phase
    rater: str | None
    "The code of who gave it; null for what was agreed on."
    section: str
    section_title: str
    item: str
    item_title: str
    part: str | None
    part_title: str | None
    scale: str
    value: Value | None
    "Null where there is a reason instead."
    answer: str | None
    "What the value is called on the scale; null where it has no other name."
    missing: str | None
    "Why there is no value."
    taken_over: str | None
    "The measurement whose judgement was taken over."
    wording: str | None
    "Digest of the wording that was read while scoring; null for kwartier's own."


class Figure(_Told, frozen=True, kw_only=True):
    """A mean of definitive answers, or why there is none; a convention of kwartier."""

    kind: Literal["deel", "totaal"]
    id: str | None
    "The section; null for the total."
    title: str
    mean: str | None
    "Rounded half away from zero, as 3.1."
    exact: str | None
    "Unrounded, as 37/12."
    n: int | None
    "How many items have a score."
    of: int | None
    "How many items are considered."
    band: str | None
    "The band of the total, where the instrument has bands."
    why: str | None
    "Why there is no mean (Dutch)."


class Verdict(_Told, frozen=True, kw_only=True):
    """What was decided."""

    step: str
    value: Value | None
    title: str | None
    proposed: Value | None
    "What the rules proposed when it was decided."
    reason: str | None
    "Its motivation; only with texts."


class Text(_Told, frozen=True, kw_only=True):
    """Something that people wrote. Raw notes are never among them."""

    kind: str
    "toelichting, opmerking, reden, sterk punt, verbeterpunt, aanbeveling, conclusie, evaluatie and the like."
    step: str
    section: str | None
    item: str | None
    part: str | None
    by: str | None
    "The code of whose remark it is."
    text: str


class Todo(_Told, frozen=True, kw_only=True):
    """An action point, or a condition of a verdict."""

    kind: Literal["actiepunt", "voorwaarde"]
    step: str
    number: int
    text: str
    advice: str | None
    "The recommendation that it belongs to."
    who: str | None
    "A code."
    due: str | None
    state: str
    note: str | None
    "Only with texts."


class Piece(_Told, frozen=True, kw_only=True):
    """A piece of evidence that everybody may read; the file itself is not in here."""

    step: str
    number: int
    title: str
    kind: str | None
    date: str | None
    items: tuple[str, ...]
    topics: tuple[str, ...]
    file: bool
    link: str | None
    "Only with texts, as is the note."
    note: str | None


class Fact(_Told, frozen=True, kw_only=True):
    """A fact about the subject."""

    step: str
    id: str
    title: str
    value: Value | float | bool | tuple[str, ...] | None
    "A date as 2026-11-22; a text only with texts."
    low: int | float | None
    high: int | float | None
    approximate: bool
    unknown: bool
    unit: str | None


class Changed(_Told, frozen=True, kw_only=True):
    """An item, section or the total beside the earlier measurement."""

    kind: Literal["item", "deel", "totaal"]
    id: str | None
    title: str
    before: Value | None
    "Of a mean a text, as 3.1."
    after: Value | None
    difference: Value | None
    n: int | None
    "Of a mean: over how many items, those scored both times."
    why: str | None


class Comparison(_Told, frozen=True, kw_only=True):
    """The measurement beside the one that it follows."""

    before: str
    rows: tuple[Changed, ...]
    differs: tuple[str, ...]
    "What was different in how both came about (Dutch sentences)."


class Measured(_Told, frozen=True, kw_only=True):
    """One measurement, assessment or portfolio, as everybody may see it."""

    ref: str
    "Its reference; without names a letter and a number."
    organisation: str
    "Its slug; without names a letter."
    organisation_name: str
    subject: str | None
    "The code of a student or a workplace."
    date: str
    "2026-11-22; without names the month, 2026-11."
    instrument: str
    edition: str
    content: str | None
    "Digest of what was asked; null without names."
    parameters: dict[str, Value | tuple[Value, ...]]
    paper: bool
    "Whether it was taken over from paper."
    definitive: bool
    "Whether its report is definitive."
    answers: tuple[Answered, ...]
    figures: tuple[Figure, ...]
    verdicts: tuple[Verdict, ...]
    facts: tuple[Fact, ...]
    actions: tuple[Todo, ...]
    evidence: tuple[Piece, ...]
    comparison: Comparison | None
    texts: tuple[Text, ...]


class Code(_Told, frozen=True, kw_only=True):
    """A line of the codebook."""

    kind: str
    "kolom, fase, instrument, parameter, stap, stand, deel, item, onderdeel, schaal, waarde, reden, feit, over …"
    instrument: str
    edition: str
    content: str
    of: str
    "What it belongs to: the sheet of a column, the scale of a value."
    code: str
    title: str
    explanation: str


class Export(_Told, frozen=True, kw_only=True):
    """A whole export as JSON."""

    format: Literal["kwartier-export"]
    version: Literal[1]
    names: bool
    "Whether organisations are called by their names."
    texts: bool
    "Whether what people wrote is in it."
    measurements: tuple[Measured, ...]
    codebook: tuple[Code, ...]
    about: tuple[str, ...]
    "What a reader has to know (Dutch sentences)."


def export_schema() -> Tree:
    """The JSON Schema (2020-12) of an export."""
    schema: dict[str, Any] = msgspec.json.schema(Export)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
