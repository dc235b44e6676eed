"""A record on a desk: edits are there at once, saved as patches, undone by name, and meet what others save."""

from __future__ import annotations

import pytest
from tests.workspace.conftest import ANNA, BOB, FIRST, SECOND, Garden, answers, refusal
from tests.workspace.desk_texts import text, write

from kwartier.errors import KwartierError
from kwartier.records.files import ConclusionsFile, NotesFile, Sheet


def on_disk(garden: Garden, ref: str, file: str) -> str:
    path = garden.folder(ref) / file
    return path.read_text("utf-8") if path.exists() else ""


def test_an_edit_is_there_at_once_and_on_disk_after_a_save(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref, viewer=ANNA)
        write(desk, "1", "Compost.")
        assert text(desk, "1") == "Compost."
        assert desk.is_dirty
        assert "Compost" not in on_disk(garden, ref, "toelichting.toml")
        assert desk.save() == []
        assert not desk.is_dirty
        assert "Compost" in on_disk(garden, ref, "toelichting.toml")
        assert next(one for one in desk.states() if one.id == "toelichting").detail == "1 opmerking"


def test_what_is_wrong_changes_nothing(garden: Garden) -> None:
    with garden.open() as ws:
        desk = ws.desk(garden.begin(ws), viewer=ANNA)
        error = refusal(lambda: desk.give("scoren", {"answer": [{"item": "1", "value": 9}]}, name="score"))
        assert error.code == "given-wrong"
        assert not desk.is_dirty
        assert desk.to_undo == ""


def test_typing_in_one_field_is_undone_as_one_edit(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref)
        write(desk, "1", "Eerst.", burst="eerste")
        for length in range(1, 6):
            write(desk, "2", "tuin!"[:length], burst="tweede")
            desk.save()
        assert desk.undo().name == "toelichting bij item 2"
        assert (text(desk, "1"), text(desk, "2")) == ("Eerst.", "")
        desk.redo()
        assert text(desk, "2") == "tuin!"
        desk.undo()
        desk.undo()
        assert desk.to_undo == ""
        assert desk.save() == []
        assert "tuin" not in on_disk(garden, ref, "toelichting.toml")
        write(desk, "3", "Nieuw.")
        assert desk.to_redo == ""


