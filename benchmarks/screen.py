"""The app against bare Textual apps, as processes in a real pseudo-terminal, turn by turn in one run.

start     process start to first paint, against an app with a header, an input and a footer
filled    process start to a filled start screen of 1,000 organisations with 4 measurements, with the index there
memory    the most memory in use with those organisations on the screen, against the first app
building  key to paint in the search of the start screen while the index of those is built, against the first app
keys      key to paint in the interview and the score screen, against an app with a bare text area
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from folders import begun, explained, many, name_of
from pseudo import Terminal, Took, started

KWARTIER = str(Path(sys.executable).with_name("kwartier"))
ORGANISATIONS = int(os.environ.get("ORGANISATIONS", "1000"))
RUNS = int(os.environ.get("RUNS", "15"))
KEYS = 48
"""Per turn: so many fit on a line."""

TYPING, SCORING = 0.08, 0.25
"""Seconds between two keys of somebody who types fast, and of somebody who scores without thinking."""

ROUNDS = int(os.environ.get("ROUNDS", "3"))
"""How often the programs take turns at being typed in."""

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
        yield TextArea(soft_wrap=True)
    def on_mount(self):
        self.query_one(TextArea).focus()
Bare().run()
"""
HELP = b"F1"
"""Stands in the line of keys of every screen."""


