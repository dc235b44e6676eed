"""Progress on work that takes longer than a second, on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from kwartier.cli.base import wants_json


def told(title: str) -> Progress:
    """Progress for who can see it: on a terminal, and not under --json."""
    return Progress(title, quiet=wants_json() or not sys.stderr.isatty())


class Progress:
    """Says how far something is, once it has taken a second; wipes its line at the end."""

    def __init__(self, title: str, *, quiet: bool) -> None:
        self._title = title
        self._quiet = quiet
        self._start = time.monotonic()
        self._shown = False

    def show(self, done: int, of: int) -> None:
        """So much is done, of so much."""
        if self._quiet or time.monotonic() - self._start < 1:
            return
        sys.stderr.write(f"\r{self._title}: {done} van {of} ")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * 60 + "\r")
            sys.stderr.flush()
