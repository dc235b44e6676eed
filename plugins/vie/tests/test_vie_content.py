"""The texts of the VIE: complete, of the published structure, and each different from the others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from kwartier.api import API, Content, Header, Item
from kwartier.testing import loose_texts

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_vie"
SECTIONS = {"A": ("1", "2"), "B": ("3",), "C": ("4", "5"), "D": ("6",), "E": ("7", "8"), "F": ("9", "10")}
NUMBERS = [str(number) for number in range(1, 11)]
STEPS = ["bronnen", "feiten", "doelen", "toelichtingen", "scoren", "vaststellen", "verslag", "herhalen"]
FORMS = ["evidence", "facts", "notes", "notes", "score", "consensus", "report", "repeat"]
SUGGESTING = {
    "1a": "fte_ed",
    "3a": "ed_policy",
    "4a": "ed_recovery_coach",
    "5a": "ed_group_leader",
    "7a": "support_criteria",
}
SIZES = {
    "Klein": ("1-2", "3-4", "5-6", "meer dan 6"),
    "middelgroot": ("1-3", "4-5", "6-8", "meer dan 8"),
    "groot": ("1-4", "5-6", "7-10", "meer dan 10"),
}
SHORT = 28
"Columns that a short title may take in a list."


def parsed(name: str) -> dict[str, Any]:
    return tomli.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content() -> Content:
    return msgspec.convert(parsed("content.toml"), Content)


@pytest.fixture(scope="module")
def scored(content: Content) -> list[Item]:
    return [item for item in content.items() if item.id.endswith("a")]


@pytest.fixture(scope="module")
def goals(content: Content) -> list[Item]:
    return [item for item in content.items() if item.id.endswith("b")]


@pytest.fixture(scope="module")
def steps() -> dict[str, dict[str, Any]]:
    return {step["id"]: step for step in parsed("content.toml")["step"]}


def test_header_names_the_publication_and_the_successor() -> None:
    header = msgspec.convert(parsed("instrument.toml"), Header)
    assert (header.id, header.api, header.short, header.edition) == ("vie", API, "VIE", "2012")
    assert (header.subject, header.successor) == ("organisation", "mie")
    assert (header.word.one, header.word.many) == ("meting", "metingen")
    assert (header.publication.year, len(header.publication.authors)) == (2012, 5)
    assert "978-90-5253-735-1" in header.publication.number


def test_six_parts_hold_ten_items_each_followed_by_its_goal(content: Content) -> None:
    found = {section.id: [item.id for item in section.item] for section in content.section}
    assert found == {id: [f"{number}{letter}" for number in own for letter in "ab"] for id, own in SECTIONS.items()}


def test_items_are_scored_on_five_anchors_in_every_measurement(content: Content, scored: list[Item]) -> None:
    scale = next(scale for scale in content.scale if scale.id == "implementatie")
    assert scale.kind == "ordinal"
    assert [(option.value, option.key) for option in scale.options] == [(n, str(n)) for n in range(1, 6)]
    assert [item.id for item in scored] == [f"{number}a" for number in NUMBERS]
    for item in scored:
        assert (item.scale, len(item.anchors), item.when, item.beside) == ("implementatie", 5, {}, ""), item.id


def test_goals_are_asked_at_the_second_measurement_only(content: Content, goals: list[Item]) -> None:
    (parameter,) = content.parameter
    assert (parameter.id, parameter.values, parameter.moments) == ("meting", (1, 2), True)
    assert [item.id for item in goals] == [f"{number}b" for number in NUMBERS]
    for item in goals:
        assert (item.scale, item.when) == ("doel", {"meting": [2]}), item.id
        assert item.beside == item.id.replace("b", "a")


def test_goals_have_four_answers_without_order(content: Content) -> None:
    scale = next(scale for scale in content.scale if scale.id == "doel")
    assert scale.kind == "nominal"
    assert [(option.value, option.key) for option in scale.options] == [("A", "a"), ("B", "b"), ("C", "c"), ("D", "d")]
    assert scale.options[0].title == "geen doelen gesteld"
    assert len({option.title for option in scale.options}) == 4


def test_a_score_that_was_not_given_has_a_word_of_its_own(content: Content) -> None:
    """Results that are taken over may lack a score; it is never 0, 1 or A."""
    assert all("niet vastgelegd" in scale.missing for scale in content.scale)


@pytest.mark.parametrize("item", ["4a", "5a"])
def test_numbers_by_size_stand_in_the_anchors(scored: list[Item], item: str) -> None:
    found = next(one for one in scored if one.id == item)
    assert "3000" in found.statement and "10.000" in found.statement
    for score in range(2, 6):
        wanted = ", ".join(f"{size}: {numbers[score - 2]}" for size, numbers in SIZES.items())
        assert found.anchors[score - 1].endswith(f" {wanted}."), score


def test_thresholds_of_the_publication_stand_in_the_texts(scored: list[Item]) -> None:
    by_id = {item.id: item for item in scored}
    assert "36 uur per week" in by_id["1a"].statement
    fte = (
        "0 fte",
        "meer dan 0 en hoogstens 2",
        "meer dan 2 en hoogstens 5",
        "meer dan 5 en hoogstens 10",
        "meer dan 10",
    )
    for wanted, anchor in zip(fte, by_id["1a"].anchors, strict=True):
        assert f"{wanted} " in anchor.replace(".", " "), anchor
    assert "minimaal eens per 6 weken" in by_id["6a"].anchors[2]
    assert "minimaal eens per 6 weken" in by_id["7a"].statement
    assert all(f"({number})" in by_id["7a"].statement for number in range(1, 6))
    assert "één of twee gesprekken" in by_id["8a"].anchors[1]


def test_short_titles_fit_a_list_and_differ(content: Content) -> None:
    shorts = [item.short for item in content.items()] + [section.short for section in content.section]
    assert all(0 < len(short) <= SHORT for short in shorts)
    assert len(set(shorts)) == len(shorts)


def test_every_item_says_where_it_comes_from(content: Content) -> None:
    for item in content.items():
        assert item.source == f"VIE 2012, bijlage 1, item {item.id}"


def test_no_statement_or_anchor_occurs_twice(content: Content) -> None:
    said = Counter(text.casefold() for item in content.items() for text in (item.statement, *item.anchors))
    assert len(said) == 20 + 50
    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("name", ["instrument.toml", "content.toml", "crosswalk.toml"])
def test_no_text_is_empty_or_badly_joined(name: str) -> None:
    """A line joined without its space, or with two, is easily overlooked in a file of multi-line strings."""
    assert list(loose_texts(parsed(name))) == []


def test_sentences_end(scored: list[Item], goals: list[Item]) -> None:
    assert all(text.endswith(".") for item in scored for text in (item.statement, *item.anchors))
    assert all(item.statement.endswith("?") for item in goals)


def test_steps_stand_in_the_order_of_the_work(steps: dict[str, dict[str, Any]]) -> None:
    assert list(steps) == STEPS
    assert [step["form"] for step in steps.values()] == FORMS
    assert all(step["guidance"] for step in steps.values())
    assert {id for id, step in steps.items() if step.get("settled")} == set(STEPS[:6])


def test_one_assessor_scores_what_was_explained_with_the_goals_beside_it(
    content: Content, steps: dict[str, dict[str, Any]]
) -> None:
    (role,) = content.role
    assert (role.id, role.kind, role.norm) == ("beoordelaar", "assessor", 1)
    score = steps["scoren"]
    assert (score["by"], score["role"], score.get("blind", False)) == ("person", "beoordelaar", False)
    assert (score["scored_on"], score["shows"]) == ("toelichtingen", ["doelen"])


def test_goals_are_written_per_scored_item_and_taken_along(steps: dict[str, dict[str, Any]]) -> None:
    assert steps["doelen"]["carry"] is True
    assert steps["doelen"]["scales"] == steps["toelichtingen"]["scales"] == ["implementatie"]
    assert not steps["toelichtingen"].get("carry")


def test_only_the_first_measurement_asks_for_another_one(steps: dict[str, dict[str, Any]]) -> None:
    """The results of 2012 are an end: otherwise every one of them would be years overdue on the agenda."""
    assert (steps["herhalen"]["when"], steps["herhalen"]["after"]) == ({"meting": [1]}, ["P1Y"])
    assert all("when" not in step for id, step in steps.items() if id != "herhalen")


def test_every_fact_is_asked_and_explained(content: Content, steps: dict[str, dict[str, Any]]) -> None:
    assert [fact.id for fact in content.fact] == steps["feiten"]["facts"]
    assert all(fact.short and fact.help for fact in content.fact)
    numbers = [fact for fact in content.fact if fact.kind in ("number", "count")]
    assert len(numbers) == 9
    assert all(fact.estimate and fact.minimum == 0 for fact in numbers)
    assert {fact.id: fact.at_most for fact in numbers if fact.at_most} == {"fte_ed": "fte_staff"}


def test_five_items_are_suggested_from_facts(content: Content) -> None:
    assert {lookup.item: lookup.fact for lookup in content.lookup} == SUGGESTING
    per = next(lookup for lookup in content.lookup if lookup.item == "1a")
    assert (per.per, per.times) == ("fte_staff", 1000)
    assert len(next(fact for fact in content.fact if fact.id == "support_criteria").options) == 5


def test_total_needs_every_score_and_has_the_bands_of_the_score_sheet(content: Content) -> None:
    assert content.total is not None
    assert (content.total.method, content.total.require, content.total.places) == ("mean", "all", 1)
    bands = [(band.title, band.low, band.high) for band in content.total.bands]
    assert bands == [("laag", "1.0", "2.3"), ("midden", "2.4", "3.6"), ("hoog", "3.7", "5.0")]
    assert "scoreblad" in content.total.note


def test_report_says_what_letters_mean_and_what_is_not_measured(content: Content) -> None:
    assert content.report is not None
    assert "A is niet hetzelfde als B" in content.report.scores and "gemiddelde" in content.report.scores
    for word in ("visie en beleid", "geld", "buiten de instelling", "functie", "effect", "momentopname"):
        assert word in content.report.limits
    assert "leidend" in content.report.wording
    missing = next(text for text in content.background if text.id == "beperkingen")
    assert missing.text.count("\n- ") == 4