def test_undo_leaves_what_somebody_else_did_and_refuses_where_they_changed_the_same(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        anna, bob = ws.desk(ref, viewer=ANNA), ws.desk(ref, viewer=BOB)
        write(anna, "1", "Van Anna.")
        anna.save()
        bob.take_in(bob.look())
        write(bob, "1", "Van Anna, en van Bob.")
        write(bob, "2", "Van Bob.")
        bob.save()
        assert anna.take_in(anna.look())
        error = refusal(anna.undo)
        assert error.code == "changed-since"
        assert "toelichting bij item 1" in error.message
        assert (text(anna, "1"), text(anna, "2")) == ("Van Anna, en van Bob.", "Van Bob.")


def test_what_two_people_change_at_the_same_time_comes_together(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        anna, bob = ws.desk(ref, viewer=ANNA), ws.desk(ref, viewer=BOB)
        write(anna, "1", "Anna over 1.")
        write(bob, "2", "Bob over 2.")
        assert anna.save() == []
        assert bob.save() == []
        anna.take_in(anna.look())
        for desk in (anna, bob):
            assert (text(desk, "1"), text(desk, "2")) == ("Anna over 1.", "Bob over 2.")


@pytest.mark.parametrize("kept", ["mine", "theirs", "both"])
def test_the_same_field_changed_twice_waits_for_a_choice_and_loses_nothing(garden: Garden, kept: str) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        anna, bob = ws.desk(ref, viewer=ANNA), ws.desk(ref, viewer=BOB)
        write(anna, "1", "Anna.")
        anna.save()
        write(bob, "1", "Bob.")
        write(bob, "3", "Ook van Bob.")
        assert [error.code for error in bob.save()] == ["conflict"]
        bob.take_in(bob.look())
        (clash,) = bob.clashes()
        assert (clash.mine, clash.theirs) == ("Bob.", "Anna.")
        assert bob.save() == []  # the rest is saved meanwhile, and what the other one wrote stays
        found = on_disk(garden, ref, "toelichting.toml")
        assert "Ook van Bob." in found
        assert "Anna." in found
        assert '"Bob."' not in found
        if kept == "both":
            bob.join(clash)
        else:
            bob.choose(clash, mine=kept == "mine")
        assert bob.save() == []
        assert bob.clashes() == []
        found = on_disk(garden, ref, "toelichting.toml")
        assert ("Anna." in found, "Bob." in found.replace("Ook van Bob.", "")) == {
            "mine": (False, True),
            "theirs": (True, False),
            "both": (True, True),
        }[kept]


def test_a_name_that_is_new_comes_with_its_code(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref)
        desk.give("toelichting", {"writer": "Carla Courgette"}, name="schrijver")
        code = desk.record.read("toelichting", NotesFile).writer
        assert desk.name(code) == "Carla Courgette"
        assert "Carla Courgette" in (garden.path / "organisations" / ref.split("/")[0] / "people.toml").read_text()
        desk.undo()
        assert desk.record.read("toelichting", NotesFile).writer == ""


def test_nobody_sees_or_changes_the_sheet_of_another_through_a_desk(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        anna = ws.desk(ref, viewer=ANNA)
        anna.give("scoren", answers(FIRST, "geheim"), name="scores")
        anna.save()
        for viewer in (BOB, None):
            desk = ws.desk(ref, viewer=viewer)
            assert "geheim" not in repr(desk.record)
            assert desk.record.hidden["scoren", "a1"].done == len(FIRST)
        assert refusal(lambda: ws.desk(ref).give("scoren", answers(SECOND), name="scores")).code == "who"


def test_sealing_saves_first_and_ends_what_can_be_undone(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref, viewer=ANNA)
        write(desk, "1", "Nog niet bewaard.")
        desk.give("scoren", answers(FIRST), name="scores")
        assert desk.act(lambda: ws.seal(ref, "a1")) is False
        assert desk.record.read_of("scoren", "a1", Sheet).sealed is not None
        assert desk.to_undo == ""
        assert "Nog niet bewaard." in on_disk(garden, ref, "toelichting.toml")
        assert refusal(lambda: desk.give("scoren", answers(SECOND), name="scores")).code == "sealed"


def test_a_text_that_was_scored_on_is_kept_when_it_is_changed_on_a_desk(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        ws.seal(ref, "a1")
        desk = ws.desk(ref, viewer=ANNA)
        write(desk, "1", "Anders.")
        desk.save()
        assert [row.text for row in desk.record.read("toelichting", NotesFile).earlier] == ["Over item 1."]


def test_what_cannot_be_written_stays_on_the_desk(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        desk = ws.desk(ref)
        write(desk, "1", "Blijft.")
        folder = garden.folder(ref)
        aside = folder.with_name("weg")
        folder.rename(aside)
        (error,) = desk.save()
        assert isinstance(error, KwartierError)
        assert text(desk, "1") == "Blijft."
        assert desk.is_dirty
        aside.rename(folder)
        assert desk.save() == []
        assert "Blijft." in on_disk(garden, ref, "toelichting.toml")


def test_a_record_of_a_plugin_that_is_gone_is_only_read(garden: Garden) -> None:
    with garden.open() as ws:
        ref = garden.story(ws)
    with garden.open(garden.without_plugin()) as ws:
        desk = ws.desk(ref)
        assert desk.locked
        assert text(desk, "1") == "Over item 1."
        assert desk.record.read("conclusies", ConclusionsFile).strength
        assert refusal(lambda: write(desk, "1", "Anders.")).code == "read-only-record"
