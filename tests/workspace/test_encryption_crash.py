"""A process that is killed while a student goes on slot: all of it is encrypted afterwards, or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workspace.kas import PUPIL

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

SCRIPT = Path(__file__).with_name("encryption_crash_child.py")
SEED = int(os.environ.get("KWARTIER_SEED", time.time_ns() % 1_000_000))
EVERY = 4

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in its own copy")


@pytest.mark.parametrize(
    ("operation", "before", "after"), [("on", "clear", "encrypted"), ("off", "encrypted", "clear")]
)
def test_killed_anywhere_all_or_nothing(operation: str, before: str, after: str, work: Path, garden: Garden) -> None:
    from tests.workspace.conftest import environment

    print(f"KWARTIER_SEED={SEED}")
    arguments = [sys.executable, str(SCRIPT), operation, str(work), str(garden.packages), str(EVERY)]
    done = subprocess.run(
        [*arguments, str(1 + SEED % EVERY)],
        env={**environment(garden), "KWARTIER_CACHE": str(work / "cache")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert (result["status"], result["state"]) == (0, after), done.stderr
    assert len(result["kills"]) > 8
    for kill in result["kills"]:
        assert kill["state"] in (before, after), kill
        assert (kill["problems"], kill["left"], kill["name"]) == ([], [], PUPIL), kill
        if operation == "on":
            assert kill["staged"] == [], "what waits in a journal is encrypted already"
    states = [kill["state"] for kill in result["kills"]]
    assert states == sorted(states, key=(before, after).index), "early kills come to nothing, late ones are finished"
    assert {before, after} == set(states)
