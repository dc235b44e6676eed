"""kwartier vragenlijst: the questions on paper, of an instrument or a record; and the page to sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier, Prepared

REF = "kwadrant/mie/2026-11-22"
PLACE = ("vragenlijst", "praktijkleerplek", "--parameter", "niveau=4,5")


def score(kwartier: Kwartier) -> None:
    kwartier.organisation()
    assert kwartier.start("Anna", "Bram") == REF
    kwartier.explain(REF)
    kwartier.score(REF, "Anna", [3] * 12, "van Anna", seal=False)
    kwartier.score(REF, "Bram", [5] * 12, "GEHEIM")


@pytest.fixture
def scored(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    """A record in which Bram sealed and Anna did not."""
    return prepared(kwartier, score)


def test_a_blank_list_of_an_instrument(kwartier: Kwartier) -> None:
    told = kwartier.text(*PLACE)
    assert told.startswith("# Praktijkleerplek") and "☐" in told and "☒" not in told
    assert "opleidingsniveaus is deze plek bedoeld? 4, 5" in told
    assert len(re.findall(r"^### [a-e]\d\. ", told, re.MULTILINE)) == 29
    parts = kwartier.text(*PLACE, "--met-onderdelen")
    assert len(re.findall(r"^\| [a-g]\. ", parts, re.MULTILINE)) == 36
    assert re.search(r"^\| [a-g]\. ", told, re.MULTILINE) is None


def test_interview_questions_only_when_asked_for(kwartier: Kwartier) -> None:
    assert "Vragen in het interview:" in kwartier.text("vragenlijst", "mie", "--met-interviewvragen")
    assert "Vragen in het interview:" not in kwartier.text("vragenlijst", "mie")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        (("praktijkleerplek",), 2, "wrong-parameters"),
        (("praktijkleerplek", "--parameter", "niveau=9"), 2, "wrong-parameters"),
        (("praktijkleerplek", "--parameter", "niveau"), 2, "parameter-wrong"),
        (("mie", "--ingevuld"), 2, "nothing-to-fill-in"),
        (("mie", "--auditor", "Anna"), 2, "nothing-to-fill-in"),
        ((REF, "--auditor", "Anna"), 2, "nothing-to-fill-in"),
        ((REF, "--parameter", "niveau=4"), 2, "parameter-fixed"),
        ((REF, "--formaat", "steen"), 2, "unknown-format"),
        ((f"{REF}-9", "--ingevuld"), 1, "unknown-assessment"),
    ],
)
def test_what_cannot_be_is_refused_in_words(scored: Kwartier, more: tuple[str, ...], status: int, code: str) -> None:
    assert scored.refused("vragenlijst", *more, status=status)["code"] == code


def test_filled_in_it_holds_ones_own_answers_and_never_somebody_elses(scored: Kwartier) -> None:
    for who in ((), ("--auditor", "Anna")):
        told = scored.text("vragenlijst", REF, "--ingevuld", *who)
        assert "GEHEIM" not in told and "Er is gesproken over item 3." in told
        assert ("van Anna" in told) is bool(who)
        assert told.count("☒") == (13 if who else 1)
    assert "☒" not in scored.text("vragenlijst", REF)


def test_to_a_file_that_is_not_replaced_unasked(scored: Kwartier) -> None:
    told = scored.json("vragenlijst", REF, "--uit", "vragen.md")
    assert told == {"of": REF, "file": "vragen.md"}
    path = scored.desk / "vragen.md"
    assert path.read_text("utf-8").startswith("# ")
    path.write_text("van mij", "utf-8")
    assert scored.refused("vragenlijst", REF, "--uit", "vragen.md")["code"] == "file-exists"
    assert path.read_text("utf-8") == "van mij"
    scored.text("vragenlijst", REF, "--uit", "vragen.md", "--overschrijf")
    assert path.read_text("utf-8").startswith("# ")


def test_as_json_it_is_a_document(scored: Kwartier) -> None:
    document = scored.json("vragenlijst", REF, "--ingevuld")["document"]
    assert document["title"] and {one["block"] for one in document["blocks"]} >= {"heading", "paragraph", "bullets"}


def test_the_page_to_sign(scored: Kwartier) -> None:
    before = scored.text("verslag", REF, "--variant", "pagina")
    assert "GEHEIM" not in before and "De uitkomst volgt later" in before
    scored.score(REF, "Anna", [3] * 12)
    scored.agree(REF)
    told = scored.text("verslag", REF, "--variant", "pagina")
    assert "## Uitkomst" in told and "3,1" in told and "## Handtekeningen" in told
    assert len(told.splitlines()) <= 60
    whole = scored.text("verslag", REF)
    assert len(whole.splitlines()) > 100 and whole == scored.text("verslag", REF, "--variant", "volledig")
    scored.text("verslag", REF, "--variant", "pagina", "--uit", "blad.md")
    assert "## Handtekeningen" in (scored.desk / "blad.md").read_text("utf-8")
    done = scored("verslag", REF, "--variant", "iets")
    assert done.status == 2 and "volledig" in done.err
