"""The gate: what of a record somebody may see, before and after the scores lie side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kwartier.records.record import Record
from kwartier.workflow.agreed import agreed_answers, open_sheets, stands
from kwartier.workflow.departures import departures
from kwartier.workflow.outcome import outcome
from kwartier.workflow.people import revealed
from kwartier.workflow.state import states
from kwartier.workflow.visible import visible

if TYPE_CHECKING:
    from tests.workflow.conftest import Making

SECRET = "geheim-7c1"


def under_way(making: Making) -> Record:
    """a1 has sealed, a2 has not; somebody wrote a consensus and a report all the same."""
    return making.record(
        making.auditors("a1", "a2"),
        {
            "consensus": {"answer": [{"item": "1", "value": 4, "note": SECRET}]},
            "verslag": {"version": [{"id": "1", "date": "2026-12-01", "digest": SECRET, "snapshot": {}}]},
            "toelichten": {"explanation": [{"item": "1", "text": "Er is een visie."}]},
        },
        {
            ("zelf-scoren", "a1"): making.sealed((4, SECRET), "a1"),
            ("zelf-scoren", "a2"): making.sheet({"1": (2, "van a2")}, "a2"),
        },
    )


def test_before_the_reveal_an_auditor_sees_the_own_sheet_and_of_others_how_far_they_are(making: Making) -> None:
    seen = visible(under_way(making), making.mie, "a2")
    assert list(seen.personal) == [("zelf-scoren", "a2")]
    assert seen.personal["zelf-scoren", "a2"]["answer"] == [{"item": "1", "value": 2, "note": "van a2"}]
    progress = seen.hidden["zelf-scoren", "a1"]
    assert (progress.done, progress.of, progress.sealed) == (12, 12, True)
    assert SECRET not in repr(seen)


def test_who_has_sealed_sees_no_more_than_who_has_not(making: Making) -> None:
    seen = visible(under_way(making), making.mie, "a1")
    assert list(seen.personal) == [("zelf-scoren", "a1")]
    assert "van a2" not in repr(seen)
    assert "consensus" not in seen.shared
    assert "verslag" not in seen.shared


def test_nobody_in_particular_sees_no_sheet_at_all(making: Making) -> None:
    seen = visible(under_way(making), making.mie, None)
    assert seen.personal == {}
    assert set(seen.hidden) == {("zelf-scoren", "a1"), ("zelf-scoren", "a2")}
    assert SECRET not in repr(seen)
    assert "van a2" not in repr(seen)


def test_a_code_that_does_not_take_part_sees_what_nobody_in_particular_sees(making: Making) -> None:
    assert visible(under_way(making), making.mie, "d9") == visible(under_way(making), making.mie, None)


def test_what_is_not_a_score_stays_for_everybody(making: Making) -> None:
    seen = visible(under_way(making), making.mie, None)
    assert seen.shared["toelichten"]["explanation"][0]["text"] == "Er is een visie."


def test_progress_counts_answers_and_not_remarks(making: Making) -> None:
    sheet = {
        "answer": [
            {"item": "1", "note": "nog over denken"},
            {"item": "2", "value": 3},
            {"item": "3", "missing": "niet besproken"},
        ]
    }
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): sheet})
    assert visible(record, making.mie, "a2").hidden["zelf-scoren", "a1"].done == 2


def test_after_the_reveal_everybody_sees_everything_that_was_sealed(making: Making) -> None:
    record = making.scored({"consensus": {"answer": [{"item": "1", "value": 4}]}}, a1=4, a2=5)
    for viewer in ("a1", "a2", None):
        seen = visible(record, making.mie, viewer)
        assert seen.personal == record.personal
        assert seen.shared == record.shared
        assert not seen.closed


def test_a_shadow_who_has_not_sealed_sees_nothing_also_after_the_reveal(making: Making) -> None:
    base = making.scored({"consensus": {"answer": [{"item": "1", "value": 4, "note": SECRET}]}}, a1=4, a2=5)
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", shadow=True)]
    sheets = {**base.personal, ("zelf-scoren", "a3"): making.sheet({"1": (1, "van a3")}, "a3")}
    record = making.record(people, base.shared, sheets)
    assert revealed(record, making.mie.step[4])  # type: ignore[arg-type]
    seen = visible(record, making.mie, "a3")
    assert list(seen.personal) == [("zelf-scoren", "a3")]
    assert seen.shared == {}
    assert SECRET not in repr(seen)
    found = outcome(seen, making.mie)
    assert found is not None
    assert found.why == "u hebt uw eigen scoreblad nog niet verzegeld"
    assert all(not stand.given and stand.agreed is None for stand in found.stands)
    assert "van a3" not in repr(visible(record, making.mie, "a1"))


def test_a_shadow_who_sealed_sees_all_after_the_reveal_and_nothing_before(making: Making) -> None:
    people = [*making.auditors("a1", "a2"), *making.auditors("a3", shadow=True)]
    sheets = {("zelf-scoren", code): making.sealed(4, code) for code in ("a1", "a3")}
    before = making.record(people, personal=sheets)
    assert list(visible(before, making.mie, "a3").personal) == [("zelf-scoren", "a3")]
    after = making.record(people, personal={**sheets, ("zelf-scoren", "a2"): making.sealed(2, "a2")})
    assert len(visible(after, making.mie, "a3").personal) == 3
    assert len(visible(after, making.mie, "a1").personal) == 3


def test_an_unsealed_sheet_of_who_stopped_never_shows(making: Making) -> None:
    people = [*making.auditors("a1"), *making.auditors("a2", stopped="2026-11-24", reason="ziek")]
    sheets = {
        ("zelf-scoren", "a1"): making.sealed(4, "a1"),
        ("zelf-scoren", "a2"): making.sheet({"1": (1, SECRET)}, "a2"),
    }
    record = making.record(people, personal=sheets)
    assert revealed(record, making.mie.step[4])  # type: ignore[arg-type]
    for viewer in ("a1", None):
        seen = visible(record, making.mie, viewer)
        assert list(seen.personal) == [("zelf-scoren", "a1")]
        assert SECRET not in repr(seen)


def test_earlier_versions_of_a_reopened_sheet_are_hidden_with_it(making: Making) -> None:
    sheet = {**making.sheet(3, "a1"), "earlier": [{"id": "x1", "answer": [{"item": "1", "value": 5, "note": SECRET}]}]}
    record = making.record(making.auditors("a1", "a2"), personal={("zelf-scoren", "a1"): sheet})
    assert SECRET not in repr(visible(record, making.mie, "a2"))


def test_raw_notes_are_for_the_auditors_and_leave_their_day_of_destruction(making: Making) -> None:
    raw = {"note": [{"id": "n1", "text": SECRET}], "destroy": "2027-03-01"}
    record = making.record(making.auditors("a1", "a2"), personal={("interview", "a1"): raw})
    assert visible(record, making.mie, "a2").personal == record.personal
    seen = visible(record, making.mie, None)
    assert SECRET not in repr(seen)
    assert seen.hidden["interview", "a1"].destroy == "2027-03-01"


def test_what_came_from_paper_is_open(making: Making) -> None:
    paper = {"source": "map in de kast", "entered": "2026-11-30"}
    record = making.record(shared={"consensus": {"answer": [{"item": "1", "value": 4}]}}, paper=paper)
    assert visible(record, making.mie, None).shared == record.shared


def test_passing_the_gate_twice_opens_nothing(making: Making) -> None:
    once = visible(under_way(making), making.mie, None)
    assert visible(once, making.mie, None) == once


ROWS = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([1, 2, 3, 4, 5, None])), max_size=12, unique_by=lambda pair: pair[0]
)
ASSESSORS = st.lists(
    st.fixed_dictionaries(
        {"shadow": st.booleans(), "stopped": st.booleans(), "sealed": st.booleans(), "rows": ROWS},
    ),
    min_size=1,
    max_size=4,
)


def random_record(making: Making, drawn: list[dict[str, Any]]) -> Record:
    """A record in which every value of a sheet is marked with its owner."""
    people: list[dict[str, Any]] = []
    personal = {}
    for number, one in enumerate(drawn, start=1):
        code = f"a{number}"
        details: dict[str, Any] = {"stopped": "2026-11-24", "reason": "weg"} if one["stopped"] else {}
        people += making.auditors(code, shadow=one["shadow"], **details)
        rows = [{"item": str(item), "value": value, "note": f"<{code}>"} for item, value in one["rows"] if value]
        rows += [{"item": str(item), "missing": f"<{code}>"} for item, value in one["rows"] if not value]
        sheet: dict[str, Any] = {"person": code, "answer": rows}
        if one["sealed"]:
            whole = making.sealed((3, f"<{code}>"), code)
            version = {"id": "e", "sealed": whole["sealed"], "digest": "", "reopened": whole["sealed"], "reason": "x"}
            sheet = {**whole, "earlier": [{**version, "answer": rows}]}
        personal["zelf-scoren", code] = sheet
    agreed = {"answer": [{"item": "1", "value": 3, "note": "<consensus>"}]}
    report = {"version": [{"id": "1", "date": "2026-12-01", "digest": "<consensus>", "snapshot": {"c": agreed}}]}
    return making.record(people, {"consensus": agreed, "verslag": report}, personal)


@given(drawn=ASSESSORS)
def test_before_the_reveal_nothing_of_another_shows_anywhere(making: Making, drawn: list[dict[str, Any]]) -> None:
    record = random_record(making, drawn)
    step = making.mie.step[4]
    codes = [f"a{number}" for number in range(1, len(drawn) + 1)]
    for viewer in (*codes, None):
        seen = visible(record, making.mie, viewer)
        told = repr((seen, states(seen, making.mie), departures(seen, making.mie), outcome(seen, making.mie)))
        if step.id in seen.closed:
            assert not any(f"<{code}>" in told for code in codes if code != viewer)
            assert "<consensus>" not in told
            assert open_sheets(seen, step) == {}  # type: ignore[arg-type]
            assert agreed_answers(seen, making.mie, step) == {}  # type: ignore[arg-type]
            assert all(not stand.given for stand in stands(seen, making.mie, step))  # type: ignore[arg-type]
        unsealed = [code for code, one in zip(codes, drawn, strict=True) if not one["sealed"]]
        assert not any(f"<{code}>" in told for code in unsealed if code != viewer)


@given(drawn=ASSESSORS)
def test_the_gate_opens_just_when_all_sheets_that_count_are_sealed(making: Making, drawn: list[dict[str, Any]]) -> None:
    record = random_record(making, drawn)
    counting = [one for one in drawn if not one["shadow"] and (one["sealed"] or not one["stopped"])]
    expected = bool(counting) and all(one["sealed"] for one in counting)
    assert (not visible(record, making.mie, None).closed) is expected


def test_a_file_of_a_step_that_is_not_known_shows_nothing(making: Making) -> None:
    record = making.record(making.auditors("a1", "a2"), {"zelf-scoren-oud": {"answer": [{"item": "1", "value": 5}]}})
    record = replace(record, personal={("zelf-scoren-oud", "a1"): {"answer": [{"item": "1", "value": 5}]}})
    for viewer in (None, "a1", "a2"):
        seen = visible(record, making.mie, viewer)
        assert not seen.personal
        assert "zelf-scoren-oud" not in seen.shared
