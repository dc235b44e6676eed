"""A garden with the Routebook, in which a verdict is given on a pupil guide: rules, conditions, two signatures."""

from __future__ import annotations

from datetime import date

from tests.workspace.conftest import Change, Garden

from kwartier.plugins.host import Host
from kwartier.records.tree import Tree
from kwartier.workspace import Assessor, Workspace

GIJS, BEA = "Gijs Gids", "Bea Beoordeelt"
DAY = date(2026, 11, 22)
STEP = "oordeel"


class Trail(Garden):
    """A garden in which only the Routebook is installed."""

    def host(self, content: Change = lambda text: text, sample: str = "route") -> Host:
        """A host that knows only the Routebook, perhaps with another content."""
        return super().host(content, sample)

    def begin(self, ws: Workspace, name: str = "Wandelclub De Berg") -> str:
        """An organisation with one pupil guide and who assesses; the reference of the record."""
        slug = ws.add_organisation(name)
        ws.add_subject(slug, "s1")
        people = (Assessor(GIJS, role="leerling"), Assessor(BEA, role="beoordelaar"))
        return ws.start("route", slug, day=DAY, people=people, subject="s1", parameters={"niveau": 2, "fase": "eind"})

    def answered(
        self, ws: Workspace, ref: str, kaart: str = "wel", weer: str = "wel", ehbo: bool | None = True
    ) -> None:
        """What the rules look at: two answers on finding the way, and whether there is a first aid diploma."""
        rows: list[Tree] = [{"item": "1.1", "value": kaart}, {"item": "1.2", "value": weer}]
        rows.append({"item": "2.1", "value": "wel"})
        rows.append({"item": "1.1", "part": "b", "value": "gehaald"})
        noted = [{**row, "note": "Het gaat bijna."} if row["value"] == "misschien" else row for row in rows]
        ws.change(ref, "beoordelen", {"answer": noted}, person=BEA)
        if ehbo is not None:
            ws.change(ref, "start", {"fact": [{"id": "ehbo", "value": ehbo}]})

    def verdict(self, ref: str) -> Tree:
        """What stands in the file of the verdict; empty where there is none."""
        file = self.folder(ref) / f"{STEP}.toml"
        return self.tree(file) if file.exists() else {}
