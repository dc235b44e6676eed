"""What a sheet asks in a box before an answer is given: why there is none, and the remark that has to be with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.errors import Refused
from kwartier.instrument.model import Option
from kwartier.tui.panes.score_rows import Line
from kwartier.tui.screens.dialogs import Ask, Choose

if TYPE_CHECKING:
    from kwartier.tui.panes.score import ScorePane


def ask_missing(pane: ScorePane, line: Line) -> None:
    """Asks why there is no answer here. Raises `Refused` where there has to be one."""
    scale = line.scale
    if not scale.missing:
        raise Refused(
            "must-answer",
            f"Bij {line.name} hoort altijd een antwoord; '{scale.missing_title}' bestaat hier niet.",
            advice="Twijfelt u, kies dan wat het meest past en zet de twijfel in een opmerking (o).",
        )

    def chosen(reason: str | None) -> None:
        if reason:
            pane.score(line, {"missing": reason}, f"{scale.missing_title} bij {line.name}")

    title = f"{line.name}: {scale.missing_title}"
    pane.app.push_screen(Choose(title, [(one, one) for one in scale.missing], "Waarom?"), chosen)


def ask_note(pane: ScorePane, line: Line, option: Option) -> None:
    """Asks the remark without which this answer is not given."""

    def written(note: str | None) -> None:
        if note is not None and note.strip():
            pane.score(line, {"value": option.value, "note": note}, f"score bij {line.name}")

    title = f"{line.name}: {option.title or option.value}"
    text = "Bij dit antwoord hoort een opmerking. Esc: toch niet."
    pane.app.push_screen(Ask(title, text, lines=True), written)
