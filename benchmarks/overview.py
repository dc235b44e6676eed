"""What the start screen costs on a large data folder, against only parsing its files, in one process and one run.

One real organisation with four measurements is made and copied under other names and ids.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import tomli
from folders import RECORDS, many

from kwartier.workspace import Workspace
from kwartier.workspace.overview import glimpse

ORGANISATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints the floor and each way to the start screen as a ratio to it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        os.environ["KWARTIER_CACHE"] = f"{name}/cache"
        many(folder, ORGANISATIONS)
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
