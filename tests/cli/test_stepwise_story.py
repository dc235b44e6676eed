"""The whole of a measurement in the line-by-line mode alone, by two auditors, with an instrument that it never saw.

Every line that is typed goes to the real command through its standard input.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "instruments"
REF = "de-hoop/tuin/2026-11-22"
NEXT = "de-hoop/tuin/2027-11-22"
ENTER = ""

DRAWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2190-\u21ff\u2500-\u27bf\u202a-\u202e]")
"""What acts on a terminal, and what a screen reader spells out: arrows, boxes, shapes, ticks."""


class Talk:
    """Types lines at the line-by-line mode of one record."""

    def __init__(self, kwartier: Kwartier, ref: str = REF) -> None:
        self.kwartier = kwartier
        self.ref = ref

    def __call__(self, *lines: str, who: str = "", step: str = "", ref: str = "") -> str:
        """All that is said until the input ends."""
        named = [*(["--auditor", who] if who else []), *(["--stap", step] if step else [])]
        typed = "".join(f"{line}\n" for line in lines)
        done = self.kwartier("meting", "stap-voor-stap", ref or self.ref, *named, stdin=typed)
        assert (done.status, done.err) == (0, ""), done
        assert DRAWN.search(done.out) is None, done.out
        return done.out

    def step(self, step: str, *lines: str, who: str = "") -> str:
        """What is said in one step, without the opening."""
        return self(*lines, who=who, step=step).split("\nStap ", 1)[1]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up instruments, installed as distributions like any other."""
    place = tmp_path / "pakketten"
    for id in ("tuin", "route"):
        package, told = place / f"monster_{id}", place / f"monster_{id}-1.dist-info"
        for folder in (package, told):
            folder.mkdir(parents=True)
        (package / "__init__.py").write_text("", "utf-8")
        for name in ("content.toml", "instrument.toml"):
            (package / name).write_bytes((SAMPLES / id / name).read_bytes())
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: monster-{id}\nVersion: 1\n", "utf-8")
        (told / "entry_points.txt").write_text(f"[kwartier.instruments]\n{id} = monster_{id}\n", "utf-8")
    monkeypatch.syspath_prepend(str(place))


@pytest.fixture
def talk(kwartier: Kwartier, installed: None) -> Talk:
    """A record of the made-up instrument with two auditors, in which nothing was done."""
    kwartier.organisation("De Hoop")
    new = ["meting", "nieuw", "de-hoop", "tuin", "--datum", "2026-11-22"]
    kwartier.text(*new, "--auditor", "Anna Appel", "--auditor", "Bob Biet")
    return Talk(kwartier)


def prepare(talk: Talk) -> None:
    """Everything before the scores."""
    said = talk.step("voorbereiden", "j", "21-11-2026", "door Carla Courgette", "j", "j", ENTER)
    assert "Taak 1 van 3. De buren een brief sturen" in said
    assert "Carla Courgette is hier nog niet bekend" in said, "a new name is not added by a slip of the keyboard"
    said = talk.step("mensen", "nieuw", "buur", "Dina Druif", "8 nov 2026", "1", ENTER, "gegeven", ENTER, ENTER, "n")
    assert "\nKlaar.\n" in said
    said = talk.step("gegevens", "12,5", "600", "12")
    assert "ten hoogste 500" in said
    source = ("Jaarplan", "nog niet", "document", "2-3-2026", "In de kast", "1, 3 en 9", "1, 3 en 5", ENTER, "lijst")
    said = talk.step("bronnen", *source)
    assert "9 is hier geen item" in said or "'9' is hier geen item" in said
    assert "Jaarplan. Soort: document. Datum: 2 mrt 2026. Vindplaats: In de kast. Over welke items: 1, 3, 5." in said
    said = talk.step("gesprek", "gesteld 1", "De pomp lekt al jaren.", "los: Het hek piept.", "naar 2", who="Anna")
    assert "Bij item 2: Het hek piept." in said
    talk.step("gesprek", "begin", "Bob noteert.", "einde", who="Bob")
    said = talk.step("toelichting", "Anna", "Een fijne tuin.", ".", "De bodem is los.", "Overal.", ".", who="Anna")
    assert said.count("Bewaard.") == 3


def score(talk: Talk, first: tuple[str, ...] = ("4", "3", "2", "5", "1")) -> None:
    """Both sheets, sealed: one with remarks behind the scores, one in two lines each."""
    said = talk.step("scoren", *(f"{one}: om {one}" for one in first), "j", who="Anna Appel")
    assert "De scores blijven dicht tot alle bladen die tellen verzegeld zijn." in said
    lines = [line for one in ("vol", "schraal", "2", "5") for line in (one, ENTER)]
    said = talk.step("scoren", *lines, "n", "2", ENTER, "j", who="Bob")
    assert "Dit is het laatste blad dat telt" in said
    assert "De scores liggen nu naast elkaar." in said


