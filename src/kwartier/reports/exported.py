"""An outcome as plain values for other programs: numbers exact and rounded, and why something is not there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.answers import Answer
from kwartier.analysis.change import Change, MeanChange
from kwartier.analysis.numbers import exact, plain
from kwartier.analysis.scores import Mean, Unknown
from kwartier.instrument.model import Content, VerdictStep
from kwartier.records.files import Agreed, VerdictFile
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.agreed import Stand
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.ruling import Proposal
from kwartier.workflow.settled import is_definitive
from kwartier.workflow.verdicts import STATES, proposal, title_of, verdict_steps


def outcome_tree(record: Record, content: Content, outcome: Outcome, slug: str, organisation: str) -> Tree:
    """The outcome of a record that has passed the gate.

    What is not known is null, with `why` (Dutch) beside it: before the reveal `raters` are empty and `score`, `total`
    and `agreement` null; between the reveal and the consensus `raters` and `agreement` are there.
    """
    envelope = record.envelope
    places = content.total.places if content.total else 1
    total = outcome.scores.total if outcome.complete else Unknown(outcome.why)
    agreement = _agreement(outcome)
    why = [one.why for one in (total, outcome.agreement) if isinstance(one, Unknown)]
    tree: Tree = {
        "ref": record.ref,
        "instrument": envelope.instrument,
        "edition": envelope.edition,
        "organisation": slug,
        "organisation_name": organisation,
        "date": envelope.date.isoformat(),
        "subject": envelope.subject or None,
        "parameters": dict(envelope.parameters),
        "paper": envelope.paper.source if envelope.paper else None,
        "definitive": is_definitive(record, content),
        "items": [_item(stand, content, outcome.why) for stand in outcome.stands],
        "sections": [_section(section.id, section.title, outcome, places) for section in content.section],
        "total": _mean(total, places) if isinstance(total, Mean) else None,
        "band": outcome.scores.band if isinstance(total, Mean) else None,
        "agreement": agreement,
    }
    if verdicts := [verdict_tree(record, content, step) for step in verdict_steps(content)]:
        tree["verdicts"] = verdicts
    if why:
        tree["why"] = "; ".join(dict.fromkeys(why))
    return tree


def verdict_tree(record: Record, content: Content, step: VerdictStep) -> Tree:
    """What was decided, beside what was proposed then; `proposal` is what the rules say of the answers of now."""
    file = record.read(step.id, VerdictFile)
    found = proposal(record, content, step)
    return {
        "step": step.id,
        "verdict": file.value,
        "title": title_of(content, step, file.value) or None,
        "reason": file.reason or None,
        "proposed": file.proposed,
        "rules": list(file.rules),
        "proposal": proposal_tree(found) if found else None,
        "conditions": [condition_tree(row) for row in file.condition],
        "signatures": [{"role": row.id, "by": row.by, "date": row.date.isoformat()} for row in file.signature],
    }


def proposal_tree(found: Proposal) -> Tree:
    """What the rules say, as plain values."""
    return {
        "verdict": found.verdict,
        "rules": [{"id": rule.id, "reason": rule.reason} for rule in found.rules],
        "missing": list(found.missing),
    }


def condition_tree(row: Agreed) -> Tree:
    """A condition as plain values."""
    return {
        "id": row.id,
        "text": row.text,
        "who": row.who or None,
        "due": row.due.isoformat() if row.due else None,
        "state": row.state or STATES[0],
        "note": row.note or None,
    }


def _item(stand: Stand, content: Content, why: str) -> Tree:
    title = next(item.title for item in content.items() if item.id == stand.item)
    tree: Tree = {
        "id": stand.item,
        "title": title,
        "score": stand.agreed.value if stand.agreed else None,
        "missing": stand.agreed.missing if stand.agreed else None,
        "note": (stand.agreed.note or None) if stand.agreed else None,
        "raters": {code: answer.value for code, answer in stand.given.items()},
        "raters_missing": {code: answer.missing for code, answer in stand.given.items() if answer.missing},
        "shadows": {code: answer.value for code, answer in stand.shadows.items()},
        "difference": stand.difference,
    }
    if stand.part:
        tree["part"] = stand.part
    if stand.optional:
        tree["optional"] = True
    if stand.agreed is None:
        tree["why"] = why or "nog geen definitieve score"
    elif stand.agreed.missing:
        tree["why"] = f"niet te beoordelen: {stand.agreed.missing}"
    return tree


def _section(id: str, title: str, outcome: Outcome, places: int) -> Tree:
    found = outcome.scores.sections.get(id, Unknown("geen items"))
    head = {"id": id, "title": title}
    if isinstance(found, Mean):
        return {**head, **_mean(found, places)}
    return {**head, "mean": None, "mean_exact": None, "n": None, "of": None, "why": outcome.why or found.why}


def _mean(mean: Mean, places: int) -> Tree:
    return {"mean": plain(mean.value, places), "mean_exact": exact(mean.value), "n": mean.n, "of": mean.of}


def _number(value: Fraction | None, places: int = 1) -> tuple[str | None, str | None]:
    return (None, None) if value is None else (plain(value, places), exact(value))


def _agreement(outcome: Outcome) -> Tree | None:
    found = outcome.agreement
    if not isinstance(found, Agreement):
        return None
    mean, mean_exact = _number(found.mean_difference)
    by, by_exact = _number(found.higher_by)
    kappa, kappa_exact = _number(outcome.kappa, 2)
    tree: Tree = {
        "raters": list(found.raters),
        "of": found.of,
        "equal": found.equal,
        "within_one": found.within_one,
        "compared": found.compared,
        "mean_difference": mean,
        "mean_difference_exact": mean_exact,
        "higher": found.higher,
        "higher_by": by,
        "higher_by_exact": by_exact,
        "means": {
            code: {"mean": plain(value), "mean_exact": exact(value)}
            for code, value in zip(found.raters, found.means, strict=False)
        },
        "kappa_quadratic": kappa,
        "kappa_quadratic_exact": kappa_exact,
    }
    if kappa is None:
        tree["kappa_why"] = "niet te bepalen"
    if found.why:
        tree["why"] = found.why
    return tree


def comparison_tree(ref: str, change: Change, differs: Sequence[str]) -> Tree:
    """A later outcome against that of `ref`: differences before rounding, over the items scored both times."""
    return {
        "ref": ref,
        "items": [
            {
                "id": item.item,
                "before": _given(item.before),
                "after": _given(item.after),
                "difference": item.difference,
                **({"why": item.why} if item.why else {}),
            }
            for item in change.items
        ],
        "sections": [_mean_change(one) for one in change.sections],
        "total": _mean_change(change.total),
        "differs": list(differs),
    }


def _given(answer: Answer | None) -> Any:
    return answer.value if answer else None


def _mean_change(change: MeanChange) -> Tree:
    difference, difference_exact = _number(change.difference)
    tree: Tree = {"id": change.section} if change.section else {}
    for name, found in (("before", change.before), ("after", change.after)):
        tree[name] = _mean(found, 1) if isinstance(found, Mean) else None
        if isinstance(found, Unknown):
            tree["why"] = found.why
    return {**tree, "difference": difference, "difference_exact": difference_exact}
