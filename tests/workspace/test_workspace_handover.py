"""Working apart: what a hand-over holds and leaves out, there and back, and the folder that it is done in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from pyrage import passphrase
from tests.workspace.conftest import APART, FIRST, SLUG, Apart, Garden, refusal, remarked, texts_of, worded
from tests.workspace.goals import with_goals

from kwartier.store import toml
from kwartier.workspace import is_locked_file, open_sheet, pack_sheet
from kwartier.workspace.locking import lock, unlock

# -- what goes along


def test_a_hand_over_holds_nobody_elses_sheet_score_or_name(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        ws.change(APART, "gesprek", {"note": [{"text": "Ruw van Anna"}]}, person="a1")
        ws.change(APART, "toelichting", worded(i1="Compost, elk voorjaar."))
        apart.give(ws)
    data = apart.file.read_bytes()
    for absent in (b"Anna", b"Appel", b"Dina", b"Druif", b"Ruw van Anna", b"om 1"):
        assert absent not in data
    assert b"Bob Biet" in data
    assert "Compost, elk voorjaar." in data.decode()
    assert "De bodem onder de planten" in data.decode()
    tree = toml.parse(data, "")
    assert tree["sheet"] == {}
    assert "raw" not in tree
    assert "earlier" not in tree["texts"]
    opened = open_sheet(apart.file, apart.folder, None)
    assert (opened.person, opened.name, opened.step, opened.ref) == ("a2", "Bob Biet", "scoren", APART)
    with apart.bob.open() as ws:
        assert list(ws.names(SLUG).values()) == ["Bob Biet"]
        assert list(ws.see(APART, viewer="a2").record.personal) == []


def test_after_a_seal_the_texts_go_without_what_they_were(garden: Garden, apart: Apart) -> None:
    """What they were before would tell when somebody scored."""
    with garden.open() as ws:
        apart.begin(ws)
        ws.seal(APART, "a1")
        ws.change(APART, "toelichting", worded(i1="Compost en mest."))
        assert "earlier" in garden.tree(garden.folder(APART) / "toelichting.toml")
        apart.give(ws)
        tree = toml.parse(apart.file.read_bytes(), "")
        assert "earlier" not in tree["texts"]
        apart.work(worded(i2="Twee regentonnen."))
        ws.take_back(apart.folder)
        kept = garden.tree(garden.folder(APART) / "toelichting.toml")["earlier"]
        assert [(row["item"], row["text"]) for row in kept] == [("1", "Compost."), ("2", "Regenton.")]


def test_raw_notes_go_locked_and_with_their_day_of_destruction(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        ws.change(APART, "gesprek", {"note": [{"text": "Ruw van Bob"}]}, person="a2")
        assert refusal(lambda: apart.give(ws, raw_notes=True)).code == "notes-unlocked"
        assert not apart.file.exists()
        apart.give(ws, raw_notes=True, passphrase="tuinhek 7")
    data = apart.file.read_bytes()
    assert is_locked_file(apart.file)
    assert b"Ruw" not in data
    assert b"bodem" not in data
    assert refusal(lambda: open_sheet(apart.file, apart.folder, None)).code == "passphrase-missing"
    assert refusal(lambda: open_sheet(apart.file, apart.folder, "tuinhek 8")).code == "passphrase-wrong"
    assert not apart.folder.exists()
    apart.back.write_bytes(bytes([*data[:-40], data[-40] ^ 1, *data[-39:]]))
    assert refusal(lambda: open_sheet(apart.back, apart.folder, "tuinhek 7")).code == "passphrase-wrong"
    assert not apart.folder.exists()
    open_sheet(apart.file, apart.folder, "tuinhek 7")
    with apart.bob.open() as ws:
        assert ws.see(APART, viewer="a2").record.personal["gesprek", "a2"]["note"][0]["text"] == "Ruw van Bob"
        # two months, counted from now as long as there is no definitive report
        assert [one.day for one in ws.agenda() if one.kind == "raw-notes"] == [date(2027, 1, 25)]
    assert "Ruw" not in (apart.folder / ".kwartier" / "handover.toml").read_text("utf-8")


def test_a_lock_takes_long_to_guess(heavy_lock: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "encrypt", heavy_lock)
    data = lock(b"geheim", "tuinhek 7")
    work = re.match(rb"age-encryption.org/v1\n-> scrypt \S+ (\d+)\n", data)
    assert work and int(work[1]) >= 14  # that many times two; other locks of these tests are light
    assert unlock(data, "tuinhek 7", "geef.kwartier") == b"geheim"


def test_an_empty_passphrase_protects_nothing() -> None:
    assert refusal(lambda: lock(b"geheim", "")).code == "passphrase-missing"


# -- there and back


@pytest.mark.parametrize("way", ["file", "folder"])
def test_there_and_back_again(garden: Garden, apart: Apart, way: str) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        ws.seal(APART, "a1")
        apart.give(ws)
        apart.work(worded(i2="Twee regentonnen.", i3="Elke zaterdag."))
        apart.pack()
        source = apart.back if way == "file" else apart.folder
        made = (apart.folder / "organisations" / APART / "scoren.a2.toml").read_bytes()
        taken = ws.take_back(source)
        assert (taken.person, taken.sheet, taken.texts, taken.revealed) == ("a2", True, ("2", "3"), True)
        assert garden.tree(garden.folder(APART) / "scoren.a2.toml") == toml.parse(made, "")
        assert texts_of(ws) == {"1": "Compost.", "2": "Twee regentonnen.", "3": "Elke zaterdag."}
        before = garden.files()
        again = ws.take_back(source)
        assert (again.sheet, again.texts) == (False, ())
        assert garden.files() == before
        assert ws.check().problems == ()


def test_in_the_folder_apart_the_record_works_without_the_plugin(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
    open_sheet(apart.file, apart.folder, None)
    with apart.bob.open(garden.without_plugin()) as ws:
        assert ws.see(APART).locked == ""
        assert "De bodem onder de planten" in ws.blank(APART, None, person="a2")
        ws.change(APART, None, {"answer": [{"item": "1", "value": 2}]}, person="Bob Biet")
        assert refusal(lambda: ws.change(APART, None, {"answer": [{"item": "1", "value": 9}]}, person="a2")).status == 2
        assert refusal(lambda: ws.seal(APART, "a2")).code == "sheet-incomplete"
        for do in (  # what would not go back is not taken in
            lambda: ws.change(APART, None, remarked(FIRST), person="a1"),
            lambda: ws.change(APART, "conclusies", {"text": "Mooi."}),
            lambda: ws.stop(APART, "a1", reason="Weg", sure=True),
        ):
            assert refusal(do).code in ("stays-behind", "unknown-person")
        assert refusal(lambda: ws.change(APART, "toelichting", {"writer": "Vreemde Vogel"})).status in (1, 2)
        assert list(ws.names(SLUG)) == ["a2"]
        assert [one for one in ws.check().problems if one.level == "error"] == []


def test_opening_twice_continues_and_never_overwrites(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
    apart.work(seal=False)
    before = apart.bob.files()
    opened = open_sheet(apart.file, apart.folder, None)
    assert opened.folder == str(apart.folder)
    assert apart.bob.files() == before


def test_another_hand_over_or_something_else_in_the_folder_is_refused(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        other = garden.home / "anna.kwartier"
        ws.hand_over(APART, "a1", other)
    open_sheet(apart.file, apart.folder, None)
    before = apart.bob.files()
    assert refusal(lambda: open_sheet(other, apart.folder, None)).code == "folder-in-use"
    assert apart.bob.files() == before
    assert refusal(lambda: open_sheet(apart.file, garden.path, None)).code == "folder-in-use"
    full = garden.home / "vol"
    full.mkdir()
    (full / "boodschappen.txt").write_text("kaas", "utf-8")
    assert refusal(lambda: open_sheet(apart.file, full, None)).code == "folder-in-use"
    assert [path.name for path in full.iterdir()] == ["boodschappen.txt"]
    assert refusal(lambda: open_sheet(apart.file, full / "boodschappen.txt", None)).code == "not-a-folder"
    assert refusal(lambda: pack_sheet(full, apart.back)).code == "no-handover"
    assert refusal(lambda: open_sheet(apart.file.with_name("nergens"), full, None)).code == "missing"


def test_a_file_that_is_there_is_not_overwritten(garden: Garden, apart: Apart) -> None:
    with garden.open() as ws:
        apart.begin(ws)
        apart.file.write_text("boodschappen", "utf-8")
        assert refusal(lambda: ws.hand_over(APART, "a2", apart.file)).code == "file-exists"
        assert apart.file.read_text("utf-8") == "boodschappen"
        assert refusal(lambda: ws.hand_over(APART, "a2", garden.home / "nergens" / "x")).code == "missing"


def test_what_is_read_while_scoring_goes_along_and_stays_there(garden: Garden) -> None:
    apart = Apart(garden)
    goals = garden.host(with_goals)
    with garden.open(goals) as ws:
        garden.begin(ws)
        ws.change(APART, "doelen", {"explanation": [{"item": "1", "text": "In mei is alles los."}]})
        apart.give(ws)
    open_sheet(apart.file, apart.folder, None)
    with apart.bob.open(garden.without_plugin()) as away:
        assert "In mei is alles los." in away.blank(APART, None, person="a2")
        refused = refusal(lambda: away.change(APART, "doelen", {"explanation": [{"item": "1", "text": "Anders."}]}))
        assert refused.code == "stays-behind"
    apart.pack()
    assert "In mei" not in apart.back.read_text("utf-8")
    with garden.open(goals) as ws:
        ws.take_back(apart.back, texts_only=True)
        assert garden.tree(garden.folder(APART) / "doelen.toml")["explanation"][0]["text"] == "In mei is alles los."
