"""The work of a step of the form actions: the points that were chosen to work on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.content import Content

from kwartier.instrument.model import ActionsStep, ReviewsStep
from kwartier.records.files import Action, ActionsFile, ConclusionsFile, Recommendation, Review, ReviewsFile
from kwartier.records.tree import Tree
from kwartier.text import one_line
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.departures import meant
from kwartier.workflow.periods import with_weekday
from kwartier.workflow.state import current_state

CHOSEN = Field(key="date", label="Gekozen op", kind="date", hint="evaluaties tellen vanaf deze dag")


class ActionsPane(RowsPane):
    """A recommendation without an action is a line too: enter makes an action of it."""

    adding: ClassVar[str] = "Actiepunt toevoegen"

    def _file(self) -> ActionsFile:
        return self.desk.record.read(self.step.id, ActionsFile)

    @property
    def form_step(self) -> ActionsStep:
        """The step, as what it is."""
        assert isinstance(self.step, ActionsStep)
        return self.step

    def _advice(self) -> tuple[Recommendation, ...]:
        step = self.form_step
        return self.desk.record.read(step.of, ConclusionsFile).recommendation if step.of else ()

    def told(self) -> list[Part | Content]:
        step = self.form_step
        if step.minimum is None and step.maximum is None:
            return []
        return [f"Kies {meant(step)} {'actiepunt' if step.maximum == 1 else 'actiepunten'}.\n"]

    def lines(self) -> list[Line]:
        file = self._file()
        found = [self._line(row, number) for number, row in enumerate(file.action, 1)]
        adding = parts(("actiepunt toevoegen, in eigen woorden", "$text-muted"))
        found.append(Line(id="+add", sign="+  ", text=adding, adds=self._new))
        used = {row.recommendation for row in file.action}
        left = [one for one in self._advice() if one.id not in used]
        if left:
            found.append(Line(id="+h", text=parts("Aanbevelingen (enter maakt er een actiepunt van)"), heading=True))
            found += [
                Line(id=f"+{one.id}", sign="→  ", text=parts(one.text), adds=partial(self._new, one)) for one in left
            ]
        if file.action or file.date:
            found.append(Line(id="+h-day", text=parts("Dag van de keuze"), heading=True))
            day = with_weekday(file.date) if file.date else "nog niet gezegd"
            found.append(Line(id="+day", sign="   ", text=parts(day), opens=self._day_form))
        return found

    def _reviews(self) -> tuple[Review, ...]:
        """What was said of these actions since they were chosen."""
        later = [one for one in self.desk.content.step if isinstance(one, ReviewsStep) and one.of == self.step.id]
        return tuple(row for one in later for row in self.desk.record.read(one.id, ReviewsFile).review)

    def _line(self, row: Action, number: int) -> Line:
        state = current_state(row, self._reviews(), self.form_step)
        told = [
            self.desk.name(row.who) if row.who else "nog niemand",
            f"klaar op {with_weekday(row.due)}" if row.due else "nog geen dag",
            state,
        ]
        late = row.due is not None and row.due < self.desk.today and state not in self.form_step.closed
        note = f"\n{row.note}" if row.note else ""
        return Line(
            id=row.id,
            sign=f"{number}  ",
            text=parts(
                (row.text, "bold"),
                (f"\n{' · '.join(told)}", "$text-muted"),
                (" · te laat" if late else "", "$text-warning"),
                (note, "$text-muted"),
            ),
            opens=lambda: self._form(row, number),
            removes=removal("action", row.id, f"actiepunt {number} weghalen"),
        )

    # -- forms

    def _fields(self) -> tuple[Field, ...]:
        advice = [(one.id, one_line(one.text, 55)) for one in self._advice()]
        linked = (Field(key="recommendation", label="Aanbeveling", kind="choice", choices=advice),) if advice else ()
        states = [(one, one) for one in self.form_step.states]
        return (
            Field(key="text", label="Wat er gebeurt", kind="long", required=True),
            Field(key="who", label="Wie trekt het", kind="person"),
            Field(key="due", label="Klaar op", kind="date"),
            *linked,
            Field(key="state", label="Stand", kind="choice", choices=states, required=True),
            Field(key="note", label="Opmerking"),
        )

    def _form(self, row: Action, number: int) -> Form:
        form = self.row_form("action", row.id, f"Actiepunt {number}", self._fields())
        start = {"state": self.form_step.states[0]}
        return replace(form, now=lambda: None if (now := self.row("action", row.id)) is None else {**start, **now})

    def _new(self, advice: Recommendation | None = None) -> Form:
        begin: Tree = {"state": self.form_step.states[0]}
        if advice is not None:
            begin |= {"text": advice.text, "recommendation": advice.id}
        form = self.new_row_form("action", "Nieuw actiepunt", self._fields(), begin=begin)
        if self._file().date is not None:
            return form
        # With the first action the day of choosing is noted: without it no review comes on the agenda.
        id = self.desk.new_id()

        def give(values: Tree, burst: str) -> None:
            day = {"date": self.desk.today} if self._file().date is None else {}
            given = {**day, "action": [{"id": id, **values}]}
            self.give(given, "nieuw actiepunt", burst=burst)

        return replace(form, give=give, now=partial(self.row, "action", id), afterwards=self._tell_day)

    def _tell_day(self) -> None:
        self.kwartier.tell("Als dag van de keuze staat vandaag genoteerd; onder aan de lijst verandert u dat.")

    def _day_form(self) -> Form:
        return self.step_form("Dag van de keuze", (CHOSEN,))

    def new_form(self) -> Form | None:
        """t adds an action in own words, except on a recommendation."""
        here = self.line
        return here.adds() if here is not None and here.adds is not None else self._new()
