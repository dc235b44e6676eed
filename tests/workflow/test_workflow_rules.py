"""What rows have to satisfy beside their form: ids that exist, answers on their scale, facts of their kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.instrument import model as m
from kwartier.records.tree import Tree
from kwartier.workflow.filling import Rejected
from kwartier.workflow.rules import check

if TYPE_CHECKING:
    from tests.workflow.conftest import Making


def wrongs(
    making: Making, content: m.Content, step: str, tree: Tree, shared: dict[str, Tree] | None = None
) -> list[str]:
    """The mistakes in a step's tree, as lines."""
    by_id = {one.id: one for one in content.step}
    try:
        check(by_id[step], content, making.record(shared=shared), tree, "x.toml")
    except Rejected as error:
        return error.message.split("\n")[1:]
    return []


@pytest.mark.parametrize("value", [1, 5])
def test_answers_on_the_scale_pass(making: Making, value: int) -> None:
    rows = [{"item": "1", "value": value}, {"item": "2", "missing": "niet van toepassing"}, {"item": "3", "note": "x"}]
    assert wrongs(making, making.mie, "zelf-scoren", {"answer": rows}) == []


def test_answers_off_the_scale_are_named_all_at_once(making: Making) -> None:
    rows: list[Tree] = [
        {"item": "1", "value": 0},
        {"item": "2", "value": "3"},
        {"item": "3", "missing": "geen zin"},
        {"item": "4", "value": 3, "missing": "niet besproken"},
        {"item": "13", "value": 3},
        {"item": "5", "part": "a", "value": 3},
    ]
    found = wrongs(making, making.mie, "zelf-scoren", {"answer": rows})
    assert found[0] == "- answer, item 1, value: kies 1, 2, 3, 4, 5; halve scores bestaan niet"
    assert found[1].startswith("- answer, item 2, value: kies 1, 2")
    assert found[2] == (
        "- answer, item 3, missing: kies een reden: niet besproken, te weinig informatie, niet van toepassing"
    )
    assert "gaan niet samen" in found[3]
    assert found[4].startswith("- answer, item 13, item: '13' is geen item; wel: 1, 2")
    assert found[5].startswith("- answer, item 5 deel a, part: 'a' is geen deel van item 5")
    assert len(found) == 6


def test_words_are_no_whole_scores(making: Making) -> None:
    found = wrongs(making, making.route, "beoordelen", {"answer": [{"item": "1.2", "value": "soms"}]})
    assert found == ["- answer, item 1.2, value: kies wel, niet, misschien"]


def test_an_answer_that_wants_an_explanation_gets_more_than_spaces(making: Making) -> None:
    row = {"item": "1.2", "value": "misschien"}
    for note in ({}, {"note": "  "}):
        assert len(wrongs(making, making.route, "beoordelen", {"answer": [{**row, **note}]})) == 1
    assert wrongs(making, making.route, "beoordelen", {"answer": [{**row, "note": "met hulp"}]}) == []


def test_a_scale_without_reasons_wants_an_answer(making: Making) -> None:
    rows = [{"item": "1.1", "part": "b", "missing": "niet aan de orde"}, {"item": "1.2", "missing": "niet gezien"}]
    assert wrongs(making, making.route, "beoordelen", {"answer": rows}) == [
        "- answer, item 1.2, missing: dit item moet een antwoord krijgen"
    ]


FACTS: list[tuple[str, Any, str]] = [
    ("start", date(2026, 1, 1), ""),
    ("start", "2026-01-01", "een datum"),
    ("start", 3, "een datum"),
    ("seizoen", "lente", ""),
    ("seizoen", "nacht", "kies uit: lente"),
    ("streken", ["heide", "bos"], ""),
    ("streken", ["heide", "zee"], "kies uit: heide"),
    ("streken", "heide", "een of meer van de keuzes"),
    ("ehbo", True, ""),
    ("ehbo", "ja", "true of false"),
    ("ehbo", 1, "true of false"),
    ("opmerking", "fijn", ""),
    ("opmerking", False, "een tekst"),
]


@pytest.mark.parametrize(("id", "value", "message"), FACTS)
def test_facts_are_of_their_kind(making: Making, id: str, value: Any, message: str) -> None:
    step = making.step(making.route, m.FactsStep)
    tree = making.fill(step, {}, {"fact": [{"id": id, "value": value}]})
    assert tree["fact"] == [{"id": id, "value": value}]
    found = wrongs(making, making.route, "start", tree)
    assert [message in one for one in found] == ([True] if message else [])


@pytest.mark.parametrize(
    ("id", "value", "message"),
    [
        ("oppervlak", 120.5, ""),
        ("oppervlak", 3, ""),
        ("oppervlak", -1, "ten minste 0"),
        ("oppervlak", float("nan"), "vraagt een getal"),
        ("oppervlak", float("inf"), "vraagt een getal"),
        ("oppervlak", True, "vraagt een getal"),
        ("bedden", 12, ""),
        ("bedden", 12.5, "een heel getal"),
        ("bedden", 501, "ten hoogste 500"),
        ("hek", 1, "'hek' is geen feit"),
    ],
)
def test_numbers_stay_within_their_bounds(making: Making, id: str, value: Any, message: str) -> None:
    found = wrongs(making, making.tuin, "gegevens", {"fact": [{"id": id, "value": value}]})
    assert [message in one for one in found] == ([True] if message else [])


