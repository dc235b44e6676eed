"""Moves an unfinished record to the content that its instrument has now, where ids and scales still fit."""

from __future__ import annotations

from msgspec.structs import replace

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content, Item, ScoreStep, Value
from kwartier.instrument.selection import check_parameters, for_parameters, scale_of
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow.filling import Rejected
from kwartier.workflow.people import assessors, is_sealed
from kwartier.workflow.rules import check
from kwartier.workflow.settled import versions
from kwartier.workspace import laying
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf


def renew(shelf: Shelf, ref_text: str) -> list[str]:
    """Pins the present content; gives the items that are new (Dutch lines). Raises `Refused` where it does not fit."""
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    case.require_writable()
    envelope = case.record.envelope
    opened = laying.present(shelf, shelf.host.open(envelope.instrument), envelope.profile, case.content)
    if case.record.envelope.content == opened.pin:
        return []
    try:
        parameters = check_parameters(opened.content, case.record.envelope.parameters)
    except Misused as error:
        raise _misfit(case.record, error.message) from error
    if opened.content.profile is not None:
        laying.require_level(opened.content.profile, parameters)
    new = for_parameters(opened.content, parameters)
    told = _check(case.record, case.content, new)
    pin = shelf.folder.write_content(opened.tree)

    def moved(case: Case, tree: Tree, codes: Codes) -> Tree:
        _check(case.record, case.content, new)
        return {**tree, "content": pin, "edition": opened.header.edition, "plugin": opened.plugin}

    shelf.write(ref, shelf.folder.assessment_file(ref), moved)
    was, now = case.content.profile, opened.content.profile
    return told if was == now or now is None else [*told, f"opleidingsprofiel {now.id} is vernieuwd"]


def _scales(content: Content, item: Item) -> list[tuple[str, list[Value], list[str]]]:
    """Per part that is scored, and for the item itself: what may be answered."""
    scored = [("", scale_of(content, item))]
    scored += [(part.id, scale_of(content, item, part)) for part in item.parts if part.scale]
    return [(part, [option.value for option in scale.options], list(scale.missing)) for part, scale in scored]


def _check(record: Record, old: Content, new: Content) -> list[str]:
    if versions(record, old):
        raise Refused(
            "definitive",
            "Het verslag is definitief (geweest); de inhoud ligt vast.",
            place=record.ref,
            advice="Laat deze meting zoals zij is; een volgende begint met de nieuwe inhoud.",
        )
    if replace(old, profile=None) == replace(new, profile=None):
        return []  # what was answered stays as it was asked: only what the programme says around it is other
    for step in old.step:
        if isinstance(step, ScoreStep):
            for one in assessors(record, step.role):
                if is_sealed(record, step.id, one.id):
                    raise Refused(
                        "sealed",
                        f"{one.id} heeft al verzegeld op de oude inhoud.",
                        place=record.ref,
                        advice="Maak de meting af met de inhoud waarmee zij begon.",
                    )
    was, now = ({item.id: item for item in content.items()} for content in (old, new))
    gone = [item for item in was if item not in now]
    rescaled = [item for item in was if item in now and _scales(old, was[item]) != _scales(new, now[item])]
    if gone or rescaled:
        raise _misfit(record, f"Dit verschilt: item {', '.join([*gone, *rescaled])}.")
    _check_steps(record, old, new)
    return [f"item {item} is nieuw" for item in now if item not in was]


def _check_steps(record: Record, old: Content, new: Content) -> None:
    """Refuses where a step is gone or is of another kind, or where what was filled in would be wrong from then on."""
    now = {step.id: step for step in new.step}
    for was in old.step:
        step = now.get(was.id)
        if step is None or type(step) is not type(was) or getattr(step, "by", "") != getattr(was, "by", ""):
            raise _misfit(record, f"De stap '{was.title}' is er niet meer, of gaat anders.")
        trees = [record.shared[was.id]] if was.id in record.shared else []
        trees += [tree for (name, _), tree in record.personal.items() if name == was.id]
        for tree in trees:
            try:
                check(step, new, record, tree, record.ref)
            except Rejected as error:
                raise _misfit(record, f"Wat bij '{was.title}' is ingevuld, past er niet meer op.") from error
    roles = {role.id for role in new.role}
    if any(one.role not in roles for one in record.envelope.person):
        raise _misfit(record, "Een rol van wie invult, is er niet meer.")


def _misfit(record: Record, what: str) -> Refused:
    return Refused(
        "does-not-fit",
        f"De nieuwe inhoud past niet op deze meting. {what}",
        place=record.ref,
        advice="Maak deze meting af met de inhoud waarmee zij begon; een nieuwe meting gebruikt de nieuwe.",
    )
