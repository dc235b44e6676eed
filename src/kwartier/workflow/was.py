"""What was answered in the record before this one, in words, where the answer is another one now."""

from __future__ import annotations

from typing import Protocol

from kwartier.instrument.model import Fact, Scale, Value
from kwartier.records.files import GivenFact
from kwartier.workflow.fact_words import fact_words


class Given(Protocol):
    """An answer: a value, or the reason why there is none."""

    @property
    def value(self) -> Value | None:
        """What was chosen."""

    @property
    def missing(self) -> str | None:
        """Why nothing was."""


def answer_was(scale: Scale, before: Given | None, now: Given | None) -> str:
    """What was answered before, as "was: wel"; empty where it still is so, or nothing was."""
    if before is None or _said(before) == (None, ""):
        return ""
    if now is not None and _said(before) == _said(now):
        return ""
    if before.missing:
        return f"was: {scale.missing_title}, {before.missing}"
    option = next((one for one in scale.options if one.value == before.value), None)
    return f"was: {(option.title or option.value) if option else before.value}"


def fact_was(fact: Fact, before: GivenFact | None, now: GivenFact | None) -> str:
    """The same of a fact; its note is left aside."""
    if before is None or not before.given:
        return ""
    if now is not None and _told(before) == _told(now):
        return ""
    return f"was: {fact_words(fact, before)}"


def _said(one: Given) -> tuple[Value | None, str]:
    return one.value, one.missing or ""


def _told(one: GivenFact) -> tuple[object, ...]:
    value = tuple(one.value) if isinstance(one.value, list) else one.value
    return value, one.low, one.high, one.approximate, one.unknown
