"""The report of some steps alone: the form of one assessment, with room for the signatures under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwartier.instrument.model import Extract
from kwartier.reports.case import Case
from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph, Table
from kwartier.reports.page_facts import CONCEPT, page_note
from kwartier.reports.phrases import (
    answer_words,
    assessor_name,
    capital,
    ended,
    item_title,
    role_words,
    scales,
    section_title,
)
from kwartier.reports.portfolio import NO_PASS
from kwartier.reports.signing import particulars
from kwartier.reports.verdict import DOTS
from kwartier.workflow.moments import Moment, moments


def extract(case: Case, wanted: Extract) -> Document:
    """The form. What is not revealed, or not meant for who reads it, is not in it: the case has passed the gate."""
    found = [one for one in moments(case.record, case.content) if _is_of(one, wanted.steps)]
    blocks: list[Block] = [Bullets(tuple(particulars(case)))]
    if wanted.note:
        blocks.append(Paragraph(wanted.note))
    elif case.content.report is not None and case.content.report.limits:
        blocks.append(Callout("note", case.content.report.limits))
    waiting = list(_waiting(found))
    blocks += [Callout("convention", NO_PASS), *waiting, *_sections(case, found)]
    blocks += [*_remarks(case, found), *_signatures(case, wanted)]
    return Document(
        title=wanted.title,
        subject=", ".join(filter(None, [case.organisation, case.subject])),
        date=case.record.envelope.date,
        blocks=tuple(blocks),
        page_note=page_note(case.content),
        status=CONCEPT if waiting else "",
        contents=False,
    )


def _is_of(moment: Moment, steps: Sequence[str]) -> bool:
    """Whether a moment belongs on the form: its step is named, or that in which it was agreed on."""
    return moment.step.id in steps or (moment.consensus is not None and moment.consensus.id in steps)


def _waiting(found: Sequence[Moment]) -> Iterator[Block]:
    for moment in found:
        if not moment.own and not moment.given and not moment.answers:
            yield Callout("warning", f"{moment.title}: nog niet alle scorebladen die tellen zijn verzegeld.")


def _sections(case: Case, found: Sequence[Moment]) -> Iterator[Block]:
    """Per section a table: the item, and for each moment what each gave and what was agreed on."""
    known = scales(case.content)
    header: list[str] = ["Nr.", "Item"]
    for moment in found:
        header += [assessor_name(case.names, case.content, code, moment.step.role) for code in moment.given]
        header.append(moment.title if moment.own else _agreed_title(moment))
    for section in case.content.section:
        rows = []
        for item in section.item:
            for part, title in [("", item.short or item.title), *((one.id, one.title) for one in item.parts)]:
                key = (item.id, part)
                if part and not any(key in moment.answers for moment in found):
                    continue
                cells: list[str] = []
                for moment in found:
                    cells += [answer_words(sheet.get(key), known[key]) for sheet in moment.given.values()]
                    cells.append(answer_words(moment.answers.get(key), known[key]))
                rows.append((f"{item.id} {part}".strip(), title, *cells))
        yield Heading(1, section_title(case.content, section))
        yield Table("", tuple(header), tuple(rows))


def _agreed_title(moment: Moment) -> str:
    return moment.consensus.title if moment.consensus is not None else moment.title


def _remarks(case: Case, found: Sequence[Moment]) -> Iterator[Block]:
    """What was written with the answers: the reflections that may be read, and the reasons of what was agreed on."""
    lines: list[Block] = []
    for item in case.content.items():
        told = [
            f"{'Reflectie' if moment.own else _agreed_title(moment)}: {ended(answer.note)}"
            for moment in found
            for key in [(item.id, ""), *((item.id, part.id) for part in item.parts)]
            if (answer := moment.answers.get(key)) is not None and answer.note.strip()
        ]
        if told:
            lines += [Heading(2, item_title(item)), Bullets(tuple(told))]
    if lines:
        yield Heading(1, "Toelichting")
        yield from lines


def _signatures(case: Case, wanted: Extract) -> Iterator[Block]:
    """A line for each who signs; the student by code, since the name stands with the student alone."""
    rows = []
    for role in wanted.signed_by:
        word = capital(role_words(case.content, role, (role, role))[0])
        is_subject = any(one.id == role and one.is_subject for one in case.content.role)
        people = [one for one in case.record.envelope.person if one.role == role and not one.shadow and not one.stopped]
        for one in people:
            name = one.id if is_subject else assessor_name(case.names, case.content, one.id, role)
            rows.append((word, name, DOTS, DOTS))
        if not people:
            rows.append((word, DOTS, DOTS, DOTS))
    if rows:
        yield Heading(1, "Handtekeningen")
        yield Table("", ("Rol", "Naam", "Datum", "Handtekening"), tuple(rows))
