"""The facts that were given in a step: short ones as a table, told ones as a list; wherever they stand in a report."""

from __future__ import annotations

from kwartier.instrument.model import FactsStep
from kwartier.records.files import FactsFile
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Paragraph, Table, long_date
from kwartier.reports.phrases import ended
from kwartier.workflow.fact_words import fact_words


def given_facts(case: Case, step: FactsStep) -> list[Block]:
    """What was answered in the step; empty when nothing was."""
    file = case.record.read(step.id, FactsFile)
    if file.skipped:
        return [Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")]
    given = {row.id: row for row in file.fact}
    facts = [fact for fact in case.content.fact if fact.id in step.facts]
    answers = {fact.id: fact_words(fact, given[fact.id], long_date) for fact in facts if fact.id in given}
    told = [(fact, answers[fact.id]) for fact in facts if answers.get(fact.id)]
    if any(fact.kind == "text" for fact, _ in told):
        return [Bullets(tuple(_line(fact.title, answer) for fact, answer in told))]
    rows = tuple((fact.title, answer) for fact, answer in told)
    return [Table("Ingevulde gegevens", ("Gegeven", "Antwoord"), rows)] if rows else []


def _line(title: str, answer: str) -> str:
    return f"{title}{'' if title.endswith('?') else ':'} {answer}"
