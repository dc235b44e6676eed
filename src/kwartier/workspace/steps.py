"""The work on a record: filling in a step, sealing and reopening a sheet, making the report definitive.

Each function is one change of one file, made on the record as it is at that moment and under the gates.
"""

from __future__ import annotations

from collections.abc import Callable

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.patch import Patch, apply
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow import settled
from kwartier.workflow.agreed import scored_by
from kwartier.workflow.filling import Inputs
from kwartier.workflow.forms import form_of, given_fields
from kwartier.workflow.people import person, require_active, require_revealed, to_score
from kwartier.workflow.readers import require_owner
from kwartier.workflow.rules import check, fill_in
from kwartier.workflow.texts import is_scored, with_earlier
from kwartier.workflow.verdicts import judged_by
from kwartier.workflow.visible import visible
from kwartier.workspace import judged, private_rows, wordings
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf

Blank = Callable[..., str]

NEW = "+"
"""In the place of a participant's code: somebody new, also when all that is known is the same as of somebody else."""


def change(shelf: Shelf, ref_text: str, step_id: str | None, given: Tree, who: str | None, *, place: str = "") -> str:
    """Lays what was given over a step's file; gives the step's id. Nothing is written unless all of it is right.

    Without `step_id` the open score step of `who` is meant. Raises `Rejected` with every mistake, `Refused` where a
    gate is closed, `Misused` where somebody has to be named.
    """
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    case.require_writable()
    code = code_in(shelf.codes(ref.organisation, ref.subject), case.record, who)
    step = step_by_id(case.content, step_id) if step_id else score_step_of(case, code)
    own = _is_own(step, given)
    if own and code is None:
        raise Misused(
            "who",
            f"'{step.title}' doet ieder apart: zeg wie er achter het toetsenbord zit.",
            place=ref_text,
            advice="Voeg toe: --auditor NAAM.",
        )

    def changed(case: Case, tree: Tree, codes: Codes) -> Tree:
        ready = with_new_codes(given, codes) if isinstance(step, m.PeopleStep) else given
        inputs = Inputs(people=codes, new_id=shelf.new_id)
        owner = code if own else None
        tree = private_rows.as_decided(case, step, tree, owner)
        after = filled(shelf, case, step, tree, ready, inputs, owner, place=place, who=code)
        return _settled(shelf, case, step, tree, after, owner, place=place or ref_text)

    shelf.write(ref, shelf.step_path(ref, step.id, code if own else None), changed)
    return step.id


def filled(
    shelf: Shelf,
    case: Case,
    step: m.AnyStep,
    tree: Tree,
    given: Tree,
    inputs: Inputs,
    code: str | None,
    *,
    place: str,
    who: str | None = None,
) -> Tree:
    """What was given laid over the tree of a step, or of `code`'s own file of it, under the gates. Writes nothing.

    `who` is the code of who does it, for a step of which the shared file is one person's.
    """
    _check_tree(shelf, case, step, tree, code, who)
    where = place or str(case.ref)
    after = fill_in(step, case.content, case.record, tree, given, inputs, place=where, person=code or "")
    judged.require_known(shelf, case, step, tree, after, where)
    private_rows.check(case, step, tree, after, code)
    return after


def patched(shelf: Shelf, ref_text: str, step_id: str, patch: Patch, code: str | None, who: str | None = None) -> Tree:
    """Puts a change that was made on a screen on a step's file; gives the tree that stands there now.

    What others changed meanwhile stays. Raises `Conflict` where they changed the same place, and as `change` does.
    """
    ref = parse_ref(ref_text)
    step = step_by_id(shelf.case(ref).content, step_id)
    _check_touched(step, patch, own=code is not None)

    def changed(case: Case, tree: Tree, codes: Codes) -> Tree:
        tree = private_rows.as_decided(case, step, tree, code)
        _check_tree(shelf, case, step, tree, code, who)
        after = apply(tree, patch)
        check(step, case.content, case.record, after, ref_text)
        judged.require_known(shelf, case, step, tree, after, ref_text)
        private_rows.check(case, step, tree, after, code)
        return _settled(shelf, case, step, tree, after, code, place=ref_text)

    return shelf.write(ref, shelf.step_path(ref, step.id, code), changed)


