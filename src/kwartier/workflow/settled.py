"""The definitive report: what a version fixes, when it may be made, and what changed between two versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.errors import Refused
from kwartier.instrument.model import AnyStep, Content, ReportStep, ScoreStep, VerdictStep
from kwartier.records.canonical import digest, same
from kwartier.records.files import ReportFile, VerdictFile, Version
from kwartier.records.patch import diff, place
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import agreed_answers
from kwartier.workflow.people import require_revealed
from kwartier.workflow.periods import short
from kwartier.workflow.sealing import expected_keys, key_title
from kwartier.workflow.verdicts import title_of


class VersionChange(Struct, frozen=True):
    """One thing that differs between two definitive versions, named by step and place (Dutch)."""

    step: str
    place: str
    before: str
    after: str


def report_step(content: Content) -> ReportStep | None:
    """The step that makes the report definitive, if the instrument has one."""
    return next((step for step in content.step if isinstance(step, ReportStep)), None)


def versions(record: Record, content: Content) -> tuple[Version, ...]:
    """The definitive versions so far, oldest first."""
    step = report_step(content)
    return record.read(step.id, ReportFile).version if step else ()


def is_definitive(record: Record, content: Content) -> bool:
    """Whether the newest version stands: it was not reopened."""
    made = versions(record, content)
    return bool(made) and made[-1].reopened is None


def require_open(record: Record, content: Content, step: AnyStep) -> None:
    """Refuses a change of what a definitive report has fixed; of a verdict see `require_fixed`."""
    if step.settled and not lives_on(step):
        require_not_definitive(record, content, f"'{step.title}'")


def lives_on(step: AnyStep) -> bool:
    """Whether part of a step goes on after the report: the conditions of a verdict are met later, and it is signed."""
    return isinstance(step, VerdictStep)


def fixed(step: AnyStep, tree: Tree) -> Tree:
    """What a report fixes of the file of a step: of a verdict not its signatures, nor how its conditions go."""
    if not lives_on(step):
        return tree
    rows = [{key: row[key] for key in ("id", "text") if key in row} for row in tree.get("condition", [])]
    rest = {key: value for key, value in tree.items() if key not in ("schema", "signature", "condition")}
    return {**rest, "condition": rows}


def require_fixed(record: Record, content: Content, step: AnyStep, tree: Tree) -> None:
    """Refuses a tree that says something else than was fixed, where part of the step goes on after the report."""
    if step.settled and not same(fixed(step, tree), fixed(step, record.shared.get(step.id, {}))):
        require_not_definitive(record, content, f"'{step.title}'")


def require_not_definitive(record: Record, content: Content, what: str = "dit") -> None:
    """Refuses a change while the report is definitive; `what` (Dutch) names what lies fixed."""
    if is_definitive(record, content):
        raise Refused(
            "definitive",
            f"Het verslag is definitief, dus {what} ligt vast.",
            place=record.ref,
            advice=f'Heropen de meting met een reden: kwartier heropen {record.ref} --reden "…".',
        )


def definitive(record: Record, content: Content, tree: Tree, *, on: date, by: str, row: str) -> Tree:
    """The report step's new tree with a further version. Raises `Refused` where the gates do not allow it.

    `row` is the id of the version; a number, so that two that were made apart clash instead of both standing.
    """
    if is_definitive(record, content):
        raise Refused(
            "definitive", "Het verslag is al definitief.", place=record.ref, advice="Heropen de meting eerst."
        )
    require_all_agreed(record, content)
    snapshot = {step.id: record.shared[step.id] for step in content.step if step.settled and step.id in record.shared}
    version: dict[str, Any] = {"id": row, "date": on, "digest": digest(snapshot), "snapshot": snapshot}
    if by:
        version["by"] = by
    return {"schema": 1, **tree, "version": [*tree.get("version", []), version]}


def require_all_agreed(record: Record, content: Content) -> None:
    """The third gate: every item has a definitive answer, or a reason why there is none; and the verdict is given."""
    for step in reported_steps(content):
        require_revealed(record, step)
        agreed = agreed_answers(record, content, step)
        left = [key_title(key) for key in expected_keys(content) if not agreed.get(key, Answer()).answered]
        if left:
            raise Refused(
                "not-agreed",
                f"Nog geen definitieve score voor item {', '.join(left)}.",
                place=record.ref,
                advice="Leg ze vast met 'kwartier consensus', of geef een reden waarom een item niet te beoordelen is.",
            )
    left = [step.title for step in without_verdict(record, content)]
    if left:
        raise Refused(
            "no-verdict",
            f"Nog niet gegeven: {', '.join(left)}. Een definitief verslag legt dat vast.",
            place=record.ref,
            advice=f"Geef het met: kwartier oordeel {record.ref} --geef WAARDE.",
        )


def reported_steps(content: Content) -> list[ScoreStep]:
    """The score steps that have to be agreed on before a definitive report: the last one, and what is settled.

    Not one that may be left out, nor a self-assessment beside the last one, which need not be full.
    """
    scored = [step for step in content.step if isinstance(step, ScoreStep) and not step.optional]
    return [one for one in scored if one.settled or one is scored[-1]]


def without_verdict(record: Record, content: Content) -> list[VerdictStep]:
    """The steps whose verdict a definitive report fixes, and that have none yet."""
    steps = [step for step in content.step if isinstance(step, VerdictStep) and step.settled]
    return [step for step in steps if record.read(step.id, VerdictFile).value is None]


def reopened(tree: Tree, *, on: date, reason: str) -> Tree:
    """The report step's tree with its newest version reopened."""
    made = tree.get("version", [])
    if not made or "reopened" in made[-1]:
        raise Refused("not-definitive", "Het verslag is niet definitief.", advice="U kunt gewoon verder werken.")
    return {**tree, "version": [*made[:-1], {**made[-1], "reopened": on, "reason": reason}]}


def changes(content: Content, before: Version, after: Version) -> list[VersionChange]:
    """What the later version says differently, in the order of the steps."""
    found: list[VersionChange] = []
    for step in content.step:
        old, new = (fixed(step, one.snapshot.get(step.id, {})) for one in (before, after))
        for op in diff(old, new):
            if isinstance(step, VerdictStep) and op.path[0] in ("proposed", "rules"):
                continue  # what kwartier proposed then; what was decided is told
            if isinstance(step, VerdictStep) and op.path == ("value",):
                titles = [title_of(content, step, _value(value)) or "–" for value in (op.old, op.new)]
                found.append(VersionChange(step.title, step.label, *titles))
                continue
            found.append(VersionChange(step.title, place(op.path), _words(op.old), _words(op.new)))
    return found


def _value(value: Any) -> int | str | None:
    return value if isinstance(value, int | str) else None


def _words(value: Any) -> str:
    """A value as it is shown: a row by its text or score, nothing as a dash."""
    if isinstance(value, dict):
        shown = value.get("text") or value.get("missing") or value.get("value")
        return str(shown) if shown is not None else "–"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date) and not isinstance(value, datetime):
        return short(value)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return str(value) if isinstance(value, str | int | float) else "–"
