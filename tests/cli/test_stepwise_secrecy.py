"""The line-by-line mode shows nobody a score or a remark of somebody else before the reveal, whatever is typed.

Two worlds differ in nothing but what Bram and Noor gave. Whatever others type, they hear the same in both.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier

REF = "kwadrant/mie/2028-11-20"
SECRET = re.compile("GEHEIM|VERBORGEN")
WORLDS: dict[str, tuple[list[object], str]] = {
    "high": ([*[5] * 11, "te weinig informatie"], "GEHEIM-{}"),
    "low": ([1, 2, 1, 2, "niet van toepassing", 2, 1, 2, 1, 2, 1, 3], "VERBORGEN-{} en een heel stuk langer"),
}
POKING = {
    "score": [
        "lees",
        "waar",
        "toelichting",
        "omschrijvingen",
        "?",
        "herhaal",
        "terug",
        "3: Zelf.",
        "ongedaan",
        "verder",
    ],
    "seal": ["item 12", "2: Af.", "j", "lees", "heropen", "Toch.", "item 1", "wissel", "", "stappen"],
    "list": ["uitslag", "vergelijk", "agenda", "bevindingen", "", "auditors", "lijst", "", "lijst", "waar", "?"],
    "other steps": ["consensus", "gelijke", "j", "vergissing", "stappen", "verslag", "lees", "definitief", "j", ""],
    "interview": ["interview", "lees", "zoek e", "aantekeningen", "tijd", "stappen", "toelichten", "aantekeningen"],
}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kwartier]:
    """Bram and Noor, who scores along, have sealed; Anna and Piet, who scores along, have one item to go."""
    from tests.conftest import Kwartier

    begin = Kwartier(tmp_path_factory.mktemp("werelden"))
    begin.organisation()
    first = begin.start("Anna", "Bram")
    begin.explain(first)
    for who in ("Anna", "Bram"):
        begin.score(first, who, [4] * 12)
    begin.text("consensus", first, "--gelijke")
    more = ["--meelopend", "Noor", "--meelopend", "Piet", "--volgt", first]
    assert begin.start("Anna", "Bram", day="2028-11-20", more=more) == REF
    begin.explain(REF)
    for who in ("Anna", "Piet"):
        begin.score(REF, who, [3] * 12, seal=False)
        begin.text("invullen", REF, begin.file({"answer": [{"item": "12", "remove": True}]}), "--auditor", who)
    made = {}
    for name, (scores, note) in WORLDS.items():
        shutil.copytree(begin.data, begin.home / name)
        made[name] = begin.beside(name)
        for who in ("Bram", "Noor"):
            made[name].score(REF, who, list(reversed(scores)), note)
            made[name].text("heropen", REF, "--auditor", who, "--reden", note.format("reden"))
            made[name].score(REF, who, scores, note)
    return made


def heard(world: Kwartier, who: str, step: str, lines: list[str]) -> str:
    """What somebody hears, on a copy that is thrown away."""
    copy = world.beside("kopie")
    shutil.rmtree(copy.data, ignore_errors=True)
    shutil.copytree(world.data, copy.data)
    more = [*(["--auditor", who] if who else []), *(["--stap", step] if step else [])]
    done = copy("meting", "stap-voor-stap", REF, *more, stdin="".join(f"{line}\n" for line in lines))
    assert (done.status, done.err) == (0, ""), done
    return re.sub(r"\d\d:\d\d", "TIME", done.out)


@pytest.mark.parametrize("poking", POKING)
@pytest.mark.parametrize("who", ["", "Anna", "Piet"])
def test_one_hears_the_same_whatever_others_gave(worlds: dict[str, Kwartier], who: str, poking: str) -> None:
    # Sealing the last sheet that counts reveals: then what was given may be heard, by who did it.
    lines = [line for line in POKING[poking] if not (poking == "seal" and who == "Anna" and line == "j")]
    step = "zelf-scoren" if who and poking in ("score", "seal") else ""
    told = {name: heard(world, who, step, lines) for name, world in worlds.items()}
    assert told["high"] == told["low"]
    assert not SECRET.search(told["high"] + told["low"])
    assert len(told["high"].splitlines()) > 20


def test_the_reveal_opens_what_was_hidden(worlds: dict[str, Kwartier]) -> None:
    """Else the test above would find nothing because there is nothing to hear."""
    said = heard(worlds["high"], "Anna", "zelf-scoren", ["item 12", "2: Af.", "j", "", "consensus", "item 1"])
    assert "Bram: 5; opmerking: GEHEIM-1" in said
    assert "Noor, loopt mee en telt niet: 5; opmerking: GEHEIM-1" in said


def test_who_switches_hears_nothing_of_who_sat_there_before(worlds: dict[str, Kwartier]) -> None:
    lines = ["item 1", "5: EIGEN-ANNA", "wissel", "Piet", "lees", "ongedaan", "item 1", "herhaal", "?", "waar"]
    said = heard(worlds["low"], "Anna", "zelf-scoren", lines)
    after = said.partition("U bent Piet.")[2]
    assert "EIGEN-ANNA" not in after
    assert "Er is niets om terug te nemen" in after
    assert "Nu: 3." in after
