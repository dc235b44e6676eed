"""What is read beside an item while it is judged: what was answered before, and which evidence is about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import CODE, SECRET, Greenhouse, judged

from kwartier.instrument.model import ScoreStep
from kwartier.instrument.selection import item, step
from kwartier.workflow.beside import size_words
from kwartier.workflow.texts import read_while_scoring

__all__ = ["own_config", "packages"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (999_400, "1 MB"), (3_400_000, "3,4 MB"), (2_000_000, "2 MB")],
)
def test_a_size_is_said_as_people_do(size: int, words: str) -> None:
    assert size_words(size) == words


def test_what_was_agreed_before_stands_there_once_it_is_revealed(tmp_path: Path, packages: Path) -> None:
    def showing(text: str) -> str:
        shown = 'title = "Aan het eind"\nshows = ["halverwege-samen"]\nby'
        return text.replace('title = "Aan het eind"\nby', shown)

    kas = Greenhouse(tmp_path, packages)
    with kas.open(kas.host(showing)) as ws:
        ref = kas.begin(ws)

        def told(viewer: str) -> list[list[tuple[str, str]]]:
            seen = ws.see(ref, viewer=viewer)
            scored = step(seen.content, "eind")
            assert isinstance(scored, ScoreStep)
            ids = ("1.1", "1.2")
            return [read_while_scoring(seen.record, seen.content, scored, item(seen.content, n)) for n in ids]

        ws.change(ref, "halverwege", judged("deels", "aangetoond", "nog-niet"), person="a1")
        ws.change(ref, "halverwege", judged("deels", "deels", "nog-niet"), person="a2")
        ws.seal(ref, "a1", step="halverwege")
        assert [told(who) for who in ("a1", "a2", CODE)] == [[[], []]] * 3
        ws.seal(ref, "a2", step="halverwege")
        assert told("a1") == [[], []], "nothing was agreed yet"
        ws.change(ref, "halverwege-samen", {"answer": [{"item": "1.1", "value": "deels", "note": "Bijna."}]})
        assert told("a1") == told(CODE) == [[("Halverwege, samen", "deels. Bijna.")], []]


def test_only_what_the_viewer_may_read_stands_beside_an_item(tmp_path: Path, packages: Path) -> None:
    def showing(text: str) -> str:
        return text.replace('title = "Aan het eind"\nby', 'title = "Aan het eind"\nshows = ["zelf", "bewijs"]\nby')

    kas = Greenhouse(tmp_path, packages)
    with kas.open(kas.host(showing)) as ws:
        ref = kas.begin(ws)
        answers = [
            {"item": "1.1", "value": "deels", "note": SECRET},
            {"item": "2.1", "missing": "eerder beoordeeld"},
            {"item": "2.1", "part": "b", "value": "aangetoond", "note": "In mei.", "readers": ["meester"]},
        ]
        ws.change(ref, "zelf", {"answer": answers}, person=CODE)
        rows = [
            {"id": "b1", "title": "Brief", "items": ["1.1"]},
            {"id": "b2", "title": "Logboek", "kind": "verslag", "items": ["1.1"], "readers": ["meester"]},
        ]
        ws.change(ref, "bewijs", {"evidence": rows}, person=CODE)
        seen = ws.see(ref, viewer="a1")
        scored = step(seen.content, "eind")
        assert isinstance(scored, ScoreStep)
        told = [
            dict(read_while_scoring(seen.record, seen.content, scored, item(seen.content, n))) for n in ("1.1", "2.1")
        ]
        assert told[0] == {"Zelf kijken": "deels", "bewijzen": "1  Logboek (verslag)"}
        assert told[1]["Zelf kijken"] == "niet te beoordelen: eerder beoordeeld\nDe buurt: aangetoond. In mei."
        assert told[1]["bewijzen"] == "niets bij dit item"
        own = ws.see(ref, viewer=CODE)
        mine = dict(read_while_scoring(own.record, own.content, scored, item(own.content, "1.1")))
        assert SECRET in mine["Zelf kijken"] and "Brief;\n2  Logboek" in mine["bewijzen"]
