"""Fields that are asked one by one: of a row, or beside the rows. What each takes, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from kwartier.cli.stepwise import answers, told
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import AnyStep
from kwartier.records.tree import Tree, Value
from kwartier.workflow.periods import parse_time, short

Choices = Sequence[tuple[Value, str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: how it is asked, read and said. `long` texts may have more lines and be mended word by word."""

    key: str
    label: str
    hint: str = ""
    help: str = ""
    read: Callable[[Work, str], Value] = lambda work, typed: typed
    tell: Callable[[Work, Value], str] = lambda work, value: str(value)
    long: bool = False
    default: str = ""
    "What enter stands for where it has to be answered."


def text(key: str, label: str, *, hint: str = "", long: bool = True) -> Field:
    """A text as it is typed."""
    return Field(key=key, label=label, hint=hint, long=long)


def day(key: str, label: str, *, default: str = "", hint: str = "") -> Field:
    """A date."""
    return Field(
        key=key,
        label=label,
        hint=hint or "een datum of vandaag",
        help="Schrijf een datum als 22-11-2026 of 22 november 2026, of typ vandaag, gisteren of morgen.",
        read=lambda work, typed: answers.day(typed, work.today),
        tell=lambda work, value: short(value) if isinstance(value, date) else str(value),
        default=default,
    )


def clock(key: str, label: str) -> Field:
    """A time of day."""
    return Field(
        key=key,
        label=label,
        hint="een tijd, zoals 14:30",
        read=lambda work, typed: parse_time(typed),
        tell=lambda work, value: f"{value:%H:%M}" if isinstance(value, time) else str(value),
    )


def count(key: str, label: str, hint: str) -> Field:
    """A whole number."""
    return Field(key=key, label=label, hint=hint, read=lambda work, typed: answers.whole(typed))


def yes_no(key: str, label: str) -> Field:
    """Yes or no."""
    return Field(
        key=key,
        label=label,
        hint="j of n",
        read=lambda work, typed: answers.yes_no(typed),
        tell=lambda work, value: "ja" if value else "nee",
    )


def choice(key: str, label: str, choices: Choices, *, default: str = "", hint: str = "") -> Field:
    """One of some choices, by number or by title; `hint` where the list was said already."""
    titles = dict(choices)
    return Field(
        key=key,
        label=label,
        hint=hint or answers.numbered(choices) or "er valt nog niets te kiezen",
        read=lambda work, typed: answers.pick(typed, choices),
        tell=lambda work, value: titles.get(value, str(value)),
        default=default,
    )


def by_id(key: str, label: str, choices: Choices, *, hint: str = "") -> Field:
    """One of some choices that have an id which people know, such as the number of an item."""
    titles = dict(choices)
    listed = ", ".join(f"{value} {title}" for value, title in choices)
    return Field(
        key=key,
        label=label,
        hint=hint or listed,
        help=listed if hint else "",
        read=lambda work, typed: answers.pick(typed, choices, by_id=True),
        tell=lambda work, value: f"{value} {titles[value]}" if value in titles else str(value),
    )


def person(key: str, label: str) -> Field:
    """Somebody by name or code; a name that is not known yet is asked about before it is added."""
    return Field(
        key=key,
        label=label,
        hint="een naam",
        help="Typ een naam of een code. Van wie al bekend is, is een begin van de naam genoeg.",
        read=lambda work, typed: known_name(work, typed),
        tell=lambda work, value: work.name(str(value)),
    )


