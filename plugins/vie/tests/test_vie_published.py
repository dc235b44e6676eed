"""The published results of 18 institutions: what follows from the item scores, and the two figures that do not."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
import tomli

from kwartier.api import Answer, Content, Mean, Scores, Unknown, default_scores, mean, rounded

FOLDER = Path(__file__).parents[1] / "src" / "kwartier_vie"
ITEMS = [f"{number}a" for number in range(1, 11)]
GOALS = [f"{number}b" for number in range(1, 11)]
OFF = ("GGZ inGeest", "2")
"The one printed total that does not follow: the items give 2.6, printed is 2.8."

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (FOLDER / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CONTENT = msgspec.convert(tomli.loads((FOLDER / "content.toml").read_text(encoding="utf-8")), Content)
SCORES = rows("live-2012-scores.csv")
ATTAINED = {row["institution"]: row for row in rows("live-2012-goals.csv")}


def answers(row: Row) -> dict[str, Answer]:
    """The definitive answers of one measurement; the goals belong to the second."""
    given = {item: Answer(value=int(row[item])) for item in ITEMS}
    letters = {item: Answer(value=ATTAINED[row["institution"]][item]) for item in GOALS}
    return {**given, **letters} if row["measurement"] == "2" else given


def scores(row: Row) -> Scores:
    return default_scores(CONTENT, answers(row))


def total(row: Row) -> Fraction:
    found = scores(row).total
    assert isinstance(found, Mean)
    return found.value


def of(measurement: str) -> list[Row]:
    return [row for row in SCORES if row["measurement"] == measurement]


def name(row: Row) -> str:
    return f"{row['institution']}-{row['measurement']}"


def test_eighteen_institutions_were_measured_twice() -> None:
    assert [row["institution"] for row in of("1")] == [row["institution"] for row in of("2")] == list(ATTAINED)
    assert len(ATTAINED) == 18


@pytest.mark.parametrize("row", SCORES, ids=name)
def test_printed_total_and_band_follow_from_the_items(row: Row) -> None:
    found = scores(row)
    assert isinstance(found.total, Mean)
    assert (found.total.n, found.total.of) == (10, 10), "goals do not count"
    wanted = Decimal("2.6") if (row["institution"], row["measurement"]) == OFF else Decimal(row["printed_total"])
    assert rounded(found.total.value, 1) == wanted
    assert found.band == row["printed_band"]


def test_the_one_total_that_differs_is_printed_as_2_8() -> None:
    (row,) = [row for row in SCORES if (row["institution"], row["measurement"]) == OFF]
    assert row["printed_total"] == "2.8"
    assert total(row) == Fraction(26, 10)


@pytest.mark.parametrize(("measurement", "wanted"), [("1", (11, 7, 0)), ("2", (5, 12, 1))])
def test_bands_at_begin_and_end(measurement: str, wanted: tuple[int, int, int]) -> None:
    found = Counter(scores(row).band for row in of(measurement))
    assert (found["laag"], found["midden"], found["hoog"]) == wanted
    assert found.total() == 18


@pytest.mark.parametrize("measurement", ["1", "2"])
def test_printed_item_means_follow(measurement: str) -> None:
    (printed,) = [one for one in CONTENT.published if one.when == {"meting": [int(measurement)]}]
    assert list(printed.items) == ITEMS
    assert printed.of == len(of(measurement)) == 18
    for item in ITEMS:
        computed = mean([int(row[item]) for row in of(measurement)])
        assert computed is not None
        assert rounded(computed, 1) == Decimal(printed.items[item]), item


@pytest.mark.parametrize(("measurement", "computed", "printed"), [("1", "2.24", "2.3"), ("2", "2.76", "2.8")])
def test_overall_mean_beside_the_printed_one(measurement: str, computed: str, printed: str) -> None:
    found = sum((total(row) for row in of(measurement)), Fraction(0)) / 18
    assert rounded(found, 2) == Decimal(computed)
    (one,) = [one for one in CONTENT.published if one.when == {"meting": [int(measurement)]}]
    assert one.total == printed
    assert (rounded(found, 1) == Decimal(printed)) is (measurement == "2"), "2.3 is not what the items give"


def test_printed_means_name_the_results_that_they_are_of() -> None:
    assert {one.source for one in CONTENT.published} == {"LIVE-evaluatie 2012, bijlage 2 en 3"}
    assert len(CONTENT.published) == 2


def test_three_institutions_have_no_goals_at_all() -> None:
    without = {row["institution"] for row in ATTAINED.values() if {row[item] for item in GOALS} == {"A"}}
    assert without == {"HVO Querido", "GGZ OB", "Kwintes"}
    assert {row[item] for row in ATTAINED.values() for item in GOALS} == set("ABCD")


def test_goals_change_no_mean_and_are_no_condition_for_the_total() -> None:
    for row in of("2"):
        only = {item: answer for item, answer in answers(row).items() if item in ITEMS}
        assert default_scores(CONTENT, only) == scores(row)


@pytest.mark.parametrize("item", ITEMS)
def test_without_all_ten_scores_there_is_no_total(item: str) -> None:
    given = {**answers(SCORES[0]), item: Answer(missing="niet vastgelegd")}
    found = default_scores(CONTENT, given)
    assert isinstance(found.total, Unknown)
    assert item in found.total.why
    assert found.band is None


@pytest.mark.parametrize(
    ("values", "band"),
    [
        ((2, 2, 2, 2, 2, 2, 2, 3, 3, 3), "laag"),  # 2.3
        ((2, 2, 2, 2, 2, 2, 3, 3, 3, 3), "midden"),  # 2.4
        ((3, 3, 3, 3, 4, 4, 4, 4, 4, 4), "midden"),  # 3.6
        ((3, 3, 3, 4, 4, 4, 4, 4, 4, 4), "hoog"),  # 3.7: the score sheet rules, not "higher than 3.7" in the text
        ((1,) * 10, "laag"),
        ((5,) * 10, "hoog"),
    ],
)
def test_bands_at_their_ends(values: tuple[int, ...], band: str) -> None:
    given = {item: Answer(value=value) for item, value in zip(ITEMS, values, strict=True)}
    assert default_scores(CONTENT, given).band == band
