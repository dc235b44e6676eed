"""What the praktijkleerplek asks per level and what its rules propose: a case for and against each of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Fact, Value
from kwartier.instrument.reading import content_of
from kwartier.instrument.selection import for_parameters, scale_of
from kwartier.records.files import GivenFact
from kwartier.store import toml
from kwartier.workflow.ruling import Known, Proposal, propose

FILE = "plugins/praktijkleerplek/src/kwartier_praktijkleerplek/content.toml"
CONTENT = content_of(toml.parse((Path(__file__).parents[2] / FILE).read_bytes(), FILE), FILE)
LEVELS = (2, 3, 4, 5, 6, 7)
CHOICES = [levels for count in range(1, len(LEVELS) + 1) for levels in combinations(LEVELS, count)]
ASKED = {levels: for_parameters(CONTENT, {"niveau": levels}) for levels in CHOICES}
YES, NO, ON_TERMS = "geschikt", "niet-geschikt", "geschikt-onder-voorwaarden"
BEST = {"aandacht": "ja", "taak": "wel", "kan": "kan"}
GOOD = {
    "setting": "gemeente",
    "recognition": True,
    "supervisor_level": 7,
    "direction_3": True,
    "direction_4": True,
    "improper_use": False,
}
PREFERENCES = ("a3", "supervisor_expert", "direction_2")


def proposed(levels: tuple[int, ...], given: Mapping[str, Any]) -> Proposal:
    """What is proposed where exactly these answers and facts are given."""
    content = ASKED[levels]
    items = {item.id for item in content.items()}
    return propose(
        content,
        content.rule,
        Known(
            answers={id: Answer(value=value) for id, value in given.items() if id in items},
            facts={fact.id: _row(fact, given[fact.id]) for fact in content.fact if fact.id in given},
            parameters={"niveau": levels},
        ),
    )


def _row(fact: Fact, value: Any) -> GivenFact:
    return GivenFact(id=fact.id, unknown=True) if value == "?" else GivenFact(id=fact.id, value=value)


def good(levels: tuple[int, ...], **other: Any) -> dict[str, Any]:
    """A place where everything is as it should be, but for the given answers."""
    best = {item.id: BEST[item.scale] for item in ASKED[levels].items()}
    return {**best, **GOOD, **other}


def every(letter: str, value: str, **but: str) -> dict[str, str]:
    """One answer to all items of a section, but for some."""
    return {**{item.id: value for item in CONTENT.items() if item.id.startswith(letter)}, **but}


# -- what is asked


@pytest.mark.parametrize("levels", CHOICES, ids=str)
def test_every_level_asks_just_its_own(levels: tuple[int, ...]) -> None:
    content = ASKED[levels]
    items = [item.id for item in content.items()]
    assert ("a4" in items) is (levels != (7,))
    assert len(items) == (28 if levels == (7,) else 29)
    asked = {fact.id for fact in content.fact}
    assert {f"direction_{level}" for level in (2, 3, 4) if level in levels} == {
        id for id in asked if id.startswith("direction_")
    }
    assert len(asked) == 8 + sum(level in levels for level in (2, 3, 4))
    assert sum(len(item.parts) for item in content.items()) == 36


# -- what the rules say


class Case(Struct, frozen=True):
    """Answers that make a rule speak, and answers close by for which it does not."""

    rule: str
    proposes: Mapping[str, Any]
    spares: Mapping[str, Any]
    then: str = YES
    "What is proposed where it does not speak."
    levels: tuple[int, ...] = (5,)
    other: tuple[int, ...] = ()
    "The levels with which it does not speak, where they are what makes the difference."


CASES = [
    Case("geen-taak", every("b", "niet"), every("b", "niet", b3="wel")),
    Case("geen-taak", every("b", "niet"), every("b", "niet", b2="misschien"), ON_TERMS),
    Case("geen-competentie", every("c", "niet"), every("c", "niet", c7="gedeeltelijk"), ON_TERMS),
    Case("geen-competentie", every("c", "niet"), every("c", "niet", c1="kan")),
    Case("geen-ruimte", {"a2": "nee", "recognition": False}, {"a2": "nee"}, ON_TERMS),
    Case("geen-ruimte", {"a2": "nee", "recognition": False}, {"a2": "deels", "recognition": False}, ON_TERMS),
    Case("geen-begeleider", {"e1": "nee"}, {"e1": "weet-niet"}, ON_TERMS),
    Case("oneigenlijk-zonder-ruimte", {"a2": "nee", "improper_use": True}, {"a2": "nee"}, ON_TERMS),
    Case(
        "oneigenlijk-zonder-ruimte",
        {"a2": "nee", "improper_use": True},
        {"a2": "deels", "improper_use": True},
        ON_TERMS,
    ),
    Case("oneigenlijk-onbewaakt", {"e6": "nee", "improper_use": True}, {"e6": "deels", "improper_use": True}, ON_TERMS),
    Case("oneigenlijk-onbewaakt", {"e6": "nee", "improper_use": True}, {"e6": "nee"}, ON_TERMS),
    Case("oneigenlijke-inzet", {"improper_use": True}, {"improper_use": False}),
    Case("begeleider-onzeker", {"e1": "deels"}, {"e1": "ja"}),
    Case("begeleider-onzeker", {"e1": "weet-niet"}, {"e1": "nee"}, NO),
    Case("begeleider-lager", {"supervisor_level": 4}, {"supervisor_level": 5}),
    Case("begeleider-lager", {"supervisor_level": 5}, {"supervisor_level": 5}, levels=(2, 6), other=(2, 5)),
    Case("regie-niveau-3", {"direction_3": False}, {"direction_3": False}, levels=(3, 5), other=(2, 4)),
    Case("regie-niveau-3", {"direction_3": False}, {"direction_3": True}, levels=(3,)),
    Case("samen-niveau-4", {"direction_4": False}, {"direction_4": True}, levels=(4,)),
    Case("samen-niveau-4", {"direction_4": False}, {"direction_4": False}, levels=(4, 5), other=(3, 5)),
    Case("samen-niveau-4", {"direction_4": False}, {"direction_4": False, "b2": "niet", "b3": "niet"}, levels=(4,)),
    Case("ruimte-onzeker", {"a2": "nee"}, {"a2": "deels"}),
    Case("ruimte-onzeker", {"a2": "weet-niet"}, {"a2": "ja"}),
    Case("geen-erkenning", {"recognition": False}, {"recognition": True}),
    Case("taak-misschien", {"b3": "misschien"}, {"b3": "niet"}),
    Case("competentie-gedeeltelijk", every("c", "gedeeltelijk"), every("c", "niet", c4="kan")),
    Case("geen-activiteit", every("d", "niet"), every("d", "niet", d6="gedeeltelijk")),
    Case("aandachtspunt-nee", {"a4": "nee"}, {"a3": "nee"}),
    Case("aandachtspunt-nee", {"a4": "nee"}, {"a4": "nee"}, levels=(6, 7), other=(7,)),
    Case("aandachtspunten-deels", {"a1": "deels", "a5": "weet-niet"}, {"a5": "weet-niet"}),
    Case("aandachtspunten-deels", {"a4": "deels", "a5": "deels"}, {"a3": "deels", "a5": "deels"}),
    Case("begeleiding-nee", {"e2": "nee"}, {"e2": "deels"}),
    Case("begeleiding-deels", {"e3": "deels", "e6": "weet-niet"}, {"e3": "deels"}),
    Case("geen-bezwaar", {}, {"b1": "misschien"}, ON_TERMS),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_speaks_where_it_should_and_only_there(case: Case) -> None:
    verdict = next(rule.verdict for rule in CONTENT.rule if rule.id == case.rule)
    found = proposed(case.levels, good(case.levels, **case.proposes))
    assert found.verdict == verdict
    assert case.rule in [rule.id for rule in found.rules]
    levels = case.other or case.levels
    spared = proposed(levels, good(levels, **case.spares))
    assert spared.verdict == case.then
    assert case.rule not in [rule.id for rule in spared.rules]


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in CONTENT.rule}


def test_all_that_a_rule_looks_at_is_there() -> None:
    """A rule that names what does not exist would never speak, and nobody would notice."""
    items = {item.id: item for item in CONTENT.items()}
    facts = {fact.id: fact for fact in CONTENT.fact}
    verdicts = {option.value for scale in CONTENT.scale if scale.id == "oordeel" for option in scale.options}
    for rule in CONTENT.rule:
        assert rule.verdict in verdicts
        for one in rule.when:
            looked_at = [items[id] for id in one.items] or [
                item for section in CONTENT.section if section.id == one.section for item in section.item
            ]
            assert bool(looked_at) is not bool(one.fact), rule.id
            for item in looked_at:
                assert set(one.values) <= {option.value for option in scale_of(CONTENT, item).options}
            if one.fact:
                assert facts[one.fact].required, f"{rule.id} waits for what may be left open"


@pytest.mark.parametrize("levels", [(2,), (3,), (4,), (5,), (6,), (7,), LEVELS], ids=str)
@given(data=st.data())
def test_preferences_and_facts_besides_change_nothing(levels: tuple[int, ...], data: st.DataObject) -> None:
    given_ = data.draw(_answers(ASKED[levels]))
    whole = proposed(levels, given_)
    other = {**given_, **data.draw(_answers(ASKED[levels]))}
    free = {id: other[id] for id in (*PREFERENCES, "own_job", "setting", "students") if id in other}
    again = proposed(levels, {**given_, **free})
    assert again == whole
    left = {id: value for id, value in given_.items() if id not in (*PREFERENCES, "own_job", "setting", "students")}
    assert proposed(levels, left) == whole


@given(st.sets(st.integers(1, 7), min_size=1), st.sets(st.integers(1, 8), min_size=1), st.sets(st.integers(1, 3)))
def test_a_few_of_what_can_be_done_are_enough(skills: set[int], activities: set[int], tasks: set[int]) -> None:
    """One competence and one activity will do, with any task: no rule asks for all of them."""
    given_ = good((5,), **every("c", "niet"), **every("d", "niet"), **every("b", "niet"))
    given_ |= {f"c{n}": "kan" for n in skills} | {f"d{n}": "kan" for n in activities} | {f"b{n}": "wel" for n in tasks}
    assert proposed((5,), given_).verdict == (YES if tasks else NO)


def test_improper_use_stands_in_front_of_the_conditions() -> None:
    worst = good((3,), improper_use=True, b1="misschien", e1="deels", recognition=False, direction_3=False)
    found = proposed((3,), worst)
    assert (found.verdict, found.rules[0].id) == (ON_TERMS, "oneigenlijke-inzet")
    assert len(found.rules) == 5
    assert all(rule.condition for rule in found.rules)


def test_only_a_verdict_on_terms_offers_conditions() -> None:
    for rule in CONTENT.rule:
        assert bool(rule.condition) is (rule.verdict == ON_TERMS), rule.id
        assert rule.reason.endswith(".")


def test_a_level_that_nobody_knows_leaves_it_open() -> None:
    found = proposed((5,), good((5,), supervisor_level="?"))
    assert (found.verdict, found.missing) == (None, ("supervisor_level",))
    assert proposed((5,), good((5,), supervisor_level="?", e1="weet-niet")).verdict == ON_TERMS


# -- whatever is missing


def _answers(content: Content) -> st.SearchStrategy[dict[str, Value]]:
    """Any answer to all that is asked."""
    items = {
        item.id: st.sampled_from([option.value for option in scale_of(content, item).options])
        for item in content.items()
    }
    return st.fixed_dictionaries({**items, **{fact.id: _any(fact) for fact in content.fact}})


def _any(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind == "count":
        return st.integers(fact.minimum or 0, fact.maximum or 99)
    if fact.kind == "yes-no":
        return st.booleans()
    return st.sampled_from(fact.options) if fact.options else st.text(min_size=1)


@given(st.data())
def test_with_any_answers_missing_there_is_a_proposal_or_something_to_ask_and_asking_ends_in_a_verdict(
    data: st.DataObject,
) -> None:
    levels = data.draw(st.sampled_from(CHOICES))
    content = ASKED[levels]
    whole = data.draw(_answers(content))
    here = {id: whole[id] for id in data.draw(st.sets(st.sampled_from(sorted(whole))))}
    unknown = "supervisor_level" in here and data.draw(st.booleans())
    if unknown:
        here["supervisor_level"] = "?"
    for _ in range(len(whole) + 1):
        found = proposed(levels, here)
        if found.verdict is not None:
            break
        assert found.missing
        assert all(id not in here or here[id] == "?" for id in found.missing)
        here |= {id: whole[id] for id in found.missing}
    assert found.verdict in (YES, NO, ON_TERMS)
    assert found.rules and found.missing == ()
    assert found.verdict == proposed(levels, whole).verdict


@pytest.mark.parametrize("levels", CHOICES, ids=str)
def test_nothing_answered_asks_for_the_tasks_first(levels: tuple[int, ...]) -> None:
    assert proposed(levels, {}) == Proposal(verdict=None, missing=("b1", "b2", "b3"))
