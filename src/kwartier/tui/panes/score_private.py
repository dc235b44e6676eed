"""The remark on a sheet that somebody keeps to oneself: who reads it, and choosing that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.errors import Refused
from kwartier.instrument.model import ScoreStep
from kwartier.records.files import AnswerRow
from kwartier.tui.panes.evidence_readers import ask_readers
from kwartier.tui.panes.evidence_texts import readers_words
from kwartier.tui.panes.score_rows import Line
from kwartier.workflow.people import sheet_read_by
from kwartier.workspace.desk import Desk

if TYPE_CHECKING:
    from kwartier.tui.panes.score import ScorePane

MINE = "Mijn opmerking"


def keeps_private(desk: Desk, step: ScoreStep) -> bool:
    """Whether who sits here chooses who reads the remarks of this sheet."""
    return step.private and step.id not in desk.record.withheld


def remark_title(desk: Desk, step: ScoreStep, row: AnswerRow | None) -> str:
    """What a remark is called: whose it is, and who reads it where that is chosen."""
    whose = sheet_read_by(desk.record, step, desk.viewer or "")
    if whose != (desk.viewer or ""):
        return f"Opmerking van {desk.name(whose)}"
    if not keeps_private(desk, step):
        return MINE
    return f"{MINE} (dit lezen: {readers_words(desk, row.readers if row else ())})"


def ask_who_reads(pane: ScorePane, line: Line) -> None:
    """Asks who reads the remark on a line. Raises `Refused` where there is none."""
    row = pane.answers.get(line.key)
    if row is None or not row.note:
        raise Refused(
            "no-remark", "Hier staat nog geen opmerking.", advice="Schrijf haar eerst (o); dan kiest u wie haar leest."
        )

    def chosen(readers: list[str] | None) -> None:
        if readers is not None:
            pane.answer(line, {"readers": readers or ""}, f"wie de opmerking bij {line.name} leest")

    ask_readers(pane, pane.score_step, f"Wie leest de opmerking bij {line.name}?", row.readers, chosen)
