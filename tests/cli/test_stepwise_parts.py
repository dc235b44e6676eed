"""Line by line: parts that may be answered are asked on request, and a reason with the answer that needs one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.talking import Talking
from tests.workspace.bakery import FULL, Bakery
from tests.workspace.conftest import own_config, packages

__all__ = ["own_config", "packages"]


class Talk(Talking[Bakery]):
    """A sheet on which lines are typed."""

    def __call__(self, *lines: str) -> str:
        """Types these lines as the first master baker; gives all that was said."""
        return self.typed("lijst", *lines, who="a1")

    def give(self, *items: str) -> None:
        with self.garden.open() as ws:
            rows = [row for row in FULL["answer"] if row["item"] in items]
            ws.change(self.ref, "lijst", {"answer": rows}, person="a1")

    def sheet(self) -> dict[str, dict[str, str]]:
        return self.garden.sheet(self.ref)


@pytest.fixture
def talk(tmp_path: Path, packages: Path) -> Talk:
    return Talk(Bakery(tmp_path, packages))


def test_parts_are_told_and_not_asked(talk: Talk) -> None:
    talk.give("1", "2", "3", "4")
    said = talk("kan", "", "niet", "", "gedeeltelijk", "")
    assert "3 handgrepen, geen beantwoord. Typ onderdelen om ze langs te lopen; het mag." in said
    assert "Weegt af" not in said and "Spuit room" not in said
    assert "Alle 7 zijn ingevuld." in said
    assert {key for key in talk.sheet() if key > "4"} == {"5", "6", "7"}


def test_they_are_asked_on_request_and_left_away_again(talk: Talk) -> None:
    talk.give("1", "2", "3", "4")
    said = talk("kan", "terug", "onderdelen", "gedeeltelijk", "", "", "niet", "", "", "")
    assert "Item 5, deel a, mag open blijven. Weegt af" in said
    assert "Item 5, deel b, mag open blijven. Laat rijzen" in said
    assert talk.sheet()["5a"] == {"value": "gedeeltelijk"}
    assert talk.sheet()["5c"] == {"value": "niet"} and "5b" not in talk.sheet()
    assert "5 van 7 ingevuld. Daarbij 2 handgrepen. Open: item 6, 7." in said
    later = talk("item 5", "onderdelen", "onderdelen", "deel b", "kan", "ongedaan", "stop")
    assert "Ze blijven weg; wat beantwoord is, blijft staan." in later
    assert "Teruggenomen: item 5 deel b, score." in later
    assert set(talk.sheet()) == {"1", "2", "3", "4", "5", "5a", "5c"}


def test_an_answered_part_is_asked_with_the_item_and_read_out(talk: Talk) -> None:
    with talk.garden.open() as ws:
        ws.change(talk.ref, "lijst", FULL, person="a1")
        ws.change(talk.ref, "lijst", {"answer": [{"item": "6", "part": "b", "value": "kan"}]}, person="a1")
    said = talk("item 6", "", "", "leeg")
    assert "Item 6, deel b, mag open blijven. Schrijft een naam" in said
    assert "6b" not in talk.sheet()
    with talk.garden.open() as ws:
        ws.change(talk.ref, "lijst", {"answer": [{"item": "6", "part": "a", "value": "niet"}]}, person="a1")
        ws.seal(talk.ref, "a1")
    assert "Item 6 deel a, Taart versieren: kan niet." in talk("lees")


def test_an_answer_that_needs_a_reason_asks_it(talk: Talk) -> None:
    said = talk("item 3", "misschien", "met een trapje", "stop")
    assert "hoort een opmerking" in said
    assert talk.sheet() == {"3": {"value": "misschien", "note": "met een trapje"}}
