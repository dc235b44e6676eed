"""Operations on several files: all or nothing, finished after a crash, never over what somebody else wrote since."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kwartier.errors import KwartierError, Misused, Refused, Unreadable
from kwartier.store import disk, files, journal, making, toml
from kwartier.store.files import Changed
from kwartier.store.folder import DataFolder, encode_files
from kwartier.store.journal import Journal
from kwartier.store.locks import hold
from kwartier.store.plan import Step, inside

OLD, NEW = toml.encode({"a": 1}), toml.encode({"a": 2})


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder.create_or_open(tmp_path / "Mijn gegevens é")
    made.create(made.organisation("kwadrant"), {"organisation.toml": {"a": 1}, "people.toml": {"a": 1}})
    return made


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def listing(folder: DataFolder) -> dict[str, bytes]:
    root = folder.path
    paths = (path for path in root.rglob("*") if path.is_file() and "locks" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def plan_of_two(folder: DataFolder) -> Journal:
    home = folder.organisation("kwadrant")
    plan = Journal.plan(folder.path, "mensen toevoegen")
    for name in ("organisation.toml", "people.toml"):
        plan.put(home / name, NEW, expected=disk.fingerprint(OLD))
    return plan


def leave_half_done(folder: DataFolder, plan: Journal, monkeypatch: pytest.MonkeyPatch, done: int) -> Path:
    """Commit, cut off when `done` steps have been carried out; gives the journal that is left."""
    real = journal._carry_out

    def cut_off(data_folder: Path, place: Path, number: int, step: Step) -> None:
        if number == done:
            raise KeyboardInterrupt
        real(data_folder, place, number, step)

    monkeypatch.setattr(journal, "_carry_out", cut_off)
    with pytest.raises(KeyboardInterrupt):
        plan.commit()
    monkeypatch.undo()
    (place,) = (folder.path / ".kwartier" / "journal").iterdir()
    return place


def test_all_kinds_of_steps(folder: DataFolder) -> None:
    home = folder.organisation("kwadrant")
    (home / "bewijs").mkdir()
    (home / "bewijs" / "foto 1: é?.png").write_bytes(b"\x00" * 3_000_000)
    plan = plan_of_two(folder)
    plan.put(home / "nieuw" / "x.toml", OLD, expected=None)
    plan.delete(home / "bewijs")
    with making.built_folder(home / "proef", encode_files({"assessment.toml": {"a": 3}}, home / "proef")) as built:
        plan.move(built, home / "proef" / "2026-11-22")
        plan.commit()
    after = listing(folder)
    assert after.keys() == {
        ".kwartier/folder.toml",
        *(f"organisations/kwadrant/{name}" for name in ("organisation.toml", "people.toml", "nieuw/x.toml")),
        "organisations/kwadrant/proef/2026-11-22/assessment.toml",
    }
    assert after["organisations/kwadrant/people.toml"] == NEW
    assert names_in(folder.path / ".kwartier" / "journal") == []
    assert not (home / "bewijs").exists()


def test_nothing_is_done_where_one_file_has_changed(folder: DataFolder) -> None:
    plan = plan_of_two(folder)
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "anders"})
    before = listing(folder)
    with pytest.raises(Changed) as changed:
        plan.commit()
    assert changed.value.place == str(folder.people_file("kwadrant"))
    assert listing(folder) == before


def test_nothing_is_done_where_a_target_exists(folder: DataFolder) -> None:
    home = folder.organisation("kwadrant")
    plan = plan_of_two(folder)
    (home / "proef").mkdir()
    (home / "oud").mkdir()
    plan.move(home / "oud", home / "proef")
    before = listing(folder)
    with pytest.raises(Changed):
        plan.commit()
    assert listing(folder) == before
    with pytest.raises(Refused) as refused:
        plan.delete(home / "weg.toml")
    assert refused.value.code == "missing"


@pytest.mark.parametrize("done", [0, 1])
def test_what_was_decided_is_finished(folder: DataFolder, monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    leave_half_done(folder, plan_of_two(folder), monkeypatch, done)
    assert journal.pending(folder.path) and journal.pending(folder.path, "kwadrant")
    assert not journal.pending(folder.path, "ander")
    (resumed,) = journal.resume(folder.path)
    assert (resumed.purpose, resumed.finished) == ("mensen toevoegen", True)
    assert resumed.paths == ("organisations/kwadrant/organisation.toml", "organisations/kwadrant/people.toml")
    assert all((folder.path / path).read_bytes() == NEW for path in resumed.paths)
    assert journal.resume(folder.path) == []


def test_what_was_not_decided_is_undone(folder: DataFolder) -> None:
    place = folder.path / ".kwartier" / "journal" / disk.temporary_name("journal")
    place.mkdir(parents=True)
    (place / "0.data").write_bytes(NEW)
    before = listing(folder)
    (resumed,) = journal.resume(folder.path)
    assert not resumed.finished
    assert listing(folder) == {name: data for name, data in before.items() if "journal" not in name}


def test_resuming_stops_before_what_somebody_else_changed(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 1)
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "van een ander"})
    before = listing(folder)
    with pytest.raises(Refused) as refused:
        journal.resume(folder.path)
    assert refused.value.code == "changed-meanwhile"
    assert "people.toml" in refused.value.message and "mensen toevoegen" in refused.value.message
    assert refused.value.place == str(place)
    assert listing(folder) == before
    assert folder.sweep().problems[0].code == "changed-meanwhile"
    # put back as it was, it can be finished
    folder.people_file("kwadrant").write_bytes(OLD)
    assert [one.finished for one in journal.resume(folder.path)] == [True]
    assert listing(folder)["organisations/kwadrant/people.toml"] == NEW


@pytest.mark.skipif(os.name == "nt", reason="only its age tells there that a writer is gone")
def test_sweeping_leaves_the_folder_that_a_stuck_journal_has_yet_to_place(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder.organisation("kwadrant")
    built = home / f".proef.{disk._host()}-4194304000-00000000.tmp"
    built.mkdir()
    plan = plan_of_two(folder)
    plan.move(built, home / "proef")
    leave_half_done(folder, plan, monkeypatch, 1)
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "van een ander"})
    swept = folder.sweep()
    assert (swept.removed, [error.code for error in swept.problems]) == ((), ["changed-meanwhile"])
    assert built.exists()
    folder.people_file("kwadrant").write_bytes(OLD)
    assert not folder.sweep().problems
    assert (home / "proef").is_dir() and not built.exists()


def test_a_journal_that_cannot_be_finished_can_be_given_up(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 1)
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "van een ander"})
    with pytest.raises(Refused) as refused:
        plan_of_two(folder).commit()
    assert refused.value.code == "unfinished-operation"
    journal.abandon(folder.path, place)
    assert journal.resume(folder.path) == []
    assert files.read(folder.people_file("kwadrant")).tree == {"a": "van een ander"}


def test_one_stuck_journal_does_not_hold_up_another(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = leave_half_done(folder, plan_of_two(folder), monkeypatch, 1)
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "van een ander"})
    folder.create(folder.organisation("ander"), {"organisation.toml": {"a": 1}})
    plan = Journal.plan(folder.path, "iets anders")
    plan.put(folder.people_file("ander"), NEW, expected=None)
    hidden = stuck.rename(folder.path / "opzij")
    leave_half_done(folder, plan, monkeypatch, 0)
    hidden.rename(stuck)
    resumed, problems = journal.resume_all(folder.path)
    assert [one.purpose for one in resumed] == ["iets anders"]
    assert [error.code for error in problems] == ["changed-meanwhile"]


def test_who_takes_the_lock_first_finishes_what_was_left(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_half_done(folder, plan_of_two(folder), monkeypatch, 1)
    with folder.lock("kwadrant"):
        assert files.read(folder.people_file("kwadrant")).tree == {"a": 2}


def test_a_finished_journal_that_was_half_removed_is_not_redone(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(path: Path) -> None:
        (path / "0.data").unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", cut_off)
    with pytest.raises(KeyboardInterrupt):
        plan_of_two(folder).commit()
    monkeypatch.undo()
    files.update(folder.people_file("kwadrant"), lambda tree: {"a": "later"})
    assert journal.resume(folder.path) == []
    assert names_in(folder.path / ".kwartier" / "journal") == []
    assert files.read(folder.people_file("kwadrant")).tree == {"a": "later"}


def test_a_full_disk_after_the_decision_is_finished_later(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "people.toml":
            raise OSError(28, "full")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Refused) as refused:
        plan_of_two(folder).commit()
    monkeypatch.undo()
    assert refused.value.code == "disk-full"
    assert refused.value.advice is not None and "maakt de handeling dan af" in refused.value.advice
    assert len(journal.resume(folder.path)) == 1
    assert listing(folder)["organisations/kwadrant/people.toml"] == NEW


def test_a_disk_that_fails_at_any_moment_leaves_all_or_nothing(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = os.fsync, listing(folder)
    outcomes: list[int] = []
    while True:
        calls = 0

        def fail_once(descriptor: int, number: int = len(outcomes)) -> None:
            nonlocal calls
            calls += 1
            if calls > number:
                raise OSError(28, "full")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fail_once)
        try:
            plan_of_two(folder).commit()
        except Refused as error:
            assert error.code == "disk-full"
        else:
            break
        finally:
            monkeypatch.setattr(os, "fsync", real)
        outcomes.append(len(journal.resume(folder.path)))
        found = listing(folder)
        if outcomes[-1] or found["organisations/kwadrant/people.toml"] == NEW:
            assert found["organisations/kwadrant/organisation.toml"] == NEW
            for name in ("organisation.toml", "people.toml"):
                (folder.organisation("kwadrant") / name).write_bytes(OLD)
        assert listing(folder) == before
    assert 0 in outcomes and 1 in outcomes
    assert names_in(folder.path / ".kwartier" / "journal") == []


OUTSIDE = [
    "../x.toml",
    "organisations/../../x",
    "/etc/passwd",
    "",
    ".",
    "a//b",
    "a/./b",
    ".kwartier/x",
    "a\\b",
    "a\x00b",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_plan_stays_inside_the_data_folder(folder: DataFolder, path: str) -> None:
    plan = Journal.plan(folder.path, "naar buiten")
    actions: list[Callable[[], object]] = [lambda: inside(folder.path, path)]
    if path not in ("a//b", "a/./b", "a\\b"):  # a Path takes those away, or the system knows no backslash
        actions += [
            lambda: plan.put(Path(path), NEW, expected=None),
            lambda: plan.delete(Path(path), expected="sha256:0"),
            lambda: plan.move(folder.path / "organisations" / "kwadrant", Path(path)),
            lambda: plan.move(Path(path), folder.path / "organisations" / "ander"),
        ]
    for action in actions:
        with pytest.raises(Misused):
            action()


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_tampered_journal_is_left_and_told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 0)
    tree = files.read(place / "plan.toml").tree
    tree["step"][0]["path"] = path
    (place / "plan.toml").write_bytes(toml.encode(tree))
    before = listing(folder)
    with pytest.raises(Unreadable) as unreadable:
        journal.resume(folder.path)
    assert unreadable.value.code == "damaged-journal"
    assert listing(folder) == before


@pytest.mark.parametrize(
    "text",
    ["schema = 2\npurpose = ''\nstep = []", "schema = 1", "step = 3", "schema = 1\npurpose = ''\nstep = [1]", "x"],
)
def test_a_damaged_journal_is_left_and_told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 0)
    (place / "plan.toml").write_text(text)
    with pytest.raises(Unreadable):
        journal.resume(folder.path)
    assert (place / "plan.toml").read_text() == text


def test_a_journal_with_other_bytes_than_planned_is_not_carried_out(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 0)
    (place / "1.data").write_bytes(b"half")
    before = listing(folder)
    with pytest.raises(KwartierError):
        journal.resume(folder.path)
    assert listing(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_plan_does_not_pass_a_link(folder: DataFolder, tmp_path: Path) -> None:
    outside = tmp_path / "buiten"
    outside.mkdir()
    (folder.path / "organisations" / "ander").symlink_to(outside)
    plan = Journal.plan(folder.path, "naar buiten")
    with pytest.raises(Refused) as refused:
        plan.put(folder.path / "organisations" / "ander" / "x.toml", NEW, expected=None)
    assert refused.value.code == "symlink"
    # a link that appears between planning and carrying out
    plan.put(folder.path / "organisations" / "derde" / "x.toml", NEW, expected=None)
    (folder.path / "organisations" / "derde").symlink_to(outside)
    with pytest.raises(Refused) as refused:
        plan.commit()
    assert refused.value.code == "symlink"
    assert names_in(outside) == []


def test_two_steps_on_one_place_are_a_mistake(folder: DataFolder) -> None:
    home = folder.organisation("kwadrant")
    plan = plan_of_two(folder)
    actions: list[Callable[[], object]] = [
        lambda: plan.put(home / "people.toml", NEW, expected=None),
        lambda: plan.delete(home),
        lambda: plan.move(home / "people.toml", home / "x.toml"),
        lambda: plan.move(home / "nieuw", home / "nieuw" / "x"),
    ]
    for action in actions:
        with pytest.raises(ValueError, match="two steps"):
            action()
    plan.put(home / "people.toml.x", NEW, expected=None)


def test_a_journal_of_another_machine_is_left_for_an_hour(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = leave_half_done(folder, plan_of_two(folder), monkeypatch, 0)
    theirs = place.with_name(".journal.00000000-1-00000000.tmp")
    place.rename(theirs)
    assert journal.resume(folder.path) == []
    os.utime(theirs, (1, 1))
    assert len(journal.resume(folder.path)) == 1


def test_a_busy_organisation_is_told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with hold(folder.path, "journal"), pytest.raises(Refused) as refused:
        monkeypatch.setattr(journal, "hold", lambda path, name: hold(path, name, timeout=0.05))
        plan_of_two(folder).commit()
    assert refused.value.code == "busy"
