"""The picture per section: its mean, and per item the definitive answer, the explanation and why it was agreed on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.analysis.scores import NO_ITEMS, Mean
from kwartier.instrument.model import Item, Scale, Section
from kwartier.instrument.selection import items_of
from kwartier.records.files import NotesFile
from kwartier.reports.case import Case
from kwartier.reports.counts import is_nominal, section_counts
from kwartier.reports.document import Block, Bullets, Callout, Heading, Paragraph
from kwartier.reports.phrases import (
    answer_words,
    capital,
    ended,
    find_option,
    item_title,
    mean_words,
    option_words,
    places_of,
    scales,
    section_title,
    section_word,
)
from kwartier.workflow.agreed import Key, Stand


class _View(Struct, frozen=True, kw_only=True):
    """What the items of all sections are told from."""

    case: Case
    stands: dict[Key, Stand]
    scales: dict[Key, Scale]
    texts: dict[str, str]
    told_apart: frozenset[str]
    "The items of which is not said that there is no explanation: it is not asked there, or was said of all at once."
    shown: dict[str, list[str]]
    "What else was read while scoring, per item."
    reasons: bool


def themes(case: Case, reasons: bool) -> Iterator[Block]:
    """A heading per section and per item. `reasons`: with why the definitive score became what it is."""
    notes = case.notes_step
    if case.outcome is None and notes is None:
        return
    yield Heading(1, f"Beeld per {section_word(case.content)}")
    if case.scores_open and case.content.report and case.content.report.scores:
        yield Paragraph(case.content.report.scores)
    if case.outcome is not None and case.outcome.why:
        what = "antwoorden" if is_nominal(case.content) else "definitieve scores"
        yield Callout("warning", ended(f"De {what} zijn er nog niet allemaal: {case.outcome.why}"))
    file = case.record.read(notes.id, NotesFile) if notes else NotesFile()
    texts = _texts(file)
    if file.text.strip():
        yield Paragraph(file.text)
    if notes and not texts:
        yet = "nog " if case.concept else ""
        done = "overgenomen" if case.record.envelope.paper else "geschreven"
        yield Paragraph(f"Bij de items is {yet}geen {notes.label} {done}.")
    asked = {item.id for item in items_of(case.content, notes)} if notes and texts else set()
    view = _View(
        case=case,
        stands=_stands(case),
        scales=scales(case.content),
        texts=texts,
        told_apart=frozenset(item.id for item in case.content.items() if item.id not in asked),
        shown=_shown(case),
        reasons=reasons,
    )
    if any(True for item in case.content.items() for _ in _item(view, item)):  # no headings without anything below them
        for section in case.content.section:
            yield from _section(view, section)


def _stands(case: Case) -> dict[Key, Stand]:
    """What was scored, as far as it may be shown; of parts that need not be answered those with a definitive answer."""
    if case.outcome is None or not case.scores_open:
        return {}
    return {(one.item, one.part): one for one in case.outcome.stands if one.agreed or not one.optional}


def _texts(file: NotesFile) -> dict[str, str]:
    return {row.item: row.text.strip() for row in file.explanation if row.text.strip()}


def _shown(case: Case) -> dict[str, list[str]]:
    """Per item the texts of the other steps that were shown while scoring, each with what it is called."""
    found: dict[str, list[str]] = {}
    for step in case.shown_steps:
        for item, text in _texts(case.record.read(step.id, NotesFile)).items():
            found.setdefault(item, []).append(f"{capital(step.label)}: {text}")
    return found


def _section(view: _View, section: Section) -> Iterator[Block]:
    case = view.case
    yield Heading(2, section_title(case.content, section))
    if case.outcome is not None and case.scores_open:
        mean = case.outcome.scores.sections.get(section.id)
        if isinstance(mean, Mean):
            about = f"{section_word(case.content)} {section.id}"
            yield Paragraph(f"Score voor {about}: {mean_words(mean, places_of(case.content))}.")
        elif mean is not None and mean.why != NO_ITEMS:
            yield Paragraph(f"Geen score voor {section_word(case.content)} {section.id}: {ended(mean.why)}")
        if is_nominal(case.content) and view.stands:
            given = {key: stand.agreed for key, stand in view.stands.items() if stand.agreed is not None}
            yield Paragraph(f"In het kort: {ended(section_counts(case.content, section, given))}")
    for item in section.item:
        yield Heading(3, item_title(item))
        yield from _item(view, item)


def _item(view: _View, item: Item) -> Iterator[Block]:
    if view.stands:
        yield Paragraph(_answer(view, item))
        parts = [
            f"{part.title}: {answer_words(_agreed(view, (item.id, part.id)), view.scales[item.id, part.id])}"
            for part in item.parts
            if (item.id, part.id) in view.stands
        ]
        if parts:
            yield Bullets(tuple(parts))
    notes = view.case.notes_step
    if item.id in view.texts:
        yield Paragraph(view.texts[item.id])
    elif notes and item.id not in view.told_apart:
        yield Paragraph(f"{'Nog geen' if view.case.concept else 'Geen'} {notes.label}.")
    for text in view.shown.get(item.id, []):
        yield Paragraph(text)
    for key in [(item.id, ""), *((item.id, part.id) for part in item.parts)]:
        yield from _reason(view, key)


def _agreed(view: _View, key: Key) -> Answer | None:
    stand = view.stands.get(key)
    return stand.agreed if stand else None


def _answer(view: _View, item: Item) -> str:
    """The line with the definitive answer, in the words of the scale and with what fits that answer."""
    scale = view.scales[item.id, ""]
    answer = _agreed(view, (item.id, ""))
    word = "score" if scale.kind == "ordinal" else "antwoord"
    step = view.case.score_step
    if word == "antwoord" and step is not None and step.by != "each":  # nobody had to agree with anybody
        plain, label = "Nog geen antwoord.", "Antwoord"
    else:
        plain = f"Nog geen definitie{'ve score' if word == 'score' else 'f antwoord'}."
        label = "Definitieve score" if word == "score" else "Definitief antwoord"
    if answer is None or not answer.answered:
        return plain
    if answer.missing is not None:
        return f"{capital(scale.missing_title)}: {ended(answer.missing)}"
    option = find_option(scale, answer.value)
    if option is None:
        return f"{label}: {answer.value} (staat niet op de schaal)."
    place = scale.options.index(option)
    anchor = item.anchors[place] if place < len(item.anchors) else ""
    return f"{label}: {option_words(option)} – {ended(anchor)}" if anchor else f"{label}: {ended(option_words(option))}"


def _reason(view: _View, key: Key) -> Iterator[Block]:
    """Why this was agreed on. The remark on a single sheet is its writer's own, unless the answer asks for one."""
    stand = view.stands.get(key)
    if stand is None or stand.agreed is None or not stand.agreed.note.strip():
        return
    option = find_option(view.scales[key], stand.agreed.value)
    about = f" ({key[1]})" if key[1] else ""
    if option is not None and option.note == "required":
        yield Paragraph(f"Toelichting bij dit antwoord{about}: {ended(stand.agreed.note)}")
    elif view.reasons and not (len(stand.given) == 1 and stand.agreed in stand.given.values()):
        what = "dat er geen score is" if stand.agreed.value is None else "van de definitieve score"
        yield Paragraph(f"Reden {what}{about}: {ended(stand.agreed.note)}")
