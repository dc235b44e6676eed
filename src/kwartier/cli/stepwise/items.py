"""What the forms that go item by item share: jumping to an item, and reading what belongs to it."""

from __future__ import annotations

from re import Match

from kwartier.cli.stepwise import told
from kwartier.cli.stepwise.conversation import Command, Goto
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import AnyStep, Content, InterviewStep, Item, NotesStep
from kwartier.instrument.selection import items_of, scale_of
from kwartier.records.files import RawNotesFile
from kwartier.workspace import Seen


def jump(content: Content, step: AnyStep) -> Command:
    """`item 5`: goes there."""

    def gone(match: Match[str]) -> str:
        raise Goto(item_of(content, match[1], step).id)

    return Command(r"item (\S+)", "item en een nummer: ga naar dat item", gone)


def item_of(content: Content, typed: str, step: AnyStep) -> Item:
    """The item of a step that is meant. Raises `Misused`."""
    items = items_of(content, step)
    found = next((one for one in items if one.id.casefold() == typed.strip().casefold()), None)
    if found is None:
        ids = [one.id for one in items]
        raise Misused("unknown-item", f"Er is hier geen item {typed}.", advice=f"Er zijn: {', '.join(ids)}.")
    return found


def descriptions(content: Content, item: Item) -> Command:
    """`omschrijvingen`: reads what each answer means."""
    return Command(
        "omschrijvingen|omschrijving",
        "omschrijvingen: hoor wat elke score betekent",
        lambda match: "\n".join([item.statement, told.anchors(item, scale_of(content, item))]).strip(),
    )


def explanation(seen: Seen, item: Item, *steps: str) -> Command:
    """`toelichting`: reads what was written about the item."""
    return Command(
        "toelichting|toelichtingen",
        "toelichting: hoor wat er bij dit item geschreven is",
        lambda match: told.explanations(seen.record, seen.content, item, *steps),
    )


def earlier_steps(content: Content, step: NotesStep) -> list[str]:
    """The notes steps before this one."""
    before = [one for one in content.step if isinstance(one, NotesStep)]
    return [one.id for one in before[: [one.id for one in before].index(step.id)]]


def raw_notes(work: Work, item: Item) -> Command:
    """`aantekeningen`: reads the raw notes of the assessors about the item."""
    return Command(
        "aantekeningen",
        "aantekeningen: hoor de ruwe aantekeningen bij dit item",
        lambda match: _raw_notes(work, item.id),
    )


def _raw_notes(work: Work, item: str) -> str:
    work.require_person()
    seen = work.see()
    steps = {one.id for one in seen.content.step if isinstance(one, InterviewStep)}
    lines = []
    for step, code in sorted(key for key in seen.record.personal if key[0] in steps):
        rows = [row for row in seen.record.read_of(step, code, RawNotesFile).note if row.item in (item, "")]
        lines += [f"{work.name(code)}{'' if row.item else ', los'}: {row.text}" for row in rows]
    return "\n".join(lines) or "Er zijn geen aantekeningen bij dit item."
