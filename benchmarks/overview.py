"""What the start screen costs on a large data folder, against only parsing its files, in one process and one run.

One real organisation with four measurements is made and copied under other names and ids.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import tomli

from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.overview import glimpse

ORGANISATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
RECORDS = 4
INSTRUMENT = "mie"
TODAY = datetime(2026, 11, 22, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def model(ws: Workspace) -> Path:
    """An organisation with measurements of which both sheets are sealed; its folder."""
    slug = ws.add_organisation("Organisatie 0")
    items = [item.id for item in ws.content(INSTRUMENT).items()]
    for number in range(RECORDS):
        day = date(2026, 11, 22) - timedelta(days=365 * number)
        ref = ws.start(INSTRUMENT, slug, day=day, people=(Assessor("Anna"), Assessor("Bert")))
        texts = [{"item": item, "text": "Wat er verteld is. " * 20} for item in items]
        ws.change(ref, "toelichten", {"explanation": texts})
        for who in ("a1", "a2"):
            ws.change(
                ref, None, {"answer": [{"item": item, "value": 3, "note": "waarom"} for item in items]}, person=who
            )
            ws.seal(ref, who)
    return ws.path / "organisations" / slug


def copies(first: Path) -> None:
    """The same organisation again and again, each with a name and ids of its own."""
    for number in range(1, ORGANISATIONS):
        copy = first.with_name(f"organisatie-{number}")
        shutil.copytree(first, copy)
        for path in [copy / "organisation.toml", *copy.glob("*/*/assessment.toml")]:
            lines = path.read_text(encoding="utf-8").splitlines()
            changed = [
                f'id = "{number:026}"' if line.startswith("id = ") and n < 5 else line for n, line in enumerate(lines)
            ]
            text = "\n".join(changed).replace("Organisatie 0", f"Organisatie {number}")
            path.write_text(text + "\n", encoding="utf-8")


def age(folder: Path) -> None:
    """Makes every file an hour old: what is young is read again."""
    then = time.time() - 3600
    for path in folder.rglob("*.toml"):
        os.utime(path, (then, then))


def main() -> None:
    """Prints the floor and each way to the start screen as a ratio to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        os.environ["KWARTIER_CACHE"] = f"{name}/cache"
        with Workspace.open(folder, clock=lambda: TODAY, random=Random(1)) as ws:
            copies(model(ws))
        age(folder)
        files = sorted(folder.glob("organisations/**/*.toml"))
        print(f"{ORGANISATIONS} organisations with {RECORDS} records each, {len(files)} files")
        floor = seconds(lambda: [tomli.loads(path.read_text(encoding="utf-8")) for path in files])
        with Workspace.open(folder) as ws:
            ways: dict[str, Callable[[], object]] = {
                "full build of the index": lambda: ws.overview(agenda=200),
                "check, nothing changed": lambda: ws.overview(agenda=200),
                "glimpse, 200 of the agenda": lambda: glimpse(folder, 200),
                "glimpse, whole agenda": lambda: glimpse(folder),
            }
            print(f"{'parse every file':28} {floor * 1000:8.0f} ms    1.000x")
            for title, work in ways.items():
                taken = seconds(work)
                print(f"{title:28} {taken * 1000:8.0f} ms {taken / floor:8.3f}x")
        # of macOS in bytes, elsewhere in kilobytes
        high = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        print(f"memory at its highest: {high:.0f} MB")


if __name__ == "__main__":
    main()
