"""The score sheet of successive measurements side by side, begin and end, with total and band as the instrument has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean
from kwartier.instrument.model import Content, Parameter
from kwartier.records.record import Record
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Heading, Table
from kwartier.reports.phrases import NOTHING, answer_words, capital, places_of, scales, section_column
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.periods import short

NOT_ASKED = "n.v.t."

_Moment = tuple[Record, Content, Outcome]


def scoresheet(case: Case) -> Iterator[Block]:
    """The sheet, where this measurement is a later moment of an instrument that names its moments."""
    before = case.previous
    moment = next((one for one in case.content.parameter if one.moments), None)
    if moment is None or before is None or before.outcome is None or case.outcome is None or not case.scores_open:
        return
    own, earlier = case.record.envelope.parameters, before.record.envelope.parameters
    if own.get(moment.id) == earlier.get(moment.id):
        return
    moments = [(before.record, before.content, before.outcome), (case.record, case.content, case.outcome)]
    yield Heading(1, "Scoreblad")
    yield _table(case, moment, moments)


def _table(case: Case, moment: Parameter, moments: list[_Moment]) -> Table:
    word = capital(case.header.word.one)
    columns = [
        f"{word} {record.envelope.parameters.get(moment.id, '?')} ({short(record.envelope.date)})"
        for record, _, _ in moments
    ]
    answers = [outcome.answers() for _, _, outcome in moments]
    asked = [{item.id for item in content.items()} for _, content, _ in moments]
    rows = []
    for section in case.content.section:
        for item in section.item:
            cells = [
                _cell(content, item.id, given) if item.id in known else NOT_ASKED
                for (_, content, _), given, known in zip(moments, answers, asked, strict=True)
            ]
            rows.append((section.id, item.id, item.short or item.title, *cells))
    if case.content.total is not None and case.content.total.method != "none":
        rows.append(("", "", case.content.total.title, *(_total(case, outcome) for _, _, outcome in moments)))
        if case.content.total.bands:
            rows.append(("", "", "Niveau", *(outcome.scores.band or NOTHING for _, _, outcome in moments)))
    return Table("Scoreblad", (section_column(case.content), "Nr.", "Item", *columns), tuple(rows))


def _cell(content: Content, item: str, given: Mapping[str, Answer]) -> str:
    return answer_words(given.get(item), scales(content)[item, ""])


def _total(case: Case, outcome: Outcome) -> str:
    found = outcome.scores.total
    return dutch(found.value, places_of(case.content)) if isinstance(found, Mean) else NOTHING
