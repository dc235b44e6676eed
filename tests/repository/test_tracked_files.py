"""What may not stand in any file of the project: addresses of package registries, paths of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "var", "dist", "build", "__pycache__"}

# In parts, so that this file does not name what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("deb", "debian"),
            ("archive", "ubuntu"),
            ("conda", "anaconda"),
        ]
    )
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.])(?:/(?:work|farm|root|home/[a-z]\w*|Users/[A-Za-z]\w*)/|[A-Z]:\\{1,2}Users\\{1,2}\w\w)"
)


def project_files() -> list[Path]:
    """The files that git knows or would add; in a copy without git, all files but the generated ones."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        found = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the project, as `file:line: text`."""
    found = []
    for path in project_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


def test_the_files_of_the_project_are_found() -> None:
    assert {"pyproject.toml", "README.md", "constraints.txt"} <= {path.name for path in project_files()}


def test_no_file_names_a_package_registry() -> None:
    assert places(REGISTRIES) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert places(MACHINE_PATHS) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("see " + "/home/" + "anna/data", True),
        ('"' + "C:" + "\\Users\\" + 'anna"', True),
        ("/" + "root/.config", True),
        ("src/" + "work/file", False),
        ("~/.local/share/kwartier", False),
        ("#!/usr/bin/env bash", False),
    ],
)
def test_paths_of_a_machine_are_recognised(path: str, found: bool) -> None:
    assert bool(MACHINE_PATHS.search(path)) is found
