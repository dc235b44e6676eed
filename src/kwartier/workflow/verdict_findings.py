"""What stands out about a verdict: conditions nobody took on, another proposal since, a signature that is too old."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.instrument import model as m
from kwartier.records.canonical import same
from kwartier.records.files import VerdictFile
from kwartier.records.record import Record
from kwartier.workflow.findings import Finding
from kwartier.workflow.people import role_words
from kwartier.workflow.verdicts import (
    conditions_words,
    is_waiting,
    loose,
    proposal,
    proposal_words,
    rules_of,
    signed,
    title_of,
)


def verdict_findings(step: m.VerdictStep, record: Record, content: m.Content) -> Iterator[Finding]:
    """The remarks on a verdict of a record that has passed the gate."""
    file = record.read(step.id, VerdictFile)
    if is_waiting(record, content, step):
        return
    if left := loose(file):
        one = len(left) == 1
        yield Finding(
            id="conditions-loose",
            level="remark",
            step=step.id,
            message=f"{conditions_words(len(left))} waarbij nog niet staat wie {'haar' if one else 'ze'} regelt, of "
            "wanneer.",
            advice="Spreek een persoon en een dag af; zonder die twee kan er niet getekend worden.",
        )
    if file.value is not None and rules_of(content, step):
        yield from _proposed_since(step, record, content, file)
    now = signed(record.shared.get(step.id, {}))
    old = [row.id for row in file.signature if row.digest and row.digest != now]
    if old:
        names = " en ".join(role_words(content, role)[0] for role in old)
        yield Finding(
            id="verdict-changed",
            level="remark",
            step=step.id,
            message=f"Wat er staat, is veranderd nadat er getekend was ({names}).",
            advice="Trek de handtekening in en teken opnieuw, of herstel wat er stond.",
        )


def _proposed_since(step: m.VerdictStep, record: Record, content: m.Content, file: VerdictFile) -> Iterator[Finding]:
    """That the answers of now lead to another proposal than there was when the verdict was given."""
    found = proposal(record, content, step)
    if found is None or same(found.verdict, file.proposed):
        return
    then = title_of(content, step, file.proposed)
    yield Finding(
        id="proposal-changed",
        level="remark",
        step=step.id,
        message=f"Er is iets veranderd sinds het {step.label}. {proposal_words(content, step, found)} Toen "
        + (f"was dat '{then}'." if then else "was er nog geen voorstel."),
        advice=f"Kijk of het {step.label} nog klopt, en geef het zo nodig opnieuw.",
    )
