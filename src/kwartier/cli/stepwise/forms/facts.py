"""Questions of the form facts: what is asked about the subject, with an estimate where a number may be one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kwartier.cli.stepwise import answers, fields, told
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Field, Place
from kwartier.cli.stepwise.forms.simple import row_of
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import Fact, FactsStep
from kwartier.records.tree import Tree, Value
from kwartier.workflow.amounts import parse_count, parse_number
from kwartier.workflow.estimates import HINT
from kwartier.workflow.fact_forms import EMPTIED, as_given, read_typed, takes_note, typed_again, understood
from kwartier.workflow.fact_words import fact_words
from kwartier.workflow.periods import short
from kwartier.workflow.was import fact_was


@dataclass(frozen=True, kw_only=True)
class _Estimate(Place):
    """The row of a number that may be an estimate: emptying it takes every way away in which it was said."""

    def given(self, values: Tree) -> Tree:
        """What to give to the step to set these values."""
        return super().given({**EMPTIED, **values} if values.get("value") == "" else values)


def facts(work: Work, step: FactsStep) -> list[Question]:
    """A question per fact, and one for a note with what may be an estimate."""
    seen = work.see()
    tree = seen.record.shared.get(step.id, {})
    by_id = {fact.id: fact for fact in seen.content.fact}
    before = work.ws.earlier(work.ref, viewer=work.person).facts.get(step.id, {})
    found: list[Question] = []
    for id in step.facts:
        if id in by_id:
            row = row_of(tree, "fact", id)
            was = fact_was(by_id[id], before.get(id), as_given(row))
            found += _questions(work, step, by_id[id], row, was)
    return found


def _questions(work: Work, step: FactsStep, fact: Fact, row: Tree, was: str) -> list[Question]:
    present = {**row, "value": typed_again(row)} if fact.estimate and typed_again(row) else row
    kind = _Estimate if fact.estimate else Place
    here = kind(step=step, name=fact.title, array="fact", key={"id": fact.id}, present=present)
    question = fields.ask(work, here, _field(fact), id=fact.id, before=_before(fact, was))
    if not takes_note(fact, row):
        return [question]
    take = question.take

    def taken(typed: str) -> str:
        return f"{take(typed)} {told.sentence(f'Begrepen als {understood(fact, typed)}')}"

    heard = replace(question, take=taken) if fact.estimate else question
    note = fields.ask(work, here, fields.text("note", "Opmerking"), id=f"{fact.id}:note")
    return [heard, note] if as_given(row).given or row.get("note") else [heard]


def _before(fact: Fact, was: str) -> str:
    """What is said before the question: what counts, and what it was last time where it is something else now."""
    then = told.sentence(f"Vorige keer {was}") if was else ""
    return f"{fact.help} {then}".strip()


def _field(fact: Fact) -> Field:
    label = _label(fact)
    choices = [(one, one) for one in fact.options]
    if fact.estimate:
        return Field(
            key="value",
            label=label,
            hint="een getal of een schatting",
            help=HINT,
            read=lambda work, typed: read_typed(fact, typed),
            tell=lambda work, value: understood(fact, str(value)) or str(value),
        )
    kinds = {
        "date": lambda: fields.day("value", label),
        "text": lambda: fields.text("value", label),
        "yes-no": lambda: fields.yes_no("value", label),
        "choice": lambda: fields.choice("value", label, choices),
        "choices": lambda: _choices(label, choices),
        "count": lambda: Field(
            key="value", label=label, hint="een heel getal", read=lambda work, typed: parse_count(typed)
        ),
        "number": lambda: Field(
            key="value", label=label, hint="een getal", read=lambda work, typed: parse_number(typed)
        ),
    }
    return replace(kinds[fact.kind](), tell=lambda work, value: fact_words(fact, as_given({"value": value}), short))


def _label(fact: Fact) -> str:
    """What is asked, with its unit and whether it may stay open; behind a question as a sentence of its own."""
    unit, may = f"in {fact.unit}" if fact.unit else "", "" if fact.required else "mag open blijven"
    if fact.title.endswith("?"):
        behind = ", ".join(filter(None, [unit, may]))
        return f"{fact.title} {behind[:1].upper()}{behind[1:]}".strip()
    return f"{fact.title} {unit}".strip() + (f" ({may})" if may else "")


def _choices(label: str, choices: list[tuple[str, str]]) -> Field:
    def read(work: Work, typed: str) -> Value:
        return [answers.pick(part, choices) for part in typed.split(",") if part.strip()]

    return Field(
        key="value", label=label, hint=f"een of meer, met komma's ertussen: {answers.numbered(choices)}", read=read
    )
