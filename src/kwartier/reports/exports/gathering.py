"""From a record that passed the gate to the one value that every format is made of."""

from __future__ import annotations

from kwartier.instrument.conditions import set_values
from kwartier.reports.exports.answers import answers
from kwartier.reports.exports.followed import actions, comparison, evidence, facts, figures, verdicts
from kwartier.reports.exports.measured import Measured
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.texts import texts
from kwartier.workflow.settled import is_definitive


def measured(source: Source) -> Measured:
    """The record as an export tells it. Raises `Unreadable` where a file of it is not as it should be."""
    envelope = source.record.envelope
    return Measured(
        ref=source.ref,
        organisation=source.organisation,
        organisation_name=source.organisation_name,
        subject=source.subject or None,
        date=source.day,
        instrument=envelope.instrument,
        edition=envelope.edition,
        content=envelope.content if source.names else None,
        parameters=dict(envelope.parameters),
        paper=envelope.paper is not None,
        definitive=is_definitive(source.record, source.content),
        answers=tuple(answers(source)),
        figures=tuple(figures(source)),
        verdicts=tuple(verdicts(source)),
        facts=tuple(facts(source)),
        actions=tuple(actions(source)),
        evidence=tuple(evidence(source)),
        comparison=comparison(source),
        texts=tuple(texts(source)) if source.texts else (),
    )


def key_of(source: Source) -> tuple[object, ...]:
    """What tells whether two records asked the same, for the codebook."""
    envelope = source.record.envelope
    given = {name: set_values(envelope.parameters, name) for name in sorted(envelope.parameters)}
    return envelope.instrument, envelope.edition, envelope.content, tuple(given.items())
