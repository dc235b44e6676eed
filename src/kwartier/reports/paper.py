"""Paper that every instrument has, made from its content: questions for who asks, a blank score form, an agenda.

Nothing of a record but its name, its date and what was decided about questions comes in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from kwartier.instrument import model as m
from kwartier.reports.document import Block, Callout, Document, Heading, Paragraph, Table, long_date
from kwartier.reports.opening import publication_words
from kwartier.reports.page_facts import page_note
from kwartier.reports.phrases import capital, counted, item_title, section_column, section_title
from kwartier.reports.question_lines import LINE, answer_boxes, part_table
from kwartier.reports.verdict import DOTS

INTERVIEW, SCORES, AGENDA = "vragen-interview", "scoreformulier", "agenda"
WIDE = "…" * 42
"""A line to write on; wider would not fit on one in every letter type."""

_BEFORE = (("Welkom, kennismaken en toestemming", 10),)
_AFTER = (("Afronden: wat is nog niet gezegd, en hoe gaat het verder", 10),)
_MINUTES = 120
_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)(?!\d)")


class Sheet(Struct, frozen=True, kw_only=True):
    """What paper is made of. `day` is the day of the record, None for paper of an instrument as such."""

    header: m.Header
    content: m.Content
    today: date
    organisation: str = ""
    day: date | None = None
    start: str = ""
    "When the interview begins, as typed: 10.00 uur."
    essential: Mapping[tuple[str, str], bool] = {}
    "By item and question: what was decided in this record, where that is not what the instrument proposes."


def kinds(content: m.Content) -> dict[str, str]:
    """The paper that fits a content: id and title."""
    found: dict[str, str] = {}
    if _interview(content) is not None:
        found[AGENDA] = "Agenda van het interview"
        if any(item.prompts for item in content.items()):
            found[INTERVIEW] = "Vragen voor wie het interview leidt"
    if any(isinstance(one, m.ScoreStep) for one in content.step):
        found[SCORES] = "Leeg scoreformulier"
    return found


def paper(kind: str, sheet: Sheet) -> Document:
    """One of `kinds`. Raises KeyError for another one."""
    made = {AGENDA: _agenda, INTERVIEW: _questions, SCORES: _scores}[kind]
    about = (sheet.header.short, sheet.organisation)
    return Document(
        title=kinds(sheet.content)[kind],
        subject=", ".join(one for one in about if one),
        date=sheet.day or sheet.today,
        blocks=tuple(made(sheet)),
        page_note=page_note(sheet.content),
        contents=False,
    )


# -- the agenda


def schedule(
    content: m.Content, before: Sequence[tuple[str, int]], after: Sequence[tuple[str, int]], *, start: str = ""
) -> Table:
    """A line per part of the interview; sections share the time that is left, by how many questions they have.

    With a `start` in which a time stands every line says when it begins; without, after how many minutes.
    """
    interview = _interview(content)
    total = (interview.minutes if interview else None) or _MINUTES
    left = total - sum(minutes for _, minutes in (*before, *after))
    weights = [sum(max(1, len(item.prompts)) for item in one.item) for one in content.section]
    shared = _shares(max(left, 0), weights)
    sections = [
        (f"{section_title(content, one)} ({_items(one)})", minutes)
        for one, minutes in zip(content.section, shared, strict=True)
        if one.item
    ]
    at = _minutes_of(start)
    rows: list[tuple[str, str, str]] = []
    passed = 0
    for text, minutes in (*before, *sections, *after):
        rows.append((_clock(at, passed), text, str(minutes)))
        passed += minutes
    rows.append((_clock(at, passed), "Einde", ""))
    when = "Tijd" if at is not None else "Na (uren:minuten)"
    return Table("", (when, "Onderwerp", "Minuten"), tuple(rows), ("left", "left", "right"))


def _shares(left: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes by weight that add up to `left`; what rounding leaves goes where most was cut off."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [left * one // whole for one in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(left * weights[n] % whole), n))
    for n in order[: left - sum(shares)]:
        shares[n] += 1
    return shares


def _items(section: m.Section) -> str:
    first, last = section.item[0].id, section.item[-1].id
    return f"item {first}" if first == last else f"items {first} tot en met {last}"


def _minutes_of(start: str) -> int | None:
    found = _CLOCK.search(start)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _clock(at: int | None, passed: int) -> str:
    hours, minutes = divmod((at or 0) + passed, 60)
    return f"{hours}:{minutes:02}" if at is None else f"{hours % 24:02}.{minutes:02}"


def _agenda(sheet: Sheet) -> Iterator[Block]:
    if sheet.day is not None:
        yield Paragraph(f"Datum: {long_date(sheet.day)}")
    yield schedule(sheet.content, _BEFORE, _AFTER, start=sheet.start)
    yield Callout("note", "De verdeling van de tijd is een voorstel van kwartier. Het blijft een open gesprek.")


# -- questions for who asks


def _questions(sheet: Sheet) -> Iterator[Block]:
    asked = [(item, one) for item in sheet.content.items() for one in item.prompts]
    first = sum(_is_essential(sheet, item, one) for item, one in asked)
    yield Paragraph(
        f"{counted(len(asked), 'vraag', 'vragen')}. Bij {first} staat ■ essentieel: stel die in elk geval. "
        "Bij de andere staat □ als er tijd is. De volgorde mag anders; het blijft een open gesprek."
    )
    yield Callout("note", "Wat u hier opschrijft zijn ruwe aantekeningen: alleen voor wie de meting doet.")
    for section in sheet.content.section:
        if not any(item.prompts for item in section.item):
            continue
        yield Heading(1, section_title(sheet.content, section))
        for item in section.item:
            if item.prompts:
                yield Heading(2, item_title(item))
                yield from (Paragraph(_prompt(sheet, item, one)) for one in item.prompts)
    yield from _rights(sheet)


def _prompt(sheet: Sheet, item: m.Item, prompt: m.Prompt) -> str:
    mark = "■ essentieel" if _is_essential(sheet, item, prompt) else "□ als er tijd is"
    return f"{mark}: {prompt.text}\n{WIDE}\n{WIDE}"


def _is_essential(sheet: Sheet, item: m.Item, prompt: m.Prompt) -> bool:
    return sheet.essential.get((item.id, prompt.id), prompt.essential)


# -- the blank score form


def _scores(sheet: Sheet) -> Iterator[Block]:
    step = next(one for one in sheet.content.step if isinstance(one, m.ScoreStep))
    role = next((one.title for one in sheet.content.role if one.id == step.role), "ingevuld door")
    yield Paragraph(f"{capital(role)}: {LINE}\nDatum: {LINE}")
    alone = " Vul dit formulier alleen in; vergelijk pas als iedereen klaar is." if step.blind else ""
    yield Paragraph(f"Zet bij elk item één kruisje. Lees eerst alle omschrijvingen.{alone}")
    scored = [one for one in sheet.content.section if one.item]
    for section in scored:
        yield Heading(1, section_title(sheet.content, section))
        for item in section.item:
            yield Heading(2, item_title(item))
            if item.statement:
                yield Paragraph(item.statement)
            yield from answer_boxes(sheet.content, item, None)
            own = [part for part in item.parts if part.scale]
            yield from part_table(sheet.content, item, own, {})
            yield Paragraph(f"Opmerking: {LINE}")
    yield Heading(1, "Overzicht")
    rows = [(section.id, item_title(item), DOTS) for section in scored for item in section.item]
    yield Table("", (section_column(sheet.content), "Item", "Antwoord"), tuple(rows))
    yield from _rights(sheet)


def _rights(sheet: Sheet) -> Iterator[Block]:
    texts = sheet.content.report
    yield Heading(1, "Over de tekst")
    yield Paragraph(publication_words(sheet.header.publication, sheet.header.edition))
    if texts and texts.wording:
        yield Paragraph(texts.wording)


def _interview(content: m.Content) -> m.InterviewStep | None:
    return next((one for one in content.step if isinstance(one, m.InterviewStep)), None)
