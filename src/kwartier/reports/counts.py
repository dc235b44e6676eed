"""How often each answer was given in a section, in words: 5 van 7 kan, 2 gedeeltelijk. For scales without an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from kwartier.analysis.answers import UNANSWERED, Answer
from kwartier.instrument.model import Content, Item, Scale, Section
from kwartier.instrument.selection import scale_of
from kwartier.reports.phrases import find_option

Key = tuple[str, str]


def is_nominal(content: Content) -> bool:
    """Whether there are items and none of their scales has an order, so that nothing is ever averaged."""
    return bool(content.items()) and all(scale_of(content, item).kind == "nominal" for item in content.items())


def section_counts(content: Content, section: Section, answers: Mapping[Key, Answer]) -> str:
    """The answers to the items of a section, without their parts; empty where none of its scales is nominal."""
    return "; ".join(", ".join(_told(one)) for one in tallies(content, section, answers))


class Tally(Struct, frozen=True):
    """How often each answer of one scale was given to `of` items, in the order of the scale; also what was not."""

    of: int
    given: tuple[tuple[str, int], ...]


def tallies(content: Content, section: Section, answers: Mapping[Key, Answer]) -> list[Tally]:
    """The same as numbers: per nominal scale of the section how often each answer was given."""
    by_scale: dict[str, tuple[Scale, list[Item]]] = {}
    for item in section.item:
        scale = scale_of(content, item)
        if scale.kind == "nominal":
            by_scale.setdefault(scale.id, (scale, []))[1].append(item)
    return [_tally(scale, items, answers) for scale, items in by_scale.values()]


def _tally(scale: Scale, items: list[Item], answers: Mapping[Key, Answer]) -> Tally:
    given = Counter(_word(scale, answers.get((item.id, ""), UNANSWERED)) for item in items)
    words = dict.fromkeys([*(option.title or str(option.value) for option in scale.options), *given])
    return Tally(len(items), tuple((word, given[word]) for word in words))


def _told(tally: Tally) -> Iterator[str]:
    of = f" van {tally.of}"
    for word, count in tally.given:
        if count:
            yield f"{count}{of} {word}"
            of = ""


def _word(scale: Scale, answer: Answer) -> str:
    if answer.missing is not None:
        return scale.missing_title
    if answer.value is None:
        return "nog niet beantwoord"
    option = find_option(scale, answer.value)
    return (option.title or str(option.value)) if option else str(answer.value)
