"""One file: replaced whole or not at all, never blindly, never through a link; every error in words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from kwartier.errors import KwartierError, Refused, Unreadable
from kwartier.store import disk, files, refusals, toml
from kwartier.store.files import Changed

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "Mijn gegevens (é, 2026)"
    folder.mkdir()
    folder.chmod(0o755)
    return folder / "people.toml"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, **tree: Any) -> str:
    found = files.find(path)
    return files.replace(path, toml.encode(tree), expected=found.fingerprint if found else None)


def test_a_file_is_made_read_changed_and_removed(place: Path) -> None:
    assert files.find(place) is None
    made = files.update(place, lambda tree: {"seen": tree is None})
    assert made == files.read(place)
    changed = files.update(place, lambda tree: {**(tree or {}), "more": 2})
    assert files.read(place).tree == {"seen": True, "more": 2}
    assert changed == files.read(place)
    assert files.update(place, lambda tree: None) is None
    assert files.find(place) is None
    assert names_in(place.parent) == []


def test_nothing_is_written_where_nothing_changes(place: Path) -> None:
    place.write_bytes(b"# van een ander\na = 1\n")
    before = place.stat()
    files.update(place, lambda tree: {"a": 1})
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    files.update(place, lambda tree: {"a": 1.0})
    assert place.stat().st_ino != before.st_ino


def test_a_change_is_applied_to_what_somebody_else_wrote_meanwhile(place: Path) -> None:
    write(place, mine=0, theirs=0)
    calls = []

    def change(tree: dict[str, Any] | None) -> dict[str, Any]:
        assert tree is not None
        calls.append(tree)
        if len(calls) < 4:
            write(place, mine=0, theirs=len(calls))
        return {**tree, "mine": 1}

    files.update(place, change)
    assert files.read(place).tree == {"mine": 1, "theirs": 3}
    assert len(calls) == 4


def test_a_file_that_never_stops_changing_is_given_up(place: Path) -> None:
    write(place, theirs=0)

    def change(tree: dict[str, Any] | None) -> dict[str, Any]:
        assert tree is not None
        write(place, theirs=tree["theirs"] + 1)
        return {"mine": 1}

    with pytest.raises(Changed):
        files.update(place, change)
    assert "mine" not in files.read(place).tree
    assert names_in(place.parent) == ["people.toml"]


@pytest.mark.parametrize("expected", [None, "sha256:" + "0" * 64])
def test_another_file_than_expected_is_never_replaced(place: Path, expected: str | None) -> None:
    write(place, a=1)
    with pytest.raises(Changed) as changed:
        files.replace(place, b"a = 2\n", expected=expected)
    assert changed.value.code == "changed"
    assert files.read(place).tree == {"a": 1}
    assert names_in(place.parent) == ["people.toml"]


def test_a_file_that_vanished_is_not_made_anew(place: Path) -> None:
    fingerprint = write(place, a=1)
    place.unlink()
    with pytest.raises(Changed):
        files.replace(place, b"a = 2\n", expected=fingerprint)
    assert names_in(place.parent) == []


def test_an_unreadable_file_is_left_as_it_is(place: Path) -> None:
    place.write_bytes(b"a = \n")
    with pytest.raises(Unreadable) as unreadable:
        files.update(place, lambda tree: {"a": 1})
    assert unreadable.value.place == f"{place}:1"
    assert place.read_bytes() == b"a = \n"


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00" * 4096])
def test_a_file_that_lost_its_text_is_not_an_empty_record(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    with pytest.raises(Unreadable) as unreadable:
        files.read(place)
    assert unreadable.value.code == "empty-file"


def test_reading_what_is_not_there(place: Path) -> None:
    with pytest.raises(Refused) as refused:
        files.read(place)
    assert (refused.value.code, refused.value.place) == ("missing", str(place))


@posix
@pytest.mark.parametrize("inward", [True, False])
def test_a_link_is_not_followed(place: Path, inward: bool) -> None:
    target = place.with_name("elders.toml")
    if inward:
        write(target, a=1)
    place.symlink_to(target)
    for action in (
        lambda: files.read(place),
        lambda: files.update(place, lambda tree: {"a": 2}),
        lambda: files.replace(place, b"a = 2\n", expected=None),
        lambda: files.remove(place, expected="sha256:0"),
    ):
        with pytest.raises(Refused) as refused:
            action()
        assert refused.value.code == "symlink"
    assert place.is_symlink()
    assert target.exists() is inward
    assert not inward or files.read(target).tree == {"a": 1}


@posix
def test_what_is_no_file_is_refused_without_waiting(place: Path) -> None:
    os.mkfifo(place)
    with pytest.raises(Refused) as refused:
        files.read(place)
    assert refused.value.code == "not-a-file"
    place.unlink()
    place.mkdir()
    for action in (lambda: files.read(place), lambda: files.replace(place, b"", expected=None)):
        with pytest.raises(Refused) as refused:
            action()
        assert refused.value.code == "not-a-file"


@posix
def test_mode_and_group_stay(place: Path) -> None:
    write(place, a=1)
    assert stat.S_IMODE(place.stat().st_mode) == 0o644  # as its folder, 0755
    place.chmod(0o640)
    if os.getuid() == 0:
        os.chown(place, -1, 54321)
    group = place.stat().st_gid
    write(place, a=2)
    assert (stat.S_IMODE(place.stat().st_mode), place.stat().st_gid) == (0o640, group)
    place.parent.chmod(0o700)
    write(place.with_name("private.toml"), a=1)
    assert stat.S_IMODE(place.with_name("private.toml").stat().st_mode) == 0o600


@posix
def test_the_file_is_on_the_disk_before_it_takes_its_place(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, put = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def replaced(*paths: Any) -> None:
        order.append("replace")
        put(*paths)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write(place, a=1)
    assert order == ["file", "replace", "folder"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EFBIG, "file-too-large"),
        (errno.EACCES, "read-only"),
        (errno.EROFS, "read-only"),
        (errno.EPERM, "read-only"),
        (errno.ENAMETOOLONG, "path-too-long"),
        (errno.EMFILE, "too-many-files"),
        (errno.EIO, "system-error"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    write(place, a=1)

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused) as refused:
        write(place, a=2)
    monkeypatch.undo()
    assert (refused.value.code, refused.value.place) == (code, str(place))
    assert refused.value.advice
    assert files.read(place).tree == {"a": 1}
    assert names_in(place.parent) == ["people.toml"]


def test_a_name_that_is_too_long(place: Path) -> None:
    for action in (lambda path: files.replace(path, b"", expected=None), files.read):
        with pytest.raises(Refused) as refused:
            action(place.with_name("x" * 400 + ".toml"))
        assert refused.value.code == "path-too-long"


def test_too_many_open_files(place: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, limits[1]))
    held = []
    try:
        with pytest.raises(OSError):
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        with pytest.raises(Refused) as refused:
            files.replace(place, b"", expected=None)
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert refused.value.code == "too-many-files"


def test_a_folder_that_is_missing(place: Path) -> None:
    with pytest.raises(Refused) as refused:
        files.replace(place.parent / "weg" / "x.toml", b"", expected=None)
    assert refused.value.code == "missing"


def test_a_file_held_by_another_program_on_windows(place: Path) -> None:
    error = PermissionError(errno.EACCES, "")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert refusals.refusal(error, place).code == "in-use"
    assert refusals.read_refusal(error, place).code == "in-use"
    assert refusals.read_refusal(PermissionError(errno.EACCES, ""), place).code == "no-permission"


@posix
def test_new_folders_in_the_home_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "thuis"
    shared, common, team = home / "gedeeld", tmp_path / "tmp", tmp_path / "team"
    for folder, mode in ((home, 0o755), (shared, 0o2775), (common, 0o1777), (team, 0o2770)):
        folder.mkdir()
        folder.chmod(mode)
    monkeypatch.setenv("HOME", str(home))
    disk.make_folder(home / "a" / "b")
    disk.make_folder(shared / "a")
    disk.make_folder(common / "a")
    disk.make_folder(team / "a")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (home / "a", home / "a" / "b", shared / "a", common / "a")]
    assert modes == [0o700, 0o700, 0o2770, 0o700]
    assert stat.S_IMODE((team / "a").stat().st_mode) == 0o2770


def test_only_own_stale_temporary_files_are_stale(tmp_path: Path) -> None:
    mine = tmp_path / disk.temporary_name("people.toml")
    mine.write_bytes(b"")
    assert not disk.is_stale(mine)  # its writer, this process, is alive
    os.utime(mine, (1, 1))
    assert disk.is_stale(mine)
    for name in (".people.toml.tmp", "people.toml", ".~lock.x#", ".x.zzzzzzzz-1-00000000.tmp", ".DS_Store"):
        other = tmp_path / name
        other.write_bytes(b"")
        os.utime(other, (1, 1))
        assert not disk.is_stale(other)


@posix
def test_a_new_file_is_never_written_over_or_through_another(place: Path) -> None:
    target = place.with_name("elders")
    for name, make in (("file", Path.touch), ("link", lambda path: path.symlink_to(target))):
        make(place.with_name(name))
        with pytest.raises(FileExistsError):
            disk.write_new(place.with_name(name), b"x", None)
    assert place.with_name("file").read_bytes() == b"" and not target.exists()


def test_every_refusal_has_words() -> None:
    made = [refusals.refusal(OSError(number, ""), Path("x")) for number in errno.errorcode]
    for error in made:
        assert isinstance(error, KwartierError) and error.message and error.advice and error.place == "x"
