"""Forms that are given back where they do not belong, what is said beside an answer, and text that fits a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from kwartier.cli.flowing import flow, flowed

if TYPE_CHECKING:
    from tests.conftest import Kwartier

REF = "kwadrant/mie/2026-11-22"


@pytest.fixture
def begun(kwartier: Kwartier) -> Kwartier:
    """A measurement with two auditors, nothing scored."""
    kwartier.organisation()
    kwartier.start("Anna de Wit", "Bram Kok")
    return kwartier


def test_the_form_of_somebody_else_is_refused(begun: Kwartier) -> None:
    path = begun.desk / "blad.toml"
    begun.text("formulier", REF, "--auditor", "Anna de Wit", "--uit", path)
    error = begun.refused("invullen", REF, path, "--auditor", "Bram Kok", status=2)
    assert error["code"] == "other-form"
    assert "Anna de Wit, niet van Bram Kok" in error["message"]
    begun.text("invullen", REF, path, "--auditor", "Anna de Wit")


def test_the_form_of_another_record_or_step_is_refused(begun: Kwartier) -> None:
    path = begun.desk / "toelichten.toml"
    begun.text("formulier", REF, "toelichten", "--uit", path)
    later = begun.start("Anna de Wit", "Bram Kok", day="2028-11-21")
    assert REF in begun.refused("invullen", later, path, "--stap", "toelichten", status=2)["message"]
    assert "toelichten" in begun.refused("invullen", REF, path, "--stap", "conclusies", status=2)["message"]
    assert begun.refused("invullen", REF, path, status=2)["next"] == "Voeg toe: --stap toelichten"
    path.write_text(path.read_text(encoding="utf-8").replace("#   kwartier invullen", "#"))
    begun.text("invullen", later, path, "--stap", "toelichten")


def test_a_line_that_cannot_be_read_is_shown(begun: Kwartier) -> None:
    path = begun.desk / "toelichten.toml"
    path.write_text('[[explanation]]\nitem = "1"\ntext = Zij zeiden iets"\n')
    error = begun.refused("invullen", REF, path, "--stap", "toelichten")
    assert "text = Zij zeiden iets" in error["message"]
    assert "aanhalingstekens" in error["next"]


def test_a_new_name_and_a_second_record_of_one_day_are_told(begun: Kwartier) -> None:
    again = begun("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22", "--auditor", "A", "--auditor", "B")
    assert f"al een meting, {REF}" in again.err
    path = begun.file({"action": [{"id": "x", "text": "Iets", "who": "Carla Voss"}]})
    assert "Carla Voss (" in begun("invullen", REF, path, "--stap", "actiepunten").err
    assert "Carla Voss (" not in begun("invullen", REF, path, "--stap", "actiepunten").err


def test_the_agenda_says_what_it_cannot_read(begun: Kwartier) -> None:
    assert begun("agenda").err == ""
    begun.explain(REF)
    (file,) = begun.data.rglob("toelichten.toml")
    file.write_text("kapot = ")
    assert f"{REF} is niet te lezen" in begun("agenda").err


def test_a_role_may_be_typed_as_it_is_read(begun: Kwartier) -> None:
    assert "(client)" in begun.text("deelnemer", "erbij", REF, "--rol", "Cliënt")


LONG = "Een zin die langer is dan de regel, zodat er ergens een einde aan moet komen."


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("kort", "kort"),
        (LONG, "Een zin die langer is dan de regel,\nzodat er ergens een einde aan moet\nkomen."),
        ("- " + LONG[:40], "- Een zin die langer is dan de regel,\n  zoda"),
        ("kwartier invullen a/b/c een-heel-lang-bestand.toml", None),
        ("| een tabel in Markdown | die niet afgebroken mag worden |", None),
        ("12  kolommen                 die al op hun plaats staan", None),
        (
            "Verder: kwartier uitslag een-lange-organisatie/mie/2026",
            "Verder:\n    kwartier uitslag een-lange-organisatie/mie/2026",
        ),
    ],
)
def test_lines_break_between_words_and_commands_stay_whole(line: str, shown: str | None) -> None:
    assert flowed(line, 37) == (line if shown is None else shown)


def test_what_is_no_terminal_gets_lines_as_they_are() -> None:
    assert flow(LONG * 3, io.StringIO()) == LONG * 3
