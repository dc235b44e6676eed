"""Several processes and unwilling systems: nothing lost between two writers, clear words where writing fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import kwartier
from kwartier.errors import Refused
from kwartier.store import files
from kwartier.store.folder import DataFolder
from kwartier.store.locks import hold

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(kwartier.__file__).parents[1])}


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=ENVIRONMENT, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


def finish(child: subprocess.Popen[str]) -> str:
    out, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    return out


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every account can reach, as pytest's own are not."""
    place = Path(tempfile.mkdtemp(prefix="kwartier é "))
    place.chmod(0o755)
    yield place
    for path in [place, *place.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(place)


UPDATING = """
    import sys
    from pathlib import Path
    from kwartier.store import files
    from kwartier.store.folder import DataFolder

    folder, me = DataFolder.open(Path(sys.argv[1])), sys.argv[2]

    def change(tree):
        rows = {row["id"]: row for row in (tree or {}).get("row", [])}
        count = rows.get(me, {"count": 0})["count"] + 1
        rows[me] = {"id": me, "count": count, "text": me * 2000}
        rows[f"{me}{count}"] = {"id": f"{me}{count}"}
        return {"row": [rows[name] for name in sorted(rows)]}

    for _ in range(50):
        with folder.lock("kwadrant"):
            files.update(folder.people_file("kwadrant"), change)
"""


def test_two_processes_lose_nothing(folder: DataFolder) -> None:
    children = [start(UPDATING, folder.path, name) for name in ("a", "b")]
    for child in children:
        finish(child)
    rows = {row["id"]: row for row in files.read(folder.people_file("kwadrant")).tree["row"]}
    assert {name: rows[name]["count"] for name in ("a", "b")} == {"a": 50, "b": 50}
    assert set(rows) == {"a", "b", *(f"{name}{number}" for name in ("a", "b") for number in range(1, 51))}


HOLDING = """
    import sys
    from pathlib import Path
    from kwartier.store.locks import hold

    with hold(Path(sys.argv[1]), "organisation-kwadrant"):
        print("held", flush=True)
        sys.stdin.read()
"""


def test_a_lock_is_told_and_freed_by_a_kill(folder: DataFolder) -> None:
    with start(HOLDING, folder.path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(Refused) as refused, hold(folder.path, "organisation-kwadrant", timeout=0.05):
            pass
        assert (refused.value.code, refused.value.place) == ("busy", str(folder.path))
        assert refused.value.advice
        with folder.lock("ander"):
            pass
        child.kill()
    with folder.lock("kwadrant", timeout=5):
        pass


READ_ONLY = """
    import os, sys
    from pathlib import Path
    import filelock
    from kwartier.errors import Refused
    from kwartier.store import files, toml
    from kwartier.store.folder import DataFolder
    from kwartier.store.journal import Journal
    from kwartier.store.locks import hold

    root = Path(sys.argv[1])
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)

    def refused(action):
        try:
            action()
        except Refused as error:
            return print(error.code)
        print("done")

    folder = DataFolder.create_or_open(root)
    print(*folder.organisations(), folder.is_writable, folder.sweep().problems)
    people = folder.people_file("kwadrant")
    print(files.read(people).tree["a"])
    refused(lambda: files.update(people, lambda tree: {"a": 2}))
    refused(lambda: files.update(people.with_name("new.toml"), lambda tree: {"a": 2}))
    refused(lambda: files.update(people, lambda tree: None))
    refused(lambda: folder.lock("kwadrant").__enter__())
    refused(lambda: hold(root, "x").__enter__())
    refused(lambda: folder.create(folder.organisation("b"), {"organisation.toml": {}}))
    refused(lambda: folder.write_content({"a": 1}))
    plan = Journal.plan(root, "x")
    plan.delete(people)
    refused(plan.commit)
    refused(lambda: DataFolder.create_or_open(root.parent / "nieuw"))
    refused(lambda: files.read(people.with_name("secret.toml")))
    refused(lambda: DataFolder.open(root.parent / "dicht"))
"""


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_read_only_folder(open_place: Path) -> None:
    folder = DataFolder.create_or_open(open_place / "map")
    folder.create(folder.organisation("kwadrant"), {"organisation.toml": {}, "people.toml": {"a": 1}})
    files.update(folder.people_file("kwadrant").with_name("secret.toml"), lambda tree: {"a": 1})
    (open_place / "dicht").mkdir()
    before = {path: path.read_bytes() for path in open_place.rglob("*") if path.is_file()}
    for path in [*open_place.rglob("*"), open_place]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    (open_place / "dicht").chmod(0)
    folder.people_file("kwadrant").with_name("secret.toml").chmod(0)
    lines = finish(start(READ_ONLY, folder.path)).splitlines()
    assert lines[:2] == ["kwadrant False ()", "1"]
    assert lines[2:] == ["read-only"] * 9 + ["no-permission"] * 2
    open_place.chmod(0o755)
    for path in open_place.rglob("*"):
        path.chmod(0o755)
    assert {path: path.read_bytes() for path in open_place.rglob("*") if path.is_file()} == before


FULL = """
    import os, signal, sys
    from pathlib import Path
    import filelock
    from kwartier.errors import Refused
    from kwartier.store import files, toml
    from kwartier.store.folder import DataFolder
    from kwartier.store.journal import Journal

    folder = DataFolder.open(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        import resource
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    large = {"text": "x" * 1_500_000}
    people = folder.people_file("kwadrant")
    plan = Journal.plan(folder.path, "x")
    plan.put(folder.organisation_file("kwadrant"), toml.encode({"a": 2}), expected=files.read(
        folder.organisation_file("kwadrant")).fingerprint)
    plan.put(people, toml.encode(large), expected=files.read(people).fingerprint)
    for action in (
        lambda: files.update(people, lambda tree: large),
        lambda: files.update(people.with_name("new.toml"), lambda tree: large),
        lambda: folder.create(folder.organisation("b"), {"organisation.toml": {}, "people.toml": large}),
        lambda: folder.write_content(large),
        plan.commit,
    ):
        try:
            action()
            print("done")
        except Refused as error:
            print(error.code)
"""


def check_full(root: Path, code: str, *arguments: object) -> None:
    folder = DataFolder.create_or_open(root)
    folder.create(folder.organisation("kwadrant"), {"organisation.toml": {"a": 1}, "people.toml": {"a": 1}})
    with folder.lock(), folder.lock("kwadrant"), hold(folder.path, "journal"):
        folder.write_content({"a": 1})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert finish(start(FULL, folder.path, *arguments)).split() == [code] * 5
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert folder.organisations() == ["kwadrant"] and not folder.sweep().removed


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    check_full(tmp_path / "map é", "file-too-large", 100_000)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small file system in memory")
def test_a_full_disk(tmp_path: Path) -> None:
    place = tmp_path / "klein"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this account may not mount")
    try:
        check_full(place / "map é", "disk-full")
    finally:
        subprocess.run(["umount", place], check=True)
