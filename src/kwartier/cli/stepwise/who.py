"""Who sits at the keyboard, and who takes part: joining, going on for somebody else, stopping."""

from __future__ import annotations

from re import Match

from kwartier.cli.stepwise import answers, told
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused, Refused
from kwartier.workspace import Assessor


def ask_person(work: Work, role: str = "") -> bool:
    """Asks who sits at the keyboard; tells whether somebody was named."""
    people = told.people(work, role)
    if not people:
        work.talk.say("Er is nog niemand die deze stap kan doen. Typ auditors in de lijst van stappen.")
        return False
    before = work.person
    text = f"Wie zit er achter het toetsenbord? {answers.numbered(people)}."
    code = work.talk.choose(text, lambda typed: answers.pick(typed, people))
    if code is None:
        return False
    work.switch(code)
    seen = " Wat hiervoor gezegd is, kan nog op het scherm staan." if before not in (None, code) else ""
    work.talk.say(f"U bent {work.name(code)}.{seen}")
    return True


def is_one_of(work: Work, role: str = "") -> bool:
    """Whether the person at the keyboard may do a step of this role."""
    return work.person in [code for code, _ in told.people(work, role)]


def assessors(work: Work) -> list[Question]:
    """The list of who fill in, and what may be changed about it."""
    persons = work.see().record.envelope.person
    lines = [
        f"{place}. {work.name(one.id)}"
        + (", loopt mee en telt niet" if one.shadow else "")
        + (", gestopt" if one.stopped else "")
        for place, one in enumerate(persons, 1)
    ]
    ask = "Typ erbij, meelopend of stop met een naam, vervang met een nummer, of enter."
    return [
        Question(
            id="auditors",
            text="\n".join(["Wie de meting doen.", *(lines or ["Nog niemand."]), ask]),
            brief=ask,
            help="Erbij kan tot de scores naast elkaar liggen; meelopen kan altijd.",
            take=_no_answer,
            stays=True,
            commands=(
                Command(r"erbij (.+)", "erbij en een naam: laat iemand meedoen", lambda m: _join(work, m[1])),
                Command(r"meelopend (.+)", "meelopend en een naam: telt niet mee", lambda m: _shadow(work, m[1])),
                Command(r"vervang (\d+)", "vervang en een nummer: een ander gaat verder", lambda m: _replace(work, m)),
                Command(r"stop (.+)", "stop en een naam of nummer: die auditor stopt", lambda m: _stop(work, m[1])),
                Command("lijst", "lijst: hoor nog eens wie er meedoen", lambda m: "\n".join(lines) or "Nog niemand."),
            ),
        )
    ]


def _no_answer(typed: str) -> str:
    raise Misused("answer-wrong", f"'{typed.strip()}' past hier niet.", advice="Typ hulp om te horen wat kan.")


def _join(work: Work, name: str) -> str:
    code = work.ws.join(work.ref, Assessor(name.strip()))
    work.act()
    return f"{SAVED} {name.strip()} doet mee, code {code}."


def _shadow(work: Work, name: str) -> str:
    code = work.ws.join(work.ref, Assessor(name.strip(), shadow=True))
    work.act()
    return f"{SAVED} {name.strip()} loopt mee, code {code}."


def _person(work: Work, typed: str) -> str:
    return answers.pick(typed, [(one.id, work.name(one.id)) for one in work.see().record.envelope.person])


def _replace(work: Work, match: Match[str]) -> str:
    gone = _person(work, match[1])
    name = work.talk.choose(f"Wie gaat er verder voor {work.name(gone)}?", str)
    reason = work.talk.choose("Waarom? De reden komt in het verslag.", str) if name else None
    if not name or not reason:
        return "Niets veranderd."
    code = work.ws.join(work.ref, Assessor(name.strip()), replaces=gone, reason=reason)
    work.act()
    return f"{SAVED} {name.strip()}, code {code}, gaat verder voor {work.name(gone)}."


def _stop(work: Work, typed: str) -> str:
    who = _person(work, typed)
    reason = work.talk.choose(f"Waarom stopt {work.name(who)}? De reden komt in het verslag.", str)
    if not reason:
        return "Niets veranderd."
    try:
        work.ws.stop(work.ref, who, reason=reason)
    except Refused as error:
        if error.code != "reveals":
            raise
        if not work.talk.sure(error.message):
            return ""
        work.ws.stop(work.ref, who, reason=reason, sure=True)
    work.act()
    return f"{SAVED} {work.name(who)} is gestopt."
