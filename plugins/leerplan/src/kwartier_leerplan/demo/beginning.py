"""The student of level 2 in the demo: three weeks on the way, a few pieces, most of them for herself alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kwartier.api import Workspace
from kwartier_leerplan.demo.common import ASSESSING, ASSESSORS, INSTRUMENT, SCHOOL, facts, moment

CODE, NAME = "s1", "Jet Rozema"


def build(workspace: Workspace, slug: str, today: date) -> str:
    """Makes the student and the portfolio; its reference."""
    day = today - timedelta(days=21)
    at = workspace.at(moment(day))
    at.add_subject(slug, CODE, NAME, kind="student", retain_until=today + timedelta(days=900))
    ref = at.start(INSTRUMENT, slug, day=day, subject=CODE, parameters={"niveau": 2}, people=ASSESSORS)
    given = {"programme": "Begeleider met eigen ervaring", "school": SCHOOL, "year": "1", "started": day}
    at.change(ref, "gegevens", facts({**given, "job_level": "B: ondersteunend en assisterend"}))
    _evidence(workspace.at(moment(today - timedelta(days=9))), ref, today)
    _self(workspace.at(moment(today - timedelta(days=2))), ref)
    return ref


def _evidence(at: Workspace, ref: str, today: date) -> None:
    rows = [
        {
            "title": "Brief aan mijzelf van vijf jaar geleden",
            "kind": "reflectie",
            "date": today - timedelta(days=16),
            "note": "Die is van mij. Ik weet nog niet of ik er iets van wil laten lezen.",
            "items": ["1.1", "1.2"],
            "topics": ["kracht-2022"],
        },
        {
            "title": "Wat ik wel en niet vertel op de inloop",
            "kind": "reflectie",
            "date": today - timedelta(days=12),
            "note": "Drie dingen vertel ik, twee dingen niet. Het lijstje ligt in mijn la.",
            "items": ["1.1", "1.4"],
            "topics": ["nabijheid-2022"],
        },
        {
            "title": "Meegelopen met de wandelgroep",
            "kind": "verslag",
            "date": today - timedelta(days=9),
            "note": "Zes mensen, een uur door het park. Ik liep achteraan, met wie het rustig aan deed.",
            "items": ["3.1.1", "4.1"],
            "readers": ASSESSING,
        },
    ]
    at.change(ref, "bewijs", {"evidence": rows}, person=CODE)


def _self(at: Workspace, ref: str) -> None:
    """Half of the self-assessment, with two reflections: one for herself, one for the assessors."""
    states = {"1.1": "deels", "1.2": "deels", "1.3": "nog-niet", "1.4": "nog-niet", "2.1": "deels", "2.3": "nog-niet"}
    states |= {"3.1.1": "aangetoond", "3.1.2": "nog-niet", "3.1.5": "deels"}
    notes: dict[str, dict[str, Any]] = {
        "1.2": {"note": "Terugdenken lukt. Erover schrijven kost mij een avond, en dan slaap ik slecht."},
        "3.1.1": {"note": "Hoop is voor mij: iemand die op u wacht bij het hek.", "readers": ASSESSING},
    }
    rows = [{"item": item, "value": state, **notes.get(item, {})} for item, state in states.items()]
    at.change(ref, "zelfbeoordeling", {"answer": rows}, person=CODE)
