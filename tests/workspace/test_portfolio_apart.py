"""A portfolio worked on apart: a master with what the pupil lets be read, and the pupil with all that is its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.workspace.conftest import refusal
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse, judged

from kwartier.errors import KwartierError
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.workspace import Workspace, open_sheet, pack_sheet
from kwartier.workspace.bundle import is_bundle, pack, unpack
from kwartier.workspace.locking import lock, unlock

KEY = "kas vol tomaten"
SAME = judged("deels", "aangetoond", "nog-niet")
PICTURE, DIARY = b"\x89PNG\r\n\x1a\n" + b"een foto" * 9, b"Het dagboek van de kas.\n"


@pytest.fixture
def ws(kas: Greenhouse) -> Iterator[Workspace]:
    """The workspace on it."""
    with kas.open() as opened:
        yield opened


def evidence(ws: Workspace, kas: Greenhouse, ref: str) -> None:
    """Two pieces with a file, one for the masters and one for nobody, and what visitors said."""
    rows: list[Tree] = [
        {"id": "b1", "title": "Dagboek", "items": ["1.1"], "readers": ["meester"]},
        {"id": "b2", "title": SECRET, "items": ["1.2"]},
    ]
    ws.change(ref, "bewijs", {"evidence": rows}, person=CODE)
    for row, name, data in (("b1", "dagboek.txt", DIARY), ("b2", "foto.png", PICTURE)):
        (kas.home / name).write_bytes(data)
        ws.attach(ref, "bewijs", row, kas.home / name, CODE)
    ws.change(ref, "reacties", {"evidence": [{"id": "r1", "title": "Fijn zo", "readers": ["a1"]}]}, person=CODE)
    ws.change(ref, "zelf", SELF, person=CODE)
    ws.change(ref, "gegevens", {"fact": [{"id": "kas", "value": "De oude"}]})


def stored(kas: Greenhouse, ref: str) -> dict[str, bytes]:
    """The files of the pupil."""
    home = kas.path / "organisations" / ref.split("/")[0] / "subjects" / CODE / "evidence"
    return {one.name: one.read_bytes() for one in home.iterdir()}


# -- a master


def test_a_master_gets_what_may_be_read_with_its_files_and_nothing_else(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    ws.change(ref, "halverwege", SAME, person="a2")
    file, folder = kas.home / "geef.kwartier", kas.home / "map van Anna"
    ws.hand_over(ref, "a1", file)
    data = file.read_bytes()
    assert is_bundle(data)
    inside = unpack(data, "x")
    tree = toml.parse(inside["handover.toml"], "x")
    assert [one for one in inside.values() if one == DIARY] and PICTURE not in inside.values()
    for absent in (SECRET, PUPIL, "foto.png", '"b2"'):
        assert absent not in inside["handover.toml"].decode()
    assert tree["subject"]["code"] == CODE and "name" not in tree["subject"]
    assert tree["step"] == "halverwege"
    opened = open_sheet(file, folder, None)
    assert (opened.person, opened.step, opened.own) == ("a1", "halverwege", ())
    anna = kas.beside(folder.name)
    with anna.open(kas.without_plugin()) as away:
        seen = away.see(ref, viewer="a1").record
        assert [row["id"] for row in seen.shared["bewijs"]["evidence"]] == ["b1"]
        assert seen.shared["reacties"]["evidence"][0]["title"] == "Fijn zo"
        assert seen.shared["gegevens"]["fact"][0]["value"] == "De oude"
        answers = {row["item"]: row for row in seen.personal["zelf", CODE]["answer"]}
        assert answers["1.2"]["note"] == "Elke ochtend om zeven uur." and "note" not in answers["1.1"]
        assert answers["1.1"]["value"] == "deels"
        got = away.fetch_file(ref, "bewijs", "b1", kas.home / "terug.txt", viewer="a1")
        assert got.read_bytes() == DIARY
        assert away.see(ref, viewer="a1").names[CODE] == ""
        assert [one for one in away.check().problems if one.level == "error"] == []
        for refused in (
            lambda: away.change(ref, "zelf", {"answer": [{"item": "1.1", "value": "deels"}]}, person=CODE),
            lambda: away.change(ref, "bewijs", {"evidence": [{"id": "b1", "title": "x"}]}, person=CODE),
            lambda: away.change(ref, "eind", SAME, person="a1"),
        ):
            assert refusal(refused).code == "stays-behind"
        away.change(ref, None, SAME, person="a1")
        away.seal(ref, "a1")
    back = kas.home / "terug.kwartier"
    assert pack_sheet(folder, back).sealed
    assert "dagboek" not in back.read_text("utf-8")
    taken = ws.take_back(back)
    assert (taken.sheet, taken.rows, taken.revealed) == (True, 0, False)
    # next time it is the end that goes along, with the name where that is asked
    ws.seal(ref, "a2")
    later = kas.home / "eind.kwartier"
    ws.hand_over(ref, "a1", later, with_name=True)
    assert open_sheet(later, kas.home / "map 2", None).step == "eind"
    with kas.beside("map 2").open(kas.without_plugin()) as away:
        assert away.see(ref, viewer="a1").names[CODE] == PUPIL
        away.change(ref, "eind", SAME, person="a1")
        away.seal(ref, "a1")
    assert ws.take_back(kas.home / "map 2").sheet
    assert ws.take_back(back).sheet is False  # what came back before still fits, and is in already
    assert PUPIL not in (kas.path / "organisations" / ref.split("/")[0] / "people.toml").read_text("utf-8")


def test_the_step_can_be_named_and_one_that_is_not_apart_is_refused(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    file = kas.home / "geef.kwartier"
    ws.hand_over(ref, "a1", file, step="eind")
    assert toml.parse(file.read_bytes(), "x")["step"] == "eind"
    assert refusal(lambda: ws.hand_over(ref, "a1", file, step="zelf", overwrite=True)).code == "step-not-apart"


def test_a_file_that_was_changed_on_the_way_is_refused(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    file, folder = kas.home / "geef.kwartier", kas.home / "ergens"
    ws.hand_over(ref, "a1", file)
    inside = unpack(file.read_bytes(), "x")
    name = next(one for one in inside if one.startswith("files/"))
    for wrong in (
        {**inside, name: b"iets anders"},
        {**inside, "files/meegestuurd": b"x"},
        {**inside, "los": b"x"},
        {name: inside[name]},
    ):
        file.write_bytes(pack(wrong))
        with pytest.raises(KwartierError):
            open_sheet(file, folder, None)
        assert not folder.exists()
    file.write_bytes(file.read_bytes()[:-30])
    assert refusal(lambda: open_sheet(file, folder, None)).code == "bundle-wrong"


# -- the pupil


def away_with_the_pupil(ws: Workspace, kas: Greenhouse, ref: str) -> tuple[Path, Greenhouse]:
    """The pupil's own steps in a folder elsewhere."""
    file, folder = kas.home / "leerling.kwartier", kas.home / "map van Lotte"
    ws.hand_over(ref, CODE, file, passphrase=KEY)
    assert open_sheet(file, folder, KEY).own == ("bewijs", "reacties")
    beside = Greenhouse(kas.home, kas.packages, folder.name)
    return folder, beside


