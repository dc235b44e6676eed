"""Questions of the form notes: a text per item, written in as many lines as it needs."""

from __future__ import annotations

from dataclasses import replace

from kwartier.cli.stepwise import fields, items, told
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import Item, NotesStep, ScoreStep
from kwartier.instrument.selection import items_of
from kwartier.records.files import NotesFile
from kwartier.records.tree import Tree
from kwartier.workspace import Seen

FIRST = "writer"


def notes(work: Work, step: NotesStep) -> list[Question]:
    """Who writes, the text on the whole where there is one, and a text per item."""
    seen = work.see()
    tree = seen.record.shared.get(step.id, {})
    here = Place(step=step, name="schrijver", present=tree)
    found = [fields.ask(work, here, fields.person("writer", "Wie het concept schrijft"), id=FIRST)]
    if step.general or tree.get("text"):
        whole = Place(step=step, name=f"{step.label} bij het geheel", present=tree)
        found.append(_text(work, whole, "text", f"{step.label.capitalize()} bij het geheel.", id="geheel"))
    scored = any(isinstance(one, ScoreStep) and one.scored_on == step.id for one in seen.content.step)
    for item in items_of(seen.content, step):
        found += _item(work, step, seen, item, scored=scored)
    return found


def first_empty(work: Work, step: NotesStep) -> str:
    """The question to begin with: the first item without a text, once somebody has begun."""
    seen = work.see()
    file = seen.record.read(step.id, NotesFile)
    written = {row.item for row in file.explanation if row.text}
    if not (written or file.writer) or step.general:
        return ""
    return next((item.id for item in items_of(seen.content, step) if item.id not in written), "")


def _item(work: Work, step: NotesStep, seen: Seen, item: Item, *, scored: bool) -> list[Question]:
    rows: list[Tree] = seen.record.shared.get(step.id, {}).get("explanation", [])
    row = next((one for one in rows if one.get("item") == item.id), {})
    here = Place(step=step, name=f"item {item.id}", array="explanation", key={"item": item.id}, present=row)
    extra = (
        items.raw_notes(work, item),
        items.descriptions(seen.content, item),
        *([items.explanation(seen, item, *earlier)] if (earlier := items.earlier_steps(seen.content, step)) else []),
    )
    asked = _text(work, here, "text", f"{told.place_of(seen.content, item, step)}.", id=item.id)
    found = [replace(asked, commands=(*asked.commands, *extra))]
    if row.get("text") and not scored:
        handled = fields.ask(work, here, fields.text("handled", "Wat ermee gedaan is"), id=f"{item.id}:handled")
        found.append(handled)
    return found


def _text(work: Work, here: Place, key: str, title: str, *, id: str) -> Question:
    """The question for a text of more lines: typing begins it or goes on below it; `wijzig` replaces it."""
    now = str(here.present.get(key, ""))
    length = f"Er staat een tekst van {len(now.split())} woorden: {now}" if now else "Nog niets geschreven."
    more = "Typ om er onderaan iets bij te zetten, wijzig, of enter." if now else "Typ de tekst, of enter."

    def save(value: object) -> str:
        return here.save(work, {key: value}, "tekst")

    def take(typed: str) -> str:
        return fields.type_lines(work, typed, now, save)

    def anew() -> str:
        return fields.type_lines(work, None, "", save, old=now)

    commands = [
        Command("wijzig", "wijzig: typ een nieuwe tekst in de plaats", lambda m: anew()),
        *(one for one in fields.long_commands(work, now, save) if one.shape != "regels"),
        Command("leeg", "leeg: haal de tekst weg", lambda match: save("")),
    ]
    return Question(
        id=id,
        text=f"{title}\n{length}\n{more}",
        brief=more,
        help="Een tekst mag meer regels hebben; een lege regel is een nieuwe alinea. "
        "Een regel met alleen een punt sluit hem af. Binnen de tekst werken de woorden niet.",
        take=take,
        commands=tuple(commands) if now else (),
    )
