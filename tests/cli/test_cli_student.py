"""The life of a student's data at the command line: kept until, given, moved, decided and erased."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import light_locks
from tests.conftest import Kwartier

from kwartier.store import cipher

NAME = "Lotte Lelie"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks that are quick to make; what opens them is the real thing."""

    def lock(data: bytes, passphrase: str, *, armored: bool = False) -> bytes:
        return light_locks.lock(data, passphrase, armored)

    monkeypatch.setattr(cipher, "with_passphrase", lock)


@pytest.fixture
def student(kwartier: Kwartier) -> Kwartier:
    """An organisation with a student."""
    kwartier.organisation()
    kwartier.text("onderwerp", "nieuw", "kwadrant", "s1", "--naam", NAME, "--soort", "student")
    (kwartier.desk / "woord").write_text("een goed wachtwoord\n")
    return kwartier


def test_a_day_to_keep_until_is_set_and_comes_back(student: Kwartier) -> None:
    checked = [one["message"] for one in student.json("controle")["problems"]]
    assert [one for one in checked if "bewaard worden" in one]
    told = student.json("student", "bewaren", "kwadrant", "lotte lelie", "1-11-2026")
    assert told == {"organisation": "kwadrant", "code": "s1", "retain_until": "2026-11-01"}
    [row] = student.json("agenda", "--op", "2026-11-20")["agenda"]
    assert (row["ref"], row["kind"], row["step"], row["when"]) == ("kwadrant", "retention", "s1", "late")
    assert "bewaartermijn van s1: wissen of verlengen" in student.text("agenda")
    assert NAME not in student.text("agenda")
    assert "1 nov 2026" in student.text("onderwerp", "toon", "kwadrant", "s1")
    student.text("onderwerp", "wijzig", "kwadrant", "s1", "--bewaren-tot", "")
    assert student.json("agenda")["agenda"] == []
    assert student.refused("student", "bewaren", "kwadrant", "s1", "ooit", status=2)["code"]


def test_it_is_said_when_a_student_is_made_and_not_of_a_workplace(student: Kwartier) -> None:
    words = ("--soort", "student", "--bewaren-tot", "2030-01-01")
    student.text("onderwerp", "nieuw", "kwadrant", "s2", *words)
    assert student.json("onderwerp", "toon", "kwadrant", "s2")["retain_until"] == "2030-01-01"
    words = ("--soort", "praktijkleerplek", "--bewaren-tot", "2030-01-01")
    assert student.refused("onderwerp", "nieuw", "kwadrant", "p1", *words, status=2)["code"] == "not-a-student"


def test_everything_is_given_and_nothing_overwritten(student: Kwartier) -> None:
    told = student.json("student", "exporteer", "kwadrant", "s1", "--uit", "alles")
    assert (told["path"], told["records"]) == ("alles", 0)
    assert NAME in (student.desk / "alles" / "LEES-MIJ.md").read_text()
    assert student.refused("student", "exporteer", "kwadrant", "s1", "--uit", "alles")["code"] == "file-exists"
    student.text("student", "exporteer", "kwadrant", "s1", "--uit", "alles", "--overschrijf")
    assert student.refused("student", "exporteer", "kwadrant", "s9")["code"] == "unknown-subject"


def test_erasing_asks_first_about_the_decision_and_then_whether_it_is_meant(student: Kwartier) -> None:
    words = ("student", "wis", "kwadrant", "s1")
    assert student.refused(*words, "--ja", status=2)["code"] == "decision-missing"
    assert student.refused(*words, "--zonder-besluit", status=2)["code"] == "not-sure"
    assert student.refused(*words, "--zonder-besluit", "--besluit", "b", "--ja", status=2)["code"] == "decision-twice"
    told = student(*words, "--zonder-besluit")
    assert "s1" in told.err
    assert "niet terug te draaien" in told.err
    done = student.json(*words, "--besluit", "b", "--ja")
    assert done["decision"] == ["b.md", "b.toml"]
    assert done["counted"]
    assert any("Reservekopieën" in one for one in done["unreachable"])
    assert NAME in (student.desk / "b.toml").read_text()
    assert student.json("onderwerp", "lijst", "kwadrant")["subjects"] == []
    left = [path for path in student.data.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert left == []
    assert student.refused(*words, "--zonder-besluit", "--ja")["code"] == "unknown-subject"


def test_a_locked_student_is_erased_without_the_passphrase(student: Kwartier) -> None:
    student.text("student", "slot", "erop", "kwadrant", "s1", "--ja", "--wachtwoord-bestand", "woord")
    words = ("student", "wis", "kwadrant", "s1", "--ja")
    assert student.refused(*words, "--besluit", "b")["code"] == "locked"
    assert any("niet te lezen" in one for one in student.json(*words, "--zonder-besluit")["unreachable"])


def test_a_portfolio_moves_to_another_folder(student: Kwartier) -> None:
    give = ("student", "geef", "kwadrant", NAME, "mee.kwartier", "--wachtwoord-bestand", "woord")
    assert student.json(*give)["file"] == "mee.kwartier"
    assert student.refused(*give)["code"] == "file-exists"
    assert NAME.encode() not in (student.desk / "mee.kwartier").read_bytes()
    there = student.beside("elders")
    take = ("student", "neem", "mee.kwartier")
    assert there.refused(*take, status=2)["code"] == "organisation-missing"
    assert there.refused(*take, "--organisatie", "x")["code"] == "unknown-organisation"
    assert there.refused(*take, "--nieuwe-organisatie", "De Esdoorn", status=2)["code"] == "passphrase-missing"
    key = ("--wachtwoord-bestand", "woord")
    assert there.json(*take, "--nieuwe-organisatie", "De Esdoorn", *key)["code"] == "s1"
    assert there.json("onderwerp", "toon", "de-esdoorn", "s1")["name"] == NAME
    assert there.json(*take, "--organisatie", "de-esdoorn", *key)["new"] == 0
    (there.desk / "fout").write_text("iets anders\n")
    wrong = there.refused(*take, "--organisatie", "de-esdoorn", "--wachtwoord-bestand", "fout")
    assert wrong["code"] == "passphrase-wrong"
    handed = student.json("onderwerp", "toon", "kwadrant", "s1")["handed_over"]
    assert [row["to"] for row in handed] == ["de student"]


def test_the_decision_can_be_read_and_kept(student: Kwartier) -> None:
    assert "niets beoordeeld" in student.text("student", "besluit", "kwadrant", "s1")
    written = student.json("student", "besluit", "kwadrant", "s1", "--uit", "b.md")["files"]
    assert [Path(one).name for one in written] == ["b.md", "b.toml"]
    assert student.refused("student", "besluit", "kwadrant", "s1", "--uit", "b")["code"] == "file-exists"
