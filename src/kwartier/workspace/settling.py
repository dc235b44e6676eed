"""The definitive report: made, and opened again with a reason."""

from __future__ import annotations

from datetime import date

from kwartier.errors import Misused
from kwartier.instrument import model as m
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workflow import settled
from kwartier.workflow.state import Status, StepState, states
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import require_reason


def finalise(shelf: Shelf, ref_text: str, *, by: str | None = None, on: date | None = None) -> int:
    """Makes the report definitive; gives the number of the version."""
    ref = parse_ref(ref_text)
    step = _report_step(shelf, ref_text)

    def made(case: Case, tree: Tree, codes: Codes) -> Tree:
        code = codes.code(by, "c") if by else ""
        return settled.definitive(
            case.record, case.content, tree, on=on or shelf.today(), by=code, row=str(len(tree.get("version", [])) + 1)
        )

    return len(shelf.write(ref, shelf.step_path(ref, step.id, None), made)["version"])


def unfinished(shelf: Shelf, ref_text: str) -> list[StepState]:
    """The steps that a definitive report fixes and that are not done; optional ones left aside."""
    case = shelf.case(ref_text)
    fixed = {step.id for step in case.content.step if step.settled}
    done = (Status.DONE, Status.VOID, Status.SKIPPED)
    found = states(case.record, case.content)
    return [one for one in found if one.id in fixed and one.status not in done and not one.optional]


def reopen_report(shelf: Shelf, ref_text: str, *, reason: str) -> None:
    """Opens a definitive record again, with a reason; the next definitive report is the next version."""
    ref = parse_ref(ref_text)
    step = _report_step(shelf, ref_text)
    require_reason(reason, "Zeg waarom de meting weer open moet.")
    shelf.write(
        ref,
        shelf.step_path(ref, step.id, None),
        lambda case, tree, codes: settled.reopened(tree, on=shelf.today(), reason=reason),
    )


def _report_step(shelf: Shelf, ref_text: str) -> m.ReportStep:
    step = settled.report_step(shelf.case(ref_text).content)
    if step is None:
        raise Misused(
            "no-report",
            "Dit instrument kent geen definitief verslag.",
            place=ref_text,
            advice="Er hoeft niets vastgelegd te worden; het verslag is er altijd: 'kwartier verslag REF'.",
        )
    return step
