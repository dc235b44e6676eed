"""Before the reveal no command shows anybody a score or a remark of somebody else, in an answer, an error or a file.

Two worlds differ in nothing but what Bram and Noor gave. Whatever others ask, the answer has to be the same in both:
then nothing can be learned from it. Every command there is has to be in the list of questions.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import tomli_w

from kwartier.cli.app import root

if TYPE_CHECKING:
    from tests.conftest import Answered, Kwartier

REF = "kwadrant/mie/2028-11-20"
BEFORE = "kwadrant/mie/2026-11-22"
SECRET = re.compile("GEHEIM|VERBORGEN")
WORLDS: dict[str, tuple[list[object], str]] = {
    "high": ([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, "te weinig informatie"], "GEHEIM-{}"),
    "low": ([1, 2, 1, 2, "niet van toepassing", 2, 1, 2, 1, 2, 1, 3], "VERBORGEN-{} en een heel stuk langer"),
}
VIEWERS = ("", "Anna", "a1", "Piet", "Wietske")
"""Nobody in particular, the other auditor by name and code, somebody who scores along, the project leader."""


class Worlds:
    """A data folder and a desk that can be put back as they were, in either world."""

    def __init__(self, kwartier: Kwartier) -> None:
        self.kwartier = kwartier
        self.kept = kwartier.home / "bewaard"
        self.ready: dict[str, list[Any]] = {}
        self.now = ""

    def make(self, people: tuple[str, ...], after: Callable[[str], None] = lambda _: None) -> None:
        """Both worlds from the folder as it is: in each, these people give something else and seal it."""
        begin = self.kept / "begin"
        shutil.copytree(self.kwartier.data, begin / "data")
        for name, (scores, note) in WORLDS.items():
            shutil.rmtree(self.kwartier.data)
            shutil.copytree(begin / "data", self.kwartier.data)
            for who in people:
                # A sheet that was reopened keeps what it was: that is secret too.
                self.kwartier.score(REF, who, list(reversed(scores)), note)
                self.kwartier.text("heropen", REF, "--auditor", who, "--reden", note.format("reden"))
                self.kwartier.score(REF, who, scores, note)
            after(name)
            shutil.copytree(self.kwartier.data, self.kept / name / "data")
        for name in WORLDS:
            shutil.copytree(self.kwartier.desk, self.kept / name / "desk")
        shutil.rmtree(self.kwartier.data)
        shutil.rmtree(self.kwartier.desk)

    def put(self, name: str) -> None:
        """The world as it was made. What a question left as it was is set aside, what it changed is made anew."""
        places = {"data": self.kwartier.data, "desk": self.kwartier.desk}
        if self.now:
            aside = self.kept / f"{self.now}-klaar"
            same = self.listing() == self.ready[self.now]
            for part, place in places.items():
                if same:
                    aside.mkdir(exist_ok=True)
                    place.rename(aside / part)
                else:
                    shutil.rmtree(place)
        for part, place in places.items():
            if (self.kept / f"{name}-klaar" / part).exists():
                (self.kept / f"{name}-klaar" / part).rename(place)
            else:
                shutil.copytree(self.kept / name / part, place)
        self.now, self.ready[name] = name, self.listing()

    def listing(self) -> list[Any]:
        """What would show that a file was written."""
        paths = [*self.kwartier.data.rglob("*"), *self.kwartier.desk.rglob("*")]
        return sorted((str(path), stat.st_size, stat.st_mtime_ns) for path in paths if (stat := path.stat()))

    def asked(self, args: list[str]) -> dict[str, list[str]]:
        """What is answered in each world: both streams, and what stands on the desk afterwards."""
        told = {}
        for name in WORLDS:
            self.put(name)
            kept = self.kept / name / "desk"
            done: Answered = self.kwartier(*args)
            desk = {path.relative_to(self.kwartier.desk): path for path in self.kwartier.desk.rglob("*")}
            papers = {one: path for one, path in sorted(desk.items()) if path.is_file()}
            made = [
                plain(path)
                for one, path in papers.items()
                if not (kept / one).exists() or (kept / one).read_bytes() != path.read_bytes()
            ]
            told[name] = [str(done.status), timeless(done.out), timeless(done.err), *made]
        return told


def timeless(text: str) -> str:
    """A text without the moment and the ids that were made while it was."""
    text = re.sub(r"\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?", "TIME", text)
    return re.sub(r"\b[0-9a-z]{20,}\b", "ID", text)


def plain(path: Path) -> str:
    """What a file says, without when it was made and the digest over that."""
    text = path.read_text()
    if path.suffix in (".toml", ".kwartier"):
        tree = tomllib.loads(text)
        text = json.dumps({key: one for key, one in tree.items() if key not in ("made", "digest")}, default=str)
    return f"{path.name}\n{timeless(text)}"


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """An earlier measurement that is definitive; now Bram and Noor have sealed and Anna has one item to go."""
    from tests.conftest import Kwartier, answers

    kwartier = Kwartier(tmp_path_factory.mktemp("werelden"))
    kwartier("demo")
    kwartier.organisation()
    first = kwartier.start("Anna", "Bram")
    kwartier.explain(first)
    for who in ("Anna", "Bram"):
        kwartier.score(first, who, [4] * 12)
    kwartier.text("consensus", first, "--gelijke")
    kwartier.text("definitief", first)
    more = ["--meelopend", "Noor", "--meelopend", "Piet", "--volgt", first]
    assert kwartier.start("Anna", "Bram", day="2028-11-20", more=more) == REF
    kwartier.explain(REF)
    kwartier.text("afvinken", REF, "auditoren", "--door", "Wietske")
    kwartier.text("deelnemer", "erbij", REF, "--rol", "client", "--naam", "Joris", "--toestemming", "gegeven")
    kwartier.fill(REF, "interview", {"note": [{"item": "3", "text": "Los genoteerd."}]}, "--auditor", "Bram")
    kwartier.score(REF, "Anna", [3] * 12, seal=False)
    kwartier.text("invullen", REF, kwartier.file({"answer": [{"item": "9", "remove": True}]}), "--auditor", "Anna")
    kwartier.score(REF, "Piet", [2] * 12, seal=False)
    # What Anna hands in and takes along.
    kwartier.text("meting", "geef", REF, "--auditor", "Anna", "--uit", "anna.kwartier")
    kwartier.text("blad", "open", "anna.kwartier", "--map", "thuis")
    kwartier.file(answers([3] * 12), "blad.toml")
    kwartier.file({"answer": [{"item": "1", "value": 7}, {"item": "99", "value": 1}]}, "fout.toml")
    kwartier.file({"explanation": [{"item": "2", "text": "Beter gezegd."}]}, "tekst.toml")
    kwartier.file({"improvement": [{"id": "p1", "text": "Scholing."}]}, "conclusies.toml")
    (kwartier.desk / "oud.csv").write_text("organisatie;datum;1;9\nKwadrant;2026-11-22;5;1\nKwadrant;2028-11-20;5;1\n")
    (kwartier.desk / "nieuw.csv").write_text("organisatie;1;9\nKwadrant;5;1\nVierkant;5;1\n")
    made = Worlds(kwartier)
    made.make(("Bram", "Noor"))
    return made


QUESTIONS: dict[str, list[str]] = {
    "demo": [""],
    "organisatie nieuw": ["Vierkant"],
    "organisatie lijst": [""],
    "organisatie toon": ["kwadrant"],
    "organisatie wijzig": ["kwadrant --soort ribw"],
    "persoon lijst": ["kwadrant"],
    "persoon naam": ["kwadrant Bram Bert"],
    "persoon wis": ["kwadrant Bram --ja"],
    "onderwerp nieuw": ["kwadrant s1"],
    "onderwerp wijzig": ["kwadrant s1 --naam Sien"],
    "onderwerp toon": ["kwadrant s1"],
    "onderwerp lijst": ["kwadrant"],
    "student slot erop": ["kwadrant s1 --ja"],
    "student slot eraf": ["kwadrant s1 --ja"],
    "student slot wachtwoord": ["kwadrant s1"],
    "student bewaren": ["kwadrant s1 2030-01-01"],
    "student besluit": ["kwadrant s1", "kwadrant s1 --uit besluit.md"],
    "student exporteer": ["kwadrant s1 --uit alles"],
    "student geef": ["kwadrant s1 mee.kwartier --wachtwoord-bestand blad.toml"],
    "student neem": ["blad.toml --organisatie kwadrant --wachtwoord-bestand blad.toml"],
    "student wis": ["kwadrant s1 --ja", "kwadrant s1 --ja --zonder-besluit"],
    "plaatsing nieuw": ["kwadrant p1 --student s1"],
    "plaatsing wijzig": ["kwadrant p1 1 --begeleider Bram"],
    "plaatsing stop": ["kwadrant p1 1"],
    "plaatsing weg": ["kwadrant p1 1 --ja"],
    "plaatsing lijst": ["kwadrant"],
    "meting nieuw": [f"kwadrant mie --datum 2030-01-01 --auditor Anna --auditor Bram --volgt {REF}"],
    "meting open": [f"{REF} @"],
    "meting lijst": ["kwadrant"],
    "meting toon": [REF, f"{REF} @"],
    "meting stap-voor-stap": [
        f"{REF} @",
        *(f"{REF} --stap {step} @" for step in ("zelf-scoren", "consensus", "verslag", "interview", "toelichten")),
    ],
    "meting wijzig": [f"{REF} --datum 2028-11-21"],
    "meting bijwerken": [REF],
    "meting overnemen": ["kwadrant mie blad.toml --datum 2020-01-01 --bron map"],
    "meting geef": [f"{REF} --auditor Anna", f"{REF} --auditor Piet", f"{REF} --auditor Bram", f"{REF} @"],
    "meting neem": ["anna.kwartier", "thuis", "thuis --alleen-toelichtingen"],
    "auditor erbij": [f"{REF} Cor"],
    "auditor kenmerk": [f"{REF} Bram geschoold=ja"],
    "auditor vervang": [f"{REF} Bram Cor --reden Ziek", f"{REF} Anna Cor --reden Ziek"],
    "auditor stop": [f"{REF} Anna --reden Ziek", f"{REF} Bram --reden Ziek", f"{REF} Noor --reden Ziek"],
    "deelnemer erbij": [f"{REF} --rol client"],
    "deelnemer wijzig": [f"{REF} Joris --geluid gegeven"],
    "deelnemer lijst": [REF],
    "deelnemer intrek": [f"{REF} Joris"],
    "formulier": [
        *(f"{REF} {step}" for step in ("toelichten", "interview", "conclusies", "feitencontrole", "verslag")),
        *(f"{REF} {step}" for step in ("consensus", "zelf-scoren", "actiepunten", "opvolgen", "")),
        *(f"{REF} {step} @" for step in ("toelichten", "interview", "conclusies", "consensus", "zelf-scoren", "")),
        f"{REF} zelf-scoren --auditor Anna --uit mijn.toml",
    ],
    "invullen": [
        f"{REF} blad.toml --auditor Anna",
        f"{REF} fout.toml --auditor Anna",
        f"{REF} fout.toml --auditor Bram",
        f"{REF} blad.toml --auditor Bram",
        f"{REF} blad.toml --auditor Noor",
        f"{REF} blad.toml --stap consensus",
        f"{REF} blad.toml",
        f"{REF} tekst.toml --stap toelichten",
        f"{REF} conclusies.toml --stap conclusies",
        f"{REF} weg.toml --auditor Anna",
    ],
    "afvinken": [f"{REF} ALLES"],
    "overslaan": [f"{REF} feitencontrole --reden Daarom", f"{REF} zelf-scoren --reden Daarom"],
    "feiten": [REF, f"{REF} blad.toml"],
    "voorstel": [REF],
    "aantekeningen toon": [f"{REF} @"],
    "aantekeningen bewaar": [f"{REF} --auditor Bram --tot 2029-01-01"],
    "aantekeningen vernietig": [f"{REF} --auditor Bram --ja"],
    "bewijs lijst": [REF, f"{REF} @", f"{REF} --stap zelf-scoren @"],
    "bewijs erbij": [f"{REF} --titel Brief @"],
    "bewijs wijzig": [f"{REF} 1 --titel Brief @"],
    "bewijs weg": [f"{REF} 1 --ja @"],
    "bewijs ophalen": [f"{REF} 1 --naar uit.pdf @"],
    "bewijs deel": [f"{REF} --met iedereen @", f"{REF} --met iedereen --item 1 --stap zelf-scoren @"],
    "oordeel": [REF, f"{REF} --geef goed --reden Daarom"],
    "verzegel": [f"{REF} --auditor Anna", f"{REF} --auditor Bram", f"{REF} --auditor Piet"],
    "heropen": [f"{REF} --auditor Anna --reden Toch", f"{REF} --auditor Bram --reden Toch", f"{REF} --reden Toch"],
    "consensus": [f"{REF} --gelijke", f"{REF} blad.toml", f"{REF} blad.toml --gelijke", f"{REF} fout.toml"],
    "vergissing": [
        *(f"{REF} 1 --auditor Bram --reden Fout --stap zelf-scoren", f"{REF} 1 --auditor Bram --reden Fout"),
        f"{REF} 1 --auditor Anna --reden Fout",
    ],
    "reden": [f"{REF} aantal-auditors Daarom", f"{REF} texts-changed Daarom"],
    "definitief": [REF],
    "dekking": [REF, f"{REF} @", f"{REF} --per opleiding"],
    "groep": ["kwadrant", "kwadrant --instrument mie --uit groep.json"],
    "ladder": ["mie", REF, f"{REF} --naar 2"],
    "opleiding lijst": [""],
    "opleiding toon": ["mex"],
    "opleiding nieuw": ["profiel.toml --instrument mie"],
    "opleiding controle": ["blad.toml"],
    "opleiding gebruik": ["mex", "blad.toml"],
    "opleiding koppel": ["mex 1.1 lu1"],
    "wis": [f"{REF} 1 --ja"],
    "blad open": ["anna.kwartier --map thuis", "anna.kwartier --map elders"],
    "blad inpakken": ["thuis --uit terug.kwartier"],
    "uitslag": [REF, f"{REF} @", f"{REF} --met {BEFORE}", f"{REF} --met {BEFORE} @", f"{BEFORE} --met {REF}"],
    "brief lijst": ["", "mie", REF],
    "brief maak": [
        *(f"{REF} informatiebrief --voor Joris", f"{REF} toestemming --alle --uit brieven", f"{REF} vragen-interview"),
        *(f"{REF} scoreformulier", f"{REF} agenda", f"{REF} vragenlijst --uit vragen.md"),
    ],
    "brief nieuw": ["mie uitnodiging"],
    "brief gebruik": ["blad.toml", "--geen mie uitnodiging"],
    "vragenlijst": [
        *("mie", "mie --met-interviewvragen", REF, f"{REF} --ingevuld", f"{REF} --ingevuld @"),
        f"{REF} --ingevuld --auditor Anna --uit vragen.md",
        f"{BEFORE} --ingevuld @",
    ],
    "verslag": [
        *(REF, f"{REF} --uit verslag.md", f"{REF} --met {BEFORE}", f"{REF} --zonder-overeenstemming"),
        *(f"{REF} --variant pagina", f"{REF} --variant pagina --uit blad.md"),
        *(f"{BEFORE} --met {REF}", f"{REF} @"),
        *(f"{REF} --variant samenvatting", f"{REF} --zonder-namen", f"{REF} --formaat md,html --uit verslag"),
    ],
    "verslagen": [
        "kwadrant --naar map --formaat md,html",
        "--alles --naar map --formaat md --variant samenvatting --zonder-namen",
        "--alles --naar map --formaat md --definitief",
    ],
    "portfolio": [f"{REF} @", "--schema"],
    "exporteer": [
        *("--schema", "--alles --uit alles.csv --toelichtingen", f"{REF} {BEFORE} --uit alles.json --toelichtingen"),
        *("--organisatie kwadrant --uit alles.csv --zonder-namen --bevoegd", f"{REF} --uit alles.csv --zonder-namen"),
    ],
    "tijdlijn": ["kwadrant @", "kwadrant --instrument mie"],
    "vergelijk": [
        f"{REF} {BEFORE}",
        f"{REF} {BEFORE} @",
        *(f"--instrument mie --bevoegd{more}" for more in ("", " --zonder-namen", " --csv t.csv --verslag v.md")),
        "--instrument mie",
    ],
    "plekken": ["", "kwadrant"],
    "agenda": ["", "--op 2029-06-01", "--organisatie kwadrant"],
    "importeer": [f"mie {table} {more}" for table in ("oud.csv", "nieuw.csv") for more in ("--proef", "--gewijzigde")],
    "instrumenten": ["", "mie", "--laden"],
    "formulering nieuw": ["mie"],
    "formulering controleer": ["blad.toml"],
    "formulering gebruik": ["blad.toml"],
    "samenvoegen": [""],
    "controle": [""],
    "aanvullen": ["bash"],
}
"""What is asked of every command; `@` stands for every viewer in turn."""


def asked() -> Iterator[tuple[str, list[str]]]:
    """Every question with its words, for every viewer, in text and as JSON."""
    for command, questions in QUESTIONS.items():
        for question in questions:
            for viewer in VIEWERS if "@" in question else ("",):
                more = ["--auditor", viewer] if viewer else []
                words = [*command.split(), *question.replace("@", "").split(), *more]
                yield " ".join(words), words
                yield " ".join([*words, "--json"]), [*words, "--json"]


CASES = dict(asked())


def leaves(command: click.Command, path: str = "") -> Iterator[str]:
    """The names of all commands."""
    if not isinstance(command, click.Group):
        yield path.strip()
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        one = command.get_command(context, name)
        assert one is not None
        yield from leaves(one, f"{path} {name}")


def test_every_command_is_asked_something() -> None:
    assert set(QUESTIONS) == set(leaves(root))


@pytest.mark.parametrize("words", CASES.values(), ids=CASES)
def test_an_answer_is_the_same_whatever_others_gave(worlds: Worlds, words: list[str]) -> None:
    told = worlds.asked(words)
    assert told["high"] == told["low"]
    assert not SECRET.search("".join(told["high"] + told["low"]))
    assert told["high"][0] in "012", "no bug either"


def scores_in(tree: Any) -> Iterator[Any]:
    """Every value in a JSON answer that is somebody's score, or follows from scores."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in ("raters", "raters_missing", "shadows", "score", "difference", "total", "mean", "agreement"):
                yield value
            else:
                yield from scores_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from scores_in(value)


