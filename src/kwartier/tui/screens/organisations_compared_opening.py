"""Opens the comparison of organisations, and asks on which instrument where there is more than one to compare on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from kwartier.reports.phrases import counted
from kwartier.tui.screens.dialogs import Choose
from kwartier.tui.screens.organisations_compared import OrganisationsComparedScreen
from kwartier.workspace.comparing import Chosen

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace.compared_instruments import Offered

NOTHING = "Er zijn nog geen volledige metingen van organisaties om te vergelijken."


async def open_organisations_compared(app: KwartierApp, own: str = "") -> None:
    """Opens it on the one instrument there is, or the one that is picked; `own` is the slug of one's organisation."""
    workspace = await app.workspace()

    def picked(instrument: str, short: str) -> None:
        app.push_screen(OrganisationsComparedScreen(workspace, Chosen(instrument=instrument, own=own), short))

    found = await asyncio.to_thread(workspace.instruments_to_compare, own)
    if not found:
        app.tell(NOTHING)
    elif len(found) == 1:
        picked(found[0].id, found[0].short)
    else:
        _ask(app, found, picked)


async def ask_instrument(app: KwartierApp, own: str, picked: Callable[[str, str], None]) -> None:
    """Asks on which instrument; `picked` gets its id and what it is called."""
    workspace = await app.workspace()
    found = await asyncio.to_thread(workspace.instruments_to_compare, own)
    if found:
        _ask(app, found, picked)
    else:
        app.tell(NOTHING)


def _ask(app: KwartierApp, found: list[Offered], picked: Callable[[str, str], None]) -> None:
    shorts = {one.id: one.short for one in found}

    def answered(instrument: str | None) -> None:
        if instrument is not None:
            picked(instrument, shorts[instrument])

    options = [
        (one.id, f"{one.short}  ({counted(one.organisations, 'organisatie', 'organisaties')} met een meting)")
        for one in found
    ]
    app.push_screen(Choose("Vergelijken op welk instrument?", options), answered)
