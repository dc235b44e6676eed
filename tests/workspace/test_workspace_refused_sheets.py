"""What comes back from working apart and is refused: changed, forged, of another record, or there already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.workspace.conftest import APART, FIRST, SECOND, SLUG, Apart, Garden, refusal, remarked, worded

from kwartier.errors import Unreadable
from kwartier.records.canonical import digest
from kwartier.records.tree import Tree
from kwartier.workspace import Assessor, open_sheet

# -- what is refused on the way back


def test_what_is_not_sealed_stays_out_but_its_texts_can_come(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work(worded(i3="Elke zaterdag."), seal=False)
        apart.pack()
        before = garden.files()
        assert refusal(lambda: ws.take_back(apart.back)).code == "not-sealed"
        assert refusal(lambda: ws.take_back(apart.file)).code == "not-returned"
        assert garden.files() == before
        taken = ws.take_back(apart.back, texts_only=True)
        assert (taken.sheet, taken.texts) == (False, ("3",))
        assert not (garden.folder(APART) / "scoren.a2.toml").exists()


def test_a_changed_file_is_refused(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        before = garden.files()
        whole = apart.back.read_text("utf-8")
        assert "value = 5" in whole
        apart.back.write_text(whole.replace("value = 5", "value = 4"), "utf-8")
        assert refusal(lambda: ws.take_back(apart.back)).code == "changed-file"
        apart.back.write_text(whole[: len(whole) // 2], "utf-8")
        assert isinstance(refusal(lambda: ws.take_back(apart.back)), Unreadable)
        apart.back.write_bytes(b"\x00\x01 geen TOML")
        assert isinstance(refusal(lambda: ws.take_back(apart.back)), Unreadable)
        apart.back.write_text('kind = "return"\ndigest = "sha256:00"\n', "utf-8")
        assert isinstance(refusal(lambda: ws.take_back(apart.back)), Unreadable)
        poor: Tree = {"kind": "return", "ref": APART}
        garden.put(apart.back, {**poor, "digest": digest(poor)})
        assert isinstance(refusal(lambda: ws.take_back(apart.back)), Unreadable)
        given = apart.file.read_text("utf-8")
        apart.file.write_text(given.replace("Regenton", "Zwembad"), "utf-8")
        assert refusal(lambda: open_sheet(apart.file, garden.home / "elders", None)).code == "changed-file"
        assert not (garden.home / "elders").exists()
        assert garden.files() == before


def test_a_sheet_that_was_changed_after_sealing_is_refused(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        path = apart.folder / "organisations" / APART / "scoren.a2.toml"
        path.write_text(path.read_text("utf-8").replace("value = 5", "value = 4"), "utf-8")
        before = garden.files()
        assert refusal(lambda: ws.take_back(apart.folder)).code == "changed-sheet"
        apart.pack()
        assert refusal(lambda: ws.take_back(apart.back)).code == "changed-sheet"
        assert garden.files() == before


def test_a_sheet_of_another_record_or_folder_is_refused(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
    elsewhere = garden.beside("andere datamap")
    with elsewhere.open() as ws:
        assert refusal(lambda: ws.take_back(apart.back)).code == "other-record"
        elsewhere.random.seed(7)
        assert elsewhere.begin(ws) == APART
        files = elsewhere.files()
        assert refusal(lambda: ws.take_back(apart.back)).code == "other-record"
        assert elsewhere.files() == files


def test_a_record_that_cannot_be_read_is_not_called_another(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        (garden.folder(APART) / "toelichting.toml").write_text("text = ", "utf-8")
        assert isinstance(refusal(lambda: ws.take_back(apart.back)), Unreadable)


def test_after_the_content_was_renewed_the_sheet_is_given_again(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
    with garden.open(garden.host(lambda text: text.replace("Water bij droogte", "Water"))) as ws:
        ws.renew(APART)
        assert refusal(lambda: ws.take_back(apart.back)).code == "other-content"


def test_the_sheet_of_who_sealed_here_or_stopped_stays_out(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        ws.change(APART, None, remarked(FIRST), person="a2")
        ws.seal(APART, "a2")
        before = garden.files()
        assert refusal(lambda: ws.take_back(apart.back)).code == "already-sealed"
        assert refusal(lambda: ws.take_back(apart.back, replace=True)).code == "already-sealed"
        assert refusal(lambda: apart.give(ws)).code == "already-sealed"
        assert garden.files() == before
    second = Apart(garden.beside("tweede"))
    with second.garden.open() as ws:
        second.begin(ws)
        second.give(ws)
        second.folder = garden.home / "map van Bob twee"
        second.bob = garden.beside(second.folder.name)
        second.work()
        second.pack()
        ws.stop(APART, "a2", reason="Ziek", sure=True)
        assert refusal(lambda: ws.take_back(second.back)).code == "person-stopped"
        assert refusal(lambda: second.give(ws)).code == "person-stopped"


def test_a_shadows_sheet_comes_in_after_the_reveal(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        ws.join(APART, Assessor("Emma Erwt", shadow=True))
        shadow, folder = garden.home / "emma.kwartier", garden.home / "map van Emma"
        ws.hand_over(APART, "Emma Erwt", shadow)
        apart.give(ws)
        apart.work()
        open_sheet(shadow, folder, None)
        with garden.beside(folder.name).open() as own:
            own.change(APART, None, remarked(SECOND), person="a3")
            own.seal(APART, "a3")
        ws.seal(APART, "a1")
        taken = ws.take_back(apart.folder)
        assert taken.revealed
        taken = ws.take_back(folder)
        assert (taken.person, taken.sheet) == ("a3", True)
        assert ws.see(APART).record.personal["scoren", "a3"]["answer"]


# -- a sheet that stands there already


def test_a_sheet_begun_here_is_refused_or_replaced_and_kept(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        ws.change(APART, None, {"answer": [{"item": "1", "value": 1}]}, person="a2")
        begun = garden.tree(garden.folder(APART) / "scoren.a2.toml")
        before = garden.files()
        assert refusal(lambda: ws.take_back(apart.back)).code == "sheet-there"
        assert garden.files() == before
        assert ws.take_back(apart.back, replace=True).sheet
        (kept,) = (garden.folder(APART) / "replaced").iterdir()
        assert kept.name.startswith("scoren.a2.")
        assert garden.tree(kept) == begun
        assert ws.see(APART, viewer="a2").record.personal["scoren", "a2"]["answer"][3]["value"] == 5
        assert ws.check().problems == ()


def test_a_sheet_that_went_along_half_filled_comes_back_without_a_question(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        ws.change(APART, None, {"answer": [{"item": "1", "value": 1, "note": "Eerste indruk"}]}, person="a2")
        apart.give(ws)
        open_sheet(apart.file, apart.folder, None)
        with apart.bob.open() as bob:
            assert bob.see(APART, viewer="a2").record.personal["scoren", "a2"]["answer"][0]["note"] == "Eerste indruk"
            bob.change(APART, None, remarked(SECOND), person="a2")
            bob.seal(APART, "a2")
        assert ws.take_back(apart.folder).sheet
        assert not (garden.folder(APART) / "replaced").exists()


def test_what_a_begun_sheet_holds_beside_answers_is_kept_too(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        path = garden.folder(APART) / "scoren.a2.toml"
        garden.put(path, {"schema": 1, "person": "a2", "x_eigen": "blijft"})
        assert ws.take_back(apart.folder).sheet
        (kept,) = (garden.folder(APART) / "replaced").iterdir()
        assert garden.tree(kept)["x_eigen"] == "blijft"


def forged(apart: Apart, garden: Garden, change: Callable[[Tree], Tree]) -> None:
    """The file that goes back, made by somebody who knows how: its digest is right."""
    tree = {key: value for key, value in change(garden.tree(apart.back)).items() if key != "digest"}
    garden.put(apart.back, {**tree, "digest": digest(tree)})


FORGERIES: list[Callable[[Tree], Tree]] = [
    lambda tree: {**tree, "person": "a1"},
    lambda tree: {**tree, "person": "a9"},
    lambda tree: {**tree, "step": "eens-worden"},
    lambda tree: {**tree, "notes": "conclusies"},
    lambda tree: {**tree, "step": "../../x"},
    lambda tree: {**tree, "ref": "../../x"},
    lambda tree: {**tree, "ref": f"{SLUG}/tuin/2026-11-23"},
    lambda tree: {**tree, "schema": 2},
    lambda tree: {**tree, "schema": "1"},
    lambda tree: {**tree, "sheet": "leeg"},
    lambda tree: {**tree, "sheet": {}},
    lambda tree: {**tree, "sheet": {**tree["sheet"], "answer": "x"}},
    lambda tree: {**tree, "sheet": {**tree["sheet"], "person": "a1"}},
    lambda tree: {**tree, "texts": {"explanation": [{"text": "zonder item"}]}},
    lambda tree: {**tree, "texts": {"explanation": [{"item": "77", "text": "geen item"}]}},
    lambda tree: {**tree, "texts": {"explanation": "x"}},
    lambda tree: {**tree, "texts": {"explanation": [{"item": "1", "text": 3}]}},
]


@pytest.mark.parametrize("change", FORGERIES)
def test_a_forged_file_changes_nothing(garden: Garden, apart: Apart, change: Callable[[Tree], Tree]) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        forged(apart, garden, change)
        before = garden.files()
        refusal(lambda: ws.take_back(apart.back))
        assert garden.files() == before


def test_a_forged_sheet_that_is_sealed_again_still_has_to_fit(garden: Garden, apart: Apart) -> None:
    def off_the_scale(tree: Tree) -> Tree:
        sheet = {key: value for key, value in tree["sheet"].items() if key != "digest"}
        sheet["answer"] = [{**row, "value": 9} for row in sheet["answer"]]
        return {**tree, "sheet": {**sheet, "digest": digest(sheet)}}

    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        apart.work()
        apart.pack()
        forged(apart, garden, off_the_scale)
        before = garden.files()
        assert refusal(lambda: ws.take_back(apart.back)).status == 2
        assert garden.files() == before
