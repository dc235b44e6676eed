"""Which student a file is of, bytes that are sealed and opened, and keys that live in this process alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from kwartier.errors import KwartierError
from kwartier.records.tree import Tree
from kwartier.store import cipher, files, folder, keyring, toml
from kwartier.store.keyring import Locked

IDENTITY, RECIPIENT = cipher.new_key()
WRAPPED = "-----BEGIN AGE ENCRYPTED FILE-----\nniet van belang hier\n"
SECRET: Tree = {"schema": 1, "name": "Lotte Lelie"}


def locked_student(data_folder: Path, organisation: str = "kas", code: str = "s1") -> Path:
    """The folder of a student with a lock, of which the passphrase does not matter."""
    home = data_folder / "organisations" / organisation / "subjects" / code
    home.mkdir(parents=True)
    lock = {"schema": 1, "code": code, "kind": "student", "recipient": RECIPIENT, "identity": WRAPPED}
    (home / "lock.toml").write_bytes(tomli_w.dumps(lock).encode())
    return home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield locked_student(tmp_path)
    keyring.forget_all()


@pytest.mark.parametrize(
    ("place", "sealed"),
    [
        ("subjects/s1/subject.toml", True),
        ("subjects/s1/evidence/3fa8", True),
        ("subjects/s1/subject (1).toml", True),
        ("kas/s1/2026-09-01/zelf.s1.toml", True),
        ("kas/s1/2026-09-01/replaced/zelf.s1.x.toml", True),
        ("kas/s1/2026-09-01/lock.toml", True),
        ("subjects/s1/lock.toml", False),
        ("subjects/s2/subject.toml", False),
        ("kas/s2/2026-09-01/zelf.s2.toml", False),
        ("kas/2026-09-01/zelf.toml", False),
        ("organisation.toml", False),
        ("people.toml", False),
    ],
)
def test_all_files_of_the_student_are_sealed_and_no_others(home: Path, place: str, sealed: bool) -> None:
    path = home.parents[1] / place
    data = files.encode(path, SECRET)
    assert cipher.is_cipher(data) == sealed
    assert (b"Lotte" in data) != sealed
    assert files.sealed_bytes(path, b"Lotte").startswith(b"Lotte") != sealed
    new = folder.encode_files({path.name: SECRET}, path.parent) if path.suffix == ".toml" and " " not in place else {}
    assert all(cipher.is_cipher(one) == sealed for one in new.values())


def test_a_folder_with_the_same_name_above_the_data_folder_does_not_mislead(tmp_path: Path) -> None:
    home = locked_student(tmp_path / "organisations" / "mijn" / "werk" / "s9", organisation="organisations")
    assert keyring.home_of(home / "subject.toml") == home
    assert keyring.home_of(home.parents[1] / "kas" / "s1" / "2026-09-01" / "zelf.toml") == home
    assert keyring.home_of(home.parents[1] / "kas" / "s2" / "2026-09-01" / "zelf.toml") is None


def test_reading_takes_the_key_and_an_unchanged_tree_writes_nothing(home: Path) -> None:
    path = home / "subject.toml"
    path.write_bytes(files.encode(path, SECRET))
    with pytest.raises(Locked) as raised:
        files.read(path)
    assert (raised.value.code, raised.value.home, raised.value.student) == ("locked", home, "s1")
    with pytest.raises(Locked):
        files.update(path, lambda tree: {**(tree or {}), "name": "Ander"})
    keyring.keep(home, RECIPIENT, IDENTITY)
    before = path.read_bytes()
    reading = files.update(path, lambda tree: dict(tree or {}))
    assert reading is not None
    assert (reading.tree, path.read_bytes()) == (SECRET, before)
    changed = files.update(path, lambda tree: {**(tree or {}), "name": "Ander"})
    assert changed == files.read(path), "the fingerprint is that of the bytes on the disk"
    assert cipher.is_cipher_file(path)
    keyring.forget(home)
    with pytest.raises(Locked):
        files.read(path)


def test_a_key_of_another_lock_opens_nothing(home: Path) -> None:
    path = home / "subject.toml"
    path.write_bytes(files.encode(path, SECRET))
    other, public = cipher.new_key()
    keyring.keep(home, public, other)
    with pytest.raises(Locked):
        files.read(path)
    keyring.keep(home, RECIPIENT, other)
    with pytest.raises(KwartierError) as raised:
        files.read(path)
    assert raised.value.code == "cipher-damaged"


@given(st.binary(max_size=300))
def test_any_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    home = locked_student(tmp_path_factory.mktemp("map"))
    keyring.keep(home, RECIPIENT, IDENTITY)
    path = home / "evidence" / "3fa8"
    sealed = files.sealed_bytes(path, data)
    assert sealed != data
    assert files.opened_bytes(path, sealed) == data
    keyring.forget(home)
    with pytest.raises(Locked):
        files.opened_bytes(path, sealed)


def test_a_file_that_was_encrypted_before_it_was_given_comes_back_just_so(home: Path, tmp_path: Path) -> None:
    given = cipher.seal(b"van de leerling zelf", cipher.new_key()[1], "")
    open_student = tmp_path / "organisations" / "kas" / "subjects" / "s2" / "evidence" / "1"
    assert files.opened_bytes(open_student, files.sealed_bytes(open_student, given)) == given
    keyring.keep(home, RECIPIENT, IDENTITY)
    path = home / "evidence" / "1"
    assert files.opened_bytes(path, files.sealed_bytes(path, given)) == given


def test_a_lock_that_changes_is_seen_at_once(home: Path) -> None:
    path = home / "subject.toml"
    assert cipher.is_cipher(files.encode(path, SECRET))
    (home / "lock.toml").unlink()
    assert files.encode(path, SECRET) == toml.encode(SECRET)
    (home / "lock.toml").write_bytes(b"")
    with pytest.raises(KwartierError) as raised:
        files.encode(path, SECRET)
    assert raised.value.code == "lock-damaged"


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs symbolic links")
def test_a_link_in_the_place_of_a_lock_is_not_followed(home: Path, tmp_path: Path) -> None:
    lock = home / "lock.toml"
    lock.rename(tmp_path / "elders.toml")
    lock.symlink_to(tmp_path / "elders.toml")
    with pytest.raises(KwartierError) as raised:
        files.encode(home / "subject.toml", SECRET)
    assert raised.value.code == "symlink"


def test_many_threads_lock_and_unlock_without_harm(home: Path) -> None:
    path = home / "subject.toml"
    path.write_bytes(files.encode(path, SECRET))
    wrong: list[object] = []

    def work() -> None:
        for _ in range(60):
            keyring.keep(home, RECIPIENT, IDENTITY)
            try:
                if files.read(path).tree != SECRET:
                    wrong.append("another tree")
            except Locked:
                pass
            except Exception as error:
                wrong.append(error)
            keyring.forget(home)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert keyring.key_of(home) is None
