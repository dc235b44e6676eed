"""What the start screen shows while there is no organisation yet: what can be done, and where the data stand."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from kwartier.tui.safe import parts, shown


class Welcome(VerticalScroll):
    """What can be done first, by key and by mouse."""

    def __init__(self, folder: Path) -> None:
        super().__init__(id="welcome", can_focus=False)
        self._folder = folder

    def compose(self) -> ComposeResult:
        yield Static("Er zijn nog geen organisaties.", classes="title")
        yield Static(
            "Een meting hoort bij een organisatie. Begin daarmee, of kijk eerst rond in verzonnen gegevens. Oude "
            "uitslagen in een rekenblad neemt u over met i. Een praktijkleerplek beoordelen? Met b maakt u organisatie "
            "en de plek erbij."
        )
        yield Button("Nieuwe organisatie (n)", id="welcome-new", variant="primary", action="screen.new_organisation")
        yield Button("Rondkijken in de demo (d)", id="welcome-demo", action="screen.demo")
        yield Button("Een portfolio openen dat u kreeg (t)", id="welcome-portfolio", action="screen.take_portfolio")
        yield Static(
            parts(
                ("Waar uw gegevens staan", "bold"),
                "\n",
                shown(str(self._folder)),
                "\nEen andere map kiest u bij Instellingen (ctrl+p), of met ",
                ("kwartier --data MAP", "bold"),
                ".",
            ),
            classes="where",
        )

    def focus_first(self) -> None:
        """What most people want first; nothing where the screen is being left already."""
        for button in self.query("#welcome-new"):
            button.focus()
