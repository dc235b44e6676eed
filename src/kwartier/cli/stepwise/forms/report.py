"""The question of the form report: reading it out, making it definitive, opening it again."""

from __future__ import annotations

from re import Match

from kwartier.cli.stepwise import reading
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.fields import known_name
from kwartier.cli.stepwise.told import aloud
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import ReportStep
from kwartier.workflow.settled import is_definitive


def report(work: Work, step: ReportStep) -> list[Question]:
    """What may be done with the report."""
    seen = work.see()
    definitive = is_definitive(seen.record, seen.content)
    stand = "definitief" if definitive else "nog een concept"
    last = "heropen" if definitive else "definitief"
    finish = Command("definitief", "definitief: maak het verslag definitief", lambda m: _finalise(work))
    reopen = Command("heropen", "heropen: open de meting weer, met een reden", lambda m: _reopen(work))
    return [
        Question(
            id="verslag",
            text=f"Het verslag is {stand}.\nTyp lees, hoofdstukken, {last}, of enter.",
            help="Lees leest alles voor; hoofdstukken noemt de hoofdstukken, hoofdstuk 2 leest het tweede.",
            take=_no_answer,
            stays=True,
            commands=(
                Command("lees", "lees: hoor het hele verslag", lambda m: reading.read_out(work.ws.document(work.ref))),
                Command("hoofdstukken", "hoofdstukken: hoor welke er zijn", lambda m: _chapters(work)),
                Command(r"(?:hoofdstuk|lees) (\d+)", "hoofdstuk en een nummer: hoor dat", lambda m: _chapter(work, m)),
                reopen if definitive else finish,
            ),
        )
    ]


def _no_answer(typed: str) -> str:
    raise Misused("answer-wrong", f"'{typed.strip()}' past hier niet.", advice="Typ hulp om te horen wat kan.")


def _chapters(work: Work) -> str:
    found = reading.chapters(work.ws.document(work.ref))
    return "\n".join(f"{place}. {title}" for place, (title, _) in enumerate(found, 1))


def _chapter(work: Work, match: Match[str]) -> str:
    found = reading.chapters(work.ws.document(work.ref))
    if not 0 < int(match[1]) <= len(found):
        raise Misused("no-chapter", f"Er is geen hoofdstuk {match[1]}.", advice=f"Kies 1 tot en met {len(found)}.")
    return aloud("\n".join(reading.lines_of(found[int(match[1]) - 1][1])))


def _finalise(work: Work) -> str:
    left = [one.title for one in work.ws.unfinished(work.ref)]
    if left:
        work.talk.say(f"Let op: dit is nog niet gedaan en ligt dan wel vast: {', '.join(left)}.")
    if not work.talk.sure("Definitief maken is niet terug te draaien; heropenen kan alleen met een reden. Definitief?"):
        return ""
    by = work.talk.choose("Wie stelt het vast? Een naam, of enter.", lambda typed: known_name(work, typed))
    number = work.ws.finalise(work.ref, by=by)
    work.act()
    return f"{SAVED} Het verslag is definitief, versie {number}."


def _reopen(work: Work) -> str:
    reason = work.talk.choose("Waarom moet de meting weer open? Enter laat haar dicht.", str)
    if not reason:
        return "Niet heropend."
    work.ws.reopen_report(work.ref, reason=reason)
    work.act()
    return f"{SAVED} De meting is weer open. Het volgende definitieve verslag zegt wat er veranderd is."
