"""Stories of who scores: alone, with three, along with somebody, in the place of somebody, on paper, by mistake."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Kwartier

FIRST = [4, 3, 3, 2, 4, 3, 3, 2, 3, 4, 3, 3]
SECOND = [4, 2, 3, 3, 4, 3, 2, 2, 4, 3, 3, 3]


def item(told: dict[str, Any], number: int) -> dict[str, Any]:
    """An item of an outcome."""
    found: dict[str, Any] = told["items"][number - 1]
    assert found["id"] == str(number)
    return found


def finding(kwartier: Kwartier, ref: str, name: str) -> dict[str, Any]:
    """Something that stands out in a measurement."""
    found: dict[str, Any] = next(one for one in kwartier.json("meting", "toon", ref)["findings"] if one["id"] == name)
    return found


def test_one_auditor_scores_with_a_reason_and_the_report_says_so(kwartier: Kwartier) -> None:
    kwartier.organisation()
    alone = ("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "Anna")
    error = kwartier.refused(*alone)
    assert error["code"] == "few-assessors"
    assert "--reden" in error["next"]
    ref = kwartier.start("Anna", more=["--reden", "De tweede auditor werd ziek."])
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", [*FIRST[:11], "niet besproken"])
    told = kwartier.json("uitslag", ref)
    assert item(told, 1)["score"] == 4
    assert (item(told, 12)["score"], item(told, 12)["missing"]) == (None, "niet besproken")
    assert (told["total"]["mean"], told["total"]["n"], told["total"]["of"]) == ("3.1", 11, 12)
    assert told["agreement"] is None
    assert "niet te bepalen" in told["why"]
    assert "niet te bepalen" in kwartier.text("uitslag", ref)
    steps = {one["id"]: one["status"] for one in kwartier.json("meting", "toon", ref)["steps"]}
    assert steps["consensus"] == "void"
    assert kwartier.json("definitief", ref)["version"] == 1
    report = kwartier.text("verslag", ref)
    assert "De tweede auditor werd ziek." in report
    assert "niet te bepalen" in report
    assert kwartier.json("controle")["sound"]


def test_a_second_auditor_who_never_came_asks_a_reason_before_sealing(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    kwartier.explain(ref)
    kwartier.text("auditor", "stop", ref, "Bram", "--reden", "Andere baan.")
    kwartier.score(ref, "Anna", FIRST, seal=False)
    error = kwartier.refused("verzegel", ref, "--auditor", "Anna")
    assert error["code"] == "few-assessors"
    assert f"kwartier reden {ref} aantal-auditors" in error["next"]
    assert finding(kwartier, ref, "aantal-auditors")["reason"] is None
    assert kwartier.refused("reden", ref, "aantal-auditors", " ", status=2)["code"] == "reason-missing"
    assert kwartier.refused("reden", ref, "iets-anders", "Daarom.", status=2)["code"] == "no-such-finding"
    kwartier.text("reden", ref, "aantal-auditors", "Bram vertrok en er was geen ander.")
    assert kwartier.json("verzegel", ref, "--auditor", "Anna")["revealed"] is True
    report = kwartier.text("verslag", ref)
    assert "Andere baan." in report
    assert "Bram vertrok en er was geen ander." in report


def test_three_auditors_differ_by_the_highest_minus_the_lowest(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram", "Cor")
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", FIRST)
    kwartier.score(ref, "Bram", SECOND)
    assert kwartier.json("uitslag", ref)["agreement"] is None
    kwartier.score(ref, "Cor", [1, *FIRST[1:]])
    told = kwartier.json("uitslag", ref)
    assert item(told, 1)["raters"] == {"a1": 4, "a2": 4, "a3": 1}
    assert item(told, 1)["difference"] == 3
    assert told["agreement"]["raters"] == ["a1", "a2", "a3"]
    assert (told["agreement"]["equal"], told["agreement"]["within_one"]) == (6, 11)
    assert told["agreement"]["kappa_quadratic"] is None
    assert told["agreement"]["kappa_why"] == "niet te bepalen"
    assert "verschil 3" in kwartier.text("uitslag", ref)
    kwartier.agree(ref)
    assert kwartier.json("uitslag", ref)["total"]["mean_exact"] == "37/12"


def test_a_shadow_scores_along_counts_not_and_delays_nobody(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram", more=["--meelopend", "Noor"])
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", FIRST)
    assert kwartier.json("verzegel", *seal_of(kwartier, ref, "Bram"))["revealed"] is True
    # Noor still scores: she sees nothing of the others, everybody else does.
    assert item(kwartier.json("uitslag", ref, "--auditor", "Noor"), 1)["raters"] == {}
    assert "nog niet verzegeld" in kwartier.text("uitslag", ref, "--auditor", "Noor")
    assert item(kwartier.json("uitslag", ref), 1)["raters"] == {"a1": 4, "a2": 4}
    kwartier.agree(ref)
    kwartier.score(ref, "Noor", [5] * 12)
    told = kwartier.json("uitslag", ref, "--auditor", "Noor")
    assert item(told, 1)["shadows"] == {"a3": 5}
    assert item(told, 1)["raters"] == {"a1": 4, "a2": 4}
    assert told["total"]["mean_exact"] == "37/12"
    assert told["agreement"]["raters"] == ["a1", "a2"]
    # Somebody may come along at any time, also now; a counting auditor may not.
    assert kwartier.refused("auditor", "erbij", ref, "Piet")["code"] == "already-revealed"
    assert kwartier.json("auditor", "erbij", ref, "Piet", "--meelopend")["code"] == "a4"
    people = next(one for one in kwartier.json("meting", "toon", ref)["steps"] if one["id"] == "zelf-scoren")["people"]
    assert [(one["code"], one["sealed"], one["counts"]) for one in people] == [
        ("a1", True, True),
        ("a2", True, True),
        ("a3", True, False),
        ("a4", False, False),
    ]


def seal_of(kwartier: Kwartier, ref: str, who: str) -> tuple[str, str, str]:
    """What `verzegel` asks, after somebody filled in the second sheet."""
    kwartier.score(ref, who, SECOND, seal=False)
    return (ref, "--auditor", who)


def test_an_auditor_is_replaced_midway_and_the_newcomer_scores_from_the_concept(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    kwartier.fill(ref, "interview", {"note": [{"item": "3", "text": "Van Bram."}]}, "--auditor", "Bram")
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", FIRST)
    kwartier.score(ref, "Bram", [5] * 12, note="half werk {}", seal=False)
    # Only stopping would lay Anna's scores open, and nobody could step in any more.
    stops = ("auditor", "stop", ref, "Bram", "--reden", "Ziek.")
    assert kwartier.refused(*stops)["code"] == "reveals"
    assert kwartier.json("auditor", "vervang", ref, "Bram", "Cor", "--reden", "Ziek.")["code"] == "a3"
    assert item(kwartier.json("uitslag", ref), 1)["raters"] == {}
    assert kwartier.refused("verzegel", ref, "--auditor", "Bram")["code"] == "person-stopped"
    kwartier.score(ref, "Cor", SECOND)
    told = kwartier.json("uitslag", ref)
    assert item(told, 2)["raters"] == {"a1": 3, "a3": 2}
    assert "half werk" not in kwartier.text("uitslag", ref)
    kwartier.agree(ref)
    kwartier.text("definitief", ref)
    report = kwartier.text("verslag", ref)
    assert "Ziek." in report
    assert "half werk" not in report
    assert [one["person"] for one in kwartier.json("agenda")["agenda"] if one["kind"] == "raw-notes"] == ["a2"]
    assert kwartier.json("controle")["sound"]


def test_who_stops_after_sealing_leaves_a_sheet_that_counts(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    kwartier.explain(ref)
    kwartier.score(ref, "Bram", SECOND)
    kwartier.text("auditor", "stop", ref, "Bram", "--reden", "Verhuisd.")
    kwartier.score(ref, "Anna", FIRST)
    assert item(kwartier.json("uitslag", ref), 2)["raters"] == {"a1": 3, "a2": 2}
    assert "Verhuisd." in kwartier.text("verslag", ref)


def test_a_measurement_on_paper_is_taken_over_and_followed_by_one_here(kwartier: Kwartier) -> None:
    kwartier.organisation()
    scores: list[dict[str, Any]] = [{"item": str(number), "value": 2} for number in range(1, 12)]
    given = ("--datum", "2026-03-02", "--bron", "scoreblad in de map kwaliteit")
    short = kwartier.refused("meting", "overnemen", "kwadrant", "mie", kwartier.file({"answer": scores}), *given)
    assert (short["code"], "item 12" in short["message"]) == ("sheet-incomplete", True)
    assert kwartier.json("meting", "lijst", "kwadrant")["assessments"] == []
    scores.append({"item": "12", "missing": "niet van toepassing"})
    taken = kwartier.json("meting", "overnemen", "kwadrant", "mie", kwartier.file({"answer": scores}), *given)
    assert taken == {"ref": "kwadrant/mie/2026-03-02"}
    told = kwartier.json("uitslag", taken["ref"])
    assert told["paper"] == "scoreblad in de map kwaliteit"
    assert (told["total"]["mean"], told["total"]["n"], told["agreement"]) == ("2.0", 11, None)
    assert all(one["raters"] == {} for one in told["items"])
    text = kwartier.text("uitslag", taken["ref"])
    assert "niet vastgelegd" in text
    assert "gemiddelde van 11 van 12 items" in text
    report = kwartier.text("verslag", taken["ref"])
    assert "niet vastgelegd" in report
    assert "scoreblad in de map kwaliteit" in report

    ref = kwartier.start("Anna", "Bram", day="2028-03-02", more=["--volgt", taken["ref"]])
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", FIRST)
    kwartier.score(ref, "Bram", SECOND)
    kwartier.agree(ref)
    compared = kwartier.json("uitslag", ref, "--met", taken["ref"])["comparison"]
    assert compared["total"]["difference_exact"] == "12/11"
    assert any("papier" in one for one in compared["differs"])
    assert kwartier.json("controle")["sound"]


def test_before_the_reveal_a_sheet_is_reopened_and_afterwards_an_answer_is_a_mistake(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", [1, *FIRST[1:]])
    changed = kwartier.file({"answer": [{"item": "1", "value": 4}]})
    assert kwartier.refused("invullen", ref, changed, "--auditor", "Anna")["code"] == "sealed"
    kwartier.text("heropen", ref, "--auditor", "Anna", "--reden", "Item 1 verkeerd gelezen.")
    kwartier.text("invullen", ref, changed, "--auditor", "Anna")
    kwartier.text("verzegel", ref, "--auditor", "Anna")
    kept = (kwartier.data / "organisations" / ref / "zelf-scoren.a1.toml").read_text()
    assert "Item 1 verkeerd gelezen." in kept
    assert [row["answer"][0]["value"] for row in tomllib.loads(kept)["earlier"]] == [1]

    slip = ("vergissing", ref, "7", "--auditor", "Bram", "--reden", "Ik bedoelde 3.")
    assert kwartier.refused(*slip)["code"] == "not-revealed"
    kwartier.score(ref, "Bram", SECOND)
    again = kwartier.refused("heropen", ref, "--auditor", "Bram", "--reden", "Toch nog iets.")
    assert again["code"] == "already-revealed"
    assert "vergissing" in again["next"]
    kwartier.text(*slip)
    # It stays as it is, stays counted, and is named.
    assert item(kwartier.json("uitslag", ref), 7)["raters"] == {"a1": 3, "a2": 2}
    assert kwartier.json("uitslag", ref)["agreement"]["equal"] == 7
    kwartier.agree(ref)
    assert "Ik bedoelde 3." in kwartier.text("verslag", ref)
    kwartier.text("definitief", ref)
    assert kwartier.refused(*slip)["code"] == "definitive"
    assert kwartier.json("controle")["sound"]


def test_departures_warn_and_ask_a_reason_and_stop_nobody(kwartier: Kwartier) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    for _ in range(10):
        kwartier.text("deelnemer", "erbij", ref, "--rol", "client", "--toestemming", "gegeven")
    eleventh = kwartier("deelnemer", "erbij", ref, "--rol", "naaste", "--toestemming", "gegeven")
    assert eleventh.status == 0
    assert f"kwartier reden {ref} veel-deelnemers" in eleventh.err
    assert finding(kwartier, ref, "veel-deelnemers")["level"] == "reason"
    recorded = kwartier.file({"audio_recorded": True})
    warned = kwartier("invullen", ref, recorded, "--stap", "deelnemers")
    assert (warned.status, "Geluidsopname zonder toestemming" in warned.err) == (0, True)
    kwartier.text("reden", ref, "veel-deelnemers", "Twee teams samen.")
    kwartier.text("reden", ref, "geluid-zonder-toestemming", "De opname is meteen gewist.")
    one = kwartier.file({"action": [{"text": "Alleen dit."}], "date": "2027-01-20"})
    only = kwartier("invullen", ref, one, "--stap", "actiepunten")
    assert f"kwartier reden {ref} aantal-actiepunten" in only.err
    kwartier.text("invullen", ref, one, "--stap", "actiepunten", "--reden", "Eerst dit afmaken.")
    assert finding(kwartier, ref, "aantal-actiepunten")["reason"] == "Eerst dit afmaken."
    report = kwartier.text("verslag", ref)
    for reason in ("Twee teams samen.", "De opname is meteen gewist.", "Eerst dit afmaken."):
        assert reason in report