def _check_touched(step: m.AnyStep, patch: Patch, *, own: bool) -> None:
    """A screen changes what may be given in the step and nothing else: no seal, no digest, no kept text."""
    form = form_of(step)
    rows = form.own_rows if own else form.rows
    allowed = {"schema", "person", *rows, *given_fields(step, own=own), *form.kept}
    touched = {str(op.path[0]) for op in patch}
    if not touched <= allowed:
        raise ValueError(f"not of this form: {sorted(touched - allowed)}")


def _check_tree(
    shelf: Shelf, case: Case, step: m.AnyStep, tree: Tree, code: str | None, who: str | None = None
) -> None:
    require_owner(case.record, case.content, step, who)
    file = str(shelf.step_path(case.ref, step.id, code))
    shelf.check_step_tree(step, tree, file, own=code is not None)
    _check_may_change(step, case.content, case.record, tree, code)


def require_changeable(
    shelf: Shelf, case: Case, step: m.AnyStep, tree: Tree, code: str | None, who: str | None = None
) -> None:
    """Raises where this file of a step cannot be changed: it is sealed, say. `tree` is what stands there."""
    case.require_writable()
    _check_tree(shelf, case, step, tree, code, who)


def _settled(
    shelf: Shelf, case: Case, step: m.AnyStep, before: Tree, after: Tree, code: str | None, *, place: str
) -> Tree:
    if isinstance(step, m.NotesStep):
        after = with_earlier(before, after, now=shelf.now(), scored=is_scored(case.record, case.content, step))
    if isinstance(step, m.EvidenceStep) and step.private:
        after = private_rows.with_removed(before, after)
    shelf.check_step_tree(step, after, place, own=code is not None)
    return after


def skips(given: Tree) -> bool:
    """Whether all that is given is that a step is skipped, or is not: that is said once, not on each sheet."""
    return set(given) - {"schema"} == {"skipped"}


def _is_own(step: m.AnyStep, given: Tree) -> bool:
    """Whether what is given belongs to one person's file of the step."""
    if isinstance(step, m.ScoreStep):
        return not skips(given)
    form = form_of(step)
    own = [key for key in given if key in form.own_rows or key in form.own_fields]
    if own and any(key in form.rows for key in given):
        raise Misused(
            "two-files",
            f"{', '.join(own)} staat in een eigen bestand van wie het schreef, de rest is van iedereen.",
            advice="Geef ze in twee keer.",
        )
    return bool(own)


def _check_may_change(step: m.AnyStep, content: m.Content, record: Record, tree: Tree, code: str | None) -> None:
    settled.require_open(record, content, step)
    if code is not None:
        who = require_active(record, code, getattr(step, "role", ""))
        if step.id in who.missed:
            raise Refused(
                "already-revealed",
                f"Bij '{step.title}' lagen de scores al naast elkaar toen '{code}' erbij kwam.",
                place=record.ref,
                advice="Ga verder met de volgende stap waarin gescoord wordt.",
            )
    if isinstance(step, m.ScoreStep) and "sealed" in tree:
        raise Refused(
            "sealed",
            "Dit scoreblad is verzegeld.",
            place=record.ref,
            advice="Zolang niet alle bladen verzegeld zijn, kunt u het heropenen: kwartier heropen REF --auditor NAAM "
            '--reden "…". Daarna kunt u een antwoord een vergissing noemen.',
        )
    if isinstance(step, m.ConsensusStep):
        require_revealed(record, scored_by(content, step))
    if isinstance(step, m.VerdictStep) and (scored := judged_by(content, step)) is not None:
        require_revealed(record, scored)
    if code is not None and "destroyed" in tree:
        raise Refused(
            "destroyed",
            "Deze ruwe aantekeningen zijn vernietigd.",
            place=record.ref,
            advice="Wat nog van belang is, kan in de toelichtingen.",
        )


