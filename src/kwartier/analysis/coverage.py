"""The coverage matrix: which evidence serves which item, how the items stand, and what is not covered yet.

It counts what is there for one reader. It judges nothing: an item with evidence is not for that reason shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Item, Profile
from kwartier.instrument.profiling import items_of, outcomes_of, unlinked


class Source(Struct, frozen=True):
    """An evidence step: what one piece of it is called, and the letter that its pieces are marked with."""

    step: str
    title: str
    label: str
    many: str
    letter: str


class Piece(Struct, frozen=True, kw_only=True):
    """A piece of evidence that the viewer may read. `mark` is its letter and number, as in B2."""

    mark: str
    step: str
    id: str
    title: str
    kind: str = ""
    day: date | None = None
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    file: bool = False


class Judgement(Struct, frozen=True, kw_only=True):
    """An agreed judgement of this record. `taken_over` is the record that it was taken over from."""

    step: str
    answer: Answer | None
    words: str
    taken_over: str = ""


class Given(Struct, frozen=True, kw_only=True):
    """What a record holds, as a viewer may know it: what the matrix is made of."""

    sources: tuple[Source, ...] = ()
    pieces: tuple[Piece, ...] = ()
    own: Mapping[str, Answer] = {}
    "The subject's own answer by item."
    judged: Mapping[str, tuple[Judgement, ...]] = {}
    earlier: Mapping[str, str] = {}
    "What was judged in an earlier record, by item, in words."
    withheld: bool = False
    "Whether there may be evidence that this viewer does not read."


class Row(Struct, frozen=True, kw_only=True):
    """An item: how it stands and which evidence serves it."""

    item: str
    title: str
    section: str
    own: Answer | None
    own_words: str
    pieces: tuple[str, ...]
    "The marks of the pieces that serve it, in order."
    topics: tuple[str, ...]
    judged: tuple[Judgement, ...]
    "Per moment of judging what was agreed on; `answer` is None where that is not there or not to be seen."
    earlier: str = ""
    outcomes: tuple[str, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether any evidence serves it."""
        return bool(self.pieces)


class Sum(Struct, frozen=True, kw_only=True):
    """A section, or an outcome of the programme: how many items it has, and how many of them are covered."""

    id: str
    title: str
    items: tuple[str, ...]
    covered: int
    own: Mapping[str, int]
    "How often each state was given, by its words."
    pieces: tuple[str, ...] = ()

    @property
    def of(self) -> int:
        """How many items."""
        return len(self.items)


class Coverage(Struct, frozen=True, kw_only=True):
    """The whole matrix."""

    sources: tuple[Source, ...]
    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...]
    sections: tuple[Sum, ...]
    moments: tuple[tuple[str, str], ...]
    "The steps of judging (id, title) in the order of `Row.judged`."
    own_title: str = ""
    topics: Mapping[str, str] = {}
    "The titles of the topics that are touched, by id."
    profile: Profile | None = None
    outcomes: tuple[Sum, ...] = ()
    "Of the programme, where there is a profile."
    unlinked: tuple[str, ...] = ()
    "Items that serve no outcome of the programme yet."
    loose: tuple[str, ...] = ()
    "Marks of pieces that serve no item."
    withheld: bool = False

    @property
    def covered(self) -> int:
        """How many items have evidence."""
        return sum(row.covered for row in self.rows)


def letters_of(labels: Sequence[str]) -> list[str]:
    """A letter for each kind of evidence to mark its pieces with: that of what one is called, or the next free one."""
    found: list[str] = []
    for label in labels:
        letters = [char for char in label.upper() + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if char.isalpha()]
        found.append(next((one for one in letters if one not in found), "?"))
    return found


def coverage(
    content: Content, given: Given, moments: Sequence[tuple[str, str]], own_title: str, own_words: Mapping[str, str]
) -> Coverage:
    """The matrix of the items of a settled content. `own_words` says per item how its own state is read."""
    profile = content.profile
    rows = tuple(
        _row(item, section.id, given, profile, own_words) for section in content.section for item in section.item
    )
    by_id = {row.item: row for row in rows}
    touched = {id for piece in given.pieces for id in piece.topics}
    return Coverage(
        sources=given.sources,
        pieces=given.pieces,
        rows=rows,
        sections=tuple(
            _sum(section.id, section.title, [by_id[item.id] for item in section.item]) for section in content.section
        ),
        moments=tuple(moments),
        own_title=own_title,
        topics={topic.id: topic.title for topic in content.topic if topic.id in touched},
        profile=profile,
        outcomes=tuple(
            _sum(one.id, one.title, [by_id[item] for item in items_of(profile, one.id, content)])
            for one in profile.outcome
        )
        if profile
        else (),
        unlinked=tuple(item for item in unlinked(profile, content).items if item in by_id) if profile else (),
        loose=tuple(piece.mark for piece in given.pieces if not set(piece.items) & set(by_id)),
        withheld=given.withheld,
    )


def _row(item: Item, section: str, given: Given, profile: Profile | None, own_words: Mapping[str, str]) -> Row:
    serving = [piece for piece in given.pieces if item.id in piece.items]
    return Row(
        item=item.id,
        title=item.short or item.title,
        section=section,
        own=given.own.get(item.id),
        own_words=own_words.get(item.id, ""),
        pieces=tuple(piece.mark for piece in serving),
        topics=tuple(dict.fromkeys(topic for piece in serving for topic in piece.topics)),
        judged=given.judged.get(item.id, ()),
        earlier=given.earlier.get(item.id, ""),
        outcomes=outcomes_of(profile, item.id) if profile else (),
    )


def _sum(id: str, title: str, rows: Sequence[Row]) -> Sum:
    own: dict[str, int] = {}
    for row in rows:
        if row.own_words:
            own[row.own_words] = own.get(row.own_words, 0) + 1
    return Sum(
        id=id,
        title=title,
        items=tuple(row.item for row in rows),
        covered=sum(row.covered for row in rows),
        own=own,
        pieces=tuple(dict.fromkeys(mark for row in rows for mark in row.pieces)),
    )
