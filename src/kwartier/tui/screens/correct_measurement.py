"""Corrects the date of a measurement, or which one came before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.workflow.periods import parse_date, short

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.portrait import Portrait
    from kwartier.workspace.summaries import Summary


class CorrectMeasurement(FormDialog[str]):
    """Gives the reference where something was saved; the reference itself stays what it was."""

    OK = "Bewaren"

    def __init__(self, workspace: Workspace, portrait: Portrait, one: Summary) -> None:
        self._workspace, self._one, self._today = workspace, one, portrait.today
        self._follows = "" if one.problem else workspace.see(one.ref).record.envelope.follows
        earlier = [
            (other.ref, short(other.date))
            for other in reversed(portrait.summaries)
            if other.instrument == one.instrument and other.ref != one.ref and not other.problem
        ]
        super().__init__(
            "Datum of vorige meting",
            [
                Field("date", "Datum", f"{one.date.day}-{one.date.month}-{one.date.year}", today=portrait.today),
                Field("follows", "Vorige meting", self._follows, options=(*earlier, ("", "(geen)"))),
            ],
            "De verwijzing naar deze meting verandert niet.",
        )

    async def save(self, values: dict[str, str]) -> str:
        day = parse_date(values["date"], self._today)
        follows = values["follows"]
        self._workspace.correct(
            self._one.ref,
            day=day if day != self._one.date else None,
            follows=follows if follows != self._follows else None,
        )
        self._workspace.note_saved(self._one.ref)
        return self._one.ref