def finish(talk: Talk) -> None:
    """Everything after the scores."""
    said = talk.step("eens-worden", "j", "item 2", "3", "Samen besproken.", "item 5", "2: Nog eens gekeken.")
    assert "Bij 3 van 5 gaf iedereen hetzelfde: item 1, 3, 4." in said
    assert "Bob Biet: niet te beoordelen, niet besproken." in said
    assert "Anna Appel: 1, kaal; opmerking: om 1." in said
    better = ("Water.", ENTER, ENTER, ENTER, "Vang regen op.", ENTER)
    said = talk.step("conclusies", "Een fijne tuin.", "Veel buren.", "B", ENTER, *better)
    assert "Verbeterpunt 1: Water.\nAanbevelingen daarbij." in said
    said = talk.step("verslag", "hoofdstukken", "hoofdstuk 2", "lees", "definitief", "j", "Carla")
    assert "Let op: dit is nog niet gedaan" not in said
    assert "is hier nog niet bekend" not in said, "a first name is enough"
    assert "Het verslag is definitief, versie 1." in said
    assert "Kop 1: " in said
    said = talk.step("acties", "Regenton kopen", "1", "Carla", "1-3-2027", "1", ENTER, ENTER, "vandaag")
    assert "1. Vang regen op." in said
    said = talk.step("evalueren", "nieuw", "1", ENTER, "loopt", "Ton besteld.", "Carla")
    assert "Regenton kopen, Carla Courgette, klaar op 1 mrt 2027, loopt, evalueren rond" in said
    talk.step("herhalen", "22 november 2027")


def test_two_auditors_do_everything_in_it(talk: Talk) -> None:
    prepare(talk)
    score(talk)
    finish(talk)
    kwartier = talk.kwartier
    stand = {one["id"]: one["status"] for one in kwartier.json("meting", "toon", REF)["steps"]}
    assert {name for name, status in stand.items() if status != "done"} <= {"toelichting", "evalueren"}
    told = kwartier.json("uitslag", REF)
    assert [one["score"] for one in told["items"]] == [4, 3, 2, 5, 2]
    # The next one, and what changed.
    new = ["meting", "nieuw", "de-hoop", "tuin", "--datum", "2027-11-22", "--volgt", REF]
    kwartier.text(*new, "--auditor", "Anna Appel", "--auditor", "Bob Biet")
    later = Talk(kwartier, NEXT)
    score(later, ("5", "3", "2", "5", "1"))
    later.step("eens-worden", "j", "item 1", "5: Beter.", "item 2", "3: Zo.", "item 5", "n 1", "Weg.")
    said = later("vergelijk", "vergelijk " + REF, "uitslag", "bevindingen")
    assert said.count("Item 1, Bodem: toen 4, nu 5, 1 hoger.") == 2
    assert "Item 3, Samen: toen 2, nu 2, gelijk." in said
    assert "Item 5, Nieuw: toen 2, nu niet te beoordelen; " in said


def test_what_was_typed_is_what_is_stored(talk: Talk) -> None:
    prepare(talk)
    kwartier = talk.kwartier
    form = kwartier.json("formulier", REF, "voorbereiden")["form"]
    assert form.count("done = true") == 3
    assert "date = 2026-11-21" in form
    people = kwartier.json("deelnemer", "lijst", REF)["participants"]
    assert people == [
        {
            "code": "d1",
            "name": "Dina Druif",
            "role": "buur",
            "letter": "2026-11-08",
            "consent": "gegeven",
            "audio": "gegeven",
        }
    ]
    facts = kwartier.json("formulier", REF, "gegevens")["form"]
    assert "value = 12.5" in facts
    assert "value = 12\n" in facts
    notes = kwartier.json("aantekeningen", "toon", REF, "--auditor", "Anna")["notes"]
    told = {(one["person"], note["item"], note["text"]) for one in notes for note in one["notes"]}
    assert told == {("a1", "1", "De pomp lekt al jaren."), ("a1", "2", "Het hek piept."), ("a2", "1", "Bob noteert.")}
    session = kwartier.json("formulier", REF, "gesprek")["form"]
    assert re.search(r"^start = \d\d:\d\d:\d\d$\nend = \d\d:\d\d:\d\d", session, re.MULTILINE)
    assert "asked = true" in session
    texts = kwartier.json("formulier", REF, "toelichting")["form"]
    assert 'text = """\nDe bodem is los.\nOveral."""' in texts or "De bodem is los.\nOveral." in texts
    assert 'writer = "a1"' in texts


def test_another_kind_of_instrument_is_walked_too(kwartier: Kwartier, installed: None) -> None:
    """Words for scores, parts of items, a subject, remarks that are needed, no consensus."""
    kwartier.organisation("De Hoop")
    new = ["meting", "nieuw", "de-hoop", "route", "--datum", "2026-11-22", "--onderwerp", "s1", "--auditor", "Lot"]
    ref = kwartier.json(*new, "--parameter", "niveau=6", "--parameter", "fase=eind")["ref"]
    talk = Talk(kwartier, ref)
    steps = kwartier.json("meting", "toon", ref)["steps"]
    for one in steps:
        said = talk(*["?", *["herhaal", ""] * 40], step=one["id"], who="Lot")
        assert "Dat ging niet" not in said
        assert "Gestopt. Er is deze keer niets veranderd." in said
    scored = next(one["id"] for one in steps if one["form"] == "score")
    said = talk.step(scored, "?", "w: Zelf gezien.", "deel b", "g", "item 1.1", "misschien", "Bij daglicht.", who="Lot")
    assert "Uw score: wel, niet, misschien (onder voorwaarden)." in said
    said = talk.step(scored, "item 1.2", "m", "", "m", "Soms.", "item 1.1", "herhaal", who="Lot")
    assert "Bij misschien (onder voorwaarden) hoort een opmerking. Welke?" in said
    assert "Nu: misschien (onder voorwaarden); opmerking: " in said
