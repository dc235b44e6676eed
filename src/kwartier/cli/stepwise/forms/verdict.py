"""Questions of the form verdict: the verdict with its motivation, the conditions, and who signs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from kwartier.cli.stepwise import answers, fields
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Value, VerdictStep
from kwartier.instrument.selection import option
from kwartier.records.files import VerdictFile
from kwartier.records.tree import Tree
from kwartier.workflow.people import role_words
from kwartier.workflow.periods import short
from kwartier.workflow.verdicts import (
    STATES,
    aid,
    is_waiting,
    may_sign,
    offers,
    proposal,
    proposal_words,
    reason_wanted,
    reasons,
    scale_of,
    title_of,
)


def verdict(work: Work, step: VerdictStep) -> list[Question]:
    """The verdict, its motivation, the conditions, and a question for each who signs."""
    seen = work.see()
    if is_waiting(seen.record, seen.content, step):
        return [Question(id="value", text="De scores liggen nog niet naast elkaar. Enter gaat verder.")]
    present = seen.record.shared.get(step.id, {})
    here = Place(step=step, name="motivering", present=present)
    rows = Rows(
        step=step,
        array="condition",
        one="voorwaarde",
        new="een nieuwe voorwaarde",
        many="Voorwaarden",
        fields=(
            fields.text("text", "Wat er geregeld moet worden"),
            fields.person("who", "Wie het regelt"),
            fields.day("due", "Voor wanneer"),
            fields.choice("state", "Stand", [(one, one) for one in STATES]),
            fields.text("note", "Opmerking"),
        ),
        typed=True,
        commands=_taking_over(work, step),
    )
    signing = [_signing(work, step, role) for role in step.signed_by]
    motive = fields.ask(work, here, fields.text("reason", "Motivering"))
    return [_value(work, step), motive, _listed(work, step, menu(work, rows, "condition")), *signing]


def _file(work: Work, step: VerdictStep) -> VerdictFile:
    return work.see().record.read(step.id, VerdictFile)


# -- the verdict


def _value(work: Work, step: VerdictStep) -> Question:
    seen = work.see()
    scale = scale_of(seen.content, step)
    found = proposal(seen.record, seen.content, step)
    told = [proposal_words(seen.content, step, found), *reasons(found)]
    if any(told):
        told.append(aid(step))
    file = _file(work, step)
    now = f"Nu: {title_of(seen.content, step, file.value)}. " if file.value is not None else ""
    keys = ", ".join(f"{one.key or one.value} is {one.title or one.value}" for one in scale.options)
    ask = f"{now}Uw {step.label}: {keys}, of enter."

    def take(typed: str) -> str:
        chosen = answers.option(typed, scale)
        if chosen is None:
            listed = ", ".join(one.title or str(one.value) for one in scale.options)
            raise Misused("choice-wrong", f"'{typed.strip()}' is hier geen {step.label}.", advice=f"Kies: {listed}.")
        return _decide(work, step, chosen.value)

    lines = [text for text in told if text]
    empty = Command(
        "leeg", "leeg: haal het weg", lambda match: work.change(step, {"value": "", "reason": ""}, step.label)
    )
    return Question(
        id="value",
        text="\n".join([*lines, ask]),
        brief=ask,
        help="Typ de letter of het woord. kwartier stelt alleen iets voor; u beslist.",
        take=take,
        commands=(empty,) if file.value is not None else (),
    )


def _decide(work: Work, step: VerdictStep, value: Value) -> str:
    """Gives the verdict, with the motivation and the condition that it cannot do without."""
    seen = work.see()
    found = proposal(seen.record, seen.content, step)
    file = _file(work, step)
    given: Tree = {"value": value}
    if file.date is None:
        given["date"] = work.today
    why = reason_wanted(seen.content, step, value, found.verdict if found else None)
    if why and not file.reason.strip():
        reason = work.talk.choose(f"Een motivering is nodig, want {why}. Waarom vindt u dit?", str)
        if reason is None:
            return "Er is niets veranderd."
        given["reason"] = reason
    if value in step.conditional and not file.condition:
        rows = _first_conditions(work, step)
        if not rows:
            return "Er is niets veranderd."
        given["condition"] = rows
    title = option(scale_of(seen.content, step), value).title or str(value)
    return work.change(step, given, f"{step.label} {title}")


def _first_conditions(work: Work, step: VerdictStep) -> list[Tree]:
    """What has to be arranged at the least: what kwartier offers, or one that is typed."""
    offered = _offered(work, step)
    if offered:
        told = " ".join(f"{number}. {row['text']}" for number, row in enumerate(offered, 1))
        ask = f"Hier hoort een voorwaarde bij. Voorstel: {told} Typ alle, een nummer, of een eigen voorwaarde."
    else:
        ask = "Hier hoort een voorwaarde bij. Wat moet er geregeld worden?"
    typed = work.talk.choose(ask, str)
    if typed is None:
        return []
    word = typed.strip()
    if offered and word.casefold() in ("alle", "alles"):
        return offered
    if word.isdigit() and 0 < int(word) <= len(offered):
        return [offered[int(word) - 1]]
    return [{"text": word}]


# -- conditions


def _offered(work: Work, step: VerdictStep) -> list[Tree]:
    seen = work.see()
    found = offers(proposal(seen.record, seen.content, step), _file(work, step).condition)
    return [{"id": one.id, "text": one.text} for one in found]


def _taking_over(work: Work, step: VerdictStep) -> tuple[Command, ...]:
    if not _offered(work, step):
        return ()

    def take(match: object) -> str:
        rows = _offered(work, step)
        return work.change(step, {"condition": rows}, "voorwaarden overnemen") if rows else "Die stonden er al."

    return (Command("neem over", "neem over: neem de voorgestelde voorwaarden over", take),)


def _listed(work: Work, step: VerdictStep, listed: Question) -> Question:
    """The list of conditions, with what kwartier offers said before it."""
    offered = _offered(work, step)
    if not offered:
        return listed
    told = [f"Voorstel: {row['text']}" for row in offered]
    return replace(listed, text="\n".join([*told, "Typ neem over om ze over te nemen.", listed.text]))


# -- signing


def _signing(work: Work, step: VerdictStep, role: str) -> Question:
    seen = work.see()
    title = role_words(seen.content, role)[0]
    codes = may_sign(seen.record, seen.content, role)
    row = next((one for one in _file(work, step).signature if one.id == role), None)
    stands = f"Getekend door {work.name(row.by)} op {short(row.date)}." if row else "Nog niet getekend."
    names = ", ".join(work.name(code) for code in codes) or "nog niemand in deze rol"
    brief = f"Wie tekent? {names}, of enter."
    withdraw = Command(
        "intrekken",
        "intrekken: trek deze handtekening in",
        lambda match: work.change(step, {"signature": [{"id": role, "remove": True}]}, "handtekening intrekken"),
    )
    return Question(
        id=f"sign-{role}",
        text=f"Handtekening van {title}. {stands} {brief}",
        brief=brief,
        help="Typ de naam van wie tekent. Wat getekend is, verandert niet meer zonder de handtekening in te trekken.",
        take=partial(_sign, work, step, role, codes),
        commands=(withdraw,) if row else (),
    )


def _sign(work: Work, step: VerdictStep, role: str, codes: list[str], typed: str) -> str:
    if not codes:
        message = "Er is nog niemand in deze rol."
        raise Refused("nobody-signs", message, advice="Voeg iemand toe: kwartier auditor erbij.")
    code = answers.pick(typed, [(one, work.name(one)) for one in codes], "naam", by_id=True)
    row = {"id": role, "by": code, "date": work.today}
    return work.change(step, {"signature": [row]}, "handtekening")
