"""What the rules propose as a verdict on a record, in words, and what was decided: conditions, signatures, motivation.

Whether rules hold is worked out in `ruling`; what a file has to satisfy stands in `verdict_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument import model as m
from kwartier.records.canonical import digest, same
from kwartier.records.files import Agreed, PeopleFile, VerdictFile
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import stands
from kwartier.workflow.fact_rules import known_facts
from kwartier.workflow.marks import FIELD
from kwartier.workflow.people import revealed
from kwartier.workflow.ruling import Known, Proposal, propose

STATES = ("open", "voldaan", "vervallen")
"""Where a condition can stand; the first is where it starts, and the only one in which it is still waited for."""

AID = "Dit voorstel is een hulpmiddel van kwartier; wie beoordeelt, beslist."
"""Said with a proposal, where the instrument says nothing of its own about it."""

_MOST_MISSING = 3
"""So many titles of what is missing are said; of the others only how many."""


class Offer(Struct, frozen=True, kw_only=True):
    """A condition that a rule offers; its row gets the id of the rule, so that it is offered once."""

    id: str
    text: str


# -- the proposal


def verdict_steps(content: m.Content) -> list[m.VerdictStep]:
    """The steps in which a verdict is given."""
    return [step for step in content.step if isinstance(step, m.VerdictStep)]


def judged_by(content: m.Content, step: m.VerdictStep) -> m.ScoreStep | None:
    """The score step whose answers the rules look at; None where they look at facts alone."""
    return next((one for one in content.step if isinstance(one, m.ScoreStep) and one.id == step.of), None)


def scale_of(content: m.Content, step: m.VerdictStep) -> m.Scale:
    """The scale of a verdict; a checked content has it."""
    return next(scale for scale in content.scale if scale.id == step.scale)


def rules_of(content: m.Content, step: m.VerdictStep) -> tuple[m.Rule, ...]:
    """The rules that propose a verdict on the scale of this step, in order."""
    values = [option.value for option in scale_of(content, step).options]
    return tuple(rule for rule in content.rule if rule.verdict in values)


def is_waiting(record: Record, content: m.Content, step: m.VerdictStep) -> bool:
    """Whether the scores that the verdict is about do not lie side by side yet, for this viewer."""
    scored = judged_by(content, step)
    if scored is None or record.envelope.paper is not None:
        return False
    return scored.id in record.closed or not revealed(record, scored)


def proposal(record: Record, content: m.Content, step: m.VerdictStep) -> Proposal | None:
    """What the rules say of a record that has passed the gate; None where there are no rules, or before the reveal."""
    rules = rules_of(content, step)
    if not rules or is_waiting(record, content, step):
        return None
    known = Known(
        answers=_known_answers(record, content, step),
        facts=known_facts(content, record),
        parameters=record.envelope.parameters,
    )
    return propose(content, rules, known)


def _known_answers(record: Record, content: m.Content, step: m.VerdictStep) -> dict[str, Answer]:
    """The definitive answers; where nothing is scored blind also what all who filled in gave alike."""
    scored = judged_by(content, step)
    if scored is None:
        return {}
    found: dict[str, Answer] = {}
    for stand in stands(record, content, scored):
        answer = stand.agreed or (None if scored.blind else stand.proposal)
        if answer is not None and not stand.part:
            found[stand.item] = answer
    return found


# -- in words


def aid(step: m.VerdictStep) -> str:
    """Whose the proposal is, as the instrument says it."""
    return step.own or AID


def title_of(content: m.Content, step: m.VerdictStep, value: m.Value | None) -> str:
    """A verdict as it is said: the title of its option, else what stands there; empty where there is none."""
    option = next((one for one in scale_of(content, step).options if one.value == value), None)
    if option is None:
        return "" if value is None else str(value)
    return option.title or str(option.value)


def proposal_words(content: m.Content, step: m.VerdictStep, found: Proposal | None) -> str:
    """The proposal as a sentence (Dutch); empty where there are no rules."""
    if found is None:
        return "Nog geen voorstel: de scores liggen nog niet naast elkaar." if rules_of(content, step) else ""
    if found.verdict is not None:
        return f"kwartier stelt voor: {title_of(content, step, found.verdict)}."
    if found.missing:
        return f"Voorstel: nog niet te zeggen; {missing_words(content, found.missing)}."
    return "kwartier stelt niets voor: geen van de regels past."


def missing_words(content: m.Content, missing: Sequence[str]) -> str:
    """What still has to be answered, by title: 'Kraan' en 'Ton' ontbreken."""
    titles = {item.id: item.short or item.title for item in content.items()}
    titles |= {fact.id: fact.short or fact.title for fact in content.fact}
    named = [f"'{titles.get(one, one)}'" for one in missing[:_MOST_MISSING]]
    if len(missing) > _MOST_MISSING:
        named.append(f"{len(missing) - _MOST_MISSING} andere")
    *most, last = named
    listed = f"{', '.join(most)} en {last}" if most else last
    return f"{listed} {'ontbreekt' if len(missing) == 1 else 'ontbreken'}"


def reasons(found: Proposal | None) -> list[str]:
    """Why, a sentence per rule that holds."""
    return [rule.reason for rule in found.rules] if found else []


def offers(found: Proposal | None, rows: Iterable[Agreed]) -> list[Offer]:
    """The conditions that the rules offer and that were not taken over yet."""
    taken = list(rows)
    ids, texts = {row.id for row in taken}, {row.text for row in taken}
    offered = [Offer(id=_row_id(rule.id), text=rule.condition) for rule in found.rules] if found else []
    return [one for one in offered if one.text and one.id not in ids and one.text not in texts]


def _row_id(rule: str) -> str:
    return rule.replace(".", "-").replace("_", "-")


def reason_wanted(content: m.Content, step: m.VerdictStep, value: m.Value, proposed: m.Value | None) -> str:
    """Why a verdict has to be motivated (Dutch); empty where it is what was proposed, or nothing can be."""
    if not rules_of(content, step) or same(value, proposed):
        return ""
    if proposed is None:
        return "kwartier kon nog geen voorstel doen"
    return f"kwartier stelde '{title_of(content, step, proposed)}' voor"


# -- what was decided


def is_open(row: Agreed) -> bool:
    """Whether a condition is still waited for."""
    return row.state in ("", STATES[0])


def open_conditions(file: VerdictFile) -> list[Agreed]:
    """The conditions that are still waited for."""
    return [row for row in file.condition if is_open(row)]


def loose(file: VerdictFile) -> list[Agreed]:
    """The open conditions without a person or a date."""
    return [row for row in open_conditions(file) if not row.who or row.due is None]


def conditions_words(count: int) -> str:
    """How many conditions, as it is said."""
    return "1 voorwaarde" if count == 1 else f"{count} voorwaarden"


def verdict_words(content: m.Content, step: m.VerdictStep, file: VerdictFile) -> str:
    """Where a verdict stands: geschikt onder voorwaarden, 2 voorwaarden open, 1 van 2 getekend."""
    return ", ".join(filter(None, [title_of(content, step, file.value), left_words(step, file)]))


def left_words(step: m.VerdictStep, file: VerdictFile) -> str:
    """What still has to happen: 2 voorwaarden open, 1 van 2 getekend; empty where that is nothing."""
    told = []
    if count := len(open_conditions(file)):
        told.append(f"{conditions_words(count)} open")
    if step.signed_by:
        signed = {row.id for row in file.signature}
        told.append(f"{sum(role in signed for role in step.signed_by)} van {len(step.signed_by)} getekend")
    return ", ".join(told)


def may_sign(record: Record, content: m.Content, role: str) -> list[str]:
    """The codes of those who can sign for a role: who fill in under it, or take part under it."""
    codes = [one.id for one in record.envelope.person if one.role == role and one.stopped is None]
    for step in content.step:
        if isinstance(step, m.PeopleStep):
            codes += [one.id for one in record.read(step.id, PeopleFile).participant if one.role == role]
    return list(dict.fromkeys(codes))


def signed(tree: Tree) -> str:
    """The digest of what a signature stands under: the verdict, its motivation, and the texts of its conditions."""
    rows = [{"id": row.get("id"), "text": row.get("text")} for row in tree.get("condition", [])]
    return digest({"value": tree.get("value", ""), "reason": tree.get("reason", ""), "condition": rows})


def with_kept(step: m.VerdictStep, content: m.Content, record: Record, before: Tree, after: Tree, given: Tree) -> Tree:
    """The file with what kwartier keeps beside what was given: the proposal of that moment, and what was signed.

    A verdict is decided anew where it or its motivation changes, and where it is given again without a form.
    """
    made = dict(after)
    again = "value" in given and FIELD not in given
    if again or any(not same(before.get(key), after.get(key)) for key in ("value", "reason")):
        for key in ("proposed", "rules"):
            made.pop(key, None)
        found = proposal(record, content, step) if "value" in after else None
        if found is not None and found.verdict is not None:
            made |= {"proposed": found.verdict, "rules": [rule.id for rule in found.rules]}
    if "signature" in after:
        was = {row.get("id"): row for row in before.get("signature", [])}
        made["signature"] = [_signature(row, was.get(row.get("id")), made) for row in after["signature"]]
    return made


def _signature(row: Tree, before: Tree | None, tree: Tree) -> Tree:
    """A signature with what was signed: by now where it is new, or put by somebody else or on another day."""
    if before is not None and all(same(before.get(key), row.get(key)) for key in ("by", "date")):
        return row
    return {**row, "digest": signed(tree)}
