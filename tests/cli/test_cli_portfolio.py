"""A portfolio from the command line: who takes part with which traits, two judgements, and the student apart."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import Kwartier

from kwartier.instrument.selection import for_parameters
from kwartier.plugins.host import Host

REF, NAME = "kwadrant/leerplan/s1/2026-09-01", "Sien de Student"
CONTENT = for_parameters(Host().open("leerplan").content, {"niveau": 2})
ITEMS = [item.id for item in CONTENT.items()]


@pytest.fixture
def begun(kwartier: Kwartier) -> Kwartier:
    """A portfolio of a student with two assessors, of one of whom something was said."""
    kwartier.organisation()
    kwartier.text("onderwerp", "nieuw", "kwadrant", "s1", "--soort", "student", "--naam", NAME)
    told = kwartier.json(
        *("meting", "nieuw", "kwadrant", "leerplan", "--datum", "2026-09-01", "--onderwerp", "s1"),
        *("--parameter", "niveau=2", "--wie", "beoordelaar=Anna", "--wie", "beoordelaar=Bram"),
        *("--kenmerk", "geschoold=ja", "--kenmerk", "Anna:ervaringsdeskundig=ja"),
    )
    assert told["ref"] == REF
    assert told["people"] == {"s1": NAME, "a1": "Anna", "a2": "Bram"}
    (kwartier.desk / "sleutel.txt").write_text("vijver klinker zondag\n", "utf-8")
    return kwartier


def sheet(value: str, **others: str) -> dict[str, Any]:
    """The same judgement of every item, save some."""
    return {"answer": [{"item": item, "value": others.get(item, value)} for item in ITEMS]}


def findings(kwartier: Kwartier) -> set[str]:
    return {one["id"] for one in kwartier.json("meting", "toon", REF)["findings"]}


def test_traits_are_said_at_the_start_and_later(begun: Kwartier) -> None:
    assert not {one for one in findings(begun) if one.startswith("trait-")}
    said = begun.json("auditor", "kenmerk", REF, "Anna", "ervaringsdeskundig=nee", "geschoold=weg")
    assert said["traits"] == {"ervaringsdeskundig": False}
    assert {"trait-ervaringsdeskundig", "trait-geschoold"} <= findings(begun)
    assert begun.json("auditor", "erbij", REF, "Cor", "--kenmerk", "ervaringsdeskundig=ja")["code"] == "a3"
    assert "trait-ervaringsdeskundig" not in findings(begun)
    begun.refused("auditor", "kenmerk", REF, "Anna", "geschoold", status=2)
    begun.refused("auditor", "kenmerk", REF, "Anna", "lang=ja", status=2)
    begun.refused("auditor", "kenmerk", REF, "s1", "geschoold=ja", status=2)
    start = ("meting", "nieuw", "kwadrant", "leerplan", "--datum", "2026-10-01", "--onderwerp", "s1")
    more = ("--parameter", "niveau=2", "--wie", "beoordelaar=Anna", "--reden", "x")
    assert begun.refused(*start, *more, "--kenmerk", "Bram:geschoold=ja", status=2)["code"] == "trait-of-nobody"


def test_two_judgements_each_with_their_own_outcome(begun: Kwartier) -> None:
    for who, value in (("Anna", "deels"), ("Bram", "aangetoond")):
        begun.fill(REF, "tussentijds", sheet("deels", **{ITEMS[0]: value}), "--auditor", who)
        begun.text("verzegel", REF, "--auditor", who)
    agreed = begun.json("consensus", REF, "--gelijke")
    assert agreed["open"] == [ITEMS[0]]
    assert "nog geen" in begun.text("uitslag", REF).lower()
    found = begun.json("uitslag", REF, "--stap", "tussentijds")
    assert found["items"][1]["score"] == "deels"
    assert begun.refused("uitslag", REF, "--stap", "bewijs", status=2)["code"] == "step-not-scored"
    begun.text("vergissing", REF, ITEMS[0], "--auditor", "Bram", "--reden", "Verkeerd gelezen")
    assert (
        begun.refused("meting", "geef", REF, "--auditor", "Bram", "--stap", "tussentijds")["code"] == "already-sealed"
    )
    assert begun.json("meting", "geef", REF, "--auditor", "Bram", "--uit", "bram.kwartier")["locked"] is False
    text = (begun.desk / "bram.kwartier").read_text("utf-8")
    assert NAME not in text
    assert begun.json("blad", "open", "bram.kwartier")["step"] == "eind"
    begun.text("meting", "geef", REF, "--auditor", "Bram", "--uit", "met.kwartier", "--met-naam")
    assert NAME in (begun.desk / "met.kwartier").read_text("utf-8")


def test_the_student_works_apart_and_brings_it_back(begun: Kwartier) -> None:
    key = ("--wachtwoord-bestand", "sleutel.txt")
    begun.fill(REF, "bewijs", {"evidence": [{"id": "b1", "title": "Dagboek"}]}, "--auditor", "s1")
    assert begun.refused("meting", "geef", REF, "--auditor", "s1")["code"] == "passphrase-needed"
    begun.text("meting", "geef", REF, "--auditor", "s1", "--uit", "sien.kwartier", *key)
    assert b"Dagboek" not in (begun.desk / "sien.kwartier").read_bytes()
    opened = begun.json("blad", "open", "sien.kwartier", *key)
    assert opened["own"] == ["bewijs", "feedback"]
    apart = begun.beside(str(begun.desk / opened["folder"]))
    apart.fill(REF, "bewijs", {"evidence": [{"id": "b2", "title": "Verslag"}]}, "--auditor", "s1")
    apart.fill(REF, "zelfbeoordeling", {"answer": [{"item": ITEMS[0], "value": "deels"}]}, "--auditor", "s1")
    assert begun.refused("blad", "inpakken", "sien")["code"] == "passphrase-needed"
    assert "verzegeld" not in begun.text("blad", "inpakken", "sien", *key)
    taken = begun.json("meting", "neem", "sien-terug.kwartier", *key)
    assert (taken["rows"], taken["files"], taken["sheet"]) == (2, 0, False)
    assert "niets nieuws" in begun.text("meting", "neem", "sien-terug.kwartier", *key)
