"""Asking why a measurement departs from what its instrument means."""

from __future__ import annotations

from functools import partial

from kwartier.reports.phrases import with_names
from kwartier.tui.panes.base import Pane
from kwartier.tui.screens.dialogs import Ask
from kwartier.workflow.findings import Finding

NO_EDIT = ""
"""Of which step edits are to be forgotten by `Desk.act`: of none, as nothing of a step changes."""


def message(pane: Pane, finding: Finding) -> str:
    """What stands out, with the names of the people in it."""
    return with_names(finding.message, {one.id: pane.desk.name(one.id) for one in pane.desk.record.envelope.person})


def ask_reason(pane: Pane, finding: Finding) -> None:
    """Asks the reason of something that stands out; it goes into the report."""

    async def give(reason: str) -> None:
        workspace = await pane.kwartier.workspace()
        pane.measurement.keeper.collect()
        pane.desk.act(partial(workspace.give_reason, pane.desk.ref, finding.id, reason), NO_EDIT)
        pane.kwartier.tell("De reden is bewaard en komt in het verslag.")
        pane.measurement.given()

    def answered(reason: str | None) -> None:
        if reason:
            pane.measurement.call_later(partial(give, reason))  # in a handler of the screen a refusal is a message

    text = f"{message(pane, finding)}\nDe reden komt in het verslag."
    pane.app.push_screen(Ask("Reden", text, value=finding.reason, lines=True), answered)
