"""The ladder: how the text of an item grows over the values of one ordered parameter, with what is new marked.

It says what is asked, never how well somebody does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from kwartier.analysis.marking import Run, marked
from kwartier.errors import Misused
from kwartier.instrument.conditions import Parameters, set_values
from kwartier.instrument.mistakes import listed, meant, shown
from kwartier.instrument.model import Content, Item, Parameter, Profile, Value
from kwartier.instrument.profiling import outcomes_of
from kwartier.instrument.selection import for_parameters


class PartLine(Struct, frozen=True):
    """A part of an item, and whether it was not asked on the step below."""

    id: str
    title: str
    new: bool


class Rung(Struct, frozen=True, kw_only=True):
    """A text of an item and the successive values of the parameter that it is for."""

    values: tuple[Value, ...]
    words: str
    "The values as they are read: niveau 3, 4 en 5."
    text: str
    runs: tuple[Run, ...]
    "The text in stretches; together they are the text."
    anchors: tuple[tuple[Run, ...], ...] = ()
    parts: tuple[PartLine, ...] = ()
    begins: bool = False
    "Whether the item is asked here for the first time while there are lower values: all of it is new."


class ItemLadder(Struct, frozen=True, kw_only=True):
    """An item over all values. `absent` are those at which it is not asked."""

    item: str
    title: str
    section: str
    section_title: str
    rungs: tuple[Rung, ...]
    absent: tuple[Value, ...] = ()
    outcomes: tuple[str, ...] = ()
    "Ids of the outcomes of the programme that it serves."


class Ladder(Struct, frozen=True, kw_only=True):
    """The items of an instrument over the values of its parameter."""

    parameter: str
    title: str
    values: tuple[Value, ...]
    items: tuple[ItemLadder, ...]
    here: tuple[Value, ...] = ()
    "The values of the record whose ladder it is; none where it is that of an instrument."


class Step(Struct, frozen=True, kw_only=True):
    """What becomes of an item from one value to another. Runs that are new in `before` are gone in `after`."""

    item: str
    title: str
    section: str
    section_title: str
    kind: Literal["same", "changed", "added", "gone"]
    before: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()


def ladder(
    content: Content,
    items: Collection[str] = (),
    profile: Profile | None = None,
    parameters: Parameters | None = None,
) -> Ladder:
    """Of these items, or of all: their texts from the lowest value to the highest, equal ones that adjoin joined.

    `content` is not yet settled by `for_parameters`; `parameters` are those of the record that it is of.
    Raises `Misused` for an unknown item, and where no parameter decides what is asked.
    """
    parameter = ordered_parameter(content)
    profile = profile or content.profile
    _check_items(content, items)
    views = _views(content, parameter)
    return Ladder(
        parameter=parameter.id,
        title=parameter.title,
        values=parameter.values,
        here=set_values(parameters or {}, parameter.id),
        items=tuple(
            ItemLadder(
                item=item.id,
                title=item.title,
                section=section.id,
                section_title=section.title,
                rungs=tuple(_rungs(item.id, parameter, views)),
                absent=tuple(value for value in parameter.values if item.id not in views[value]),
                outcomes=outcomes_of(profile, item.id) if profile else (),
            )
            for section in content.section
            for item in section.item
            if not items or item.id in items
        ),
    )


def ordered_parameter(content: Content) -> Parameter:
    """The parameter whose values the texts go by; raises `Misused` where there is none."""
    named = {name for section in content.section for name in section.when}
    for item in content.items():
        named |= {name for when in (item.when, *(text.when for text in item.texts)) for name in when}
    found = [one for one in content.parameter if one.id in named and not one.moments]
    if not found:
        raise Misused(
            "no-ladder",
            "In dit instrument is de tekst van elk item altijd dezelfde; er is geen ladder.",
            advice="Een ladder is er bij een instrument met niveaus.",
        )
    return found[0]


def between(content: Content, lower: object, upper: object, items: Collection[str] = ()) -> tuple[Step, ...]:
    """Per item what is the same, changed, added or gone from one value of the parameter to another, in order.

    Raises `Misused` for a value that does not exist, and as `ladder` does.
    """
    parameter = ordered_parameter(content)
    _check_items(content, items)
    ends = [_value(parameter, one) for one in (lower, upper)]
    views = _views(content, parameter)
    found = []
    for section in content.section:
        for item in section.item:
            before, after = (views[end].get(item.id) for end in ends)
            if (items and item.id not in items) or not (before or after):
                continue
            kind, was, now = _compared(before, after)
            found.append(
                Step(
                    item=item.id,
                    title=item.title,
                    section=section.id,
                    section_title=section.title,
                    kind=kind,
                    before=was,
                    after=now,
                )
            )
    return tuple(found)


def value_words(parameter: Parameter, values: Sequence[Value]) -> str:
    """Values of a parameter as they are read: niveau 3, 4 en 5."""
    told = [str(value) for value in values]
    both = f"{', '.join(told[:-1])} en {told[-1]}" if len(told) > 1 else told[0]
    return f"{parameter.id} {both}"


Views = Mapping[Value, Mapping[str, Item]]


def _views(content: Content, parameter: Parameter) -> Views:
    """The items as they are asked at each value; other parameters stand at their first."""
    others: dict[str, Value] = {one.id: one.values[0] for one in content.parameter if one.values}

    def at(value: Value) -> Mapping[str, Item]:
        parameters: Parameters = {**others, parameter.id: value}
        return {item.id: item for item in for_parameters(content, parameters).items()}

    return {value: at(value) for value in parameter.values}


def _rungs(item: str, parameter: Parameter, views: Views) -> list[Rung]:
    joined: list[tuple[list[Value], Item]] = []
    before: Item | None = None
    for value in parameter.values:
        now = views[value].get(item)
        if now is not None and before is not None and _asks(now) == _asks(before):
            joined[-1][0].append(value)
        elif now is not None:
            joined.append(([value], now))
        before = now
    lowest = parameter.values[0]
    return [
        _rung(parameter, values, now, joined[n - 1][1] if n else None, begins=n == 0 and values[0] != lowest)
        for n, (values, now) in enumerate(joined)
    ]


def _asks(item: Item) -> tuple[object, ...]:
    return item.statement, item.anchors, tuple((part.id, part.title) for part in item.parts)


def _rung(parameter: Parameter, values: Sequence[Value], now: Item, below: Item | None, *, begins: bool) -> Rung:
    def runs(text: str, under: str) -> tuple[Run, ...]:
        return (Run(text, begins),) if below is None else marked(under, text)

    parts = {part.id: part.title for part in below.parts} if below else {}
    return Rung(
        values=tuple(values),
        words=value_words(parameter, values),
        text=now.statement,
        runs=runs(now.statement, below.statement if below else ""),
        anchors=tuple(
            runs(anchor, below.anchors[n] if below and n < len(below.anchors) else "")
            for n, anchor in enumerate(now.anchors)
        ),
        parts=tuple(
            PartLine(part.id, part.title, begins if below is None else parts.get(part.id) != part.title)
            for part in now.parts
        ),
        begins=begins,
    )


def _compared(
    before: Item | None, after: Item | None
) -> tuple[Literal["same", "changed", "added", "gone"], tuple[Run, ...], tuple[Run, ...]]:
    if before is None and after is not None:
        return "added", (), (Run(after.statement, True),)
    if before is not None and after is None:
        return "gone", (Run(before.statement, True),), ()
    assert before is not None and after is not None
    if _asks(before) == _asks(after):
        return "same", (Run(before.statement, False),), (Run(after.statement, False),)
    return "changed", marked(after.statement, before.statement), marked(before.statement, after.statement)


def _check_items(content: Content, items: Collection[str]) -> None:
    known = [item.id for item in content.items()]
    for one in items:
        if one not in known:
            hint = meant(one, known) or f"Kies {listed(known)}."
            raise Misused("unknown-item", f"{shown(one)} is geen item van dit instrument.", advice=hint)


def _value(parameter: Parameter, given: object) -> Value:
    for value in parameter.values:
        if str(value) == str(given).strip():
            return value
    raise Misused(
        "wrong-parameters",
        f"{shown(given)} is geen waarde van {parameter.id} ({parameter.title}).",
        advice=f"Kies {listed(parameter.values)}.",
    )
