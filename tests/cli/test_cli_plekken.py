"""Workplaces from the command line: made and corrected, students placed, the list, and beginning from last time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Kwartier

from kwartier.store import toml

if TYPE_CHECKING:
    from pathlib import Path

NEW = ("meting", "nieuw", "de-kas", "perk", "--parameter", "niveau=4,5", "--onderwerp", "noord")
PEOPLE = ("--auditor", "Vera Voor", "--wie", "school=Sien School")
FIRST = "de-kas/perk/noord/2025-11-01"
ANSWERS = [
    {"item": "1", "value": "wel"},
    {"item": "2", "value": "misschien", "note": "In de zomer."},
    {"item": "3", "value": "niet"},
]


@pytest.fixture
def kas(kwartier: Kwartier, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Kwartier:
    """An organisation with a workplace, and the instrument about workplaces installed as a plugin is."""
    sample = request.config.rootpath / "tests/samples/instruments/perk"
    site = kwartier.home / "site"
    package, metadata = site / "kwartier_perkboek", site / "kwartier_perkboek-1.0.dist-info"
    package.mkdir(parents=True)
    metadata.mkdir()
    (package / "__init__.py").write_text("")
    for name in ("instrument.toml", "content.toml"):
        (package / name).write_bytes((sample / name).read_bytes())
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kwartier-perkboek\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[kwartier.instruments]\nperk = kwartier_perkboek\n")
    monkeypatch.syspath_prepend(str(site))
    kwartier.text("organisatie", "nieuw", "De Kas", "--plaats", "Delft")
    named = ("--naam", "Perk Noord", "--team", "Noord", "--setting", "kwekerij", "--niveau", "5,4", "--plaats", "Delft")
    kwartier.text("onderwerp", "nieuw", "de-kas", "noord", *named)
    return kwartier


def begun(kas: Kwartier) -> str:
    """A record with a verdict on conditions."""
    ref: str = kas.json(*NEW, *PEOPLE, "--datum", "2025-11-01")["ref"]
    kas.fill(ref, "plek", {"fact": [{"id": "begeleiders", "value": 2}]})
    kas.fill(ref, "lijst", {"answer": ANSWERS}, "--auditor", "Vera Voor")
    condition = {"text": "Laarzen kopen", "who": "Kees Kool", "due": "1-3-2026"}
    kas.fill(ref, "oordeel", {"value": "voorwaarden", "reason": "Nat.", "condition": [condition]})
    return ref


def subject_file(kas: Kwartier) -> Path:
    """Where the workplace stands."""
    return kas.data / "organisations/de-kas/subjects/noord/subject.toml"


def test_a_workplace_is_made_shown_and_corrected(kas: Kwartier) -> None:
    told = kas.json("onderwerp", "toon", "de-kas", "noord")
    assert (told["kind"], told["name"], told["team"]) == ("workplace", "Perk Noord", "Noord")
    assert told["setting"] == "kwekerij"
    assert (told["levels"], told["place"], told["all_placements"]) == ([4, 5], "Delft", [])
    kas.text("onderwerp", "wijzig", "de-kas", "noord", "--team", "", "--niveau", "3", "--gestopt", "1-12-2026")
    tree = toml.parse(subject_file(kas).read_bytes(), "")
    assert "team" not in tree
    assert tree["levels"] == [3]
    assert kas.json("onderwerp", "toon", "de-kas", "noord")["ended"] == "2026-12-01"
    assert "1 dec 2026" in kas.text("onderwerp", "toon", "de-kas", "noord")
    refused = kas.refused("onderwerp", "wijzig", "de-kas", "noord", "--niveau", "vier", status=2)
    assert refused["code"] == "levels-wrong"
    assert kas.json("organisatie", "toon", "de-kas")["place"] == "Delft"


def test_the_list_of_subjects_keeps_its_keys_and_names_no_student(kas: Kwartier) -> None:
    kas.text("onderwerp", "nieuw", "de-kas", "s1", "--naam", "Roos Stapper", "--soort", "student")
    told = kas.json("onderwerp", "lijst", "de-kas")
    assert told["subjects"] == ["noord", "s1"]
    assert [(one["code"], one["kind"], one["name"]) for one in told["details"]] == [
        ("noord", "workplace", "Perk Noord"),
        ("s1", "student", ""),
    ]
    assert "Roos" not in kas.text("onderwerp", "lijst", "de-kas") + kas.text("plekken")
    assert "Roos Stapper" in kas.text("onderwerp", "toon", "de-kas", "s1")


def test_a_placement_from_beginning_to_end(kas: Kwartier) -> None:
    new = ("plaatsing", "nieuw", "de-kas", "noord", "--student", "s1", "--van", "1-9-2026", "--tot", "2027-02-01")
    made = kas.json(*new, "--begeleider", "Kees Kool", "--niveau", "4")
    assert (made["student"], made["start"], made["end"], made["level"]) == ("s1", "2026-09-01", "2027-02-01", 4)
    assert kas.json("persoon", "lijst", "de-kas")["people"] == [{"code": made["supervisor"], "name": "Kees Kool"}]
    assert "Kees" not in subject_file(kas).read_text()
    kas.text("plaatsing", "wijzig", "de-kas", "noord", "s1", "--niveau", "5", "--opmerking", "Op maandag")
    (row,) = kas.json("plaatsing", "lijst", "de-kas")["placements"]
    assert (row["workplace"], row["number"], row["level"], row["note"]) == ("noord", 1, 5, "Op maandag")
    assert "Kees Kool" in kas.text("plaatsing", "lijst", "de-kas", "noord")
    kas.text("plaatsing", "stop", "de-kas", "noord", "1", "--op", "2026-10-01")
    assert kas.json("plaatsing", "lijst", "de-kas")["placements"][0]["end"] == "2026-10-01"
    told = kas.json("persoon", "wis", "de-kas", "Kees Kool", "--ja")
    assert (told["used"], told["placed"]) == ([], ["noord"])
    assert kas.refused("plaatsing", "weg", "de-kas", "noord", "1", status=2)["code"] == "not-sure"
    assert kas.json("plaatsing", "weg", "de-kas", "noord", "1", "--ja")["student"] == "s1"
    assert kas.json("plaatsing", "lijst", "de-kas")["placements"] == []
    assert kas.refused(*new[:5], "Roos Stapper", status=2)["code"] == "student-no-code"
    assert kas.refused("plaatsing", "stop", "de-kas", "noord", "9")["code"] == "unknown-placement"


def test_erasing_a_name_says_where_the_code_is_a_supervisor(kas: Kwartier) -> None:
    kas.text("plaatsing", "nieuw", "de-kas", "noord", "--student", "s1", "--begeleider", "Kees Kool")
    assert "een plaatsing bij noord" in kas.text("persoon", "wis", "de-kas", "Kees Kool", "--ja")


def test_the_list_has_verdict_conditions_and_end_date(kas: Kwartier) -> None:
    assert begun(kas) == FIRST
    kas.text("plaatsing", "nieuw", "de-kas", "noord", "--student", "s1")
    for told in (kas.json("plekken"), kas.json("plekken", "de-kas")):
        (one,) = told["workplaces"]
        assert (one["organisation"], one["code"], one["verdict"]) == ("de-kas", "noord", "geschikt onder voorwaarden")
        assert [(row["text"], row["due"]) for row in one["conditions"]] == [("Laarzen kopen", "2026-03-01")]
        assert (one["until"], one["verdict_ref"]) == ("2026-11-01", FIRST)
        assert [row["student"] for row in one["placements"]] == ["s1"]
    text = kas.text("plekken")
    for word in ("De Kas", "Perk Noord", "geschikt onder", "1 open", "1 nov 2026", "s1"):
        assert word in text
    assert "Nog geen praktijkleerplekken" in kas.beside("leeg").text("plekken")
    assert kas.refused("plekken", "nergens")["code"] == "unknown-organisation"


def test_a_new_record_makes_the_workplace_and_its_kind(kas: Kwartier) -> None:
    new = ("meting", "nieuw", "de-kas", "perk", "--datum", "2026-11-22", "--parameter", "niveau=3")
    assert kas.json(*new, "--onderwerp", "zuid", "--auditor", "Vera")["ref"] == "de-kas/perk/zuid/2026-11-22"
    assert kas.json("onderwerp", "toon", "de-kas", "zuid")["kind"] == "workplace"
    kas.text("onderwerp", "nieuw", "de-kas", "s1", "--soort", "student")
    assert kas.refused(*new, "--onderwerp", "s1", status=2)["code"] == "subject-other-kind"
    assert kas.refused(*new, "--onderwerp", "oost", "--auditor", "Vera", "--auditor", "Vera", status=2)
    assert kas.json("onderwerp", "lijst", "de-kas")["subjects"] == ["noord", "s1", "zuid"]


def test_it_starts_as_last_time_and_says_what_it_was(kas: Kwartier) -> None:
    begun(kas)
    ref = kas.json(*NEW, *PEOPLE, "--datum", "2026-11-01", "--volgt", FIRST)["ref"]
    form = kas.json("formulier", ref, "lijst", "--auditor", "Vera Voor")["form"]
    assert form.count('\nvalue = "') == 3
    assert "value = 2" in kas.json("formulier", ref, "plek")["form"]
    kas.fill(ref, "lijst", {"answer": [{"item": "2", "value": "wel", "note": ""}]}, "--auditor", "Vera Voor")
    kas.fill(ref, "plek", {"fact": [{"id": "begeleiders", "value": 3}]})
    walk = ("meting", "stap-voor-stap", ref, "--auditor", "Vera Voor", "--stap")
    said = kas.text(*walk, "lijst", stdin="item 2\nstop\n")
    assert "Vorige keer was: misschien." in said
    assert "Vorige keer was: wel" not in said
    assert "Vorige keer was: 2." in kas.text(*walk, "plek", stdin="\nstop\n")


def test_a_damaged_file_is_named_and_left_as_it_is(kas: Kwartier) -> None:
    begun(kas)
    subject_file(kas).write_text("[[placement")
    for words in (
        ("onderwerp", "toon", "de-kas", "noord"),
        ("onderwerp", "wijzig", "de-kas", "noord", "--naam", "Anders"),
        ("plaatsing", "nieuw", "de-kas", "noord", "--student", "s1"),
    ):
        assert "subject.toml" in kas.refused(*words)["place"]
    (one,) = kas.json("plekken")["workplaces"]
    assert one["problem"]
    assert one["verdict"] == "geschikt onder voorwaarden"
    assert subject_file(kas).read_text() == "[[placement"
    assert not json.loads(kas("controle", "--json").out)["sound"]
