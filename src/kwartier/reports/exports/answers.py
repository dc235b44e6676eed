"""The answers of a record as an export tells them: every score step, everybody who answered, and what was agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Item, ItemPart, ScoreStep, Section
from kwartier.records.files import Sheet
from kwartier.reports.exports.measured import Answered, Phase
from kwartier.reports.exports.source import Source
from kwartier.reports.phrases import find_option, scales
from kwartier.workflow.agreed import Key, sheet_answers
from kwartier.workflow.moments import Moment, moments
from kwartier.workflow.people import is_sealed, shadows


class Sheets:
    """The answers of one moment, by who gave them; what is not revealed is in none of them."""

    def __init__(self, source: Source, moment: Moment) -> None:
        self._source = source
        self.moment = moment
        self.step = moment.step

    def each(self) -> Iterator[tuple[Phase, str, Mapping[Key, Answer]]]:
        """Phase, code and answers; the code is empty for what was agreed on."""
        if self.moment.own:
            yield "zelfbeoordeling", self._owner(), self.moment.answers
            return
        for code, sheet in self.moment.given.items():
            yield "apart", code, sheet
        for code in self._along():
            yield "meelopend", code, sheet_answers(self._source.record, self.step.id, code)
        yield "definitief", "", self.moment.answers

    def _owner(self) -> str:
        record = self._source.record
        found = (one.id for one in record.envelope.person if one.role == self.step.role)
        return next((code for code in found if (self.step.id, code) in record.personal), "")

    def _along(self) -> list[str]:
        record = self._source.record
        if not self.moment.given:
            return []
        codes = shadows(record, self.step)
        return [
            code for code in codes if is_sealed(record, self.step.id, code) and (self.step.id, code) in record.personal
        ]


def sheets(source: Source) -> list[Sheets]:
    """All score steps in their order."""
    return [Sheets(source, one) for one in moments(source.record, source.content)]


def answers(source: Source) -> Iterator[Answered]:
    """Every answer that was given, in the order of the content; what was not answered yet is not there."""
    known = scales(source.content)
    for one in sheets(source):
        for phase, code, given in one.each():
            for section, item, part in _asked(source.content):
                answer = given.get((item.id, part.id if part else ""))
                if answer is not None and answer.answered:
                    scale = known[item.id, part.id if part else ""]
                    told = source.answer(answer, scale)
                    option = find_option(scale, told.value)
                    yield Answered(
                        step=one.step.id,
                        phase=phase,
                        rater=_called(source, code),
                        section=section.id,
                        section_title=section.title,
                        item=item.id,
                        item_title=item.title,
                        part=part.id if part else None,
                        part_title=part.title if part else None,
                        scale=scale.id,
                        value=told.value,
                        answer=(option.title or None) if option else None,
                        missing=told.missing,
                        taken_over=None if part else _taken_over(source, one, phase, item.id),
                        wording=_wording(source, one.step, code),
                    )


def _asked(content: Content) -> Iterator[tuple[Section, Item, ItemPart | None]]:
    """The items, each followed by its parts."""
    for section in content.section:
        for item in section.item:
            yield section, item, None
            for part in item.parts:
                yield section, item, part


def _called(source: Source, code: str) -> str | None:
    """Who gave an answer: a code. A student's code, which may be known outside, is the label of the subject."""
    if not code:
        return None
    return source.subject if code == source.record.envelope.subject else code


def _taken_over(source: Source, one: Sheets, phase: Phase, item: str) -> str | None:
    found = one.moment.taken_over.get(item, "") if phase == "definitief" else ""
    if not found:
        return None
    return found if source.names else "ja"


def _wording(source: Source, step: ScoreStep, code: str) -> str | None:
    if not code or not source.names:
        return None
    return source.record.read_of(step.id, code, Sheet).wording or None
