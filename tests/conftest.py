"""kwartier as its users run it: commands in this process, for speed, on a folder of the test's own; and as a process.

Shared by tests/cli and tests/journeys. The few commands that every story needs stand here too, and the folder of
tests that kill a process.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
import tomli_w
from pyrage import passphrase
from tests import light_locks

ITEMS = [str(number) for number in range(1, 13)]
FIRST = [4, 3, 3, 2, 4, 3, 3, 2, 3, 4, 3, 3]
SECOND = [4, 2, 3, 3, 4, 3, 2, 2, 4, 3, 3, 3]
AGREED = [4, 3, 3, 2, 4, 3, 3, 2, 4, 3, 3, 3]
"""Scores of two auditors, equal on seven of twelve items, and what they agree on: 37 in all, so 3.1 on average."""


_heavy_lock: Callable[..., bytes] = passphrase.encrypt


class Answered(NamedTuple):
    """What came of a command."""

    status: int
    out: str
    err: str


class Kwartier:
    """The command line on one data folder. Every call is a command of its own, as somebody types it."""

    def __init__(self, home: Path, data: str = "gegevens", **environment: str) -> None:
        self.home = home
        self.data = home / data
        self.desk = home / "bureau"
        self.environment = environment
        self.desk.mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count(1)

    def beside(self, data: str, **environment: str) -> Kwartier:
        """The same with another data folder, or with other environment variables."""
        return Kwartier(self.home, data, **environment)

    def settings(self) -> dict[str, str]:
        """The environment variables of a command."""
        return {"KWARTIER_DATA": str(self.data), "KWARTIER_CACHE": str(self.home / "cache"), **self.environment}

    def __call__(self, *args: object, stdin: str = "") -> Answered:
        """Runs a command, whatever comes of it."""
        from kwartier.cli.run import run

        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "oe")
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        with ExitStack() as around:
            around.enter_context(mock.patch.dict(os.environ, self.settings()))
            around.enter_context(mock.patch.object(sys, "stdin", given))
            around.enter_context(chdir(self.desk))
            around.enter_context(redirect_stdout(out))
            around.enter_context(redirect_stderr(err))
            status = run([str(arg) for arg in args])
        told = [stream.detach().getvalue().decode() for stream in (out, err)]
        return Answered(status, *told)

    def process(self, *args: object, stdin: str = "") -> Answered:
        """The same as a process of its own: the real thing."""
        done = subprocess.run(
            [sys.executable, "-m", "kwartier", *[str(arg) for arg in args]],
            input=stdin.encode(),
            capture_output=True,
            cwd=self.desk,
            env={**os.environ, **self.settings()},
            timeout=60,
            check=False,
        )
        return Answered(done.returncode, done.stdout.decode(), done.stderr.decode())

    def text(self, *args: object, stdin: str = "") -> str:
        """What a command says that has to succeed."""
        done = self(*args, stdin=stdin)
        assert done.status == 0, done
        return done.out

    def json(self, *args: object, stdin: str = "") -> Any:
        """What a command that has to succeed answers to a program."""
        done = self(*args, "--json", stdin=stdin)
        assert done.status == 0, done
        return json.loads(done.out)

    def refused(self, *args: object, status: int = 1, stdin: str = "") -> dict[str, Any]:
        """The refusal of a command, as a program reads it; nothing else is said."""
        done = self(*args, "--json", stdin=stdin)
        assert (done.status, done.out) == (status, ""), done
        told = json.loads(done.err)
        assert list(told) == ["error"]
        error: dict[str, Any] = told["error"]
        assert list(error) == ["code", "message", "place", "next"]
        return error

    def file(self, tree: Mapping[str, Any], name: str = "") -> Path:
        """A TOML file on the desk that holds this."""
        path = self.desk / (name or f"formulier-{next(self._numbers)}.toml")
        path.write_bytes(tomli_w.dumps(tree).encode())
        return path

    def fill(self, ref: str, step: str, tree: Mapping[str, Any], *more: object) -> Any:
        """Gives a filled-in form of a step."""
        return self.json("invullen", ref, self.file(tree), "--stap", step, *more)

    # -- what every story needs

    def organisation(self, name: str = "Kwadrant") -> str:
        """A new organisation; its slug."""
        slug: str = self.json("organisatie", "nieuw", name)["slug"]
        return slug

    def start(self, *auditors: str, slug: str = "kwadrant", day: str = "2026-11-22", more: Sequence[str] = ()) -> str:
        """A new MIE; its reference."""
        people = [word for name in auditors for word in ("--auditor", name)]
        ref: str = self.json("meting", "nieuw", slug, "mie", "--datum", day, *people, *more)["ref"]
        return ref

    def explain(self, ref: str, text: str = "Er is gesproken over item {}.") -> None:
        """An explanation of every item."""
        self.fill(ref, "toelichten", {"explanation": [{"item": one, "text": text.format(one)} for one in ITEMS]})

    def score(self, ref: str, who: str, scores: Sequence[object], note: str = "", *, seal: bool = True) -> None:
        """Fills in somebody's sheet and seals it."""
        self.json("invullen", ref, self.file(answers(scores, note)), "--auditor", who)
        if seal:
            self.json("verzegel", ref, "--auditor", who)

    def agree(self, ref: str, scores: Sequence[object] = AGREED, note: str = "Samen besproken.") -> None:
        """Definitive scores, with a reason each."""
        assert self.json("consensus", ref, self.file(answers(scores, note)))["open"] == []


Prepared = Callable[[Kwartier, Callable[[Kwartier], object]], Kwartier]
"""Brings kwartier to where a function leaves it."""


def answers(scores: Sequence[object], note: str = "") -> dict[str, Any]:
    """A sheet: per item a score, or a word that says why there is none; `{}` in the remark is the item."""
    rows: list[dict[str, Any]] = []
    for item, score in zip(ITEMS, scores, strict=True):
        row: dict[str, Any] = {"item": item, ("missing" if isinstance(score, str) else "value"): score}
        if note:
            row["note"] = note.format(item)
        rows.append(row)
    return {"answer": rows}


@pytest.fixture(scope="session")
def heavy_lock() -> Callable[..., bytes]:
    """How kwartier locks a file with a passphrase when it is not tested; it takes a second, and opening it one too."""
    return _heavy_lock


@pytest.fixture(scope="session", autouse=True)
def locks_are_light() -> Iterator[None]:
    """In this process, what is locked with a passphrase costs no second; it is opened as it always is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "encrypt", light_locks.lock)
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Makes what many tests begin with once, and gives every test a copy of its own."""
    made: dict[str, Path] = {}

    def copied(kwartier: Kwartier, make: Callable[[Kwartier], object]) -> Kwartier:
        name = f"{make.__module__}.{make.__qualname__}"
        if name not in made:
            first = Kwartier(tmp_path_factory.mktemp("klaar"))
            make(first)
            made[name] = first.home
        shutil.copytree(made[name], kwartier.home, dirs_exist_ok=True)
        return kwartier

    return copied


@pytest.fixture
def kwartier(tmp_path: Path) -> Kwartier:
    """kwartier on an empty folder."""
    return Kwartier(tmp_path)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: a kill needs no real disk, and fsync is free there."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as place:
        yield Path(place)
