"""Run as a program by test_importing_crash: taking over a table, killed at its first, second, third ... call.

Prints JSON: the files before and after an undisturbed run, and for every kill what was there after opening it again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.workspace.conftest import Garden
from tests.workspace.garden_tables import GOALS, SCORES, host_of, seen, table
from tests.workspace.workspace_crash_child import told

from kwartier.workspace import Workspace

BEGUN = "organisatie;ronde;1;2\nDe Es;1;1;1\nDen & Spar;1;2;2\nDe Es;2;2;3\n"


def main(work: Path, packages: Path, every: int, first: int) -> None:
    base, garden = Garden(work, packages, "basis é"), Garden(work, packages, "proef é")
    scores, goals = table(base, SCORES + "Eik;1;1;1;1;1;1;1,0;laag\n"), table(base, GOALS, "doelen.csv")
    with base.open(host_of(base)) as ws:
        ws.import_tables(seen(ws, table(base, BEGUN, "begin.csv")))

    def disturbed(ws: Workspace, mortal: Callable[[], None]) -> None:
        """New organisations and records, additions and changes, all in one."""
        found = seen(ws, scores, goals)
        assert all(found.of(state) for state in ("new", "added", "changed"))
        assert found.new_organisations
        mortal()
        ws.import_tables(found, changes=True)

    print(told(base, garden, host_of(garden), disturbed, every, first))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
