"""The demo of the MIE: invented organisations with a finished MIE, one half-way, one on paper and one just begun.

What was done, and every text, stands in the TOML files beside this one; here it is only played, through the workspace.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from importlib.resources import files
from typing import Any

from kwartier.api import Assessor, Workspace

PUBLISHED = 2026
"""The year of the MIE: nothing of the demo may lie before it."""

BACK = timedelta(weeks=104)
"""Two years between the measurements, on the same day of the week."""

_WINTER = timezone(timedelta(hours=1))
"""One offset all year, so that no database of time zones is needed and the data are the same everywhere."""

_DAY = re.compile(r"dag (-?[0-9]+)")
_TUESDAY = 1
_FIRST_TASK = 56

Step = dict[str, Any]


def build(workspace: Workspace, today: date) -> Sequence[tuple[str, Sequence[str]]]:
    """Fills an empty workspace as it stands on the morning of `today`; the same day and chance give the same bytes.

    Gives what is nice to try: a Dutch sentence and the words of a command, in which {map} stands for the data folder.
    Raises ValueError where something would lie before the MIE was published.
    """
    second = today - timedelta(days=14 + (today.weekday() - _TUESDAY) % 7)
    first = second - BACK
    if (first - timedelta(days=_FIRST_TASK)).year < PUBLISHED:
        raise ValueError(f"the MIE is of {PUBLISHED}: the demo cannot play on {today}")
    slugs = _organisations(workspace, first - timedelta(days=70))
    before = _started(workspace, slugs["kwadrant"], first, ("Yara Elzenaar", "Wim Kostering"))
    _play(workspace, before, first, "eerste")
    _taken_over(workspace, slugs["werf"], second - timedelta(weeks=30))
    now = _started(workspace, slugs["kwadrant"], second, ("Yara Elzenaar", "Femke Dijkhart"), follows=before)
    _play(workspace, now, second, "tweede")
    third = second + timedelta(weeks=7)
    begun = _started(workspace, slugs["lichtspoor"], third, ("Imke Stroobosch", "Samuel Riethoven"))
    _play(workspace, begun, third, "begonnen")
    _lay_ready(workspace)
    return _tries(slugs, before, now)


def _organisations(workspace: Workspace, day: date) -> dict[str, str]:
    made: dict[str, str] = {}
    at = workspace.at(_moment(day, "09:30"))
    for name, row in _read("organisaties").items():
        above = {"part_of": made[row["part_of"]]} if "part_of" in row else {}
        made[name] = at.add_organisation(**{**row, **above})
    return made


def _started(workspace: Workspace, slug: str, day: date, names: tuple[str, str], *, follows: str = "") -> str:
    """A measurement, made eight weeks ahead by an auditor from outside and one from within."""
    people = (Assessor(names[0], origin="extern"), Assessor(names[1], origin="intern"))
    at = workspace.at(_moment(day - timedelta(days=_FIRST_TASK), "10:00"))
    return at.start("mie", slug, day=day, people=people, follows=follows)


def _taken_over(workspace: Workspace, slug: str, day: date) -> None:
    story = _read("papier")
    at = workspace.at(_moment(day + timedelta(days=9), "11:20"))
    at.take_over("mie", slug, {"answer": _rows(story["answers"])}, day=day, source=story["source"])


def _play(workspace: Workspace, ref: str, interview: date, name: str) -> None:
    for event in _read(name)["event"]:
        day = interview + timedelta(days=event["day"])
        _happen(workspace.at(_moment(day, event["at"])), ref, _dated(event, interview))


def _happen(workspace: Workspace, ref: str, event: Step) -> None:
    """One thing that somebody did."""
    if "step" in event:
        workspace.change(ref, event["step"], _given(event), person=event.get("person"))
    elif "seal" in event:
        workspace.seal(ref, event["seal"])
    elif "mistake" in event:
        named = event["mistake"]
        workspace.mistake(ref, named["person"], named["item"], reason=named["reason"])
    elif "finalise" in event:
        workspace.finalise(ref, by=event["finalise"])
    elif "destroy" in event:
        for person in event["destroy"]:
            workspace.destroy_notes(ref, person)


def _given(event: Step) -> Step:
    """What a step takes, with the short forms of the story written out."""
    given = dict(event.get("given", {}))
    if "texts" in event:
        given["explanation"] = _rows({item: {"text": text} for item, text in event["texts"].items()})
    if "answers" in event:
        given["answer"] = _rows(event["answers"])
    if "tasks" in event:
        days = {task: _after(event["interview"], days) for task, days in event["tasks"].items()}
        given["task"] = [{"id": task, "date": day, "by": event["by"]} for task, day in days.items()]
    if "asked" in event:
        pairs = [re.fullmatch(r"([0-9]+)([a-z]+)", word) for word in event["asked"].split()]
        given["prompt"] = [{"item": p[1], "id": id, "asked": True} for p in pairs if p for id in p[2]]
    return given


def _rows(by_item: Step) -> list[Step]:
    return [{"item": item, **row} for item, row in by_item.items()]


def _dated(event: Step, interview: date) -> Step:
    """The event with a date in the place of every "dag 7"."""

    def dated(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: dated(one) for key, one in value.items()}
        if isinstance(value, list):
            return [dated(one) for one in value]
        found = _DAY.fullmatch(value) if isinstance(value, str) else None
        return _after(interview, int(found[1])) if found else value

    return {**dated(event), "interview": interview}


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), _WINTER)


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _read(name: str) -> Step:
    return tomllib.loads(_text(name))


def _lay_ready(workspace: Workspace) -> None:
    """A folder to try things in, with the answers that are still missing on a sheet."""
    place = workspace.path / "probeer"
    place.mkdir()
    workspace.write_out(place / "laatste-drie.toml", _text("laatste-drie").encode())


def _tries(slugs: dict[str, str], before: str, now: str) -> list[tuple[str, Sequence[str]]]:
    sheet, last = "{map}/probeer/blad.toml", "{map}/probeer/laatste-drie.toml"
    return [
        ("De meting die loopt: wat is klaar, en wie is aan de beurt?", ("meting", "toon", now)),
        ("De uitslag van de meting die klaar is.", ("uitslag", before)),
        ("Het verslag daarvan, om te lezen.", ("verslag", before)),
        ("Een organisatie met haar onderdelen en metingen.", ("organisatie", "toon", slugs["kwadrant"])),
        (
            "Het scoreblad van Femke, met negen van de twaalf scores. Open het daarna met een teksteditor.",
            ("formulier", now, "--auditor", "Femke Dijkhart", "--uit", sheet, "--overschrijf"),
        ),
        (
            "De drie scores die zij nog mist. Ze liggen klaar; verander ze gerust.",
            ("invullen", now, last, "--auditor", "Femke Dijkhart"),
        ),
        (
            "Haar blad verzegelen. Het is het laatste, dus daarna liggen de scores naast elkaar.",
            ("verzegel", now, "--auditor", "Femke Dijkhart"),
        ),
        ("Bevestigen waar beide auditoren hetzelfde gaven.", ("consensus", now, "--gelijke")),
        ("De uitslag naast die van twee jaar eerder.", ("uitslag", now, "--met", before)),
        ("Wat er in alle organisaties te doen is.", ("agenda",)),
    ]