@pytest.mark.parametrize("viewer", ["", "Anna", "Piet", "Bram"])
def test_an_outcome_for_programs_holds_no_score(worlds: Worlds, viewer: str) -> None:
    """Also for who sealed already: own scores are on the own sheet, an outcome there is not."""
    worlds.put("high")
    told = worlds.kwartier.json("uitslag", REF, *(["--auditor", viewer] if viewer else []))
    found = [*scores_in(told)]
    assert len(found) > 40
    assert all(not one for one in found)


def test_the_owner_does_see_the_own_sheet(worlds: Worlds) -> None:
    """Else the test above would find nothing because there is nothing."""
    worlds.put("high")
    worlds.kwartier.text("heropen", REF, "--auditor", "Bram", "--reden", "Nog eens kijken.")
    form = worlds.kwartier.json("formulier", REF, "--auditor", "Bram")["form"]
    assert form.count("GEHEIM-") == 12
    assert form.count("value = 5") == 11


@pytest.mark.parametrize("who", ["Anna", "Piet"])
def test_a_file_to_work_apart_holds_nobody_elses_answers(worlds: Worlds, who: str) -> None:
    worlds.put("high")
    kwartier = worlds.kwartier
    kwartier.text("meting", "geef", REF, "--auditor", who, "--uit", "mee.kwartier")
    text = (kwartier.desk / "mee.kwartier").read_text()
    assert not SECRET.search(text)
    tree = tomllib.loads(text)
    own = {row["value"] for row in tree["sheet"]["answer"]}
    assert own == ({3} if who == "Anna" else {2})
    assert "raw" not in tree
    folder = kwartier.json("blad", "open", "mee.kwartier")["folder"]
    for path in Path(folder).rglob("*.toml"):
        assert not SECRET.search(path.read_text()), path
        assert ".a2." not in path.name


