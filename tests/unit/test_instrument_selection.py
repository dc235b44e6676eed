"""What is asked with which parameters, and finding things in a content by their id."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Misused
from kwartier.instrument.conditions import choices_of, implies, together
from kwartier.instrument.model import Content, Parameter, Value, When
from kwartier.instrument.reading import read_content
from kwartier.instrument.selection import (
    check_parameters,
    fact,
    for_parameters,
    form_of,
    holds,
    item,
    option,
    part,
    role,
    scale,
    scale_of,
    section_of,
    step,
)

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"


def content(name: str) -> Content:
    return read_content((SAMPLES / name / "content.toml").read_bytes(), f"{name}/content.toml")


ROUTE = content("route")
TUIN = content("tuin")


def test_an_item_has_the_text_of_its_level() -> None:
    for level, words in ((2, "met hulp"), (3, "alleen"), (4, "alleen"), (7, "Tekent zelf")):
        chosen = item(for_parameters(ROUTE, {"niveau": level, "fase": "begin"}), "1.1")
        assert words in chosen.statement
        assert not chosen.texts
        assert len(chosen.anchors) == (3 if level == 7 else 0)


def test_what_does_not_hold_is_left_out() -> None:
    low = for_parameters(ROUTE, {"niveau": 2, "fase": "begin"})
    assert [section.id for section in low.section] == ["1", "2"]
    assert [each.id for each in item(low, "1.1").parts] == ["a", "b"]
    assert [each.id for each in low.step] == ["start", "zelf", "tussentijds", "beoordelen", "oordeel", "afspraken"]
    high = for_parameters(ROUTE, {"niveau": 7, "fase": "eind"})
    assert [each.id for each in high.items()] == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    assert [each.id for each in item(high, "1.1").parts] == ["a", "b", "c"]
    assert [each.id for each in high.step][-1] == "slot"


def test_an_item_without_a_text_for_the_level_is_not_asked() -> None:
    text = (SAMPLES / "route" / "content.toml").read_text(encoding="utf-8")
    line = '    { when = { niveau = [2] }, statement = "Vindt met hulp de weg op een kaart." },\n'
    assert line in text
    without = read_content(text.replace(line, "").encode(), "content.toml")
    asked = for_parameters(without, {"niveau": 2, "fase": "begin"})
    assert [each.id for each in asked.items()] == ["1.2", "2.1"]


def test_a_text_without_anchors_keeps_those_of_the_item() -> None:
    text = (SAMPLES / "route" / "content.toml").read_text(encoding="utf-8")
    text = text.replace('blok 1"\nscale = "kan"\ntexts', 'blok 1"\nscale = "kan"\nanchors = ["x", "y", "z"]\ntexts')
    asked = for_parameters(read_content(text.encode(), "c"), {"niveau": 2, "fase": "begin"})
    assert item(asked, "1.1").anchors == ("x", "y", "z")


@pytest.mark.parametrize("fase", ["begin", "eind"])
@pytest.mark.parametrize("niveau", [2, 3, 4, 5, 6, 7])
def test_what_is_chosen_is_settled(niveau: int, fase: str) -> None:
    chosen = for_parameters(ROUTE, {"niveau": niveau, "fase": fase})
    assert for_parameters(chosen, {}) == chosen
    assert all(section.item for section in chosen.section)


def test_without_parameters_all_is_asked() -> None:
    assert for_parameters(TUIN, {}) == TUIN


def test_parameters_are_given_as_values_or_as_text_in_any_order() -> None:
    chosen = check_parameters(ROUTE, {"fase": "eind", "niveau": " 4"})
    assert chosen == {"niveau": 4, "fase": "eind"}
    assert list(chosen) == ["niveau", "fase"]
    assert check_parameters(TUIN, {}) == {}


def test_all_that_is_wrong_with_parameters_is_said_at_once() -> None:
    with pytest.raises(Misused) as caught:
        check_parameters(ROUTE, {"niveou": 4, "fase": "midden"})
    message = caught.value.message
    assert '"niveou" is geen parameter' in message
    assert 'Bedoelde u "niveau"?' in message
    assert "niveau (Opleidingsniveau) ontbreekt; kies 2, 3, 4, 5, 6 of 7." in message
    assert 'fase (Fase) kan niet "midden" zijn; kies "begin" of "eind".' in message


@pytest.mark.parametrize("value", [True, 4.0, None, 8, "", "04"])
def test_a_value_that_is_not_among_the_choices_is_refused(value: object) -> None:
    with pytest.raises(Misused, match="niveau"):
        check_parameters(ROUTE, {"niveau": value, "fase": "eind"})


def test_things_are_found_by_id() -> None:
    assert item(TUIN, "3").short == "Samen"
    assert section_of(TUIN, "3").id == "B"
    assert step(TUIN, "scoren").title == "Zelf scoren"
    assert role(TUIN, "buur").many == "buren"
    assert fact(TUIN, "bedden").maximum == 500
    assert scale(TUIN, "staat").kind == "ordinal"
    kaart = item(ROUTE, "1.1")
    assert scale_of(ROUTE, kaart).id == "kan"
    assert scale_of(ROUTE, kaart, part(kaart, "a")).id == "kan"
    assert scale_of(ROUTE, kaart, part(kaart, "b")).id == "doel"
    assert option(scale(TUIN, "staat"), "4").title == "vol"
    assert option(scale(ROUTE, "kan"), "wel").key == "w"


def test_the_form_of_a_step_is_what_its_file_says() -> None:
    assert [form_of(each) for each in TUIN.step] == [
        *("checklist", "people", "facts", "evidence", "interview", "notes", "score"),
        *("consensus", "conclusions", "report", "actions", "reviews", "repeat"),
    ]


def test_what_is_not_there_is_refused_with_what_was_meant() -> None:
    for find, id, code, words in (
        (step, "scooren", "unknown-step", 'Bedoelde u "scoren"?'),
        (item, "9", "unknown-item", 'Kies "1", "2", "3", "4" of "5".'),
        (section_of, "9", "unknown-item", '"9" is geen item'),
        (role, "buurman", "unknown-role", "buurman"),
        (fact, "bed", "unknown-fact", "geen gegeven"),
        (scale, "x", "unknown-scale", '"staat"'),
    ):
        with pytest.raises(Misused, match="geen") as caught:
            find(TUIN, id)
        assert caught.value.code == code
        assert words in f"{caught.value.message} {caught.value.advice}"
    for value in ("6", 0, True):
        with pytest.raises(Misused, match="geen antwoord") as caught:
            option(scale(TUIN, "staat"), value)
        assert caught.value.advice == "Kies 1, 2, 3, 4 of 5."


PARAMETERS = (
    Parameter(id="a", title="A", values=(1, 2, 3)),
    Parameter(id="b", title="B", values=("x", "y")),
)
CHOICES = choices_of(PARAMETERS)
EVERY: list[dict[str, Value]] = [{"a": a, "b": b} for a, b in product(*CHOICES.values())]
WHENS: st.SearchStrategy[When] = st.fixed_dictionaries(
    {}, optional={"a": st.lists(st.sampled_from([1, 2, 3])), "b": st.lists(st.sampled_from(["x", "y"]))}
)


@given(st.lists(WHENS, max_size=4))
def test_whether_conditions_can_hold_together_is_what_trying_every_choice_says(whens: list[When]) -> None:
    assert together(CHOICES, whens) == any(all(holds(when, each) for when in whens) for each in EVERY)


@given(WHENS, WHENS)
def test_one_condition_that_can_hold_brings_another_along_as_trying_every_choice_says(when: When, other: When) -> None:
    if together(CHOICES, [when]):
        assert implies(CHOICES, when, other) == all(holds(other, each) for each in EVERY if holds(when, each))


def test_a_parameter_that_is_not_set_never_holds() -> None:
    assert holds({}, {})
    assert not holds({"niveau": [2]}, {})
