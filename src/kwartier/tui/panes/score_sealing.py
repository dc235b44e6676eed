"""Sealing one's own sheet, and opening it again: the questions before it, and what is said after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.tui.panes import score_texts as texts
from kwartier.tui.screens.dialogs import Ask, Confirm

if TYPE_CHECKING:
    from kwartier.tui.panes.score import ScorePane


async def ask_to_seal(pane: ScorePane) -> None:
    """Seals the sheet of who is at the keyboard, once that person says that it is meant."""
    desk, measurement = pane.desk, pane.measurement
    workspace = await pane.kwartier.workspace()
    ref, code, step = desk.ref, desk.viewer or "", pane.step.id
    reveals = workspace.would_reveal(ref, code, step=step)

    async def answered(yes: bool | None) -> None:
        if yes:
            alone = len(desk.people(pane.score_step.role)) == 1
            told = "Uw scoreblad is verzegeld."
            if reveals:
                told += " Uw scores zijn de definitieve." if alone else " De scores liggen nu naast elkaar."
            await measurement.do(lambda: workspace.seal(ref, code, step=step), told=told)

    text = texts.before_sealing(desk, pane.score_step, reveals=reveals)
    await pane.app.push_screen(Confirm("Scoreblad verzegelen?", text, yes="Verzegelen", no="Nog niet"), answered)


async def ask_to_reopen(pane: ScorePane) -> None:
    """Opens a sealed sheet again, with a reason; the sealed version is kept."""
    desk, measurement = pane.desk, pane.measurement
    workspace = await pane.kwartier.workspace()
    ref, code, step = desk.ref, desk.viewer or "", pane.step.id

    async def answered(reason: str | None) -> None:
        if reason:
            await measurement.do(
                lambda: workspace.reopen(ref, code, reason=reason, step=step),
                told="Uw scoreblad is weer open; de verzegelde versie blijft bewaard.",
            )

    text = "Waarom? De reden en de verzegelde versie blijven bewaard."
    await pane.app.push_screen(Ask("Scoreblad heropenen", text, ok="Heropenen"), answered)
