"""A process that is killed at any call to the disk: every file is old or new, and recovery leaves all or nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

import kwartier
from kwartier.store import files
from kwartier.store.folder import DataFolder

SCRIPT = Path(__file__).with_name("crash_child.py")
ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(kwartier.__file__).parents[1]), str(ROOT)])}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in its own copy")


def killed_everywhere(operation: str, work: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), operation, str(work)],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["status"] == 0, done.stderr
    assert result["after"] != result["before"]
    assert not [name for name in result["after"] if ".tmp" in name]
    return result


@pytest.mark.parametrize(
    ("operation", "calls"),
    [
        ("update", {"write", "fsync", "replace"}),
        ("first", {"write", "fsync", "replace"}),
        ("record", {"write", "fsync", "mkdir", "rename"}),
        ("content", {"write", "fsync", "mkdir", "replace"}),
        ("several", {"write", "fsync", "mkdir", "replace", "rename", "unlink", "rmdir"}),
        ("interrupted", {"write", "fsync", "replace", "rename"}),
    ],
)
def test_killed_at_every_call(operation: str, calls: set[str], work: Path) -> None:
    result = killed_everywhere(operation, work)
    before, after = result["before"], result["after"]
    assert {kill["call"] for kill in result["kills"]} >= calls
    for kill in result["kills"]:
        for name, text in kill["seen"].items():
            if ".tmp" not in name:
                assert text in (before.get(name), after.get(name)), (kill["call"], name)
        assert kill["status"] == 0
        assert kill["recovered"] in (before, after), kill["call"]
    # early kills come to nothing, late ones are finished: both really happen
    outcomes = [kill["recovered"] == after for kill in result["kills"]]
    if operation == "interrupted":
        assert all(outcomes)  # decided already: it can only be finished
    else:
        assert outcomes == sorted(outcomes) and not outcomes[0] and outcomes[-1]


def test_a_folder_that_is_being_made_can_be_made_again(work: Path) -> None:
    result = killed_everywhere("fresh", work)
    assert len(result["kills"]) > 3
    assert all(kill["recovered"] == result["after"] for kill in result["kills"])


COUNTING = """
    import sys
    from pathlib import Path
    from kwartier.store import files, journal, toml
    from kwartier.store.folder import DataFolder

    folder = DataFolder.open(Path(sys.argv[1]))
    home = folder.organisation("kwadrant")
    print("ready", flush=True)
    for number in range(1, 100_000):
        with folder.lock("kwadrant"):
            files.update(home / "alone.toml", lambda tree: {"number": number, "text": "x" * 9000})
            plan = journal.Journal.plan(folder.path, "tellen")
            for name in ("one.toml", "two.toml"):
                found = files.find(home / name)
                data = toml.encode({"number": number, "text": "y" * 9000})
                plan.put(home / name, data, expected=found.fingerprint if found else None)
            plan.commit()
"""


def test_killed_at_a_random_moment(work: Path) -> None:
    seed = int(os.environ.get("KWARTIER_SEED", time.time_ns() % 1_000_000))
    print(f"KWARTIER_SEED={seed}")
    dice = random.Random(seed)
    reached = 0
    for turn in range(8):
        folder = DataFolder.create_or_open(work / f"map {turn}")
        folder.create(folder.organisation("kwadrant"), {"organisation.toml": {"schema": 1}})
        arguments = [sys.executable, "-c", textwrap.dedent(COUNTING), str(folder.path)]
        with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(timeout=dice.uniform(0, 0.15))
            child.kill()
        assert not folder.sweep().problems
        home = folder.organisation("kwadrant")
        one, two = files.find(home / "one.toml"), files.find(home / "two.toml")
        assert (one and one.tree) == (two and two.tree)
        alone = files.find(home / "alone.toml")
        if one and alone:
            assert one.tree["number"] in (alone.tree["number"], alone.tree["number"] - 1)
            reached += one.tree["number"]
        assert not [path for path in folder.path.rglob("*") if ".tmp" in path.name]
    assert reached > 0
