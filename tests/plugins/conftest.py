"""Installs real distributions for the tests of the host: packages with metadata, in a folder on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, distributions
from itertools import count
from pathlib import Path

import pytest

from kwartier.plugins.discovery import GROUP
from kwartier.plugins.host import Host

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"
_numbers = count(1)


class Shop:
    """A folder of installed distributions; each package gets a name that no other test uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def add(
        self,
        id: str = "tuin",
        *,
        sample: str = "tuin",
        python: str | None = "",
        header: Callable[[str], str] = lambda text: text,
        content: Callable[[str], str] = lambda text: text,
        distribution: str = "",
        announced: str | None = None,
        points: str | None = None,
        metadata: bool = True,
        without: tuple[str, ...] = (),
    ) -> Path:
        """Installs an instrument made of a sample; gives the folder of its package.

        `header` and `content` change the text of the files, `announced` is what the entry point says in place of the
        package, `points` the whole of entry_points.txt; `python` None installs no package at all.
        """
        module = f"proef_{next(_numbers)}"
        package = self.folder / module
        if python is not None:
            texts = {"__init__.py": python}
            for name, change in (("instrument", header), ("content", content)):
                texts[f"{name}.toml"] = change((SAMPLES / sample / f"{name}.toml").read_text(encoding="utf-8"))
            package.mkdir()
            for name, text in texts.items():
                if name not in without:
                    (package / name).write_text(text.replace(f'id = "{sample}"', f'id = "{id}"', 1), encoding="utf-8")
        name = distribution or f"kwartier-{id}"
        info = self.folder / f"{name.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        if metadata:
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        said = f"[{GROUP}]\n{id} = {announced or module}\n" if points is None else points
        (info / "entry_points.txt").write_text(said)
        (info / "RECORD").write_text("")
        return package

    def points(self) -> list[EntryPoint]:
        """The entry points of what is installed here, and of nothing else."""
        found = distributions(path=[str(self.folder)])
        return [point for one in found for point in one.entry_points if point.group == GROUP]

    def host(self, environ: Mapping[str, str] | None = None) -> Host:
        """A host that knows what is installed here, and nothing else."""
        return Host(points=self.points(), environ=dict(environ or {}))

    def run(self, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """The command line in a process of its own, with what is installed here beside what already was."""
        return self.python("-m", "kwartier", *args, **environ)

    def python(self, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Python in a process of its own."""
        variables = {**os.environ, "PYTHONPATH": str(self.folder), **environ}
        return subprocess.run(
            [sys.executable, *args],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Shop]:
    """Makes folders to install in, each on the path of this process."""

    def make(name: str) -> Shop:
        shop = Shop(tmp_path / name)
        monkeypatch.syspath_prepend(str(shop.folder))
        return shop

    return make


@pytest.fixture
def shop(shops: Callable[[str], Shop]) -> Shop:
    """A folder to install in."""
    return shops("installed")
