"""Run as a program by test_store_crash: does one operation over and over, killed at its first, second, third ... call.

Prints JSON: the files before and after an undisturbed run, and for every kill what stood there then and after recovery.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - imported once here, so not again in every copy of this process
from tests.dying import die_at, in_a_copy

from kwartier.store import disk, files, journal, making, toml
from kwartier.store.folder import DataFolder, encode_files

OLD = {"schema": 1, "text": "oud", "answer": [{"item": "1", "value": 1}]}
NEW = {"schema": 1, "text": "nieuw\n" * 500, "answer": [{"item": "1", "value": 2}]}
ORGANISATION = "organisations/kwadrant"


def prepare(root: Path) -> None:
    """A data folder with an organisation, a step file, a text to delete and a subject with evidence."""
    folder = DataFolder.create_or_open(root)
    folder.create(root / ORGANISATION, {"organisation.toml": OLD, "people.toml": OLD})
    place = root / ORGANISATION / "subjects" / "s1"
    folder.create(place, {"subject.toml": OLD})
    (place / "evidence").mkdir()
    (place / "evidence" / "foto é 1.png").write_bytes(bytes(range(256)) * 20)


def update(root: Path) -> None:
    with DataFolder.open(root).lock("kwadrant"):
        files.update(root / ORGANISATION / "people.toml", lambda tree: NEW)


def first(root: Path) -> None:
    files.update(root / ORGANISATION / "notes.toml", lambda tree: tree or NEW)


def record(root: Path) -> None:
    folder = DataFolder.open(root)
    with folder.lock("kwadrant"):
        ref = folder.instrument("kwadrant", "proef") / date(2026, 11, 22).isoformat()
        folder.create(ref, {"assessment.toml": NEW, "scores.a1.toml": OLD})


def content(root: Path) -> None:
    DataFolder.open(root).write_content(NEW)


def several(root: Path) -> None:
    folder = DataFolder.open(root)
    home = root / ORGANISATION
    new = encode_files({"x.toml": NEW}, home / "proef")
    with folder.lock("kwadrant"), making.built_folder(home / "proef", new) as built:
        plan = journal.Journal.plan(root, "verhuizen")
        plan.put(home / "organisation.toml", toml.encode(NEW), expected=disk.fingerprint_of(home / "organisation.toml"))
        plan.put(home / "nieuw" / "diep" / "y.toml", toml.encode(NEW), expected=None)
        plan.move(built, home / "proef" / "2026-11-22")
        plan.delete(home / "people.toml")
        plan.delete(home / "subjects" / "s1")
        plan.commit()


def interrupted(root: Path) -> None:
    """Recovery itself; `prepare_interrupted` left a decided journal of which half has been carried out."""
    recover(root)


def prepare_interrupted(root: Path) -> None:
    prepare(root)
    real = os.replace

    def once_decided(source: Path, target: Path) -> None:
        real(source, target)
        if Path(target).name == "organisation.toml":
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = once_decided  # type: ignore[assignment]
    assert in_a_copy(lambda: several(root)) == signal.SIGKILL
    os.replace = real


def fresh(root: Path) -> None:
    DataFolder.create_or_open(root)


def recover(root: Path) -> None:
    folder = DataFolder.create_or_open(root)
    journal.resume(folder.path)
    folder.sweep()


OPERATIONS = {
    "update": (prepare, update),
    "first": (prepare, first),
    "record": (prepare, record),
    "content": (prepare, content),
    "several": (prepare, several),
    "interrupted": (prepare_interrupted, interrupted),
    "fresh": (lambda root: None, fresh),
}


def snapshot(root: Path) -> dict[str, str]:
    """Every file but the locks, with its bytes, and every folder that is temporary."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(".kwartier/locks/"):
            found[name] = path.read_bytes().decode("latin-1")
        elif path.is_dir() and ".tmp" in name:
            found[name] = "folder"
    return found


def main(operation: str, work: Path) -> None:
    make, act = OPERATIONS[operation]
    base = work / "base map é"
    make(base)
    before = snapshot(base) if base.exists() else {}
    kills: list[dict[str, Any]] = []
    while True:
        root, log = work / "proef map é", work / "call"
        shutil.rmtree(root, ignore_errors=True)
        if base.exists():
            shutil.copytree(base, root, symlinks=True)
        log.write_bytes(b"")

        def disturbed(root: Path = root, log: Path = log, number: int = len(kills) + 1) -> None:
            die_at(number, log)
            act(root)

        status = in_a_copy(disturbed)
        if status != signal.SIGKILL:
            break
        seen = snapshot(root)
        recovered = in_a_copy(lambda root=root: recover(root))  # type: ignore[misc]
        kills.append({"call": log.read_text(), "seen": seen, "status": recovered, "recovered": snapshot(root)})
    print(json.dumps({"status": status, "before": before, "after": snapshot(root), "kills": kills}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
