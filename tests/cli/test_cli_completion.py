"""A shell completes commands, organisations, measurements and steps; completing changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kwartier.workspace import Workspace

REF = "kwadrant/mie/2026-11-22"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path / "data") as ws:
        ws.start("mie", ws.add_organisation("Kwadrant"), day=date(2026, 11, 22))
    return tmp_path / "data"


def completed(data: Path, **environment: str) -> list[str]:
    """What the program answers to a shell; kwartier is started as that shell starts it."""
    program = "import sys; sys.argv[0] = 'kwartier'; from kwartier.cli.entry import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "KWARTIER_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    return done.stdout.split()


def in_bash(data: Path, line: str) -> list[str]:
    words = line.split(" ")
    environment = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    found = completed(data, _KWARTIER_COMPLETE="bash_complete", **environment)
    return [one.removeprefix("plain,") for one in found]


def in_powershell(data: Path, line: str, word: str) -> list[str]:
    return completed(data, _KWARTIER_COMPLETE="powershell_complete", KWARTIER_LINE=line, KWARTIER_WORD=word)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kwartier versl", ["verslag", "verslagen"]),
        ("kwartier organisatie toon kw", ["kwadrant"]),
        ("kwartier uitslag kwad", [REF]),
        (f"kwartier formulier {REF} con", ["consensus", "conclusies"]),
        ("kwartier formulering nieuw m", ["mie"]),
        ("kwartier uitslag nergens", []),
    ],
)
def test_bash_and_powershell_complete_the_same(data: Path, line: str, expected: list[str]) -> None:
    assert sorted(in_bash(data, line)) == sorted(expected)
    assert sorted(in_powershell(data, line, line.rpartition(" ")[2])) == sorted(expected)


def test_completing_makes_no_folder(tmp_path: Path) -> None:
    assert in_bash(tmp_path / "nergens", "kwartier uitslag k") == []
    assert not (tmp_path / "nergens").exists()


def test_a_damaged_folder_is_completed_as_far_as_it_goes(data: Path) -> None:
    (data / "organisations" / "kwadrant" / "organisation.toml").write_text("x = [", encoding="utf-8")
    assert in_bash(data, "kwartier uitslag kwad") == [REF]
    (data / ".kwartier" / "folder.toml").write_text("x = [", encoding="utf-8")
    assert in_bash(data, "kwartier uitslag kwad") == []
