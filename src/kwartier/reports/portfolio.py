"""The body of a portfolio's report: per item the student's own view, the judgements, and the evidence it rests on.

It is there for instruments in which the subject itself takes part. Of what is private only that is here which whom the
report is for may read: the record has passed the gate for that reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, EvidenceStep, Item, Scale, Section
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.reports.case import Case
from kwartier.reports.charts_portfolio import matrix
from kwartier.reports.document import Align, Block, Bullets, Callout, Heading, Paragraph, Table, long_date
from kwartier.reports.evidence import evidence
from kwartier.reports.phrases import (
    NOTHING,
    answer_words,
    capital,
    ended,
    item_title,
    listed,
    scales,
    section_title,
    section_word,
)
from kwartier.workflow.agreed import Key
from kwartier.workflow.moments import Moment, moments

NO_PASS = (
    "De oordelen worden niet bij elkaar opgeteld, en er volgt geen uitkomst uit: of iemand voldoet, besluit de "
    "opleiding."
)


def is_portfolio(content: Content) -> bool:
    """Whether the subject itself takes part, so that a report is about what somebody shows."""
    return any(role.is_subject for role in content.role)


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of evidence that may be read, with the number that it has in the report."""

    step: EvidenceStep
    number: int
    row: Evidence

    @property
    def words(self) -> str:
        """How it is referred to: bewijs 2 (Verslag van de week)."""
        return f"{self.step.label} {self.number} ({self.row.title.strip()})"


def pieces(case: Case) -> list[Piece]:
    """All evidence that may be read, numbered per step in the order of the file."""
    return [
        Piece(step=step, number=number, row=row)
        for step in case.content.step
        if isinstance(step, EvidenceStep)
        for number, row in enumerate(case.record.read(step.id, EvidenceFile).evidence, 1)
    ]


def portfolio(case: Case) -> Iterator[Block]:
    """The overview, every section with its items, the evidence, the topics it touches, and the programme's outcomes."""
    view = _View(
        case=case, moments=moments(case.record, case.content), scales=scales(case.content), pieces=pieces(case)
    )
    yield Heading(1, "Overzicht")
    yield Callout("convention", NO_PASS)
    yield from overview(view.case, view.moments, view.pieces)
    yield from matrix(case, [(piece.step, piece.number, piece.row) for piece in view.pieces])
    yield Heading(1, f"Per {section_word(case.content)}")
    for section in case.content.section:
        yield Heading(2, section_title(case.content, section))
        for item in section.item:
            yield Heading(3, item_title(item))
            yield from _item(view, item)
    yield from _evidence(case)
    yield from _topics(case, view.pieces)
    yield from programme(case, view.moments)


class _View(Struct, frozen=True, kw_only=True):
    """What the items are told from."""

    case: Case
    moments: Sequence[Moment]
    scales: Mapping[Key, Scale]
    pieces: Sequence[Piece]


def overview(case: Case, found: Sequence[Moment], of: Sequence[Piece]) -> Iterator[Block]:
    """One table per section: per item the answer at every moment, and how many pieces of evidence it has."""
    known = scales(case.content)
    about: dict[str, int] = {}
    for piece in of:
        for item in piece.row.items:
            about[item] = about.get(item, 0) + 1
    for section in case.content.section:
        rows = tuple(
            (
                item.id,
                item.short or item.title,
                *(answer_words(moment.answers.get((item.id, "")), known[item.id, ""]) for moment in found),
                *((case.judged.get(item.id, NOTHING),) if case.judged else ()),
                str(about.get(item.id, 0)),
            )
            for item in section.item
        )
        earlier = ("Eerder beoordeeld",) if case.judged else ()
        header = ("Nr.", "Item", *(moment.title for moment in found), *earlier, "Bewijs")
        left: Align = "left"
        align: tuple[Align, ...] = (*(left for _ in header[:-1]), "right")
        yield Table(section_title(case.content, section), header, rows, align)


def _item(view: _View, item: Item) -> Iterator[Block]:
    if item.statement:
        yield Paragraph(item.statement)
    yield Bullets(tuple(_lines(view, item)))
    for moment in view.moments:
        yield from _remarks(view, moment, item)


def _lines(view: _View, item: Item) -> Iterator[str]:
    for moment in view.moments:
        told = _told(view, moment, item)
        yield f"{moment.title}: {told}"
        ref = moment.taken_over.get(item.id)
        if ref:
            yield f"{moment.title}: overgenomen van een eerder oordeel, {_day_of(ref)}"
        for part in item.parts:
            answer = moment.answers.get((item.id, part.id))
            if answer is not None and answer.answered:
                yield f"{moment.title}, {part.title}: {answer_words(answer, view.scales[item.id, part.id])}"
    if item.id in view.case.judged:
        yield f"Eerder beoordeeld: {view.case.judged[item.id]}. Dat telt alleen mee waar het is overgenomen."
    for step, own in _per_step(view.pieces, item.id).items():
        yield f"{capital(step)}: {listed(piece.words for piece in own)}"