def known_name(work: Work, typed: str) -> str:
    """The code of somebody who is known, else the name. Raises `Misused` where a new name was not meant."""
    wanted = " ".join(typed.split()).casefold()
    names = {code: " ".join(name.split()).casefold() for code, name in work.ws.names(work.slug).items() if name}
    exact = [code for code, name in names.items() if wanted in (code, name)]
    begun = [code for code, name in names.items() if f"{name} ".startswith(f"{wanted} ")]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    if exact or len(begun) > 1:
        shown = ", ".join(f"{work.name(code)} is {code}" for code in exact or begun)
        raise Misused("name-ambiguous", f"'{typed.strip()}' kan meer mensen zijn: {shown}.", advice="Typ de code.")
    if not work.talk.sure(f"{typed.strip()} is hier nog niet bekend. Als nieuwe naam toevoegen?"):
        raise Misused("name-unknown", "Die naam is niet toegevoegd.", advice="Typ een andere naam.")
    return typed.strip()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where fields stand: beside the rows of a step, or in the row of `array` that `key` names."""

    step: AnyStep
    name: str
    "What it is, in words, for undo."
    array: str = ""
    key: Tree = field(default_factory=dict)
    present: Tree = field(default_factory=dict)
    own: bool = False

    def given(self, values: Tree) -> Tree:
        """What to give to the step to set these values."""
        return {self.array: [{**self.key, **values}]} if self.array else values

    def save(self, work: Work, values: Tree, what: str = "") -> str:
        """Saves values here; gives what to say."""
        return work.change(self.step, self.given(values), f"{self.name}, {what}" if what else self.name, own=self.own)


def ask(work: Work, place: Place, one: Field, *, id: str = "", before: str = "") -> Question:
    """The question for one field."""
    now = place.present.get(one.key, "")
    shown = one.tell(work, now) if now != "" else ""
    hint = f", {one.hint}" if one.hint else ""
    brief = f"{one.label}{hint}, of enter."
    said = told.sentence(f"{brief} Nu: {shown}") if shown else brief
    if "\n" in shown:
        said = f"{one.label} nu: {shown}\n{brief}"

    def save(value: Value) -> str:
        return place.save(work, {one.key: value}, one.label.lower())

    return Question(
        id=id or one.key,
        text=f"{before}\n{said}" if before else said,
        brief=brief,
        help=one.help,
        take=lambda typed: save(one.read(work, typed)),
        commands=_commands(work, one, now, save),
    )


def _commands(work: Work, one: Field, now: Value, save: Callable[[Value], str]) -> tuple[Command, ...]:
    found = []
    if now != "":
        found.append(Command("leeg", "leeg: haal weg wat er staat", lambda match: save("")))
    if one.long:
        found += long_commands(work, str(now), save)
    return tuple(found)


def long_commands(work: Work, now: str, save: Callable[[Value], str]) -> list[Command]:
    """What may be done with a text beside typing it on one line."""
    found = [
        Command(
            "regels",
            "regels: typ een nieuwe tekst van meer regels",
            lambda match: type_lines(work, None, "", save, old=now),
        )
    ]
    if now:
        found.append(
            Command("vervang", "vervang: vervang een paar woorden in de tekst", lambda m: mend(work, now, save))
        )
    return found


def type_lines(work: Work, first: str | None, before: str, save: Callable[[Value], str], *, old: str = "") -> str:
    """Hears a text of more lines and saves it behind `before`; also what was heard when the line was cut off.

    Where a text that takes the place of `old` was cut off, it comes below it, so that neither is lost.
    """
    begin = "Een regel met alleen een punt sluit af." if first is None else "Ga door, of sluit af met een punt."
    heard = work.talk.lines(first, begin)
    kept = old if heard.cut_off is not None else ""
    whole = "\n\n".join(part for part in (before, kept, heard.text) if part)
    said = save(whole) if heard.text else "Er was geen tekst; er is niets veranderd."
    if heard.cut_off is not None:
        work.talk.say(f"De tekst was niet af. {said}")
        raise heard.cut_off
    return said


def mend(work: Work, now: str, save: Callable[[Value], str]) -> str:
    """Replaces words in a text by other words, everywhere in it."""

    def wanted(typed: str) -> str:
        if typed not in now:
            raise Misused("not-there", f"'{typed}' staat niet in de tekst.", advice="Let op hoofdletters.")
        return typed

    old = work.talk.choose("Welke woorden moeten weg?", wanted)
    if old is None:
        return "Niets veranderd."
    new = work.talk.choose("Wat komt ervoor in de plaats? Enter haalt ze alleen weg.", str) or ""
    changed = now.replace(old, new)
    return f"{save(changed)} Er staat nu: {changed}"
