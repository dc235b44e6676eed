"""The demo of the praktijkleerplek: an invented organisation with three workplaces, seen by an invented programme.

One is suitable and has a student, one is suitable on conditions of which one is late, and of one the yearly look has
just begun, with last year's answers as a start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kwartier.api import Assessor, Workspace

ORGANISATION = "De Haven"
SUPERVISOR, OTHER_SUPERVISOR, PROGRAMME = "Tess Prins", "Hidde Wolters", "Omar Lindeman"
_WINTER = timezone(timedelta(hours=1))
_LEVELS = {3: "direction_3", 4: "direction_4"}

_PLACES = (
    ("herstelacademie", "Herstelacademie Het Anker", "Trainers en coördinatie", "welzijnsorganisatie", [5, 6]),
    ("inloop-west", "Inloophuis West", "Inloop en buurtwerk", "welzijnsorganisatie", [2, 3]),
    ("fact-oost", "FACT-team Oost", "FACT Oost", "ggz-instelling", [4, 5]),
)
_ITEMS = {
    "a": (5, "ja"),
    "b": (3, "wel"),
    "c": (7, "kan"),
    "d": (8, "kan"),
    "e": (6, "ja"),
}
"""The letter of a section's items, how many there are, and the answer that is given unless another is named."""


def build(workspace: Workspace, today: date) -> Sequence[tuple[str, Sequence[str]]]:
    """Adds the organisation to a workspace; what is nice to try with it, as the words of a command.

    The same day and chance give the same bytes.
    """
    year = today - timedelta(days=340)
    slug = workspace.at(_moment(year)).add_organisation(ORGANISATION, kind="ggz", clients=1800)
    for day, place in zip((120, 45, 340), _PLACES, strict=True):
        code, name, team, setting, levels = place
        at = workspace.at(_moment(today - timedelta(days=day)))
        at.add_subject(slug, code, name, kind="workplace", team=team, setting=setting, levels=levels)
    _suitable(workspace, slug, today - timedelta(days=120))
    waiting = _on_conditions(workspace, slug, today - timedelta(days=45), today)
    begun = _once_more(workspace, slug, year, today - timedelta(days=2))
    return [
        ("De praktijkleerplekken, met oordeel en voorwaarden.", ("plekken",)),
        ("Waarom kwartier voorwaarden voorstelt, en welke er nog open staan.", ("oordeel", waiting)),
        ("Het blad om te tekenen.", ("verslag", waiting, "--variant", "pagina")),
        ("De vragenlijst om vooruit te sturen, met wat er vorig jaar stond.", ("vragenlijst", begun, "--ingevuld")),
    ]


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10, 15), tzinfo=_WINTER)


def _assessed(
    workspace: Workspace,
    slug: str,
    code: str,
    day: date,
    levels: list[int],
    facts: Mapping[str, object],
    answers: Mapping[str, str],
    *,
    who: str = SUPERVISOR,
) -> str:
    """A record with the facts and the whole list, sealed by who filled it in; its reference."""
    at = workspace.at(_moment(day))
    people = (Assessor(who, role="invuller"), Assessor(PROGRAMME, role="opleiding"))
    ref = at.start("praktijkleerplek", slug, day=day, subject=code, parameters={"niveau": levels}, people=people)
    directed = {_LEVELS[level]: True for level in levels if level in _LEVELS}
    given = {"recognition": True, "improper_use": False, "supervisor_expert": True, **directed, **facts}
    at.change(ref, "plek", {"fact": [{"id": id, "value": value} for id, value in given.items()]})
    at.change(ref, "lijst", {"answer": _answers(answers, 7 not in levels or len(levels) > 1)}, person=who)
    at.seal(ref, who)
    return ref


def _answers(named: Mapping[str, str], in_a_team: bool) -> list[dict[str, Any]]:
    """All answers of the list; a named one may have a remark behind a colon."""
    rows: list[dict[str, Any]] = []
    for letter, (count, usual) in _ITEMS.items():
        for number in range(1, count + 1):
            item = f"{letter}{number}"
            if item == "a4" and not in_a_team:
                continue
            value, _, note = named.get(item, usual).partition(":")
            rows.append({"item": item, "value": value, **({"note": note.strip()} if note else {})})
    return rows


