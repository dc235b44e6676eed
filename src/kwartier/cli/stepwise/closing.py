"""The end of a step: what stands out in it, with a reason to give, and when and by whom it was done."""

from __future__ import annotations

from kwartier.cli.stepwise import fields
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import AnyStep, ReportStep
from kwartier.workflow.findings import Finding
from kwartier.workflow.state import StepState

END = "einde"


def closing(work: Work, step: AnyStep, missing: str) -> list[Question]:
    """A question per finding that asks a reason, and the end of the step; `missing` says what is not done."""
    here = [one for one in work.situation().findings if one.step == step.id]
    return [*(reason(work, one) for one in here if one.open), _end(work, step, here, missing)]


def reason(work: Work, one: Finding) -> Question:
    """Asks the reason for a departure from the instrument."""

    def take(typed: str) -> str:
        work.ws.give_reason(work.ref, one.id, typed)
        work.act()
        return f"{SAVED} De reden komt in het verslag."

    given = f" Nu: {one.reason}" if one.reason else ""
    return Question(
        id=f"reden-{one.id}",
        text=f"Let op: {one.message} {one.advice}\nTyp de reden, of enter.{given}",
        help="Hier wijkt de meting af van het instrument. Dat mag met een reden; die komt in het verslag.",
        take=take,
    )


def _end(work: Work, step: AnyStep, here: list[Finding], missing: str) -> Question:
    remarks = [f"Let op: {one.message} {one.advice}" for one in here if not one.open and not one.reason]
    place = Place(step=step, name=step.title)
    return Question(
        id=END,
        text="\n".join([*remarks, f"Einde van deze stap. {missing} Enter gaat terug naar de stappen."]),
        help="Hier kunt u noteren wanneer en door wie de stap gedaan is.",
        take=_no_answer,
        stays=True,
        commands=() if isinstance(step, ReportStep) else _details(work, step, place),
    )


def stands(work: Work, state: StepState) -> str:
    """Where a step stands, in a sentence."""
    detail = f", {state.detail}" if state.detail else ""
    by = f" Door {work.name(state.by)}." if state.by else ""
    return f"{state.status.word.capitalize()}{detail}.{by}"


def _details(work: Work, step: AnyStep, place: Place) -> tuple[Command, ...]:
    day = fields.day("date", "datum")
    found = [
        Command(
            r"datum (.+)",
            "datum en een dag: wanneer de stap gedaan is",
            lambda m: place.save(work, {"date": day.read(work, m[1])}, "datum"),
        ),
        Command(
            r"door (.+)",
            "door en een naam: wie de stap deed",
            lambda m: place.save(work, {"by": fields.known_name(work, m[1])}, "door wie"),
        ),
    ]
    if step.optional:
        found += [
            Command(r"vervalt (.+)", "vervalt en een reden: sla deze stap over", lambda m: _skip(work, place, m[1])),
            Command("toch wel", "toch wel: doe de stap toch", lambda m: _skip(work, place, "")),
        ]
    return tuple(found)


def _skip(work: Work, place: Place, why: str) -> str:
    return place.save(work, {"skipped": why}, "overgeslagen")


def _no_answer(typed: str) -> str:
    raise Misused(
        "answer-wrong",
        f"'{typed.strip()}' is niet bewaard: hier wordt niets meer gevraagd.",
        advice="Typ enter of hulp.",
    )
