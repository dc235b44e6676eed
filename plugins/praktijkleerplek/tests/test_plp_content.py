"""The texts of the praktijkleerplek: complete, of the published structure, and each different from the others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli

from kwartier.api import API, Content, Header, Item
from kwartier.testing import loose_texts

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_praktijkleerplek"
SECTIONS = {"A": 5, "B": 3, "C": 7, "D": 8, "E": 6}
BEHAVIOURS = (7, 5, 4, 5, 4, 6, 5)
SCALES = {"A": "aandacht", "B": "taak", "C": "kan", "D": "kan", "E": "aandacht"}
KEYS = {
    "aandacht": {"ja": "j", "deels": "d", "nee": "n", "weet-niet": "w"},
    "taak": {"wel": "w", "niet": "n", "misschien": "m"},
    "kan": {"kan": "k", "gedeeltelijk": "g", "niet": "n"},
    "oordeel": {"geschikt": "g", "geschikt-onder-voorwaarden": "v", "niet-geschikt": "n"},
}
COMPETENCES = [
    "Contactueel en communicatief vaardig zijn in individuele contacten en met groepen",
    "Inzetten eigen ervaringen op empowerende wijze",
    "Methodisch handelen",
    "Samenwerken",
    "Conceptueel en normatief denken",
    "Voorlichten, adviseren, coachen en scholen",
    "Zelfsturing en zelfhantering",
]
SHORT = 28
"""Columns that a short title may take in a list."""

BEHAVIOUR = 90
"""Columns that a behaviour may take, so that it can be read at a glance."""


def parsed(name: str) -> dict[str, Any]:
    return tomli.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content() -> Content:
    return msgspec.convert(parsed("content.toml"), Content)


@pytest.fixture(scope="module")
def items(content: Content) -> dict[str, Item]:
    return {item.id: item for item in content.items()}


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in parsed("content.toml")["fact"]}


@pytest.fixture(scope="module")
def steps() -> dict[str, dict[str, Any]]:
    return {step["id"]: step for step in parsed("content.toml")["step"]}


def test_header_says_that_a_workplace_is_assessed() -> None:
    header = msgspec.convert(parsed("instrument.toml"), Header)
    assert (header.id, header.api, header.edition) == ("praktijkleerplek", API, "2022")
    assert (header.subject, header.word.one, header.word.many) == ("workplace", "beoordeling", "beoordelingen")
    assert header.publication.year == 2022


def test_twenty_nine_items_stand_in_five_sections(content: Content) -> None:
    found = {section.id: [item.id for item in section.item] for section in content.section}
    assert found == {id: [f"{id.lower()}{n}" for n in range(1, count + 1)] for id, count in SECTIONS.items()}
    assert len(content.items()) == 29
    for section in content.section:
        assert {item.scale for item in section.item} == {SCALES[section.id]}


def test_seven_competences_have_thirty_six_behaviours_that_may_be_left_open(items: dict[str, Item]) -> None:
    own = [items[f"c{n}"] for n in range(1, 8)]
    assert [item.title for item in own] == COMPETENCES
    assert tuple(len(item.parts) for item in own) == BEHAVIOURS
    assert len(items) + sum(len(item.parts) for item in items.values()) == 65
    assert all(not part.scale and not part.when for item in own for part in item.parts)
    assert [id for id, item in items.items() if item.parts] == [f"c{n}" for n in range(1, 8)]


def test_answers_have_no_order_and_a_key_each(content: Content) -> None:
    found = {scale.id: {str(option.value): option.key for option in scale.options} for scale in content.scale}
    assert found == KEYS
    assert all(scale.kind == "nominal" and not scale.missing for scale in content.scale)
    assert all(option.title for scale in content.scale for option in scale.options)


def test_only_perhaps_asks_its_explanation_and_says_what_it_means(content: Content, items: dict[str, Item]) -> None:
    noted = [option for scale in content.scale for option in scale.options if option.note == "required"]
    assert [(option.value, option.title) for option in noted] == [("misschien", "misschien (ruimte te maken)")]
    for n in range(1, 4):
        meant = items[f"b{n}"].anchors[2]
        assert "geen gewoon werk" in meant and "ruimte" in meant and "uitleg" in meant


def test_only_the_fourth_point_depends_on_the_level(content: Content, items: dict[str, Item]) -> None:
    (level,) = content.parameter
    assert (level.id, level.values, level.several) == ("niveau", (2, 3, 4, 5, 6, 7), True)
    assert level.title.endswith("?")
    assert {id: item.when for id, item in items.items() if item.when} == {"a4": {"niveau": [2, 3, 4, 5, 6]}}
    assert not any(section.when for section in content.section)


def test_preferences_are_called_that(items: dict[str, Item], facts: dict[str, dict[str, Any]]) -> None:
    assert "voorkeur en geen eis" in items["a3"].statement
    assert "voorkeur" in items["e1"].statement
    assert "voorkeur en geen eis" in facts["supervisor_expert"]["help"]
    assert "voorkeur en geen eis" in facts["direction_2"]["help"]


def test_twenty_one_settings_and_another(facts: dict[str, dict[str, Any]]) -> None:
    options = facts["setting"]["options"]
    assert (len(options), len(set(options)), options[-1]) == (22, 22, "anders")
    split = ("RIBW", "cliëntenorganisatie", "wijkteam", "jeugdzorg", "opvang", "gezondheidscentrum")
    assert all(sum(word in option for option in options) == 1 for word in split)
    assert facts["setting_anders"]["kind"] == "text"


def test_direction_is_asked_of_the_levels_that_have_it(facts: dict[str, dict[str, Any]]) -> None:
    assert {id: fact["when"] for id, fact in facts.items() if "when" in fact} == {
        f"direction_{level}": {"niveau": [level]} for level in (2, 3, 4)
    }
    assert [facts[f"direction_{level}"].get("required", False) for level in (2, 3, 4)] == [False, True, True]
    assert "altijd" in facts["direction_3"]["help"]


def test_level_of_the_supervisor_is_an_education_level(facts: dict[str, dict[str, Any]]) -> None:
    level = facts["supervisor_level"]
    assert (level["kind"], level["minimum"], level["maximum"], level["estimate"]) == ("count", 2, 7, True)
    assert "niet van iemands ervaring" in level["help"]


def test_nobody_has_to_tell_a_story(facts: dict[str, dict[str, Any]], steps: dict[str, dict[str, Any]]) -> None:
    expert = facts["supervisor_expert"]
    assert expert["kind"] == "yes-no" and not expert.get("required")
    assert "over de rol" in expert["help"] and "iemands eigen verhaal" in expert["help"]
    assert "Noem geen namen" in steps["plek"]["guidance"]


def test_every_fact_is_asked_and_explained(content: Content, steps: dict[str, dict[str, Any]]) -> None:
    assert [fact.id for fact in content.fact] == steps["plek"]["facts"]
    assert all(fact.short and fact.help and fact.title.endswith("?") for fact in content.fact)
    improper = next(fact for fact in content.fact if fact.id == "improper_use")
    assert improper.required and "teamtaken" in improper.title


def test_steps_stand_in_the_order_of_the_work(content: Content, steps: dict[str, dict[str, Any]]) -> None:
    assert list(steps) == ["plek", "lijst", "oordeel", "verslag", "herhalen"]
    assert [step["form"] for step in steps.values()] == ["facts", "score", "verdict", "report", "repeat"]
    assert all(step["guidance"] for step in steps.values())
    assert {id for id, step in steps.items() if step.get("settled")} == {"plek", "lijst", "oordeel"}
    assert (steps["lijst"]["by"], steps["lijst"]["role"]) == ("person", "invuller")
    assert not steps["lijst"].get("blind", False)
    assert [(role.id, role.kind) for role in content.role] == [("invuller", "assessor"), ("opleiding", "assessor")]
    assert steps["herhalen"]["after"] == ["P1Y"]


def test_programme_gives_the_verdict_and_both_sign(content: Content, steps: dict[str, dict[str, Any]]) -> None:
    verdict = steps["oordeel"]
    assert (verdict["of"], verdict["scale"], verdict["role"]) == ("lijst", "oordeel", "opleiding")
    assert verdict["conditional"] == ["geschikt-onder-voorwaarden"]
    assert verdict["signed_by"] == ["invuller", "opleiding"]
    assert "hulpmiddel van kwartier" in verdict["own"]


def test_rules_end_with_what_is_left(content: Content) -> None:
    ids = [rule.id for rule in content.rule]
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in content.rule if not rule.when] == ids[-1:] == ["geen-bezwaar"]
    order = ["niet-geschikt", "geschikt-onder-voorwaarden", "geschikt"]
    assert [rule.verdict for rule in content.rule] == sorted((rule.verdict for rule in content.rule), key=order.index)  # type: ignore[arg-type]


def test_no_rule_asks_for_more_than_one_competence(content: Content) -> None:
    """The publication asks for a number of them; a rule may only look whether there is any."""
    for rule in content.rule:
        for one in rule.when:
            if one.section in ("C", "D"):
                assert (one.at_least, one.at_most) == (None, 0) and "niet" not in one.values, rule.id


def test_short_titles_fit_a_list_and_differ(content: Content) -> None:
    shorts = [item.short for item in content.items()]
    assert all(0 < len(short) <= SHORT for short in shorts)
    assert len(set(shorts)) == len(shorts)
    behaviours = [part.title for item in content.items() for part in item.parts]
    assert all(len(title) <= BEHAVIOUR and not title.endswith(".") for title in behaviours)
    assert len(set(behaviours)) == 36


def test_every_item_says_where_it_comes_from(items: dict[str, Item]) -> None:
    assert len({item.source for item in items.values()}) == 29
    assert all(item.source.startswith("Leerplan 2022, 6.1.") for item in items.values())


def test_no_statement_occurs_twice(items: dict[str, Item]) -> None:
    said = Counter(item.statement.casefold() for item in items.values())
    assert [text for text, times in said.items() if times > 1] == []
    assert all(item.statement.endswith(".") for item in items.values())
    assert all(anchor.endswith(".") for item in items.values() for anchor in item.anchors)


@pytest.mark.parametrize("name", ["instrument.toml", "content.toml"])
def test_no_text_is_empty_or_badly_joined(name: str) -> None:
    """A line joined without its space, or with two, is easily overlooked in a file of multi-line strings."""
    assert list(loose_texts(parsed(name))) == []


def test_report_says_that_rules_and_proposal_are_kwartiers_own(content: Content) -> None:
    assert content.report is not None
    assert "geen regel" in content.report.limits and "eigen hulpmiddel" in content.report.limits
    assert "beoordelaar beslist" in content.report.limits
    assert "leidend" in content.report.wording
    assert "geen gemiddelde" in content.report.scores
    rules = next(text for text in content.background if text.id == "regels")
    assert rules.source == "kwartier" and "hulpmiddel" in rules.text


def test_background_says_that_experience_has_no_level(content: Content) -> None:
    by_id = {text.id: text.text for text in content.background}
    assert "staat nooit boven de andere" in by_id["ervaring"]
    assert "- Niveau 3: altijd" in by_id["niveaus"] and "- Niveau 2: liefst" in by_id["niveaus"]
    assert content.total is None
