"""What reading a large data folder costs, against only parsing its files, in one process and one run."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import tomli

from kwartier.workspace import Assessor, Workspace

ORGANISATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
INSTRUMENT = "mie"


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def fill(folder: Path) -> None:
    """Organisations with one measurement each, of which both sheets are sealed."""
    with Workspace.open(folder, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC), random=Random(1)) as ws:
        items = [item.id for item in ws.content(INSTRUMENT).items()]
        for number in range(ORGANISATIONS):
            slug = ws.add_organisation(f"Organisatie {number}")
            people = (Assessor("Anna"), Assessor("Bert"))
            ref = ws.start(INSTRUMENT, slug, day=date(2026, 11, 22), people=people)
            texts = [{"item": item, "text": "Wat er verteld is. " * 20} for item in items]
            ws.change(ref, "toelichten", {"explanation": texts})
            for who in ("a1", "a2"):
                answers = [{"item": item, "value": 3, "note": "opmerking"} for item in items]
                ws.change(ref, None, {"answer": answers}, person=who)
                ws.seal(ref, who)


def main() -> None:
    """Prints the floor and each reading as a ratio to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        fill(folder)
        print(f"{ORGANISATIONS} organisaties gemaakt in {time.perf_counter() - start:.1f} s")
        files = sorted(folder.glob("organisations/**/*.toml"))
        floor = timed(lambda: [tomli.loads(path.read_text(encoding="utf-8")) for path in files])
        print(f"{'parse every file':20} {floor * 1000:7.0f} ms   1.00x ({len(files)} files)")
        with Workspace.open(folder) as ws:
            slugs = [slug for slug, _ in ws.organisations()]
            readings: dict[str, Callable[[], object]] = {
                "summaries": lambda: [ws.summary(ref) for slug in slugs for ref in ws.assessments(slug)],
                "agenda": ws.agenda,
                "check": ws.check,
            }
            for title, work in readings.items():
                seconds = timed(work)
                print(f"{title:20} {seconds * 1000:7.0f} ms {seconds / floor:6.2f}x")


if __name__ == "__main__":
    main()
