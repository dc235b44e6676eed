"""A process that is killed in the middle of what a user does: afterwards all of it is there, or none of it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.workspace import open_sheet

if TYPE_CHECKING:
    from tests.workspace.conftest import Garden

SCRIPT = Path(__file__).with_name("workspace_crash_child.py")
SEED = int(os.environ.get("KWARTIER_SEED", time.time_ns() % 1_000_000))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in its own copy")


def killed(operation: str, work: Path, garden: Garden, every: int) -> dict[str, Any]:
    from tests.workspace.conftest import environment

    first = 1 if every == 1 else 1 + SEED % every
    print(f"KWARTIER_SEED={SEED}")
    arguments = [sys.executable, str(SCRIPT), operation, str(work), str(garden.packages), str(every), str(first)]
    done = subprocess.run(arguments, env=environment(garden), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["status"] == 0, done.stderr
    assert result["after"] != result["before"]
    return result


@pytest.mark.parametrize(
    ("operation", "every"),
    [
        ("start", 1),
        ("seal", 1),
        ("take back", 1),
        ("replace somebody", 1),
        ("at once", 1),
        ("placement", 1),
        ("organisation", 2),
        ("take over", 2),
        ("change", 1),
        ("names", 2),
        ("agree", 1),
        ("finalise", 2),
    ],
)
def test_killed_anywhere_all_or_nothing(operation: str, every: int, work: Path, garden: Garden) -> None:
    result = killed(operation, work, garden, every)
    before, after = result["before"], result["after"]
    assert not [name for name in after if ".tmp" in name]
    for kill in result["kills"]:
        assert kill["recovered"] in (before, after), kill["call"]
        assert kill["problems"] == [], kill["call"]
    if every == 1:  # early kills come to nothing, late ones are finished: both really happen
        outcomes = [kill["recovered"] == after for kill in result["kills"]]
        assert outcomes == sorted(outcomes)
        assert not outcomes[0]
        assert outcomes[-1]


OPENING = """
    import os, sys
    from pathlib import Path
    from kwartier.workspace import open_sheet
    from tests.dying import die_at

    die_at(int(sys.argv[3]), Path(sys.argv[4]))
    open_sheet(Path(sys.argv[1]), Path(sys.argv[2]), None)
    os._exit(0)
"""


def test_opening_a_sheet_that_was_killed_is_done_by_opening_it_again(work: Path, garden: Garden) -> None:
    from tests.workspace.conftest import environment

    given = garden.home / "gegeven.kwartier"
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Er is compost."}]})
        ws.hand_over(ref, "a2", given)
    for number in range(1 + SEED % 9, 200, 9):
        folder = work / f"apart {number}"
        arguments = [sys.executable, "-c", textwrap.dedent(OPENING), str(given), str(folder), str(number)]
        done = subprocess.run([*arguments, str(work / "log")], env=environment(garden), timeout=60, check=False)
        opened = open_sheet(given, folder, None)
        assert (opened.ref, opened.person) == (ref, "a2")
        with type(garden)(work, garden.packages, folder.name).open() as ws:
            record = ws.see(ref, viewer="a2").record
            assert record.shared["toelichting"]["explanation"] == [{"item": "1", "text": "Er is compost."}]
            assert not ws.see(ref).locked
            assert [one for one in ws.check().problems if one.level == "error"] == []
        assert not list(folder.rglob("*.tmp"))
        if done.returncode == 0:
            break
    assert number > 10
    assert done.returncode == 0


WORKING = """
    import sys
    from pathlib import Path
    from random import Random
    from kwartier.workspace import Assessor
    from tests.workspace.conftest import DAY, Garden, answers, explained

    home, packages, seed = sys.argv[1:]
    garden = Garden(Path(home), Path(packages))
    garden.random = Random(seed)
    with garden.open() as ws:
        print("ready", flush=True)
        for turn in range(100_000):
            people = (Assessor(f"Anna {turn}"), Assessor(f"Bob {turn}"))
            ref = ws.start("tuin", "kwadrant", day=DAY, people=people)
            one, two = [person.id for person in ws.see(ref).record.envelope.person]
            ws.change(ref, "toelichting", explained(f"Beurt {turn} over {{}}"))
            for code in (one, two):
                ws.change(ref, None, answers((1, 2, 3, 4, 5)), person=code)
                ws.seal(ref, code)
            ws.change(ref, "eens-worden", answers((1, 2, 3, 4, 5)))
            ws.finalise(ref, by=f"Carla {turn}")
            print(ref, flush=True)
"""


def test_killed_at_a_random_moment_of_a_day_of_work(work: Path, garden: Garden) -> None:
    from tests.workspace.conftest import environment

    print(f"KWARTIER_SEED={SEED}")
    dice = random.Random(SEED)
    for turn in range(4):
        own = type(garden)(work / str(turn), garden.packages)
        own.home.mkdir()
        with own.open() as ws:
            ws.add_organisation("Kwadrant")
        arguments = [sys.executable, "-c", textwrap.dedent(WORKING), str(own.home), str(own.packages), str(turn)]
        with subprocess.Popen(arguments, env=environment(own), stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            done = [child.stdout.readline().decode().strip()]  # one is finished for sure, the next may be half done
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(timeout=dice.uniform(0, 0.4))
            child.kill()
            done += child.stdout.read().decode().split()
        with own.open() as ws:
            assert ws.swept.problems == ()
            assert ws.check().problems == ()
            refs = ws.assessments("kwadrant")
            assert len(refs) - len(done) in (0, 1)
            assert all(ws.summary(ref).definitive for ref in done)
            codes = ws.names("kwadrant")
            for ref in refs:  # behind every code in a record there is a name: they came together
                assert all(person.id in codes for person in ws.see(ref).record.envelope.person)
        assert not [path for path in own.path.rglob("*.tmp") if path.suffix == ".tmp"]
