"""kwartier opleiding, ladder, dekking and groep, as a programme and its students use them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Kwartier

PROFILE = """schema = 1
id = "eigen"
instrument = "leerplan"
title = "Eigen opleiding"
when = { niveau = [4] }
outcome = [{ id = "u1", title = "Er zijn" }, { id = "u2", title = "Erbij zijn" }]
module = [{ id = "m1", title = "Eerste", ec = 15 }, { id = "m2", title = "Tweede", ec = 10 }]
"""
WIDE = 80


def begin(kwartier: Kwartier, code: str = "s1", more: tuple[str, ...] = ()) -> str:
    """A portfolio at level 4; its reference."""
    if not (kwartier.data / "organisations" / "kwadrant").exists():
        kwartier.organisation()
    words = ["--datum", "2026-09-01", "--onderwerp", code, "--parameter", "niveau=4", *more]
    people = ["--wie", "beoordelaar=Anna", "--wie", "beoordelaar=Bram"]
    ref: str = kwartier.json("meting", "nieuw", "kwadrant", "leerplan", *words, *people)["ref"]
    return ref


def evidence(kwartier: Kwartier, ref: str, count: int, code: str = "s1") -> None:
    """So many pieces of evidence with 1.1, every other one also with 1.2; the first is for everyone."""
    rows = [
        {"title": f"Stuk {n}", "items": ["1.1", "1.2"][: 1 + n % 2], "readers": ["everyone"] if n == 0 else []}
        for n in range(count)
    ]
    kwartier.fill(ref, "bewijs", {"evidence": rows}, "--auditor", code)


def widest(text: str) -> int:
    """The length of the longest line with columns; sentences flow with the terminal."""
    return max(len(line) for line in text.splitlines() if "  " in line)


def test_a_programme_writes_checks_uses_and_links_its_profile(kwartier: Kwartier) -> None:
    assert "mex" in kwartier.text("opleiding", "lijst")
    kwartier.text("opleiding", "nieuw", "leeg.toml", "--instrument", "leerplan")
    assert kwartier.json("opleiding", "controle", "leeg.toml")["usable"]
    path = kwartier.desk / "eigen.toml"
    path.write_text(PROFILE.replace("niveau", "nivo"), "utf-8")
    error = kwartier.refused("opleiding", "controle", "eigen.toml")
    assert error["code"] == "mistakes" and "eigen.toml:5" in error["message"] and '"niveau"' in error["message"]
    path.write_text(PROFILE, "utf-8")
    kwartier.text("opleiding", "gebruik", "eigen.toml")
    kwartier.text("opleiding", "koppel", "eigen", "1.1", "u1", "u2")
    told = kwartier.json("opleiding", "toon", "eigen")
    assert [(one["id"], one["items"]) for one in told["outcome"]] == [("u1", ["1.1"]), ("u2", ["1.1"])]
    assert told["ec"] == 25 and "1.1" not in told["unlinked"]["items"] and "1.2" in told["unlinked"]["items"]
    assert "Samen 25 EC." in kwartier.text("opleiding", "toon", "eigen")
    assert kwartier.json("opleiding", "koppel", "eigen", "1.1")["outcomes"] == []
    assert kwartier.refused("opleiding", "koppel", "eigen", "1.1", "u9", status=2)["code"] == "unknown-outcome"


def test_the_ladder_marks_what_is_new_without_colour(kwartier: Kwartier) -> None:
    told = kwartier.json("ladder", "leerplan", "1.1")
    (item,) = told["items"]
    values = [value for rung in item["rungs"] for value in rung["values"]]
    assert values == told["values"] == [2, 3, 4, 5, 6, 7]
    text = kwartier.text("ladder", "leerplan", "1.1")
    for rung in item["rungs"]:
        assert rung["text"] == "".join(run["text"] for run in rung["runs"])
        for run in rung["runs"]:
            assert not run["new"] or f"‹{run['text'].strip()}›" in text
    steps = kwartier.json("ladder", "leerplan", "--van", "3", "--naar", "4")["steps"]
    assert {one["kind"] for one in steps} <= {"same", "changed", "added", "gone"}
    assert kwartier.refused("ladder", "leerplan", "--van", "3", status=2)["code"] == "half-compared"


def test_the_matrix_fits_a_terminal_and_shows_each_reader_its_own(kwartier: Kwartier) -> None:
    (kwartier.desk / "eigen.toml").write_text(PROFILE, "utf-8")
    kwartier.text("opleiding", "gebruik", "eigen.toml")
    kwartier.text("opleiding", "koppel", "eigen", "1.1", "u1")
    ref = begin(kwartier, more=("--opleiding", "eigen"))
    evidence(kwartier, ref, 30)
    text = kwartier.text("dekking", ref, "--auditor", "s1")
    assert widest(text) <= WIDE
    assert sum(line.startswith("1.2 ") and "●" in line for line in text.splitlines()) == 2
    told = kwartier.json("dekking", ref, "--auditor", "s1")
    assert [len(row["pieces"]) for row in told["items"][:3]] == [30, 15, 0]
    assert (told["profile"], told["covered"], [one["covered"] for one in told["outcomes"]]) == ("eigen", 2, [1, 0])
    others = kwartier.json("dekking", ref, "--auditor", "Anna")
    assert [piece["title"] for piece in others["pieces"]] == ["Stuk 0"] and others["withheld"]
    by_outcome = kwartier.text("dekking", ref, "--per", "opleiding", "--auditor", "s1")
    assert "●1.1" in by_outcome and "nog niet gekoppeld" in by_outcome
    assert "Opleiding: Eigen opleiding" in kwartier.text("meting", "toon", ref)


def test_a_group_is_shown_in_counts_with_a_warning_and_a_file_on_purpose(kwartier: Kwartier) -> None:
    for number in (1, 2):
        ref = begin(kwartier, f"s{number}")
        kwartier.text("onderwerp", "wijzig", "kwadrant", f"s{number}", "--naam", f"Naam-{number}")
        evidence(kwartier, ref, number, f"s{number}")
    text = kwartier.text("groep", "kwadrant")
    assert text.startswith("2 studenten") and "te herkennen" in text
    assert widest(text) <= WIDE
    told = kwartier.json("groep", "kwadrant")
    first = told["items"][0]
    assert (first["id"], first["asked"], first["evidence"], told["small"]) == ("1.1", 2, 2, True)
    assert "Naam-" not in text + str(told) and "s1" not in str(told)
    assert kwartier.refused("groep", "kwadrant", "--uit", "g.csv")["code"] == "small-group"
    kwartier.text("groep", "kwadrant", "--uit", "g.csv", "--kleine-groep")
    lines = (kwartier.desk / "g.csv").read_text("utf-8-sig").splitlines()
    rows = [*csv.DictReader(lines, delimiter=";")]
    assert (rows[0]["item"], rows[0]["studenten"], rows[0]["met bewijs"]) == ("1.1", "2", "2")
