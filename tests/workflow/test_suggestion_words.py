"""What facts suggest, in words; and nothing of facts that are not asked."""

from __future__ import annotations

import msgspec
from tests.unit.test_instrument_lookups import text

from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import for_parameters
from kwartier.records.files import GivenFact
from kwartier.workflow.suggesting import Suggestion, suggestions
from kwartier.workflow.suggestion_words import differs, suggested_words, suggestion_line

GIVEN = {"bomen": GivenFact(id="bomen", value=12), "oppervlak": GivenFact(id="oppervlak", value=600)}


def test_one_two_and_more_answers_are_said() -> None:
    said = [
        suggested_words(Suggestion("1", values, "Daarom.")) for values in ((3,), (3, 4), (2, 3, 4), ("wel", "deels"))
    ]
    assert said == ["3", "3 of 4", "2, 3 of 4", "wel of deels"]
    assert suggestion_line(Suggestion("1", (3,), "ongeveer 3 bomen.")) == "Voorstel uit de feiten: 3. Ongeveer 3 bomen."


def test_only_an_answer_that_was_given_differs() -> None:
    one = Suggestion("1", (3, 4), "Daarom.")
    assert [differs(one, value) for value in (None, 3, 4, 5)] == [False, False, False, True]


def test_facts_and_items_that_are_not_asked_suggest_nothing() -> None:
    content = read_content(text().encode(), "content.toml")
    assert [one.item for one in suggestions(content, GIVEN)] == ["1", "3"]
    parameter = 'schema = 1\n[[parameter]]\nid = "fase"\ntitle = "Fase"\nvalues = [1, 2]\n'
    later = text(("schema = 1\n", parameter), ('id = "oppervlak"\n', 'id = "oppervlak"\nwhen = { fase = [2] }\n'))
    whole = read_content(later.encode(), "content.toml")
    assert [one.item for one in suggestions(for_parameters(whole, {"fase": 2}), GIVEN)] == ["1", "3"]
    assert suggestions(for_parameters(whole, {"fase": 1}), GIVEN) == []
    assert suggestions(_without_items(content), GIVEN) == []


def _without_items(content: Content) -> Content:
    return msgspec.structs.replace(content, section=())
