"""How often each answer was given in a section, in words: 5 van 7 kan, 2 gedeeltelijk. For scales without an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

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
    by_scale: dict[str, tuple[Scale, list[Item]]] = {}
    for item in section.item:
        scale = scale_of(content, item)
        if scale.kind == "nominal":
            by_scale.setdefault(scale.id, (scale, []))[1].append(item)
    told = (", ".join(_told(scale, items, answers)) for scale, items in by_scale.values())
    return "; ".join(told)


def _told(scale: Scale, items: list[Item], answers: Mapping[Key, Answer]) -> Iterator[str]:
    given = Counter(_word(scale, answers.get((item.id, ""), UNANSWERED)) for item in items)
    words = [option.title or str(option.value) for option in scale.options]
    words += [word for word in given if word not in words]
    of = f" van {len(items)}"
    for word in words:
        if given[word]:
            yield f"{given[word]}{of} {word}"
            of = ""


def _word(scale: Scale, answer: Answer) -> str:
    if answer.missing is not None:
        return scale.missing_title
    if answer.value is None:
        return "nog niet beantwoord"
    option = find_option(scale, answer.value)
    return (option.title or str(option.value)) if option else str(answer.value)
