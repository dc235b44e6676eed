"""Questions of the form consensus: the largest difference first, what each gave, and the definitive answer."""

from __future__ import annotations

from collections.abc import Iterable

from kwartier.analysis.answers import Answer
from kwartier.cli.stepwise import answers, items, told
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.forms.score import choices, question_id, read_answer
from kwartier.cli.stepwise.outcome_words import agreement
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import ConsensusStep, Item, Scale
from kwartier.records.files import ConsensusFile
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import Stand, needs_reason, scored_by, stands
from kwartier.workflow.people import require_revealed
from kwartier.workflow.sealing import key_title, scale_for
from kwartier.workspace import Seen

EQUAL = "gelijke"


def consensus(work: Work, step: ConsensusStep) -> list[Question]:
    """What all gave alike at once, then a question per answer. Raises `Refused` before the reveal."""
    seen = work.see()
    scored = scored_by(seen.content, step)
    require_revealed(seen.record, scored)
    found = sorted(stands(seen.record, seen.content, scored), key=lambda one: (one.equal, -(one.difference or 0)))
    known = {item.id: item for item in seen.content.items()}
    asked = [_stand(work, step, seen, known[one.item], one) for one in found]
    equal = _open_equal(found)
    return [_equal(work, step, equal, len(found)), *asked] if equal else asked


def still_open(work: Work, step: ConsensusStep) -> str:
    """What has no definitive answer yet, in a sentence."""
    seen = work.see()
    found = [one for one in stands(seen.record, seen.content, scored_by(seen.content, step)) if not one.optional]
    left = [key_title((one.item, one.part)) for one in found if one.agreed is None or not one.agreed.answered]
    return f"Nog zonder definitieve score: item {', '.join(left)}." if left else "Alle items hebben een uitkomst."


def _open_equal(found: Iterable[Stand]) -> list[Stand]:
    return [one for one in found if one.proposal is not None and one.agreed is None and len(one.given) > 1]


def _equal(work: Work, step: ConsensusStep, equal: list[Stand], of: int) -> Question:
    names = ", ".join(key_title((one.item, one.part)) for one in equal)

    def take(typed: str) -> str:
        return _confirm(work, step, equal) if answers.yes_no(typed) else "Niets vastgelegd."

    return Question(
        id=EQUAL,
        text=f"Bij {len(equal)} van {of} gaf iedereen hetzelfde: item {names}.\nDie in een keer vastleggen? j of n.",
        take=take,
    )


def _confirm(work: Work, step: ConsensusStep, equal: list[Stand]) -> str:
    if not equal:
        return "Er valt niets meer in een keer vast te leggen."
    said = work.change(step, {"answer": [_row(one, one.proposal) for one in equal]}, "de gelijke items")
    return f"{said} {len(equal)} vastgelegd."


def _row(stand: Stand, answer: Answer | None) -> Tree:
    key: Tree = {"item": stand.item, "part": stand.part} if stand.part else {"item": stand.item}
    if answer is None:
        return key
    return {**key, "missing": answer.missing} if answer.missing else {**key, "value": answer.value}


def _stand(work: Work, step: ConsensusStep, seen: Seen, item: Item, stand: Stand) -> Question:
    scale = scale_for(seen.content, item, stand.part)
    now = f" Nu: {told.sentence(told.answer(stand.agreed, scale, note='reden'))}" if stand.agreed else ""
    proposal = f" Voorstel: {told.answer(stand.proposal, scale)}; j neemt het over." if _offers(stand) else ""
    ask = f"Definitief: {choices(scale)}.{proposal}{now}"
    name = f"item {key_title((stand.item, stand.part))}"

    def take(typed: str) -> str:
        return _agree(work, step, stand, scale, typed, name)

    commands = [
        Command("overeenstemming", "overeenstemming: hoor hoe ver de scores uiteenliggen", lambda m: agreement(work)),
        Command("gelijke", "gelijke: leg alle gelijke items in een keer vast", lambda m: _equal_now(work, step)),
        Command("vergissing", "vergissing: noem een verzegeld antwoord een vergissing", lambda m: _erred(work, stand)),
        items.descriptions(seen.content, item),
        items.explanation(seen, item),
    ]
    if stand.agreed:
        bare = {**_row(stand, None), "remove": True}
        away = {"answer": [bare]}
        commands.append(Command("leeg", "leeg: haal de definitieve score weg", lambda m: work.change(step, away, name)))
    return Question(
        id=question_id((stand.item, stand.part)),
        text="\n".join([_head(item, stand), *_given(work, step, seen, stand, scale), ask]),
        brief=ask,
        help=f"{item.statement}\n{told.anchors(item, scale)}\nEen reden mag achter de score, na een dubbele punt.",
        take=take,
        commands=tuple(commands),
    )


