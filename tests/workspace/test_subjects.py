"""Workplaces and students: what is known of them, who is placed there, their list, and a record made in one form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import KwartierError
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.placements import listed
from kwartier.workspace.subjects import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.workspace.conftest import Garden

SLUG, CODE = "de-kas", "perk-noord"
THEN, NOW = date(2025, 11, 1), date(2026, 11, 1)
FIRST = f"{SLUG}/perk/{CODE}/2025-11-01"
VERA, SIEN = Assessor("Vera Voor", role="voorman"), Assessor("Sien School", role="school")
ANSWERS = [
    {"item": "1", "value": "wel"},
    {"item": "1", "part": "b", "value": "niet"},
    {"item": "2", "value": "misschien", "note": "In de zomer."},
    {"item": "3", "value": "niet", "note": "Geen ontwerper."},
]


def at_once(ws: Workspace, **more: Any) -> str:
    """A record with an organisation and a workplace that are new."""
    given: dict[str, Any] = {
        "day": THEN,
        "people": (VERA, SIEN),
        "parameters": {"niveau": "4,5"},
        "new_organisation": {"name": "De Kas", "place": "Delft"},
        "new_subject": {"name": "Perk Noord", "team": "Noord", "setting": "kwekerij", "levels": "5 en 4"},
        **more,
    }
    return ws.start("perk", "", **given)


def fill(ws: Workspace, ref: str = FIRST, code: str = "a1") -> None:
    """All that a record with a verdict needs."""
    ws.change(ref, "plek", {"fact": [{"id": "begeleiders", "value": 2}, {"id": "ontwerper", "value": "Bureau Blad"}]})
    ws.change(ref, "lijst", {"answer": ANSWERS}, person=code)
    condition = {"text": "Laarzen kopen", "who": "Kees Kool", "due": "1-3-2026"}
    verdict = {"value": "voorwaarden", "reason": "Nog niet droog.", "condition": [condition]}
    ws.change(ref, "oordeel", verdict)


def again(ws: Workspace, **more: Any) -> str:
    """The record of a year later, which follows the first one."""
    given: dict[str, Any] = {
        "day": NOW,
        "people": (VERA, SIEN),
        "subject": CODE,
        "parameters": {"niveau": "4,5"},
        "follows": FIRST,
        **more,
    }
    return ws.start("perk", SLUG, **given)


def code_of(error: pytest.ExceptionInfo[KwartierError]) -> str:
    """The code of a refusal."""
    assert error.value.message
    return error.value.code


@pytest.fixture
def ws(garden: Garden) -> Iterator[Workspace]:
    """A workspace with the instrument about workplaces."""
    with garden.open(garden.host(sample="perk")) as opened:
        yield opened


# -- what is known


def test_a_workplace_is_made_with_what_is_known_and_corrected(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("De Kas", place="Delft")
    assert ws.organisation(SLUG).place == "Delft"
    ws.add_subject(SLUG, "p1", "Perk Zuid", team="Zuid", setting="kas", levels="5,4,4", place="Delft")
    one = ws.subject(SLUG, "p1")
    assert (one.kind, one.name, one.team, one.setting, one.levels) == ("workplace", "Perk Zuid", "Zuid", "kas", (4, 5))
    ws.change_subject(SLUG, "p1", team="", levels=[3], ended="1-12-2026")
    one = ws.subject(SLUG, "p1")
    assert (one.team, one.levels, one.ended, one.name) == ("", (3,), date(2026, 12, 1), "Perk Zuid")
    path = garden.path / "organisations" / SLUG / "subjects" / "p1" / "subject.toml"
    tree = garden.tree(path)
    garden.put(path, {**tree, "van_later": "blijft"})
    ws.change_subject(SLUG, "p1", note="Achterom.")
    assert garden.tree(path)["van_later"] == "blijft"
    assert garden.tree(path)["note"] == "Achterom."


def test_what_cannot_be_is_refused_and_changes_nothing(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("De Kas")
    ws.add_subject(SLUG, "p1", "Perk Zuid")
    before = garden.files()
    for details, code in (
        ({"levels": "vier"}, "levels-wrong"),
        ({"levels": "0"}, "levels-wrong"),
        ({"kind": "tuin"}, "kind-wrong"),
        ({"name": "twee\nregels"}, "control-character"),
        ({"ended": "ooit"}, "date-wrong"),
    ):
        with pytest.raises(KwartierError) as refused:
            ws.change_subject(SLUG, "p1", **details)
        assert code_of(refused) == code
    with pytest.raises(KwartierError) as refused:
        ws.add_subject(SLUG, "p1", "Een ander perk")
    assert code_of(refused) == "subject-exists"
    with pytest.raises(KwartierError) as refused:
        ws.change_subject(SLUG, "p9", name="Niemand")
    assert code_of(refused) == "unknown-subject"
    ws.add_subject(SLUG, "p1", "Perk Zuid")
    assert garden.files() == before


def test_a_damaged_or_newer_file_is_told_and_never_overwritten(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    path = garden.path / "organisations" / SLUG / "subjects" / CODE / "subject.toml"
    for text, code in (
        ('schema = 1\nid = "x', "toml"),
        ("", "empty-file"),
        ('schema = 1\nid = "x"\ncode = "perk-noord"\nlevels = "vier"\n', "file-wrong"),
        ('schema = 1\nid = "x"\ncode = "perk-noord"\n[[placement]]\nstudent = "s1"\n', "file-wrong"),
        ('schema = 9\nid = "x"\ncode = "perk-noord"\n', "newer-file"),
    ):
        path.write_text(text, "utf-8")
        for do in (
            lambda: ws.change_subject(SLUG, CODE, name="Anders"),
            lambda: ws.add_placement(SLUG, CODE, student="s1"),
        ):
            with pytest.raises(KwartierError) as refused:
                do()
            assert code in refused.value.code
        assert path.read_text("utf-8") == text
        found = ws.workplaces()
        assert [one.code for one in found] == [CODE]
        assert found[0].problem or code == "newer-file"
    assert [one.ref for one in found[0].records] == [FIRST]


@given(st.lists(st.integers(1, 99)), st.sampled_from([",", ", ", " ", ";", " en "]))
def test_levels_are_read_as_they_are_typed(levels: list[int], between: str) -> None:
    assert levels_of(between.join(map(str, levels))) == sorted(set(levels))
    assert levels_of(levels) == sorted(set(levels))


# -- placements


def test_a_placement_begins_changes_and_ends_and_names_a_student_by_code(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    made = ws.add_placement(SLUG, CODE, student="s1", start="1-9-2026", supervisor="Kees Kool", level=4)
    assert (made.student, made.start, made.supervisor, made.level) == ("s1", date(2026, 9, 1), "c1", 4)
    assert ws.names(SLUG)["c1"] == "Kees Kool"
    ws.add_placement(SLUG, CODE, student="s2", start=date(2026, 2, 1), end=date(2026, 6, 30), supervisor="kees kool")
    assert len(ws.names(SLUG)) == 3, "the same name has one code"
    ws.change_placement(SLUG, CODE, "s1", level=5, note="Op maandag.")
    ws.change_placement(SLUG, CODE, "2", end=date(2027, 1, 31))
    second, first = listed(ws.subject(SLUG, CODE))
    assert (first.level, first.end, first.note) == (5, date(2027, 1, 31), "Op maandag.")
    assert (second.student, second.supervisor) == ("s2", "c1")
    (one,) = ws.workplaces()
    assert [row.student for row in one.placements] == ["s1"], "the other one is over"
    assert one.past == 1
    gone = ws.remove_placement(SLUG, CODE, first.id)
    assert [row.student for row in ws.subject(SLUG, CODE).placement] == ["s2"]
    ws.put_placement_back(SLUG, CODE, gone)
    assert listed(ws.subject(SLUG, CODE)) == [second, first]
    text = (garden.path / "organisations" / SLUG / "subjects" / CODE / "subject.toml").read_text("utf-8")
    assert "Kees" not in text


def test_a_placement_that_cannot_be_is_refused(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    ws.add_subject(SLUG, "s1", "Roos Stapper", kind="student")
    before = garden.files()
    for details, code in (
        ({"student": "Roos Stapper"}, "student-no-code"),
        ({"student": ""}, "student-missing"),
        ({"student": "s1", "start": "1-9-2026", "end": "31-8-2026"}, "days-wrong"),
        ({"student": "s1", "level": "4,5"}, "levels-wrong"),
        ({"student": "s1", "supervisor": "c9"}, "unknown-code"),
    ):
        with pytest.raises(KwartierError) as refused:
            ws.add_placement(SLUG, CODE, **details)
        assert code_of(refused) == code
    with pytest.raises(KwartierError) as refused:
        ws.add_placement(SLUG, "s1", student="s1")
    assert code_of(refused) == "placement-of-student"
    with pytest.raises(KwartierError) as refused:
        ws.change_placement(SLUG, CODE, "1", level=3)
    assert code_of(refused) == "unknown-placement"
    assert garden.files() == before


def test_an_erased_name_says_where_its_code_is_a_supervisor(ws: Workspace) -> None:
    at_once(ws)
    ws.add_placement(SLUG, CODE, student="s1", supervisor="Kees Kool")
    assert ws.erase_person(SLUG, "Kees Kool") == {"code": "c1", "used": [], "placed": [CODE]}
    assert ws.subject(SLUG, CODE).placement[0].supervisor == "c1"


def test_a_supervisor_without_a_name_is_noticed(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    ws.add_placement(SLUG, CODE, student="s1", supervisor="Kees Kool")
    assert ws.check().problems == ()
    path = garden.path / "organisations" / SLUG / "people.toml"
    tree = garden.tree(path)
    garden.put(path, {**tree, "person": [row for row in tree["person"] if row["id"] != "c1"]})
    checked = ws.check()
    assert checked.sound
    assert [one.level for one in checked.problems] == ["notice"]
    assert "'c1'" in checked.problems[0].message


# -- the list


def test_the_list_has_verdict_conditions_end_date_and_placements(ws: Workspace) -> None:
    at_once(ws)
    (one,) = ws.workplaces()
    assert (one.organisation_name, one.name, one.setting, one.levels) == ("De Kas", "Perk Noord", "kwekerij", (4, 5))
    assert (one.verdict, one.conditions, one.until) == ("", (), None)
    assert [(last.ref, last.next) for last in one.records] == [(FIRST, "Het perk")]
    fill(ws)
    (one,) = ws.workplaces(SLUG)
    assert (one.verdict, one.verdict_ref, one.verdict_day) == ("geschikt onder voorwaarden", FIRST, THEN)
    assert [(row.text, row.who, row.due) for row in one.conditions] == [("Laarzen kopen", "c1", date(2026, 3, 1))]
    assert one.until == date(2026, 11, 1)
    ws.change(FIRST, "herhalen", {"planned": "1-9-2026"})
    second = again(ws)
    (one,) = ws.workplaces()
    assert [last.ref for last in one.records] == [second]
    assert (one.verdict_ref, one.until) == (FIRST, date(2026, 9, 1)), "a new one without verdict does not end the old"
    ws.change(second, "oordeel", {"value": "geschikt"})
    (one,) = ws.workplaces()
    assert (one.verdict, one.verdict_ref, one.until) == ("geschikt", second, date(2027, 11, 1))
    assert len(one.conditions) == 1, "what was asked then is still to be done"
    rows = ws.see(FIRST).record.shared["oordeel"]["condition"]
    ws.change(FIRST, "oordeel", {"condition": [{"id": rows[0]["id"], "state": "voldaan"}]})
    assert ws.workplaces()[0].conditions == ()


def test_students_are_in_the_list_by_code_alone(ws: Workspace) -> None:
    at_once(ws)
    ws.add_subject(SLUG, "s1", "Roos Stapper", kind="student", note="Roos is er vanaf maandag.")
    ws.add_subject(SLUG, "x1", "Wie dit is, is nooit gezegd")
    assert [one.code for one in ws.workplaces()] == [CODE]
    every = {one.code: one for one in ws.workplaces(SLUG, kind="")}
    assert list(every) == [CODE, "s1", "x1"]
    assert (every["s1"].name, every["s1"].note, every["x1"].name) == ("", "", "")
    assert ws.subject(SLUG, "s1").name == "Roos Stapper"


def test_a_record_that_cannot_be_read_takes_no_place_away(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    fill(ws)
    ref = again(ws)
    (garden.folder(ref) / "plek.toml").write_text("[[", "utf-8")
    (one,) = ws.workplaces()
    assert one.verdict == "geschikt onder voorwaarden"
    assert one.records[-1].problem


# -- made in one operation


def test_an_organisation_a_workplace_and_a_record_are_made_at_once(ws: Workspace, garden: Garden) -> None:
    assert at_once(ws) == FIRST
    assert ws.organisation(SLUG).place == "Delft"
    assert ws.subject(SLUG, CODE).kind == "workplace"
    record = ws.see(FIRST).record
    assert record.envelope.parameters == {"niveau": (4, 5)}
    assert [(one.id, one.role) for one in record.envelope.person] == [("a1", "voorman"), ("a2", "school")]
    assert ws.check().problems == ()


def test_a_refusal_leaves_nothing_half_made(ws: Workspace, garden: Garden) -> None:
    ws.add_organisation("De Eik")
    before = garden.files()
    more: dict[str, Any]
    for more in (
        {"new_organisation": {"name": "De Eik"}},
        {"new_organisation": {"name": " "}},
        {"new_organisation": {}},
        {"new_subject": {"name": ""}},
        {"new_subject": {"name": "Perk", "levels": "vier"}},
        {"parameters": {"niveau": "4,9"}},
        {"people": (VERA, VERA)},
        {"people": (Assessor("Vera", role="koning"),)},
    ):
        with pytest.raises(KwartierError):
            at_once(ws, **more)
        left = {name: data for name, data in garden.files().items() if not name.startswith("contents/")}
        assert left == before


def test_a_workplace_is_made_with_its_first_record_and_gets_a_code(ws: Workspace) -> None:
    at_once(ws)
    second = ws.start("perk", SLUG, day=NOW, parameters={"niveau": 3}, new_subject={"name": "Perk Noord", "team": "B"})
    assert second == f"{SLUG}/perk/perk-noord-2/2026-11-01"
    assert ws.subject(SLUG, "perk-noord-2").team == "B"
    by_code = ws.start("perk", SLUG, day=NOW, parameters={"niveau": 3}, subject="kas")
    assert by_code == f"{SLUG}/perk/kas/2026-11-01"
    assert ws.subject(SLUG, "kas").kind == "workplace"
    ws.add_subject(SLUG, "s1", kind="student")
    with pytest.raises(KwartierError) as refused:
        ws.start("perk", SLUG, day=NOW, parameters={"niveau": 3}, subject="s1")
    assert code_of(refused) == "subject-other-kind"


# -- from last time


def test_a_record_starts_as_the_one_that_it_follows(ws: Workspace, garden: Garden) -> None:
    at_once(ws)
    fill(ws)
    ref = again(ws, parameters={"niveau": "3"})
    record = ws.see(ref).record
    assert record.shared["plek"]["fact"] == [{"id": "begeleiders", "value": 2}], "the other one is not asked at level 3"
    sheet = record.personal["lijst", "a1"]
    assert sheet["answer"] == [ANSWERS[0], ANSWERS[2]]
    assert "sealed" not in sheet
    assert "oordeel" not in record.shared
    assert set(record.personal) == {("lijst", "a1")}


def test_what_was_sealed_starts_unsealed_and_is_whoevers_turn_it_is(ws: Workspace) -> None:
    at_once(ws)
    fill(ws)
    ws.change(FIRST, "lijst", {"answer": [{"item": "1", "part": "a", "value": "wel"}]}, person="a1")
    ws.seal(FIRST, "a1")
    ref = again(ws, people=(Assessor("Wim Wied", role="voorman"),))
    sheet = ws.see(ref).record.personal["lijst", "a3"]
    assert sheet["person"] == "a3"
    assert len(sheet["answer"]) == 5
    assert not {"sealed", "digest"} & sheet.keys()
    ws.change(ref, "lijst", {"answer": [{"item": "2", "value": "wel", "note": ""}]}, person="a3")
    desk = ws.desk(ref, viewer="a3")
    was = desk.earlier_answers("lijst")
    assert was["2", ""].value == "misschien"
    assert was["1", "b"].value == "niet"
    assert desk.earlier_facts("plek")["begeleiders"].value == 2


@pytest.mark.parametrize("people", [(), (VERA, Assessor("Wim Wied", role="voorman")), (SIEN,)])
def test_with_nobody_or_several_the_sheets_start_empty(ws: Workspace, people: tuple[Assessor, ...]) -> None:
    at_once(ws)
    fill(ws)
    record = ws.see(again(ws, people=people)).record
    assert record.personal == {}
    assert record.shared["plek"]["fact"]


def test_without_a_record_before_it_nothing_is_taken_over(ws: Workspace) -> None:
    at_once(ws)
    fill(ws)
    record = ws.see(again(ws, follows="")).record
    assert (record.shared, record.personal) == ({}, {})
    other = ws.start("perk", SLUG, day=NOW, people=(VERA,), subject="kas", parameters={"niveau": 4}, follows=FIRST)
    record = ws.see(other).record
    assert (record.shared, record.personal) == ({}, {}), "another workplace starts empty"
    assert ws.desk(other, viewer="a1").earlier_answers("lijst") == {}


def test_an_instrument_may_not_carry_what_is_scored_blind(garden: Garden) -> None:
    host = garden.host(
        lambda text: text.replace('by = "person"\nrole = "voorman"', 'by = "each"\nrole = "voorman"'), "perk"
    )
    with pytest.raises(KwartierError) as refused, garden.open(host) as ws:
        ws.content("perk")
    assert "carry" in refused.value.message
