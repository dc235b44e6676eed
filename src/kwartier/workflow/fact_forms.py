"""How a fact is filled in where it is typed: what may stand there, how that is understood, and taking it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kwartier.errors import Misused
from kwartier.instrument.model import Fact
from kwartier.records.files import GivenFact
from kwartier.records.tree import Tree
from kwartier.workflow.estimates import estimate_words, parse_estimate, typed_words
from kwartier.workflow.fact_words import fact_words

EMPTIED: Tree = {"value": "", "low": "", "high": "", "approximate": "", "unknown": ""}
"""What is given to a row to take its answer away, however it was given; the note stays."""


def as_given(row: Mapping[str, Any]) -> GivenFact:
    """A row as it stands in a file, as a typed value."""
    known = {name: row[name] for name in GivenFact.__struct_fields__ if name in row}
    return msgspec.convert({"id": "", **known}, GivenFact)


def takes_note(fact: Fact, row: Mapping[str, Any]) -> bool:
    """Whether a note is asked with an answer: where it may be an estimate, and where there is one already."""
    return fact.estimate or bool(row.get("note"))


def limits_words(fact: Fact) -> str:
    """What a number may be, within a sentence; empty where anything goes."""
    if fact.minimum is not None and fact.maximum is not None:
        return f"van {fact.minimum} tot en met {fact.maximum}"
    if fact.minimum is not None:
        return f"{fact.minimum} of meer"
    return f"ten hoogste {fact.maximum}" if fact.maximum is not None else ""


def typed_again(row: Mapping[str, Any]) -> str:
    """What a row says of a number, as it can be typed; empty where it says nothing."""
    return typed_words(as_given(row))


def number_words_of(row: Mapping[str, Any]) -> str:
    """What a row says of a number, as it is read, where what is asked is not at hand; empty where it says none."""
    return estimate_words(as_given(row))


def read_typed(fact: Fact, typed: str) -> str:
    """A typed number or estimate in the one way of writing it. Raises `Misused` where it cannot be read."""
    return typed_again(parse_estimate(typed, whole=fact.kind == "count"))


def understood(fact: Fact, typed: str) -> str:
    """How a typed number is read: 20 tot en met 25 fte; empty where it cannot be read."""
    try:
        return fact_words(fact, as_given(parse_estimate(typed, whole=fact.kind == "count")))
    except Misused:
        return ""