def _head(item: Item, stand: Stand) -> str:
    if len(stand.given) < 2:
        difference = ""
    elif stand.equal:
        difference = " Gelijk."
    else:
        difference = f" Verschil {stand.difference}." if stand.difference is not None else " Verschillend."
    part = f", deel {stand.part}" if stand.part else ""
    return f"{told.title(item)}{part}.{difference}"


def _offers(stand: Stand) -> bool:
    return stand.proposal is not None and stand.agreed is None


def _given(work: Work, step: ConsensusStep, seen: Seen, stand: Stand, scale: Scale) -> list[str]:
    lines = [told.sentence(f"{work.name(code)}: {told.answer(given, scale)}") for code, given in stand.given.items()]
    lines += [
        told.sentence(f"{work.name(code)}, loopt mee en telt niet: {told.answer(given, scale)}")
        for code, given in stand.shadows.items()
    ]
    mistakes = seen.record.read(step.id, ConsensusFile).mistake
    same = [one for one in mistakes if (one.item, one.part) == (stand.item, stand.part)]
    return [*lines, *(f"{work.name(one.person)} noemt dit een vergissing: {one.reason}" for one in same)]


def _agree(work: Work, step: ConsensusStep, stand: Stand, scale: Scale, typed: str, name: str) -> str:
    yes = _offers(stand) and typed.strip().casefold() in ("j", "ja") and answers.option(typed, scale) is None
    given = _row(stand, stand.proposal) if yes else read_answer(work, typed, scale, stand.agreed).row
    row = {**_row(stand, None), **given}
    if not row.get("note"):
        why = needs_reason(stand.given, Answer(value=row.get("value"), missing=row.get("missing")))
        if why:
            reason = _reason(work, why, stand.agreed.note if stand.agreed else "")
            if reason is None:
                raise Misused("reason-missing", "Zonder reden kan deze score niet.", advice="Niets bewaard.")
            row["note"] = reason
    return work.change(step, {"answer": [row]}, name)


def _reason(work: Work, why: str, now: str) -> str | None:
    stands = f" Nu: {now}. Enter laat die staan." if now else ""
    return work.talk.choose(f"Een reden is nodig, want {why}.{stands}", str, default=now)


def _equal_now(work: Work, step: ConsensusStep) -> str:
    seen = work.see()
    return _confirm(work, step, _open_equal(stands(seen.record, seen.content, scored_by(seen.content, step))))


def _erred(work: Work, stand: Stand) -> str:
    who = work.person if work.person in stand.given else None
    if who is None:
        named = [(code, work.name(code)) for code in stand.given]
        if not named:
            raise Misused("no-sheet", "Er zijn geen scorebladen.", advice="Typ enter.")
        ask = f"Van wie is het antwoord? {answers.numbered(named)}."
        who = work.talk.choose(ask, lambda typed: answers.pick(typed, named))
    reason = work.talk.choose("Wat is er vergist?", str) if who else None
    if not who or not reason:
        return "Niets veranderd."
    work.ws.mistake(work.ref, who, stand.item, reason=reason)
    work.act()
    return f"{SAVED} Het antwoord blijft staan en tellen, en wordt in het verslag genoemd."
