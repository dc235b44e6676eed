"""What a new record takes over from the one that it follows: the steps that the content says are carried on.

Also what stood in that earlier record, for who wants to see what is different since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kwartier.errors import KwartierError
from kwartier.instrument.model import AnyStep, Content, EvidenceStep, FactsStep, NotesStep, ScoreStep
from kwartier.instrument.selection import items_of
from kwartier.records.files import EVERYONE, SCHEMA, AnswerRow, FactsFile, GivenFact, Person, Sheet
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.rules import check
from kwartier.workflow.visible import visible
from kwartier.workflow.was import item_changes

_OF_THEN = ("date", "by", "skipped", "earlier", "writer", "removed")
"""What belongs to the earlier record alone: when it was done and by whom, and what was there before."""

Carrying = NotesStep | EvidenceStep | FactsStep


@dataclass(frozen=True)
class _Move:
    """From which record to which content, and who there are in the new record."""

    earlier: Record
    content: Content
    readers: frozenset[str]
    unlike: frozenset[str]
    "The items whose text is another one than it was, or that were not asked."


def carried(earlier: Record, content: Content, people: Sequence[Tree] = (), *, before: Content) -> dict[str, Tree]:
    """The first files of a record that follows `earlier`, by name; rows on what is no longer asked are left behind.

    `earlier` has not passed the gate: nothing is shown to anybody here, and of a step in which the subject itself
    chooses who reads what, the rows are its own and come along whole, with who reads them. Of all else comes along
    what everybody may see. `before` is what was asked then.

    `people` are the rows of who fill in the new record. What was answered goes into the sheet of the one person of the
    role of its step, not sealed; where there are several it is nobody's. Of what a subject says of itself only the
    answers on an unchanged text come along: another text asks another answer.
    """
    found: dict[str, Tree] = {}
    gated = _with_own(visible(earlier, before, None), earlier, before)
    roles = {role.id for role in content.role}
    readers = frozenset({EVERYONE, *roles, *(str(row["id"]) for row in people)})
    unlike = frozenset(one.item for one in item_changes(before, content) if one.kind != "same")
    move = _Move(gated, content, readers, unlike)
    for step in _carrying(content):
        tree = gated.shared.get(step.id)
        kept = _kept(step, move, tree) if tree is not None else {}
        if set(kept) - {"schema"}:
            found[f"{step.id}.toml"] = kept
    for score in _carried_scores(content):
        own = [row["id"] for row in people if row["role"] == score.role]
        if len(own) == 1 and (rows := _answers(score, move)):
            found[f"{score.id}.{own[0]}.toml"] = {"schema": SCHEMA, "person": own[0], "answer": rows}
    return found


def _with_own(gated: Record, earlier: Record, content: Content) -> Record:
    """What passed the gate for everybody, with the steps that are the subject's own as they are."""
    own = {role.id for role in content.role if role.is_subject}
    steps = {
        step.id
        for step in content.step
        if isinstance(step, EvidenceStep | ScoreStep) and step.private and step.role in own
    }
    shared = {**gated.shared, **{step: tree for step, tree in earlier.shared.items() if step in steps}}
    personal = {**gated.personal, **{key: tree for key, tree in earlier.personal.items() if key[0] in steps}}
    return Record(ref=earlier.ref, envelope=earlier.envelope, tree=earlier.tree, shared=shared, personal=personal)


def earlier_answers(earlier: Record, step: ScoreStep) -> Mapping[tuple[str, str], AnswerRow]:
    """The answers of the earlier record, by item and part (empty for the item itself)."""
    code = _whose(earlier, step)
    rows = earlier.read_of(step.id, code, Sheet).answer if code else ()
    return {(row.item, row.part): row for row in rows if row.value is not None or row.missing}


def earlier_facts(earlier: Record, step: FactsStep) -> Mapping[str, GivenFact]:
    """The facts of the earlier record, by id."""
    return {row.id: row for row in earlier.read(step.id, FactsFile).fact if row.given}


def _answers(step: ScoreStep, move: _Move) -> list[Tree]:
    """The answers that could be given now, of the one sheet of a step."""
    rows = _sheet_rows(move.earlier, step)
    if step.private or step.stays_open:
        rows = [_with_readers(row, move) for row in rows if row.get("item") not in move.unlike]
    return _fitting(step, move, "answer", rows)


def _sheet_rows(earlier: Record, step: ScoreStep) -> list[Tree]:
    """The rows of the one sheet of a step; none where there are several."""
    code = _whose(earlier, step)
    rows: list[Tree] = earlier.personal[step.id, code].get("answer", []) if code else []
    return rows


def _whose(earlier: Record, step: ScoreStep) -> str:
    """The code of whose sheet counts: of who had not stopped, where there is one such person."""
    there: list[Person] = [
        one
        for one in earlier.envelope.person
        if one.role == step.role and not one.shadow and earlier.personal.get((step.id, one.id), {}).get("answer")
    ]
    active = [one for one in there if one.stopped is None]
    found = active or there
    return found[0].id if len(found) == 1 else ""


def _fitting(step: AnyStep, move: _Move, array: str, rows: list[Tree]) -> list[Tree]:
    """The rows that could be given now: of what is asked, and answered as it is asked."""
    return [row for row in rows if _fits(step, move, {array: [{key: row[key] for key in row if key != "readers"}]})]


def _fits(step: AnyStep, move: _Move, tree: Tree) -> bool:
    try:
        check(step, move.content, move.earlier, tree, move.earlier.ref)
    except KwartierError:
        return False
    return True


def _kept(step: Carrying, move: _Move, tree: Tree) -> Tree:
    kept = {key: value for key, value in tree.items() if key not in _OF_THEN}
    if isinstance(step, FactsStep):
        facts = _fitting(step, move, "fact", kept.get("fact", []))
        return {**kept, "fact": facts} if facts else {}
    items = {item.id for item in items_of(move.content, step)}
    if "explanation" in kept:
        kept["explanation"] = [row for row in kept["explanation"] if row.get("item") in items]
    if "evidence" in kept:
        topics = {topic.id for topic in move.content.topic}
        rows = (_known(_known(row, "items", items), "topics", topics) for row in kept["evidence"])
        kept["evidence"] = [_with_readers(row, move) for row in rows]
    return kept


def _known(row: Tree, field: str, known: set[str]) -> Tree:
    return {**row, field: [one for one in row[field] if one in known]} if field in row else row


def _with_readers(row: Tree, move: _Move) -> Tree:
    """A row with who reads it; who has no part in the new record is left out, and nobody is added."""
    return _known(row, "readers", set(move.readers))


def _carrying(content: Content) -> Iterable[Carrying]:
    return (step for step in content.step if isinstance(step, NotesStep | EvidenceStep | FactsStep) and step.carry)


def _carried_scores(content: Content) -> Iterable[ScoreStep]:
    """Score steps that one person does and that nobody scores blind."""
    steps = (step for step in content.step if isinstance(step, ScoreStep))
    return (step for step in steps if step.carry and step.by == "person" and not step.blind)
