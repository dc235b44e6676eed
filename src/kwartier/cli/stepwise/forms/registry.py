"""Which questions belong to which form. A new form is an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.forms import (
    actions,
    conclusions,
    consensus,
    evidence,
    facts,
    interview,
    notes,
    people,
    report,
    score,
    simple,
    verdict,
)
from kwartier.cli.stepwise.work import Work
from kwartier.instrument import model as m

FORMS: Mapping[type[m.AnyStep], Callable[[Work, Any], list[Question]]] = {
    m.ChecklistStep: simple.checklist,
    m.PeopleStep: people.people,
    m.FactsStep: facts.facts,
    m.EvidenceStep: evidence.evidence,
    m.InterviewStep: interview.interview,
    m.NotesStep: notes.notes,
    m.ScoreStep: score.score,
    m.ConsensusStep: consensus.consensus,
    m.ConclusionsStep: conclusions.conclusions,
    m.VerdictStep: verdict.verdict,
    m.ReportStep: report.report,
    m.ActionsStep: actions.actions,
    m.ReviewsStep: actions.reviews,
    m.RepeatStep: simple.repeat,
}

BEGINS: Mapping[type[m.AnyStep], Callable[[Work, Any], str]] = {
    m.ScoreStep: score.first_open,
    m.NotesStep: notes.first_empty,
}
"""Where a form begins when part of it is done; else at its first question."""

MISSING: Mapping[type[m.AnyStep], Callable[[Work, Any], str]] = {
    m.ScoreStep: score.still_missing,
    m.ConsensusStep: consensus.still_open,
}
"""What is missing in a step; else its state says so."""

BY_ITEM = (m.InterviewStep, m.NotesStep, m.ScoreStep, m.ConsensusStep)
"""Forms that go item by item, in which one can jump to an item."""

PERSONAL = (m.ScoreStep, m.InterviewStep)
"""Forms in which everybody has an own file."""
