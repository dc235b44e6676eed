"""Line by line: facts that may be estimates, and scores that they suggest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.talking import Talking
from tests.workspace.conftest import own_config, packages
from tests.workspace.garden_facts import Orchard

from kwartier.cli.stepwise.conversation import Conversation
from kwartier.cli.stepwise.suggested import taking
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import Option, Scale
from kwartier.workflow.suggesting import Suggestion

__all__ = ["own_config", "packages"]


class Talk(Talking[Orchard]):
    """A measurement in which facts are given and scored."""

    def __call__(self, step: str, *lines: str, who: str | None = None) -> str:
        return self.typed(step, *lines, who=who)

    def rows(self, file: str, array: str, key: str) -> dict[str, Any]:
        """What stands in a file, by the key of its rows."""
        path = self.garden.folder(self.ref) / f"{file}.toml"
        rows = self.garden.tree(path).get(array, []) if path.exists() else []
        return {row[key]: {name: value for name, value in row.items() if name != key} for row in rows}

    def facts(self) -> dict[str, Any]:
        """The facts on disk."""
        return self.rows("gegevens", "fact", "id")

    def scores(self) -> dict[str, Any]:
        """The first auditor's answers on disk."""
        return self.rows("scoren.a1", "answer", "item")


@pytest.fixture
def talk(tmp_path: Path, packages: Path) -> Talk:
    return Talk(Orchard(tmp_path, packages))


def test_an_estimate_is_typed_and_said_back_as_it_was_understood(talk: Talk) -> None:
    said = talk("gegevens", "", "", "20-25", "de helft is jong", "minimaal 3")
    assert "Struiken tellen niet mee." in said
    assert "Begrepen als 20 tot en met 25 bomen." in said
    assert talk.facts() == {
        "bomen": {"low": 20, "high": 25, "note": "de helft is jong"},
        "dood": {"low": 3},
    }
    again = talk("gegevens", "", "", "ongeveer 30")
    assert "Nu: 20 tot en met 25 bomen." in again
    assert talk.facts()["bomen"] == {"value": 30, "approximate": True, "note": "de helft is jong"}


def test_an_estimate_is_emptied_and_taken_back(talk: Talk) -> None:
    talk("gegevens", "", "", "20-25")
    assert talk.facts()["bomen"] == {"low": 20, "high": 25}
    talk("gegevens", "", "", "leeg")
    assert "bomen" not in talk.facts()
    talk("gegevens", "", "", "?", "ongedaan")
    assert "bomen" not in talk.facts()


def test_what_does_not_fit_is_refused_with_the_reason(talk: Talk) -> None:
    said = talk("gegevens", "", "", "veel", "-1", "nan", "10", "", "12-15")
    assert "'veel' is geen heel getal." in said
    assert "ten minste 0" in said
    assert "'nan' is geen heel getal." in said
    assert "(12) kan niet meer zijn dan" in said
    assert talk.facts() == {"bomen": {"value": 10}}


def test_a_suggestion_is_said_and_taken_over_by_a_letter(talk: Talk) -> None:
    talk("gegevens", "", "", "12")
    said = talk("scoren", "v", "vanwege de bomen", "stop", who="a1")
    assert "Voorstel uit de feiten: 3. 12 bomen" in said
    assert talk.scores() == {"1": {"value": 3, "note": "vanwege de bomen"}}
    assert talk("scoren", "item 1", "?", who="a1").casefold().count("v: neem het voorstel") == 1


def test_of_two_suggested_scores_one_is_asked(talk: Talk) -> None:
    talk("gegevens", "", "", "20")
    said = talk("scoren", "v", "5", "4", who="a1")
    assert "Voorgesteld: 3 of 4. Welke wordt het?" in said
    assert "'5' is niet voorgesteld." in said
    assert talk.scores() == {"1": {"value": 4}}
    talk("scoren", "item 1", "v", "", who="a1")
    assert talk.scores() == {"1": {"value": 4}}
    talk("scoren", "item 1", "v", "3", "ongedaan", who="a1")
    assert talk.scores() == {"1": {"value": 4}}


def test_nothing_is_suggested_where_nothing_is_known(talk: Talk) -> None:
    said = talk("scoren", "v", who="a1")
    assert "Voorstel" not in said
    assert "'v' is hier geen antwoord." in said
    assert talk.scores() == {}


@pytest.mark.parametrize(("key", "letter"), [("3", True), ("v", False)])
def test_where_the_letter_is_an_answer_itself_only_the_word_takes_it_over(talk: Talk, key: str, letter: bool) -> None:
    scale = Scale(id="s", kind="ordinal", options=(Option(value=3, key=key),))
    with talk.garden.open() as ws:
        work = Work(ws, talk.ref, Conversation(lambda prompt: "", lambda said: None))
        (command,) = taking(work, scale, Suggestion("1", (3,), "Daarom."), lambda typed: f"gaf {typed}")
    assert (command.match("v") is not None) is letter
    match = command.match("voorstel")
    assert match is not None and command.does(match) == "gaf 3"
