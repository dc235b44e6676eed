"""kwartier importeer as somebody types it: a preview, questions where somebody can answer, and refusals that help."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

DATES = ("--datum", "meting=1:juni 2011", "--datum", "meting=2:2012-07")
ITEMS = tuple(f"{number}a" for number in range(1, 11))


def scores(*rows: str) -> str:
    """A table of the VIE: an organisation, a measurement, one score for all items."""
    lines = [f"instelling;meting;{';'.join(ITEMS)};totaal"]
    for row in rows:
        name, measurement, score = row.split("|")
        lines.append(f"{name};{measurement};{';'.join([score] * 10)};{score},0")
    return "\n".join(lines) + "\n"


GOOD = scores("Alba|1|2", "Alba|2|3", "Boreas|1|4", "Boreas|2|4")


@pytest.fixture
def file(kwartier: Kwartier) -> Callable[..., Path]:
    def made(text: str, name: str = "oud.csv") -> Path:
        path = kwartier.desk / name
        path.write_text(text, "utf-8")
        return path

    return made


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who can answer: what is piped in counts as typed."""
    monkeypatch.setattr("kwartier.cli.base.can_answer", lambda: True)
    monkeypatch.setattr("kwartier.cli.importeren.can_answer", lambda: True)


def test_a_table_in_one_command(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    told = kwartier.text("importeer", "vie", file(GOOD), *DATES, "--bron", "Map kwaliteit 2012")
    assert "2 organisaties gemaakt, 4 metingen gemaakt" in told
    assert "vergelijk" in told
    assert kwartier.json("uitslag", "alba/vie/2011-06-01")["total"]["mean"] == "2.0"
    assert "Map kwaliteit 2012" in (kwartier.data / "organisations/alba/vie/2012-07-01/assessment.toml").read_text()
    assert kwartier.json("controle")["sound"]


def test_a_trial_shows_all_and_changes_nothing(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    told = kwartier.text("importeer", "vie", file(GOOD), *DATES, "--proef")
    assert "nieuw: 4 metingen, in 2 nieuwe organisaties" in told
    assert "juni 2011" in told
    assert "de eerste dag van die maand" in told
    assert not [*kwartier.data.glob("organisations/*")]
    tree = kwartier.json("importeer", "vie", file(GOOD), *DATES, "--proef")
    assert tree["counts"] == {"new": 4, "equal": 0, "added": 0, "changed": 0}
    assert tree["records"][1] == {
        "file": "oud.csv",
        "row": 3,
        "organisation": "Alba",
        "slug": "alba",
        "new_organisation": True,
        "ref": "alba/vie/2012-07-01",
        "state": "new",
        "date": "2012-07-01",
        "month_only": True,
        "parameters": {"meting": 2},
        "follows": "alba/vie/2011-06-01",
        "answered": 10,
        "asked": 20,
        "blank": 0,
        "total": "3.0",
        "band": None,
        "additions": [],
        "changes": [],
    }


def test_wrong_rows_are_refused_and_named(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    path = file(scores("Alba|1|2", "Boreas|1|6"))
    done = kwartier("importeer", "vie", path, *DATES)
    assert done.status == 1
    assert "rij 3, kolom '1a' (Boreas): er staat '6'; verwacht: een heel getal van 1 tot en met 5" in done.err
    assert "--goede-rijen" in done.err
    error = kwartier.refused("importeer", "vie", path, *DATES)
    assert error["code"] == "rows-wrong"
    assert not [*kwartier.data.glob("organisations/*")]
    trial = kwartier("importeer", "vie", path, *DATES, "--proef", "--json")
    assert (trial.status, json.loads(trial.out)["problem_count"]) == (1, 10)
    result = kwartier.json("importeer", "vie", path, *DATES, "--goede-rijen")
    assert (result["made"], result["bad_rows"]) == (["alba/vie/2011-06-01"], 1)


def test_twice_is_once_and_changes_need_a_yes(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    kwartier.text("importeer", "vie", file(GOOD), *DATES)
    assert "Er is niets veranderd. 4 metingen stonden er al." in kwartier.text("importeer", "vie", file(GOOD), *DATES)
    other = file(GOOD.replace("Alba;2;3;3", "Alba;2;5;3"))
    assert "verandert: item 1a: 3 → 5" in kwartier.text("importeer", "vie", other, *DATES, "--proef")
    assert kwartier.json("importeer", "vie", other, *DATES)["unchanged"] == ["alba/vie/2012-07-01"]
    assert kwartier.json("importeer", "vie", other, *DATES, "--gewijzigde")["changed"] == ["alba/vie/2012-07-01"]


def test_what_is_not_known_is_asked_in_the_refusal(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    error = kwartier.refused("importeer", "vie", file(GOOD), status=2)
    assert error["code"] == "import-question"
    assert "--datum meting=1:2011-06 --datum meting=2:2012-06" in error["next"]
    bare = file("instelling;1a\nAlba;3\n")
    error = kwartier.refused("importeer", "vie", bare, "--datum", "2011", status=2)
    assert error["code"] == "date-wrong"
    error = kwartier.refused("importeer", "vie", bare, "--datum", "2011-06", status=2)
    assert "--parameter meting=1" in error["next"]
    assert kwartier.json("importeer", "vie", bare, "--datum", "2011-06", "--parameter", "meting=1")["made"]


def test_the_source_is_the_name_of_the_file_where_nobody_says(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    assert kwartier.json("importeer", "vie", file(GOOD), *DATES)["source"] == "oud.csv"


@pytest.mark.usefixtures("keyboard")
def test_a_conversation(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    path = file(GOOD + "Ceres;1;6" + ";2" * 9 + ";2,4\n")
    typed = "Map 2012\nooit\njuni 2011\njuli 2012\nj\nj\n"
    told = kwartier.text("importeer", "vie", path, stdin=typed)
    assert "Van welke datum of maand is meting 1?" in told
    assert "kolom '1a' (Ceres)" in told
    assert "Alleen de goede rijen overnemen?" in told
    assert "met als bron 'Map 2012'" in told
    assert "Overgenomen: 2 organisaties gemaakt, 4 metingen gemaakt. 1 rij is niet overgenomen." in told


@pytest.mark.usefixtures("keyboard")
def test_a_no_changes_nothing(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    done = kwartier("importeer", "vie", file(GOOD), *DATES, stdin="\nn\n")
    assert (done.status, "Er is niets veranderd" in done.err) == (1, True)
    assert not [*kwartier.data.glob("organisations/*")]


@pytest.mark.usefixtures("keyboard")
def test_changes_are_asked_about(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    kwartier.text("importeer", "vie", file(GOOD), *DATES, "--ja", stdin="\n")
    other = file(GOOD.replace("Alba;2;3;3", "Alba;2;5;3"))
    assert "bleef zo" in kwartier.text("importeer", "vie", other, *DATES, stdin="\nn\n")
    assert "1 meting veranderd" in kwartier.text("importeer", "vie", other, *DATES, stdin="\nj\nj\n")


def test_terminal_codes_in_a_table_do_nothing(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    evil = "\x1b]52;c;aGk=\x07[/b]"
    path = file(f"instelling;meting;1a;{evil}\nAl{evil}ba;1;{evil};x\nBoreas;1;{evil};x\n", f"t{chr(27)}[31m.csv")
    for more in ((), ("--proef",), ("--proef", "--json"), ("--json",)):
        done = kwartier("importeer", "vie", path, *DATES, *more)
        assert done.status == 1
        assert "\x1b" not in done.out + done.err
        assert "\x07" not in done.out + done.err


@pytest.mark.parametrize("path", [".", "er-niet.csv"])
def test_a_folder_or_nothing(kwartier: Kwartier, path: str) -> None:
    error = kwartier.refused("importeer", "vie", path)
    assert error["code"] in ("not-a-file", "missing")


def test_an_instrument_has_to_be_there(kwartier: Kwartier, file: Callable[..., Path]) -> None:
    assert kwartier.refused("importeer", "onbekend", file(GOOD))["code"] == "unknown-instrument"


def test_a_process_of_its_own_with_a_workbook(kwartier: Kwartier) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in GOOD.splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(";")])
    book.save(kwartier.desk / "oud.xlsx")
    done = kwartier.process("importeer", "vie", "oud.xlsx", *DATES, "--ja")
    assert done.status == 0, done
    assert "4 metingen gemaakt" in done.out
