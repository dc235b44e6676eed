"""What a new record takes over from the one that it follows: the steps that the content says are carried on.

Also what stood in that earlier record, for who wants to see what is different since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kwartier.errors import KwartierError
from kwartier.instrument.model import AnyStep, Content, EvidenceStep, FactsStep, NotesStep, ScoreStep
from kwartier.instrument.selection import items_of
from kwartier.records.files import SCHEMA, AnswerRow, FactsFile, GivenFact, Person, Sheet
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.rules import check

_OF_THEN = ("date", "by", "skipped", "earlier", "writer")
"""What belongs to the earlier record alone: when it was done and by whom, and how texts were before."""

Carrying = NotesStep | EvidenceStep | FactsStep


def carried(earlier: Record, content: Content, people: Sequence[Tree] = ()) -> dict[str, Tree]:
    """The first files of a record that follows `earlier`, by name; rows on what is no longer asked are left behind.

    `people` are the rows of who fill in the new record. What was answered goes into the sheet of the one person of the
    role of its step, not sealed; where there are several it is nobody's.
    """
    found: dict[str, Tree] = {}
    for step in _carrying(content):
        tree = earlier.shared.get(step.id)
        kept = _kept(step, content, earlier, tree) if tree is not None else {}
        if set(kept) - {"schema"}:
            found[f"{step.id}.toml"] = kept
    for score in _carried_scores(content):
        own = [row["id"] for row in people if row["role"] == score.role]
        rows = _fitting(score, content, earlier, "answer", _sheet_rows(earlier, score))
        if len(own) == 1 and rows:
            found[f"{score.id}.{own[0]}.toml"] = {"schema": SCHEMA, "person": own[0], "answer": rows}
    return found


def earlier_answers(earlier: Record, step: ScoreStep) -> Mapping[tuple[str, str], AnswerRow]:
    """The answers of the earlier record, by item and part (empty for the item itself)."""
    code = _whose(earlier, step)
    rows = earlier.read_of(step.id, code, Sheet).answer if code else ()
    return {(row.item, row.part): row for row in rows if row.value is not None or row.missing}


def earlier_facts(earlier: Record, step: FactsStep) -> Mapping[str, GivenFact]:
    """The facts of the earlier record, by id."""
    return {row.id: row for row in earlier.read(step.id, FactsFile).fact if row.given}


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


def _fitting(step: AnyStep, content: Content, earlier: Record, array: str, rows: list[Tree]) -> list[Tree]:
    """The rows that could be given now: of what is asked, and answered as it is asked."""
    return [row for row in rows if _fits(step, content, earlier, {array: [row]})]


def _fits(step: AnyStep, content: Content, earlier: Record, tree: Tree) -> bool:
    try:
        check(step, content, earlier, tree, earlier.ref)
    except KwartierError:
        return False
    return True


def _kept(step: Carrying, content: Content, earlier: Record, tree: Tree) -> Tree:
    kept = {key: value for key, value in tree.items() if key not in _OF_THEN}
    if isinstance(step, FactsStep):
        facts = _fitting(step, content, earlier, "fact", kept.get("fact", []))
        return {**kept, "fact": facts} if facts else {}
    items = {item.id for item in items_of(content, step)}
    if "explanation" in kept:
        kept["explanation"] = [row for row in kept["explanation"] if row.get("item") in items]
    if "evidence" in kept:
        kept["evidence"] = [
            {**row, "items": [item for item in row["items"] if item in items]} if "items" in row else row
            for row in kept["evidence"]
        ]
    return kept


def _carrying(content: Content) -> Iterable[Carrying]:
    return (step for step in content.step if isinstance(step, NotesStep | EvidenceStep | FactsStep) and step.carry)


def _carried_scores(content: Content) -> Iterable[ScoreStep]:
    """Score steps that one person does and that nobody scores blind."""
    steps = (step for step in content.step if isinstance(step, ScoreStep))
    return (step for step in steps if step.carry and step.by == "person" and not step.blind)
