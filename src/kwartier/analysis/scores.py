"""Means per section and in total, and the band of a total; not how they are worded in a report.

The caller says which items are considered: those that the parameters of the assessment ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.answers import Answer, asked
from kwartier.analysis.numbers import mean, rounded
from kwartier.instrument.model import Content, Scale, Total

NOT_DONE = "nog niet alle items hebben een definitieve score"
NO_SCORE = "geen enkel item heeft een score"
NO_ITEMS = "er zijn geen items waarvan een gemiddelde te berekenen is"
NOT_A_NUMBER = "niet elk antwoord is een getal"
NO_TOTAL = "dit instrument kent geen totaal"


class Mean(Struct, frozen=True):
    """An exact mean of the `n` items that have a score, of the `of` that are considered."""

    value: Fraction
    n: int
    of: int


class Unknown(Struct, frozen=True):
    """No figure, and why not: Dutch, without capital or full stop, to stand after a colon."""

    why: str


def section_means(content: Content, answers: Mapping[str, Answer], items: Sequence[str]) -> dict[str, Mean | Unknown]:
    """The mean of each section that has an item among `items`, by section id in the content's order.

    Missing answers are left out and counted; an item without an entry in `answers` is not answered yet.
    Raises ValueError for an item that the content does not have.
    """
    considered = _known(content, items)
    means: dict[str, Mean | Unknown] = {}
    for section in content.section:
        own = [item.id for item in section.item if item.id in considered]
        if own:
            means[section.id] = _mean(content, answers, own)
    return means


def total(content: Content, answers: Mapping[str, Answer], items: Sequence[str]) -> Mean | Unknown:
    """The mean of all considered items; Unknown where the instrument has no total or wants a score that is not there.

    Raises ValueError for an item that the content does not have.
    """
    if content.total is None or content.total.method == "none":
        return Unknown(NO_TOTAL)
    considered = _known(content, items)
    own = [item.id for item in content.items() if item.id in considered]
    found = _mean(content, answers, own)
    if content.total.require == "any" or isinstance(found, Unknown):
        return found
    left_out = unaveraged(content)
    return all_required(found, {item: answers[item] for item in own if item not in left_out})


def band(total: Total, value: Fraction) -> str | None:
    """The title of the band that the rounded value lies in; None where no band holds it."""
    shown = rounded(value, total.places)
    return next((one.title for one in total.bands if Decimal(one.low) <= shown <= Decimal(one.high)), None)


def mean_phrase(mean: Mean) -> str:
    """What a mean must say of itself: gemiddelde van 11 van 12 items."""
    return f"gemiddelde van {mean.n} van {mean.of} {'item' if mean.of == 1 else 'items'}"


def unaveraged(content: Content) -> frozenset[str]:
    """The items of which no mean is ever taken: on a nominal scale, or one whose values are words."""
    scales = {scale.id: scale for scale in content.scale}
    return frozenset(item.id for item in content.items() if not _is_averaged(scales[item.scale]))


def mean_of(answers: Iterable[Answer]) -> Mean | Unknown:
    """The mean of the scores among these answers, which are those of all considered items.

    Unknown where one is not answered yet, one is a word, none has a score, or there are none.
    """
    given = list(answers)
    if not given:
        return Unknown(NO_ITEMS)
    if not all(answer.answered for answer in given):
        return Unknown(NOT_DONE)
    scores = [answer.value for answer in given if isinstance(answer.value, int)]
    if len(scores) < sum(answer.value is not None for answer in given):
        return Unknown(NOT_A_NUMBER)
    value = mean(scores)
    return Unknown(NO_SCORE) if value is None else Mean(value, len(scores), len(given))


def all_required(found: Mean, answers: Mapping[str, Answer]) -> Mean | Unknown:
    """The mean, unless an item has no score: for totals that want every item."""
    without = [item for item, answer in answers.items() if answer.value is None]
    if not without:
        return found
    return Unknown(f"voor het totaal is van alle {found.of} items een score nodig; geen score: {', '.join(without)}")


def _mean(content: Content, answers: Mapping[str, Answer], items: Sequence[str]) -> Mean | Unknown:
    left_out = unaveraged(content)
    own = asked((item for item in items if item not in left_out), answers)
    strange = _off_scale(content, own)
    if strange:
        return Unknown(f"het antwoord staat niet op de schaal bij item {', '.join(strange)}")
    return mean_of(own.values())


def _off_scale(content: Content, answers: Mapping[str, Answer]) -> list[str]:
    """A file that was edited by hand can hold any value; a mean of it would be wrong without showing it."""
    scales = {scale.id: {option.value for option in scale.options} for scale in content.scale}
    values = {item.id: scales[item.scale] for item in content.items()}
    return [item for item, answer in answers.items() if answer.value is not None and answer.value not in values[item]]


def _is_averaged(scale: Scale) -> bool:
    return scale.kind == "ordinal" and all(isinstance(option.value, int) for option in scale.options)


def _known(content: Content, items: Sequence[str]) -> frozenset[str]:
    considered = frozenset(items)
    unknown = considered.difference(item.id for item in content.items())
    if unknown:
        raise ValueError(f"not in the content: {', '.join(sorted(unknown))}")
    return considered
