"""A greenhouse: the portfolio of a pupil with evidence and private notes, and two masters who judge twice."""

from __future__ import annotations

from datetime import date

from tests.workspace.conftest import ANNA, BOB, Change, Garden

from kwartier.plugins.host import Host
from kwartier.records.tree import Tree
from kwartier.store import disk
from kwartier.workspace import Assessor, Workspace

PUPIL, CODE = "Lotte Lelie", "s1"
SECRET = "Toen mijn vader wegging, bleef ik in de kas"
"""A sentence of the pupil's that nobody else may ever find."""
FILE_ID = "0a1b2c3d4e5f6a7b"
SELF: Tree = {
    "answer": [
        {"item": "1.1", "value": "deels", "note": SECRET},
        {"item": "1.2", "value": "aangetoond", "note": "Elke ochtend om zeven uur.", "readers": ["meester"]},
        {"item": "2.1", "value": "nog-niet"},
    ]
}


def judged(*values: str) -> Tree:
    """A sheet of a master: 1.1, 1.2 and, where it is asked, 2.1."""
    rows = [{"item": item, "value": value} for item, value in zip(("1.1", "1.2", "2.1"), values, strict=False)]
    return {"answer": rows}


class Greenhouse(Garden):
    """A data folder with the instrument of the greenhouse beside it."""

    def host(self, content: Change = lambda text: text, sample: str = "kas") -> Host:
        return super().host(content, sample)

    def begin(self, ws: Workspace, name: str = "De Glazen Stad", niveau: int = 2) -> str:
        """An organisation, a pupil and a portfolio with two masters (a1, a2); its reference."""
        slug = ws.add_organisation(name)
        ws.add_subject(slug, CODE, PUPIL, kind="student")
        return self.portfolio(ws, slug, niveau)

    def portfolio(
        self, ws: Workspace, slug: str, niveau: int = 2, day: date = date(2026, 9, 1), follows: str = ""
    ) -> str:
        """A portfolio of the pupil, perhaps after an earlier one; its reference."""
        return ws.start(
            "kas",
            slug,
            day=day,
            people=(Assessor(ANNA, role="meester"), Assessor(BOB, role="meester")),
            subject=CODE,
            parameters={"niveau": niveau},
            follows=follows,
        )

    def put_file(self, ref: str, name: str, data: bytes) -> None:
        """A file with the first piece of evidence, straight on the disk: in its row, and beside the records."""
        path = self.folder(ref) / "bewijs.toml"
        tree = self.tree(path)
        first, *others = tree["evidence"]
        file = {"id": FILE_ID, "name": name, "size": len(data), "digest": disk.fingerprint(data)}
        self.put(path, {**tree, "evidence": [{**first, "file": file}, *others]})
        home = self.folder(ref.split("/")[0]) / "subjects" / CODE / "evidence"
        home.mkdir()
        (home / FILE_ID).write_bytes(data)
