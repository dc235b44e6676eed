"""`kwartier vergelijk` with measurements of one instrument, and `kwartier tijdlijn`: the answer, in text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

SCORES: dict[str, list[Any]] = {
    "2026-11-22": [4] * 12,
    "2028-11-22": [4, 3, 5, *[4] * 9],
    "2030-11-22": [5, 3, 5, *[4] * 8, "te weinig informatie"],
}


@pytest.fixture
def refs(kwartier: Kwartier) -> list[str]:
    """Three measurements of one organisation, taken over from paper."""
    kwartier.organisation()
    return [paper(kwartier, day, scores) for day, scores in SCORES.items()]


def paper(kwartier: Kwartier, day: str, scores: list[Any], instrument: str = "mie", *more: str) -> str:
    from tests.conftest import answers

    file = kwartier.file(answers(scores))
    words = ["kwadrant", instrument, file, "--datum", day, "--bron", f"map {day[:4]}", *more]
    ref: str = kwartier.json("meting", "overnemen", *words)["ref"]
    return ref


def test_three_measurements_side_by_side_in_whatever_order_they_are_named(kwartier: Kwartier, refs: list[str]) -> None:
    told = kwartier.json("vergelijk", refs[2], refs[0], refs[1])
    assert [one["ref"] for one in told["measurements"]] == refs
    assert [one["paper"] for one in told["measurements"]] == ["map 2026", "map 2028", "map 2030"]
    items = {one["id"]: one for one in told["items"]}
    assert items["1"]["scores"] == [4, 4, 5]
    assert (items["1"]["differences"], items["1"]["difference"], items["1"]["course"]) == ([0, 1], 1, "risen")
    assert (items["2"]["difference"], items["2"]["course"]) == (-1, "fallen")
    assert items["12"]["missing"] == [None, None, "te weinig informatie"]
    assert (items["12"]["difference"], items["12"]["course"]) == (None, None)
    assert [one["difference_exact"] for one in told["total"]["differences"]] == ["0", "1/11"]
    assert told["total"]["difference"] == {"difference": "0.1", "difference_exact": "1/11", "n": 11, "of": 12}
    assert len([one for one in told["differs"] if "overgenomen van papier" in one]) == 3


def test_the_text_says_what_rose_and_fell_and_from_when(kwartier: Kwartier, refs: list[str]) -> None:
    text = kwartier.text("vergelijk", *refs)
    assert "Kwadrant – MIE, 3 metingen: 22 nov 2026, 22 nov 2028, 22 nov 2030" in text
    assert "Gestegen (2 items)" in text and "Gedaald (1 item)" in text and "Gelijk gebleven (8 items)" in text
    assert "op 22 nov 2030 geen score (te weinig informatie)" in text
    assert "22 nov 2026 → 22 nov 2028" in text


def test_what_cannot_be_compared_is_refused(kwartier: Kwartier, refs: list[str]) -> None:
    assert kwartier.refused("vergelijk", refs[0], status=2)["code"] == "too-few-measurements"
    assert kwartier.refused("vergelijk", refs[0], refs[0], status=2)["code"] == "same-measurement"
    assert kwartier.refused("vergelijk", refs[0], "kwadrant/mie/1999-01-01")["code"] == "unknown-assessment"


def test_a_time_line_says_what_is_not_there_and_never_converts(kwartier: Kwartier, refs: list[str]) -> None:
    """The instruments that are installed with this kwartier bring a crosswalk."""
    (line,) = kwartier.json("tijdlijn", "kwadrant")["timelines"]
    assert [one["ref"] for one in line["measurements"]] == refs
    assert "lezing van kwartier" in line["reading"]
    every = [one for pair in line["pairs"] for one in (pair["own"], pair["other"])] + line["alone"]
    given = {one["item"]: one["scores"] for one in every if one["instrument"] == "mie"}
    assert given["1"] == [4, 4, 5] and given["3"] == [4, 5, 5]
    assert all(one["scores"] == [None] * 3 for one in every if one["instrument"] != "mie")
    text = kwartier.text("tijdlijn", "kwadrant")
    assert "lezing van kwartier" in text and "nooit omgerekend" in text and "nog geen meting met" in text
    assert kwartier.refused("tijdlijn", "nergens")["code"] == "unknown-organisation"
    assert kwartier.refused("tijdlijn", "kwadrant", "--instrument", "heg", status=2)["code"] == "unknown-instrument"
    assert kwartier.refused("tijdlijn", "kwadrant", "--onderwerp", "s1")["code"] == "no-crosswalk"
