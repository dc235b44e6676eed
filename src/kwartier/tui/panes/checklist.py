"""The work of a step of the form checklist: tasks, each done or not."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from kwartier.instrument.model import ChecklistStep, Task
from kwartier.records.files import ChecklistFile, Done
from kwartier.records.tree import Tree
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.due import task_day
from kwartier.workflow.periods import with_weekday

FIELDS = (
    Field(key="done", label="Gedaan", kind="yes-no", required=True),
    Field(key="date", label="Gedaan op", kind="date"),
    Field(key="by", label="Door", kind="person"),
    Field(key="note", label="Opmerking", kind="long"),
)


class ChecklistPane(RowsPane):
    """Space ticks a task with the day of today; enter opens who did it, when, and a note."""

    ticking: ClassVar[bool] = True

    def lines(self) -> list[Line]:
        assert isinstance(self.step, ChecklistStep)
        rows = {row.id: row for row in self.desk.record.read(self.step.id, ChecklistFile).task}
        return [self._line(task, rows.get(task.id), place) for place, task in enumerate(self.step.task, 1)]

    def _line(self, task: Task, row: Done | None, place: int) -> Line:
        done = row is not None and row.done
        ticked = {"done": not done, "date": "" if done else self.desk.today}
        return Line(
            id=task.id,
            sign="☑ " if done else "☐ ",
            text=parts((task.text, "bold"), *self._below(task, row)),
            opens=lambda: self._form(task, place),
            ticks=Edit(
                given={"task": [{"id": task.id, **ticked}]}, name=f"taak {place} {'niet ' if done else ''}afvinken"
            ),
            removes=removal("task", task.id, f"taak {place} leegmaken") if row is not None else None,
        )

    def _below(self, task: Task, row: Done | None) -> list[Part]:
        """What is known of a task, under it; what is late is said in words."""
        found: list[str] = []
        late = ""
        if row is not None and row.done:
            on = f" op {with_weekday(row.date)}" if row.date else ""
            by = f" door {self.desk.name(row.by)}" if row.by else ""
            found.append(f"gedaan{on}{by}")
        else:
            day = task_day(task, self.desk.record.envelope.date)
            if day:
                found.append(f"voorstel {with_weekday(day)}")
                late = " · te laat" if day < self.desk.today else ""
        told: list[Part] = [(f"\n{' · '.join(found)}", "$text-muted"), (late, "$text-warning")] if found else []
        if row is not None and row.note:
            told.append((f"\n{row.note}", "$text-muted"))
        return told

    def _form(self, task: Task, place: int) -> Form:
        form = self.row_form("task", task.id, f"Taak {place}", FIELDS)
        begun = self.row("task", task.id) or {"done": False}
        return replace(
            form,
            told=task.text,
            begin={"done": False},
            now=lambda: {"done": False} if (row := self.row("task", task.id)) is None else {"done": True, **row},
            give=lambda values, burst: form.give(self._with_day(task.id, values, begun), burst),
            remove=None,
        )

    def _with_day(self, id: str, values: Tree, begun: Tree) -> Tree:
        """A day of doing says that it is done, and what is done today needs no day typed. `begun` is how it stood."""
        if not values.keys() & {"done", "date"}:
            return {"done": (self.row("task", id) or {"done": False}).get("done", True), **values}
        done = values.get("done", bool(values.get("date")) or begun.get("done", True))
        if not done:
            return {**values, "done": False, "date": ""}
        dated = values.get("date", begun.get("date", ""))
        was_done = begun.get("date") or begun.get("done", True)  # done without a day may stay so
        return {**values, "done": True, "date": dated or ("" if was_done else self.desk.today)}

    def first(self) -> str:
        assert isinstance(self.step, ChecklistStep)
        done = {row.id for row in self.desk.record.read(self.step.id, ChecklistFile).task if row.done}
        return next((task.id for task in self.step.task if task.id not in done), "")
