"""Files with evidence: copied in as they are, whatever they are called or hold; taken out by who reads the piece."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.kas import CODE, SECRET, Greenhouse

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.tree import Tree
from kwartier.store.journal import Journal
from kwartier.workflow.file_kinds import LONGEST_NAME, plain_name
from kwartier.workspace import Workspace

PDF = b"%PDF-1.7\n" + SECRET.encode() + b"\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def begun(kas: Greenhouse, ws: Workspace, readers: tuple[str, ...] = ()) -> tuple[str, str]:
    """A portfolio with one piece of evidence: its reference and the id of the piece."""
    ref = kas.begin(ws)
    row: Tree = {"title": "Brief", "items": ["1.1"], "readers": list(readers)}
    ws.change(ref, "bewijs", {"evidence": [row]}, person=CODE)
    return ref, str(ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"][0]["id"])


def stored(kas: Greenhouse) -> list[Path]:
    return sorted(path for path in kas.path.rglob("evidence/*") if path.is_file())


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_file_comes_in_and_out_as_it_was_under_a_name_that_tells_nothing(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        file = ws.attach(ref, "bewijs", row, put(tmp_path / "Brief aan vader.PDF", PDF), CODE)
        assert (file.name, file.size) == ("Brief aan vader.PDF", len(PDF))
        place = stored(kas)
        assert [path.name for path in place] == [file.id] and place[0].parent.parent.name == CODE
        assert "vader" not in " ".join(kas.files())
        out = tmp_path / "uit"
        out.mkdir()
        told = ws.fetch_file(ref, "bewijs", row, out, CODE)
        assert told == out / file.name and told.read_bytes() == PDF
        with pytest.raises(Refused) as there:
            ws.fetch_file(ref, "bewijs", row, out, CODE)
        assert there.value.code == "file-exists"
        assert ws.fetch_file(ref, "bewijs", row, out, CODE, overwrite=True) == told
        assert ws.fetch_file(ref, "bewijs", row, out / "eigen naam.pdf", CODE).read_bytes() == PDF
        with pytest.raises(KwartierError):
            ws.fetch_file(ref, "bewijs", row, kas.folder(ref) / "hier.pdf", CODE)
        assert ws.check().sound


def test_only_who_reads_the_piece_gets_its_file(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws, ("a2",))
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        messages = []
        for viewer, which in ((None, row), ("a1", row), ("a1", "bestaat-niet")):
            with pytest.raises(Misused) as hidden:
                ws.fetch_file(ref, "bewijs", which, tmp_path / "y.pdf", viewer)
            messages.append(hidden.value.message.replace(which, "…"))
        assert len(set(messages)) == 1, "what is hidden and what is not there are told alike"
        assert ws.fetch_file(ref, "bewijs", row, tmp_path / "y.pdf", "a2").read_bytes() == PDF
        for person in (None, "a1", "a2"):
            with pytest.raises(KwartierError):
                ws.attach(ref, "bewijs", row, tmp_path / "x.pdf", person)
            with pytest.raises(KwartierError):
                ws.drop_evidence(ref, "bewijs", row, person)
        assert len(stored(kas)) == 1


def test_another_file_takes_the_place_of_the_first_and_removing_takes_both_away(
    kas: Greenhouse, tmp_path: Path
) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        second = ws.attach(ref, "bewijs", row, put(tmp_path / "x.png", PNG), CODE)
        assert [path.name for path in stored(kas)] == [second.id]
        ws.drop_evidence(ref, "bewijs", row, CODE)
        assert not stored(kas) and not any(SECRET.encode() in data for data in kas.files().values())
        assert not ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"]
        assert ws.check().sound


def test_a_row_with_a_file_never_goes_another_way(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        gone: Tree = {"evidence": [{"id": row, "remove": True}]}
        with pytest.raises(Refused) as apart:
            ws.change(ref, "bewijs", gone, person=CODE)
        assert apart.value.code == "file-apart" and apart.value.advice
        desk = ws.desk(ref, viewer=CODE)
        with pytest.raises(Refused):
            desk.give("bewijs", gone, name="weg")
        desk.give("bewijs", {"evidence": [{"id": row, "title": "Anders"}]}, name="naam")
        assert not desk.save()
        found = ws.see(ref, viewer=CODE).record.shared["bewijs"]["evidence"][0]
        assert found["title"] == "Anders" and found["file"]["name"] == "x.pdf"


def test_what_was_removed_is_gone_in_the_older_portfolio_too(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        old, row = begun(kas, ws, ("everyone",))
        ws.attach(old, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        new = kas.portfolio(ws, old.split("/")[0], day=date(2026, 10, 1), follows=old)
        assert ws.fetch_file(new, "bewijs", row, tmp_path / "y.pdf", "a1").read_bytes() == PDF
        with pytest.raises(Refused) as later:
            ws.drop_evidence(old, "bewijs", row, CODE)
        assert later.value.code == "decided-later" and new in later.value.message
        second = ws.attach(new, "bewijs", row, put(tmp_path / "x.png", PNG), CODE)
        assert len(stored(kas)) == 2, "the older portfolio keeps what it names"
        assert ws.fetch_file(old, "bewijs", row, tmp_path / "z.pdf", "a1").read_bytes() == PDF
        ws.drop_evidence(new, "bewijs", row, CODE)
        assert second.id not in [path.name for path in stored(kas)]
        for viewer in (CODE, "a1", None):
            assert "Brief" not in repr(ws.see(old, viewer=viewer).record)


def test_removing_takes_the_file_also_where_an_older_portfolio_names_it(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        old, row = begun(kas, ws)
        ws.attach(old, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        new = kas.portfolio(ws, old.split("/")[0], day=date(2026, 10, 1), follows=old)
        ws.drop_evidence(new, "bewijs", row, CODE)
        assert not stored(kas)
        with pytest.raises(Misused):
            ws.fetch_file(old, "bewijs", row, tmp_path / "y.pdf", CODE)
        assert ws.check().sound


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leeg.pdf", b"", "file-empty"),
        ("groot.pdf", b"%PDF-" + bytes(100_000), "file-too-large"),
        ("blad.docx", b"PK\x03\x04", "file-kind"),
        ("zonder", b"tekst", "file-kind"),
        ("programma.exe", b"MZ\x90", "file-kind"),
        ("programma.txt", b"MZ\x90\x00", "file-program"),
        ("programma.pdf", b"\x7fELF\x02", "file-program"),
        ("programma.png", b"#!/bin/sh\n", "file-program"),
        ("foto.png", PDF, "file-contradicts"),
        ("verslag.pdf", PNG, "file-contradicts"),
        ("verslag.txt", PDF, "file-contradicts"),
        ("verslag.txt", b"a\x00b", "file-contradicts"),
    ],
)
def test_what_is_not_taken_in(kas: Greenhouse, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        before = kas.files()
        with pytest.raises(Refused) as refused:
            ws.attach(ref, "bewijs", row, put(tmp_path / name, data), CODE)
        assert refused.value.code == code and refused.value.advice
        if code == "file-too-large":
            assert "0,1 MB" in refused.value.message
        assert kas.files() == before


def test_links_folders_and_what_is_not_there_are_refused(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        link, pipe = tmp_path / "link.pdf", tmp_path / "pijp.pdf"
        link.symlink_to(put(tmp_path / "x.pdf", PDF))
        os.mkfifo(pipe)
        for path in (link, pipe, tmp_path, tmp_path / "niets.pdf"):
            with pytest.raises(Refused) as refused:
                ws.attach(ref, "bewijs", row, path, CODE)
            assert refused.value.advice
        for step, which in (("reacties", row), ("bewijs", "bestaat-niet"), ("zelf", row)):
            with pytest.raises(Misused) as misused:
                ws.attach(ref, step, which, tmp_path / "x.pdf", CODE)
            assert misused.value.advice
        assert not stored(kas)


@given(st.text(max_size=300))
def test_a_name_is_plain_whatever_it_was(name: str) -> None:
    found = plain_name(name)
    assert 0 < len(found) <= LONGEST_NAME and not set(found) & set('/\\<>:"|?*\x00\x1b\n\r\t\u202e')
    assert found not in (".", "..") and found == found.strip() and plain_name(found) == found


def test_names_of_another_system_are_cut_to_the_last_part() -> None:
    assert plain_name("\\".join(["C:", "Users", "Lotte", "brief.pdf"])) == "brief.pdf"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("a\x1b[31m\u202efdp.exe") == "a[31mfdp.exe"
    assert plain_name("x" * 300 + ".pdf").endswith("x.pdf")


def test_a_file_that_was_changed_or_is_gone_is_told(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        place = stored(kas)[0]
        put(place.with_name("0123456789abcdef"), b"van niemand")
        place.write_bytes(PDF + b"!")
        with pytest.raises(Refused) as changed:
            ws.fetch_file(ref, "bewijs", row, tmp_path / "y.pdf", CODE)
        assert changed.value.code == "file-changed"
        told = [(one.place, one.message) for one in ws.check().problems]
        assert any(ref in at and "niet meer wat erbij gezet werd" in message for at, message in told)
        assert any("0123456789abcdef" in at and "Geen bewijsstuk" in message for at, message in told)
        place.unlink()
        with pytest.raises(Refused) as gone:
            ws.fetch_file(ref, "bewijs", row, tmp_path / "y.pdf", CODE)
        assert gone.value.code == "file-gone"
        assert any("is er niet meer" in one.message for one in ws.check().problems)
        assert not any("x.pdf" in repr(one) for one in ws.check().problems), "its name may be private"
        ws.drop_evidence(ref, "bewijs", row, CODE)


def test_an_id_that_leads_elsewhere_is_refused(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        path = kas.folder(ref) / "bewijs.toml"
        tree = kas.tree(path)
        tree["evidence"][0]["file"]["id"] = "../subject.toml"
        kas.put(path, tree)
        for door in (
            lambda: ws.fetch_file(ref, "bewijs", row, tmp_path / "y.pdf", CODE),
            lambda: ws.drop_evidence(ref, "bewijs", row, CODE),
        ):
            with pytest.raises(Refused) as wrong:
                door()
            assert wrong.value.code == "file-name-wrong"
        assert (kas.path / "organisations" / "de-glazen-stad" / "subjects" / CODE / "subject.toml").exists()


def test_row_and_file_are_written_together_or_not_at_all(
    kas: Greenhouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    purposes: list[str] = []
    plan = Journal.plan.__func__  # type: ignore[attr-defined]

    def watched(cls: type[Journal], folder: Path, purpose: str) -> Journal:
        purposes.append(purpose)
        found: Journal = plan(cls, folder, purpose)
        return found

    with kas.open() as ws:
        ref, row = begun(kas, ws)
        monkeypatch.setattr(Journal, "plan", classmethod(watched))
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        ws.drop_evidence(ref, "bewijs", row, CODE)
    assert len(purposes) == 2
    assert not any(CODE in one.split() or "Brief" in one for one in purposes), "a purpose tells nothing of a student"


def test_of_a_locked_student_the_file_is_locked_too(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        slug = ref.split("/")[0]
        ws.encrypt_student(slug, CODE, "een lange zin om te onthouden")
        ws.unlock_student(slug, CODE, "een lange zin om te onthouden")
        ws.attach(ref, "bewijs", row, put(tmp_path / "x.pdf", PDF), CODE)
        assert SECRET.encode() not in stored(kas)[0].read_bytes()
        assert ws.fetch_file(ref, "bewijs", row, tmp_path / "y.pdf", CODE).read_bytes() == PDF
        assert ws.check().sound
        ws.lock_student(slug, CODE)
        for person in (CODE, "a1", None):
            with pytest.raises(Refused) as locked:
                ws.fetch_file(ref, "bewijs", row, tmp_path / "z.pdf", person)
            assert locked.value.code == "locked"


def test_no_device_is_replaced_and_no_name_of_a_device_is_given(kas: Greenhouse, tmp_path: Path) -> None:
    with kas.open() as ws:
        ref, row = begun(kas, ws)
        ws.attach(ref, "bewijs", row, put(tmp_path / "con.pdf", PDF), CODE)
        place = tmp_path / "uit"
        place.mkdir()
        assert ws.fetch_file(ref, "bewijs", row, place, CODE).name == "bestand-con.pdf"
        pipe = tmp_path / "pijp"
        os.mkfifo(pipe)
        with pytest.raises(Refused) as error:
            ws.fetch_file(ref, "bewijs", row, pipe, CODE, overwrite=True)
        assert (error.value.code, pipe.is_fifo()) == ("not-a-file", True)
        with pytest.raises(KwartierError):
            ws.attach(ref, "bewijs", row, Path("a\0b.pdf"), CODE)
