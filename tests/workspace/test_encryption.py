"""Everything of a student on slot: what stands on the disk, who reads it, what is written while it is locked."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import DAY, refusal
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse

from kwartier.records.tree import Tree
from kwartier.store import cipher, files, keyring
from kwartier.store.index import place_of
from kwartier.workspace import Locked, Workspace
from kwartier.workspace.places import cache_folder

SLUG = "de-glazen-stad"
REF = f"{SLUG}/kas/{CODE}/2026-09-01"
PASSPHRASE = "de kas staat open"
EVIDENCE = b"%PDF-1.7 het verslag van Lotte"
PIECE: Tree = {"evidence": [{"id": "b1", "title": "Mijn eerste oogst", "kind": "verslag", "date": DAY}]}
PLAIN = (PUPIL, "Lotte", SECRET, "Mijn eerste oogst", "oogstverslag", "aangetoond")
"""What stands nowhere on the disk any more."""


class Sealed:
    """A greenhouse with an encrypted student, as a folder to copy, and its key: making one takes seconds."""

    def __init__(self, garden: Greenhouse, home: Path, indexed: list[bytes]) -> None:
        self.garden = garden
        self.indexed = indexed
        "The files of the index, just before it was encrypted and just after."
        lock = keyring.lock_of(home)
        assert lock is not None
        self.recipient, self.identity = lock.recipient, keyring.identity_of(home, PASSPHRASE)

    def copy(self, to: Path) -> Greenhouse:
        """A copy of the folder, which is locked."""
        shutil.copytree(self.garden.path, to / self.garden.path.name)
        return Greenhouse(to, self.garden.packages)

    def unlock(self, garden: Greenhouse) -> None:
        """As typing the passphrase does, without the seconds."""
        keyring.keep(student(garden), self.recipient, self.identity)


def student(garden: Greenhouse) -> Path:
    return garden.path / "organisations" / SLUG / "subjects" / CODE


def fill(garden: Greenhouse, ws: Workspace) -> None:
    assert garden.begin(ws) == REF
    ws.change(REF, "zelf", SELF, person=CODE)
    ws.change(REF, "bewijs", PIECE, person=CODE)
    paper = garden.home / "oogstverslag.pdf"
    paper.write_bytes(EVIDENCE)
    ws.attach(REF, "bewijs", "b1", paper, CODE)
    ws.add_organisation("Buitenlucht")
    ws.add_subject("buitenlucht", CODE, "Iemand Anders", kind="student")
    ws.add_subject(SLUG, "s2", "Nog Iemand", kind="student")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Sealed:
    home = tmp_path_factory.mktemp("kas")
    garden = Greenhouse(home, packages)
    with garden.open() as ws:
        fill(garden, ws)
        ws.overview()
        others = of_others(garden)
        indexed = [index_of(garden)]
        ws.encrypt_student(SLUG, CODE, PASSPHRASE)
        indexed.append(index_of(garden))
        assert of_others(garden) == others
    return Sealed(garden, student(garden), indexed)


def index_of(garden: Greenhouse) -> bytes:
    """All bytes of the index of a folder, with those that sqlite keeps beside it."""
    place = place_of(cache_folder(), garden.path)
    return b"".join(path.read_bytes() for path in sorted(place.parent.glob(f"{place.name}*")))


@pytest.fixture
def locked(sealed: Sealed, tmp_path: Path) -> Iterator[Greenhouse]:
    """A copy of the folder of its own, in which the student is locked."""
    yield sealed.copy(tmp_path)
    keyring.forget_all()


def of_others(garden: Greenhouse) -> dict[str, bytes]:
    ours = (f"organisations/{SLUG}/subjects/{CODE}/", f"organisations/{SLUG}/kas/{CODE}/", ".kwartier/")
    return {name: data for name, data in garden.files().items() if not name.startswith(ours)}


def found_in(folder: Path, words: tuple[str, ...] = PLAIN) -> list[tuple[str, str]]:
    """Where words stand, in a file or in its name."""
    places = [path for path in folder.rglob("*") if path.is_file()]
    told = [(path.name, path.read_bytes() + path.name.encode()) for path in places]
    return [(name, word) for name, data in told for word in words if word.encode() in data]


def test_nothing_of_the_student_can_be_read_on_the_disk(locked: Greenhouse) -> None:
    contents = locked.path / "contents"
    shutil.move(contents, locked.home / "contents")  # what was asked holds the words of the scale
    assert found_in(locked.path) == []
    own = [*student(locked).rglob("*"), *locked.folder(f"{SLUG}/kas").rglob("*")]
    plain = [path.name for path in own if path.is_file() and not cipher.is_cipher_file(path)]
    assert plain == ["lock.toml"]
    assert set(locked.tree(student(locked) / "lock.toml")) == {"schema", "code", "kind", "recipient", "identity"}
    assert len([path for path in (student(locked) / "evidence").iterdir() if path.is_file()]) == 1


def test_who_has_no_key_is_told_so_and_lists_go_on(locked: Greenhouse) -> None:
    with locked.open() as ws:
        assert ws.is_encrypted(SLUG, CODE)
        assert not ws.is_unlocked(SLUG, CODE)
        for ask in (lambda: ws.see(REF), lambda: ws.subject(SLUG, CODE), lambda: ws.desk(REF)):
            error = refusal(ask)
            assert isinstance(error, Locked)
            assert (error.code, error.home) == ("locked", student(locked))
            assert error.advice
        ws.add_subject(SLUG, "s3", kind="student")
        assert [str(ref) for ref in ws.assessments(SLUG)] == [REF]
        told = ws.summary(ws.assessments(SLUG)[0])
        assert (told.next, told.problem) == ("op slot", "")
        listed = {one.code: one.problem for one in ws.workplaces(SLUG, kind="")}
        assert listed == {CODE: "op slot", "s2": "", "s3": ""}
        assert ws.workplaces(SLUG) == []
        assert ws.agenda() == []
        assert ws.check().sound
        assert ws.portrait(SLUG).problem == ""
        line = next(one for one in ws.overview().organisations if one.slug == SLUG)
        assert (line.last, line.next, line.broken) == ("Kasboek sep 26, op slot", "", 0)


def test_another_passphrase_is_said_and_the_right_one_opens_until_it_is_locked_again(locked: Greenhouse) -> None:
    with locked.open() as ws:
        assert refusal(lambda: ws.unlock_student(SLUG, CODE, PASSPHRASE + "!")).code == "passphrase-wrong"
        assert refusal(lambda: ws.unlock_student(SLUG, CODE, " ")).code == "passphrase-missing"
        assert refusal(lambda: ws.unlock_student(SLUG, "s2", PASSPHRASE)).code == "not-encrypted"
        assert not ws.is_unlocked(SLUG, CODE)
        ws.unlock_student(SLUG, CODE, PASSPHRASE)
        assert ws.subject(SLUG, CODE).name == PUPIL
        out = ws.fetch_file(REF, "bewijs", "b1", locked.home / "uit.pdf", CODE)
        assert out.read_bytes() == EVIDENCE
        ws.lock_student(SLUG, CODE)
        assert refusal(lambda: ws.subject(SLUG, CODE)).code == "locked"


def test_whatever_is_written_stays_encrypted(locked: Greenhouse, sealed: Sealed) -> None:
    with locked.open() as ws:
        before = locked.files()
        assert refusal(lambda: ws.change(REF, "zelf", SELF, person=CODE)).code == "locked"
        assert refusal(lambda: ws.change_subject(SLUG, CODE, name="Lotte Leliegracht")).code == "locked"
        assert locked.files() == before
        new = locked.portfolio(ws, SLUG, day=date(2027, 9, 1))  # needs no key
        assert cipher.is_cipher_file(locked.folder(new) / "assessment.toml")
        assert refusal(lambda: ws.see(new)).code == "locked"
        sealed.unlock(locked)
        ws.change(REF, "zelf", {"answer": [{"item": "2.1", "value": "aangetoond", "note": SECRET}]}, person=CODE)
        ws.change_subject(SLUG, CODE, name=PUPIL, note="Lotte houdt van sla")
        paper = locked.home / "oogstverslag.pdf"
        paper.write_bytes(EVIDENCE * 2)
        ws.attach(REF, "bewijs", "b1", paper, CODE)
        paper.unlink()
        before = locked.files()
        ws.change_subject(SLUG, CODE, name=PUPIL)  # the same again writes nothing
        assert locked.files() == before
        assert ws.see(new).record.envelope.subject == CODE
    shutil.rmtree(locked.path / "contents")
    assert found_in(locked.path) == []


def test_a_copy_of_a_synchroniser_is_merged_encrypted(locked: Greenhouse, sealed: Sealed) -> None:
    own = student(locked) / "subject.toml"
    copy = own.with_name("subject (1).toml")
    sealed.unlock(locked)
    tree = files.read(own).tree
    copy.write_bytes(files.encode(copy, {**tree, "note": "Lotte houdt van sla"}))
    keyring.forget_all()
    assert cipher.is_cipher_file(copy)
    with locked.open() as ws:
        assert refusal(lambda: ws.merge_copy(copy)).code == "locked"
        sealed.unlock(locked)
        assert ws.merge_copy(copy)
        assert ws.subject(SLUG, CODE).note == "Lotte houdt van sla"
    assert cipher.is_cipher_file(own)
    assert not copy.exists()


def test_two_locks_are_never_mixed(locked: Greenhouse) -> None:
    lock = student(locked) / "lock.toml"
    copy = lock.with_name("lock (1).toml")
    locked.put(copy, {**locked.tree(lock), "recipient": cipher.new_key()[1]})
    before = locked.files()
    with locked.open() as ws:
        assert refusal(lambda: ws.merge_copy(copy, choices={1: "hier"})).code == "two-locks"
    assert locked.files() == before


@pytest.mark.parametrize("damage", [b"", b"schema = 1\n", b"\xff\xff", b'code = "s1"\nrecipient = "age1x"\n'])
def test_a_damaged_lock_is_told_and_never_overwritten(locked: Greenhouse, sealed: Sealed, damage: bytes) -> None:
    sealed.unlock(locked)
    lock = student(locked) / "lock.toml"
    lock.write_bytes(damage)
    before = locked.files()
    with locked.open() as ws:
        for do in (
            lambda: ws.subject(SLUG, CODE),
            lambda: locked.portfolio(ws, SLUG, day=date(2027, 9, 1)),
            lambda: ws.unlock_student(SLUG, CODE, PASSPHRASE),
            lambda: ws.encrypt_student(SLUG, CODE, PASSPHRASE),
            lambda: ws.decrypt_student(SLUG, CODE),
        ):
            assert refusal(do).code == "lock-damaged"
        assert any(one.place == str(lock) for one in ws.check().problems)
        assert len(ws.overview().organisations) == 2
    assert locked.files() == before


def test_without_its_lock_nothing_is_written_in_clear(locked: Greenhouse) -> None:
    (student(locked) / "lock.toml").unlink()
    before = locked.files()
    with locked.open() as ws:
        assert refusal(lambda: ws.subject(SLUG, CODE)).code == "lock-missing"
        assert refusal(lambda: locked.portfolio(ws, SLUG, day=date(2027, 9, 1))).code == "lock-missing"
        assert "lock.toml" in "".join(one.place for one in ws.check().problems)
    assert locked.files() == before


def test_what_a_synchroniser_brings_in_clear_is_told_and_locked_after_all(locked: Greenhouse, sealed: Sealed) -> None:
    extra = locked.folder(REF) / "gegevens.toml"
    locked.put(extra, {"schema": 1, "fact": [{"id": "kas", "value": SECRET}]})
    with locked.open() as ws:
        assert [one.place for one in ws.check().problems if one.level == "error"] == [str(extra)]
        assert ws.encrypt_student(SLUG, CODE, PASSPHRASE) == 1
        assert cipher.is_cipher_file(extra)
        assert refusal(lambda: ws.encrypt_student(SLUG, CODE, PASSPHRASE)).code == "already-encrypted"
        sealed.unlock(locked)
        assert ws.see(REF, viewer=CODE).record.shared["gegevens"]["fact"][0]["value"] == SECRET


def test_another_passphrase_changes_only_the_lock(locked: Greenhouse) -> None:
    before = locked.files()
    with locked.open() as ws:
        assert refusal(lambda: ws.change_passphrase(SLUG, CODE, PASSPHRASE, "")).code == "passphrase-missing"
        ws.change_passphrase(SLUG, CODE, PASSPHRASE, "nieuw")
        changed = {name for name, data in locked.files().items() if before.get(name) != data}
        assert changed == {f"organisations/{SLUG}/subjects/{CODE}/lock.toml"}
        ws.unlock_student(SLUG, CODE, "nieuw")
        assert ws.subject(SLUG, CODE).name == PUPIL


def test_the_lock_comes_off_and_everything_is_as_it_was(locked: Greenhouse, sealed: Sealed) -> None:
    with locked.open() as ws:
        assert refusal(lambda: ws.decrypt_student(SLUG, CODE)).code == "locked"
        ws.retain(SLUG, CODE, date(2031, 9, 1))  # while it is locked, in the lock alone
        assert [(one.step, one.day) for one in ws.agenda()] == [(CODE, date(2031, 9, 1))]
        sealed.unlock(locked)
        ws.decrypt_student(SLUG, CODE)
        assert not ws.is_encrypted(SLUG, CODE)
        assert ws.subject(SLUG, CODE).name == PUPIL
        assert ws.subject(SLUG, CODE).retain_until == date(2031, 9, 1)
        assert ws.check().sound
    own = [*student(locked).rglob("*"), *locked.folder(f"{SLUG}/kas").rglob("*")]
    assert not [path for path in own if path.is_file() and cipher.is_cipher_file(path)]
    assert [path.read_bytes() for path in (student(locked) / "evidence").iterdir()] == [EVIDENCE]


def test_a_sheet_goes_along_only_in_a_locked_file(locked: Greenhouse, sealed: Sealed) -> None:
    sealed.unlock(locked)
    with locked.open() as ws:
        assert refusal(lambda: ws.hand_over(REF, "a1", locked.home / "blad.kwartier")).code == "handover-unlocked"
    assert not (locked.home / "blad.kwartier").exists()


def test_the_index_knows_no_more_than_the_names_of_the_folders(
    locked: Greenhouse, sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, then = sealed.indexed
    assert b"gegevens" in first, "the step that comes next"
    assert b"gegevens" not in then
    assert REF.encode() in then
    monkeypatch.setenv("KWARTIER_CACHE", str(locked.home / "cache"))
    with locked.open() as ws:
        sealed.unlock(locked)  # unlocked here: what is kept of it is no more for that
        ws.overview()
    assert found_in(cache_folder() / "index", (*PLAIN, "gegevens")) == []
    rows: list[tuple[object, ...]] = []
    for place in (cache_folder() / "index").glob("*.sqlite"):
        with closing(sqlite3.connect(place)) as connection:
            rows += connection.execute("SELECT * FROM record WHERE subject = ?", (CODE,)).fetchall()
    told = {str(cell) for row in rows for cell in row if isinstance(cell, str)} - {row[2] for row in rows} - {""}
    assert told == {REF, SLUG, "kas", "Kasboek", "2026-09-01", CODE, "op slot"}


def test_of_a_student_in_clear_the_index_has_no_words_of_people(
    tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KWARTIER_CACHE", str(tmp_path / "cache"))
    garden = Greenhouse(tmp_path, packages)
    with garden.open() as ws:
        fill(garden, ws)
        ws.overview()
    assert any((cache_folder() / "index").iterdir())
    assert found_in(cache_folder() / "index") == []


def test_only_a_student_gets_a_lock(tmp_path: Path, packages: Path) -> None:
    garden = Greenhouse(tmp_path, packages)
    with garden.open() as ws:
        slug = ws.add_organisation("De Glazen Stad")
        ws.add_subject(slug, "plek", "Kas Noord", kind="workplace")
        assert refusal(lambda: ws.encrypt_student(slug, "plek", PASSPHRASE)).code == "not-a-student"
        assert refusal(lambda: ws.encrypt_student(slug, "weg", PASSPHRASE)).code == "unknown-subject"
        ws.add_subject(slug, CODE, PUPIL, kind="student")
        assert refusal(lambda: ws.encrypt_student(slug, CODE, "  ")).code == "passphrase-missing"
        (student(garden).with_name(f"{CODE} (1)")).mkdir()
        assert refusal(lambda: ws.encrypt_student(slug, CODE, PASSPHRASE)).code == "folder-copied"
        assert ws.subject(slug, CODE).name == PUPIL