def with_new_codes(given: Tree, codes: Codes) -> Tree:
    """What was given for participants, with a code of its own for each row that says it is somebody new."""
    rows = given.get("participant")
    if not isinstance(rows, list):
        return given
    ready = [
        {**row, "id": codes.add("", "d")} if isinstance(row, dict) and row.get("id") == NEW else row for row in rows
    ]
    return {**given, "participant": ready}


def code_in(codes: Codes, record: Record, who: str | None) -> str | None:
    """The code of somebody who fills in, from a name or a code; None where nobody is named."""
    if not who:
        return None
    among = [one.id for one in record.envelope.person]
    plain = who.strip().casefold()
    code = plain if plain in among else codes.find_among(who, among)
    if code is None or person(record, code) is None:
        known = ", ".join(codes.shown(one.id) for one in record.envelope.person) or "nog niemand"
        raise Misused(
            "unknown-person",
            f"'{who}' doet niet mee aan deze meting.",
            place=record.ref,
            advice=f"Wel: {known}. Voeg iemand toe met 'kwartier auditor erbij'.",
        )
    return code


def code_of(shelf: Shelf, ref_text: str, who: str | None) -> str | None:
    """The code of somebody who fills in a record, from a name or a code."""
    ref = parse_ref(ref_text)
    return code_in(shelf.codes(ref.organisation, ref.subject), shelf.case(ref).record, who)


def score_step_of(case: Case, code: str | None) -> m.ScoreStep:
    """The score step in which somebody still has to seal; else the last one."""
    if code is not None and (found := to_score(case.record, case.content, code)) is not None:
        return found
    steps = [step for step in case.content.step if isinstance(step, m.ScoreStep)]
    if not steps or (code is not None and person(case.record, code) is not None):
        raise Misused("step-missing", "Zeg welke stap u bedoelt.", advice="Voeg toe: --stap STAP.")
    return steps[0]


def form(shelf: Shelf, ref_text: str, step_id: str | None, who: str | None, blank: Blank) -> str:
    """The form of a step as a text to fill in, in the wording that this user reads."""
    ref = parse_ref(ref_text)
    case = shelf.case(ref)
    code = code_in(shelf.codes(ref.organisation, ref.subject), case.record, who)
    step = step_by_id(case.content, step_id) if step_id else score_step_of(case, code)
    own = isinstance(step, m.ScoreStep) or (isinstance(step, m.InterviewStep) and code is not None)
    if own and code is None:
        raise Misused("who", f"Zeg voor wie het formulier van '{step.title}' is.", advice="Voeg toe: --auditor NAAM.")
    require_owner(case.record, case.content, step, code)
    record = visible(case.record, case.content, code)
    if isinstance(step, m.ConsensusStep):
        require_revealed(case.record, scored_by(case.content, step))
    content = case.content
    if case.opened is not None:
        content, _ = wordings.shown(case.opened.header, content)
    tree = record.personal.get((step.id, code), {}) if own and code else record.shared.get(step.id, {})
    suggested = case.hooks.suggest(content, record) if isinstance(step, m.ScoreStep) else []
    return blank(
        step,
        content,
        record,
        tree,
        own=own,
        person=code or "",
        today=shelf.today(),
        suggested=tuple(suggested),
        judged=judged.told(shelf, case, step),
    )


def require_reason(reason: str, message: str) -> None:
    """Refuses an empty reason; `message` says what is asked (Dutch)."""
    if not reason.strip():
        raise Misused("reason-missing", message, advice='Voeg toe: --reden "…".')
