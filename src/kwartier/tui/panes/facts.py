"""The work of a step of the form facts: what is asked about the subject, one answer each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from textual.content import Content

from kwartier.instrument.model import Fact, FactsStep
from kwartier.records.files import FactsFile
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.amounts import number_words
from kwartier.workflow.periods import with_weekday

DONE = (Field(key="date", label="Ingevuld op", kind="date"), Field(key="by", label="Door", kind="person"))


class FactsPane(RowsPane):
    """Enter fills in the fact that is pointed at, and goes on to the next one that is open."""

    def lines(self) -> list[Line]:
        file = self.desk.record.read(self.step.id, FactsFile)
        given = {row.id: row.value for row in file.fact}
        found = [self._line(fact, given.get(fact.id)) for fact in self._facts()]
        on = with_weekday(file.date) if file.date else "nog niet gezegd"
        by = f" door {self.desk.name(file.by)}" if file.by else ""
        gone = Edit(given={"date": "", "by": ""}, name="dag van invullen weghalen") if file.date or file.by else None
        last = parts((f"Ingevuld op: {on}{by}", "$text-muted"))
        return [
            *found,
            Line(
                id="+done", sign="  ", text=last, opens=lambda: self.step_form("Dag van invullen", DONE), removes=gone
            ),
        ]

    def told(self) -> list[Part | Content]:
        open_ones = [fact for fact in self._facts() if fact.required and not self._is_given(fact)]
        if not open_ones:
            return []
        count = len(open_ones)
        return [f"Nog {count} {'verplicht antwoord' if count == 1 else 'verplichte antwoorden'}.\n"]

    def _facts(self) -> list[Fact]:
        assert isinstance(self.step, FactsStep)
        by_id = {fact.id: fact for fact in self.desk.content.fact}
        return [by_id[id] for id in self.step.facts if id in by_id]

    def _is_given(self, fact: Fact) -> bool:
        row = self.row("fact", fact.id)
        return row is not None and "value" in row

    def _line(self, fact: Fact, value: Any) -> Line:
        open_words = "nog niet ingevuld (verplicht)" if fact.required else "nog niet ingevuld"
        answer: Part = (open_words, "$text-muted") if value is None else fact_words(fact, value)
        return Line(
            id=fact.id,
            sign="  ",
            text=parts((fact.title, "bold"), "\n", answer),
            opens=lambda: self._form(fact),
            removes=removal("fact", fact.id, f"{fact.title} leegmaken") if value is not None else None,
        )

    def _form(self, fact: Fact) -> Form:
        label = f"Antwoord ({fact.unit})" if fact.unit else "Antwoord"
        field = Field(
            key="value",
            label=label,
            kind="long" if fact.kind == "text" else fact.kind,
            hint=_bounds(fact),
            choices=[(one, one) for one in fact.options],
        )
        form = self.row_form("fact", fact.id, fact.title, (field,))
        required = " Dit antwoord is verplicht." if fact.required else ""
        return replace(
            form,
            told=f"{fact.title}{required}" if len(fact.title) > FITS else required.strip(),
            now=lambda: self.row("fact", fact.id) or {},
            give=lambda values, burst: self.give({"fact": [{"id": fact.id, **values}]}, fact.title, burst=burst),
            remove=None,
            following=lambda: self._following(fact),
        )

    def _following(self, fact: Fact) -> Form | None:
        """The next fact that is open."""
        from kwartier.tui.widgets.row_list import RowList

        facts = self._facts()
        later = facts[facts.index(fact) + 1 :]
        found = next((one for one in later if not self._is_given(one)), None)
        if found is None:
            return None
        self.query_one(RowList).point_at(found.id)
        return self._form(found)

    def first(self) -> str:
        return next((fact.id for fact in self._facts() if not self._is_given(fact)), "")


FITS = 60
"""A title that is longer is cut in the frame of a dialog, so it stands in the form too."""


def fact_words(fact: Fact, value: Any) -> str:
    """An answer as it is read."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float):
        return f"{number_words(value)} {fact.unit}".strip()
    if isinstance(value, date):
        return with_weekday(value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _bounds(fact: Fact) -> str:
    """What a number may be, in words."""
    if fact.minimum is not None and fact.maximum is not None:
        return f"van {fact.minimum} tot en met {fact.maximum}"
    if fact.minimum is not None:
        return f"{fact.minimum} of meer"
    return f"ten hoogste {fact.maximum}" if fact.maximum is not None else ""
