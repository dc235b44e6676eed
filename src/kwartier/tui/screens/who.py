"""Asks who is at the keyboard. No password: it is an agreement between colleagues, and the screen says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.tui.screens.dialogs import Choose

if TYPE_CHECKING:
    from kwartier.workspace.desk import Desk

NOBODY = "niemand in het bijzonder (alleen wat iedereen mag zien)"


class WhoScreen(Choose):
    """Gives the code of the person, an empty text for nobody in particular, None where it was closed."""

    def __init__(self, desk: Desk) -> None:
        people = [(one.id, f"{desk.name(one.id)} ({one.id})") for one in desk.people()]
        super().__init__(
            "Wie zit er achter het toetsenbord?",
            [*people, ("", NOBODY)],
            "Van wat een ander apart doet, ziet u alleen hoe ver het is. Er wordt geen wachtwoord gevraagd: dit is een "
            "afspraak onder collega's.",
        )
