"""Everything about one student, for the student: all of it, to read and as TOML, and nothing of others too early."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from tests.workspace.conftest import refusal
from tests.workspace.kas import CODE, FILE_ID, PUPIL, SECRET, SELF, Greenhouse, judged

from kwartier.store import toml
from kwartier.workspace import Workspace

SLUG = "de-glazen-stad"
TEXT = b"Lieve Lotte."
TOO_EARLY = "Nog niet vrijgegeven"


def portfolio(ws: Workspace, kas: Greenhouse, name: str = "Brief van Wim & co.TXT") -> str:
    """A portfolio with something everywhere; its reference."""
    ref = kas.begin(ws)
    ws.change(ref, "zelf", SELF, person=CODE)
    ws.change(ref, "bewijs", {"evidence": [{"id": "b1", "title": "Brief", "items": ["1.1"]}]}, person=CODE)
    kas.put_file(ref, name, TEXT)
    sheet = judged("deels", "aangetoond", "nog-niet")
    sheet["answer"][0]["note"] = TOO_EARLY
    ws.change(ref, "eind", sheet, person="a1")
    ws.add_subject(SLUG, "plek-1", "De orchideeën", kind="workplace")
    ws.add_placement(SLUG, "plek-1", student=CODE, start=date(2026, 9, 2), note="Op dinsdag.")
    ws.retain(SLUG, CODE, "2028-09-01")
    return ref


def test_everything_is_in_it_to_read_and_as_toml(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        given = ws.export_student(SLUG, CODE, kas.home / "alles")
    home = kas.home / "alles"
    page = (home / "LEES-MIJ.md").read_text()
    for words in (PUPIL, "De Glazen Stad", "1 sep 2028", "Bij plek-1", "Op dinsdag", "eind' van a1", "bewaartermijn"):
        assert words in page, words
    everything = (home / "kas-2026-09-01" / "alles.md").read_text()
    assert SECRET in everything
    assert "Zaaien" in everything
    assert (home / "kas-2026-09-01" / "verslag.md").read_text()
    assert toml.parse((home / "kas-2026-09-01" / "toml" / f"zelf.{CODE}.toml").read_bytes(), "")["answer"]
    assert (home / "bewijs" / "01-brief-van-wim-co.txt").read_bytes() == TEXT
    assert (given.records, given.evidence) == (1, 1)
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert TOO_EARLY.encode() not in written
    assert not (home / "kas-2026-09-01" / "toml" / "eind.a1.toml").exists()


def test_a_zip_holds_the_same(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        ws.export_student(SLUG, CODE, kas.home / "alles")
        ws.export_student(SLUG, CODE, kas.home / "alles.zip")
    home = kas.home / "alles"
    with zipfile.ZipFile(kas.home / "alles.zip") as whole:
        inside = {name: whole.read(name) for name in whole.namelist()}
    assert inside == {
        path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()
    }


def test_nothing_is_overwritten_without_a_yes_and_nothing_that_is_not_its_own(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        home = kas.home / "alles"
        ws.export_student(SLUG, CODE, home)
        (home / "oud.txt").write_text("van de vorige keer")
        assert refusal(lambda: ws.export_student(SLUG, CODE, home)).code == "file-exists"
        assert (home / "oud.txt").exists()
        ws.export_student(SLUG, CODE, home, overwrite=True)
        assert not (home / "oud.txt").exists()
        mine = kas.home / "mijn"
        mine.mkdir()
        (mine / "foto.jpg").write_bytes(b"x")
        assert refusal(lambda: ws.export_student(SLUG, CODE, mine, overwrite=True)).code == "not-ours"
        inside = kas.path / "organisations" / SLUG / "alles"
        assert refusal(lambda: ws.export_student(SLUG, CODE, inside)).code == "among-records"
        assert refusal(lambda: ws.export_student(SLUG, "s9", kas.home / "x")).code == "unknown-subject"
        assert [path.name for path in mine.iterdir()] == ["foto.jpg"]
        assert not list(kas.home.glob(".*tmp"))


def test_a_file_that_is_gone_or_changed_is_told(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas)
        evidence = kas.path / "organisations" / SLUG / "subjects" / CODE / "evidence" / FILE_ID
        evidence.write_bytes(b"iets anders")
        given = ws.export_student(SLUG, CODE, kas.home / "alles")
    assert given.evidence == 0
    assert any("Brief" in one for one in given.left_out)


@pytest.mark.parametrize("name", ["../../weg.txt", "a/b\\c.pdf", "CON", ".", "", "ééń …….docx"])
def test_a_strange_name_stays_in_the_folder(kas: Greenhouse, name: str) -> None:
    with kas.open(kas.host()) as ws:
        portfolio(ws, kas, name)
        ws.export_student(SLUG, CODE, kas.home / "alles")
    assert [path.parent.name for path in kas.home.rglob("*") if path.is_file() and path.read_bytes() == TEXT] in (
        ["bewijs", "evidence"],
        ["evidence", "bewijs"],
    )


def test_the_time_of_a_student_comes_back_on_the_agenda_without_a_name(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        slug = ws.add_organisation("De Glazen Stad")
        ws.add_subject(slug, CODE, PUPIL, kind="student")
        assert [one.message for one in ws.check().problems if "bewaard worden" in one.message]
        assert ws.retain(slug, CODE, date(2026, 11, 1)) == date(2026, 11, 1)
        assert not [one for one in ws.check().problems if "bewaard worden" in one.message]
        [due] = ws.agenda()
        assert (due.ref, due.kind, due.step, due.day) == (slug, "retention", CODE, date(2026, 11, 1))
        assert due.text == "bewaartermijn van s1: wissen of verlengen"
        [line] = ws.overview().agenda
        assert (line.ref, line.text, line.day) == (slug, due.text, due.day)
        assert ws.overview().organisations[0].overdue == 1
        ws.retain(slug, CODE, "2030-01-01")
        assert [one.day for one in ws.overview().agenda] == [date(2030, 1, 1)]
        ws.retain(slug, CODE, "")
        assert (ws.overview().agenda, ws.agenda()) == ([], [])
        ws.add_subject(slug, "plek-1", "De orchideeën", kind="workplace")
        assert refusal(lambda: ws.retain(slug, "plek-1", "2030-01-01")).code == "not-a-student"
        assert refusal(lambda: ws.retain(slug, "s9", "2030-01-01")).code == "unknown-subject"


def test_the_time_of_a_locked_student_comes_back_too(kas: Greenhouse) -> None:
    with kas.open(kas.host()) as ws:
        kas.begin(ws)
        ws.retain(SLUG, CODE, "2026-11-01")
        ws.encrypt_student(SLUG, CODE, "een goed wachtwoord")
        [due] = [one for one in ws.agenda() if one.kind == "retention"]
        assert due.day == date(2026, 11, 1)
        assert ws.retain(SLUG, CODE, "2027-11-01") == date(2027, 11, 1)
        [line] = ws.overview().agenda
        assert line.day == date(2027, 11, 1)
        assert refusal(lambda: ws.export_student(SLUG, CODE, kas.home / "alles")).code == "locked"
        assert refusal(lambda: ws.erase_student(SLUG, CODE, kas.home / "besluit")).code == "locked"
        assert ws.subjects(SLUG) == [CODE]
        assert ws.erase_student(SLUG, CODE).records == 1
        assert ws.subjects(SLUG) == []
