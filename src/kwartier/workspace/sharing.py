"""Who reads a piece of evidence, or a remark of one's own: set for some of them or for all of a step."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.files import EvidenceFile, Sheet
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow.people import require_active
from kwartier.workflow.readers import chosen, require_owner
from kwartier.workspace import steps
from kwartier.workspace.evidence import unknown_row
from kwartier.workspace.shelf import Case, Shelf


def share(
    shelf: Shelf,
    ref_text: str,
    step_id: str,
    readers: Sequence[str],
    person: str | None,
    rows: Sequence[str] | None = None,
) -> int:
    """Sets who reads pieces of evidence (by id) or remarks (by item); all of a step without `rows`. Says how many.

    Readers may be roles, codes, names, "iedereen" or "niemand"; none at all leaves it with the owner.
    """
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    step = step_by_id(case.content, step_id)
    if not isinstance(step, m.EvidenceStep | m.ScoreStep) or not step.private:
        raise Misused(
            "not-private",
            f"Bij '{step.title}' valt niet te kiezen wie het leest.",
            place=ref_text,
            advice="Kies een andere stap met --stap.",
        )
    code = _code(shelf, case, step, person)
    require_owner(case.record, case.content, step, code)  # before anything is told of what is there
    codes = shelf.codes(ref.organisation, ref.subject)
    meant = list(chosen(readers, case.record, case.content, step, codes.names()))
    if isinstance(step, m.ScoreStep):
        require_active(case.record, code or "", step.role)
        sheet = case.record.read_of(step.id, code or "", Sheet)
        there = {f"{row.item}{row.part}": row for row in sheet.answer if row.note}
        wanted = _wanted(there, rows, ref_text, step)
        given: Tree = {"answer": [_at(there[one].item, there[one].part, meant) for one in wanted]}
    else:
        known = {row.id: row for row in case.record.read(step.id, EvidenceFile).evidence}
        wanted = _wanted(known, rows, ref_text, step)
        given = {"evidence": [{"id": one, "readers": meant} for one in wanted]}
    if wanted:
        steps.change(shelf, ref_text, step.id, given, code)
    return len(wanted)


def _code(shelf: Shelf, case: Case, step: m.AnyStep, person: str | None) -> str | None:
    """The code of who does this; of the sheet of a step it has to be somebody."""
    code = steps.code_in(shelf.codes(case.ref.organisation, case.ref.subject), case.record, person)
    if code is None and isinstance(step, m.ScoreStep):
        message = "Zeg van wie de opmerkingen zijn."
        raise Misused("who", message, place=str(case.ref), advice="Voeg toe: --auditor NAAM.")
    return code


def _wanted(there: Collection[str], rows: Sequence[str] | None, ref_text: str, step: m.AnyStep) -> list[str]:
    """The rows that are meant; all where none is named."""
    for one in rows or ():
        if one not in there:
            raise unknown_row(one, ref_text, step)
    return list(dict.fromkeys(rows)) if rows else list(there)


def _at(item: str, part: str, readers: list[str]) -> Tree:
    return {"item": item, **({"part": part} if part else {}), "readers": readers}