class Bench:
    """The programs that are compared, on folders of this run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
            "TERM": "xterm-256color",
            "PYTHONPYCACHEPREFIX": f"{home}/compiled",  # as an installed program is
            "KWARTIER_CONFIG": f"{home}/config",
            "KWARTIER_CACHE": f"{home}/cache",
            "KWARTIER_DATA": f"{home}/empty",
        }
        os.environ.update({key: self.environment[key] for key in ("KWARTIER_CONFIG", "KWARTIER_CACHE")})
        self.minimal = [sys.executable, "-c", MINIMAL]
        self.bare = [sys.executable, "-c", BARE]
        self.full = [KWARTIER, "--data", str(home / "many")]

    def at(self, ref: str, step: str, data: str) -> list[str]:
        """The app, opened at a step."""
        opened = ["meting", "open", ref, "--stap", step, "--auditor", "Anna", "--data", str(self.home / data)]
        return [KWARTIER, *opened]

    def opened(self, command: list[str], words: bytes = b"", quiet: float = 1.0) -> Terminal:
        """A program of which the start is over."""
        terminal = Terminal(command, self.environment)
        if words:
            terminal.until(words)
        terminal.quiet(quiet, at_most=5)
        return terminal

    # -- what is measured

    def start(self) -> None:
        """Process start to first paint."""
        floor = [sys.executable, "-c", MINIMAL], b"minimaal"
        self._starts("start to first paint", floor, ([KWARTIER], HELP), 1.25)

    def filled(self) -> None:
        """Process start to a filled start screen."""
        own = self.full, name_of(1).encode()
        terminal = self.opened(*own, quiet=3)  # makes the index
        terminal.end()
        self._starts(f"start to {ORGANISATIONS} organisations", (self.minimal, b"minimaal"), own, 1.6)

    def _starts(self, name: str, floor: tuple[list[str], bytes], own: tuple[list[str], bytes], wanted: float) -> None:
        turns = pairs(
            lambda: started(floor[0], self.environment, floor[1]), lambda: started(own[0], self.environment, own[1])
        )
        for title, part in (("", 0), (", processor", 1)):
            one, two = (statistics.median(turn[who][part] for turn in turns) * 1000 for who in (0, 1))
            ratio = statistics.median(turn[1][part] / turn[0][part] for turn in turns)
            told(f"{name}{title}", one, two, ratio, wanted if not part else None)

    def memory(self) -> None:
        """The most that was in use, once looking at the disk is done too."""
        floor = self.opened(self.minimal, b"minimaal")
        own = self.opened(self.full, name_of(1).encode(), quiet=3)
        one, two = floor.memory(), own.memory()
        told(f"memory, {ORGANISATIONS} organisations", one, two, two / one, 1.5, "MB")
        floor.end(), own.end()

    def building(self) -> None:
        """Key to paint in the search of the start screen, while there is no index yet."""
        floor, own = [], []
        for _ in range(ROUNDS):
            floor += self._typed(self.opened(self.minimal, b"minimaal"), "qwerty", KEYS)
            shutil.rmtree(self.home / "cache", ignore_errors=True)
            terminal = Terminal(self.full, self.environment)
            terminal.until(HELP)
            terminal.press(b"/")
            terminal.until(b"oek op naam")  # the first letter is under the cursor
            own += self._typed(terminal, "qwerty", KEYS, unless=name_of(1).encode())
        compared("searching while the index is built", floor, own, wanted=None)

    def keys(self) -> None:
        """Key to paint where most is typed."""
        interview = self.at(begun(self.home / "begun"), "interview", "begun")
        score = self.at(explained(self.home / "explained"), "zelf-scoren", "explained")
        floor: list[float] = []
        found: dict[str, list[float]] = {"interview": [], "score screen": []}
        for _ in range(ROUNDS):
            floor += self._typed(self.opened(self.bare), "qwerty", KEYS)
            found["interview"] += self._typed(self.opened(interview, HELP, quiet=1.5), "qwerty", KEYS)
            found["score screen"] += self._scored(self.opened(score, HELP, quiet=1.5), KEYS)
        for name, own in found.items():
            compared(name, floor, own, wanted=(1.5, 2.0))

    def _typed(self, terminal: Terminal, letters: str, number: int, unless: bytes = b"") -> list[float]:
        """Milliseconds from each letter to its paint; with `unless` until these words come."""
        times = []
        for letter in islice(cycle(letters), number):
            if unless and unless in terminal.seen:
                break
            times.append(terminal.answer(letter.encode(), _before_cursor(letter)) * 1000)
            terminal.rest(TYPING)
        terminal.end()
        return times

    def _scored(self, terminal: Terminal, number: int) -> list[float]:
        """Milliseconds from each score, of one item, to its paint."""
        times = []
        for digit in islice(cycle((b"1", b"2", b"4", b"5")), number):
            times.append(terminal.answer(digit, re.compile(rb"\[" + digit + rb"\]")) * 1000)
            terminal.rest(SCORING)
        terminal.end()
        return times


def _before_cursor(letter: str) -> re.Pattern[bytes]:
    """A letter with the cursor, in colours of its own, behind it: no other paint of the text looks like that."""
    return re.compile(letter.encode() + rb"(?:\x1b\[[0-9;]*m)+ ")


def pairs(floor: Callable[[], Took], own: Callable[[], Took]) -> list[tuple[Took, Took]]:
    """Both, turn by turn; the first turn, in which all is compiled and read from disk, is left out."""
    floor(), own()
    return [(floor(), own()) for _ in range(RUNS)]


def told(name: str, floor: float, own: float, ratio: float, wanted: float | None, unit: str = "ms") -> None:
    """One line of the outcome."""
    aim = "" if wanted is None else f"  (wanted: at most {wanted})"
    print(f"{name:48} {floor:8.1f} {own:8.1f} {unit} {ratio:6.2f}x{aim}", flush=True)


def compared(name: str, floor: list[float], own: list[float], wanted: tuple[float, float] | None) -> None:
    """Median and 95th percentile of keys."""
    for title, place, aim in zip(("median", "95th percentile"), (50, 95), wanted or (None, None), strict=True):
        one, two = (statistics.quantiles(times, n=100)[place - 1] for times in (floor, own))
        told(f"{name}, {title}", one, two, two / one, aim)


def main() -> None:
    """Prints every figure as a ratio to the bare app beside it."""
    parts = sys.argv[1:] or ["start", "filled", "memory", "building", "keys"]
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        if {"filled", "memory", "building"} & set(parts):
            many(bench.home / "many", ORGANISATIONS)
        print(f"{'':48} {'floor':>8} {'kwartier':>8}")
        for part in parts:
            getattr(bench, part)()


if __name__ == "__main__":
    main()
