"""Moves an unfinished record to the content that its instrument has now, where ids and scales still fit."""

from __future__ import annotations

from typing import Any

from kwartier.errors import Refused
from kwartier.instrument.model import Content, Item, ScoreStep, Value
from kwartier.instrument.selection import for_parameters, scale_of
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow.people import assessors, is_sealed
from kwartier.workflow.settled import versions
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf


def renew(shelf: Shelf, ref_text: str) -> list[str]:
    """Pins the present content; gives the items that are new (Dutch lines). Raises `Refused` where it does not fit."""
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    opened = shelf.host.open(case.record.envelope.instrument)
    if case.record.envelope.content == opened.pin:
        return []
    pin = shelf.folder.write_content(opened.tree)
    new = for_parameters(opened.content, case.record.envelope.parameters)
    told = _check(case.record, case.content, new)

    def moved(case: Any, tree: Tree, codes: Codes) -> Tree:
        _check(case.record, case.content, new)
        return {**tree, "content": pin, "edition": opened.header.edition, "plugin": opened.plugin}

    shelf.write(ref, shelf.folder.assessment_file(ref), moved)
    return told


def _values(content: Content, item: Item) -> list[Value]:
    return [option.value for option in scale_of(content, item).options]


def _check(record: Any, old: Content, new: Content) -> list[str]:
    if versions(record, old):
        raise Refused("definitive", "Het verslag is definitief (geweest); de inhoud ligt vast.", place=record.ref)
    for step in old.step:
        if isinstance(step, ScoreStep):
            for one in assessors(record, step.role):
                if is_sealed(record, step.id, one.id):
                    raise Refused("sealed", f"{one.id} heeft al verzegeld op de oude inhoud.", place=record.ref)
    was, now = ({item.id: item for item in content.items()} for content in (old, new))
    gone = [item for item in was if item not in now]
    rescaled = [item for item in was if item in now and _values(old, was[item]) != _values(new, now[item])]
    if gone or rescaled or {step.id for step in old.step} - {step.id for step in new.step}:
        what = ", ".join([*gone, *rescaled]) or "een stap"
        raise Refused(
            "does-not-fit",
            f"De nieuwe inhoud past niet op wat er is ingevuld (item {what}).",
            place=record.ref,
            advice="Maak deze meting af met de inhoud waarmee zij begon; een nieuwe meting gebruikt de nieuwe.",
        )
    return [f"item {item} is nieuw" for item in now if item not in was]
