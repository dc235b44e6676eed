"""Whether writing a thousand reports makes kwartier grow: memory and time of the last hundred against the first.

Each report is of a record of its own, made through the same door as `kwartier verslagen`. The floor of the memory is
what is in use after the first hundred, when everything that is needed has been loaded. Linux only: memory is read from
/proc.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from kwartier.demos import FIRST_DAY, ready
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.many_reports import ReportsWanted
from kwartier.workspace.writing import writer

REPORTS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
FORM = sys.argv[2] if len(sys.argv) > 2 else "html"
PART = max(REPORTS // 10, 1)
PAGE = 1024


def memory() -> float:
    """MB that the process has in use now."""
    fields = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(fields[fields.index("VmRSS:") + 1]) / PAGE


def begin(ws: Workspace, number: int) -> None:
    """Records to make reports of, by the side of those of the demo."""
    slug = ws.add_organisation("Meetpunt", kind="ribw")
    instrument = next(one.id for one in ws.instruments() if one.header and one.header.subject == "organisation")
    for day in range(number):
        ws.start(
            instrument,
            slug,
            day=date(2000, 1, 1) + timedelta(days=day),
            people=(Assessor("Anna Appel"), Assessor("Bob Biet")),
        )


def main() -> None:
    """Prints memory and time per tenth of the work."""
    with tempfile.TemporaryDirectory() as name:
        folder = ready(Path(name) / "demo", FIRST_DAY).folder
        with Workspace.open(folder) as ws:
            begin(ws, REPORTS)
            marks: list[tuple[float, float]] = []

            def progress(done: int, of: int) -> None:
                if done % PART == 0:
                    marks.append((time.perf_counter(), memory()))

            wanted = ReportsWanted(folder=Path(name) / "verslagen", writers=[writer(FORM)], organisations=["meetpunt"])
            made = ws.write_reports(wanted, progress=progress)
    print(f"{len(made.written)} reports as {FORM}")
    first = marks[1][0] - marks[0][0]
    floor = marks[1][1]
    for number, ((before, _), (after, held)) in enumerate(itertools.pairwise(marks), 1):
        told = f"{held:6.0f} MB {held / floor:5.2f}x   {(after - before) / PART * 1000:6.1f} ms each"
        print(f"{number * PART:6} {told} {(after - before) / first:5.2f}x")


if __name__ == "__main__":
    main()
