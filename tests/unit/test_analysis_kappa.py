"""Quadratic weighted kappa against scikit-learn's answers in golden/kappa.json, and where it is undefined."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.answers import Answer
from kwartier.analysis.kappa import Kappa, quadratic_kappa, sheets_kappa
from kwartier.instrument.model import Scale

GOLDEN: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "kappa.json").read_text(encoding="utf-8")
)
CATEGORIES = range(1, 6)
SCORES = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=20)


def scale(kind: str = "ordinal") -> Scale:
    return msgspec.convert({"id": "cijfer", "kind": kind, "options": [{"value": v} for v in CATEGORIES]}, Scale)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: str(case["case"]))
def test_kappa_is_that_of_scikit_learn(case: dict[str, Any]) -> None:
    found = quadratic_kappa(case["first"], case["second"], CATEGORIES)
    if case["kappa"] is None:
        assert found is None
    else:
        assert found is not None
        assert abs(float(found) - case["kappa"]) < 1e-12


def test_the_golden_cases_reach_both_sides() -> None:
    undefined = [case for case in GOLDEN if case["kappa"] is None]
    assert len(undefined) >= 2
    assert any(case["kappa"] is not None and case["kappa"] < 0 for case in GOLDEN)


def test_undefined_without_items_or_variance() -> None:
    assert quadratic_kappa([], [], CATEGORIES) is None
    assert quadratic_kappa([4, 4], [4, 4], CATEGORIES) is None
    assert quadratic_kappa([4, 4], [2, 2], CATEGORIES) == 0


def test_kappa_is_exact() -> None:
    assert quadratic_kappa([1, 2, 3, 4], [2, 3, 4, 5], CATEGORIES) == Fraction(5, 7)


def test_distance_is_in_places_of_the_scale() -> None:
    assert quadratic_kappa([1, 10, 100], [10, 10, 100], [1, 10, 100]) == quadratic_kappa(
        [1, 2, 3], [2, 2, 3], [1, 2, 3]
    )


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="6"):
        quadratic_kappa([1, 6], [1, 2], CATEGORIES)
    with pytest.raises(ValueError, match="shorter"):
        quadratic_kappa([1, 2], [1], CATEGORIES)
    with pytest.raises(ValueError, match="two raters"):
        sheets_kappa({"a1": {"1": Answer(3)}}, ["1"], scale())
    with pytest.raises(ValueError, match="order"):
        sheets_kappa({"a1": {"1": Answer(3)}, "a2": {"1": Answer(3)}}, ["1"], scale("nominal"))


def test_kappa_of_sheets_runs_over_what_both_scored() -> None:
    missing = Answer(missing="niet besproken")
    first = {"1": Answer(1), "2": Answer(2), "3": missing, "4": Answer(3), "5": Answer(4)}
    second = {"1": Answer(2), "2": Answer(3), "3": Answer(1), "4": Answer(4), "5": Answer(5)}
    assert sheets_kappa({"a1": first, "a2": second}, list(first), scale()) == Kappa(Fraction(5, 7), 4)
    assert sheets_kappa({"a1": first, "a2": second}, ["3"], scale()) == Kappa(None, 0)


@given(SCORES)
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[int, int]]) -> None:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    found = quadratic_kappa(first, second, CATEGORIES)
    assert found == quadratic_kappa(second, first, CATEGORIES)
    if found is not None:
        assert -1 <= found <= 1
        assert (found == 1) == (first == second)
