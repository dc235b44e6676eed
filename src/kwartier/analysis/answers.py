"""One answer to one item, as the analysis sees it; not how it is stored or who gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Answer(Struct, frozen=True, omit_defaults=True):
    """A value, or the reason why there is none; with neither the item is not answered yet.

    Raises ValueError (from `msgspec.convert`: ValidationError) when both are given.
    """

    value: int | str | None = None
    missing: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and self.missing is not None:
            raise ValueError("een antwoord heeft een waarde of een reden waarom die er niet is, niet beide")

    @property
    def answered(self) -> bool:
        """Whether there is a value or a reason for its absence."""
        return self.value is not None or self.missing is not None


UNANSWERED = Answer()
"""Stands for an item that was asked and has neither a value nor a reason yet."""


def asked(items: Iterable[str], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to exactly these items, in their order, with UNANSWERED where there is none yet."""
    return {item: answers.get(item, UNANSWERED) for item in items}
