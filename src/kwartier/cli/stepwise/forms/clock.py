"""The clock of an interview: beginning and ending a session, and how much time is used."""

from __future__ import annotations

from datetime import datetime

from kwartier.cli.stepwise.conversation import Command
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Refused
from kwartier.instrument.model import InterviewStep
from kwartier.records.files import InterviewFile, RawNotesFile, Session


def commands(work: Work, step: InterviewStep) -> tuple[Command, ...]:
    """`begin`, `einde` and `tijd`."""
    return (
        Command("begin", "begin: het gesprek begint nu", lambda match: _begin(work, step)),
        Command("einde", "einde: het gesprek is nu afgelopen", lambda match: _end(work, step)),
        Command("tijd", "tijd: hoe lang het gesprek duurt en wat nog komt", lambda match: _time(work, step)),
    )


def _sessions(work: Work, step: InterviewStep) -> tuple[Session, ...]:
    return work.see().record.read(step.id, InterviewFile).session


def _running(work: Work, step: InterviewStep) -> Session | None:
    """The session that began and did not end."""
    open_ones = [one for one in _sessions(work, step) if one.start and not one.end and one.minutes is None]
    return open_ones[-1] if open_ones else None


def _begin(work: Work, step: InterviewStep) -> str:
    running = _running(work, step)
    if running is not None and running.start:
        raise Refused("running", f"Er loopt al een gesprek, vanaf {running.start:%H:%M}.", advice="Typ einde.")
    now = work.ws.now
    given = {"session": [{"date": now.date(), "start": now.time()}]}
    return f"{work.change(step, given, 'begin van het gesprek')} Begonnen om {now:%H:%M}."


def _end(work: Work, step: InterviewStep) -> str:
    running = _running(work, step)
    if running is None:
        raise Refused("not-running", "Er loopt geen gesprek.", advice="Typ begin als het begint.")
    now = work.ws.now
    said = work.change(step, {"session": [{"id": running.id, "end": now.time()}]}, "einde van het gesprek")
    return f"{said} Afgelopen om {now:%H:%M}."


def _time(work: Work, step: InterviewStep) -> str:
    used = sum(one.length() for one in _sessions(work, step))
    running = _running(work, step)
    if running is not None and running.start:
        begun = datetime.combine(running.date, running.start, work.ws.now.tzinfo)
        used += max(0, int((work.ws.now - begun).total_seconds() // 60))
    planned = f" van {step.minutes}" if step.minutes else ""
    going = "Het gesprek loopt" if running else "Er loopt geen gesprek"
    seen = work.see()
    asked = {one.item for one in seen.record.read(step.id, InterviewFile).prompt if one.asked}
    noted = {one.item for one in seen.record.read_of(step.id, work.person or "", RawNotesFile).note}
    left = [item.id for item in seen.content.items() if item.id not in asked | noted]
    rest = f"Nog niet besproken: item {', '.join(left)}." if left else "Elk item is besproken."
    return f"{going}; {used}{planned} minuten gebruikt. {rest}"
