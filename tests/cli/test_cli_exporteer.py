"""kwartier exporteer: what is chosen, which form, where to, and what it says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest
from tests.conftest import AGREED, FIRST, SECOND

from kwartier.reports.exports.measured import Export

if TYPE_CHECKING:
    from tests.conftest import Kwartier, Prepared

REF, LATER = "kwadrant/mie/2026-11-22", "kwadrant/mie/2027-11-22"


def measured(kwartier: Kwartier) -> None:
    """Two measurements of one organisation, the later not revealed yet; and one of another."""
    kwartier.organisation()
    ref = kwartier.start("Anna", "Bram")
    kwartier.explain(ref)
    kwartier.score(ref, "Anna", FIRST, "=om {}")
    kwartier.score(ref, "Bram", SECOND)
    kwartier.agree(ref)
    assert kwartier.start("Anna", "Bram", day="2027-11-22", more=["--volgt", ref]) == LATER
    kwartier.organisation("Vierkant")
    kwartier.start("Cor", "Dia", slug="vierkant")


@pytest.fixture
def ready(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    return prepared(kwartier, measured)


def rows(path: Path, separator: str = ";") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def test_a_table_with_its_codebook(ready: Kwartier) -> None:
    told = ready.text("exporteer", REF, "--uit", "gegevens.csv")
    assert told == "Klaar: gegevens.csv\nKlaar: gegevens-codeboek.csv\n1 meting, 36 antwoorden.\n"
    found = rows(ready.desk / "gegevens.csv")
    assert [int(row["waarde"]) for row in found if row["fase"] == "definitief"] == AGREED
    assert [int(row["waarde"]) for row in found if row["beoordelaar"] == "a2"] == SECOND
    assert {row["organisatienaam"] for row in found} == {"Kwadrant"}
    assert {row["soort"] for row in rows(ready.desk / "gegevens-codeboek.csv")} >= {"kolom", "waarde", "item", "over"}
    assert sorted(path.name for path in ready.desk.glob("gegevens*")) == ["gegevens-codeboek.csv", "gegevens.csv"]


def test_the_form_follows_from_the_name_or_is_said(ready: Kwartier) -> None:
    done = ready.json("exporteer", "--alles", "--uit", "alles.xlsx")
    assert done == {"files": ["alles.xlsx"], "measurements": 3, "rows": 36, "locked": 0, "unreadable": []}
    book = openpyxl.load_workbook(ready.desk / "alles.xlsx")
    assert book.sheetnames[0] == "Scores"
    assert book["Vergelijking"]["H2"].value == REF
    ready.text("exporteer", "--alles", "--uit", "alles.txt", "--formaat", "json")
    found = msgspec.json.decode((ready.desk / "alles.txt").read_bytes(), type=Export)
    assert [one.ref for one in found.measurements] == [REF, LATER, "vierkant/mie/2026-11-22"]
    assert ready.refused("exporteer", "--alles", "--uit", "alles.pdf", status=2)["code"] == "unknown-format"


def test_texts_go_along_when_they_are_asked_for(ready: Kwartier) -> None:
    ready.text("exporteer", REF, "--uit", "gegevens.csv", "--toelichtingen", "--scheiding", ",", "--bom")
    assert (ready.desk / "gegevens-toelichtingen.csv").read_bytes().startswith(b"\xef\xbb\xbforganisatie,")
    text = (ready.desk / "gegevens-toelichtingen.csv").read_text("utf-8-sig")
    assert ",'=om 1\n" in text
    assert "Samen besproken." in text
    assert "Er is gesproken over item 12." in text


def test_what_is_chosen_is_said_in_one_way(ready: Kwartier) -> None:
    def refused(*words: str, status: int = 2) -> str:
        code: str = ready.refused("exporteer", *words, status=status)["code"]
        return code

    assert refused("--uit", "a.csv") == "nothing-named"
    assert refused(REF, "--alles", "--uit", "a.csv") == "options-mixed"
    assert refused("--alles") == "no-file"
    assert refused("--alles", "--toelichtingen", "--zonder-namen", "--uit", "a.csv") == "options-mixed"
    assert refused("kwadrant/mie/1999-01-01", "--uit", "a.csv", status=1) == "unknown-assessment"
    assert refused("nergens/mie/1999-01-01", "--uit", "a.csv", status=1) == "unknown-organisation"
    assert refused("--organisatie", "nergens", "--uit", "a.csv", status=1) == "unknown-organisation"
    assert refused("--alles", "--instrument", "vie", "--uit", "a.csv", status=1) == "nothing-to-export"
    assert refused("--alles", "--uit", "weg/a.csv", status=1) == "missing"
    assert not list(ready.desk.iterdir()) or not list(ready.desk.glob("a*"))
    one = ready.json("exporteer", "--organisatie", "vierkant", "--instrument", "mie", "--uit", "a.csv")
    assert (one["measurements"], one["rows"]) == (1, 0)


def test_a_file_is_replaced_only_where_that_is_said(ready: Kwartier) -> None:
    ready.text("exporteer", "--alles", "--uit", "a.json")
    before = (ready.desk / "a.json").read_bytes()
    assert ready.refused("exporteer", REF, "--uit", "a.json")["code"] == "file-exists"
    assert (ready.desk / "a.json").read_bytes() == before
    ready.text("exporteer", REF, "--uit", "a.json", "--overschrijf")
    assert len(json.loads((ready.desk / "a.json").read_bytes())["measurements"]) == 1
    place = ready.data / "organisations" / "a.json"
    assert ready.refused("exporteer", REF, "--uit", place)["code"] == "among-records"


def test_without_names(ready: Kwartier) -> None:
    assert ready.refused("exporteer", "--alles", "--uit", "a.csv", "--zonder-namen")["code"] == "group-too-small"
    ready.text("exporteer", "--alles", "--uit", "a.csv", "--zonder-namen", "--bevoegd")
    text = "".join(path.read_text("utf-8") for path in ready.desk.glob("a*.csv"))
    for absent in ("Kwadrant", "kwadrant", "Vierkant", "2026-11-22"):
        assert absent not in text
    assert {row["datum"] for row in rows(ready.desk / "a.csv")} == {"2026-11"}
    assert "bevoegd" in text


def test_the_schema_can_be_had_without_a_data_folder(kwartier: Kwartier) -> None:
    schema = json.loads(kwartier.text("exporteer", "--schema"))
    assert schema == kwartier.json("exporteer", "--schema")
    assert schema["$ref"] == "#/$defs/Export"
    assert not kwartier.data.exists()
