"""The end of a portfolio: everything is given to its student, the decision is kept, and then nothing is left of it."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from tests.conftest import Kwartier
from tests.journeys import portfolio_story as story
from tests.journeys.portfolio_story import CODE, LETTER, NAME, NOOR, PLAN, PRIVATE, REF, SHARED, SLUG, STUDENT, WIM

from kwartier.workspace import Workspace

JUDGED = "De opzet telt voor ons mee"
OTHER = "Bas Overdijk"
THEIRS = (NAME, PRIVATE, SHARED, "brief.txt", "opzet.txt", "Opzet herstelgroep", LETTER, PLAN, JUDGED)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a definitive portfolio, one of somebody else, and all that comes of working with them."""
    home = tmp_path_factory.mktemp("einde")
    one = Kwartier(home)
    story.begin(one)
    one.json("onderwerp", "nieuw", SLUG, "plek", "--soort", "praktijkleerplek", "--naam", "De Werkplaats")
    one.json("plaatsing", "nieuw", SLUG, "plek", "--student", CODE, "--van", "2026-09-01")
    story.student_fills_in(one)
    story.judges(one, REF, "eind", NOOR, story.sheet(4, "deels", {"3.1.3": "aangetoond"}))
    story.judges(one, REF, "eind", WIM, story.sheet(4, "deels"))
    story.agree(one, REF, "eind-overleg", {"3.1.3": ("aangetoond", JUDGED)})
    one.json("definitief", REF)
    one.json("heropen", REF, "--reden", "Een regel te veel")
    one.json("bewijs", "erbij", REF, "--titel", "Weer weg", "--opmerking", PRIVATE, *STUDENT)
    one.json("bewijs", "weg", REF, "3", *STUDENT, "--ja")
    one.json("definitief", REF)
    one.json("onderwerp", "nieuw", SLUG, "s2", "--soort", "student", "--naam", OTHER)
    ref = story.portfolio(one, "s2", 2, "2026-09-02")
    one.json("bewijs", "erbij", ref, "--titel", "Van Bas", "--auditor", "s2")
    return home


@pytest.fixture
def school(done: Path, tmp_path: Path) -> Kwartier:
    """A copy of it, that the start screen has looked through and keeps an index of."""
    shutil.copytree(done, tmp_path / "huis")
    one = Kwartier(tmp_path / "huis")
    with mock.patch.dict(os.environ, one.settings()), Workspace.open(one.data) as workspace:
        workspace.overview()
    assert story.files_with(one.home / "cache", REF)
    return one


def test_the_student_gets_everything_and_may_look_in_it_without_kwartier(school: Kwartier, tmp_path: Path) -> None:
    school.json("student", "exporteer", SLUG, CODE, "--uit", "alles.zip")
    with zipfile.ZipFile(school.desk / "alles.zip") as archive:
        archive.extractall(tmp_path / "uit")
    for one in THEIRS:
        assert story.files_with(tmp_path / "uit", one), one
    assert story.files_with(tmp_path / "uit", OTHER, "Van Bas") == []


def test_nothing_is_left_in_data_and_cache_and_the_decision_is_without_evidence(school: Kwartier) -> None:
    assert {one for one in THEIRS if story.files_with(school.data, one)} == set(THEIRS)
    told = school.json("student", "wis", SLUG, CODE, "--besluit", "besluit", "--ja")
    assert told["counted"] and told["unreachable"]
    for place in (school.data, school.home / "cache"):
        assert story.files_with(place, *THEIRS, REF) == []
    names = [path.relative_to(school.data).as_posix() for path in school.data.rglob("*")]
    assert [name for name in names if f"/{CODE}/" in f"/{name}/" or f".{CODE}." in name] == []
    assert school.json("plaatsing", "lijst", SLUG)["placements"] == []
    kept = "".join((school.desk / name).read_text("utf-8") for name in told["decision"])
    assert NAME in kept and "aangetoond" in kept
    assert PRIVATE not in kept and SHARED not in kept and "Opzet herstelgroep" not in kept
    # of the others nothing changed
    assert school.json("onderwerp", "lijst", SLUG)["subjects"] == ["plek", "s2"]
    rows = school.json("bewijs", "lijst", f"{SLUG}/leerplan/s2/2026-09-02", "--auditor", "s2")["steps"][0]["evidence"]
    assert [row["title"] for row in rows] == ["Van Bas"]
    assert NAME not in school.text("agenda") and school.json("controle")["sound"]


def test_locked_nothing_can_be_read_and_it_is_erased_all_the_same(school: Kwartier) -> None:
    (school.desk / "sleutel.txt").write_text("vijver klinker zondag\n", "utf-8")
    school.json("student", "slot", "erop", SLUG, CODE, "--ja", "--wachtwoord-bestand", "sleutel.txt")
    for place in (school.data, school.home / "cache"):
        assert story.files_with(place, NAME, PRIVATE, SHARED, "brief.txt", LETTER, PLAN, JUDGED) == []
    assert school.refused("bewijs", "lijst", REF, *STUDENT)["code"] == "locked"
    assert NAME not in school.text("agenda") + school.text("onderwerp", "lijst", SLUG)
    school.json("student", "wis", SLUG, CODE, "--zonder-besluit", "--ja")
    assert not list(school.data.rglob("*.s1.toml")) and school.json("controle")["sound"]
