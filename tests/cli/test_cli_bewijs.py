"""kwartier bewijs: pieces of evidence by number, with a file, and who reads them; as commands and line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

SECRET = "Toen mijn vader wegging"
STUDENT = ("--auditor", "s1")


@pytest.fixture
def ref(kwartier: Kwartier) -> str:
    """A portfolio of a student with two assessors, and nothing in it."""
    slug = kwartier.organisation("De School")
    kwartier.json("onderwerp", "nieuw", slug, "s1", "--soort", "student", "--naam", "Lotte Lelie")
    started: str = kwartier.json(
        *("meting", "nieuw", slug, "leerplan", "--datum", "2026-09-01", "--onderwerp", "s1"),
        *("--parameter", "niveau=2", "--auditor", "Anna Appel", "--auditor", "Bob Biet"),
    )["ref"]
    return started


def added(kwartier: Kwartier, ref: str, title: str, *more: object) -> Any:
    return kwartier.json("bewijs", "erbij", ref, "--titel", title, *STUDENT, *more)


def listed(kwartier: Kwartier, ref: str, *who: str) -> list[Any]:
    rows: list[Any] = kwartier.json("bewijs", "lijst", ref, *who)["steps"][0]["evidence"]
    return rows


def test_a_piece_is_added_changed_shared_fetched_and_removed(kwartier: Kwartier, ref: str) -> None:
    letter = kwartier.desk / "brief.pdf"
    letter.write_bytes(b"%PDF-1.7 " + SECRET.encode())
    told = added(kwartier, ref, "Brief", "--bestand", letter, "--item", "1.1", "--opmerking", SECRET)
    assert (told["number"], told["file"]["name"], told["readers"]) == (1, "brief.pdf", [])
    added(kwartier, ref, "Verslag", "--soort", "verslag", "--datum", "1-9-2026", "--lezer", "beoordelaars")
    assert [row["title"] for row in listed(kwartier, ref, *STUDENT)] == ["Brief", "Verslag"]
    assert [row["title"] for row in listed(kwartier, ref, "--auditor", "Anna")] == ["Verslag"]
    assert "readers" not in listed(kwartier, ref, "--auditor", "Anna")[0]
    assert listed(kwartier, ref) == []
    assert "Niets dat u kunt lezen" in kwartier.text("bewijs", "lijst", ref)
    assert "niemand anders" in kwartier.text("bewijs", "lijst", ref, "--auditor", "Lotte Lelie")

    kwartier.json("bewijs", "deel", ref, "1", "--met", "Bob", *STUDENT)
    assert [row["title"] for row in listed(kwartier, ref, "--auditor", "a2")] == ["Brief", "Verslag"]
    assert [row["title"] for row in listed(kwartier, ref, "--auditor", "a1")] == ["Verslag"]
    path = kwartier.desk / "terug.pdf"
    kwartier.json("bewijs", "ophalen", ref, "1", "--naar", path, "--auditor", "a2")
    assert path.read_bytes() == letter.read_bytes()
    assert kwartier.refused("bewijs", "ophalen", ref, "1", "--naar", path, *STUDENT)["code"] == "file-exists"
    assert kwartier.refused("bewijs", "ophalen", ref, "2", "--naar", path, "--auditor", "a1", status=2)["next"]

    kwartier.json("bewijs", "wijzig", ref, "2", "--soort", "", "--item", "1.2", "--item", "2.1", *STUDENT)
    row = listed(kwartier, ref, *STUDENT)[1]
    assert (row["kind"], row["items"], row["readers"]) == ("", ["1.2", "2.1"], ["beoordelaar"])
    kwartier.json("bewijs", "wijzig", ref, "2", "--item", "", *STUDENT)
    assert listed(kwartier, ref, *STUDENT)[1]["items"] == []

    error = kwartier.refused("bewijs", "weg", ref, "1", *STUDENT, status=2)
    assert error["code"] == "not-sure" and len(listed(kwartier, ref, *STUDENT)) == 2
    kwartier.json("bewijs", "weg", ref, "1", *STUDENT, "--ja")
    assert [row["title"] for row in listed(kwartier, ref, *STUDENT)] == ["Verslag"]
    assert not any(SECRET.encode() in one.read_bytes() for one in kwartier.data.rglob("*") if one.is_file())
    assert kwartier.json("bewijs", "deel", ref, "--met", "niemand", *STUDENT)["count"] == 1
    assert listed(kwartier, ref, "--auditor", "a1") == []


def test_remarks_are_shared_by_item_and_feedback_is_another_step(kwartier: Kwartier, ref: str) -> None:
    sheet = kwartier.file({"answer": [{"item": "1.1", "value": "deels", "note": SECRET}]})
    kwartier.json("invullen", ref, sheet, "--stap", "zelfbeoordeling", *STUDENT)
    told = kwartier.json("bewijs", "deel", ref, "--item", "1.1", "--met", "beoordelaar", *STUDENT)
    assert (told["step"], told["readers"], told["count"]) == ("zelfbeoordeling", ["beoordelaar"], 1)
    assert SECRET in kwartier.text("formulier", ref, "eind", "--auditor", "a1")
    kwartier.json("bewijs", "deel", ref, "--met", "niemand", "--stap", "zelfbeoordeling", *STUDENT)
    assert SECRET not in kwartier.text("formulier", ref, "eind", "--auditor", "a1")
    added(kwartier, ref, "Van een cliënt", "--stap", "feedback")
    assert listed(kwartier, ref, *STUDENT) == []
    rows = kwartier.json("bewijs", "lijst", ref, "--stap", "feedback", *STUDENT)["steps"][0]["evidence"]
    assert [row["title"] for row in rows] == ["Van een cliënt"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("erbij", "--titel", "x"), "who"),
        (("erbij", "--titel", "x", "--auditor", "a1"), "not-yours"),
        (("erbij", "--titel", "x", *STUDENT, "--item", "9.9"), "given-wrong"),
        (("erbij", "--titel", "x", *STUDENT, "--situatie", "weet-niet"), "given-wrong"),
        (("erbij", "--titel", "x", *STUDENT, "--lezer", "tante"), "unknown-reader"),
        (("erbij", "--titel", "x", *STUDENT, "--bestand", "niets.pdf"), "missing"),
        (("erbij", "--titel", "x", *STUDENT, "--stap", "feedback", "--bestand", "foto.png"), "no-files"),
        (("erbij", "--titel", "x", *STUDENT, "--stap", "eind"), "no-evidence-step"),
        (("wijzig", "1", *STUDENT), "nothing-given"),
        (("wijzig", "1", "--titel", "x", *STUDENT), "unknown-row"),
        (("weg", "1", "--ja", *STUDENT), "unknown-row"),
        (("deel", "1", "--met", "iedereen", *STUDENT), "unknown-row"),
        (("deel", "1", "--item", "1.1", "--met", "iedereen", *STUDENT), "rows-and-items"),
        (("deel", "--item", "1.1", "--stap", "eind", "--met", "iedereen", *STUDENT), "no-private-sheet"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_nothing(
    kwartier: Kwartier, ref: str, words: tuple[str, ...], code: str
) -> None:
    done = kwartier("bewijs", words[0], ref, *words[1:], "--json")
    assert done.status in (1, 2) and f'"code": "{code}"' in done.err
    assert '"next": "' in done.err
    assert code != "given-wrong" or "- 'x', --" in done.err, "a piece is named by its title, and the option with it"
    assert listed(kwartier, ref, *STUDENT) == []


def test_text_of_users_stays_text(kwartier: Kwartier, ref: str) -> None:
    added(kwartier, ref, "[bold]\x1b[31mrood[/] %s {0}")
    shown = kwartier.text("bewijs", "lijst", ref, *STUDENT)
    assert "[bold]\ufffd[31mrood[/] %s {0}" in shown and "\x1b" not in shown


def test_line_by_line_with_a_file_and_readers(kwartier: Kwartier, ref: str) -> None:
    letter = kwartier.desk / "mijn brief.pdf"
    letter.write_bytes(b"%PDF-1.7 " + SECRET.encode())

    def typed(step: str, *lines: str, who: str = "s1") -> str:
        text = "".join(f"{line}\n" for line in lines)
        named = ["--auditor", who] if who else []
        return kwartier.text("meting", "stap-voor-stap", ref, "--stap", step, *named, stdin=text)

    row = ("Brief aan vader", "", "", "", "1.1 en 1.2", "1", "", f'"{letter}"', "beoordelaars en Bob Biet", "stop")
    said = typed("bewijs", *row)
    assert "mijn brief.pdf staat erbij" in said
    found = listed(kwartier, ref, *STUDENT)[0]
    assert (found["items"], found["readers"]) == (["1.1", "1.2"], ["beoordelaar", "a2"])
    assert found["file"]["name"] == "mijn brief.pdf" and len(found["topics"]) == 1
    assert "1. Brief aan vader" in typed("bewijs", "stop", who="a1")
    kwartier.json("bewijs", "deel", ref, "1", "--met", "niemand", *STUDENT)
    assert "Brief aan vader" not in typed("bewijs", "stop", who="a1")
    assert "weg" in typed("bewijs", "weg 1", "n", "stop") and len(listed(kwartier, ref, *STUDENT)) == 1
    assert "Weggehaald, met het bestand" in typed("bewijs", "weg 1", "j", "stop")
    assert listed(kwartier, ref, *STUDENT) == []

    said = typed("zelfbeoordeling", f"deels: {SECRET}", "terug", "iedereen", "stop")
    sheet = kwartier.text("formulier", ref, "zelfbeoordeling", *STUDENT)
    assert SECRET in sheet and 'readers = ["everyone"]' in sheet, said
