"""A verdict through the workspace: in lists, agenda and overview; on two desks at once; fixed by a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.workspace.trail import BEA, GIJS, STEP, Trail

from kwartier.errors import Refused
from kwartier.workflow.filling import Rejected
from kwartier.workspace import Workspace

CONDITION = {"id": "w1", "text": "Een diploma halen bij [b]De Kruispost[/b].", "who": GIJS, "due": "10-1-2027"}


@pytest.fixture
def trail(tmp_path: Path, packages: Path) -> Trail:
    """An empty data folder with the Routebook installed."""
    return Trail(tmp_path, packages)


def judged(trail: Trail, ws: Workspace) -> str:
    """A record with a verdict under one condition."""
    ref = trail.begin(ws)
    trail.answered(ws, ref, ehbo=False)
    ws.change(ref, STEP, {"value": "voorlopig", "condition": [CONDITION]})
    return ref


def test_lists_say_the_verdict_and_its_open_conditions(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        told = ws.summary(ref)
        assert (told.verdict, told.conditions) == ("klaar onder voorwaarden", 1)
        (point,) = ws.actions(ref.split("/")[0])
        assert (point.kind, point.who, point.due, point.closed) == ("condition", "a1", date(2027, 1, 10), False)
        ws.change(ref, STEP, {"condition": [{"id": "w1", "state": "voldaan"}]})
        assert ws.summary(ref).conditions == 0
        assert ws.actions(ref.split("/")[0])[0].closed
        assert not [one for one in ws.agenda() if one.kind == "condition"]


def test_the_start_screen_keeps_the_verdict_and_what_people_wrote_out_of_the_index(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        ws.change(ref, "start", {"fact": [{"id": "start", "value": date(2026, 1, 1)}]})
        found = ws.overview()
        assert [one.text for one in found.agenda if one.kind == "condition"] == ["voorwaarde 1"]
        ws.change(ref, "zelf", {"answer": _answers()}, person=GIJS)
        ws.seal(ref, GIJS, step="zelf")
        ws.seal(ref, BEA, step="beoordelen")
        ws.finalise(ref)
        ws.change(ref, "afspraken", {"action": [{"text": "Lopen.", "state": "gedaan"}]})
        (line,) = ws.overview().organisations
        assert line.last == "Routeboek nov 26", "of a student no verdict stands in the index"


def _answers() -> list[dict[str, str]]:
    rows = [{"item": item, "value": "wel"} for item in ("1.1", "1.2", "2.1")]
    return [*rows, {"item": "1.1", "part": "b", "value": "gehaald"}]


def test_one_closes_a_condition_while_the_other_signs(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        one, other = ws.desk(ref), ws.desk(ref)
        signature = {"id": "leerling", "by": "a1", "date": date(2026, 11, 25)}
        one.give(STEP, {"signature": [signature]}, name="tekenen")
        other.give(STEP, {"condition": [{"id": "w1", "state": "voldaan"}]}, name="voldaan")
        assert one.save() == [] and other.save() == []
        tree = trail.verdict(ref)
        assert tree["condition"][0]["state"] == "voldaan" and tree["signature"][0]["by"] == "a1"
        late = ws.desk(ref)
        with pytest.raises(Rejected):
            late.give(STEP, {"value": "klaar", "reason": "Toch."}, name="oordeel")


def test_who_changes_the_verdict_while_the_other_signs_is_refused(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        one, other = ws.desk(ref), ws.desk(ref)
        one.give(STEP, {"signature": [{"id": "leerling", "by": "a1", "date": date(2026, 11, 25)}]}, name="tekenen")
        other.give(STEP, {"value": "klaar", "reason": "Toch."}, name="oordeel")
        assert one.save() == []
        (error,) = other.save()
        assert "trek de handtekening eerst in" in error.message
        assert trail.verdict(ref)["value"] == "voorlopig"


def test_undo_takes_back_what_was_proposed_as_well(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        before = trail.verdict(ref)
        desk = ws.desk(ref)
        desk.give(STEP, {"value": "nog-niet", "reason": "Te vroeg."}, name="oordeel")
        desk.save()
        assert trail.verdict(ref)["value"] == "nog-niet"
        desk.undo()
        desk.save()
        assert trail.verdict(ref) == before


def test_a_report_fixes_the_decision_and_leaves_conditions_and_signatures(trail: Trail) -> None:
    with trail.open() as ws:
        ref = judged(trail, ws)
        ws.change(ref, "zelf", {"answer": _answers()}, person=GIJS)
        ws.seal(ref, GIJS, step="zelf")
        ws.seal(ref, BEA, step="beoordelen")
        assert [one.id for one in ws.unfinished(ref)] == [STEP]
        ws.finalise(ref)
        with pytest.raises(Refused):
            ws.change(ref, STEP, {"value": "klaar", "reason": "Toch."})
        signed = [
            {"id": role, "by": who, "date": "26-11-2026"} for role, who in (("leerling", GIJS), ("beoordelaar", BEA))
        ]
        ws.change(ref, STEP, {"condition": [{"id": "w1", "state": "vervallen"}], "signature": signed})
        assert not ws.check().problems
        trail.put(trail.folder(ref) / f"{STEP}.toml", {**trail.verdict(ref), "value": "klaar"})
        assert any("daarna veranderd" in one.message for one in ws.check().problems)
