"""Run as a program by test_workspace_crash: one operation over and over, killed at its first, second, third ... call.

Prints JSON: the files before and after an undisturbed run, and for every kill what was there after opening it again.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import filelock  # noqa: F401 - imported once here, so not again in every copy of this process
from tests.dying import die_at, in_a_copy
from tests.workspace.conftest import AGREED, DAY, FIRST, NOW, SECOND, Garden, answers, explained

from kwartier.plugins.host import Host
from kwartier.workspace import Assessor, Workspace, open_sheet, pack_sheet

SLUG = "tuinvereniging-de-hoop"
REF = f"{SLUG}/tuin/2026-11-22"

Act = Callable[[Garden, Workspace], object]
Disturbed = Callable[[Workspace, Callable[[], None]], object]
"""Does something, and calls what it is given when it may be killed from then on."""


def bare(garden: Garden, ws: Workspace) -> None:
    ws.add_organisation("Tuinvereniging De Hoop")


def begun(garden: Garden, ws: Workspace) -> None:
    garden.begin(ws)
    ws.change(REF, "toelichting", explained())
    ws.change(REF, None, answers(FIRST), person="a1")
    ws.change(REF, None, answers(SECOND), person="a2")


def revealed(garden: Garden, ws: Workspace) -> None:
    begun(garden, ws)
    ws.seal(REF, "a1")
    ws.seal(REF, "a2")


def agreed(garden: Garden, ws: Workspace) -> None:
    revealed(garden, ws)
    ws.change(REF, "eens-worden", answers(AGREED, "Samen."))


def apart(garden: Garden, ws: Workspace) -> None:
    """A sheet that was made apart, beside one that was begun here and texts that changed here."""
    garden.begin(ws)
    ws.change(REF, "toelichting", explained(items=("1", "2")))
    given, folder = garden.home / "gegeven.kwartier", garden.home / "apart"
    ws.hand_over(REF, "a2", given)
    open_sheet(given, folder, None)
    with garden.beside("apart").open() as other:
        other.change(REF, "toelichting", explained("Apart over {}.", ("2", "3")))
        other.change(REF, None, answers(SECOND), person="a2")
        other.seal(REF, "a2")
    pack_sheet(folder, garden.home / "terug.kwartier")
    ws.change(REF, "toelichting", explained("Hier over {}.", ("1",)))
    ws.change(REF, None, answers((1, 1, 1, 1, 1)), person="a2")


def start(garden: Garden, ws: Workspace) -> None:
    people = (Assessor("Nora Noot"), Assessor("Niek Netel"))
    ws.start("tuin", SLUG, day=DAY, people=people)


def take_over(garden: Garden, ws: Workspace) -> None:
    given = {**answers(AGREED), "by": "Pia Prei"}
    ws.take_over("tuin", SLUG, given, day=date(2024, 5, 1), source="Kast 3")


def take_back(garden: Garden, ws: Workspace) -> None:
    ws.take_back(garden.home / "terug.kwartier", replace=True)


def named(garden: Garden, ws: Workspace) -> None:
    ws.change(REF, "mensen", {"participant": [{"name": "Dina Druif", "role": "buur"}], "by": "Carla Courgette"})


def at_once(garden: Garden, ws: Workspace) -> None:
    """An organisation, a workplace, names and a record, from one form."""
    ws.start(
        "perk",
        "",
        day=DAY,
        people=(Assessor("Vera Voor", role="voorman"), Assessor("Sien School", role="school")),
        parameters={"niveau": "4,5"},
        new_organisation={"name": "De Kas", "place": "Delft"},
        new_subject={"name": "Perk Noord", "levels": "4,5"},
    )


def placed(garden: Garden, ws: Workspace) -> None:
    ws.add_placement("de-kas", "perk-noord", student="s1", start=DAY, supervisor="Kees Kool")


OPERATIONS: dict[str, tuple[Act, Act]] = {
    "organisation": (lambda garden, ws: None, bare),
    "start": (bare, start),
    "take over": (bare, take_over),
    "change": (begun, lambda garden, ws: ws.change(REF, "toelichting", explained("Anders over {}."))),
    "names": (begun, named),
    "seal": (begun, lambda garden, ws: ws.seal(REF, "a1")),
    "agree": (revealed, lambda garden, ws: ws.change(REF, "eens-worden", answers(AGREED, "Samen."))),
    "finalise": (agreed, lambda garden, ws: ws.finalise(REF, by="Carla Courgette")),
    "take back": (apart, take_back),
    "at once": (lambda garden, ws: None, at_once),
    "placement": (at_once, placed),
    "replace somebody": (
        begun,
        lambda garden, ws: ws.join(REF, Assessor("Nora Noot"), replaces="a2", reason="Ziek"),
    ),
}


SAMPLES = {"at once": "perk", "placement": "perk"}
"""The instrument of an operation, where it is not the garden's own."""


def snapshot(root: Path) -> dict[str, str]:
    """Every file but the locks and the contents (which bind nobody), and every folder that is temporary."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith((".kwartier/locks/", "contents/")):
            found[name] = path.read_bytes().decode("latin-1")
        elif ".tmp" in name:
            found[name] = "left behind"
    return found


def told(base: Garden, garden: Garden, host: Host, disturbed: Disturbed, every: int, first: int) -> str:
    """As JSON what came of it on copies of the base: killed at its first call, or at one so many further on."""
    before = snapshot(base.path)
    kills: list[dict[str, Any]] = []
    log = garden.home / "call"
    number = first
    while True:
        shutil.rmtree(garden.path, ignore_errors=True)
        shutil.copytree(base.path, garden.path)
        log.write_bytes(b"")
        garden.random, garden.now = Random(1), NOW

        def in_danger(number: int = number) -> None:
            with garden.open(host) as ws:
                disturbed(ws, lambda: die_at(number, log))

        status = in_a_copy(in_danger)
        if status != signal.SIGKILL:
            break
        with garden.open(host) as ws:
            problems = [one.message for one in ws.check().problems]
            problems += [one.message for one in ws.swept.problems]
        kills.append({"call": log.read_text(), "problems": problems, "recovered": snapshot(garden.path)})
        number += every
    return json.dumps({"status": status, "before": before, "after": snapshot(garden.path), "kills": kills})


def main(operation: str, work: Path, packages: Path, every: int, first: int) -> None:
    prepare, act = OPERATIONS[operation]
    base, garden = Garden(work, packages, "basis é"), Garden(work, packages, "proef é")
    host = base.host(sample=SAMPLES.get(operation, "tuin"))
    with base.open(host) as ws:
        prepare(base, ws)

    def disturbed(ws: Workspace, mortal: Callable[[], None]) -> None:
        mortal()
        act(garden, ws)

    print(told(base, garden, host, disturbed, every, first))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
