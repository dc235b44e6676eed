"""The facts that were given in a step: short ones as a table, told ones as a list; wherever they stand in a report."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from kwartier.analysis.numbers import dutch
from kwartier.instrument.model import Fact, FactsStep
from kwartier.records.files import FactsFile, GivenFact
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Paragraph, Table, long_date
from kwartier.reports.phrases import ended


def given_facts(case: Case, step: FactsStep) -> list[Block]:
    """What was answered in the step; empty when nothing was."""
    file = case.record.read(step.id, FactsFile)
    if file.skipped:
        return [Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")]
    given = {row.id: row for row in file.fact}
    facts = [fact for fact in case.content.fact if fact.id in step.facts]
    told = [(fact, answer) for fact in facts if fact.id in given and (answer := _words(fact, given[fact.id]))]
    if any(fact.kind == "text" for fact, _ in told):
        return [Bullets(tuple(_line(fact.title, answer) for fact, answer in told))]
    rows = tuple((fact.title, answer) for fact, answer in told)
    return [Table("Ingevulde gegevens", ("Gegeven", "Antwoord"), rows)] if rows else []


def _line(title: str, answer: str) -> str:
    return f"{title}{'' if title.endswith('?') else ':'} {answer}"


def _words(fact: Fact, given: GivenFact) -> str:
    value: object = given.value
    match value:
        case bool():
            return "ja" if value else "nee"
        case int() | float():
            return f"{_number(value)} {fact.unit}".strip()
        case date():
            return long_date(value)
        case list() | tuple():
            return ", ".join(map(str, value))
        case None:
            return ""
        case _:
            return str(value).strip()


def _number(value: int | float) -> str:
    """The number as it was typed, in Dutch notation; nan and inf are never stored, and shown as they are."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return dutch(Decimal(str(value)) if isinstance(value, float) else value)