def sheet_of(kwartier: Kwartier) -> Path:
    """Bram's sheet on disk."""
    return kwartier.data / "organisations" / REF / "zelf-scoren.a2.toml"


def rows_changed(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Damages one row of a sheet."""

    def damaged(path: Path) -> None:
        tree = tomllib.loads(path.read_text())
        change(tree["answer"][0])
        path.write_bytes(tomli_w.dumps(tree).encode())

    return damaged


def with_bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Damages a file."""

    def damaged(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return damaged


def with_text(old: str, new: str) -> Callable[[Path], None]:
    """Damages the text of a sheet."""

    def damaged(path: Path) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return damaged


DAMAGE: dict[str, Callable[[Path], None]] = {
    "no toml": with_text("value = 5", "value = 5 GEHEIM"),
    "an open string": with_text('"GEHEIM-1"', '"GEHEIM-1'),
    "off the scale": rows_changed(lambda row: row.update(value=9)),
    "a text for a score": rows_changed(lambda row: row.update(value="GEHEIM")),
    "a table for a score": rows_changed(lambda row: row.update(value={"GEHEIM": 5})),
    "an unknown item": rows_changed(lambda row: row.update(item="GEHEIM")),
    "an unknown part": rows_changed(lambda row: row.update(part="GEHEIM")),
    "an unknown reason": rows_changed(lambda row: row.update(missing="GEHEIM")),
    "a number for a remark": rows_changed(lambda row: row.update(note=5)),
    "a row twice": rows_changed(lambda row: row.update(item="2")),
    "another score": rows_changed(lambda row: row.update(value=4)),
    "an unknown key": rows_changed(lambda row: row.update(GEHEIM=5)),
    "a newer schema": with_text("schema = 1", "schema = 99"),
    "not utf-8": with_bytes(lambda data: data.replace(b"GEHEIM-2", b"GEHEIM-\xff")),
    "cut off": with_bytes(lambda data: data[:-40]),
}
LOOKING = [
    "controle",
    f"meting toon {REF}",
    f"meting toon {REF} --auditor Anna",
    "meting lijst kwadrant",
    "organisatie lijst",
    "organisatie toon kwadrant",
    f"uitslag {REF}",
    f"uitslag {REF} --met {BEFORE}",
    f"verslag {REF}",
    "agenda",
    f"formulier {REF} --auditor Anna",
    f"formulier {REF} consensus",
    f"consensus {REF} --gelijke",
    f"verzegel {REF} --auditor Anna",
    f"invullen {REF} fout.toml --auditor Anna",
    f"meting geef {REF} --auditor Anna --uit mee.kwartier",
    f"auditor stop {REF} Noor --reden Ziek",
    "persoon wis kwadrant Wietske --ja",
]
AS_JSON = ("controle", f"meting toon {REF}", f"uitslag {REF}", f"verslag {REF}")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_sheet_is_named_and_not_quoted(worlds: Worlds, damage: str) -> None:
    kwartier = worlds.kwartier
    worlds.put("high")
    DAMAGE[damage](sheet_of(kwartier))
    for question in LOOKING:
        for more in ([], ["--json"]) if question in AS_JSON else ([],):
            done = kwartier(*question.split(), *more)
            assert not SECRET.search(done.out + done.err), (question, done)
            assert done.status in (0, 1, 2), (question, done)
    checked = kwartier("controle", "--json")
    places = " ".join(one["place"] for one in json.loads(checked.out)["problems"])
    assert damage in ("an unknown key", "a newer schema") or "zelf-scoren.a2.toml" in places
    for path in kwartier.desk.glob("*.kwartier"):
        assert not SECRET.search(path.read_text())


@pytest.mark.parametrize("state", ["sealed", "open"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_copy_that_a_synchroniser_made_of_a_sheet_shows_nothing(worlds: Worlds, viewer: str, state: str) -> None:
    kwartier = worlds.kwartier
    worlds.put("high")
    sheet = sheet_of(kwartier)
    tree = tomllib.loads(sheet.read_text())
    if state == "open":
        tree = {key: one for key, one in tree.items() if key not in ("sealed", "digest", "earlier")}
        sheet.write_bytes(tomli_w.dumps(tree).encode())
    tree["answer"][2] |= {"value": 4, "note": "GEHEIM-anders"}
    copy = sheet.with_name("zelf-scoren.a2 (conflicted copy 2028-11-21).toml")
    copy.write_bytes(tomli_w.dumps(tree).encode())
    who = ["--auditor", viewer] if viewer else []
    for words in (["samenvoegen"], ["samenvoegen", str(copy), *who], ["controle"], ["meting", "toon", REF, *who]):
        for more in ([], ["--json"]):
            done = kwartier(*words, *more)
            assert not SECRET.search(done.out + done.err), (words, done)
            assert done.status in (0, 1, 2), done
    done = kwartier("samenvoegen", copy, *who, "--json")
    assert json.loads(done.err)["error"]["code"] in ("not-yours", "unknown-person")
    assert copy.exists()


COPY = "consensus (conflicted copy 2028-11-21).toml"
AFTERWARDS = [
    *(f"uitslag {REF}", f"uitslag {REF} --met {BEFORE}", f"meting toon {REF}", f"aantekeningen toon {REF}"),
    *(f"formulier {REF} {step}" for step in ("", "consensus", "conclusies", "toelichten", "zelf-scoren", "interview")),
    *(f"invullen {REF} fout.toml", f"meting geef {REF} --uit mee.kwartier", f"verzegel {REF}"),
    f"samenvoegen {COPY}",
]


@pytest.fixture(scope="module")
def afterwards(worlds: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """Anna and Bram have sealed and agreed; Piet, who scores along, has an item to go."""
    from tests.conftest import Kwartier

    later = Kwartier(tmp_path_factory.mktemp("daarna"))
    later.desk.rmdir()
    shutil.copytree(worlds.kept / "begin" / "data", later.data)
    shutil.copytree(worlds.kept / "high" / "desk", later.desk)
    later.text("invullen", REF, later.file({"answer": [{"item": "9", "value": 3}]}), "--auditor", "Anna")
    later.text("invullen", REF, later.file({"answer": [{"item": "4", "remove": True}]}), "--auditor", "Piet")

    def agreed(world: str) -> None:
        later.text("verzegel", REF, "--auditor", "Anna")
        later.agree(REF, *WORLDS[world])
        agreed_on = later.data / "organisations" / REF / "consensus.toml"
        copied = agreed_on.read_text().replace("GEHEIM-2", "GEHEIM-anders").replace("VERBORGEN-2", "VERBORGEN-anders")
        agreed_on.with_name(COPY).write_text(copied)

    made = Worlds(later)
    made.make(("Bram",), agreed)
    return made


@pytest.mark.parametrize("question", AFTERWARDS)
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["text", "json"])
def test_who_scores_along_sees_nothing_of_others_before_the_own_sheet_is_sealed(
    afterwards: Worlds, question: str, more: list[str]
) -> None:
    words = question.split()
    if words[0] == "samenvoegen":
        words = ["samenvoegen", str(afterwards.kwartier.data / "organisations" / REF / COPY)]
    told = afterwards.asked([*words, "--auditor", "Piet", *more])
    assert told["high"] == told["low"]
    assert not SECRET.search("".join(told["high"] + told["low"]))
    assert told["high"][0] in "012"


def test_everybody_else_sees_them_then(afterwards: Worlds) -> None:
    afterwards.put("high")
    assert afterwards.kwartier.json("uitslag", REF)["items"][0]["raters"] == {"a1": 3, "a2": 5}
    assert SECRET.search(afterwards.kwartier.text("verslag", REF))
