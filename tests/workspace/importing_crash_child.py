"""Run as a program by test_importing_crash: taking over a table, killed at its first, second, third ... call.

Prints JSON: the files before and after an undisturbed run, and for every kill what was there after opening it again.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path
from random import Random
from typing import Any

import filelock  # noqa: F401 - imported once here, so not again in every copy of this process
from tests.dying import die_at
from tests.workspace.conftest import NOW, Garden
from tests.workspace.garden_tables import GOALS, SCORES, host_of, seen, table
from tests.workspace.workspace_crash_child import in_a_copy, snapshot

BEGUN = "organisatie;ronde;1;2\nDe Es;1;1;1\nDen & Spar;1;2;2\nDe Es;2;2;3\n"


def main(work: Path, packages: Path, every: int, first: int) -> None:
    base, garden = Garden(work, packages, "basis é"), Garden(work, packages, "proef é")
    scores, goals = table(base, SCORES + "Eik;1;1;1;1;1;1;1,0;laag\n"), table(base, GOALS, "doelen.csv")
    with base.open(host_of(base)) as ws:
        ws.import_tables(seen(ws, table(base, BEGUN, "begin.csv")))
    before = snapshot(base.path)
    kills: list[dict[str, Any]] = []
    log = work / "call"
    number = first
    while True:
        shutil.rmtree(garden.path, ignore_errors=True)
        shutil.copytree(base.path, garden.path)
        log.write_bytes(b"")
        garden.random, garden.now = Random(1), NOW

        def disturbed(number: int = number) -> None:
            """New organisations and records, additions and changes, all in one."""
            with garden.open(host_of(garden)) as ws:
                found = seen(ws, scores, goals)
                assert all(found.of(state) for state in ("new", "added", "changed"))
                assert found.new_organisations
                die_at(number, log)
                ws.import_tables(found, changes=True)

        status = in_a_copy(disturbed)
        if status != signal.SIGKILL:
            break
        with garden.open(host_of(garden)) as ws:
            problems = [one.message for one in ws.check().problems]
            problems += [one.message for one in ws.swept.problems]
        kills.append({"call": log.read_text(), "problems": problems, "recovered": snapshot(garden.path)})
        number += every
    print(json.dumps({"status": status, "before": before, "after": snapshot(garden.path), "kills": kills}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
