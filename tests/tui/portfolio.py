"""What the tests of a portfolio on the screen share: a greenhouse whose masters see beside an item what is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker
from tests.workspace.conftest import Change
from tests.workspace.kas import SECRET, Greenhouse

from kwartier.plugins.host import Host
from kwartier.workspace import Workspace

HOSTILE = "[/b][@click=app.quit]x[/][red] $primary"
"""Would act as markup where it is not shown as text."""
SHOWS = 'shows = ["zelf", "bewijs", "reacties"]\n'


def showing(text: str) -> str:
    """The content in which the masters see, while they judge, what the pupil says and has."""
    for title in ("Halverwege", "Aan het eind"):
        start = f'title = "{title}"\nby = "each"\n'
        assert start in text
        text = text.replace(start, start + SHOWS)
    return text


class Kas(Greenhouse):
    """The greenhouse with that content."""

    def host(self, content: Change = showing, sample: str = "kas") -> Host:
        return super().host(content, sample)

    def filled(self, ws: Workspace) -> str:
        """A portfolio with three pieces of evidence, of which the masters read two, and a self-assessment."""
        ref = self.begin(ws)
        rows = [
            {
                "id": "b1",
                "title": f"Logboek {HOSTILE}",
                "kind": "verslag",
                "date": date(2026, 10, 2),
                "items": ["1.1", "1.2"],
                "topics": ["vorst-2020"],
                "note": "Elke week bijgehouden.",
                "readers": ["meester"],
            },
            {"id": "b2", "title": "Brief van mijn moeder", "items": ["1.1"], "note": SECRET},
            {"id": "b3", "title": "Gesprek met Ans", "items": ["2.1"], "readers": ["everyone"]},
        ]
        ws.change(ref, "bewijs", {"evidence": rows}, person="s1")
        file = self.home / "plan van de kas.pdf"
        file.write_bytes(b"%PDF-1.4 " + b"plan " * 800)
        ws.attach(ref, "bewijs", "b1", file, "s1")
        answers = [
            {"item": "1.1", "value": "deels", "note": SECRET},
            {"item": "1.2", "value": "aangetoond", "note": "Elke ochtend om zeven uur.", "readers": ["meester"]},
        ]
        ws.change(ref, "zelf", {"answer": answers}, person="s1")
        return ref


@pytest.fixture
def kas(tmp_path: Path, packages: Path) -> Kijker:
    """The app on an empty greenhouse."""
    return Kijker(Kas(tmp_path, packages))


def greenhouse(kas: Kijker) -> Kas:
    """The greenhouse that the app is on."""
    assert isinstance(kas.garden, Kas)
    return kas.garden
