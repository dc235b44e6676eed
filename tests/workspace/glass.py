"""The greenhouse with a programme beside it: an example that its package brings, and a file of a school's own."""

from __future__ import annotations

from pathlib import Path

from tests.workspace.conftest import Change
from tests.workspace.kas import Greenhouse

from kwartier.plugins.host import Host

EXAMPLE = """schema = 1
id = "glas"
instrument = "kas"
title = "De Glasschool"
when = { niveau = [2, 3] }
outcome = [{ id = "b1", title = "Zorgt" }, { id = "b2", title = "Kijkt vooruit" }]
module = [{ id = "m1", title = "Eerste", ec = 15 }, { id = "m2", title = "Tweede", ec = 10 }]
"""
OWN_SCALE = """scale = "stand"
option = [{ value = "op-weg", title = "op weg", key = "o" }, { value = "er", key = "e" }]
"""


class Glasshouse(Greenhouse):
    """A data folder with the instrument, whose package brings one example."""

    def host(self, content: Change = lambda text: text, sample: str = "kas") -> Host:
        found = super().host(lambda text: "# Met een opleiding ernaast.\n" + content(text), sample)
        for listing in found.listings():
            examples = Path(listing.folder or "") / "programmes"
            examples.mkdir(exist_ok=True)
            (examples / "glas.toml").write_text(EXAMPLE, "utf-8")
        return found

    def file(self, text: str, name: str = "eigen.toml") -> Path:
        """A file of the school's own, outside the data folder."""
        path = self.home / name
        path.write_text(text, "utf-8")
        return path
