"""Questions of the small forms: checklist and repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from re import Match

from kwartier.cli.stepwise import answers, fields
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.work import Work
from kwartier.errors import KwartierError
from kwartier.instrument.model import ChecklistStep, RepeatStep, Task
from kwartier.records.keys import row_key
from kwartier.records.tree import Tree
from kwartier.workflow.periods import after, short


def row_of(tree: Tree, array: str, *key: str) -> Tree:
    """A row of a file by its key; empty where there is none."""
    return next((row for row in tree.get(array, []) if row_key(array, row) == key), {})


# -- checklist


def checklist(work: Work, step: ChecklistStep) -> list[Question]:
    """A question per task: done or not, and when."""
    seen = work.see()
    tree = seen.record.shared.get(step.id, {})
    return [_task(work, step, task, row_of(tree, "task", task.id), place) for place, task in enumerate(step.task, 1)]


def _task(work: Work, step: ChecklistStep, task: Task, row: Tree, place: int) -> Question:
    here = Place(step=step, name=f"taak {place}", array="task", key={"id": task.id}, present=row)
    stands = f"Gedaan{_on(row)}{_by(work, row)}." if row.get("done") else f"Nog niet gedaan.{_proposed(work, task)}"
    note = f" Opmerking: {row['note']}" if row.get("note") else ""

    def take(typed: str) -> str:
        try:
            done, day = answers.yes_no(typed), work.today
        except KwartierError:
            done, day = True, answers.day(typed, work.today)
        if done and row.get("done") and typed.strip().casefold() in ("j", "ja"):
            return "Dat stond er al."
        return here.save(work, {"done": done, "date": day if done else ""})

    def everything(match: Match[str]) -> str:
        open_ones = [one.id for one in step.task if not row_of(_tree(work, step), "task", one.id).get("done")]
        rows = [{"id": one, "done": True, "date": work.today} for one in open_ones]
        return work.change(step, {"task": rows}, "alles afvinken") if rows else "Alles stond al als gedaan."

    return Question(
        id=task.id,
        text=f"Taak {place} van {len(step.task)}. {task.text}\n{stands}{note} Gedaan? j, n of een datum.",
        brief="Gedaan? j, n of een datum.",
        help="j is gedaan, vandaag. Een datum is gedaan op die dag. n is nog niet gedaan.",
        take=take,
        commands=(
            Command("door (.+)", "door en een naam: wie het deed", lambda m: _say_by(work, here, m[1])),
            Command("opmerking (.+)", "opmerking en een tekst", lambda m: here.save(work, {"note": m[1]}, "opmerking")),
            Command("alles", "alles: vink de hele lijst af", everything),
        ),
    )


def _tree(work: Work, step: ChecklistStep) -> Tree:
    return work.see().record.shared.get(step.id, {})


def _say_by(work: Work, here: Place, typed: str) -> str:
    return here.save(work, {"by": fields.known_name(work, typed)}, "door wie")


def _on(row: Tree) -> str:
    return f" op {short(row['date'])}" if isinstance(row.get("date"), date) else ""


def _by(work: Work, row: Tree) -> str:
    return f" door {work.name(str(row['by']))}" if row.get("by") else ""


def _proposed(work: Work, task: Task) -> str:
    if task.days is None:
        return ""
    ordinal = work.see().record.envelope.date.toordinal() + task.days
    return f" Voorstel: {short(date.fromordinal(min(max(ordinal, 1), date.max.toordinal())))}."


# -- repeat


def repeat(work: Work, step: RepeatStep) -> list[Question]:
    """When it is done again."""
    seen = work.see()
    first, last = (after(seen.record.envelope.date, period) for period in (step.after[0], step.after[-1]))
    when = f"rond {short(first)}" if first == last else f"tussen {short(first)} en {short(last)}"
    here = Place(step=step, name="herhaling", present=seen.record.shared.get(step.id, {}))
    planned = fields.ask(work, here, fields.day("planned", "Geplande dag"), before=f"De volgende keer hoort {when}.")
    return [planned, replace(fields.ask(work, here, fields.text("note", "Opmerking")), id="note")]
