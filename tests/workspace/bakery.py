"""A bakery instead of a garden: answers without an order, one that needs its reason, parts that may be answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.workspace.conftest import ANNA, BOB, DAY, Change, Garden

from kwartier.plugins.host import Host
from kwartier.records.tree import Tree
from kwartier.workspace import Assessor, Workspace

ASKED = ("1", "2", "3", "4", "5", "6", "7")
"""The items; under 5 and 6 there are parts a, b and c, and a and b."""
FULL: Tree = {
    "answer": [
        {"item": "1", "value": "ja"},
        {"item": "2", "value": "deels"},
        {"item": "3", "missing": "komt hier niet voor"},
        {"item": "4", "value": "misschien", "note": "Alleen op zaterdag."},
        {"item": "5", "value": "kan"},
        {"item": "6", "value": "niet"},
        {"item": "7", "value": "gedeeltelijk"},
    ]
}
"""A sheet with everything that has to be answered."""


def together(text: str) -> str:
    """Each fills in alone, and what they gave is laid side by side."""
    step = '[[step]]\nid = "verslag"'
    later = '[[step]]\nid = "samen"\nform = "consensus"\ntitle = "Samen"\nof = "lijst"\nsettled = true\n\n'
    return text.replace('by = "person"\n', 'by = "each"\nblind = true\n').replace(step, later + step)


class Bakery(Garden):
    """A data folder with the instrument of the bakery beside it; perhaps with a change of its content."""

    def __init__(self, home: Path, packages: Path, change: Change = lambda text: text) -> None:
        super().__init__(home, packages)
        self._change = change

    def host(self, content: Change | None = None, sample: str = "bakkerij") -> Host:
        return super().host(content or self._change, sample)

    def begin(self, ws: Workspace, name: str = "De Korst") -> str:
        slug = ws.add_organisation(name)
        people = (Assessor(ANNA), Assessor(BOB))
        return ws.start("bakkerij", slug, day=DAY, people=people if self._change is together else people[:1])

    def sheet(self, ref: str, person: str = "a1") -> dict[str, Any]:
        """The answers on disk, by item with the part behind it."""
        file = self.folder(ref) / f"lijst.{person}.toml"
        rows = self.tree(file).get("answer", []) if file.exists() else []
        return {
            row["item"] + row.get("part", ""): {key: row[key] for key in row if key not in ("item", "part")}
            for row in rows
        }
