"""A form can be corrected and given again; it never adds a row twice, nor overwrites what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from tests.conftest import Kwartier

REF = "kwadrant/mie/2026-11-22"


@pytest.fixture
def started(kwartier: Kwartier) -> Kwartier:
    kwartier.json("organisatie", "nieuw", "Kwadrant")
    people = ["--auditor", "Anna", "--auditor", "Bert"]
    kwartier.json("meting", "nieuw", "kwadrant", "mie", "--datum", "2026-11-22", *people)
    return kwartier


def form(kwartier: Kwartier, path: Path, step: str) -> str:
    kwartier.json("formulier", REF, step, "--uit", path)
    return path.read_text(encoding="utf-8")


def stored(kwartier: Kwartier, step: str) -> dict[str, object]:
    return tomli.loads((kwartier.data / "organisations" / REF / f"{step}.toml").read_text(encoding="utf-8"))


def test_a_text_is_corrected_by_giving_the_same_file_again(started: Kwartier, tmp_path: Path) -> None:
    path = tmp_path / "toelichten.toml"
    text = form(started, path, "toelichten")
    first = text.replace('item = "1"\n# text = """"""', 'item = "1"\ntext = "Er is een visje."', 1)
    assert first != text
    path.write_text(first, encoding="utf-8")
    started.json("invullen", REF, path, "--stap", "toelichten")
    saved = path.read_text(encoding="utf-8")
    assert [one for one in saved.splitlines() if not one.startswith("made_from")] == [
        one for one in first.splitlines() if not one.startswith("made_from")
    ]
    path.write_text(saved.replace("visje", "visie"), encoding="utf-8")
    started.json("invullen", REF, path, "--stap", "toelichten")
    assert stored(started, "toelichten")["explanation"] == [{"item": "1", "text": "Er is een visie."}]


def test_a_new_row_gets_an_id_so_that_a_correction_is_no_second_row(started: Kwartier, tmp_path: Path) -> None:
    path = tmp_path / "conclusies.toml"
    text = form(started, path, "conclusies")
    lines = text.splitlines()
    begin = lines.index("# [[strength]]")
    filled = [line.removeprefix("# ") for line in lines[begin : begin + 2]] + ['text = "Goed bezig."']
    path.write_text("\n".join([*lines[:begin], *filled, *lines[begin + 3 :]]) + "\n", encoding="utf-8")
    started.json("invullen", REF, path, "--stap", "conclusies")
    path.write_text(path.read_text(encoding="utf-8").replace("Goed bezig.", "Erg goed bezig."), encoding="utf-8")
    started.json("invullen", REF, path, "--stap", "conclusies")
    assert stored(started, "conclusies")["strength"] == [{"id": "s1", "text": "Erg goed bezig."}]
    assert '# id = "s2"' in form(started, tmp_path / "nog-eens.toml", "conclusies")


def test_what_somebody_else_wrote_meanwhile_is_kept(started: Kwartier, tmp_path: Path) -> None:
    path = tmp_path / "toelichten.toml"
    text = form(started, path, "toelichten")
    other = started.file({"explanation": [{"item": "1", "text": "Van een ander."}]}, "ander.toml")
    started.json("invullen", REF, other, "--stap", "toelichten")
    path.write_text(text.replace('item = "1"\n# text = """"""', 'item = "1"\ntext = "Van mij."', 1), encoding="utf-8")
    refused = started.refused("invullen", REF, path, "--stap", "toelichten", status=2)
    assert "Van een ander." in refused["message"]
    assert stored(started, "toelichten")["explanation"] == [{"item": "1", "text": "Van een ander."}]


def test_nothing_is_written_among_the_records(started: Kwartier) -> None:
    envelope = started.data / "organisations" / REF / "assessment.toml"
    before = envelope.read_bytes()
    refused = started.refused("formulier", REF, "toelichten", "--uit", envelope, "--overschrijf", status=1)
    assert refused["code"] == "among-records"
    assert envelope.read_bytes() == before
    started.json("formulier", REF, "toelichten", "--uit", started.data / "toelichten.toml")


def test_a_sealed_sheet_that_was_changed_is_told_beside_the_outcome(started: Kwartier) -> None:
    answers = started.file({"answer": [{"item": str(item), "value": 3} for item in range(1, 13)]}, "blad.toml")
    for who in ("Anna", "Bert"):
        started.json("invullen", REF, answers, "--auditor", who)
        started.json("verzegel", REF, "--auditor", who)
    assert "sheets-changed" not in started.json("uitslag", REF)["findings"]
    sheet = started.data / "organisations" / REF / "zelf-scoren.a2.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("value = 3", "value = 5", 1), encoding="utf-8")
    assert "sheets-changed" in started.json("uitslag", REF)["findings"]
    assert "veranderd nadat het verzegeld was" in started("uitslag", REF).err


def test_mistakes_of_form_and_of_meaning_are_told_together(started: Kwartier) -> None:
    rows = [
        {"item": "1", "value": 2.5},
        {"item": "2", "value": 6},
        {"item": "14", "value": 3},
        {"item": "4", "valeu": 1},
    ]
    refused = started.refused("invullen", REF, started.file({"answer": rows}), "--auditor", "Anna", status=2)
    for wrong in ("answer 1, value", "kies 1, 2, 3, 4, 5", "'14' is geen item", "bedoelde u 'value'"):
        assert wrong in refused["message"]
    assert not (started.data / "organisations" / REF / "zelf-scoren.a1.toml").exists()
