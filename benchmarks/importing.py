"""What taking over a table costs: reading and previewing against only parsing it, writing against plain file writes.

Both floors are measured in the same run. The plain writes make as many files of the same bytes, each brought down to
the disk, in as many folders; what is above that is checking, the journal and moving into place.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from kwartier.workspace import Workspace
from kwartier.workspace.importing_values import Wish

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
INSTRUMENT = "mie"
PREVIEWED = 20_000


def table(path: Path, rows: int, items: list[str]) -> Path:
    """A table with an organisation in each row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["organisatie", "datum", *items])
        for number in range(rows):
            writer.writerow([f"Organisatie {number}", "2024-05-01", *(1 + (number + n) % 5 for n in range(len(items)))])
    return path


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def parse(path: Path) -> None:
    """The floor of reading: every cell as a text."""
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file, delimiter=";"):
            pass


def write_plainly(folder: Path, like: Path) -> int:
    """The floor of writing: the same files with the same bytes, each down to the disk; gives how many."""
    files = [path for path in sorted(like.rglob("*")) if path.is_file() and ".kwartier" not in path.parts]
    for path in files:
        target = folder / path.relative_to(like)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
    return len(files)


def main() -> None:
    """Prints both floors and what kwartier takes as a ratio to them."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with Workspace.open(home / "data", clock=lambda: datetime(2026, 11, 22, tzinfo=UTC), random=Random(1)) as ws:
            items = [item.id for item in ws.content(INSTRUMENT).items()]
            long = table(home / "lang.csv", PREVIEWED, items)
            floor = timed(lambda: parse(long))
            print(f"{'parse the table':24} {floor * 1000:8.0f} ms   1.00x ({PREVIEWED} rows)")
            seconds = timed(lambda: ws.preview_tables(Wish(instrument=INSTRUMENT, files=(long,))))
            print(f"{'preview it':24} {seconds * 1000:8.0f} ms {seconds / floor:6.2f}x")
            seen = ws.preview_tables(Wish(instrument=INSTRUMENT, files=(table(home / "kort.csv", ROWS, items),)))
            writing = timed(lambda: ws.import_tables(seen))
        start = time.perf_counter()
        files = write_plainly(home / "plain", home / "data")
        floor = time.perf_counter() - start
        print(f"{'write the files plainly':24} {floor * 1000:8.0f} ms   1.00x ({files} files)")
        print(f"{'take the table over':24} {writing * 1000:8.0f} ms {writing / floor:6.2f}x ({ROWS} records)")


if __name__ == "__main__":
    main()
