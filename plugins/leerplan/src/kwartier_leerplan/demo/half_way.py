"""The student of level 4 in the demo: placed, judged half-way, and at the end one of two sheets is sealed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kwartier.api import Workspace
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

CODE, NAME = "s2", "Sami Verhulst"
PLACE = "fact-oost"
LEVEL = 4
_FILES = Path(__file__).parent


def build(workspace: Workspace, slug: str, today: date) -> str:
    """Makes the student, the workplace where he learns and the portfolio; its reference."""
    day = today - timedelta(days=270)
    at = workspace.at(moment(day))
    at.add_subject(slug, CODE, NAME, kind="student", retain_until=today + timedelta(days=500))
    at.add_subject(slug, PLACE, "FACT Oost (De Haven)", kind="workplace", team="FACT Oost", levels=[4, 5])
    end = today + timedelta(days=60)
    at.add_placement(slug, PLACE, student=CODE, start=day, end=end, supervisor="Tess Prins", level=LEVEL)
    ref = at.start(INSTRUMENT, slug, day=day, subject=CODE, parameters={"niveau": LEVEL}, people=ASSESSORS)
    given = {
        "programme": "Ervaringsdeskundige in zorg en welzijn",
        "school": SCHOOL,
        "year": "2",
        "started": day,
        "workplace": "FACT Oost (De Haven)",
        "hours": 16,
        "job_level": "C: uitvoerend en coördinerend",
        "interim_date": today - timedelta(days=110),
        "final_date": today + timedelta(days=12),
    }
    at.change(ref, "gegevens", facts(given))
    half = today - timedelta(days=110)
    _given_by_student(workspace, ref, half - timedelta(days=8))
    _half_way(workspace, ref, half)
    _end(workspace, ref, today)
    return ref


def _given_by_student(workspace: Workspace, ref: str, day: date) -> None:
    """Evidence with two files, feedback of a client and a team member, and the own view; each with its readers."""
    at = workspace.at(moment(day))
    talk = {
        "title": "Gesprek op de inloop",
        "kind": "gespreksverslag",
        "date": day - timedelta(days=30),
        "items": ["1.1", "3.1.1", "3.1.4"],
        "topics": ["nabijheid-2022", "kennis-2022"],
        "readers": ASSESSING,
    }
    group = {
        "title": "Opzet voor een herstelgroep",
        "kind": "product of materiaal",
        "date": day - timedelta(days=12),
        "note": "Samen gemaakt met twee deelnemers.",
        "items": ["3.1.2", "3.1.3", "4.1"],
        "readers": EVERYONE,
    }
    at.keep_evidence(ref, "bewijs", talk, CODE, _FILES / "gespreksverslag.txt")
    at.keep_evidence(ref, "bewijs", group, CODE, _FILES / "opzet-herstelgroep.txt")
    at.change(ref, "bewijs", {"evidence": _without_a_file(day)}, person=CODE)
    at.change(ref, "feedback", {"evidence": _feedback(day)}, person=CODE)
    notes: dict[str, dict[str, Any]] = {
        "1.2": {"note": "Ik schrijf beter over toen dan over nu. Dat zegt iets.", "readers": ASSESSING},
        "1.4": {"note": "Mijn broer wil niet dat ik over thuis vertel. Daar ben ik nog niet uit."},
        "3.1.3": {"note": "In de groep zei ik een uur bijna niets. Het werd vol zonder mij.", "readers": EVERYONE},
    }
    named = {"1.5": "nog-niet", "2.2": "deels", "3.2.2": "deels", "3.2.3": "nog-niet", "3.3.3": "deels", "4.3": "deels"}
    rows = sheet(LEVEL, "aangetoond", named)["answer"]
    given = [{**row, **notes.get(row["item"], {})} for row in rows]
    at.change(ref, "zelfbeoordeling", {"answer": given}, person=CODE)


def _without_a_file(day: date) -> list[dict[str, Any]]:
    return [
        {
            "title": "Dagboek van de eerste maand",
            "kind": "reflectie",
            "date": day - timedelta(days=50),
            "note": "Alleen voor mij. Een stukje eruit staat in het gesprek op de inloop.",
            "items": ["1.2", "1.4"],
            "topics": ["trots-2022"],
        },
        {
            "title": "Voorlichting op het mbo, tweede klas",
            "kind": "foto of opname",
            "date": day - timedelta(days=20),
            "link": "de gedeelde schijf van FACT Oost, map voorlichting",
            "items": ["3.3.3", "3.3.4"],
            "readers": ["a1"],
        },
    ]


def _feedback(day: date) -> list[dict[str, Any]]:
    return [
        {
            "title": "U vroeg wat ik wilde, en wachtte op het antwoord",
            "kind": "cliënt",
            "date": day - timedelta(days=18),
            "items": ["3.1.1", "3.1.5"],
            "readers": ASSESSING,
        },
        {
            "title": "Zegt in het overleg wat wij overslaan, en blijft daarbij vriendelijk",
            "kind": "teamlid",
            "date": day - timedelta(days=10),
            "items": ["3.2.1", "3.2.2"],
            "readers": ASSESSING,
        },
    ]


def _half_way(workspace: Workspace, ref: str, day: date) -> None:
    """Both judge apart, then agree, and the student gets something to work on."""
    low = {"1.5": "nog-niet", "2.2": "nog-niet", "3.2.3": "nog-niet", "4.2": "nog-niet"}
    first = {**low, "1.1": "aangetoond", "3.1.3": "aangetoond: De groep droeg zichzelf, dat is knap.", "3.3.3": "deels"}
    second = {**low, "1.1": "aangetoond", "3.1.3": "deels: Ik las over één groep.", "3.3.4": "nog-niet"}
    sheets = {EXPERT: sheet(LEVEL, "deels", first), TEACHER: sheet(LEVEL, "deels", second)}
    judge(workspace, ref, "tussentijds", day, sheets)
    at = workspace.at(moment(day + timedelta(days=6)))
    reasons = {
        "3.1.3": ("aangetoond", "De opzet en de bijeenkomst laten samen zien dat anderen de ruimte kregen."),
        "3.3.4": ("deels", "De voorlichting telt mee; een tweede voorbeeld volgt."),
    }
    agree(at, ref, "tussentijds-overleg", reasons)
    points = [
        ("Gaat een keer mee naar de cliëntenraad en schrijft op wat er besproken werd.", 125, "loopt"),
        ("Leest twee stukken over de cliëntenbeweging en kiest er zelf een derde bij.", 80, "afgerond"),
    ]
    rows = [
        {"text": text, "who": TEACHER, "due": day + timedelta(days=days), "state": state}
        for text, days, state in points
    ]
    at.change(ref, "afspraken", {"date": at.today, "action": rows})


def _end(workspace: Workspace, ref: str, today: date) -> None:
    """The expert by experience has sealed; the teacher has begun."""
    named = {"1.5": "deels", "3.2.3": "deels: Eén keer bij de cliëntenraad geweest."}
    judge(workspace, ref, "eind", today - timedelta(days=5), {EXPERT: sheet(LEVEL, "aangetoond", named)})
    begun = {"answer": [{"item": item, "value": "aangetoond"} for item in ("1.1", "1.2", "1.3")]}
    workspace.at(moment(today - timedelta(days=1))).change(ref, "eind", begun, person=TEACHER)