def test_participants_have_a_role_of_the_step_and_known_answers(making: Making) -> None:
    rows = [
        {"id": "d1", "role": "auditor"},
        {"id": "d2", "role": "client", "consent": "misschien", "audio": "ingetrokken"},
        {"id": "d3", "role": "client", "consent": "ingetrokken", "audio": "geweigerd"},
    ]
    found = wrongs(making, making.mie, "deelnemers", {"participant": rows})
    assert [line.split(":")[0] for line in found] == [
        "- participant, d1, role",
        "- participant, d2, consent",
        "- participant, d2, audio",
    ]


def test_interview_rows_point_at_questions_and_items_that_exist(making: Making) -> None:
    tree = {
        "prompt": [{"item": "1", "id": "zz"}, {"item": "77", "id": "a"}, {"item": "1", "id": "a"}],
        "note": [{"id": "n1", "item": "88", "text": "ruw"}, {"id": "n2", "text": "los"}],
        "session": [{"id": "g1", "date": date(2026, 11, 22), "minutes": 1441}],
    }
    found = wrongs(making, making.mie, "interview", tree)
    assert [line.split(":")[0] for line in found] == [
        "- prompt, item 1, id",
        "- prompt, item 77, item",
        "- note, item 88, item",
        "- session, g1, minutes",
    ]


def test_conclusions_point_at_themes_items_and_improvements(making: Making) -> None:
    tree = {
        "strength": [{"id": "s1", "text": "x", "section": "Q"}],
        "improvement": [{"id": "p1", "text": "x", "section": "A", "item": "1"}],
        "recommendation": [
            {"id": "r1", "improvement": "p1", "text": "x"},
            {"id": "r2", "improvement": "p2", "text": "x"},
        ],
    }
    assert [line.split(":")[0] for line in wrongs(making, making.mie, "conclusies", tree)] == [
        "- strength, s1, section",
        "- recommendation, r2, improvement",
    ]


def test_actions_and_reviews_point_back_and_have_a_known_state(making: Making) -> None:
    shared: dict[str, Tree] = {
        "conclusies": {"recommendation": [{"id": "r1", "improvement": "p1", "text": "x"}]},
        "actiepunten": {"action": [{"id": "x1", "text": "iets"}]},
    }
    actions = [
        {"id": "x1", "text": "a", "recommendation": "r1", "state": "loopt"},
        {"id": "x2", "text": "b", "recommendation": "r9", "state": "klaar"},
        {"id": "x3", "text": "los"},
    ]
    found = wrongs(making, making.mie, "actiepunten", {"action": actions}, shared)
    assert [line.split(":")[0] for line in found] == ["- action, x2, state", "- action, x2, recommendation"]
    day = date(2027, 7, 15)
    reviews = [
        {"id": "v1", "action": "x1", "date": day, "state": "bijgesteld"},
        {"id": "v2", "action": "x2", "date": day, "state": "gedaan"},
    ]
    found = wrongs(making, making.mie, "opvolgen", {"review": reviews}, shared)
    assert [line.split(":")[0] for line in found] == ["- review, v2, action", "- review, v2, state"]


def test_tasks_and_texts_belong_to_the_instrument(making: Making) -> None:
    assert len(wrongs(making, making.mie, "voorbereiden", {"task": [{"id": "afwassen"}]})) == 1
    assert len(wrongs(making, making.mie, "toelichten", {"explanation": [{"item": "0", "text": "x"}]})) == 1


def test_a_recommendation_that_an_action_came_from_cannot_go(making: Making) -> None:
    step = making.step(making.mie, m.ConclusionsStep)
    actions = making.step(making.mie, m.ActionsStep)
    chosen = {"action": [{"id": "x1", "text": "Tweede rol", "recommendation": "r1"}]}
    record = making.record(shared={actions.id: chosen})
    advice = {"id": "r1", "improvement": "v1", "text": "Stel een rol in"}
    kept = {"improvement": [{"id": "v1", "text": "Rol"}], "recommendation": [advice]}
    check(step, making.mie, record, kept, "form")
    with pytest.raises(Rejected, match="hoort bij actiepunt 'Tweede rol'"):
        check(step, making.mie, record, {"improvement": kept["improvement"]}, "form")


def test_an_action_that_was_reviewed_cannot_go(making: Making) -> None:
    step = making.step(making.mie, m.ActionsStep)
    reviews = making.step(making.mie, m.ReviewsStep)
    reviewed = {"review": [{"id": "e1", "action": "x1", "date": date(2027, 5, 1), "state": "loopt"}]}
    record = making.record(shared={reviews.id: reviewed})
    check(step, making.mie, record, {"action": [{"id": "x1", "text": "Tweede rol"}]}, "form")
    with pytest.raises(Rejected, match="losgelaten"):
        check(step, making.mie, record, {"action": []}, "form")
