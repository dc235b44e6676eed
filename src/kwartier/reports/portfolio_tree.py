"""A portfolio as plain values for other programs, with the JSON Schema of them. It has passed the gate for a reader."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Item, Profile
from kwartier.records.tree import Tree
from kwartier.reports.case import Case
from kwartier.reports.portfolio import Piece, pieces
from kwartier.workflow.moments import Moment, moments
from kwartier.workflow.settled import is_definitive


class _Value(Struct, frozen=True, kw_only=True):
    """Common settings: what is not there is left out."""


class Given(_Value, frozen=True, kw_only=True, omit_defaults=True):
    """An answer, or the reason why there is none; the note is there only where its reader may see it."""

    value: int | str | None = None
    missing: str | None = None
    note: str = ""
    taken_over: str = ""
    "Reference of the record whose judgement was taken over."


class Judgement(_Value, frozen=True, kw_only=True):
    """What one moment says of an item or a part: the student's own view, or who judged what and what was agreed on."""

    step: str
    agreed: Given | None = None
    "What counts: the student's own answer, or what was agreed on; null as long as it is not there or not revealed."
    given: dict[str, Given] = {}
    "By code what each judged, after the reveal."


class PartView(_Value, frozen=True, kw_only=True):
    """A part of an item that was answered."""

    id: str
    title: str
    moments: tuple[Judgement, ...]


class ItemView(_Value, frozen=True, kw_only=True):
    """An item as it is asked at the level of the portfolio."""

    id: str
    title: str
    statement: str
    moments: tuple[Judgement, ...]
    parts: tuple[PartView, ...] = ()
    evidence: tuple[str, ...] = ()
    "Ids of the pieces that are about it."
    earlier: str = ""
    "What an earlier record judged, in words; it counts only where it was taken over."


class SectionView(_Value, frozen=True, kw_only=True):
    """A section with its items."""

    id: str
    title: str
    items: tuple[ItemView, ...]


class MomentView(_Value, frozen=True, kw_only=True):
    """A moment at which was looked: a score step."""

    step: str
    title: str
    own: bool
    "Whether it is the student's own view."


class FileView(_Value, frozen=True, kw_only=True):
    """The file of a piece of evidence; its bytes are not in here."""

    name: str
    size: int
    digest: str


class EvidenceView(_Value, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of evidence that the reader may see."""

    id: str
    step: str
    title: str
    kind: str = ""
    date: datetime.date | None = None
    link: str = ""
    note: str = ""
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    file: FileView | None = None


class TopicView(_Value, frozen=True, kw_only=True):
    """A topic that evidence can touch on."""

    id: str
    group: str
    title: str


class OutcomeView(_Value, frozen=True, kw_only=True):
    """An outcome of the programme's own, with the items that serve it."""

    id: str
    title: str
    task: str
    items: tuple[str, ...]


class Portfolio(_Value, frozen=True, kw_only=True):
    """A portfolio. Nothing in it is a pass, a sum or a mean: those do not exist."""

    ref: str
    instrument: str
    edition: str
    organisation: str
    subject: str
    "The code of the student; the name is nowhere."
    date: datetime.date
    parameters: Mapping[str, Any]
    definitive: bool
    moments: tuple[MomentView, ...]
    sections: tuple[SectionView, ...]
    evidence: tuple[EvidenceView, ...]
    topics: tuple[TopicView, ...]
    profile: str = ""
    outcomes: tuple[OutcomeView, ...] = ()


def portfolio_of(case: Case) -> Portfolio:
    """The portfolio as values."""
    record, content = case.record, case.content
    found, own = moments(record, content), pieces(case)
    profile = content.profile
    return Portfolio(
        ref=record.ref,
        instrument=record.envelope.instrument,
        edition=record.envelope.edition,
        organisation=case.organisation,
        subject=record.envelope.subject,
        date=record.envelope.date,
        parameters=dict(record.envelope.parameters),
        definitive=is_definitive(record, content),
        moments=tuple(MomentView(step=one.step.id, title=one.title, own=one.own) for one in found),
        sections=tuple(
            SectionView(
                id=section.id,
                title=section.title,
                items=tuple(_item(case, item, found, own) for item in section.item),
            )
            for section in content.section
        ),
        evidence=tuple(_evidence(piece) for piece in own),
        topics=tuple(TopicView(id=one.id, group=one.group, title=one.title) for one in content.topic),
        profile=profile.id if profile else "",
        outcomes=_outcomes(profile) if profile else (),
    )


def _item(case: Case, item: Item, found: Sequence[Moment], own: Sequence[Piece]) -> ItemView:
    """An item with what every moment says of it; of its parts those that were answered."""
    return ItemView(
        id=item.id,
        title=item.title,
        statement=item.statement,
        moments=tuple(_judgement(one, item.id, "") for one in found),
        parts=tuple(
            PartView(id=part.id, title=part.title, moments=tuple(_judgement(one, item.id, part.id) for one in found))
            for part in item.parts
            if any((item.id, part.id) in one.answers for one in found)
        ),
        evidence=tuple(piece.row.id for piece in own if item.id in piece.row.items),
        earlier=case.judged.get(item.id, ""),
    )


def _evidence(piece: Piece) -> EvidenceView:
    row = piece.row
    return EvidenceView(
        id=row.id,
        step=piece.step.id,
        title=row.title,
        kind=row.kind,
        date=row.date,
        link=row.link,
        note=row.note,
        items=row.items,
        topics=row.topics,
        file=FileView(name=row.file.name, size=row.file.size, digest=row.file.digest) if row.file else None,
    )


def _outcomes(profile: Profile) -> tuple[OutcomeView, ...]:
    return tuple(
        OutcomeView(
            id=one.id,
            title=one.title,
            task=one.task,
            items=tuple(row.item for row in profile.link if row.outcome == one.id),
        )
        for one in profile.outcome
    )


def portfolio_tree(case: Case) -> Tree:
    """The portfolio as a tree that fits `portfolio_schema`."""
    tree: Tree = msgspec.to_builtins(portfolio_of(case))
    return tree


def portfolio_schema() -> Tree:
    """The JSON Schema (2020-12) of a portfolio."""
    schema: Tree = msgspec.json.schema(Portfolio)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _judgement(moment: Moment, item: str, part: str) -> Judgement:
    answer = moment.answers.get((item, part))
    taken = moment.taken_over.get(item, "") if not part else ""
    given = {code: sheet[item, part] for code, sheet in moment.given.items() if (item, part) in sheet}
    return Judgement(
        step=moment.step.id,
        agreed=_given(answer, taken) if answer is not None and answer.answered else None,
        given={code: _given(one) for code, one in given.items()},
    )


def _given(answer: Answer, taken_over: str = "") -> Given:
    value = answer.value
    return Given(value=value, missing=answer.missing, note=answer.note, taken_over=taken_over)
