"""What of a content is asked with given parameters, and finding one thing in it by id. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from kwartier.errors import Misused

from .conditions import Parameters, holds
from .mistakes import listed, meant, shown
from .model import (
    AnyStep,
    Content,
    Fact,
    Item,
    ItemPart,
    NotesStep,
    Option,
    Parameter,
    Role,
    Scale,
    Section,
    Setting,
    Step,
    Value,
)

__all__ = [
    "Parameters",
    "check_parameters",
    "fact",
    "for_parameters",
    "form_of",
    "holds",
    "item",
    "items_of",
    "option",
    "part",
    "role",
    "scale",
    "scale_of",
    "section_of",
    "step",
]


_Row = TypeVar("_Row", Item, ItemPart, Step, Role, Fact, Scale)


def for_parameters(content: Content, parameters: Parameters) -> Content:
    """What is asked with these parameters: sections, items, parts and steps that hold, each item with its own text.

    An item that has only texts for other parameters is not asked, and a section without items is left out.
    Everything that was chosen by a parameter is settled in the result, so it can be read without looking at `when`.
    """
    sections = [_section(section, parameters) for section in content.section if holds(section.when, parameters)]
    return msgspec.structs.replace(
        content,
        section=tuple(section for section in sections if section.item),
        fact=tuple(
            msgspec.structs.replace(fact, when={}) if fact.when else fact
            for fact in content.fact
            if holds(fact.when, parameters)
        ),
        step=tuple(
            msgspec.structs.replace(step, when={}) if step.when else step
            for step in content.step
            if holds(step.when, parameters)
        ),
    )


def _section(section: Section, parameters: Parameters) -> Section:
    items = (_item(item, parameters) for item in section.item if holds(item.when, parameters))
    return msgspec.structs.replace(section, item=tuple(item for item in items if item.statement), when={})


def _item(item: Item, parameters: Parameters) -> Item:
    variant = next((text for text in item.texts if holds(text.when, parameters)), None)
    parts = tuple(
        msgspec.structs.replace(part, when={}) if part.when else part
        for part in item.parts
        if holds(part.when, parameters)
    )
    return msgspec.structs.replace(
        item,
        statement=variant.statement if variant else item.statement,
        anchors=(variant.anchors if variant else ()) or item.anchors,
        parts=parts,
        texts=(),
        when={},
    )


def check_parameters(content: Content, given: Mapping[str, object]) -> dict[str, Setting]:
    """The given parameters as values of the content ("4" becomes 4), in the order of the content.

    Where several values may be chosen they may be given as a row or as a text ("4, 5"), and come in order.

    Raises `Misused` that says everything at once: unknown parameters, values that are not allowed, and missing ones.
    """
    known = {parameter.id: parameter for parameter in content.parameter}
    wrong = [
        f"{shown(name)} is geen parameter van dit instrument; het kent {listed(known)}. {meant(name, known)}".strip()
        for name in given
        if name not in known
    ]
    chosen: dict[str, Setting] = {}
    for name, parameter in known.items():
        choices = listed(parameter.values)
        if name not in given:
            wrong.append(f"{name} ({parameter.title}) ontbreekt; kies {choices}.")
        elif (value := _setting(parameter, given[name])) is None:
            more = "een of meer van: " if parameter.several else ""
            wrong.append(f"{name} ({parameter.title}) kan niet {shown(given[name])} zijn; kies {more}{choices}.")
        else:
            chosen[name] = value
    if wrong:
        raise Misused("wrong-parameters", "\n".join(wrong), advice="Geef elke parameter een van de genoemde waarden.")
    return chosen


def _setting(parameter: Parameter, given: object) -> Setting | None:
    """What a parameter is set to by what was given; None where that cannot be."""
    if not parameter.several:
        return _allowed(parameter, given)
    many = given.split(",") if isinstance(given, str) else given if isinstance(given, list | tuple) else [given]
    found = {_allowed(parameter, one) for one in many}
    if not found or None in found:
        return None
    return tuple(value for value in parameter.values if value in found)


def _allowed(parameter: Parameter, given: object) -> Value | None:
    """The value of the parameter that is meant; a checked content has no two that read the same."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        return None
    text = given.strip() if isinstance(given, str) else str(given)
    return next((value for value in parameter.values if str(value) == text), None)


def form_of(step: Step) -> str:
    """The form of a step: score, notes, consensus ..."""
    return str(step.__struct_config__.tag)


def section_of(content: Content, item_id: str) -> Section:
    """The section that an item stands in; raises `Misused`."""
    item(content, item_id)
    return next(section for section in content.section if any(each.id == item_id for each in section.item))


def item(content: Content, id: str) -> Item:
    """The item with this id; raises `Misused`."""
    return _one(content.items(), id, "item", "item van dit instrument")


def items_of(content: Content, step: AnyStep) -> list[Item]:
    """The items that a step is about: all, or for a notes step with `scales` those on these scales."""
    scales = step.scales if isinstance(step, NotesStep) else ()
    return [item for item in content.items() if not scales or item.scale in scales]


def part(item: Item, id: str) -> ItemPart:
    """The part of an item with this id; raises `Misused`."""
    return _one(item.parts, id, "part", f"onderdeel van item {item.id}")


def step(content: Content, id: str) -> Step:
    """The step with this id; raises `Misused`."""
    return _one(content.step, id, "step", "stap van dit instrument")


def role(content: Content, id: str) -> Role:
    """The role with this id; raises `Misused`."""
    return _one(content.role, id, "role", "rol van dit instrument")


def fact(content: Content, id: str) -> Fact:
    """The fact with this id; raises `Misused`."""
    return _one(content.fact, id, "fact", "gegeven van dit instrument")


def scale(content: Content, id: str) -> Scale:
    """The scale with this id; raises `Misused`."""
    return _one(content.scale, id, "scale", "schaal van dit instrument")


def scale_of(content: Content, item: Item, part: ItemPart | None = None) -> Scale:
    """The scale on which an item, or a part of it, is answered; a part without a scale takes that of its item."""
    return scale(content, part.scale if part and part.scale else item.scale)


def has_order(content: Content) -> bool:
    """Whether something is answered on a scale with an order; only then there are points and means."""
    used = {item.scale for item in content.items()}
    return any(scale.kind == "ordinal" for scale in content.scale if scale.id in used)


def option(scale: Scale, given: Value) -> Option:
    """The answer of a scale that is meant by a value or by a text of it ("4"); raises `Misused`."""
    text = given.strip() if isinstance(given, str) else str(given)
    for each in scale.options:
        if str(each.value) == text and not isinstance(given, bool):
            return each
    values = listed(each.value for each in scale.options)
    raise Misused("unknown-option", f"{shown(given)} is geen antwoord van deze schaal.", advice=f"Kies {values}.")


def _one(rows: Iterable[_Row], id: str, kind: str, what: str) -> _Row:
    known: list[str] = []
    for row in rows:
        if row.id == id:
            return row
        known.append(row.id)
    hint = meant(id, known) or f"Kies {listed(known)}."
    raise Misused(f"unknown-{kind}", f"{shown(id)} is geen {what}.", advice=hint)
