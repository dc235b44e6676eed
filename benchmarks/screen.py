"""The app against bare Textual apps, as processes in a real pseudo-terminal, turn by turn in one run.

start    process start to first paint, against an app with a header, an input and a footer
filled   process start to a filled start screen of 1,000 organisations with 4 measurements each, with the index there
keys     key to paint in the interview and the score screen, against an app with a bare text area
memory   the most memory in use with those organisations on the screen, against the first app
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.folders import begun_interview, many

KWARTIER = str(Path(sys.executable).with_name("kwartier"))
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
KEYS = 200

MINIMAL = """
from textual.app import App
from textual.widgets import Footer, Header, Input
class Minimal(App):
    BINDINGS = [("ctrl+q", "quit", "minimaal")]
    def compose(self):
        yield Header(); yield Input(); yield Footer()
Minimal().run()
"""
BARE = """
from textual.app import App
from textual.widgets import TextArea
class Bare(App):
    def compose(self):
        yield TextArea()
Bare().run()
"""


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.begin = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
        self.seen = b""

    def read(self, patience: float = 20.0) -> bytes:
        """What comes next; nothing where nothing comes."""
        if not select.select([self.descriptor], [], [], patience)[0]:
            return b""
        got = os.read(self.descriptor, 1 << 16)
        self.seen += got
        return got

    def until(self, words: bytes) -> float:
        """Seconds since the start until these words came."""
        while words not in self.seen:
            if not self.read():
                raise TimeoutError(f"{words!r} never came: {self.seen[-2000:]!r}")
        return time.perf_counter() - self.begin

    def quiet(self, seconds: float = 0.4) -> None:
        """Waits until nothing comes any more."""
        while self.read(seconds):
            pass

    def press(self, keys: bytes) -> None:
        """Types."""
        os.write(self.descriptor, keys)

    def to_paint(self, key: bytes) -> float:
        """Seconds from a key to the first bytes of the paint that follows."""
        start = time.perf_counter()
        self.press(key)
        self.read()
        return time.perf_counter() - start

    def memory(self) -> int:
        """The most that was in use, in kB."""
        told = Path(f"/proc/{self.pid}/status").read_text()
        return int(told.split("VmHWM:")[1].split()[0])

    def end(self) -> None:
        """Ends the program at once."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def pairs(floor: Callable[[], float], own: Callable[[], float]) -> tuple[float, float, float]:
    """Medians of both and of their ratio, measured turn by turn."""
    floor(), own()
    found = [(floor(), own()) for _ in range(RUNS)]
    return (
        statistics.median(one for one, _ in found),
        statistics.median(two for _, two in found),
        statistics.median(two / one for one, two in found),
    )


def started(command: list[str], environment: dict[str, str], words: bytes) -> float:
    """Seconds from start until these words stand on the screen."""
    terminal = Terminal(command, environment)
    try:
        return terminal.until(words)
    finally:
        terminal.end()


def told(name: str, floor: float, own: float, ratio: float, target: float, unit: str = "ms") -> None:
    """One line of the outcome."""
    print(f"{name:34} {floor:8.1f} {own:8.1f} {unit}  {ratio:5.2f}x  (wanted: at most {target})")


def keys(command: list[str], environment: dict[str, str], ready: bytes, typed: str, before: bytes = b"") -> list[float]:
    """Milliseconds per key, once the program is ready."""
    terminal = Terminal(command, environment)
    try:
        terminal.until(ready)
        terminal.quiet(1.5)
        if before:
            terminal.press(before)
            terminal.quiet(1.5)
        times = []
        for number in range(KEYS):
            times.append(terminal.to_paint(typed[number % len(typed)].encode()) * 1000)
            terminal.quiet(0.02)
        return times
    finally:
        terminal.end()


def compared(name: str, floor: list[float], own: list[float]) -> None:
    """Median and 95th percentile of keys."""
    for title, place, target in (("median", 50, 1.5), ("95th percentile", 95, 2.0)):
        one, two = (statistics.quantiles(times, n=100)[place - 1] for times in (floor, own))
        told(f"{name}, {title}", one, two, two / one, target)


def main() -> None:
    """Prints every figure as a ratio to the bare app beside it."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "KWARTIER_CONFIG": f"{home}/config",
            "KWARTIER_CACHE": f"{home}/cache",
            "KWARTIER_DATA": f"{home}/empty",
        }
        minimal = [sys.executable, "-c", MINIMAL]
        app = [KWARTIER]
        full = [KWARTIER, "--data", str(home / "many")]
        print(f"{'':34} {'floor':>8} {'kwartier':>8}")

        one, two, ratio = pairs(
            lambda: started(minimal, environment, b"minimaal"), lambda: started(app, environment, b"F1")
        )
        told("start to first paint", one * 1000, two * 1000, ratio, 1.25)

        many(home / "many", int(os.environ.get("ORGANISATIONS", "1000")))
        fill = Terminal(full, environment)
        fill.until(b"Organisatie 0001")
        fill.quiet(10)
        fill.end()
        one, two, ratio = pairs(
            lambda: started(minimal, environment, b"minimaal"), lambda: started(full, environment, b"Organisatie 0001")
        )
        told("start to filled, 1,000 organisations", one * 1000, two * 1000, ratio, 1.6)

        floor, own = Terminal(minimal, environment), Terminal(full, environment)
        floor.until(b"minimaal"), own.until(b"Organisatie 0001")
        floor.quiet(2), own.quiet(10)
        told("memory, 1,000 organisations", floor.memory() / 1e3, own.memory() / 1e3, own.memory() / floor.memory(), 1.5, "MB")
        floor.end(), own.end()

        ref = begun_interview(home / "one")
        print(ref)


if __name__ == "__main__":
    main()
