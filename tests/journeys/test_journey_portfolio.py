"""Stories of a portfolio: a year on one machine, three machines in turn, and how it all can go again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Kwartier
from tests.journeys import portfolio_story as story
from tests.journeys.portfolio_story import CODE, NAME, NOOR, PRIVATE, REF, SHARED, SLUG, STUDENT, WIM

KEY = ("--wachtwoord-bestand", "sleutel.txt")
NEXT = f"{SLUG}/leerplan/{CODE}/2026-10-01"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where a portfolio was made and filled in by its student."""
    home = tmp_path_factory.mktemp("portfolio")
    one = Kwartier(home)
    story.begin(one)
    story.student_fills_in(one)
    return home


@pytest.fixture(scope="module")
def judged(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, judged half-way by two and agreed on."""
    home = tmp_path_factory.mktemp("halverwege") / "huis"
    shutil.copytree(filled, home)
    one = Kwartier(home)
    story.judges(one, REF, "tussentijds", NOOR, story.sheet(4, "deels", {"3.1.3": "aangetoond"}))
    story.judges(one, REF, "tussentijds", WIM, story.sheet(4, "deels"))
    story.agree(one, REF, "tussentijds-overleg", {"3.1.3": ("aangetoond", "De opzet telt mee.")})
    return home


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Kwartier]:
    """A machine with a copy of such a home."""

    def copy(home: Path) -> Kwartier:
        shutil.copytree(home, tmp_path / "huis")
        return Kwartier(tmp_path / "huis")

    return copy


# -- a year on one machine


def test_half_way_each_judges_alone_with_what_the_student_lets_them_read(
    filled: Path, copied: Callable[[Path], Kwartier]
) -> None:
    one = copied(filled)
    form = one.text("formulier", REF, "tussentijds", *NOOR)
    assert SHARED in form and "Opzet herstelgroep" in form
    assert PRIVATE not in form and "Brief" not in form
    rows = [{**row, "note": "Van Noor alleen."} for row in story.sheet(4, "aangetoond")["answer"]]
    assert story.judges(one, REF, "tussentijds", NOOR, {"answer": rows})["revealed"] is False
    assert "Van Noor alleen" not in one.text("formulier", REF, "tussentijds", *WIM)
    assert story.judges(one, REF, "tussentijds", WIM, story.sheet(4, "deels", {"1.1": "aangetoond"}))["revealed"]
    rest = {item: ("deels", "Wij spraken erover.") for item in story.items(4) if item != "1.1"}
    assert story.agree(one, REF, "tussentijds-overleg", rest)["open"] == []
    report = one.text("verslag", REF, "--variant", "tussentijds")
    assert PRIVATE not in report and SHARED not in report
    assert SHARED in one.text("verslag", REF, "--variant", "tussentijds", *NOOR)


def test_a_year_with_another_level_half_way_and_a_definitive_report(
    judged: Path, copied: Callable[[Path], Kwartier]
) -> None:
    one = copied(judged)
    said = ("--titel", "U wachtte op mijn antwoord", "--soort", "cliënt", "--item", "3.1.1", "--lezer", "iedereen")
    one.json("bewijs", "erbij", REF, "--stap", "feedback", *said, *STUDENT)
    # the next level: what it adds is shown, what was done stays
    added = one.json("ladder", REF, "--naar", "5")
    kinds = {step["item"]: step["kind"] for step in added["steps"]}
    assert sorted(item for item, kind in kinds.items() if kind == "added") == ["3.1.6", "3.2.5", "3.3.5"]
    assert added["steps"] == one.json("ladder", "leerplan", "--van", "4", "--naar", "5")["steps"]
    assert story.portfolio(one, CODE, 5, "2026-10-01", "--volgt", REF) == NEXT
    rows = one.json("bewijs", "lijst", NEXT, *STUDENT)["steps"][0]["evidence"]
    assert [(row["title"], row["readers"]) for row in rows] == [("Brief", []), ("Opzet herstelgroep", ["beoordelaar"])]
    one.json("bewijs", "ophalen", NEXT, "1", "--naar", "terug.txt", *STUDENT)
    assert (one.desk / "terug.txt").read_bytes() == story.LETTER
    own = one.json("portfolio", NEXT, *STUDENT)
    every = [item for section in own["sections"] for item in section["items"]]
    kept = {item["id"] for item in every if item["moments"][0]["agreed"]}
    assert kept == {item for item, kind in kinds.items() if kind == "same"}
    # the end of the year
    story.judges(one, NEXT, "eind", NOOR, story.sheet(5, "aangetoond"))
    assert story.judges(one, NEXT, "eind", WIM, story.sheet(5, "aangetoond", {"1.5": "deels"}))["revealed"]
    assert story.agree(one, NEXT, "eind-overleg", {"1.5": ("deels", "Eén stuk gelezen.")})["open"] == []
    one.fill(NEXT, "afspraken", {"action": [{"id": "p1", "text": "Leest een tweede stuk", "due": "2027-01-10"}]})
    assert one.json("definitief", NEXT)["version"] == 1
    for words in ([], ["--variant", "eind"]):
        report = one.text("verslag", NEXT, *words)
        assert "niet in niveaus te ordenen" in report
        assert PRIVATE not in report and "Brief" not in report
        assert "geslaagd is" in report or "beslist de opleiding" in report
    assert "Leest een tweede stuk" in one.text("agenda")
    assert [due["kind"] for due in one.json("agenda")["agenda"]] == ["action", "retention"]
    assert one.json("controle")["sound"]


def test_another_student_with_the_outcomes_of_the_own_programme(
    filled: Path, copied: Callable[[Path], Kwartier]
) -> None:
    one = copied(filled)
    one.json("opleiding", "gebruik", "mex")
    one.json("opleiding", "koppel", "mex", "1.1", "lu1", "lu2")
    one.json("onderwerp", "nieuw", SLUG, "s2", "--soort", "student", "--naam", "Bas Overdijk")
    ref = story.portfolio(one, "s2", 7, "2026-09-02", "--opleiding", "mex")
    one.json("bewijs", "erbij", ref, "--titel", "Advies", "--item", "1.1", "--lezer", "iedereen", "--auditor", "s2")
    told = one.json("dekking", ref, "--per", "opleiding")
    assert "lu1" in str(told) and len(one.json("opleiding", "toon", "mex")["unlinked"]["items"]) == 24
    assert [row["id"] for row in one.json("groep", SLUG)["items"]] == story.items(7)
    group = one.text("groep", SLUG)
    assert "2 studenten" in group and NAME not in group and "Overdijk" not in group
