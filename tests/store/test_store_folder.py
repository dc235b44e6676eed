"""The data folder: opening it in every state, paths that never lead outside, listing, making, sweeping."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import KwartierError, Misused, Refused, Unreadable
from kwartier.store import disk, files, refs
from kwartier.store.copies import original_name
from kwartier.store.folder import DataFolder, free_assessment_name
from kwartier.store.refs import Ref, parse_ref

posix = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    place = tmp_path / "a b" / "é"
    with pytest.raises(Refused) as refused:
        DataFolder.open(place)
    assert (refused.value.code, refused.value.place) == ("missing", str(place))
    folder = DataFolder.create_or_open(place)
    assert files.read(place / ".kwartier" / "folder.toml").tree == {"schema": 1}
    assert folder.is_writable
    assert folder.organisations() == []
    assert DataFolder.open(place) == DataFolder.create_or_open(place) == folder


@pytest.mark.parametrize("below", ["", "data"])
def test_a_file_is_no_data_folder(tmp_path: Path, below: str) -> None:
    place = tmp_path / "bestand"
    place.write_bytes(b"")
    for opened in (DataFolder.open, DataFolder.create_or_open):
        with pytest.raises(Refused) as refused:
            opened(place / below)
        assert refused.value.code == "not-a-folder"


def test_paths_that_are_none() -> None:
    for path in (Path("a\x00b"), Path("~niemand-die-bestaat/x")):
        with pytest.raises(Misused):
            DataFolder.open(path)


def test_a_newer_folder_is_only_read(folder: DataFolder) -> None:
    files.update(folder.path / ".kwartier" / "folder.toml", lambda tree: {"schema": 2, "more": [1]})
    newer = DataFolder.create_or_open(folder.path)
    assert newer.organisations() == ["kwadrant"]
    assert not newer.is_writable
    for action in (
        lambda: newer.create(newer.organisation("b"), {}),
        lambda: newer.write_content({}),
        lambda: newer.lock().__enter__(),
    ):
        with pytest.raises(Refused) as refused:
            action()
        assert refused.value.code == "newer-folder"
    assert files.read(folder.path / ".kwartier" / "folder.toml").tree == {"schema": 2, "more": [1]}


@pytest.mark.parametrize("text", ["schema = 'x'", "x = 1", "schema = 0", "schema = true", "="])
def test_a_damaged_marker_is_told(folder: DataFolder, text: str) -> None:
    (folder.path / ".kwartier" / "folder.toml").write_text(text)
    with pytest.raises(Unreadable):
        DataFolder.open(folder.path)
    assert (folder.path / ".kwartier" / "folder.toml").read_text() == text


def test_where_things_stand(folder: DataFolder) -> None:
    own, students = parse_ref("kwadrant/proef/2026-11-22"), parse_ref("kwadrant/proef/s1/2026-01-10-2")
    home = folder.path / "organisations" / "kwadrant"
    assert folder.organisation_file("kwadrant") == home / "organisation.toml"
    assert folder.people_file("kwadrant") == home / "people.toml"
    assert folder.subject_file("kwadrant", "s1") == home / "subjects" / "s1" / "subject.toml"
    assert folder.evidence("kwadrant", "s1") == home / "subjects" / "s1" / "evidence"
    assert folder.assessment_file(own) == home / "proef" / "2026-11-22" / "assessment.toml"
    assert folder.step_file(own, "scores") == home / "proef" / "2026-11-22" / "scores.toml"
    assert folder.step_file(students, "scores", "a1") == home / "proef" / "s1" / "2026-01-10-2" / "scores.a1.toml"
    assert folder.content_file("sha256:" + "a" * 64) == folder.path / "contents" / ("a" * 64 + ".toml")


@pytest.mark.parametrize(
    "evil", ["..", ".", "", "../x", "/etc", "a/b", "a\\b", "C:", "con", "A", "a\n", "-a", "a.b/..", "é"]
)
def test_no_name_leads_outside(folder: DataFolder, evil: str) -> None:
    good = parse_ref("kwadrant/proef/2026-11-22")
    actions: list[Callable[[], object]] = [
        lambda: folder.organisation(evil),
        lambda: folder.subject("kwadrant", evil),
        lambda: folder.instrument("kwadrant", evil),
        lambda: folder.instrument("kwadrant", "proef", evil),
        lambda: folder.assessment(Ref("kwadrant", "proef", None, evil)),
        lambda: folder.step_file(good, evil),
        lambda: folder.step_file(good, "scores", evil),
        lambda: folder.content_file(evil),
    ]
    for action in actions:
        with pytest.raises(KwartierError):
            action()
    with pytest.raises(ValueError, match="plain"):
        folder.create(folder.organisation("b"), {evil + "/x.toml": {}})


def test_the_envelope_is_no_step(folder: DataFolder) -> None:
    with pytest.raises(Misused):
        folder.step_file(parse_ref("kwadrant/proef/2026-11-22"), "assessment")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kwadrant/proef/2026-11-22", "kwadrant/proef/2026-11-22"),
        ("kwadrant/proef/2026-11-22/", "kwadrant/proef/2026-11-22"),
        ("kwadrant\\proef\\s1\\2026-11-22-10\\", "kwadrant/proef/s1/2026-11-22-10"),
    ],
)
def test_references(text: str, shown: str) -> None:
    ref = parse_ref(text)
    assert str(ref) == shown
    assert ref.date == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "kwadrant",
        "kwadrant/proef",
        "/kwadrant/proef/2026-11-22",
        "../proef/2026-11-22",
        "kwadrant/../2026-11-22",
        "kwadrant/proef/../2026-11-22",
        "kwadrant/proef/2026-02-30",
        "kwadrant/proef/2026-11-22-1",
        "kwadrant//2026-11-22",
        "kwadrant/proef/2026-11-22-02",
        "kwadrant/proef/2026-1-1",
        "C:\\proef\\2026-11-22",
        "kwadrant/subjects/2026-11-22",
        "kwadrant/proef/s1/t1/2026-11-22",
        "kwadrant/proef/2026-11-22/2026-11-22",
        "Kwadrant/proef/2026-11-22",
        "kwadrant/proef/2026-11-22\n",
        "kwadrant/con/2026-11-22",
        "kwadrant/proef/٢٠٢٦-11-22",
        "\ud800/proef/2026-11-22",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    with pytest.raises(Misused) as misused:
        parse_ref(text)
    assert misused.value.code == "invalid-reference"
    assert misused.value.message.isascii() and misused.value.advice


@given(st.text(st.sampled_from("ab1-./\\~:\n 2026")))
def test_a_reference_never_leads_outside(text: str) -> None:
    try:
        ref = parse_ref(text)
    except Misused:
        return
    assert ".." not in str(ref) and not str(ref).startswith("/") and parse_ref(str(ref)) == ref


def test_listing(folder: DataFolder) -> None:
    wanted = ["proef/2026-11-22", "proef/2026-11-22-2", "proef/2026-11-22-10", "proef/s1/2025-01-01", "zelf/2020-01-01"]
    for ref in reversed(wanted):
        place = folder.assessment(parse_ref(f"kwadrant/{ref}"))
        folder.create(place, {"assessment.toml": {"schema": 1}})
    folder.create(folder.subject("kwadrant", "s1"), {"subject.toml": {"schema": 1}})
    home = folder.organisation("kwadrant")
    for name in ("proef/kladjes", "proef/2026-13-01", "proef/2027-01-01", "subjects/2026-01-01", "Losse map", ".git"):
        (home / name).mkdir(parents=True)
    (home / "proef" / "lijst.xlsx").write_bytes(b"")
    (folder.path / "organisations" / "geen-organisatie").mkdir()
    (folder.path / "organisations" / "los.txt").write_bytes(b"")
    assert [str(ref) for ref in folder.assessments("kwadrant")] == [f"kwadrant/{ref}" for ref in wanted]
    assert folder.subjects("kwadrant") == ["s1"]
    assert folder.organisations() == ["kwadrant"]
    assert folder.assessments("onbekend") == []


def test_step_files_and_unknown_files(folder: DataFolder) -> None:
    ref = parse_ref("kwadrant/proef/2026-11-22")
    place = folder.assessment(ref)
    known = ["scores.a1.toml", "scores.a2.toml", "team.toml"]
    unknown = [
        "scores.a1 (conflicted copy).toml",
        "scores.a1.sync-conflict-20261122-101010-ABCDEF7.toml",
        "NOTES.toml",
        "team.sync-conflict-20261122-101010.toml",
        ".team.toml.00000000-1-00000000.tmp",
        "plan.docx",
        "x.y.z.toml",
    ]
    folder.create(place, {"assessment.toml": {}, **{name: {"schema": 1} for name in known}})
    for name in unknown:
        (place / name).write_bytes(b"x = 1\n")
    (place / "map.toml").mkdir()
    assert folder.step_files(ref) == {
        ("scores", "a1"): place / known[0],
        ("scores", "a2"): place / known[1],
        ("team", None): place / known[2],
    }
    folder.sweep()
    assert all((place / name).exists() for name in unknown if not name.endswith(".tmp"))


def test_a_record_is_never_made_over_another(folder: DataFolder) -> None:
    place = folder.organisation("kwadrant")
    with pytest.raises(Refused) as refused:
        folder.create(place, {"organisation.toml": {"schema": 1, "name": "ander"}})
    assert (refused.value.code, refused.value.place) == ("exists", str(place))
    (folder.path / "organisations" / "leeg").mkdir()
    with pytest.raises(Refused):
        folder.create(folder.organisation("leeg"), {"organisation.toml": {}})
    assert names_in(folder.path / "organisations") == ["kwadrant", "leeg"]
    assert files.read(folder.organisation_file("kwadrant")).tree == {"schema": 1}


def test_a_record_that_cannot_be_stored_leaves_nothing(folder: DataFolder) -> None:
    with pytest.raises(Refused):
        folder.create(folder.organisation("b"), {"organisation.toml": {}, "people.toml": {"name": "\udc80"}})
    assert names_in(folder.path / "organisations") == ["kwadrant"]


def test_free_names(folder: DataFolder) -> None:
    assert folder.free_organisation("Kwádrant!") == "kwadrant-2"
    assert folder.free_organisation("🦊") == "organisatie"
    (folder.path / "organisations" / "Organisatie").mkdir()
    assert folder.free_organisation("🦊") == "organisatie-2"
    with pytest.raises(Refused):
        folder.free_organisation("a\nb")
    place, day = folder.instrument("kwadrant", "proef"), date(2026, 11, 22)
    assert free_assessment_name(place, day) == "2026-11-22"
    for expected in ("2026-11-22", "2026-11-22-2", "2026-11-22-3"):
        name = free_assessment_name(place, day)
        assert name == expected and refs.is_date_name(name)
        (place / name).mkdir(parents=True)


def test_contents_are_written_once_and_verified(folder: DataFolder) -> None:
    tree = {"item": [{"id": "1", "title": "Visie\nen missie"}], "date": date(2026, 1, 1)}
    pin = folder.write_content(tree)
    path = folder.content_file(pin)
    before = path.stat().st_mtime_ns
    assert folder.write_content(dict(reversed(tree.items()))) == pin
    assert path.stat().st_mtime_ns == before
    assert folder.read_content(pin) == tree
    path.write_text("item = []\n")
    with pytest.raises(Unreadable) as unreadable:
        folder.read_content(pin)
    assert unreadable.value.code == "changed-content"
    assert folder.write_content(tree) == pin
    assert folder.read_content(pin) == tree
    with pytest.raises(Refused) as refused:
        folder.read_content("sha256:" + "0" * 64)
    assert refused.value.code == "missing"


@posix
def test_links_in_the_folder_are_not_followed(folder: DataFolder, tmp_path: Path) -> None:
    elsewhere = DataFolder.create_or_open(tmp_path / "elders")
    elsewhere.create(elsewhere.organisation("b"), {"organisation.toml": {}})
    (folder.path / "organisations" / "b").symlink_to(elsewhere.organisation("b"))
    assert folder.organisations() == ["kwadrant"]
    dangling = folder.organisation("c")
    dangling.symlink_to(tmp_path / "nergens")
    with pytest.raises(Refused):
        folder.create(dangling, {"organisation.toml": {}})
    assert not (tmp_path / "nergens").exists()


@posix
def test_sweeping_takes_only_own_old_temporaries(folder: DataFolder) -> None:
    home = folder.organisation("kwadrant")
    dead = f".x.toml.{disk._host()}-4194304000-00000000.tmp"  # no system has a process with this number
    foreign = ".x.toml.00000000-1-00000000.tmp"
    for name in (dead, foreign, disk.temporary_name("y.toml"), "rapport.tmp", ".tmp"):
        (home / name).write_bytes(b"half")
    (home / "proef").mkdir()
    (home / "proef" / dead).mkdir()
    (home / "proef" / dead / "assessment.toml").write_bytes(b"half")
    (folder.path / "organisations" / dead).mkdir()
    (folder.path / ".kwartier" / dead).write_bytes(b"half")
    kept = {path for path in folder.path.rglob("*") if dead not in path.parts and "locks" not in path.parts}
    swept = folder.sweep()
    assert len(swept.removed) == 4 and not swept.problems and not swept.resumed
    assert {path for path in folder.path.rglob("*") if "locks" not in path.parts} == kept
    os.utime(home / foreign, (1, 1))
    assert folder.sweep().removed == (home / foreign,)


@posix
def test_sweeping_leaves_an_organisation_that_is_being_written(folder: DataFolder) -> None:
    left = folder.organisation("kwadrant") / f".x.toml.{disk._host()}-4194304000-00000000.tmp"
    left.write_bytes(b"half")
    with folder.lock("kwadrant"):
        assert folder.sweep().removed == ()
    assert left.exists()
    assert folder.sweep().removed == (left,)


BESIDE = {"scores.a1.toml", "scores.toml", "scores-extra.toml", "evaluatie-2.toml"}


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("scores.a1 (conflicted copy 2026-11-22).toml", "scores.a1.toml"),
        ("scores.a1 (Anna's conflicted copy 2026-11-22 (1)).toml", "scores.a1.toml"),
        ("scores.a1 (Conflicterende kopie van Anna).toml", "scores.a1.toml"),
        ("weg (conflicted copy 2026-11-22 101010).toml", "weg.toml"),
        ("scores.a1_conflict-20261122-101010.toml", "scores.a1.toml"),
        ("scores.a1.sync-conflict-20261122-101010-ABCDEF7.toml", "scores.a1.toml"),
        ("scores.a1 (1).toml", "scores.a1.toml"),
        ("scores.a1 2.toml", "scores.a1.toml"),
        ("scores.a1-LAPTOP.toml", "scores.a1.toml"),
        ("scores-DESKTOP-1AB2.toml", "scores.toml"),
        ("scores-extra-Anna.toml", "scores-extra.toml"),
        ("scores.toml", None),
        ("scores-extra.toml", None),
        ("scores.a1.toml", None),
        ("evaluatie-2.toml", None),
        ("weg 2.toml", None),
        ("weg-LAPTOP.toml", None),
        ("scores.a1 (1).docx", None),
        ("(conflict).toml", None),
    ],
)
def test_conflict_copies_by_name(name: str, original: str | None) -> None:
    assert original_name(name, BESIDE | {name}) == original


def test_conflict_copies_are_found_and_left(folder: DataFolder) -> None:
    home = folder.organisation("kwadrant")
    copy = home / "organisation (conflicted copy 2026-11-22).toml"
    copy.write_bytes(b"schema = 1\n")
    (found,) = folder.conflict_copies()
    assert (found.path, found.original) == (copy, home / "organisation.toml")
    folder.sweep()
    assert copy.exists()
