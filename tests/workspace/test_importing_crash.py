"""A process that is killed while it takes over a table: afterwards all of the table is there, or nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

SCRIPT = Path(__file__).with_name("importing_crash_child.py")
SEED = int(os.environ.get("KWARTIER_SEED", time.time_ns() % 1_000_000))
EVERY = 3

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in its own copy")


def test_killed_anywhere_all_of_the_table_or_nothing(work: Path, garden: Garden) -> None:
    from tests.workspace.conftest import environment

    print(f"KWARTIER_SEED={SEED}")
    arguments = [sys.executable, str(SCRIPT), str(work), str(garden.packages), str(EVERY), str(1 + SEED % EVERY)]
    done = subprocess.run(arguments, env=environment(garden), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["status"] == 0, done.stderr
    before, after = result["before"], result["after"]
    assert len(after) > len(before)
    assert not [name for name in after if ".tmp" in name]
    outcomes = []
    for kill in result["kills"]:
        assert kill["recovered"] in (before, after), kill["call"]
        assert kill["problems"] == [], kill["call"]
        outcomes.append(kill["recovered"] == after)
    assert outcomes == sorted(outcomes)  # early kills come to nothing, late ones are finished
    assert {*outcomes} == {False, True}
    assert len(outcomes) > 30
