"""kwartier oordeel: what is proposed and why, the verdict, its conditions and signatures, as commands and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli

if TYPE_CHECKING:
    from tests.conftest import Kwartier

ILSE, OTTO = "Ilse Invul", "Otto Opleider"


@pytest.fixture
def ref(kwartier: Kwartier) -> str:
    """An assessment of a workplace of which all was answered with the first answer there is."""
    kwartier.organisation()
    started: str = kwartier.json(
        *("meting", "nieuw", "kwadrant", "praktijkleerplek", "--datum", "2026-11-22", "--onderwerp", "w1"),
        *("--parameter", "niveau=4,5", "--wie", f"invuller={ILSE}", "--wie", f"opleiding={OTTO}"),
    )["ref"]
    first = {"a": "ja", "b": "wel", "c": "kan", "d": "kan", "e": "ja"}
    lines = kwartier.text("formulier", started, "lijst", "--auditor", ILSE).splitlines()
    items = dict.fromkeys(tomli.loads(line)["item"] for line in lines if line.startswith("item = "))
    assert len(items) > 20
    sheet = kwartier.file({"answer": [{"item": item, "value": first[item[0]]} for item in items]})
    kwartier.text("invullen", started, sheet, "--auditor", ILSE)
    return started


def facts(kwartier: Kwartier, ref: str, **values: Any) -> None:
    """Facts on the place; without more, all is well."""
    well = {"recognition": True, "supervisor_level": 6, "direction_4": True, "improper_use": False, **values}
    kwartier.text("feiten", ref, kwartier.file({"fact": [{"id": id, "value": value} for id, value in well.items()]}))


def test_what_is_missing_is_named_and_nothing_is_decided(kwartier: Kwartier, ref: str) -> None:
    told = kwartier.json("oordeel", ref)
    assert (told["verdict"], told["proposal"]["verdict"]) == (None, None)
    assert told["proposal"]["missing"]
    shown = kwartier.text("oordeel", ref)
    assert "nog geen oordeel" in shown and "nog niet te zeggen" in shown and "hulpmiddel van kwartier" in shown


def test_a_proposal_is_followed_or_motivated(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref)
    assert kwartier.json("oordeel", ref)["proposal"]["verdict"] == "geschikt"
    error = kwartier.refused("oordeel", ref, "--geef", "niet-geschikt", status=2)
    assert "een motivering is nodig, want kwartier stelde 'geschikt' voor" in error["message"]
    assert kwartier.json("oordeel", ref)["verdict"] is None, "nothing was kept"
    told = kwartier.json("oordeel", ref, "--geef", "geschikt")
    assert (told["verdict"], told["proposed"], told["reason"]) == ("geschikt", "geschikt", None)
    told = kwartier.json("oordeel", ref, "--geef", "niet-geschikt", "--reden", "Het team wil niet.")
    assert (told["title"], told["proposed"], told["reason"]) == ("niet geschikt", "geschikt", "Het team wil niet.")
    assert "is geen antwoord" in kwartier.refused("oordeel", ref, "--geef", "prima", status=2)["message"]


def test_conditions_get_a_person_and_a_day_and_come_back_in_the_agenda(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref, improper_use=True)
    give = ("oordeel", ref, "--geef", "geschikt-onder-voorwaarden")
    assert "minstens een voorwaarde" in kwartier.refused(*give, status=2)["message"]
    offered = kwartier.json("oordeel", ref)["offered"]
    told = kwartier.json(*give, "--neem-over", "--voorwaarde", f"Een plek; met een bureau;{ILSE};1-2-2027")
    assert told["offered"] == [] and len(told["conditions"]) == len(offered) + 1
    own = next(row for row in told["conditions"] if row["text"] == "Een plek; met een bureau")
    assert (own["who"], own["due"], own["state"]) == ("a1", "2027-02-01", "open")
    loose = kwartier("oordeel", ref, "--reden", "Goed te regelen.")
    assert loose.status == 0 and "nog niet staat wie" in loose.err
    agenda = [one for one in kwartier.json("agenda")["agenda"] if one["kind"] == "condition"]
    assert len(agenda) == len(offered) + 1 and "2027-02-01" in [one["date"] for one in agenda]
    place = [row["id"] for row in told["conditions"]].index(own["id"]) + 1
    other = 3 - place
    closed = kwartier.json("oordeel", ref, "--voldaan", place, "--voorwaarde", f"{other};{OTTO};2027-03-01")
    states = [(row["state"], row["who"]) for row in closed["conditions"]]
    assert states[place - 1] == ("voldaan", "a1") and states[other - 1] == ("open", "a2")
    assert kwartier.json("oordeel", ref, "--vervalt", other)["conditions"][other - 1]["state"] == "vervallen"
    assert not [one for one in kwartier.json("agenda")["agenda"] if one["kind"] == "condition"]
    assert "Er is geen voorwaarde 9" in kwartier.refused("oordeel", ref, "--voldaan", 9, status=2)["message"]


def test_both_sign_and_a_signature_is_withdrawn_before_anything_changes(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref)
    sign = ("--onderteken", "invuller", "--door", "Ilse")
    assert "nog geen oordeel" in kwartier.refused("oordeel", ref, *sign, status=2)["message"]
    kwartier.text("oordeel", ref, "--geef", "geschikt", *sign)
    assert "Zeg wie er tekent" in kwartier.refused("oordeel", ref, "--onderteken", "opleiding", status=2)["message"]
    wrong = kwartier.refused("oordeel", ref, "--onderteken", "opleiding", "--door", ILSE, status=2)
    assert "is geen beoordelaar" in wrong["message"]
    told = kwartier.json("oordeel", ref, "--onderteken", "opleiding", "--door", OTTO, "--datum", "2026-12-01")
    assert [(row["role"], row["by"]) for row in told["signatures"]] == [("invuller", "a1"), ("opleiding", "a2")]
    assert "getekend door Otto Opleider, 1 dec 2026" in kwartier.text("oordeel", ref)
    other = ("oordeel", ref, "--geef", "niet-geschikt", "--reden", "Toch niet.")
    assert "trek de handtekening eerst in" in kwartier.refused(*other, status=2)["message"]
    told = kwartier.json(*other, "--trek-in", "invuller", "--trek-in", "opleiding")
    assert (told["verdict"], told["signatures"]) == ("niet-geschikt", [])


def test_lists_and_report_say_the_verdict(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref)
    kwartier.text("oordeel", ref, "--geef", "geschikt")
    assert "geschikt" in kwartier.text("meting", "lijst", "kwadrant")
    (told,) = kwartier.json("uitslag", ref)["verdicts"]
    assert (told["step"], told["verdict"], told["proposal"]["verdict"]) == ("oordeel", "geschikt", "geschikt")
    report = kwartier.text("verslag", ref)
    assert "## Oordeel" in report and "hulpmiddel" in report and "| Invuller (organisatie) | Ilse Invul |" in report


def test_step_by_step_asks_for_a_motivation_and_conditions(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref, improper_use=True)
    typed = ["v", "alle", "", "1", "", "Ilse", "1-2-2027", "", "", "", "Ilse", "Otto", "stop"]
    told = kwartier.text("meting", "stap-voor-stap", ref, "--stap", "oordeel", stdin="\n".join([*typed, ""]))
    assert "kwartier stelt voor: geschikt onder voorwaarden." in told
    found = kwartier.json("oordeel", ref)
    assert found["verdict"] == "geschikt-onder-voorwaarden"
    assert (found["conditions"][0]["who"], found["conditions"][0]["due"]) == ("a1", "2027-02-01")
    assert [row["by"] for row in found["signatures"]] == ["a1", "a2"], told
    told = kwartier.text("meting", "stap-voor-stap", ref, "--stap", "oordeel", stdin="n\nLiever niet.\nstop\n")
    assert "trek de handtekening" in told


def test_an_instrument_without_a_verdict_says_so(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    error = kwartier.refused("oordeel", ref, status=2)
    assert error["code"] == "no-verdict"


def test_a_number_that_no_condition_has_is_no_condition_of_that_name(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref, improper_use=True)
    kwartier.text("oordeel", ref, "--geef", "geschikt-onder-voorwaarden", "--neem-over")
    count = len(kwartier.json("oordeel", ref)["conditions"])
    error = kwartier.refused("oordeel", ref, "--voorwaarde", f"{count + 1};{ILSE};15-12-2026", status=2)
    assert error["code"] == "no-condition"
    assert len(kwartier.json("oordeel", ref)["conditions"]) == count


def test_the_only_one_who_judges_is_noted_as_who_gave_the_verdict(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref)
    kwartier.text("oordeel", ref, "--geef", "geschikt")
    assert f"Gegeven door {OTTO}" in kwartier.text("verslag", ref, "--variant", "pagina")


def test_no_definitive_report_without_the_verdict(kwartier: Kwartier, ref: str) -> None:
    facts(kwartier, ref)
    told = kwartier.text("verzegel", ref, "--auditor", ILSE)
    assert f"oordeel {ref}" in told
    assert "tot er een oordeel is" in kwartier.text("meting", "toon", ref)
    assert kwartier.refused("definitief", ref)["code"] == "no-verdict"
    kwartier.text("oordeel", ref, "--geef", "geschikt")
    assert "versie 1" in kwartier.text("definitief", ref)
