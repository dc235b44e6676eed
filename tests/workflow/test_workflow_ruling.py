"""Rules that propose a verdict: three values, counts, ranges, parameters; and that what was decided stays decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import Answer
from kwartier.instrument.conversion import convert
from kwartier.instrument.model import Condition, Content, Rule, Value
from kwartier.records.files import GivenFact
from kwartier.workflow.ruling import Known, Proposal, judged, propose

CONTENT = convert(
    tomli.loads("""
parameter = [{ id = "maat", title = "Maat?", values = [1, 2, 3], several = true }]
scale = [{ id = "kan", kind = "nominal", options = [{ value = "ja" }, { value = "deels" }, { value = "nee" }] }]
fact = [
  { id = "bron", title = "Is er water?", kind = "yes-no" },
  { id = "grond", title = "Welke grond?", kind = "choice", options = ["klei", "zand"] },
  { id = "hulp", title = "Welke hulp?", kind = "choices", options = ["buur", "vriend"] },
  { id = "bedden", title = "Hoeveel bedden?", kind = "number", estimate = true },
]
[[section]]
id = "A"
title = "Water"
item = [
  { id = "a1", title = "Kraan", statement = "Er is een kraan.", scale = "kan" },
  { id = "a2", title = "Ton", statement = "Er is een ton.", scale = "kan" },
  { id = "a3", title = "Sloot", statement = "Er is een sloot.", scale = "kan" },
]
[[section]]
id = "B"
title = "Zon"
item = [{ id = "b1", title = "Zon", statement = "Er is zon.", scale = "kan" }]
"""),
    Content,
)
ITEMS = ("a1", "a2", "a3", "b1")


def known(
    answers: Mapping[str, Value] | None = None,
    facts: Mapping[str, Any] | None = None,
    maat: Value | tuple[Value, ...] = 2,
) -> Known:
    """Facts are a value, or the fields of a row that says it otherwise."""
    rows = {
        id: GivenFact(id=id, **(given if isinstance(given, dict) else {"value": given}))
        for id, given in (facts or {}).items()
    }
    return Known(
        answers={item: Answer(value=value) for item, value in (answers or {}).items()},
        facts=rows,
        parameters={"maat": maat},
    )


def holds(one: Condition, what: Known) -> bool | None:
    return judged(CONTENT, rule("x", one), what)[0]


def rule(verdict: str, *when: Condition, id: str = "") -> Rule:
    return Rule(id=id or f"regel-{verdict}", verdict=verdict, when=when, reason="Daarom.")


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({}, None),
        ({"a1": "ja"}, None),
        ({"a1": "ja", "a2": "ja"}, True),
        ({"a1": "ja", "b1": "ja"}, None),
        ({"a1": "nee", "a2": "deels"}, False),
        ({"a1": "nee", "a2": "ja"}, None),
        ({"a1": "nee", "a2": "ja", "a3": "ja"}, True),
    ],
)
def test_at_least_is_decided_as_soon_as_no_answer_can_change_it(answers: dict[str, Value], wanted: bool | None) -> None:
    assert holds(Condition(section="A", values=("ja",), at_least=2), known(answers)) is wanted


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({}, None),
        ({"a1": "deels"}, False),
        ({"a1": "nee", "a2": "nee"}, None),
        ({"a1": "nee", "a2": "nee", "a3": "nee"}, True),
        ({"a1": "nee", "a2": "nee", "a3": "ja"}, False),
    ],
)
def test_at_most_none_needs_every_answer_and_fails_on_one(answers: dict[str, Value], wanted: bool | None) -> None:
    assert holds(Condition(section="A", values=("ja", "deels"), at_most=0), known(answers)) is wanted


def test_both_ends_hold_together() -> None:
    one = Condition(items=("a1", "a2", "a3"), values=("ja",), at_least=1, at_most=2)
    assert holds(one, known({"a1": "ja", "a2": "nee"})) is True
    assert holds(one, known({"a1": "ja", "a2": "ja"})) is None
    assert holds(one, known(dict.fromkeys(ITEMS, "ja"))) is False


def test_items_of_several_sections_count_together() -> None:
    one = Condition(items=("a3", "b1"), values=("ja",), at_least=2)
    assert holds(one, known({"a3": "ja", "b1": "ja"})) is True
    assert judged(CONTENT, rule("x", one), known({"b1": "ja"})) == (None, ("a3",))


def test_what_is_not_asked_does_not_count() -> None:
    one = Condition(items=("a1", "weg"), values=("nee",), at_least=2)
    assert judged(CONTENT, rule("x", one), known()) == (False, ())
    assert holds(Condition(fact="weg", values=("ja",)), known(facts={"weg": True})) is False


def test_an_answer_that_is_there_with_a_reason_for_none_is_not_waited_for() -> None:
    what = Known(answers={"a1": Answer(missing="niet gezien")}, facts={}, parameters={})
    assert holds(Condition(items=("a1",), values=("ja",), at_least=1), what) is False


@pytest.mark.parametrize(
    ("fact", "given", "values", "wanted"),
    [
        ("bron", True, ("ja",), True),
        ("bron", True, ("nee",), False),
        ("bron", False, ("nee",), True),
        ("bron", False, ("ja",), False),
        ("grond", "klei", ("klei", "leem"), True),
        ("grond", "zand", ("klei",), False),
        ("hulp", ["buur", "vriend"], ("vriend",), True),
        ("hulp", ["buur"], ("vriend",), False),
        ("bedden", 1, (1,), True),
        ("bedden", {"unknown": True}, (1,), None),
    ],
)
def test_a_fact_is_one_of_the_values(fact: str, given: Any, values: tuple[Value, ...], wanted: bool | None) -> None:
    one = Condition(fact=fact, values=values)
    assert holds(one, known(facts={fact: given})) is wanted
    assert judged(CONTENT, rule("x", one), known()) == (None, (fact,))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (2.5, True),
        (7, True),
        (2.4, False),
        (8, False),
        ({"low": 3, "high": 5}, True),
        ({"low": 1, "high": 5}, None),
        ({"low": 1, "high": 2}, False),
        ({"low": 8}, False),
        ({"low": 3}, None),
        ({"high": 2}, False),
        ({"unknown": True}, None),
    ],
)
def test_a_number_lies_between_both_ends_as_far_as_it_is_known(given: Any, wanted: bool | None) -> None:
    assert holds(Condition(fact="bedden", least="2.5", most="7"), known(facts={"bedden": given})) is wanted


@pytest.mark.parametrize(
    ("given", "maat", "wanted"),
    [
        (1, 2, True),
        (2, 2, False),
        (2, (1, 3), True),
        (3, (1, 3), False),
        ({"high": 2}, (1, 3), True),
        ({"low": 1, "high": 3}, 3, None),
        ({"low": 3}, 3, False),
    ],
)
def test_a_number_is_held_against_the_highest_value_of_a_parameter(given: Any, maat: Any, wanted: bool | None) -> None:
    assert holds(Condition(fact="bedden", below_parameter="maat"), known(facts={"bedden": given}, maat=maat)) is wanted


def test_a_parameter_has_one_of_the_values() -> None:
    one = Condition(parameter="maat", values=(2, 3))
    assert holds(one, known(maat=3)) is True
    assert holds(one, known(maat=(1, 2))) is True
    assert holds(one, known(maat=1)) is False


def test_one_condition_that_fails_makes_the_rule_false_whatever_is_missing() -> None:
    both = rule("x", Condition(section="A", values=("ja",), at_least=1), Condition(fact="bron", values=("ja",)))
    assert judged(CONTENT, both, known(facts={"bron": False})) == (False, ())
    assert judged(CONTENT, both, known(facts={"bron": True})) == (None, ("a1", "a2", "a3"))
    assert judged(CONTENT, both, known()) == (None, ("a1", "a2", "a3", "bron"))
    assert judged(CONTENT, both, known({"a2": "ja"}, {"bron": True})) == (True, ())


DRY = rule("nee", Condition(section="A", values=("ja", "deels"), at_most=0), id="droog")
SAND = rule("nee", Condition(fact="grond", values=("zand",)), id="zand")
DARK = rule("later", Condition(items=("b1",), values=("nee",), at_least=1), id="donker")
REST = rule("ja", id="rest")
GARDEN = (DRY, DARK, SAND, REST)


def test_the_first_rule_that_is_not_false_speaks() -> None:
    assert propose(CONTENT, GARDEN, known()) == Proposal(verdict=None, missing=("a1", "a2", "a3"))
    assert propose(CONTENT, GARDEN, known({"a1": "ja"})) == Proposal(verdict=None, missing=("b1",))
    found = propose(CONTENT, GARDEN, known({"a1": "ja", "b1": "nee"}))
    assert found == Proposal(verdict="later", rules=(DARK,))
    assert propose(CONTENT, GARDEN, known({"a1": "ja", "b1": "ja"}, {"grond": "klei"})).rules == (REST,)


def test_later_rules_with_the_same_verdict_give_their_reasons_too() -> None:
    dry = {"a1": "nee", "a2": "nee", "a3": "nee"}
    assert propose(CONTENT, GARDEN, known(dry, {"grond": "zand"})).rules == (DRY, SAND)
    assert propose(CONTENT, GARDEN, known(dry)).rules == (DRY,)


def test_what_is_left_over_is_no_reason_beside_another() -> None:
    rules = (DARK, rule("later", id="rest"))
    assert propose(CONTENT, rules, known({"b1": "nee"})).rules == (DARK,)


def test_without_a_rule_that_holds_nothing_is_proposed_and_nothing_missing() -> None:
    assert propose(CONTENT, (DARK,), known({"b1": "ja"})) == Proposal(verdict=None)
    assert propose(CONTENT, (), known()) == Proposal(verdict=None)


VALUES = st.lists(st.sampled_from(["ja", "deels", "nee"]), min_size=1, max_size=3, unique=True).map(tuple)
COUNTS = st.builds(
    lambda section, items, values, least, most: Condition(
        section=section, items=items, values=values, at_least=least, at_most=most
    ),
    st.sampled_from(["", "A", "B"]),
    st.lists(st.sampled_from([*ITEMS, "weg"]), max_size=3, unique=True).map(tuple),
    VALUES,
    st.none() | st.integers(0, 4),
    st.none() | st.integers(0, 4),
)
FACTS = st.sampled_from(
    [
        Condition(fact="bron", values=("ja",)),
        Condition(fact="bron", values=("nee",)),
        Condition(fact="grond", values=("klei",)),
        Condition(fact="hulp", values=("buur",)),
        Condition(fact="bedden", least="2"),
        Condition(fact="bedden", least="2", most="3.5"),
        Condition(fact="bedden", below_parameter="maat"),
        Condition(fact="weg", values=("ja",)),
        Condition(parameter="maat", values=(2,)),
    ]
)
RULES = st.lists(
    st.builds(
        lambda verdict, when, n: rule(verdict, *when, id=f"r{n}"),
        st.sampled_from(["nee", "later", "ja"]),
        st.lists(COUNTS | FACTS, max_size=3),
        st.integers(0, 99),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(ITEMS, st.sampled_from(["ja", "deels", "nee"])))
GIVEN = st.fixed_dictionaries(
    {
        "bron": st.booleans(),
        "grond": st.sampled_from(["klei", "zand"]),
        "hulp": st.lists(st.sampled_from(["buur", "vriend"]), min_size=1, unique=True),
        "bedden": st.integers(0, 5),
    }
)
MAAT = st.sampled_from([1, 2, 3, (1, 2), (1, 3)])
THINGS = (*ITEMS, "bron", "grond", "hulp", "bedden")
LEFT = st.sets(st.sampled_from(THINGS))


def without(left: set[str], answers: dict[str, Value], facts: dict[str, Any], maat: Any, wide: int = -1) -> Known:
    """What is known where these things are not answered yet, and the number of beds only to within so many."""
    facts = {id: value for id, value in facts.items() if id not in left}
    if wide >= 0 and "bedden" in facts:
        facts["bedden"] = {"low": facts["bedden"] - wide, "high": facts["bedden"] + wide}
    return known({item: value for item, value in answers.items() if item not in left}, facts, maat)


@given(RULES, ANSWERS, GIVEN, MAAT, LEFT, st.integers(-1, 2))
def test_what_is_proposed_stands_whatever_is_filled_in_later(
    rules: list[Rule], answers: dict[str, Value], facts: dict[str, Any], maat: Any, left: set[str], wide: int
) -> None:
    """Every answer that was open may come, and a range may become a number: verdict and reasons stay."""
    early = propose(CONTENT, rules, without(left, answers, facts, maat, wide))
    late = propose(CONTENT, rules, without(set(), answers, facts, maat))
    if early.verdict is not None:
        assert late.verdict == early.verdict
        assert set(early.rules) <= set(late.rules) and early.rules[0] == late.rules[0]


@given(RULES, ANSWERS, GIVEN, MAAT, LEFT)
def test_what_is_missing_was_never_answered_and_without_it_all_is_said(
    rules: list[Rule], answers: dict[str, Value], facts: dict[str, Any], maat: Any, left: set[str]
) -> None:
    found = propose(CONTENT, rules, without(left, answers, facts, maat))
    assert set(found.missing) <= left
    assert not (found.missing and (found.verdict is not None or found.rules))
    if not left:
        assert found.missing == ()


@given(RULES, ANSWERS, GIVEN, MAAT)
def test_with_every_answer_it_is_the_first_rule_of_which_all_conditions_hold(
    rules: list[Rule], answers: dict[str, Value], facts: dict[str, Any], maat: Any
) -> None:
    chosen = [maat] if isinstance(maat, int) else list(maat)

    def plain(one: Condition) -> bool:
        if one.parameter:
            return any(value in one.values for value in chosen)
        if one.fact == "weg":
            return False
        if one.fact == "bedden":
            low, high = float(one.least or 0), float(one.most or 99)
            return low <= facts["bedden"] <= high and (not one.below_parameter or facts["bedden"] < max(chosen))
        if one.fact:
            said = {True: "ja", False: "nee"}.get(facts["bron"]) if one.fact == "bron" else facts[one.fact]
            return bool({*(said if isinstance(said, list) else [said])} & {*one.values})
        asked = [id for id in ITEMS if id in one.items or (one.section and id.startswith(one.section.lower()))]
        count = sum(answers[id] in one.values for id in asked)
        least, most = one.at_least, one.at_most
        return (least is None or count >= least) and (most is None or count <= most)

    first = next((one for one in rules if all(plain(each) for each in one.when)), None)
    found = propose(CONTENT, rules, known(answers, facts, maat))
    assert found.verdict == (first.verdict if first else None)
    assert found.rules[:1] == ((first,) if first else ())
