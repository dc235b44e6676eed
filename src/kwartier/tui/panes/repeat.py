"""The work of a step of the form repeat: when it is done again."""

from __future__ import annotations

from textual.content import Content

from kwartier.instrument.model import RepeatStep
from kwartier.records.files import RepeatFile
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.due import repeat_between
from kwartier.workflow.periods import with_weekday

PLANNED = Field(key="planned", label="Geplande dag", kind="date")
NOTE = Field(key="note", label="Opmerking", kind="long")


class RepeatPane(RowsPane):
    """The planned day, beside the days that the instrument proposes, and a note."""

    def told(self) -> list[Part | Content]:
        assert isinstance(self.step, RepeatStep)
        first, last = repeat_between(self.step, self.desk.record.envelope.date)
        word = self.desk.seen.header.word.one
        if first == last:
            return [f"De volgende {word} hoort rond {with_weekday(first)}.\n"]
        return [f"De volgende {word} hoort tussen {with_weekday(first)} en {with_weekday(last)}.\n"]

    def lines(self) -> list[Line]:
        file = self.desk.record.read(self.step.id, RepeatFile)
        day = parts(with_weekday(file.planned), (self._outside(file), "$text-muted")) if file.planned else "nog niet"
        note = file.note or "geen"
        return [
            Line(
                id="planned",
                text=parts(("Gepland op  ", "bold"), day),
                opens=self._form,
                removes=Edit(given={"planned": ""}, name="geplande dag weghalen") if file.planned else None,
            ),
            Line(
                id="note",
                text=parts(("Opmerking   ", "bold"), note),
                opens=self._form,
                removes=Edit(given={"note": ""}, name="opmerking weghalen") if file.note else None,
            ),
        ]

    def _outside(self, file: RepeatFile) -> str:
        """Whether the planned day is not what is proposed, in words."""
        assert isinstance(self.step, RepeatStep)
        first, last = repeat_between(self.step, self.desk.record.envelope.date)
        if file.planned is None or first == last or first <= file.planned <= last:
            return ""
        return " · eerder dan voorgesteld" if file.planned < first else " · later dan voorgesteld"

    def _form(self) -> Form:
        return self.step_form("Herhaling", (PLANNED, NOTE))