def test_the_pupil_takes_all_of_it_along_locked(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    file = kas.home / "leerling.kwartier"
    assert refusal(lambda: ws.hand_over(ref, CODE, file)).code == "passphrase-needed"
    assert not file.exists()
    ws.hand_over(ref, PUPIL, file, passphrase=KEY)
    data = file.read_bytes()
    assert SECRET.encode() not in data and DIARY not in data
    inside = unpack(unlock(data, KEY, "x"), "x")
    assert SECRET in inside["handover.toml"].decode() and PUPIL not in inside["handover.toml"].decode()
    assert {DIARY, PICTURE} <= set(inside.values())
    folder = kas.home / "map"
    assert refusal(lambda: open_sheet(file, folder, "mis")).code == "passphrase-wrong"
    open_sheet(file, folder, KEY)
    assert refusal(lambda: pack_sheet(folder, kas.home / "terug")).code == "passphrase-needed"


def test_what_the_pupil_did_apart_comes_back_row_by_row(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    folder, apart = away_with_the_pupil(ws, kas, ref)
    with apart.open(kas.without_plugin()) as away:
        own: Any = {"id": "b3", "title": "Opname", "items": ["2.1"]}
        away.change(ref, "bewijs", {"evidence": [{"id": "b1", "title": "Dagboek, deel 1"}, own]}, person=CODE)
        (kas.home / "opname.txt").write_bytes(b"een gesprek")
        away.attach(ref, "bewijs", "b3", kas.home / "opname.txt", CODE)
        away.drop_evidence(ref, "bewijs", "b2", CODE)
        away.change(ref, None, {"answer": [{"item": "2.1", "value": "deels", "note": "Net gelukt"}]}, person=CODE)
        assert refusal(lambda: away.change(ref, "gegevens", {"fact": []})).code == "stays-behind"
        assert away.desk(ref, viewer=CODE).closed("bewijs") == ""
        assert away.desk(ref, viewer=CODE).closed("gegevens") != ""
    # meanwhile something else happens here
    ws.change(ref, "bewijs", {"evidence": [{"id": "b4", "title": "Van hier"}]}, person=CODE)
    before = stored(kas, ref)
    assert set(before.values()) == {DIARY, PICTURE}
    back = kas.home / "terug.kwartier"
    packed = pack_sheet(folder, back, passphrase=KEY)
    assert (packed.sealed, packed.own) == (False, ("bewijs", "reacties"))
    taken = ws.take_back(back, passphrase=KEY)
    assert (taken.sheet, taken.rows, taken.files, taken.revealed) == (False, 4, 1, False)
    record = ws.see(ref, viewer=CODE).record
    rows = {row["id"]: row for row in record.shared["bewijs"]["evidence"]}
    assert sorted(rows) == ["b1", "b3", "b4"]
    assert rows["b1"]["title"] == "Dagboek, deel 1" and rows["b1"]["readers"] == ["meester"]
    assert record.shared["bewijs"]["removed"] == ["b2"]
    assert set(stored(kas, ref).values()) == {DIARY, b"een gesprek"}
    assert record.personal["zelf", CODE]["answer"][-1]["note"] == "Net gelukt"
    files = kas.files()
    again = ws.take_back(folder)
    assert (again.rows, again.files) == (0, 0)
    assert kas.files() == files
    assert [one for one in ws.check().problems if "bewaard worden" not in one.message] == []


def test_a_clash_names_the_row_and_never_what_the_pupil_wrote(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    folder, apart = away_with_the_pupil(ws, kas, ref)
    with apart.open(kas.without_plugin()) as away:
        away.change(ref, "zelf", {"answer": [{"item": "1.1", "note": "Elders geschreven"}]}, person=CODE)
    ws.change(ref, "zelf", {"answer": [{"item": "1.1", "note": "Hier geschreven"}]}, person=CODE)
    refused = refusal(lambda: ws.take_back(folder))
    assert "item 1.1" in refused.message
    assert "geschreven" not in f"{refused.message}{refused.advice}{vars(refused)}"
    ws.take_back(folder, choices={"1.1": "blad"})
    assert ws.see(ref, viewer=CODE).record.personal["zelf", CODE]["answer"][0]["note"] == "Elders geschreven"


def test_strange_things_in_what_comes_back_are_refused_and_change_nothing(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    evidence(ws, kas, ref)
    folder, apart = away_with_the_pupil(ws, kas, ref)
    place = folder / "organisations" / ref / "bewijs.toml"
    good = apart.tree(place)
    before = kas.files()
    strange: Tree = {"id": "../../../people", "name": "x.txt", "size": 1, "digest": "sha256:0"}
    for file in (strange, {**strange, "id": "abc"}, {**good["evidence"][0]["file"], "name": "x.exe"}):
        apart.put(place, {**good, "evidence": [*good["evidence"], {"id": "b9", "title": "x", "file": file}]})
        with pytest.raises(KwartierError):
            ws.take_back(folder)
    apart.put(place, {**good, "evidence": [{**good["evidence"][0], "items": ["9.9"]}]})
    with pytest.raises(KwartierError):
        ws.take_back(folder)
    assert kas.files() == before


def test_of_a_pupil_on_slot_everything_comes_back_encrypted(ws: Workspace, kas: Greenhouse) -> None:
    ref = kas.begin(ws)
    slug = ref.split("/")[0]
    evidence(ws, kas, ref)
    ws.encrypt_student(slug, CODE, KEY)
    ws.unlock_student(slug, CODE, KEY)
    assert refusal(lambda: ws.hand_over(ref, "a1", kas.home / "los.kwartier")).code == "handover-unlocked"
    folder, apart = away_with_the_pupil(ws, kas, ref)
    with apart.open(kas.without_plugin()) as away:
        away.change(ref, "bewijs", {"evidence": [{"id": "b3", "title": "Opname van elders"}]}, person=CODE)
        (kas.home / "opname.txt").write_bytes(b"een gesprek")
        away.attach(ref, "bewijs", "b3", kas.home / "opname.txt", CODE)
    taken = ws.take_back(folder)
    assert (taken.rows, taken.files) == (1, 1)
    assert "Opname van elders" in str(ws.see(ref, viewer=CODE).record.shared["bewijs"])
    assert b"een gesprek" not in b"".join(stored(kas, ref).values())
    assert b"Opname van elders" not in b"".join(kas.files().values())
    got = ws.fetch_file(ref, "bewijs", "b3", kas.home / "terug.txt", viewer=CODE)
    assert got.read_bytes() == b"een gesprek"
    ws.lock_student(slug, CODE)
    assert refusal(lambda: ws.take_back(folder)).code == "locked"
    assert ws.names(slug) == ws.people(slug)


def test_a_locked_bundle_is_locked_around_the_whole(kas: Greenhouse) -> None:
    data = lock(pack({"handover.toml": b"x = 1"}), "sleutel")
    assert not is_bundle(data)
    assert unpack(unlock(data, "sleutel", "x"), "x") == {"handover.toml": b"x = 1"}
