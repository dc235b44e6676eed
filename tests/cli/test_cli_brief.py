"""kwartier brief: every letter of the MIE in every format, for one or for all, and the files that are left alone."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.programs import need

from kwartier.workspace.writing import writers

if TYPE_CHECKING:
    from tests.conftest import Kwartier, Prepared

REF = "kwadrant/mie/2026-11-22"
PERSONAL = ("informatiebrief", "toestemming", "toestemming-geluid", "uitnodiging")
COMMON = ("agenda", "vragen-interview", "scoreformulier", "vragenlijst")


def people(kwartier: Kwartier) -> None:
    kwartier.organisation()
    assert kwartier.start("Anna", "Bram") == REF
    for role, name in (("projectleider", "Wietske Hop"), ("client", "Joris #eval(1)"), ("naaste", "<b>Tess</b>")):
        kwartier.text("deelnemer", "erbij", REF, "--rol", role, "--naam", name)


@pytest.fixture
def begun(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    """A MIE with three participants."""
    return prepared(kwartier, people)


@pytest.mark.parametrize("letter", [*PERSONAL, *COMMON])
def test_every_letter_is_made_in_every_format(begun: Kwartier, letter: str) -> None:
    forms = ",".join(writers())
    who = ["--voor", "Joris #eval(1)"] if letter in PERSONAL else []
    begun.text("brief", "maak", REF, letter, *who, "--formaat", forms, "--uit", "brief")
    files = {path.suffix: path for path in begun.desk.iterdir()}
    assert set(files) == {one.extension for one in writers().values()}
    need("pdftotext")
    told = subprocess.run(["pdftotext", str(files[".pdf"]), "-"], capture_output=True, check=True, text=True).stdout
    assert "Tess" not in told
    if letter in PERSONAL:
        assert "Joris #eval(1)" in " ".join(told.split())
        assert "Wietske Hop" in told
        assert "{" not in told
    else:
        assert "Joris" not in told


def test_one_file_for_each_with_no_other_name_in_it(begun: Kwartier) -> None:
    done = begun.json("brief", "maak", REF, "toestemming", "--alle", "--formaat", "md,html", "--uit", "brieven")
    assert len(done["files"]) == 6
    texts = {path.name: path.read_text() for path in (begun.desk / "brieven").glob("*.md")}
    assert len(texts) == 3 and all(name.startswith("toestemming-d") for name in texts)
    assert sum("Joris" in text for text in texts.values()) == 1
    assert sum("Tess" in text for text in texts.values()) == 1
    pages = [path.read_text() for path in (begun.desk / "brieven").glob("*.html")]
    assert not any("<b>Tess" in page for page in pages) and any("&lt;b&gt;Tess" in page for page in pages)


def test_files_that_are_there_stay_and_none_is_made_beside_them(begun: Kwartier) -> None:
    words = ("brief", "maak", REF, "toestemming", "--alle", "--uit", "brieven")
    made = begun.json(*words)["files"]
    for name in made[:2]:
        (begun.desk / name).unlink()
    (begun.desk / made[2]).write_text("van mij")
    assert begun.refused(*words)["code"] == "file-exists"
    assert (begun.desk / made[2]).read_text() == "van mij" and not (begun.desk / made[0]).exists()
    begun.text(*words, "--overschrijf")
    assert (begun.desk / made[2]).read_text() != "van mij"


def test_who_refused_gets_none(begun: Kwartier) -> None:
    begun.text("deelnemer", "wijzig", REF, "Joris #eval(1)", "--toestemming", "geweigerd")
    assert len(begun.json("brief", "maak", REF, "uitnodiging", "--alle", "--uit", "map")["files"]) == 2


def test_what_was_typed_is_filled_in_and_what_was_decided_is_in_the_questions(begun: Kwartier) -> None:
    told = begun.text("brief", "maak", REF, "agenda", "--vul", "tijd=10.15 uur", "--vul", "plaats={datum}")
    assert "10.15 uur" in told and "12.15" in told and "datum}" in told
    before = begun.text("brief", "maak", REF, "vragen-interview").count("■ essentieel:")
    begun.fill(REF, "interview", {"prompt": [{"item": "1", "id": "b", "essential": True}]}, "--auditor", "Anna")
    assert begun.text("brief", "maak", REF, "vragen-interview").count("■ essentieel:") == before + 1


def test_an_own_version_is_made_used_and_left(begun: Kwartier) -> None:
    begun.text("brief", "nieuw", "mie", "uitnodiging")
    path = begun.desk / "uitnodiging.toml"
    path.write_text(path.read_text().replace("Graag nodig ik u uit", "Kom langs"))
    assert begun.refused("brief", "nieuw", "mie", "uitnodiging")["code"] == "file-exists"
    begun.text("brief", "gebruik", "uitnodiging.toml")
    assert "Kom langs" in begun.text("brief", "maak", REF, "uitnodiging")
    rows = {one["id"]: one for one in begun.json("brief", "lijst", REF)["letters"]}
    assert rows["uitnodiging"]["own"] and not rows["agenda"]["own"]
    begun.text("brief", "gebruik", "--geen", "mie", "uitnodiging")
    assert "Kom langs" not in begun.text("brief", "maak", REF, "uitnodiging")


def test_a_letter_of_ones_own_begins_blank(begun: Kwartier) -> None:
    begun.text("brief", "nieuw", "vie", "bedankt", "--leeg", "--uit", "b.toml")
    begun.text("brief", "gebruik", "b.toml")
    assert "bedankt" in [one["id"] for one in begun.json("brief", "lijst", "vie")["letters"]]
    begun.text("brief", "gebruik", "--geen", "vie", "bedankt")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        (("maak", REF, "toestemming", "--alle"), 2, "no-folder"),
        (("maak", REF, "toestemming", "--alle", "--voor", "d1", "--uit", "x"), 2, "for-whom"),
        (("maak", REF, "agenda", "--voor", "d1"), 2, "not-per-participant"),
        (("maak", REF, "toestemmin"), 2, "unknown-letter"),
        (("maak", REF, "toestemming", "--voor", "Niemand"), 2, "unknown-participant"),
        (("maak", REF, "toestemming", "--vul", "naam=x"), 2, "unknown-field"),
        (("maak", REF, "toestemming", "--formaat", "pdf"), 2, "no-file"),
        (("nieuw", "mie", "x"), 2, "unknown-letter"),
        (("gebruik",), 2, "nothing-given"),
        (("gebruik", "weg.toml"), 1, "missing"),
    ],
)
def test_what_cannot_be_is_refused_in_words(begun: Kwartier, more: tuple[str, ...], status: int, code: str) -> None:
    told = begun.refused("brief", *more, status=status)
    assert told["code"] == code or (code == "missing" and told["message"])
