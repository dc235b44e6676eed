"""Who fills in: the assessors of a record, who of them counts, and who has stopped."""

from __future__ import annotations

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content, Role, ScoreStep
from kwartier.records.files import Person
from kwartier.records.record import Record


def assessors(record: Record, role: str) -> tuple[Person, ...]:
    """Everybody who fills in under a role, also who stopped."""
    return tuple(person for person in record.envelope.person if person.role == role)


def counting(record: Record, step: ScoreStep) -> tuple[str, ...]:
    """The codes of those whose sheet counts: no shadows, of those who stopped only who had sealed, and nobody who
    joined when the scores of this step lay side by side.
    """
    return tuple(
        person.id
        for person in assessors(record, step.role)
        if not person.shadow
        and step.id not in person.missed
        and (person.stopped is None or is_sealed(record, step.id, person.id))
    )


def shadows(record: Record, step: ScoreStep) -> tuple[str, ...]:
    """The codes of those who score along and do not count; of those who stopped only who had sealed."""
    return tuple(
        person.id
        for person in assessors(record, step.role)
        if person.shadow and (person.stopped is None or is_sealed(record, step.id, person.id))
    )


def is_sealed(record: Record, step: str, person: str) -> bool:
    """Whether a sheet is sealed, also when only its progress may be seen."""
    if (step, person) in record.hidden:
        return record.hidden[step, person].sealed
    return "sealed" in record.personal.get((step, person), {})


def revealed(record: Record, step: ScoreStep) -> bool:
    """Whether the scores of a step lie side by side: the last sheet that counts is sealed."""
    if not step.blind:
        return True
    codes = counting(record, step)
    return bool(codes) and all(is_sealed(record, step.id, code) for code in codes)


def to_score(record: Record, content: Content, code: str) -> ScoreStep | None:
    """The score step in which somebody still has to seal a sheet: the first that was not left out; else the last one.

    An optional step is left out where this person has gone on with a later one, or its scores lie side by side. None
    for who scores nowhere.
    """
    own = person(record, code)
    steps = [
        step
        for step in content.step
        if isinstance(step, ScoreStep) and own is not None and step.role in ("", own.role) and step.id not in own.missed
    ]
    left = [
        step
        for number, step in enumerate(steps)
        if not is_sealed(record, step.id, code)
        and not (step.optional and any(_gone_on(record, later, code) for later in steps[number + 1 :]))
    ]
    return next(iter(left or steps[-1:]), None)


def _gone_on(record: Record, step: ScoreStep, code: str) -> bool:
    """Whether somebody has begun a sheet, or all others have sealed theirs."""
    begun = (step.id, code) in record.personal or (step.id, code) in record.hidden
    return begun or (step.blind and revealed(record, step))


def is_left_out(record: Record, content: Content, step: ScoreStep, code: str) -> bool:
    """Whether nobody waits any more for this sheet: the step may be left out, and its person has gone on."""
    steps = [one for one in content.step if isinstance(one, ScoreStep) and one.role == step.role]
    later = steps[steps.index(step) + 1 :] if step in steps else []
    return step.optional and not is_sealed(record, step.id, code) and any(_gone_on(record, one, code) for one in later)


def sheet_read_by(record: Record, step: ScoreStep, viewer: str) -> str:
    """Whose sheet somebody looks at: their own, or the one that another role filled in for all to read.

    The latter is there where one person fills in, nothing is blind, and the viewer is not of that role.
    """
    own = person(record, viewer)
    if step.blind or step.by != "person" or (own is not None and step.role in ("", own.role)):
        return viewer
    there = [code for code in counting(record, step) if (step.id, code) in record.personal]
    return there[0] if len(there) == 1 else viewer


def require_revealed(record: Record, step: ScoreStep) -> None:
    """The first two gates: refuses what needs the scores side by side. On paper there were no sheets to wait for."""
    if record.envelope.paper is not None or (step.id not in record.closed and revealed(record, step)):
        return
    codes = counting(record, step)
    waiting = [code for code in codes if not is_sealed(record, step.id, code)]
    raise Refused(
        "not-revealed",
        f"Nog niet alle scorebladen die tellen zijn verzegeld: wacht op {', '.join(waiting) or 'een auditor'}.",
        place=record.ref,
        advice=f"Laat elke auditor het eigen blad verzegelen: kwartier verzegel {record.ref} --auditor NAAM.",
    )


def assessor_role(content: Content) -> Role | None:
    """The role whose people fill in; instruments have at most one that scores apart. Never that of the subject."""
    return next((role for role in content.role if role.kind == "assessor" and not role.is_subject), None)


def role_words(content: Content, role: str) -> tuple[str, str]:
    """What one and what several people of a role are called."""
    found = next((one for one in content.role if one.id == role), None)
    return (found.title, found.many or found.title) if found else ("beoordelaar", "beoordelaars")


def person(record: Record, code: str) -> Person | None:
    """The assessor with this code."""
    return next((one for one in record.envelope.person if one.id == code), None)


def require_active(record: Record, code: str, role: str) -> Person:
    """The assessor who is about to fill in; refuses who is not one, or has stopped."""
    found = person(record, code)
    if found is None or (role and found.role != role):
        known = ", ".join(p.id for p in record.envelope.person if not role or p.role == role) or "nog niemand"
        raise Misused(
            "unknown-person",
            f"'{code}' is geen {role or 'invuller'} van deze meting.",
            place=record.ref,
            advice=f"Bekend: {known}. Voeg iemand toe met 'kwartier auditor erbij'.",
        )
    if found.stopped is not None:
        raise Refused(
            "person-stopped",
            f"'{code}' is op {found.stopped:%d-%m-%Y} gestopt met deze meting.",
            place=record.ref,
            advice="Laat een ander verdergaan; wat verzegeld is, blijft staan.",
        )
    return found
