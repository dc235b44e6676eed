"""Sealing a sheet, reopening it, and telling whether it is what was sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import Refused
from kwartier.records.canonical import digest
from kwartier.workflow.sealing import expected_keys, intact, off_scale, open_keys, reopened, sealed

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

LATER = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def test_a_sheet_with_gaps_is_refused_and_the_gaps_are_named(making: Making) -> None:
    sheet = making.sheet({str(n): 3 for n in range(1, 13) if n not in (2, 11)}, "a1")
    sheet["answer"].append({"item": "2", "note": "alleen een opmerking"})
    with pytest.raises(Refused, match=r"Nog 2 van 12 niet ingevuld: item 2, 11\.") as caught:
        sealed(making.mie, sheet, now=LATER, scored_on="", wording="")
    assert caught.value.code == "sheet-incomplete"


def test_a_reason_why_there_is_no_score_fills_the_gap(making: Making) -> None:
    assert open_keys(making.mie, making.sheet("te weinig informatie", "a1")) == []


def test_sealing_pins_the_moment_the_texts_and_the_wording(making: Making) -> None:
    sheet = making.sealed(4, "a1", scored_on="sha256:texts", wording="sha256:words")
    assert (sheet["explanations"], sheet["wording"]) == ("sha256:texts", "sha256:words")
    assert sheet["digest"] == digest(sheet, without=("digest",))
    assert intact(sheet)


def test_sealing_twice_is_refused(making: Making) -> None:
    with pytest.raises(Refused, match="al verzegeld"):
        sealed(making.mie, making.sealed(4, "a1"), now=LATER, scored_on="", wording="")


def test_unknown_keys_are_sealed_along(making: Making) -> None:
    sheet = {**making.sheet(4, "a1"), "future": {"x": 1}}
    sheet["answer"][0]["later"] = "iets"
    closed = sealed(making.mie, sheet, now=LATER, scored_on="", wording="")
    assert closed["future"] == {"x": 1}
    assert not intact({**closed, "future": {"x": 2}})


TAMPERING: list[Any] = [
    lambda sheet: {**sheet, "answer": [{**sheet["answer"][0], "value": 5}, *sheet["answer"][1:]]},
    lambda sheet: {**sheet, "answer": [{**sheet["answer"][0], "note": "later"}, *sheet["answer"][1:]]},
    lambda sheet: {**sheet, "answer": sheet["answer"][1:]},
    lambda sheet: {**sheet, "sealed": LATER},
    lambda sheet: {**sheet, "person": "a2"},
    lambda sheet: {**sheet, "explanations": "sha256:other"},
    lambda sheet: {**sheet, "digest": "sha256:00"},
    lambda sheet: {key: value for key, value in sheet.items() if key != "digest"},
    lambda sheet: {key: value for key, value in sheet.items() if key != "sealed"},
]


@pytest.mark.parametrize("tamper", TAMPERING)
def test_any_change_after_sealing_shows(making: Making, tamper: Any) -> None:
    assert not intact(tamper(making.sealed(4, "a1")))


@given(item=st.integers(0, 11), value=st.integers(1, 5), note=st.text(max_size=20))
def test_a_sheet_is_intact_only_with_the_same_answers(making: Making, item: int, value: int, note: str) -> None:
    sheet = making.sealed((3, "opmerking"), "a1")
    rows = [dict(row) for row in sheet["answer"]]
    rows[item].update(value=value, note=note)
    assert intact({**sheet, "answer": rows}) is ((value, note) == (3, "opmerking"))


@pytest.mark.parametrize("wrong", [{"value": 0}, {"value": 6}, {"value": 3.0}, {"value": True}, {"value": "3"}])
def test_what_is_not_on_the_scale_is_not_sealed(making: Making, wrong: dict[str, Any]) -> None:
    sheet = making.sheet(3, "a1")
    sheet["answer"][6] = {"item": "7", **wrong}
    assert off_scale(making.mie, sheet) == [("7", "")]
    with pytest.raises(Refused, match="bij item 7"):
        sealed(making.mie, sheet, now=LATER, scored_on="", wording="")


def test_parts_with_a_scale_of_their_own_belong_to_a_full_sheet(making: Making) -> None:
    assert expected_keys(making.route)[:3] == [("1.1", ""), ("1.1", "b"), ("1.2", "")]
    sheet = {"answer": [{"item": "1.1", "value": "wel"}, {"item": "1.1", "part": "b", "value": "wel"}]}
    assert off_scale(making.route, sheet) == [("1.1", "b")]


def test_reopening_keeps_the_sealed_version_beside_the_open_one(making: Making) -> None:
    first = making.sealed({**dict.fromkeys(map(str, range(1, 13)), 3), "1": (5, "te hoog")}, "a1", scored_on="sha256:t")
    opened = reopened(first, now=LATER, reason="verkeerd gelezen", row="v1")
    assert "sealed" not in opened
    assert "digest" not in opened
    assert opened["answer"] == first["answer"]
    (kept,) = opened["earlier"]
    assert kept["answer"] == first["answer"]
    assert (kept["sealed"], kept["digest"]) == (first["sealed"], first["digest"])
    assert (kept["explanations"], kept["reopened"], kept["reason"]) == ("sha256:t", LATER, "verkeerd gelezen")
    assert "sealed" in first


def test_every_version_is_kept_when_a_sheet_is_reopened_again(making: Making) -> None:
    sheet = making.sealed(2, "a1")
    for number in (1, 2):
        opened = reopened(sheet, now=LATER, reason=f"reden {number}", row=f"v{number}")
        rows = [{**row, "value": 2 + number} for row in opened["answer"]]
        sheet = sealed(making.mie, {**opened, "answer": rows}, now=LATER, scored_on="", wording="")
    assert [version["answer"][0]["value"] for version in sheet["earlier"]] == [2, 3]
    assert sheet["answer"][0]["value"] == 4
    assert intact(sheet)


def test_what_is_not_sealed_needs_no_reopening(making: Making) -> None:
    with pytest.raises(Refused, match="niet verzegeld"):
        reopened(making.sheet(3, "a1"), now=LATER, reason="x", row="v1")