def _told(view: _View, moment: Moment, item: Item) -> str:
    answer = moment.answers.get((item.id, ""))
    if answer is not None and answer.answered:
        return answer_words(answer, view.scales[item.id, ""])
    if moment.own:
        return "nog niet ingevuld"
    return "nog geen oordeel"


def _per_step(found: Sequence[Piece], item: str) -> dict[str, list[Piece]]:
    per_step: dict[str, list[Piece]] = {}
    for piece in found:
        if item in piece.row.items:
            per_step.setdefault(piece.step.many, []).append(piece)
    return per_step


def _day_of(ref: str) -> str:
    """The day of a record, which says more to a reader than where it is kept."""
    try:
        return f"van {long_date(date.fromisoformat(ref.rpartition('/')[2][:10]))}"
    except ValueError:
        return ref


def _remarks(view: _View, moment: Moment, item: Item) -> Iterator[Block]:
    """What the student wrote, where it may be read, and why something was agreed on."""
    what = "Reflectie" if moment.own else f"{moment.title}, reden"
    for key in [(item.id, ""), *((item.id, part.id) for part in item.parts)]:
        answer = moment.answers.get(key)
        if answer is not None and answer.note.strip():
            about = f" ({key[1]})" if key[1] else ""
            yield Paragraph(f"{what}{about}: {ended(answer.note)}")


def _evidence(case: Case) -> Iterator[Block]:
    """The pieces themselves, numbered as they are referred to."""
    for step in case.content.step:
        if isinstance(step, EvidenceStep) and step.private:
            yield Heading(1, step.title)
            found = evidence(case, step, numbered=True)
            yield from found or [Paragraph("Er is niets wat de lezer van dit verslag mag zien.")]


def _topics(case: Case, found: Sequence[Piece]) -> Iterator[Block]:
    rows = [
        (topic.group, topic.title, listed(piece.words for piece in found if topic.id in piece.row.topics))
        for topic in case.content.topic
    ]
    if any(row[2] for row in rows):
        title = capital(case.content.topic_title or "onderwerpen")
        yield Heading(1, title)
        yield Table(
            f"{title} en waar zij in terugkomen", ("Uit", "Wat", "Bewijs"), tuple(row for row in rows if row[2])
        )


def programme(case: Case, found: Sequence[Moment]) -> Iterator[Block]:
    """The programme's own outcomes with the items that serve them, and what is not linked to any."""
    profile = case.content.profile
    if profile is None:
        return
    yield Heading(1, f"{capital(profile.outcome_words)} van {profile.title}")
    if profile.note:
        yield Paragraph(profile.note)
    items = {item.id: item for item in case.content.items()}
    tasks = {task.id: task.title for task in profile.task}
    known = scales(case.content)
    last = next((moment for moment in reversed(found) if not moment.own), None)
    rows = []
    for outcome in profile.outcome:
        linked = [row.item for row in profile.link if row.outcome == outcome.id and row.item in items]
        answers = {item: last.answers.get((item, "")) if last else None for item in linked}
        told = listed(_with_answer(item, answers[item], known[item, ""]) for item in linked)
        rows.append((tasks.get(outcome.task, ""), f"{outcome.id}. {outcome.title}", told or "nog niet gekoppeld"))
    word = capital(profile.outcome_word)
    what = profile.item_words or "items"
    yield Table(f"Welke {what} bij welke {profile.outcome_word} horen", ("Taak", word, capital(what)), tuple(rows))
    left = sorted(set(items) - {row.item for row in profile.link}, key=list(items).index)
    if left:
        yield Paragraph(f"Nog aan geen {profile.outcome_word} gekoppeld: {', '.join(left)}.")
    if profile.module:
        lines = tuple(f"{one.title}{f' ({one.ec} EC)' if one.ec else ''}" for one in profile.module)
        yield Bullets(lines)


def _with_answer(item: str, answer: Answer | None, scale: Scale) -> str:
    return f"{item} ({answer_words(answer, scale)})" if answer is not None and answer.answered else item


def point_lists(sections: Sequence[Section]) -> Iterator[Block]:
    """What belongs to the sections and is read, not answered: their competences."""
    if not any(section.list for section in sections):
        return
    yield Heading(1, "Bijlage: wat er bij de onderdelen hoort")
    for section in sections:
        for one in section.list:
            yield Heading(2, f"{section.id}. {section.title}: {one.title.lower()}")
            yield Bullets(tuple(one.points))
