"""One person's own sheet: sealed, reopened before the reveal, and an answer named a mistake after it."""

from __future__ import annotations

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.files import NotesFile, Sheet, view
from kwartier.records.keys import in_order, rows_by_key
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow import sealing, settled
from kwartier.workflow.agreed import consensus_of
from kwartier.workflow.departures import departures
from kwartier.workflow.filling import require_keyed
from kwartier.workflow.people import (
    assessor_role,
    counting,
    is_sealed,
    require_active,
    require_revealed,
    revealed,
)
from kwartier.workflow.reopening import require_reopenable
from kwartier.workflow.texts import digest_of_texts
from kwartier.workspace import wordings
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import code_in, require_reason, score_step_of


def seal(shelf: Shelf, ref_text: str, who: str, *, step_id: str | None = None) -> bool:
    """Seals somebody's own sheet; tells whether this laid the scores side by side."""
    ref, code, step = _own_sheet(shelf, ref_text, who, step_id)

    def sealed(case: Case, tree: Tree, codes: Codes) -> Tree:
        record, content = case.record, case.content
        require_active(record, code, step.role)
        _check_number(record, content, step)
        view(tree, Sheet, ref_text)
        wording = wordings.shown(case.opened.header, content)[1] if case.opened else ""
        scored_on = digest_of_texts(record.read(step.scored_on, NotesFile)) if step.scored_on else ""
        whole = {"schema": 1, **tree, "person": code}
        return sealing.sealed(content, whole, now=shelf.now(), scored_on=scored_on, wording=wording)

    shelf.write(ref, shelf.step_path(ref, step.id, code), sealed)
    return revealed(shelf.case(ref).record, step)


def would_reveal(shelf: Shelf, ref_text: str, who: str, step_id: str | None = None) -> bool:
    """Whether sealing this sheet lays the scores side by side: it counts, and all others that count are sealed."""
    ref, code, step = _own_sheet(shelf, ref_text, who, step_id)
    record = shelf.case(ref).record
    waiting = [one for one in counting(record, step) if not is_sealed(record, step.id, one)]
    return step.blind and waiting == [code]


def reopen(shelf: Shelf, ref_text: str, who: str, *, reason: str, step_id: str | None = None) -> None:
    """Reopens somebody's own sealed sheet, before the reveal; the sealed version is kept beside it."""
    ref, code, step = _own_sheet(shelf, ref_text, who, step_id, sealed=True)
    require_reason(reason, "Zeg waarom het scoreblad weer open moet.")

    def opened(case: Case, tree: Tree, codes: Codes) -> Tree:
        require_reopenable(case.record, case.content, step, code)
        return sealing.reopened(tree, now=shelf.now(), reason=reason, row=shelf.new_id())

    shelf.write(ref, shelf.step_path(ref, step.id, code), opened)


def mistake(shelf: Shelf, ref_text: str, who: str, item: str, *, reason: str, step_id: str | None = None) -> None:
    """Names a sealed answer a mistake, after the reveal. It stays as it is and stays counted."""
    ref, code, step = _own_sheet(shelf, ref_text, who, step_id, sealed=True)
    require_reason(reason, "Zeg wat er vergist is.")
    case = shelf.case(ref)
    later = consensus_of(case.content, step)
    if later is None:
        raise Misused(
            "no-consensus",
            "Dit instrument kent geen consensus, dus ook geen vergissingen.",
            advice="Heropen het blad: kwartier heropen REF --auditor NAAM.",
        )
    if item not in [one.id for one in case.content.items()]:
        raise Misused("unknown-item", f"Er is geen item '{item}'.", advice="Geef het nummer van het item.")

    def named(case: Case, tree: Tree, codes: Codes) -> Tree:
        settled.require_open(case.record, case.content, later)
        require_revealed(case.record, step)
        if not is_sealed(case.record, step.id, code):
            raise Refused("not-sealed", "Dit scoreblad is nog niet verzegeld.", advice="Verander het antwoord gewoon.")
        require_keyed("mistake", tree.get("mistake", []), str(shelf.step_path(case.ref, later.id, None)))
        rows = rows_by_key("mistake", tree.get("mistake", []))
        key = (code, item, "")
        told = {"person": code, "item": item, "reason": reason, "date": shelf.today()}
        rows[key] = {**rows.get(key, {}), **told}
        return {"schema": 1, **tree, "mistake": in_order("mistake", list(rows.values()))}

    shelf.write(ref, shelf.step_path(ref, later.id, None), named)


def _own_sheet(
    shelf: Shelf, ref_text: str, who: str, step_id: str | None, *, sealed: bool = False
) -> tuple[Ref, str, m.ScoreStep]:
    """Whose sheet of which step is meant; without a step the one that is to be sealed, or with `sealed` the last one
    that was.
    """
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    case.require_writable()
    code = code_in(shelf.codes(ref.organisation, ref.subject), case.record, who)
    if code is None:
        raise Misused("who", "Zeg van wie het scoreblad is.", advice="Voeg toe: --auditor NAAM.")
    steps = [one for one in case.content.step if isinstance(one, m.ScoreStep)]
    there = [one for one in steps if sealed and is_sealed(case.record, one.id, code)]
    step = step_by_id(case.content, step_id) if step_id else there[-1] if there else score_step_of(case, code)
    if not isinstance(step, m.ScoreStep):
        raise Misused("no-sheet", f"'{step.title}' heeft geen scorebladen.", advice="Laat --stap weg.")
    if step.stays_open:
        raise Refused(
            "stays-open",
            f"'{step.title}' wordt niet verzegeld: het blijft open en is klaar als alles is beantwoord.",
            place=ref_text,
            advice="Er hoeft niets te gebeuren; veranderen kan altijd nog.",
        )
    return ref, code, step


def _check_number(record: Record, content: m.Content, step: m.ScoreStep) -> None:
    """One assessor alone needs a reason before sealing, for sealing then reveals at once."""
    role = assessor_role(content)
    counted = counting(record, step)
    if role is None or role.norm is None or step.role != role.id or len(counted) >= role.norm:
        return
    if any(one.id == "aantal-auditors" and one.open for one in departures(record, content)):
        raise Refused(
            "few-assessors",
            f"{role.norm} {role.many or role.title} is de norm; hier {'is' if len(counted) == 1 else 'zijn'} er "
            f"{len(counted)}, zonder reden.",
            place=record.ref,
            advice=f"Voeg iemand toe (kwartier auditor erbij {record.ref} NAAM) of geef een reden: "
            f'kwartier reden {record.ref} aantal-auditors "…".',
        )
