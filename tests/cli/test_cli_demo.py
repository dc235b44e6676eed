"""kwartier demo: makes invented data once, tells what to try, and never touches anything but a demo."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kwartier import demos
from kwartier.cli.pasting import command_line
from kwartier.errors import Refused
from kwartier.workspace import Workspace

if TYPE_CHECKING:
    from tests.conftest import Kwartier

TODAY = date(2026, 11, 22)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def point(folder: Path, name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> EntryPoint:
    """A demo of an instrument that somebody else made."""
    (folder / f"vreemd_{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    return EntryPoint(name, f"vreemd_{name}:build", demos.GROUP)


GOOD = """
def build(workspace, today):
    workspace.add_organisation("Goed")
    return [("Kijk rond.", ("organisatie", "lijst"))]
"""
BROKEN = """
def build(workspace, today):
    workspace.add_organisation("Half")
    raise SystemExit("stuk")
"""


def test_it_makes_a_demo_and_every_command_that_it_tells_works(kwartier: Kwartier, tmp_path: Path) -> None:
    folder = tmp_path / "démo map"
    told = kwartier.process("demo", "--map", folder)
    assert told.status == 0, told
    assert "7 december 2028" in told.out
    assert {"Te laat", "Komende 30 dagen"} <= set(told.out.split("\n"))
    lines = [line for line in told.out.split("\n") if str(folder) in line and "--data" in line]
    assert len(lines) == len(re.findall(r"^\d+\. ", told.out, re.MULTILINE)) >= 8
    said = ""
    for line in lines:
        done = subprocess.run(
            line,
            shell=True,
            cwd=kwartier.desk,
            env={**os.environ, **kwartier.settings()},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), line
        assert done.stdout.strip(), line
        said += done.stdout
    assert {"meting toon", "uitslag", "verslag", "formulier", "invullen", "verzegel", "--met"} <= set(
        re.findall("meting toon|uitslag|verslag|formulier|invullen|verzegel|--met", "\n".join(lines))
    )
    assert "de scores liggen nu naast elkaar" in said
    assert "None" not in said
    assert list(kwartier.desk.iterdir()) == [], "nothing is left where the user stands"
    assert not kwartier.data.exists(), "the user's own data stay out of it"


def test_twice_is_once_and_what_was_done_in_it_stays_until_it_is_made_anew(kwartier: Kwartier, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = kwartier.json("demo", "--map", folder)
    fresh = contents(folder)
    again = kwartier.json("demo", "--map", folder)
    assert (first.pop("made"), again.pop("made")) == (True, False)
    assert again == first
    assert contents(folder) == fresh
    kwartier.json("organisatie", "nieuw", "Zelf gemaakt", "--data", folder)
    assert "zelf-gemaakt" in {one["slug"] for one in kwartier.json("demo", "--map", folder)["organisations"]}
    assert kwartier.json("demo", "--map", folder, "--opnieuw")["made"]
    assert contents(folder) == fresh
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("demo", "bureau")] == []


def test_a_program_gets_the_same(kwartier: Kwartier, tmp_path: Path) -> None:
    told = kwartier.json("demo", "--map", tmp_path / "demo")
    assert (told["day"], told["problems"], told["folder"]) == ("2028-12-07", [], str(tmp_path / "demo"))
    assert {one["slug"] for one in told["organisations"]} >= {"kwadrant", "de-werf"}
    assert min(one["date"] for one in told["agenda"] if one["date"]) < told["day"]
    assert all(one["command"][-2:] == ["--data", told["folder"]] and one["line"] for one in told["try"])


def test_in_the_demo_it_is_the_day_of_the_demo_and_elsewhere_it_is_today(kwartier: Kwartier, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    kwartier.json("demo", "--map", folder)
    assert kwartier.json("agenda", "--data", folder)["today"] == "2028-12-07"
    assert kwartier.json("agenda")["today"] == date.today().isoformat()
    assert demos.playing_day(date(2031, 5, 1)) == date(2031, 5, 1)


def test_without_a_place_it_stands_in_the_cache(kwartier: Kwartier) -> None:
    told = kwartier.json("demo")
    assert Path(told["folder"]) == kwartier.home / "cache" / "demo"
    assert not kwartier.data.exists()


@pytest.mark.parametrize("words", [[], ["--opnieuw"]])
@pytest.mark.parametrize("kind", ["files", "data"])
def test_what_is_not_a_demo_is_never_replaced(kwartier: Kwartier, tmp_path: Path, kind: str, words: list[str]) -> None:
    folder = tmp_path / "iets anders"
    folder.mkdir()
    if kind == "data":
        kwartier.json("organisatie", "nieuw", "Echt", "--data", folder)
    else:
        (folder / "brief.txt").write_text("bewaren", encoding="utf-8")
    before = contents(folder)
    assert kwartier.refused("demo", "--map", folder, *words)["code"] == "not-a-demo"
    assert contents(folder) == before


def test_a_file_a_link_and_a_place_for_real_data_are_refused(kwartier: Kwartier, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    assert kwartier.refused("demo", "--map", tmp_path / "bestand")["code"] == "not-a-folder"
    assert kwartier.refused("demo", "--map", kwartier.data / "demo", status=2)["code"] == "own-data"
    assert kwartier.refused("demo", "--data", tmp_path / "x", status=2)["code"] == "data-not-used"
    assert kwartier.refused("demo", "--map", "", status=2)["code"] == "usage"
    from platformdirs import user_data_path

    assert (
        kwartier.refused("demo", "--map", user_data_path("kwartier", appauthor=False), status=2)["code"] == "own-data"
    )
    if sys.platform != "win32":
        (tmp_path / "echt").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "echt")
        assert kwartier.refused("demo", "--map", tmp_path / "link")["code"] == "symlink"


def test_an_empty_folder_may_become_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leeg").mkdir()
    made = demos.ready(tmp_path / "leeg", TODAY, points=[point(tmp_path, "goed", GOOD, monkeypatch)])
    assert made.made
    with Workspace.open(tmp_path / "leeg") as workspace:
        assert [slug for slug, _ in workspace.organisations()] == ["goed"]
        assert workspace.today == demos.FIRST_DAY


def test_a_broken_demo_is_told_leaves_nothing_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = [
        point(tmp_path, "stuk", BROKEN, monkeypatch),
        point(tmp_path, "goed", GOOD, monkeypatch),
        EntryPoint("weg", "er_is_geen_module:build", demos.GROUP),
    ]
    made = demos.ready(tmp_path / "demo", TODAY, points=points)
    assert [one.name for one in made.problems] == ["stuk", "weg"]
    assert "SystemExit: stuk" in made.problems[0].reason
    assert [one.command for one in made.attempts] == [("organisatie", "lijst")]
    with Workspace.open(tmp_path / "demo") as workspace:
        assert [slug for slug, _ in workspace.organisations()] == ["goed"]
    with pytest.raises(Refused, match="SystemExit") as refused:
        demos.ready(tmp_path / "geen", TODAY, points=points[:1])
    assert refused.value.code == "no-demo"
    assert not (tmp_path / "geen").exists()


def test_a_demo_that_cannot_be_made_anew_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demos.ready(tmp_path / "demo", TODAY, points=[point(tmp_path, "goed", GOOD, monkeypatch)])
    before = contents(tmp_path / "demo")
    with pytest.raises(Refused):
        demos.ready(tmp_path / "demo", TODAY, anew=True, points=[point(tmp_path, "stuk", BROKEN, monkeypatch)])
    assert contents(tmp_path / "demo") == before


def test_a_disabled_instrument_makes_no_demo(
    kwartier: Kwartier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KWARTIER_DISABLE", ",".join(one.name for one in entry_points(group=demos.GROUP)))
    assert kwartier.refused("demo", "--map", tmp_path / "demo")["code"] == "no-demo"
    assert not (tmp_path / "demo").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed as Linux and macOS do it")
def test_killed_while_making_nothing_half_is_left_and_the_next_time_sweeps(kwartier: Kwartier, tmp_path: Path) -> None:
    place = tmp_path / "plek"
    place.mkdir()
    command = [sys.executable, "-m", "kwartier", "demo", "--map", str(place / "demo"), "--json"]
    process = subprocess.Popen(command, env={**os.environ, **kwartier.settings()}, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(place.glob(".demo.*/organisations/kwadrant/mie/*/toelichten.toml")):
        assert process.poll() is None
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (place / "demo").exists()
    assert len(list(place.iterdir())) == 1
    assert kwartier.json("demo", "--map", place / "demo")["made"]
    assert [path.name for path in place.iterdir()] == ["demo"]


@pytest.mark.skipif(sys.platform == "win32", reason="lines for PowerShell are quoted otherwise")
def test_a_command_survives_any_folder_name(tmp_path: Path) -> None:
    folder = tmp_path / "een 'map' met $HOME, \"é\" & meer"
    line = command_line(["instrumenten", "--data", str(folder), "--json"])
    done = subprocess.run(line, shell=True, capture_output=True, check=True)
    assert json.loads(done.stdout)["instruments"]
    assert folder.is_dir()
