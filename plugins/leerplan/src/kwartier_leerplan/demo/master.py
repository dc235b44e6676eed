"""The student of level 7 in the demo: a master after level 6 at another school, definitive, to be kept until soon."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

from kwartier.api import Assessor, Workspace
from kwartier_leerplan.demo.common import (
    ASSESSING,
    ASSESSORS,
    EVERYONE,
    EXPERT,
    INSTRUMENT,
    SCHOOL,
    TEACHER,
    agree,
    facts,
    judge,
    moment,
    sheet,
)

CODE, NAME = "s3", "Mira Overdijk"
PROFILE = "mex"
_EXAMPLE = Path(__file__).parents[1] / "programmes" / f"{PROFILE}.toml"
BEFORE, OTHER = "Aletta Brink", "Joost Reinders"
"""The assessors of the school before."""

_LINKS = {
    "1.1": ["lu1"],
    "1.2": ["lu2"],
    "1.3": ["lu1", "lu7"],
    "2.1": ["lu2"],
    "2.3": ["lu1", "lu10"],
    "3.1.1": ["lu1"],
    "3.1.6": ["lu9"],
    "3.2.1": ["lu3"],
    "3.2.5": ["lu3", "lu4"],
    "3.3.1": ["lu5"],
    "3.3.3": ["lu8"],
    "3.3.4": ["lu6"],
}
"""Invented: which outcome belongs where is not published. What is not here, is still to be linked."""

TAKEN = ("1.5", "2.2", "3.1.2")


def build(workspace: Workspace, slug: str, today: date) -> str:
    """Makes the student with both portfolios; the reference of the last."""
    start = today - timedelta(days=720)
    at = workspace.at(moment(start))
    at.add_subject(slug, CODE, NAME, kind="student", retain_until=today + timedelta(days=25))
    earlier = _before(workspace, slug, start)
    _profile(at)
    return _master(workspace, slug, earlier, today)


def _profile(at: Workspace) -> None:
    """The example profile in the data folder, with a part of its links."""
    links = [{"item": item, "outcome": one} for item, outcomes in _LINKS.items() for one in outcomes]
    example = tomllib.loads(_EXAMPLE.read_text(encoding="utf-8"))
    at.save_profile({**example, "link": links})


def _before(workspace: Workspace, slug: str, day: date) -> str:
    """Level 6 at another school, definitive."""
    at = workspace.at(moment(day))
    yes = {"ervaringsdeskundig": True, "geschoold": True}
    people = tuple(Assessor(name, role="beoordelaar", traits=yes) for name in (BEFORE, OTHER))
    ref = at.start(INSTRUMENT, slug, day=day, subject=CODE, parameters={"niveau": 6}, people=people)
    given = {"programme": "Bachelor Sociaal Werk, richting ervaringsdeskundigheid", "school": "Hogeschool Vooruit"}
    at.change(ref, "gegevens", facts({**given, "year": "4", "started": day}))
    rows = [
        {
            "title": "Onderzoek: wie beslist er mee?",
            "kind": "onderzoek of beleidsstuk",
            "date": day + timedelta(days=150),
            "items": ["3.1.6", "3.2.5"],
            "readers": EVERYONE,
        },
        {
            "title": "Over mijn opname, in brieven",
            "kind": "reflectie",
            "date": day + timedelta(days=60),
            "items": ["1.2"],
            "note": "Blijft bij mij.",
        },
    ]
    at.change(ref, "bewijs", {"evidence": rows}, person=CODE)
    at.change(ref, "zelfbeoordeling", sheet(6, "aangetoond", {"3.3.5": "deels"}), person=CODE)
    end = day + timedelta(days=290)
    whole = sheet(6, "aangetoond", {"3.3.5": "deels", "3.2.5": "deels"})
    judge(workspace, ref, "eind", end, {BEFORE: whole, OTHER: whole})
    at = workspace.at(moment(end + timedelta(days=7)))
    agree(at, ref, "eind-overleg", {})
    at.finalise(ref)
    return ref


def _master(workspace: Workspace, slug: str, earlier: str, today: date) -> str:
    """Level 7 with the profile of the programme, following the other: what was judged before is partly taken over."""
    day = today - timedelta(days=400)
    at = workspace.at(moment(day))
    ref = at.start(
        INSTRUMENT,
        slug,
        day=day,
        subject=CODE,
        parameters={"niveau": 7},
        people=ASSESSORS,
        follows=earlier,
        profile=PROFILE,
    )
    given = {"programme": "Master Ervaringsdeskundigheid", "school": SCHOOL, "year": "2", "started": day}
    at.change(ref, "gegevens", facts(given))
    end = today - timedelta(days=40)
    at = workspace.at(moment(end - timedelta(days=15)))
    piece = {
        "title": "Advies aan een gemeente: inspraak die iets verandert",
        "kind": "onderzoek of beleidsstuk",
        "date": end - timedelta(days=30),
        "items": ["3.2.5", "3.3.1", "3.3.5"],
        "topics": ["cultuur-2022"],
        "readers": ASSESSING,
    }
    at.change(ref, "bewijs", {"evidence": [piece]}, person=CODE)
    at.change(ref, "zelfbeoordeling", sheet(7, "aangetoond", {"3.3.2": "deels"}), person=CODE)
    before = dict.fromkeys(TAKEN, "-")
    whole = sheet(7, "aangetoond", {**before, "3.3.2": "deels"})
    other = sheet(7, "aangetoond", {**before, "3.3.2": "aangetoond: Het wijkfonds telt voor mij ook."})
    judge(workspace, ref, "eind", end, {EXPERT: whole, TEACHER: other})
    at = workspace.at(moment(end + timedelta(days=10)))
    agree(at, ref, "eind-overleg", {"3.3.2": ("aangetoond", "Samen het wijkfonds doorgenomen.")})
    why = "Gezien wat er bij niveau 6 lag, en dat geldt op niveau 7 nog zo."
    rows = [{"item": item, "value": "aangetoond", "note": why, "taken_over": earlier} for item in TAKEN]
    at.change(ref, "eind-overleg", {"answer": rows})
    at.finalise(ref)
    return ref
