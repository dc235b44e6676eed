"""Rules that propose a verdict, and the step they propose to: what cannot be is said with its place, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.checking import check_content
from kwartier.instrument.conditions import together
from kwartier.instrument.conversion import convert
from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content

ROUTE = Path(__file__).parents[1] / "samples" / "instruments" / "route" / "content.toml"
TREE = tomli.loads(ROUTE.read_text(encoding="utf-8"))


def flaws(tree: dict[str, Any]) -> list[str]:
    """What is wrong with a content, each with its place."""
    return [f"{'.'.join(map(str, one.path))}: {one.found}" for one in check_content(convert(tree, Content))]


def changed(**top: Any) -> dict[str, Any]:
    """The Routebook with other tables."""
    return {**TREE, **top}


def verdict(**keys: Any) -> dict[str, Any]:
    """The Routebook with another verdict step."""
    steps = [{**one, **keys} if one["form"] == "verdict" else one for one in TREE["step"]]
    return changed(step=steps)


def when(*conditions: dict[str, Any], **rule: Any) -> dict[str, Any]:
    """The Routebook with one rule with these conditions, and the one that always holds."""
    own = {"id": "x", "verdict": "nog-niet", "reason": "Daarom.", "when": list(conditions), **rule}
    facts = [*TREE["fact"], {"id": "tochten", "title": "Tochten", "kind": "count", "minimum": 0, "maximum": 50}]
    first = TREE["step"][0]
    steps = [{**first, "facts": [*first["facts"], "tochten"]}, *TREE["step"][1:]]
    return changed(rule=[own, TREE["rule"][-1]], fact=facts, step=steps)


def test_the_sample_is_right() -> None:
    assert flaws(TREE) == []
    assert flaws(when({"section": "1", "values": ["wel"], "at_least": 1, "at_most": 1})) == []
    assert flaws(when({"fact": "tochten", "least": "3", "most": "10.5"})) == []
    assert flaws(when({"fact": "tochten", "below_parameter": "niveau"})) == []
    assert flaws(when({"fact": "streken", "values": ["bos"]}, {"parameter": "niveau", "values": [2, 3]})) == []


@pytest.mark.parametrize(
    ("keys", "flaw"),
    [
        ({"scale": "oordelen"}, '.scale: "oordelen"'),
        ({"of": "slot"}, '.of: "slot"'),
        ({"of": "start"}, '.of: "start"'),
        ({"conditional": ["goed"]}, '.conditional.0: "goed"'),
        ({"conditional": ["voorlopig", "voorlopig"]}, '.conditional.1: nog een keer "voorlopig"'),
        ({"signed_by": ["buur"]}, '.signed_by.0: "buur"'),
        ({"signed_by": ["leerling", "leerling"]}, '.signed_by.1: nog een keer "leerling"'),
        ({"label": " "}, ".label: een lege tekst"),
    ],
)
def test_a_verdict_step_points_at_what_is_there(keys: dict[str, Any], flaw: str) -> None:
    place = next(n for n, one in enumerate(TREE["step"]) if one["form"] == "verdict")
    assert any(one.startswith(f"step.{place}{flaw}") for one in flaws(verdict(**keys))), flaws(verdict(**keys))


def test_a_verdict_stands_on_a_nominal_scale() -> None:
    scales = [{**one, "kind": "ordinal"} if one["id"] == "oordeel" else one for one in TREE["scale"]]
    assert any("waarvan kind" in one for one in flaws(changed(scale=scales)))


@pytest.mark.parametrize(
    ("condition", "flaw"),
    [
        ({}, "niets waar de voorwaarde over gaat"),
        ({"fact": "ehbo", "parameter": "niveau", "values": ["ja"]}, "fact en parameter in een voorwaarde"),
        ({"section": "1", "fact": "ehbo", "values": ["ja"]}, "items en fact in een voorwaarde"),
        ({"section": "9", "values": ["wel"], "at_least": 1}, '.section: "9"'),
        ({"items": ["1.1", "9"], "values": ["wel"], "at_least": 1}, '.items.1: "9"'),
        ({"items": ["1.1", "1.1"], "values": ["wel"], "at_least": 1}, '.items.1: nog een keer "1.1"'),
        ({"section": "1", "values": ["ja"], "at_least": 1}, '.values.0: "ja"'),
        ({"section": "1", "at_least": 1}, ".values: een lege rij"),
        ({"section": "1", "values": ["wel"]}, "geen aantal"),
        ({"section": "1", "values": ["wel"], "at_least": 0}, ".at_least: 0"),
        ({"section": "1", "values": ["wel"], "at_least": 3}, ".at_least: 3"),
        ({"section": "1", "values": ["wel"], "at_most": 2}, ".at_most: 2"),
        ({"section": "1", "values": ["wel"], "at_most": -1}, ".at_most: -1"),
        ({"section": "1", "values": ["wel"], "at_least": 2, "at_most": 1}, ".at_most: 1"),
        ({"section": "1", "values": ["wel"], "at_least": 1, "least": "1"}, '.least: "1"'),
        ({"fact": "diploma", "values": ["ja"]}, '.fact: "diploma"'),
        ({"fact": "ehbo", "values": [True]}, ""),
        ({"fact": "ehbo", "values": ["true"]}, '.values.0: "true"'),
        ({"fact": "seizoen", "values": ["moesson"]}, '.values.0: "moesson"'),
        ({"fact": "opmerking", "values": ["x"]}, ".values: antwoorden, terwijl kind"),
        ({"fact": "ehbo"}, "niets wat het feit moet zijn"),
        ({"fact": "ehbo", "least": "1"}, ".least: een grens, terwijl kind"),
        ({"fact": "tochten", "values": ["1"], "least": "1"}, ".values: antwoorden naast least"),
        ({"fact": "tochten", "least": "5", "most": "4"}, ".most: 4"),
        ({"fact": "tochten", "least": "51"}, ".least: 51"),
        ({"fact": "tochten", "most": "-1"}, ".most: -1"),
        ({"fact": "tochten", "below_parameter": "fase"}, '.below_parameter: "fase", met waarden'),
        ({"fact": "tochten", "below_parameter": "jaar"}, '.below_parameter: "jaar"'),
        ({"fact": "tochten", "least": "1", "at_least": 1}, ".at_least: 1"),
        ({"parameter": "jaar", "values": [1]}, '.parameter: "jaar"'),
        ({"parameter": "niveau"}, ".values: een lege rij"),
        ({"parameter": "niveau", "values": [2, 8]}, ".values.1: 8"),
        ({"parameter": "niveau", "values": ["2"]}, '.values.0: "2"'),
    ],
)
def test_a_condition_that_cannot_be_is_told_with_its_place(condition: dict[str, Any], flaw: str) -> None:
    if not flaw:
        with pytest.raises(Exception, match="values"):
            flaws(when(condition))
        return
    found = flaws(when(condition))
    assert any(one.startswith("rule.0.when.0") and flaw in one for one in found), found


def test_rules_stand_once_on_the_scale_of_a_verdict_and_the_last_may_always_hold() -> None:
    rules = TREE["rule"]
    assert any('rule.4.id: nog een keer "klaar"' in one for one in flaws(changed(rule=[*rules, rules[3]])))
    assert any(one.startswith('rule.0.verdict: "wel"') for one in flaws(when(verdict="wel")))
    assert any('rule.4: een regel na "klaar"' in one for one in flaws(changed(rule=[*rules, {**rules[0], "id": "y"}])))
    without = [one for one in TREE["step"] if one["form"] != "verdict"]
    assert [one.split(":")[0] for one in flaws(changed(step=without))] == ["rule.0", "rule.1", "rule.2", "rule.3"]
    alone = [{key: value for key, value in one.items() if key != "of"} for one in TREE["step"]]
    assert [one.split(":")[0] for one in flaws(changed(step=alone))] == ["rule.0.when.0", "rule.2.when.0"]


def test_a_parameter_of_several_values_is_no_row_of_moments() -> None:
    both = [{**one, "several": True, "moments": True} for one in TREE["parameter"][1:]]
    assert any(one.startswith("parameter.1.several") for one in flaws(changed(parameter=[TREE["parameter"][0], *both])))


def test_two_texts_for_values_that_may_be_chosen_together_are_a_flaw() -> None:
    several = [{**TREE["parameter"][0], "several": True}, *TREE["parameter"][1:]]
    found = flaws(changed(parameter=several))
    assert [one.split(":")[0] for one in found] == [f"section.0.item.0.texts.{n}.when" for n in (1, 2, 2)]


def test_a_fact_is_asked_for_values_that_exist() -> None:
    facts = [{**TREE["fact"][0], "when": {"niveau": [9]}}, *TREE["fact"][1:]]
    assert any(one.startswith("fact.0.when.niveau") for one in flaws(changed(fact=facts)))


def test_a_flaw_in_a_rule_is_told_with_its_line() -> None:
    text = ROUTE.read_text(encoding="utf-8").replace('verdict = "nog-niet"', 'verdict = "nooit"')
    line = text[: text.index('verdict = "nooit"')].count("\n") + 1
    with pytest.raises(Exception, match="nooit") as caught:
        read_content(text.encode(), "content.toml")
    assert f":{line}" in str(caught.value.place)  # type: ignore[attr-defined]


CHOICES = {"a": (1, 2, 3), "b": (1, 2)}
WHEN = st.dictionaries(st.sampled_from(["a", "b"]), st.lists(st.sampled_from([1, 2]), min_size=1, unique=True))


@given(one=WHEN, other=WHEN)
def test_what_can_hold_together_with_one_value_can_with_several(one: Any, other: Any) -> None:
    assert together(CHOICES, [one, other], {"a", "b"})
    if together(CHOICES, [one, other]):
        assert together(CHOICES, [one, other], {"a"})
