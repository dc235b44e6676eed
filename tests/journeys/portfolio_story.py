"""A student's portfolio from the command line, in the pieces that its stories are made of. Checks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.conftest import Kwartier

from kwartier.instrument.selection import for_parameters
from kwartier.plugins.host import Host

NAME, SLUG, CODE = "Roosmarijn Wending", "de-linde", "s1"
REF = f"{SLUG}/leerplan/{CODE}/2026-09-01"
NOOR, WIM, STUDENT = ("--auditor", "Noor"), ("--auditor", "Wim"), ("--auditor", CODE)
PRIVATE = "Thuis mag niemand weten dat ik dit schrijf"
"""What the student writes for nobody: in a note, in a reflection and in a file."""

SHARED = "In de groep werd het stil, en toen begon iemand anders"
LETTER = f"Lieve ik van toen. {PRIVATE}.\n".encode()
PLAN = b"Opzet voor zes bijeenkomsten.\n"


def items(level: int) -> list[str]:
    """What is judged at a level, in order."""
    content = for_parameters(Host().open("leerplan").content, {"niveau": level})
    return [item.id for item in content.items()]


def sheet(level: int, usual: str, named: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The same judgement of every item, save some."""
    others = named or {}
    return {"answer": [{"item": item, "value": others.get(item, usual)} for item in items(level)]}


def begin(programme: Kwartier) -> None:
    """The programme makes the student and the portfolio, with two assessors."""
    programme.organisation("De Linde")
    programme.json(
        "onderwerp", "nieuw", SLUG, CODE, "--soort", "student", "--naam", NAME, "--bewaren-tot", "2030-01-01"
    )
    portfolio(programme, CODE, 4, "2026-09-01", "--kenmerk", "geschoold=ja", "--kenmerk", "Noor:ervaringsdeskundig=ja")


def portfolio(programme: Kwartier, code: str, level: int, day: str, *more: str) -> str:
    """A portfolio at a level; its reference."""
    who = ("--wie", "beoordelaar=Noor", "--wie", "beoordelaar=Wim")
    start = ("meting", "nieuw", SLUG, "leerplan", "--datum", day, "--onderwerp", code, "--parameter", f"niveau={level}")
    ref: str = programme.json(*start, *who, *more)["ref"]
    return ref


def student_fills_in(own: Kwartier) -> None:
    """A piece for nobody and a piece for the assessors, each with a file, and the own view with two reflections."""
    for name, data in (("brief.txt", LETTER), ("opzet.txt", PLAN)):
        (own.desk / name).write_bytes(data)
    add = ("bewijs", "erbij", REF, *STUDENT)
    own.json(*add, "--titel", "Brief", "--opmerking", PRIVATE, "--item", "1.2", "--bestand", "brief.txt")
    more = ("--item", "3.1.2", "--item", "3.1.3", "--situatie", "kracht-2022", "--bestand", "opzet.txt")
    own.json(*add, "--titel", "Opzet herstelgroep", *more, "--lezer", "beoordelaars")
    given = sheet(4, "deels", {"1.5": "nog-niet"})["answer"]
    notes: dict[str, dict[str, Any]] = {
        "1.2": {"note": PRIVATE},
        "3.1.3": {"note": SHARED, "readers": ["beoordelaar"]},
    }
    rows = [{**row, **notes.get(row["item"], {})} for row in given]
    own.fill(REF, "zelfbeoordeling", {"answer": rows}, *STUDENT)


def judges(at: Kwartier, ref: str, step: str, who: tuple[str, str], given: Mapping[str, Any]) -> Any:
    """Somebody fills in and seals a sheet."""
    at.fill(ref, step, given, *who)
    return at.json("verzegel", ref, *who, "--stap", step)


def agree(at: Kwartier, ref: str, step: str, reasons: Mapping[str, tuple[str, str]], more: Iterable[Any] = ()) -> Any:
    """What both gave alike is confirmed; the rest gets a state with a reason."""
    at.json("consensus", ref, "--gelijke", "--stap", step)
    rows = [{"item": item, "value": value, "note": why} for item, (value, why) in reasons.items()]
    return at.json("consensus", ref, at.file({"answer": [*rows, *more]}), "--stap", step)


def files_with(folder: Path, *needles: str | bytes) -> list[str]:
    """The files under a folder that hold any of this, in their bytes or their name."""
    wanted = [one.encode() if isinstance(one, str) else one for one in needles]
    every = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in every if any(one in path.read_bytes() + path.name.encode() for one in wanted)]
