"""Facts from a file, what they suggest, and what does not fit: by the commands that other programs use too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

Row = dict[str, Any]


@pytest.fixture
def ref(kwartier: Kwartier) -> str:
    """A measurement with an instrument that asks facts."""
    kwartier.organisation()
    started: str = kwartier.json(
        *("meting", "nieuw", "kwadrant", "vie", "--datum", "2025-06-01", "--parameter", "meting=1"),
        *("--auditor", "Rita Roos"),
    )["ref"]
    return started


def given(kwartier: Kwartier, ref: str, **values: object) -> Any:
    rows = [value if isinstance(value, dict) else {"value": value} for value in values.values()]
    file = kwartier.file({"fact": [{"id": id, **row} for id, row in zip(values, rows, strict=True)]})
    return kwartier.json("feiten", ref, file)


def suggested(kwartier: Kwartier, ref: str) -> dict[str, list[int]]:
    found = kwartier.json("voorstel", ref)
    assert all(set(one) == {"item", "values", "reason"} for one in found)
    return {one["item"]: one["values"] for one in found}


def test_facts_are_kept_and_suggest_scores(kwartier: Kwartier, ref: str) -> None:
    kept = given(kwartier, ref, fte_ed=12.5, fte_staff=2400, ed_policy=3, clients=2400, ed_recovery_coach="5-7")
    assert {"id": "ed_recovery_coach", "low": 5, "high": 7} in kept
    assert suggested(kwartier, ref) == {"1a": [4], "3a": [3, 4], "4a": [4, 5]}
    assert "12,5 fte" in kwartier.text("feiten", ref)
    assert "3 of 4" in kwartier.text("voorstel", ref)


def test_nothing_is_filled_in_by_a_suggestion(kwartier: Kwartier, ref: str) -> None:
    given(kwartier, ref, ed_policy=1)
    assert suggested(kwartier, ref) == {"3a": [2]}
    folder = kwartier.data / "organisations" / ref
    assert sorted(path.name for path in folder.iterdir()) == ["assessment.toml", "feiten.toml"]


def test_what_is_not_known_is_kept_as_that_and_suggests_nothing(kwartier: Kwartier, ref: str) -> None:
    assert given(kwartier, ref, ed_policy="?") == [{"id": "ed_policy", "unknown": True}]
    assert suggested(kwartier, ref) == {}
    assert given(kwartier, ref, ed_policy=2) == [{"id": "ed_policy", "value": 2}]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"fte_ed": 30, "fte_staff": 20}, "kan niet meer zijn dan"),
        ({"fte_ed": "20-30", "fte_staff": "10-15"}, "kan niet meer zijn dan"),
        ({"fte_ed": -1}, "is ten minste 0"),
        ({"fte_ed": float("nan")}, "vraagt een getal"),
        ({"fte_ed": float("inf")}, "vraagt een getal"),
        ({"fte_ed": True}, "vraagt een getal"),
        ({"fte_ed": "veel"}, "geen getal"),
        ({"ed_policy": 2.5}, "vraagt een heel getal"),
        ({"ed_policy": {"low": 5, "high": 2}}, "van hoog naar laag"),
        ({"ed_policy": {"value": 5, "unknown": True}}, "gaan niet samen"),
        ({"support_criteria": ["iets anders"]}, "kies uit"),
        ({"hoogte": 3}, "geen feit"),
    ],
)
def test_facts_that_do_not_fit_are_refused_with_the_reason_and_nothing_is_kept(
    kwartier: Kwartier, ref: str, facts: Row, why: str
) -> None:
    rows = [{"id": id, **(value if isinstance(value, dict) else {"value": value})} for id, value in facts.items()]
    told = kwartier.refused("feiten", ref, kwartier.file({"fact": rows}), status=2)
    assert why in told["message"]
    assert kwartier.json("feiten", ref) == []


def test_more_experts_than_staff_is_refused_also_when_the_staff_was_given_before(kwartier: Kwartier, ref: str) -> None:
    given(kwartier, ref, fte_staff=20)
    told = kwartier.refused("feiten", ref, kwartier.file({"fact": [{"id": "fte_ed", "value": 20.5}]}), status=2)
    assert "20,5" in told["message"]
    assert kwartier.json("feiten", ref) == [{"id": "fte_staff", "value": 20}]


def test_a_file_without_facts_is_refused(kwartier: Kwartier, ref: str) -> None:
    assert kwartier.refused("feiten", ref, kwartier.file({"feit": []}), status=2)["code"] == "no-facts-given"


def test_goals_are_entered_at_the_first_measurement_and_stand_at_the_second(kwartier: Kwartier, ref: str) -> None:
    kwartier.fill(ref, "doelen", {"explanation": [{"item": "1a", "text": "Twee extra banen in een jaar."}]})
    second = kwartier.json(
        *("meting", "nieuw", "kwadrant", "vie", "--datum", "2026-06-01", "--parameter", "meting=2"),
        *("--auditor", "Rita Roos", "--volgt", ref),
    )["ref"]
    assert "Twee extra banen in een jaar." in kwartier.text("formulier", second, "doelen")
    sheet = kwartier.text("formulier", second, "scoren", "--auditor", "Rita")
    assert 'item = "1b"' in sheet
    assert "Twee extra banen in een jaar." in sheet
    late = kwartier.json(
        *("meting", "nieuw", "kwadrant", "vie", "--datum", "2026-07-01", "--parameter", "meting=2"),
        *("--auditor", "Rita Roos"),
    )["ref"]
    assert "Twee extra banen" not in kwartier.text("formulier", late, "doelen")
    kwartier.text("meting", "wijzig", late, "--volgt", ref)
    assert "Twee extra banen in een jaar." in kwartier.text("formulier", late, "doelen")
    first = kwartier.text("formulier", ref, "scoren", "--auditor", "Rita")
    assert 'item = "1b"' not in first