def _suitable(workspace: Workspace, slug: str, day: date) -> None:
    facts = {"setting": "welzijnsorganisatie", "supervisor_level": 6, "students": 2}
    ref = _assessed(workspace, slug, "herstelacademie", day, [5, 6], facts, {"d6": "niet", "a3": "deels"})
    at = workspace.at(_moment(day + timedelta(days=7)))
    reason = "Een plek waar een student van niveau 5 of 6 het hele werk kan leren kennen."
    at.change(ref, "oordeel", {"value": "geschikt", "reason": reason}, person=PROGRAMME)
    _sign(at, ref, day + timedelta(days=7))
    at.finalise(ref)
    at.add_placement(
        slug,
        "herstelacademie",
        student="s2041",
        start=day + timedelta(days=30),
        end=day + timedelta(days=330),
        supervisor=SUPERVISOR,
        level=5,
    )


def _on_conditions(workspace: Workspace, slug: str, day: date, today: date) -> str:
    facts = {"setting": "welzijnsorganisatie", "supervisor_level": 4, "direction_2": True, "direction_3": False}
    named = {
        "b2": "niet",
        "b3": "misschien: Eens per maand kan de student mee naar het buurtoverleg, buiten het rooster.",
        "e2": "nee",
        "e3": "deels",
        "a5": "deels",
    }
    ref = _assessed(workspace, slug, "inloop-west", day, [2, 3], facts, named, who=OTHER_SUPERVISOR)
    at = workspace.at(_moment(day + timedelta(days=10)))
    conditions = [
        ("Een ervaringsdeskundige van niveau 5 of hoger geeft richting aan het werk.", OTHER_SUPERVISOR, -6, "open"),
        ("De student doet mee aan de intervisie van De Haven.", SUPERVISOR, 21, "open"),
        ("Elke week staat er een uur begeleiding in het rooster.", OTHER_SUPERVISOR, -20, "voldaan"),
    ]
    rows = [
        {"text": text, "who": who, "due": today + timedelta(days=days), "state": state}
        for text, who, days, state in conditions
    ]
    reason = "Een fijne plek om te beginnen, als de student niet alleen staat."
    value = "geschikt-onder-voorwaarden"
    at.change(ref, "oordeel", {"value": value, "reason": reason, "condition": rows}, person=PROGRAMME)
    return ref


def _once_more(workspace: Workspace, slug: str, before: date, now: date) -> str:
    """Last year's look, and this year's that has begun from it; the reference of the latter."""
    setting = "ggz-instelling"
    facts = {"setting": setting, "supervisor_level": 5, "students": 1}
    old = _assessed(workspace, slug, "fact-oost", before, [4, 5], facts, {"d8": "gedeeltelijk", "a5": "deels"})
    at = workspace.at(_moment(before + timedelta(days=5)))
    at.change(old, "oordeel", {"value": "geschikt", "reason": "Een team dat weet wat het vraagt."}, person=PROGRAMME)
    _sign(at, old, before + timedelta(days=5))
    at.finalise(old)
    people = (Assessor(SUPERVISOR, role="invuller"), Assessor(PROGRAMME, role="opleiding"))
    at = workspace.at(_moment(now))
    ref = at.start(
        "praktijkleerplek",
        slug,
        day=now,
        subject="fact-oost",
        parameters={"niveau": [4, 5]},
        people=people,
        follows=old,
    )
    at.change(ref, "lijst", {"answer": [{"item": "e3", "value": "deels"}]}, person=SUPERVISOR)
    return ref


def _sign(at: Workspace, ref: str, day: date) -> None:
    rows = [{"id": "invuller", "by": SUPERVISOR, "date": day}, {"id": "opleiding", "by": PROGRAMME, "date": day}]
    at.change(ref, "oordeel", {"signature": rows}, person=PROGRAMME)
