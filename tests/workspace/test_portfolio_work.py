"""The portfolio of a pupil at work: two judgements of the same masters, the pupil's own row, traits, a new level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.workspace.conftest import ANNA, BOB, CARLA, refusal
from tests.workspace.kas import CODE, PUPIL, SELF, Greenhouse, judged

from kwartier.workspace import Assessor, Workspace

SAME = judged("deels", "aangetoond", "nog-niet")
LEFT = {"answer": [*judged("deels", "aangetoond")["answer"], {"item": "2.1", "missing": "eerder beoordeeld"}]}


@pytest.fixture
def ws(kas: Greenhouse) -> Iterator[Workspace]:
    """The workspace on it."""
    with kas.open() as opened:
        yield opened


def interim(ws: Workspace, ref: str, *sheets: Any) -> None:
    """Both masters half way."""
    for code, sheet in zip(("a1", "a2"), sheets or (SAME, SAME), strict=True):
        ws.change(ref, "halverwege", sheet, person=code)
        ws.seal(ref, code, step="halverwege")


def final(ws: Workspace, ref: str, *sheets: Any) -> None:
    """Both masters at the end."""
    for code, sheet in zip(("a1", "a2"), sheets or (SAME, SAME), strict=True):
        ws.change(ref, "eind", sheet, person=code)
        ws.seal(ref, code, step="eind")


def status(ws: Workspace, ref: str, viewer: str | None = None) -> dict[str, str]:
    """Where each step stands."""
    return {one.id: one.status.value for one in ws.situation(ref, viewer=viewer).steps}


# -- two judgements


def test_who_sealed_half_way_works_on_the_end_next(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    assert ws.change(ref, None, SAME, person="a1") == "halverwege"
    ws.seal(ref, "a1")
    assert ws.change(ref, None, judged("aangetoond"), person="a1") == "eind"
    assert ws.change(ref, None, SAME, person="a2") == "halverwege"
    assert ws.change(ref, None, SELF, person=CODE) == "zelf"
    # what is opened again without naming the step is the sheet that was sealed
    ws.reopen(ref, "a1", reason="Een vergissing")
    ws.seal(ref, "a1", step="halverwege")
    assert not ws.outcome(ref, step="halverwege").complete
    assert ws.seal(ref, "a2")
    assert refusal(lambda: ws.reopen(ref, "a1", reason="Te laat")).code == "already-revealed"


def test_the_outcome_of_half_way_is_there_while_the_end_is_blind(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    interim(ws, ref, SAME, judged("deels", "deels", "nog-niet"))
    ws.change(ref, "eind", judged("aangetoond"), person="a1")
    found = ws.outcome(ref, step="halverwege")
    assert {one.item: dict(one.given)["a2"].value for one in found.stands if not one.part} == {
        "1.1": "deels",
        "1.2": "deels",
        "2.1": "nog-niet",
    }
    assert found.why == "nog 3 van 3 items zonder antwoord"
    assert [row["item"] for row in ws.proposals(ref, step="halverwege-samen")] == ["1.1", "2.1"]
    ws.change(ref, "halverwege-samen", {"answer": ws.proposals(ref, step="halverwege")})
    reason = {"item": "1.2", "value": "aangetoond", "note": "Samen gezien."}
    assert refusal(lambda: ws.change(ref, "halverwege-samen", {"answer": [{**reason, "note": ""}]})).status == 2
    ws.change(ref, "halverwege-samen", {"answer": [reason]})
    assert ws.outcome(ref, step="halverwege").complete
    assert ws.outcome(ref).why == "nog niet alle scorebladen zijn verzegeld (0 van 2)"
    assert ws.outcome(ref).step == ws.outcome(ref, step="eind-samen").step == "eind"
    assert refusal(lambda: ws.change(ref, "eind-samen", {"answer": [reason]})).code == "not-revealed"
    assert ws.see(ref, viewer="a2").record.hidden["eind", "a1"].done == 1
    found_states = status(ws, ref)
    assert (found_states["halverwege"], found_states["halverwege-samen"]) == ("done", "done")
    assert (found_states["eind"], found_states["eind-samen"], found_states["verslag"]) == ("busy", "waiting", "waiting")
    assert refusal(lambda: ws.outcome(ref, step="bewijs")).code == "step-not-scored"
    assert refusal(lambda: ws.outcome(ref, step="bestaat-niet")).code == "unknown-step"


def test_half_way_and_the_self_assessment_may_be_left_out(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    ws.change(ref, "halverwege", judged("deels"), person="a1")  # begun, and never gone on with
    final(ws, ref)
    assert [one.text for one in ws.agenda() if one.kind == "sheet"] == []
    assert status(ws, ref)["verslag"] == "waiting"
    ws.change(ref, "eind-samen", {"answer": ws.proposals(ref)})
    assert status(ws, ref)["verslag"] == "open"
    assert ws.finalise(ref) == 1
    for viewer in (None, "a1", CODE):  # the report is there for everybody, though half way was never laid open
        assert status(ws, ref, viewer)["verslag"] == "done"
        assert ("halverwege", "a1") not in ws.see(ref, viewer=viewer).record.personal or viewer == "a1"
    assert ws.summary(ref).definitive
    assert [one for one in ws.check().problems if "bewaard worden" not in one.message] == []


def test_a_sheet_that_was_begun_half_way_is_on_the_agenda_until_its_master_goes_on(
    ws: Workspace, kas: Greenhouse
) -> None:
    ref = kas.begin(ws)
    ws.change(ref, "zelf", SELF, person=CODE)
    ws.change(ref, "halverwege", SAME, person="a1")
    assert {(one.step, one.person) for one in ws.agenda() if one.kind == "sheet"} == {
        ("halverwege", "a1"),
        ("halverwege", "a2"),
    }
    ws.change(ref, "eind", SAME, person="a1")
    assert {(one.step, one.person) for one in ws.agenda() if one.kind == "sheet"} == {
        ("halverwege", "a2"),
        ("eind", "a1"),
        ("eind", "a2"),
    }


def test_what_comes_next_is_half_way_only_while_it_is_under_way(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    ws.change(
        ref, "gegevens", {"fact": [{"id": "kas", "value": "De oude"}, {"id": "begonnen", "value": date(2026, 9, 1)}]}
    )
    ws.change(ref, "bewijs", {"evidence": [{"id": "b1", "title": "Dagboek", "readers": ["everyone"]}]}, person=CODE)
    ws.change(ref, "zelf", SELF, person=CODE)
    assert ws.summary(ref).next == "Aan het eind"
    ws.change(ref, "halverwege", SAME, person="a1")
    assert ws.summary(ref).next == "Halverwege"
    ws.seal(ref, "a1", step="halverwege")
    ws.change(ref, "halverwege", SAME, person="a2")
    ws.seal(ref, "a2", step="halverwege")
    assert ws.summary(ref).next == "Halverwege, samen"
    ws.change(ref, "eind", SAME, person="a1")
    assert ws.summary(ref).next == "Aan het eind"


def test_who_joins_after_half_way_judges_at_the_end_alone(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    interim(ws, ref)
    ws.change(ref, "halverwege-samen", {"answer": ws.proposals(ref, step="halverwege")})
    assert ws.join(ref, Assessor(CARLA), replaces="a2", reason="Verhuisd") == "a3"
    assert ws.outcome(ref, step="halverwege").complete
    assert ws.change(ref, None, SAME, person="a3") == "eind"
    refused = refusal(lambda: ws.change(ref, "halverwege", SAME, person="a3"))
    assert refused.code == "already-revealed"
    assert [one.id for one in next(s for s in ws.situation(ref).steps if s.id == "halverwege").people] == ["a1", "a2"]
    ws.seal(ref, "a3")
    ws.change(ref, "eind", SAME, person="a1")
    assert ws.seal(ref, "a1")
    assert refusal(lambda: ws.join(ref, Assessor("Dirk Dille"))).code == "already-revealed"


def test_a_mistake_half_way_is_named_there(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    interim(ws, ref)
    ws.mistake(ref, "a1", "1.1", reason="Verkeerd vakje")
    assert ws.see(ref).record.shared["halverwege-samen"]["mistake"][0]["person"] == "a1"


# -- the pupil's own row


def test_the_pupil_takes_part_by_code_or_name_and_stands_in_no_list_of_people(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    slug = ref.split("/")[0]
    assert ws.code_of(ref, PUPIL) == ws.code_of(ref, "lotte") == ws.code_of(ref, CODE) == CODE
    assert ws.see(ref).names[CODE] == ws.names(slug)[CODE] == PUPIL
    assert list(ws.people(slug)) == ["a1", "a2"]
    ws.change(ref, "afspraken", {"action": [{"id": "1", "text": "Zaaien", "who": PUPIL}]})
    assert ws.see(ref).record.shared["afspraken"]["action"][0]["who"] == CODE
    assert PUPIL not in (kas.path / "organisations" / slug / "people.toml").read_text("utf-8")
    assert refusal(lambda: ws.join(ref, Assessor(PUPIL))).code == "is-subject"
    assert refusal(lambda: ws.join(ref, Assessor(CODE))).code == "is-subject"
    assert refusal(lambda: ws.join(ref, Assessor(CARLA, role="leerling"))).code == "role-of-subject"
    assert refusal(lambda: ws.join(ref, Assessor(CARLA), replaces=CODE, reason="x")).code == "is-subject"
    assert refusal(lambda: ws.stop(ref, CODE, reason="Gestopt")).code == "is-subject"
    assert refusal(lambda: ws.rename_person(slug, CODE, "Iemand anders")).code == "unknown-code"
    assert [one for one in ws.check().problems if "bewaard worden" not in one.message] == []
    findings = {one.id for one in ws.situation(ref).findings}
    assert "aantal-auditors" not in findings


def test_a_start_with_the_pupil_among_the_masters_or_with_a_code_in_use_is_refused(
    ws: Workspace, kas: Greenhouse
) -> None:
    slug = kas.begin(ws).split("/")[0]
    begin: dict[str, Any] = {"day": date(2026, 9, 2), "parameters": {"niveau": 2}, "reason": "x"}
    twice = refusal(lambda: ws.start("kas", slug, people=(Assessor(PUPIL, role="meester"),), subject=CODE, **begin))
    assert twice.code == "is-subject"
    assert refusal(lambda: ws.start("kas", slug, subject="a1", **begin)).code == "code-taken"
    one = ws.start(
        "kas",
        slug,
        subject="s9",
        new_subject={"name": "Mees Munt"},
        people=(Assessor(ANNA, role="meester"), Assessor(BOB, role="meester")),
        **{**begin, "reason": ""},
    )
    assert ws.see(one).names["s9"] == "Mees Munt"


# -- traits


def test_traits_are_asked_and_warned_about_and_block_nothing(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    found = {one.id: one for one in ws.situation(ref).findings}
    assert {one.level for one in found.values()} == {"remark"}
    assert "a1: niet gezegd, a2: niet gezegd" in found["trait-tuinier"].message
    assert "leerling was" in found["trait-tuinier"].advice
    assert ws.set_traits(ref, ANNA, {"tuinier": True, "geschoold": True}) == {"tuinier": True, "geschoold": True}
    ws.set_traits(ref, "a2", {"geschoold": False})
    found = {one.id: one for one in ws.situation(ref).findings}
    assert list(found) == ["trait-geschoold"]
    assert "(a2: nee)" in found["trait-geschoold"].message
    assert ws.set_traits(ref, "a2", {"geschoold": None}) == {}
    assert refusal(lambda: ws.set_traits(ref, "a2", {"lang": True})).code == "unknown-trait"
    assert refusal(lambda: ws.set_traits(ref, CODE, {"geschoold": True})).code == "unknown-trait"
    final(ws, ref)
    code = ws.join(ref, Assessor(CARLA, shadow=True, traits={"geschoold": True}))
    assert dict(ws.see(ref).record.envelope.person[-1].traits) == {"geschoold": True} and code == "a3"
