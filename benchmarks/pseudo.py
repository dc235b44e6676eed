"""A program in a pseudo-terminal of its own, and how long it takes to answer. What is run in it stands elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import termios
import time
from pathlib import Path
from typing import NamedTuple

ROWS, COLUMNS = 40, 140
PATIENCE = 60.0
"""Seconds after which something that does not come is not going to come."""


class Took(NamedTuple):
    """Seconds of wall time, and of processor time of the program with all its threads."""

    wall: float
    processor: float


class Terminal:
    """A program in a terminal. Everything is read as it comes, so that it never has to wait for its reader."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.begin = time.perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], command, environment)
        self.seen = b""
        "What came of late."

    def read(self, patience: float) -> bytes:
        """What comes next; nothing where nothing comes in so many seconds."""
        if not select.select([self._descriptor], [], [], max(patience, 0))[0]:
            return b""
        try:
            got = os.read(self._descriptor, 1 << 16)
        except OSError as error:
            raise RuntimeError(f"the program has ended; last came {self.seen[-2000:]!r}") from error
        self.seen = (self.seen + got)[-(1 << 16) :]
        return got

    def until(self, words: bytes, patience: float = PATIENCE) -> float:
        """Seconds since the start of the program until these words came, from now on."""
        deadline = time.perf_counter() + patience
        while words not in self.seen:
            if not self.read(deadline - time.perf_counter()):
                raise TimeoutError(f"{words!r} did not come; last came {self.seen[-2000:]!r}")
        return time.perf_counter() - self.begin

    def quiet(self, seconds: float, at_most: float = PATIENCE) -> None:
        """Reads on until nothing came for so many seconds, or until enough is enough."""
        deadline = time.perf_counter() + at_most
        while time.perf_counter() < deadline and self.read(seconds):
            pass

    def rest(self, seconds: float) -> None:
        """Reads on for so long, as somebody does who looks at what is painted."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self.read(left)

    def press(self, keys: bytes) -> None:
        """Types."""
        os.write(self._descriptor, keys)

    def answer(self, key: bytes, shown: re.Pattern[bytes], patience: float = PATIENCE) -> float:
        """Seconds from a key until `shown` is painted; whatever else is painted (a clock, a cursor) does not count."""
        while self.read(0):  # what was still on its way is no answer
            pass
        begin = time.perf_counter()
        self.press(key)
        came = b""
        while shown.search(came) is None:
            got = self.read(begin + patience - time.perf_counter())
            if not got:
                raise TimeoutError(f"{shown.pattern!r} was not painted after {key!r}: {came[-2000:]!r}")
            came += got
        return time.perf_counter() - begin

    def memory(self) -> float:
        """The most memory that was in use, in MB."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(told.split("VmHWM:")[1].split()[0]) / 1024

    def end(self) -> float:
        """Ends the program at once; the processor time it took in all, in seconds."""
        os.kill(self.pid, signal.SIGKILL)
        used: resource.struct_rusage = os.wait4(self.pid, 0)[2]
        os.close(self._descriptor)
        return used.ru_utime + used.ru_stime


def started(command: list[str], environment: dict[str, str], words: bytes) -> Took:
    """From the start of a program until these words stand on the screen."""
    terminal = Terminal(command, environment)
    try:
        wall = terminal.until(words)
    except BaseException:
        terminal.end()
        raise
    return Took(wall, terminal.end())
