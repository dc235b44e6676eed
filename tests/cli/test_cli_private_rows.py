"""What a student keeps to themselves changes no answer that others get: two worlds, with and without it.

The second world has pieces with a file, feedback and remarks that nobody else reads, or the second assessor alone, in
an older portfolio that is definitive and in the one that follows it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kwartier.instrument.selection import for_parameters
from kwartier.plugins.host import Host
from kwartier.workspace import bundle

if TYPE_CHECKING:
    from tests.conftest import Kwartier

SECRET = "GEHEIM"
OLD, REF = (f"kwadrant/leerplan/s1/2026-{month}-01" for month in ("03", "09"))
STUDENT = ("--auditor", "s1")
ITEMS = [item.id for item in for_parameters(Host().open("leerplan").content, {"niveau": 2}).items()]
ASSESSORS = ("--wie", "beoordelaar=Anna", "--wie", "beoordelaar=Bram")
START = ("meting", "nieuw", "kwadrant", "leerplan", "--onderwerp", "s1", "--parameter", "niveau=2", *ASSESSORS)

QUESTIONS = [
    *(f"{name} REF @" for name in ("meting toon", "uitslag", "verslag", "portfolio", "dekking", "bewijs lijst")),
    *(f"{name} OLD @" for name in ("meting toon", "verslag", "portfolio", "dekking", "bewijs lijst")),
    *(f"formulier REF {step} @" for step in ("bewijs", "feedback", "zelfbeoordeling", "tussentijds", "eind")),
    *("uitslag REF --met OLD @", "uitslag REF --stap zelfbeoordeling @", "vergelijk REF OLD @", "tijdlijn kwadrant @"),
    *("vragenlijst REF --ingevuld @", "verslag REF --variant tussentijds @", "verslag OLD --variant eind @"),
    *("meting lijst kwadrant", "agenda --op 2029-01-01", "groep kwadrant", "student besluit kwadrant s1"),
    *("meting stap-voor-stap REF --stap eind @", "meting stap-voor-stap REF --stap zelfbeoordeling @"),
    *("bewijs wijzig REF 2 --titel X @", "bewijs weg REF 2 --ja @", "bewijs ophalen REF 2 --naar uit.txt @"),
    *("bewijs deel REF --met iedereen @", "bewijs deel REF --stap zelfbeoordeling --item 1.5 --met iedereen @"),
    "meting geef REF --auditor a1 --uit mee.kwartier",
]


class World:
    """A portfolio and the one that follows it, perhaps with what the student keeps to themselves."""

    def __init__(self, kwartier: Kwartier, *, private: bool) -> None:
        self.kwartier = kwartier
        if private:
            self._keep(OLD)
        for who in ("Anna", "Bram"):
            rows = [{"item": item, "value": "deels"} for item in ITEMS]
            kwartier.fill(OLD, "eind", {"answer": rows}, "--auditor", who)
            kwartier.text("verzegel", OLD, "--auditor", who)
        kwartier.text("consensus", OLD, "--gelijke")
        kwartier.text("definitief", OLD)
        kwartier.text(*START, "--datum", "2026-09-01", "--volgt", OLD)
        self.kept = kwartier.home / "bewaard"
        shutil.copytree(kwartier.data, self.kept)

    def _keep(self, ref: str) -> None:
        file = self.kwartier.desk / "prive.txt"
        file.write_text(SECRET)
        more = ("--opmerking", SECRET, "--item", "1.1", "--bestand", file)
        self.kwartier.text("bewijs", "erbij", ref, "--titel", SECRET, *more, *STUDENT)
        self.kwartier.text("bewijs", "erbij", ref, "--titel", f"{SECRET} b", "--lezer", "Bram", *more, *STUDENT)
        self.kwartier.text("bewijs", "erbij", ref, "--titel", SECRET, "--stap", "feedback", *STUDENT)
        rows = [{"item": "1.4", "note": SECRET}, {"item": "1.5", "note": SECRET, "readers": ["a2"]}]
        self.kwartier.fill(ref, "zelfbeoordeling", {"answer": rows}, *STUDENT)
        file.unlink()

    def told(self, words: list[str]) -> list[str]:
        """What a command answers and writes, without moments and ids; the data is put back where it was changed."""
        shutil.rmtree(self.kwartier.desk)
        self.kwartier.desk.mkdir()
        done = self.kwartier(*words)
        made = [plain(path) for path in sorted(self.kwartier.desk.rglob("*"))]
        if words[0] == "bewijs" and words[1] != "lijst":
            shutil.rmtree(self.kwartier.data)
            shutil.copytree(self.kept, self.kwartier.data)
        return [str(done.status), *map(timeless, (done.out, done.err, *made))]


def timeless(text: str) -> str:
    text = re.sub(r"\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?", "TIME", text)
    return re.sub(r"\b([a-z]{16}|[0-9a-f]{32,})\b", "ID", text)


def plain(path: Path) -> str:
    data = path.read_bytes()
    held = bundle.unpack(data, "") if bundle.is_bundle(data) else {"": data}
    return "\n".join(f"{name}: {inside.decode()}" for name, inside in held.items())


@pytest.fixture(scope="module", params=["something", "nothing"])
def worlds(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, World]:
    """Without and with what is private; beside something that all may read, or beside nothing."""
    from tests.conftest import Kwartier

    first = Kwartier(tmp_path_factory.mktemp("zonder"))
    first.organisation()
    first.text("onderwerp", "nieuw", "kwadrant", "s1", "--soort", "student", "--naam", "Sien Student")
    first.text(*START, "--datum", "2026-03-01")
    if request.param == "something":
        first.text("bewijs", "erbij", OLD, "--titel", "Open", "--lezer", "iedereen", "--item", "1.1", *STUDENT)
        first.fill(OLD, "zelfbeoordeling", {"answer": [{"item": "1.1", "value": "deels"}]}, *STUDENT)
    second = Kwartier(tmp_path_factory.mktemp("met"))
    shutil.copytree(first.data, second.data)
    return World(first, private=False), World(second, private=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_the_same_whatever_is_kept_private(worlds: tuple[World, World], question: str) -> None:
    known = {"REF": REF, "OLD": OLD}
    words = [known.get(word, word) for word in question.split() if word != "@"]
    for viewer in ([], ["--auditor", "Anna"]) if "@" in question else ([],):
        without, told = (world.told([*words, *viewer, "--json"]) for world in worlds)
        assert [one.replace("/met0/", "/zonder0/") for one in told] == without
        assert SECRET not in "".join(told)
        assert told[0] in "012"


def test_who_may_read_it_does(worlds: tuple[World, World]) -> None:
    """Else the test above would find nothing because there is nothing."""
    kwartier = worlds[1].kwartier
    assert SECRET in kwartier.text("bewijs", "lijst", REF, "--auditor", "Bram")
    assert SECRET in kwartier.text("formulier", REF, "eind", "--auditor", "Bram")
    assert kwartier.text("formulier", REF, "zelfbeoordeling", *STUDENT).count(SECRET) == 2
