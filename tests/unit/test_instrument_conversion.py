"""Reading typed values in many threads at once: msgspec alone crashes the process there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROUNDS = 5
CONTENT = Path(__file__).parents[2] / "plugins" / "mie" / "src" / "kwartier_mie" / "content.toml"

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import tomli
from kwartier.instrument.conversion import convert
from kwartier.instrument.model import Content

THREADS = 16
sys.setswitchinterval(1e-6)
together = Barrier(THREADS)
tree = tomli.loads(Path(sys.argv[1]).read_text("utf-8"))

def read(_):
    together.wait()
    return convert(tree, Content)

with ThreadPoolExecutor(THREADS) as pool:
    assert len(set(map(len, (one.section for one in pool.map(read, range(THREADS)))))) == 1
print("whole")
"""


def test_many_threads_may_read_values_of_the_same_types_for_the_first_time_at_once() -> None:
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(CONTENT)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(ROUNDS)
    ]
    for process in begun:
        told, wrong = process.communicate()
        assert (process.returncode, told.strip()) == (0, "whole"), wrong
