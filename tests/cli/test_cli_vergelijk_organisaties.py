"""`kwartier vergelijk --instrument`: organisations side by side, as text, JSON, table and report."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from kwartier.errors import Misused
from kwartier.reports.organisations_exported import harmless
from kwartier.text import cells

if TYPE_CHECKING:
    from tests.conftest import Kwartier, Prepared

NAMES = ("Alfa", "Bravo", "=Charlie", "Delta", "Échelon", "Foxtrot")
COMPARE = ("vergelijk", "--instrument", "mie")


def take(kwartier: Kwartier, slug: str, score: int, day: str, missing: str = "") -> None:
    """A record from paper in which nearly all scores are the same."""
    from tests.conftest import answers

    scores: list[object] = [score] * 11
    given = kwartier.file(answers([*scores, missing or score]))
    kwartier.json("meting", "overnemen", slug, "mie", given, "--datum", day, "--bron", "Map")


def measured(kwartier: Kwartier) -> None:
    for number, name in enumerate(NAMES):
        more = ["--soort", "ggz" if number else "ribw", "--clienten", 1000 * (number + 1)]
        slug = kwartier.json("organisatie", "nieuw", name, *more)["slug"]
        take(kwartier, slug, 1 + number % 4, "2025-01-01")
        if number:
            take(kwartier, slug, 2 + number % 4, "2026-01-01", "te weinig informatie" if number == 5 else "")


@pytest.fixture
def six(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    """Six organisations, five of which were measured twice."""
    return prepared(kwartier, measured)


def test_the_text_fits_eighty_columns(six: Kwartier) -> None:
    out = six.text(*COMPARE, "--organisatie", "delta", "--groepen", "soort", "--bevoegd")
    drawn = [line for line in out.splitlines() if "━" in line or "●" in line or "  " in line.strip()]
    assert len(drawn) > 60
    assert [line for line in drawn if cells(line) > 80] == []
    assert "◆ Delta" in out
    assert "Dit overzicht toont een groep van minder dan 5" in out
    for title in ("1. Gemiddelde per", "2. Laatste meting", "3. Verschil per organisatie", "4. Verschil per item"):
        assert title in out
    assert "Dit is geen ranglijst" in out


def test_marks_show_every_organisation(six: Kwartier) -> None:
    line = next(line for line in six.text(*COMPARE, "--organisatie", "delta").splitlines() if line.startswith("1 "))
    assert (line.count("●"), line.count("◆")) == (5, 1)


def test_what_a_program_reads(six: Kwartier) -> None:
    told = six.json(*COMPARE, "--organisatie", "delta")
    assert told["rows"][0]["label"] == "Delta"
    assert told["own"] == 0
    assert (told["rows"][0]["total"], told["rows"][0]["total_exact"], told["rows"][0]["ref"]) == (
        *("5.0", "5", "delta/mie/2026-01-01"),
    )
    first = told["items"][0]
    assert (first["marks"], first["spread"]["n"], first["place"]["n"]) == ([5, 4, 3, 3, 2, 1], 6, 5)
    assert (first["spread"]["median"], first["spread"]["median_exact"], first["spread"]["quartiles"]) == (
        "3.0",
        "3",
        None,
    )
    last = told["items"][-1]
    assert (last["spread"]["n"], last["spread"]["missing"]) == (5, 1)
    assert len(told["change"]["rows"]) == 5
    assert {row["difference"] for row in told["change"]["rows"]} == {"1.0"}
    assert (told["named"], told["entitled"], told["instrument"]) == (True, False, "mie")


def test_without_names(six: Kwartier) -> None:
    for more in ([], ["--json"]):
        out = six.text(*COMPARE, "--zonder-namen", "--organisatie", "delta", *more)
        assert "Uw organisatie" in out
        for name in (*NAMES, "delta/", "ribw", "2026-01-01"):
            assert name.casefold() not in out.casefold(), name
    row = six.json(*COMPARE, "--zonder-namen")["rows"][0]
    assert {"slug", "ref", "day", "kind", "clients"}.isdisjoint(row)
    assert row["label"] == "A"


def rows_of(kwartier: Kwartier, name: str) -> list[dict[str, str]]:
    """The rows of a table for spreadsheets."""
    text = (kwartier.desk / name).read_bytes().decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text), delimiter=";")]


def test_a_table_for_a_spreadsheet(six: Kwartier) -> None:
    told = six.json(*COMPARE, "--csv", "tabel.csv")
    assert told["files"] == ["tabel.csv"]
    rows = {row["slug"]: row for row in rows_of(six, "tabel.csv")}
    assert rows["charlie"]["organisatie"] == "'=Charlie"
    assert rows["echelon"]["organisatie"] == "Échelon"
    assert (rows["delta"]["1"], rows["delta"]["totaal"], rows["delta"]["verschil"]) == ("5", "5,0", "1,0")
    assert (rows["foxtrot"]["12"], rows["foxtrot"]["gemiddelde E"]) == ("", "3,0")
    assert (rows["alfa"]["eerste meting"], rows["alfa"]["verschil"]) == ("", "")
    assert "let op" not in rows["delta"]


def test_a_report(six: Kwartier) -> None:
    assert "Klaar: verslag.md" in six.text(*COMPARE, "--verslag", "verslag.md", "--organisatie", "bravo")
    six.text(*COMPARE, "--verslag", "verslag.pdf")
    assert (six.desk / "verslag.pdf").read_bytes().startswith(b"%PDF-")
    text = (six.desk / "verslag.md").read_text()
    for part in ("# MIE: organisaties vergeleken", "Verschil per item", "Plaats tussen de anderen", "KWARTIEL.INC"):
        assert part in text
    assert "| ◆ Bravo |" in text
    assert "over de items die beide keren een score kregen" in text


def test_a_small_group_says_so_in_every_file(six: Kwartier) -> None:
    few = ["--alleen", "alfa", "--alleen", "bravo"]
    assert six.refused(*COMPARE, *few)["code"] == "group-too-small"
    done = six.text(*COMPARE, *few, "--bevoegd", "--csv", "t.csv", "--verslag", "v.md")
    said = "Dit overzicht toont een groep van minder dan 5"
    assert said in done
    assert said in (six.desk / "v.md").read_text()
    assert all(row["let op"].startswith(said) for row in rows_of(six, "t.csv"))
    told = six.json(*COMPARE, *few, "--bevoegd")
    assert told["entitled"] and told["notes"][0].startswith(said)


def test_nothing_is_overwritten_unasked(six: Kwartier) -> None:
    (six.desk / "v.md").write_text("van mij")
    wrong = six.refused(*COMPARE, "--csv", "t.csv", "--verslag", "v.md")
    assert wrong["code"] == "file-exists"
    assert (six.desk / "v.md").read_text() == "van mij"
    assert not (six.desk / "t.csv").exists(), "all or nothing"
    six.text(*COMPARE, "--csv", "t.csv", "--verslag", "v.md", "--overschrijf")
    assert (six.desk / "v.md").read_text() != "van mij"
    assert six.refused(*COMPARE, "--csv", "x", "--verslag", "x", status=2)["code"] == "same-file"


def test_a_selection_by_size(six: Kwartier) -> None:
    told = six.json(*COMPARE, "--clienten", "2.000-", "--soort", "GGZ")
    assert {row["label"] for row in told["rows"]} == set(NAMES[1:])
    assert "minstens 2.000 cliënten" in told["selection"]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ([], "nothing-named"),
        (["--instrument", "niets"], "unknown-instrument"),
        (["--instrument", "mie", "--parameter", "x=1"], "wrong-parameters"),
        (["--instrument", "mie", "--parameter", "x"], "parameter-wrong"),
        (["--instrument", "mie", "--clienten", "veel"], "size-wrong"),
        (["--instrument", "mie", "--clienten", "9-3"], "size-wrong"),
        (["--instrument", "mie", "--soort", "kerk"], "unknown-kind"),
        (["--instrument", "mie", "--auditor", "Anna"], "options-mixed"),
        (["--instrument", "mie", "alfa/mie/2025-01-01"], "options-mixed"),
    ],
)
def test_refusals(six: Kwartier, more: list[str], wrong: str) -> None:
    done = six("vergelijk", *more, "--json")
    assert done.status in (1, 2)
    assert f'"{wrong}"' in done.err, done
    assert six("vergelijk", *more).err.count("Wat u kunt doen") == 1


def test_nothing_to_compare(kwartier: Kwartier) -> None:
    assert kwartier.refused(*COMPARE)["code"] == "nothing-to-compare"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *(("=1+1", "'=1+1"), ("+31", "'+31"), ("-", "'-"), ("@x", "'@x"), (" =1", "'=1"), ("\t=1", "'=1")),
        *(("De Linde", "De Linde"), ("a=b", "a=b"), ("", ""), ("een\ntwee", "een twee")),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert harmless(text) == cell


@pytest.mark.parametrize(
    ("text", "ends"),
    [("3000-10000", (3000, 10000)), ("3.000 - 10.000", (3000, 10000)), ("3000-", (3000, None)), ("-5", (None, 5))],
)
def test_sizes_as_people_type_them(text: str, ends: Any) -> None:
    from kwartier.cli.vergelijken import size_of

    assert size_of(text) == ends


@pytest.mark.parametrize("text", ["", "-", "drie", "5", "1-2-3", "٣-٤"])
def test_what_is_no_size(text: str) -> None:
    from kwartier.cli.vergelijken import size_of

    with pytest.raises(Misused):
        size_of(text)
