"""How long commands take to start, as whole processes, against a bare interpreter measured turn by turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 25
KWARTIER = str(Path(sys.executable).with_name("kwartier"))
FLOOR = [sys.executable, "-c", "pass"]
COMMANDS = {
    "kwartier --version": [KWARTIER, "--version"],
    "kwartier --help": [KWARTIER, "--help"],
    "kwartier instrumenten": [KWARTIER, "instrumenten"],
    "kwartier organisatie lijst": [KWARTIER, "organisatie", "lijst"],
}


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one run of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Prints, per command, its median time and the median of its ratios to the floor beside it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "KWARTIER_DATA": f"{folder}/data", "KWARTIER_CONFIG": f"{folder}/config"}
        for command in [FLOOR, *COMMANDS.values()]:
            seconds(command, environment)
        print(f"{'':30} {'median':>8} {'ratio':>7}   ({RUNS} runs, floor: a bare interpreter)")
        for name, command in COMMANDS.items():
            pairs = [(seconds(FLOOR, environment), seconds(command, environment)) for _ in range(RUNS)]
            median = statistics.median(own for _, own in pairs)
            ratio = statistics.median(own / floor for floor, own in pairs)
            print(f"{name:30} {median * 1000:6.0f} ms {ratio:6.2f}x")


if __name__ == "__main__":
    main()
