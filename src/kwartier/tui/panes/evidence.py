"""The work of a step of the form evidence: the sources that the answers rest on, and the items each is about."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from kwartier.instrument.model import EvidenceStep
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.text import one_line
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.periods import short

MOST_OF_A_LINK = 200
"""Characters of an address in the list; the form has all of it."""


class EvidencePane(RowsPane):
    """A link is text here: nothing is opened or fetched."""

    adding: ClassVar[str] = "Toevoegen"

    @property
    def form_step(self) -> EvidenceStep:
        """The step, as what it is."""
        assert isinstance(self.step, EvidenceStep)
        return self.step

    def _rows(self) -> tuple[Evidence, ...]:
        return self.desk.record.read(self.step.id, EvidenceFile).evidence

    def told(self) -> list[Part | Content]:
        """Which items nothing is about yet, once there is something."""
        rows = self._rows()
        about = {item for row in rows for item in row.items}
        left = [item.id for item in self.desk.content.items() if item.id not in about and not item.beside]
        if not about or not left:
            return []
        return [(one_line(f"Nog geen {self.form_step.label} bij item {', '.join(left)}.", 150), "$text-muted"), "\n"]

    def lines(self) -> list[Line]:
        found = [self._line(row, number) for number, row in enumerate(self._rows(), 1)]
        adding = parts((f"{self.form_step.label} toevoegen", "$text-muted"))
        return [*found, Line(id="+add", sign="+  ", text=adding, adds=self._new)]

    def _line(self, row: Evidence, number: int) -> Line:
        told = [one for one in (row.kind, short(row.date) if row.date else "") if one]
        if row.items:
            told.append(f"item {', '.join(row.items)}")
        link = f"\n{one_line(row.link, MOST_OF_A_LINK)}" if row.link else ""
        note = f"\n{row.note}" if row.note else ""
        return Line(
            id=row.id,
            sign=f"{number}  ",
            text=parts(
                (row.title, "bold"),
                (f"\n{' · '.join(told)}" if told else "", "$text-muted"),
                (link, "$text-muted"),
                (note, "$text-muted"),
            ),
            opens=lambda: self.row_form("evidence", row.id, self._title(str(number)), self._fields()),
            removes=removal("evidence", row.id, f"{self.form_step.label} {number} weghalen"),
        )

    # -- forms

    def _title(self, number: str = "") -> str:
        label = self.form_step.label
        return f"{label[:1].upper()}{label[1:]} {number}" if number else f"{label[:1].upper()}{label[1:]} toevoegen"

    def _fields(self) -> tuple[Field, ...]:
        kinds = [(one, one) for one in self.form_step.kinds]
        items = [(one.id, f"{one.id} {one.short or one.title}") for one in self.desk.content.items()]
        kind = (
            Field(key="kind", label="Soort", kind="choice", choices=kinds)
            if kinds
            else Field(key="kind", label="Soort")
        )
        return (
            Field(key="title", label="Naam", required=True),
            kind,
            Field(key="date", label="Datum", kind="date", hint="van wanneer het is"),
            Field(key="link", label="Vindplaats", hint="een adres of een plaats; kwartier opent die niet"),
            Field(
                key="items", label="Over items", kind="choices", choices=items, hint="spatie kiest; een cijfer zoekt"
            ),
            Field(key="note", label="Opmerking", kind="long"),
        )

    def _new(self) -> Form:
        return self.new_row_form("evidence", self._title(), self._fields())
