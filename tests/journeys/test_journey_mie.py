"""A whole MIE from an empty folder by commands alone: prepared, scored, agreed on, reported and done again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

ITEMS = [str(number) for number in range(1, 13)]
PARTICIPANTS = {
    "projectleider": "Wietske Zandstra",
    "client": "Joris Okkerse",
    "naaste": "Truus van Hemert",
    "ervaringsdeskundige": "Sanne Vogelzang",
    "professional": "Rachid Benali",
    "manager": "Ingrid Moerman",
}
AUDITORS = ("Anna de Wit", "Bram Kok", "Fatima el Idrissi")
OWNERS = ("Hanneke Post", "Ole Dirksen")
NOTHING_OWN = {"rows": 0, "files": 0}
"""Of a measurement nothing comes back but a sheet and texts."""
NAMES = [*PARTICIPANTS.values(), *AUDITORS, *OWNERS]


def rows(scores: list[int], **notes: str) -> dict[str, Any]:
    """A sheet with remarks at some items (`n4="..."`)."""
    told = {key[1:]: note for key, note in notes.items()}
    answers: list[dict[str, Any]] = [{"item": item, "value": score} for item, score in zip(ITEMS, scores, strict=True)]
    return {"answer": [{**row, **({"note": told[row["item"]]} if row["item"] in told else {})} for row in answers]}


def prepare(kwartier: Kwartier, ref: str) -> None:
    """The tasks before the interview, the participants, letters and consent."""
    kwartier.text("afvinken", ref, "auditoren", "datum-ruimte", "--datum", "2026-09-20", "--door", "Wietske Zandstra")
    some = kwartier.json("meting", "toon", ref)["steps"][0]
    assert (some["status"], some["detail"]) == ("busy", "2 van 10 gedaan")
    assert "ALLES" in kwartier.text("afvinken", "--help")
    assert kwartier.json("afvinken", ref, "ALLES", "--datum", "2026-11-15")["status"] == "done"
    assert kwartier.json("afvinken", ref, "taken-verdelen", "--niet")["detail"] == "9 van 10 gedaan"
    kwartier.text("afvinken", ref, "taken-verdelen", "--datum", "2026-11-20")

    codes = {}
    for role, name in PARTICIPANTS.items():
        added = ("deelnemer", "erbij", ref, "--rol", role, "--naam", name, "--brief", "2026-10-25")
        codes[role] = kwartier.json(*added)["code"]
    # The project leader is known already, for she ticked off tasks; nobody gets two codes.
    assert codes["projectleider"] == "c1"
    assert [codes[role] for role in list(PARTICIPANTS)[1:]] == ["d1", "d2", "d3", "d4", "d5"]
    assert "projectleider" in kwartier.refused("deelnemer", "erbij", ref, "--rol", "baas", status=2)["message"]
    for name in PARTICIPANTS.values():
        kwartier.text("deelnemer", "wijzig", ref, name, "--toestemming", "gegeven", "--geluid", "geweigerd")
    kwartier.text("deelnemer", "erbij", ref, "--rol", "client", "--toestemming", "geweigerd")
    told = kwartier.json("deelnemer", "lijst", ref)["participants"]
    assert len(told) == 7
    assert told[0] == {
        "code": "c1",
        "name": "Wietske Zandstra",
        "role": "projectleider",
        "letter": "2026-10-25",
        "consent": "gegeven",
        "audio": "geweigerd",
    }
    assert "Joris Okkerse" in kwartier.text("deelnemer", "lijst", ref)


def interview(kwartier: Kwartier, ref: str) -> None:
    """Two sittings, questions that were asked, and raw notes of the auditor who typed."""
    sessions = [
        {"date": "2026-11-22", "start": "14:00", "end": "15:30"},
        {"date": "2026-11-24", "start": "10:00", "end": "10:45"},
    ]
    asked = [{"item": "1", "id": "a", "asked": True}, {"item": "1", "id": "b", "essential": True}]
    done = kwartier.fill(ref, "interview", {"session": sessions, "prompt": asked})
    assert done["detail"].startswith("2 gesprekken, 135 minuten (gepland 120), 1 van ")
    notes = [
        {"item": "1", "text": "De visie ligt er, zegt Joris, maar hij heeft haar nooit gezien."},
        {"item": "9", "text": "Ruimte in de teams: wisselend."},
        {"text": "Koffie was koud."},
    ]
    kwartier.fill(ref, "interview", {"note": notes}, "--auditor", "Bram Kok")
    read = kwartier.json("aantekeningen", "toon", ref, "--auditor", "Anna de Wit")["notes"]
    assert [(one["person"], [note["item"] for note in one["notes"]]) for one in read] == [("a2", ["1", "9", None])]
    assert "hij heeft haar nooit gezien" in kwartier.text("aantekeningen", "toon", ref, "--auditor", "a1")


def explain(kwartier: Kwartier, ref: str) -> None:
    """The concept of the report, written by one, completed by the other."""
    form = kwartier.desk / "toelichten.toml"
    assert str(form) in kwartier.text("formulier", ref, "toelichten", "--uit", form)
    blank = form.read_text()
    filled = blank.replace('# text = """"""', 'text = "Volgens de groep is dit bekend in de helft van de teams."')
    form.write_text(filled.replace('# writer = ""', 'writer = "Bram Kok"'))
    done = kwartier.json("invullen", ref, form, "--stap", "toelichten", "--datum", "2026-11-25")
    assert (done["status"], done["detail"]) == ("done", "12 van 12 geschreven")
    text = "De cliëntenraad las de visie.\n\nIn twee teams hangt zij aan de muur."
    kwartier.fill(ref, "toelichten", {"explanation": [{"item": "1", "text": text}]}, "--door", "Anna de Wit")


def score_here(kwartier: Kwartier, ref: str) -> None:
    """The first auditor scores with access to the folder, from the form that kwartier makes."""
    form = kwartier.desk / "blad.toml"
    kwartier.text("formulier", ref, "--auditor", "Anna de Wit", "--uit", form)
    lines = form.read_text().split("\n")
    scores = iter([4, 3, 3, 2, 4, 3, 3, 2, 3, 4, 3, 3])
    form.write_text("\n".join(f"value = {next(scores)}" if line.startswith("# value = ") else line for line in lines))
    assert next(scores, None) is None, "the form asks one score per item"
    kwartier.text("invullen", ref, form, "--auditor", "Anna de Wit")
    sealed = kwartier.json("verzegel", ref, "--auditor", "Anna de Wit")
    assert sealed == {"ref": ref, "sealed": True, "revealed": False}
    assert kwartier.refused("consensus", ref, "--gelijke")["code"] == "not-revealed"
    assert kwartier.refused("definitief", ref)["code"] == "not-revealed"


def score_apart(kwartier: Kwartier, ref: str, *, key: Path | None, disabled: str) -> None:
    """The second auditor scores at home, on another machine without the folder; also without the instrument."""
    locked = ["--wachtwoord-bestand", str(key)] if key else []
    given = kwartier.desk / "voor bram.kwartier"
    more = ["--met-aantekeningen"] if key else []
    made = kwartier.json("meting", "geef", ref, "--auditor", "Bram Kok", "--uit", given, *locked, *more)
    assert made == {"file": str(given), "person": "a2", "locked": bool(key)}

    away = kwartier.beside("nooit-gemaakt", **({"KWARTIER_DISABLE": disabled} if disabled else {}))
    opened = away.json("blad", "open", given, *locked)
    assert (opened["ref"], opened["person"], opened["step"]) == (ref, "a2", "zelf-scoren")
    assert opened["folder"] == str(kwartier.desk / "voor bram")
    apart = ("--data", opened["folder"])
    assert "Volgens de groep" in away.text("formulier", ref, "toelichten", *apart)
    if key:
        assert "nooit gezien" in away.text("aantekeningen", "toon", ref, "--auditor", "a2", *apart)
    form = kwartier.desk / "thuis.toml"
    away.text("formulier", ref, "--auditor", "a2", "--uit", form, *apart)
    sheet = rows([4, 2, 3, 3, 4, 3, 2, 2, 4, 3, 3, 3], n9="Ruimte is er, maar niet overal.")
    away.text("invullen", ref, away.file(sheet), "--auditor", "Bram Kok", *apart)
    fix = {"explanation": [{"item": "9", "text": "In de helft van de teams is er ruimte; de rest wil wel."}]}
    away.text("invullen", ref, away.file(fix), "--stap", "toelichten", *apart)
    # Not sealed yet: it can be packed, and is refused where it comes back.
    early = kwartier.desk / "te-vroeg.kwartier"
    assert away.json("blad", "inpakken", opened["folder"], "--uit", early)["sealed"] is False
    assert kwartier.refused("meting", "neem", early)["code"] == "not-sealed"
    away.text("verzegel", ref, "--auditor", "a2", *apart)
    back = kwartier.desk / "terug.kwartier"
    packed = away.json("blad", "inpakken", opened["folder"], "--uit", back, *locked)
    assert packed == {"file": str(back), "sealed": True, "ref": ref, "person": "a2"}
    if key:
        assert b"Ruimte is er" not in back.read_bytes()
        assert kwartier.refused("meting", "neem", back, status=2)["code"] == "passphrase-missing"
    taken = kwartier.json("meting", "neem", back, *locked)
    assert taken == {**NOTHING_OWN, "ref": ref, "person": "a2", "sheet": True, "texts": ["9"], "revealed": True}
    assert not away.data.exists(), "working apart touches no data folder but its own"
    if not key:
        again = kwartier.json("meting", "neem", back)
        assert again == {**NOTHING_OWN, "ref": ref, "person": "a2", "sheet": False, "texts": [], "revealed": True}
        assert kwartier.beside("elders").refused("meting", "neem", back)["code"] == "other-record"


def agree(kwartier: Kwartier, ref: str) -> None:
    """The scores lie side by side: equal ones are confirmed at once, the others get a reason."""
    between = kwartier.json("uitslag", ref)
    assert between["items"][1]["raters"] == {"a1": 3, "a2": 2}
    assert (between["total"], between["items"][1]["score"]) == (None, None)
    assert between["agreement"]["equal"] == 7
    equal = kwartier.json("consensus", ref, "--gelijke", "--datum", "2026-12-03")
    assert equal["open"] == ["2", "4", "7", "9", "10"]
    refused = kwartier.refused("consensus", ref, kwartier.file({"answer": [{"item": "2", "value": 3}]}), status=2)
    assert "een reden is nodig" in refused["message"]
    different = {"2": 3, "4": 2, "7": 3, "9": 4, "10": 3}
    agreed = [{"item": item, "value": value, "note": f"Samen: {item}."} for item, value in different.items()]
    assert kwartier.json("consensus", ref, kwartier.file({"answer": agreed}))["open"] == []
    # Off what both gave needs a reason as well.
    off = kwartier.refused("consensus", ref, kwartier.file({"answer": [{"item": "1", "value": 5}]}), status=2)
    assert "wijkt af" in off["message"]
    situation = kwartier.json("meting", "toon", ref)
    assert "texts-changed" in {one["id"] for one in situation["findings"]}, "item 9 was rewritten after a1 sealed"


def conclude(kwartier: Kwartier, ref: str) -> None:
    """Conclusions with a recommendation each, the facts checked, and the report definitive."""
    given = {
        "text": "Er is veel goede wil en nog weinig vaste grond.",
        "strength": [{"text": "Ervaringsdeskundigen werken in elk team.", "section": "B"}],
        "improvement": [
            {"id": "p1", "text": "Scholing is er niet voor iedereen.", "section": "C", "item": "6"},
            {"id": "p2", "text": "De visie leeft niet.", "section": "A"},
            {"id": "p3", "text": "Naasten zijn uit beeld.", "section": "D"},
        ],
        "recommendation": [
            {"id": "r1", "improvement": "p1", "text": "Maak een scholingsplan."},
            {"id": "r2", "improvement": "p2", "text": "Houd dialoogbijeenkomsten."},
            {"id": "r3", "improvement": "p3", "text": "Nodig naasten uit."},
        ],
    }
    assert kwartier.fill(ref, "conclusies", given)["detail"] == "1 sterk, 3 te verbeteren"
    check = {"explanation": [{"item": "4", "text": "Het zijn er zes, geen vijf."}]}
    kwartier.fill(ref, "feitencontrole", check, "--door", "Wietske Zandstra", "--datum", "2026-12-10")
    concept = kwartier.text("verslag", ref)
    assert "concept" in concept.lower()
    done = kwartier.json("definitief", ref, "--datum", "2026-12-14", "--door", "Anna de Wit")
    assert done == {"ref": ref, "version": 1}
    assert kwartier.refused("definitief", ref)["code"] == "definitive"
    late = kwartier.file({"explanation": [{"item": "1", "text": "Toch anders."}]})
    assert kwartier.refused("invullen", ref, late, "--stap", "toelichten")["code"] == "definitive"


def read_report(kwartier: Kwartier, ref: str) -> None:
    """The report as who was interviewed may read it."""
    path = kwartier.desk / "verslag.md"
    kwartier.text("verslag", ref, "--uit", path)
    report = path.read_text()
    for expected in (
        "Kwadrant",
        "Ervaringsdeskundigen werken in elk team.",
        "Maak een scholingsplan.",
        "In twee teams hangt zij aan de muur.",
        "3,1",
        "gemiddelde van 12 van 12 items",
        "135 minuten",
        "Anna de Wit",
    ):
        assert expected in report, expected
    # Participants by role and number only; raw notes and remarks stay inside.
    for hidden in [*PARTICIPANTS.values(), "nooit gezien", "Koffie was koud"]:
        assert hidden not in report, hidden
    assert "Overeenstemming" in report
    without = kwartier.text("verslag", ref, "--zonder-overeenstemming")
    assert "Overeenstemming" not in without
    assert kwartier.refused("verslag", ref, "--uit", path)["code"] == "file-exists"
    kwartier.text("verslag", ref, "--uit", path, "--overschrijf")


def follow_up(kwartier: Kwartier, ref: str) -> None:
    """The results are discussed, the project group chooses three actions, and comes back to them."""
    facts = [
        {"id": "terugkoppeling_datum", "value": "2027-01-12"},
        {"id": "terugkoppeling_aanwezig", "value": "projectgroep, cliëntenraad"},
    ]
    wrong = kwartier.refused("invullen", ref, kwartier.file({"fact": facts}), "--stap", "terugkoppelen", status=2)
    assert "zonder aanhalingstekens" in wrong["message"]
    facts[0]["value"] = date(2027, 1, 12)  # type: ignore[assignment]
    assert kwartier.fill(ref, "terugkoppelen", {"fact": facts})["status"] == "done"

    actions = [
        {"id": "scholing", "text": "Scholingsplan", "recommendation": "r1", "who": OWNERS[0], "due": "2027-06-01"},
        {"id": "dialoog", "text": "Drie dialogen", "recommendation": "r2", "who": OWNERS[1], "due": "2027-09-01"},
        {"id": "naasten", "text": "Naasten aan tafel", "recommendation": "r3", "who": OWNERS[1], "state": "loopt"},
        {"id": "vier", "text": "Nog iets"},
    ]
    many = kwartier.fill(ref, "actiepunten", {"action": actions, "date": "2027-01-20"})
    assert many["findings"] == ["aantal-actiepunten"]
    three = kwartier.fill(ref, "actiepunten", {"action": [{"id": "vier", "remove": True}]})
    assert (three["detail"], three["findings"]) == ("3 actiepunten", [])
    assert "scholing" in kwartier.text("formulier", ref, "opvolgen")
    review = {"action": "scholing", "date": "2027-07-15", "state": "afgerond", "text": "Het plan ligt er."}
    assert kwartier.fill(ref, "opvolgen", {"review": [review]})["detail"] == "2 van 3 lopen nog"
    report = kwartier.text("verslag", ref)
    assert "Het plan ligt er." in report
    assert "afgerond" in report


def read_agenda(kwartier: Kwartier, ref: str) -> None:
    """The agenda on several days: what was chosen, what is late, and when to do it again."""

    def on(day: str) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        told = kwartier.json("agenda", "--op", day)
        assert told["today"] == day
        for one in told["agenda"]:
            assert one["ref"] == ref
            found.setdefault(one["when"], []).append((one["kind"], one["date"]))
        return found

    early = on("2027-02-20")
    assert early["soon"] == [("raw-notes", "2027-03-14")]
    assert ("action", "2027-09-01") in early["later"]
    assert [one for one in early["later"] if one[0] == "review"] == [("review", "2027-07-20")] * 2
    assert ("repeat", "2027-11-22") in early["later"]
    late = on("2027-09-02")
    assert ("raw-notes", "2027-03-14") in late["late"]
    assert ("action", "2027-09-01") in late["late"]
    assert not any(day == "2027-06-01" for rows in late.values() for _, day in rows), "that action is done"
    shown = kwartier.text("agenda", "--op", "2027-09-02")
    assert "Te laat" in shown
    assert "Ole Dirksen" in shown


def reopen(kwartier: Kwartier, ref: str) -> None:
    """Something was wrong after all: opened with a reason, changed, definitive again as version 2."""
    assert kwartier.refused("heropen", ref, "--reden", " ", status=2)["code"] == "reason-missing"
    kwartier.text("heropen", ref, "--reden", "Item 4: het zijn er zes.")
    six = {"explanation": [{"item": "4", "text": "Er werken zes ervaringsdeskundigen."}]}
    kwartier.fill(ref, "toelichten", six)
    assert kwartier.json("definitief", ref, "--datum", "2027-01-08")["version"] == 2
    report = kwartier.text("verslag", ref)
    assert "Versie 2" in report or "versie 2" in report
    assert "Item 4: het zijn er zes." in report
    assert "Er werken zes ervaringsdeskundigen." in report


def again(kwartier: Kwartier, ref: str) -> str:
    """Two years later, with one other auditor, and one item that could not be judged."""
    second = kwartier.start("Anna de Wit", "Fatima el Idrissi", day="2028-11-20", more=["--volgt", ref])
    assert kwartier.json("meting", "toon", second)["ref"] == "kwadrant/mie/2028-11-20"
    assert not [one for one in kwartier.json("agenda", "--op", "2028-11-30")["agenda"] if one["kind"] == "repeat"]
    kwartier.explain(second, "Twee jaar later, item {}.")
    kwartier.score(second, "Anna de Wit", [4, 4, 4, 3, 4, 4, 3, 3, 4, 4, 3, "te weinig informatie"])
    kwartier.score(second, "Fatima el Idrissi", [4, 4, 3, 3, 4, 4, 4, 3, 4, 4, 4, "niet besproken"])
    unequal = [
        {"item": "3", "value": 4, "note": "Meer dialogen."},
        {"item": "7", "value": 4, "note": "Ook op papier geregeld."},
        {"item": "11", "value": 3, "note": "Nog niet overal."},
    ]
    assert kwartier.json("consensus", second, kwartier.file({"answer": unequal}), "--gelijke")["open"] == []
    kwartier.text("overslaan", second, "feitencontrole", "--reden", "De projectleider was erbij.")
    kwartier.text("definitief", second, "--datum", "2028-12-20")
    return second


def compare(kwartier: Kwartier, ref: str, second: str) -> None:
    """The two beside each other, in figures and in the report."""
    told = kwartier.json("uitslag", second, "--met", ref)
    # 41/11 over the eleven items that were scored; against 37/12 the first time.
    assert (told["total"]["mean"], told["total"]["mean_exact"]) == ("3.7", "41/11")
    assert (told["total"]["n"], told["total"]["of"]) == (11, 12)
    compared = told["comparison"]
    assert compared["ref"] == ref
    assert compared["total"]["before"]["n"] == compared["total"]["after"]["n"] == 11
    assert compared["total"]["before"]["mean_exact"] == "34/11"
    assert compared["total"]["difference_exact"] == "7/11"
    assert compared["items"][11]["difference"] is None
    text = kwartier.text("uitslag", second, "--met", ref)
    assert "gemiddelde van 11 van 12 items" in text
    assert "Vergeleken met" in text
    assert "+0,6" in text
    assert "Andere auditoren" in text
    report = kwartier.text("verslag", second)
    assert "22 november 2026" in report or "22 nov 2026" in report
    assert "3,7" in report


def withdraw_and_destroy(kwartier: Kwartier, ref: str) -> None:
    """A participant takes part back, a name is erased, raw notes are destroyed."""
    told = kwartier.json("deelnemer", "intrek", ref, "Joris Okkerse")["remove"]
    assert any("persoon wis kwadrant d1" in one for one in told)
    assert any("ruwe aantekeningen van Bram Kok" in one for one in told)
    assert kwartier.refused("persoon", "wis", "kwadrant", "d1", status=2)["code"] == "not-sure"
    erased = kwartier.json("persoon", "wis", "kwadrant", "d1", "--ja")
    assert erased["code"] == "d1"
    assert ref in erased["used"]
    people = {one["code"]: one["name"] for one in kwartier.json("persoon", "lijst", "kwadrant")["people"]}
    assert people["d1"] is None
    assert people["d2"] == "Truus van Hemert"
    assert "gewist" in kwartier.text("persoon", "lijst", "kwadrant")

    kwartier.text("aantekeningen", "bewaar", ref, "--auditor", "Bram Kok", "--tot", "2027-02-01")
    dates = [one["date"] for one in kwartier.json("agenda")["agenda"] if one["kind"] == "raw-notes"]
    assert dates == ["2027-02-01"]
    assert kwartier.refused("aantekeningen", "vernietig", ref, "--auditor", "a2", status=2)["code"] == "not-sure"
    kwartier.text("aantekeningen", "vernietig", ref, "--auditor", "Bram Kok", "--ja")
    left = kwartier.json("aantekeningen", "toon", ref, "--auditor", "a1")["notes"]
    assert left[0]["notes"] == []
    assert left[0]["destroyed"] is not None
    assert not [one for one in kwartier.json("agenda")["agenda"] if one["kind"] == "raw-notes"]


def check_disk(kwartier: Kwartier) -> None:
    """Names stand in people.toml alone, what was destroyed or erased nowhere, and the folder is sound."""
    named, read = set(), 0
    for path in sorted(kwartier.data.rglob("*")):
        if path.is_file():
            text, read = path.read_text(), read + 1
            named |= {path.name for name in NAMES if name in text}
            assert "nooit gezien" not in text, path
            assert "Koffie" not in text, path
            assert "Okkerse" not in text, path
            assert not any(name in str(path) for name in NAMES), path
    assert read > 20
    assert named == {"people.toml"}
    sound = kwartier.json("controle")
    assert (sound["sound"], sound["organisations"], sound["assessments"]) == (True, 2, 2), sound["problems"]
    assert [one for one in sound["problems"] if one["level"] == "error"] == []
    assert "alles in orde" in kwartier.text("controle")


def test_a_whole_mie_by_commands_alone(kwartier: Kwartier) -> None:
    made = kwartier.json("organisatie", "nieuw", "Kwadrant", "--soort", "ggz", "--clienten", "2400")
    assert made["slug"] == "kwadrant"
    kwartier.text("organisatie", "nieuw", "Kwadrant Noord", "--onderdeel-van", "kwadrant")
    assert "kwadrant-noord" in kwartier.text("organisatie", "toon", "kwadrant")
    ref = kwartier.start("Anna de Wit", "Bram Kok")
    assert ref == "kwadrant/mie/2026-11-22"
    prepare(kwartier, ref)
    interview(kwartier, ref)
    explain(kwartier, ref)
    score_here(kwartier, ref)
    score_apart(kwartier, ref, key=None, disabled="")
    agree(kwartier, ref)
    conclude(kwartier, ref)
    read_report(kwartier, ref)
    follow_up(kwartier, ref)
    read_agenda(kwartier, ref)
    reopen(kwartier, ref)
    second = again(kwartier, ref)
    compare(kwartier, ref, second)
    withdraw_and_destroy(kwartier, ref)
    check_disk(kwartier)


@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
def test_a_sheet_made_apart_comes_back_without_the_plugin(kwartier: Kwartier, locked: bool) -> None:
    kwartier.organisation()
    ref = kwartier.start("Anna de Wit", "Bram Kok")
    interview(kwartier, ref)
    explain(kwartier, ref)
    score_here(kwartier, ref)
    key = kwartier.desk / "sleutel.txt"
    key.write_text("paarse krokodil 17\n")
    score_apart(kwartier, ref, key=key if locked else None, disabled="mie")
    assert kwartier.json("uitslag", ref)["items"][8]["raters"] == {"a1": 3, "a2": 4}
    assert kwartier.json("controle")["sound"]
