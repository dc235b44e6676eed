"""The list of questions to send ahead: all that is asked, to fill in by pen, or with what a record holds in it.

How a single question reads stands in `question_lines`. What is given here has passed the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument import model as m
from kwartier.instrument.conditions import Parameters, set_values, setting_words
from kwartier.instrument.selection import items_of
from kwartier.records.files import EvidenceFile, FactsFile, NotesFile, VerdictFile
from kwartier.records.organisation import Subject
from kwartier.records.record import Record
from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph, Table, long_date
from kwartier.reports.opening import publication_words
from kwartier.reports.page_facts import page_note
from kwartier.reports.phrases import assessor_name, capital, item_title, listed, role_words, section_title
from kwartier.reports.question_lines import LINE, LINES, answer_boxes, boxes, fact_lines, is_asked, part_table
from kwartier.reports.verdict import DOTS, conditions, signatures
from kwartier.workflow.agreed import Key, agreed_answers, sheet_answers
from kwartier.workflow.outcome import score_step
from kwartier.workflow.verdicts import scale_of as verdict_scale

_EMPTY_ROWS = 3


class Asked(Struct, frozen=True, kw_only=True):
    """What a list of questions is made of. `content` is for the parameters; `today` is the day that it is made.

    With a record it is headed with whom that is about, and `filled` puts in it what the record holds for this
    `viewer` (a code): the own sheet, else the definitive answers. `parts` and `prompts` ask for what may be answered
    besides, and for the questions of the interview.
    """

    header: m.Header
    content: m.Content
    parameters: Parameters
    today: date
    organisation: str = ""
    record: Record | None = None
    about: Subject | None = None
    names: Mapping[str, str] = {}
    filled: bool = False
    viewer: str | None = None
    parts: bool = False
    prompts: bool = False

    @property
    def given(self) -> Record | None:
        """The record whose answers are put in; None for a blank list."""
        return self.record if self.filled else None


def question_list(asked: Asked) -> Document:
    """The list: who it is about, then the steps in which something is asked, in their order."""
    blocks = [*_opening(asked), *_about(asked), *_steps(asked)]
    blocks += [Heading(1, "Rechten op de publicatie"), Paragraph(asked.header.publication.rights)]
    envelope = asked.record.envelope if asked.record else None
    kind = "Ingevulde vragenlijst" if asked.filled else "Lege vragenlijst"
    about = (asked.organisation, _subject(asked))
    return Document(
        title=asked.header.title,
        subject=", ".join(part for part in (kind, *about) if part),
        date=envelope.date if envelope else asked.today,
        blocks=tuple(blocks),
        page_note=page_note(asked.content),
        contents=False,
    )


# -- what stands above the questions


def _opening(asked: Asked) -> Iterator[Block]:
    texts = asked.content.report
    if asked.header.summary:
        yield Paragraph(asked.header.summary)
    yield Paragraph(publication_words(asked.header.publication, asked.header.edition))
    if texts and texts.wording:
        yield Callout("note", texts.wording)
    if not asked.filled:
        yield Paragraph("Zet een kruisje in het hokje van uw keuze. Op de puntjes schrijft u uw antwoord.")
        return
    yield Paragraph(f"Ingevuld met wat er op {long_date(asked.today)} in kwartier stond. ☒ is wat er gekozen is.")
    if score_step(asked.content) is not None and not _answers(asked):
        yield Callout("note", "Antwoorden bij de items staan er nog niet in, of zij liggen nog niet naast elkaar.")


def _subject(asked: Asked) -> str:
    """A workplace by its name, a student never by more than the code."""
    known = asked.about.name if asked.about is not None and asked.header.subject == "workplace" else ""
    return known or (asked.record.envelope.subject if asked.record else "")


def _about(asked: Asked) -> Iterator[Block]:
    yield Heading(1, "Over wie of wat het gaat")
    yield Bullets(tuple(_particulars(asked)))


def _particulars(asked: Asked) -> Iterator[str]:
    envelope, about = (asked.record.envelope if asked.record else None), asked.about
    yield f"Organisatie: {asked.organisation or LINE}"
    code = envelope.subject if envelope else ""
    if asked.header.subject == "workplace":
        yield f"Praktijkleerplek: {(about.name if about else '') or code or LINE}"
        yield f"Team: {(about.team if about else '') or LINE}"
        if about is not None and (about.setting or about.place):
            yield f"Werksetting: {', '.join(one for one in (about.setting, about.place) if one)}"
        levels = about.levels if about is not None else ()
        if levels and all(set_values(asked.parameters, one.id) != levels for one in asked.content.parameter):
            yield f"Bedoeld voor opleidingsniveau: {listed(map(str, levels))}"
    elif asked.header.subject == "student":
        yield f"Student (code, geen naam): {code or LINE}"
    for parameter in asked.content.parameter:
        if parameter.id in asked.parameters:
            mark = "" if parameter.title.endswith("?") else ":"
            yield f"{parameter.title}{mark} {setting_words(asked.parameters[parameter.id])}"
    yield f"Datum: {long_date(envelope.date) if envelope else LINE}"
    for role in asked.content.role:
        if role.kind == "assessor":
            yield f"{capital(role.title)}: {_people(asked, role.id) or LINE}"


def _people(asked: Asked, role: str) -> str:
    people = asked.record.envelope.person if asked.record else ()
    own = [one.id for one in people if one.role == role and one.stopped is None]
    return listed(assessor_name(asked.names, asked.content, code, role) for code in own)


# -- the steps


def _steps(asked: Asked) -> Iterator[Block]:
    items_told = False
    for step in asked.content.step:
        if isinstance(step, m.InterviewStep | m.NotesStep | m.ScoreStep):
            if not items_told:  # each question once, whatever is done with it later
                yield from _sections(asked)
            items_told = True
        elif isinstance(step, m.FactsStep | m.EvidenceStep | m.VerdictStep):
            yield Heading(1, step.title)
            yield from _one(asked, step)
    if not items_told:
        yield from _sections(asked)


def _one(asked: Asked, step: m.FactsStep | m.EvidenceStep | m.VerdictStep) -> Iterator[Block]:
    match step:
        case m.FactsStep():
            yield from _facts(asked, step)
        case m.EvidenceStep():
            yield from _evidence(asked, step)
        case m.VerdictStep():
            yield from _verdict(asked, step)


def _facts(asked: Asked, step: m.FactsStep) -> Iterator[Block]:
    file = asked.given.read(step.id, FactsFile) if asked.given else FactsFile()
    rows = {row.id: row for row in file.fact}
    for fact in asked.content.fact:
        if fact.id in step.facts:
            yield Heading(2, fact.title)
            if fact.help:
                yield Paragraph(fact.help)
            yield from fact_lines(fact, rows.get(fact.id))


def _evidence(asked: Asked, step: m.EvidenceStep) -> Iterator[Block]:
    file = asked.given.read(step.id, EvidenceFile) if asked.given else EvidenceFile()
    if step.kinds:
        yield Paragraph(f"Soorten: {', '.join(step.kinds)}.")
    rows = [
        (row.title, row.kind, long_date(row.date) if row.date else "", ", ".join(row.items), row.link)
        for row in file.evidence
    ]
    header = (capital(step.label), "Soort", "Datum", "Over item", "Vindplaats")
    yield Table(capital(step.many), header, tuple(rows or [(DOTS,) * 5] * _EMPTY_ROWS))


def _verdict(asked: Asked, step: m.VerdictStep) -> Iterator[Block]:
    file = asked.given.read(step.id, VerdictFile) if asked.given else VerdictFile()
    yield from boxes(verdict_scale(asked.content, step), Answer(value=file.value))
    yield Paragraph(f"Motivering: {file.reason.strip() or LINES}")
    if file.condition:
        yield conditions(file, asked.names, "Voorwaarden")
    elif step.conditional:
        empty = ((DOTS,) * 3,) * _EMPTY_ROWS
        yield Table("Voorwaarden", ("Wat er geregeld moet zijn", "Wie", "Voor wanneer"), empty)
    if step.signed_by and asked.given:
        yield signatures(asked.given, asked.content, step, asked.names, "Handtekeningen")
    elif step.signed_by:
        rows = tuple((capital(role_words(asked.content, one, (one, one))[0]), *(DOTS,) * 3) for one in step.signed_by)
        yield Table("Handtekeningen", ("Rol", "Naam", "Datum", "Handtekening"), rows)


# -- the items


def _sections(asked: Asked) -> Iterator[Block]:
    answers = _answers(asked)
    for section in asked.content.section:
        yield Heading(1, section_title(asked.content, section))
        for item in section.item:
            yield Heading(2, item_title(item))
            yield from _item(asked, item, answers)


def _item(asked: Asked, item: m.Item, answers: Mapping[Key, Answer]) -> Iterator[Block]:
    place = f"Plaats in de publicatie: {item.source}" if item.source else ""
    yield Paragraph("\n".join(part for part in (item.statement, place) if part))
    if asked.prompts and item.prompts:
        yield Paragraph("Vragen in het interview:")
        yield Bullets(tuple(f"{one.text}{'' if one.essential else ' (als er tijd is)'}" for one in item.prompts))
    own = answers.get((item.id, ""))
    yield from answer_boxes(asked.content, item, own)
    yield from _texts(asked, item, own)
    wanted = [part for part in item.parts if asked.parts or part.scale or is_asked(answers.get((item.id, part.id)))]
    yield from part_table(asked.content, item, wanted, answers)


def _texts(asked: Asked, item: m.Item, answer: Answer | None) -> Iterator[Block]:
    """Room for a text with the item; filled in with what may be shown: explanations, and the remark that it asks for.

    Other remarks are their writer's own.
    """
    notes = [
        step for step in asked.content.step if isinstance(step, m.NotesStep) and item in items_of(asked.content, step)
    ]
    for step in notes:
        file = asked.given.read(step.id, NotesFile) if asked.given else NotesFile()
        told = next((row.text.strip() for row in file.explanation if row.item == item.id), "")
        if told or step == notes[0]:
            yield Paragraph(f"{capital(step.label)}: {told or LINES}")
    scale = next(one for one in asked.content.scale if one.id == item.scale)
    asking = [option for option in scale.options if option.note == "required"]
    own = answer is not None and _own_sheet(asked) is not None
    needed = answer is not None and any(option.value == answer.value for option in asking)
    remark = answer.note.strip() if answer is not None and (own or needed) else ""
    if asking:
        words = listed(f"‘{option.title or option.value}’" for option in asking)
        yield Paragraph(f"Toelichting (nodig bij {words}): {remark or LINES}")
    elif remark or not notes:
        yield Paragraph(f"Opmerking: {remark or LINE}")


def _own_sheet(asked: Asked) -> m.ScoreStep | None:
    """The score step in which this viewer has a sheet, the last where there are more."""
    record, viewer = asked.given, asked.viewer
    if record is None or not viewer:
        return None
    steps = [step for step in asked.content.step if isinstance(step, m.ScoreStep)]
    return next((step for step in reversed(steps) if (step.id, viewer) in record.personal), None)


def _answers(asked: Asked) -> Mapping[Key, Answer]:
    """What is put in the boxes: the viewer's own sheet, else what is definitive and revealed."""
    record, step = asked.given, score_step(asked.content)
    if record is None or step is None:
        return {}
    own = _own_sheet(asked)
    found = sheet_answers(record, own.id, asked.viewer or "") if own else agreed_answers(record, asked.content, step)
    return {key: answer for key, answer in found.items() if answer.answered or answer.note}
