"""Findings as a report tells them: departures with their reasons, open ones as warnings, and some remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwartier.instrument.model import PeopleStep
from kwartier.records.files import PeopleFile, Person
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Callout, Paragraph
from kwartier.reports.phrases import ended, role_of, with_names
from kwartier.workflow.findings import Finding

SOMEBODY = "een deelnemer"


def departed(case: Case, findings: Sequence[Finding]) -> Iterator[Block]:
    """What departs from the instrument. Remarks that name a participant are work for the organiser, and left out."""
    reasoned = [one for one in findings if one.level == "reason" and not one.open]
    if reasoned:
        yield Paragraph("Waar het anders ging dan de bedoeling is, en waarom:")
        yield Bullets(tuple(f"{_message(case, one)} Reden: {ended(one.reason)}" for one in reasoned))
    for one in findings:
        if one.open:
            yield Callout("warning", f"{_message(case, one)} Hiervoor is nog geen reden gegeven.")
    remarks = [_message(case, one) for one in findings if one.level == "remark" and not _on_participant(case, one)]
    if remarks:
        yield Paragraph("Goed om te weten bij het lezen:")
        yield Bullets(tuple(remarks))


def is_assessor(case: Case, person: Person) -> bool:
    """Whoever else stands in the envelope, such as somebody who reads the facts, may be a participant: never named."""
    role = role_of(case.content, person.role)
    return role is not None and role.kind == "assessor"


def participants(case: Case) -> dict[str, str]:
    """What those who are interviewed are called, by code: all the same."""
    codes = [one.id for one in case.record.envelope.person if not is_assessor(case, one)]
    for step in case.content.step:
        if isinstance(step, PeopleStep):
            codes += [one.id for one in case.record.read(step.id, PeopleFile).participant]
    return dict.fromkeys(codes, SOMEBODY)


def told(case: Case, findings: Sequence[Finding]) -> list[str]:
    """All that stands out as sentences, each with its reason; without what names a participant."""
    return [
        f"{_message(case, one)} Reden: {ended(one.reason)}" if one.reason else _message(case, one)
        for one in findings
        if one.level == "reason" or not _on_participant(case, one)
    ]


def _on_participant(case: Case, one: Finding) -> bool:
    return with_names(one.message, participants(case)) != one.message


def _message(case: Case, one: Finding) -> str:
    """The message with assessors by name and participants by no name at all."""
    known = {one.id: case.names.get(one.id, "") for one in case.record.envelope.person if is_assessor(case, one)}
    return ended(with_names(one.message, {**known, **participants(case)}))
