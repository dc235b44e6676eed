"""A desk beside other windows: undo after somebody sealed elsewhere, looks that are too old, bursts that others cut."""

from __future__ import annotations

import json

import pytest
from tests.workspace.conftest import ANNA, FIRST, Garden, answers, refusal
from tests.workspace.desk_texts import text, write

from kwartier.records.files import Sheet
from kwartier.records.tree import Tree
from kwartier.workspace.places import cache_folder
from kwartier.workspace.runs import Run


@pytest.mark.parametrize("back", [True, False])
def test_a_sheet_that_was_sealed_in_another_window_is_not_undone_here(garden: Garden, back: bool) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        desk = ws.desk(ref, viewer=ANNA)
        desk.give("scoren", {"answer": [{"item": "1", "value": 1}]}, name="score bij item 1")
        if not back:
            desk.undo()
        assert desk.save() == []
        ws.seal(ref, "a1")
        desk.take_in(desk.look())
        error = refusal(desk.undo if back else desk.redo)
        assert error.code == "sealed"
        assert not desk.is_dirty
        assert desk.save() == []
        given = {row.item: row.value for row in desk.record.read_of("scoren", "a1", Sheet).answer}
        assert given["1"] == (1 if back else FIRST[0])


def test_an_edit_that_came_too_late_for_a_sealed_sheet_can_be_taken_back(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        desk = ws.desk(ref, viewer=ANNA)
        desk.give("scoren", {"answer": [{"item": "1", "value": 1}]}, name="score bij item 1")
        ws.seal(ref, "a1")
        assert [error.code for error in desk.save()] == ["sealed"]
        desk.take_in(desk.look())
        assert desk.is_dirty
        desk.undo()
        assert not desk.is_dirty


def test_a_look_from_before_a_save_is_not_taken_in(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref, viewer=ANNA)
        old = desk.look()
        write(desk, "1", "Eerst.")
        desk.rename("a2", "Bob Boon")
        write(desk, "1", "Eerst. Daarna.")
        desk.take_in(old)
        assert desk.clashes() == []
        assert desk.name("a2") == "Bob Boon"
        assert text(desk, "1") == "Eerst. Daarna."
        desk.take_in(desk.look())
        assert desk.clashes() == []


def test_undo_of_a_burst_leaves_what_somebody_else_wrote_in_the_middle_of_it(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref, viewer=ANNA)
        write(desk, "1", "Van Anna.", burst="een")
        desk.save()
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Beter gezegd door Bob."}]})
        desk.take_in(desk.look())
        write(desk, "1", "Beter gezegd door Bob. En ik nog.", burst="een")
        desk.undo()
        assert text(desk, "1") == "Beter gezegd door Bob."


def test_a_damaged_note_of_an_earlier_run_stands_in_no_ones_way(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        folder = cache_folder() / "open"
        folder.mkdir(parents=True, exist_ok=True)
        notes: list[Tree] = [{"ref": 5, "step": []}, {"ref": ref, "step": "bestaat-niet"}, {"ref": "x"}]
        for number, told in enumerate(notes):
            (folder / f"{number}.json").write_text(json.dumps({"folder": str(ws.path), **told}), "utf-8")
        run = Run(ws)
        assert run.begin() == []
        run.end()
        assert not [one for one in folder.iterdir() if one.stem in ("0", "1", "2")]
