"""The work of a step of the form reviews: how it goes with each action."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.content import Content

from kwartier.instrument.model import ActionsStep, ReviewsStep
from kwartier.records.files import Action, ActionsFile, Review, ReviewsFile
from kwartier.text import one_line
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.due import review_day
from kwartier.workflow.periods import short, with_weekday
from kwartier.workflow.state import current_state


class ReviewsPane(RowsPane):
    """Enter on an action adds a review of it; enter on a review changes that."""

    adding: ClassVar[str] = "Evaluatie toevoegen"

    @property
    def _source(self) -> ActionsStep:
        assert isinstance(self.step, ReviewsStep)
        found = self.desk.step(self.step.of)
        assert isinstance(found, ActionsStep)
        return found

    def _actions(self) -> ActionsFile:
        return self.desk.record.read(self._source.id, ActionsFile)

    def _reviews(self) -> tuple[Review, ...]:
        return self.desk.record.read(self.step.id, ReviewsFile).review

    def told(self) -> list[Part | Content]:
        actions = self._actions()
        if not actions.action:
            return [f"Er zijn nog geen actiepunten; kies ze eerst in de stap ‘{self._source.title}’.\n"]
        if actions.date is None:
            return [f"Zonder dag van de keuze komt er geen evaluatie in de agenda; zie ‘{self._source.title}’.\n"]
        return []

    def lines(self) -> list[Line]:
        found: list[Line] = []
        reviews = self._reviews()
        for number, action in enumerate(self._actions().action, 1):
            own = sorted((one for one in reviews if one.action == action.id), key=lambda one: (one.date, one.id))
            found.append(self._action(action, number))
            found += [self._review(one, action, number) for one in own]
        return found

    def _action(self, action: Action, number: int) -> Line:
        reviews = self._reviews()
        state = current_state(action, reviews, self._source)
        told: list[Part] = [f"\n{state}"]
        if action.who:
            told.append((f" · {self.desk.name(action.who)}", "$text-muted"))
        if state in self._source.closed:
            told.append((" · afgesloten", "$text-muted"))
        else:
            told += self._next(action)
        return Line(
            id=f"a-{action.id}",
            sign=f"{number}  ",
            text=parts((action.text, "bold"), *told),
            adds=partial(self._new, action, number),
        )

    def _next(self, action: Action) -> list[Part]:
        assert isinstance(self.step, ReviewsStep)
        day = review_day(action.id, self._actions().date, self.step.every, self._reviews())
        if day is None:
            return []
        late: Part = (" · te laat" if day < self.desk.today else "", "$text-warning")
        return [(f" · evalueren rond {with_weekday(day)}", "$text-muted"), late]

    def _review(self, one: Review, action: Action, number: int) -> Line:
        by = f", {self.desk.name(one.by)}" if one.by else ""
        name = f"evaluatie van {short(one.date)} bij actiepunt {number}"
        return Line(
            id=f"r-{one.id}",
            sign="     ",
            text=parts(f"{with_weekday(one.date)}: {one.state}{by}", f"\n{one.text}" if one.text else ""),
            opens=lambda: replace(
                self.row_form("review", one.id, "Evaluatie", self._fields(), name=name), told=_about(action, number)
            ),
            adds=partial(self._new, action, number),
            removes=removal("review", one.id, f"{name} weghalen"),
        )

    def _fields(self) -> tuple[Field, ...]:
        states = [(one, one) for one in self._source.states]
        return (
            Field(key="date", label="Dag", kind="date", required=True),
            Field(key="state", label="Stand", kind="choice", choices=states, required=True),
            Field(key="text", label="Hoe het gaat", kind="long", hint="wat lukte, wat tegenzat, wat nodig is"),
            Field(key="by", label="Wie evalueerde", kind="person"),
        )

    def _new(self, action: Action, number: int) -> Form:
        begin = {"date": self.desk.today, "state": current_state(action, self._reviews(), self._source)}
        form = self.new_row_form("review", "Nieuwe evaluatie", self._fields(), begin=begin, fixed={"action": action.id})
        return replace(form, told=_about(action, number))

    def _can(self, action: str) -> bool:
        if action == "add" and not self._actions().action:
            return False
        return super()._can(action)


def _about(action: Action, number: int) -> str:
    return f"Actiepunt {number}: {one_line(action.text, 160)}"
