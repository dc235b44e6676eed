"""The one gate: what of a record a viewer may see. Nothing leaves the workspace that did not pass here."""

from __future__ import annotations

from msgspec.structs import replace

from kwartier.instrument.model import ConsensusStep, Content, InterviewStep, ReportStep, ScoreStep, VerdictStep
from kwartier.records.record import Progress, Record
from kwartier.records.tree import Tree
from kwartier.workflow.people import is_sealed, person, revealed
from kwartier.workflow.readers import as_read_by
from kwartier.workflow.sealing import expected_keys, open_keys
from kwartier.workflow.settled import reported_steps


def visible(record: Record, content: Content, viewer: str | None) -> Record:
    """The record as `viewer` (a code, or None for nobody in particular) may see it.

    Of blind sheets of others only the progress is left until all counting sheets are sealed, and for somebody who
    still has to seal also after that. What is agreed on later goes with it, so that no score shows through it. Raw
    notes are for the assessors alone. Of private steps somebody else gets what `readers` allows.
    """
    record = as_read_by(record, content, viewer)
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
                    hidden[key] = _sheet_progress(personal.pop(key), content)
        elif isinstance(step, InterviewStep) and (viewer is None or person(record, viewer) is None):
            for key in [key for key in personal if key[0] == step.id]:
                tree = personal.pop(key)
                hidden[key] = _progress(tree, len(tree.get("note", [])), 0)
    for step in content.step:
        later = isinstance(step, ConsensusStep | VerdictStep) and step.of in closed
        later = later or (isinstance(step, ReportStep) and _tells(record, content, step, closed))
        if later and record.envelope.paper is None:
            shared.pop(step.id, None)
    # Of a file of a step that is not known it is not known either what it may show.
    known = {step.id for step in content.step}
    personal = {key: tree for key, tree in personal.items() if key[0] in known}
    shared = {step: tree for step, tree in shared.items() if step in known}
    return replace(record, personal=personal, shared=shared, hidden=hidden, closed=frozenset(closed))


def _tells(record: Record, content: Content, step: ReportStep, closed: set[str]) -> bool:
    """Whether a report, with what it fixed, tells of scores that are closed; not of a step that was left out."""
    later = {one.id for one in content.step if isinstance(one, ConsensusStep | VerdictStep) and one.of in closed}
    rows = record.shared.get(step.id, {}).get("version", [])
    fixed = {name for row in rows for name in row.get("snapshot", {})}
    return bool(closed & {one.id for one in reported_steps(content)} or fixed & later)


def _may_see_others(record: Record, step: ScoreStep, viewer: str | None) -> bool:
    if record.envelope.paper is not None:
        return True
    if not revealed(record, step):
        return False
    own = person(record, viewer) if viewer else None
    still_scoring = own is not None and own.role == step.role and own.stopped is None and step.id not in own.missed
    return not still_scoring or is_sealed(record, step.id, viewer or "")


def _sheet_progress(tree: Tree, content: Content) -> Progress:
    """How far a sheet is: an answer with only a remark does not count, nor one that nobody has to give."""
    expected = expected_keys(content)
    return _progress(tree, len(expected) - len(open_keys(content, tree)), len(expected))


def _progress(tree: Tree, done: int, of: int) -> Progress:
    destroyed = "destroyed" in tree
    return Progress(
        done=done,
        of=of,
        sealed="sealed" in tree,
        destroy=None if destroyed else tree.get("destroy"),
        destroyed=destroyed,
    )
