"""The texts of the MIE: complete, of the published structure, and each different from the others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest
import tomli

from kwartier.instrument.model import (
    API,
    ActionsStep,
    ConsensusStep,
    Content,
    FactsStep,
    Header,
    InterviewStep,
    Item,
    PeopleStep,
    RepeatStep,
    ReviewsStep,
    ScoreStep,
)
from kwartier.testing import loose_texts

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_mie"
SECTIONS = {"A": 3, "B": 1, "C": 3, "D": 3, "E": 2}
PROMPTS = {"1": 5, "2": 3, "3": 4, "4": 4, "5": 4, "6": 4, "7": 4, "8": 4, "9": 4, "10": 5, "11": 4, "12": 5}
STEPS = [
    "voorbereiden",
    "deelnemers",
    "interview",
    "toelichten",
    "zelf-scoren",
    "consensus",
    "conclusies",
    "feitencontrole",
    "verslag",
    "terugkoppelen",
    "actiepunten",
    "opvolgen",
    "herhalen",
]
SHORT = 28
"Columns that a short title may take in a list."


def parsed(name: str) -> dict[str, object]:
    return tomli.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def header() -> Header:
    return msgspec.convert(parsed("instrument.toml"), Header)


@pytest.fixture(scope="module")
def content() -> Content:
    return msgspec.convert(parsed("content.toml"), Content)


@pytest.fixture(scope="module")
def items(content: Content) -> list[Item]:
    return content.items()


def test_header_names_the_publication(header: Header) -> None:
    assert (header.id, header.api, header.short, header.edition) == ("mie", API, "MIE", "2026")
    assert header.subject == "organisation"
    assert (header.word.one, header.word.many) == ("meting", "metingen")
    assert (header.publication.year, header.publication.number) == (2026, "TRI-75-045")
    assert len(header.publication.authors) == 6


def test_five_themes_hold_twelve_items_in_order(content: Content, items: list[Item]) -> None:
    assert {section.id: len(section.item) for section in content.section} == SECTIONS
    assert [item.id for item in items] == [str(number) for number in range(1, 13)]


def test_every_item_has_one_anchor_per_score(content: Content, items: list[Item]) -> None:
    (scale,) = content.scale
    assert (scale.id, scale.kind) == ("implementatie", "ordinal")
    assert [(option.value, option.key) for option in scale.options] == [(n, str(n)) for n in range(1, 6)]
    assert {item.id: len(item.anchors) for item in items} == dict.fromkeys(PROMPTS, 5)
    assert {item.scale for item in items} == {scale.id}


def test_fifty_prompts_as_published(items: list[Item]) -> None:
    assert {item.id: len(item.prompts) for item in items} == PROMPTS
    assert sum(len(item.prompts) for item in items) == 50
    for item in items:
        assert "".join(prompt.id for prompt in item.prompts) == "abcde"[: len(item.prompts)], item.id


def test_some_but_not_all_prompts_are_essential(items: list[Item]) -> None:
    for item in items:
        essential = sum(prompt.essential for prompt in item.prompts)
        assert 1 <= essential <= 3, item.id
        assert essential < len(item.prompts), item.id


def test_short_titles_fit_a_list_and_differ(content: Content, items: list[Item]) -> None:
    shorts = [item.short for item in items] + [section.short for section in content.section]
    assert all(0 < len(short) <= SHORT for short in shorts)
    assert len(set(shorts)) == len(shorts)


def test_every_item_says_where_it_comes_from(content: Content) -> None:
    for section in content.section:
        for item in section.item:
            assert item.source == f"MIE 2026, thema {section.id}, item {item.id}"


def test_no_statement_anchor_or_prompt_occurs_twice(items: list[Item]) -> None:
    said = Counter(
        text.casefold()
        for item in items
        for text in (item.statement, *item.anchors, *(prompt.text for prompt in item.prompts))
    )
    assert len(said) == 12 + 60 + 50
    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("name", ["instrument.toml", "content.toml"])
def test_no_text_is_empty_or_badly_joined(name: str) -> None:
    """A line joined without its space, or with two, is easily overlooked in a file of multi-line strings."""
    assert list(loose_texts(parsed(name))) == []


def test_sentences_end(items: list[Item]) -> None:
    for item in items:
        assert all(text.endswith((".", ")", ").")) for text in (item.statement, *item.anchors)), item.id
        assert all(prompt.text.endswith(("?", ".")) and "?" in prompt.text for prompt in item.prompts), item.id


def test_steps_stand_in_the_order_of_the_work(content: Content) -> None:
    assert [step.id for step in content.step] == STEPS
    assert all(step.guidance for step in content.step)
    settled = {step.id for step in content.step if step.settled}
    assert settled == {"toelichten", "zelf-scoren", "consensus", "conclusies", "feitencontrole"}


def test_ids_are_unique(content: Content) -> None:
    tasks = [task.id for step in content.step for task in getattr(step, "task", ())]
    for rows in (content.role, content.section, content.fact, content.step, content.background):
        ids = [row.id for row in rows]
        assert len(set(ids)) == len(ids)
    assert len(set(tasks)) == len(tasks) > 0


def test_steps_point_at_what_exists(content: Content) -> None:
    steps = {step.id: step for step in content.step}
    roles = {role.id: role for role in content.role}
    assert all(step.role in roles for step in content.step if step.role)
    for step in content.step:
        if isinstance(step, PeopleStep):
            assert set(step.roles) == {role.id for role in content.role if role.kind == "participant"}
        if isinstance(step, FactsStep):
            assert set(step.facts) == {fact.id for fact in content.fact}
        if isinstance(step, ConsensusStep | ActionsStep | ReviewsStep):
            assert step.of in steps
        if isinstance(step, ScoreStep):
            assert step.scored_on in steps
        if isinstance(step, InterviewStep):
            assert step.keep_after in steps


def test_numbers_of_the_publication(content: Content) -> None:
    """Two auditors, ten people, two hours, two or three points, half a year, one to two years."""
    by_id = {step.id: step for step in content.step}
    people, interview, actions = by_id["deelnemers"], by_id["interview"], by_id["actiepunten"]
    reviews, repeat = by_id["opvolgen"], by_id["herhalen"]
    assert [role.norm for role in content.role if role.kind == "assessor"] == [2]
    assert isinstance(people, PeopleStep) and people.maximum == 10
    assert isinstance(interview, InterviewStep) and interview.minutes == 120
    assert isinstance(actions, ActionsStep) and (actions.minimum, actions.maximum) == (2, 3)
    assert isinstance(reviews, ReviewsStep) and reviews.every == "P6M"
    assert isinstance(repeat, RepeatStep) and repeat.after == ("P1Y", "P2Y")


def test_auditors_score_apart_and_blind(content: Content) -> None:
    (step,) = [step for step in content.step if isinstance(step, ScoreStep)]
    assert (step.by, step.role, step.blind, step.scored_on) == ("each", "auditor", True, "toelichten")


def test_total_has_no_bands_and_says_whose_convention_it_is(content: Content) -> None:
    assert content.total is not None
    assert (content.total.method, content.total.require, content.total.places) == ("mean", "any", 1)
    assert content.total.bands == ()
    assert "eigen afspraak" in content.total.note


def test_report_says_what_the_mie_does_not_measure(content: Content) -> None:
    assert content.report is not None
    assert all(getattr(content.report, field) for field in content.report.__struct_fields__)
    for word in ("proces", "effect", "impact", "momentopname"):
        assert word in content.report.limits
    assert "leidend" in content.report.wording


def test_background_gives_its_sources(content: Content) -> None:
    assert all(part.source.startswith("MIE 2026") for part in content.background)
