"""The one gate: what of a record a viewer may see. Nothing leaves the workspace that did not pass here."""

from __future__ import annotations

from msgspec.structs import replace

from kwartier.instrument.model import ConsensusStep, Content, InterviewStep, ReportStep, ScoreStep
from kwartier.records.record import Progress, Record
from kwartier.records.tree import Tree
from kwartier.workflow.people import is_sealed, person, revealed


def visible(record: Record, content: Content, viewer: str | None) -> Record:
    """The record as `viewer` (a code, or None for nobody in particular) may see it.

    Of blind sheets of others only the progress is left until all counting sheets are sealed, and for somebody who
    still has to seal also after that. What is agreed on later goes with it, so that no score shows through it. Raw
    notes are for the assessors alone.
    """
    personal = dict(record.personal)
    shared = dict(record.shared)
    hidden = dict(record.hidden)
    closed = set(record.closed)
    for step in content.step:
        if isinstance(step, ScoreStep) and step.blind:
            open_now = _may_see_others(record, step, viewer)
            if not open_now:
                closed.add(step.id)
            for key in [key for key in personal if key[0] == step.id and key[1] != viewer]:
                if not (open_now and is_sealed(record, *key)):
                    hidden[key] = _progress(personal.pop(key), "answer", _expected(content))
        elif isinstance(step, InterviewStep) and (viewer is None or person(record, viewer) is None):
            for key in [key for key in personal if key[0] == step.id]:
                hidden[key] = _progress(personal.pop(key), "note", 0)
    for step in content.step:
        later = (isinstance(step, ConsensusStep) and step.of in closed) or (isinstance(step, ReportStep) and closed)
        if later and record.envelope.paper is None:
            shared.pop(step.id, None)
    # Of a file of a step that is not known it is not known either what it may show.
    known = {step.id for step in content.step}
    personal = {key: tree for key, tree in personal.items() if key[0] in known}
    shared = {step: tree for step, tree in shared.items() if step in known}
    return replace(record, personal=personal, shared=shared, hidden=hidden, closed=frozenset(closed))


def _may_see_others(record: Record, step: ScoreStep, viewer: str | None) -> bool:
    if record.envelope.paper is not None:
        return True
    if not revealed(record, step):
        return False
    own = person(record, viewer) if viewer else None
    still_scoring = own is not None and own.role == step.role and own.stopped is None
    return not still_scoring or is_sealed(record, step.id, viewer or "")


def _expected(content: Content) -> int:
    """How many answers a full sheet has."""
    return sum(1 + sum(1 for part in item.parts if part.scale) for item in content.items())


def _progress(tree: Tree, rows: str, of: int) -> Progress:
    destroyed = "destroyed" in tree
    return Progress(
        done=sum(_says_something(row, rows) for row in tree.get(rows, [])),
        of=of,
        sealed="sealed" in tree,
        destroy=None if destroyed else tree.get("destroy"),
        destroyed=destroyed,
    )


def _says_something(row: object, rows: str) -> bool:
    """Whether a row counts as done: an answer with only a remark does not."""
    return rows != "answer" or (isinstance(row, dict) and ("value" in row or bool(row.get("missing"))))
