"""What the interview is about at an item: its questions with their ticks, what was not spoken of yet, and search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from kwartier.instrument import model as m
from kwartier.records.files import InterviewFile, RawNotesFile
from kwartier.records.record import Record
from kwartier.workflow.paragraphs import as_text


class Question(Struct, frozen=True):
    """An interview question, with what was decided about it in this record."""

    id: str
    text: str
    essential: bool
    asked: bool


class Hit(Struct, frozen=True, kw_only=True):
    """A place where a searched text stands. `item` is empty for loose notes, `person` for a question."""

    kind: Literal["note", "question"]
    item: str
    person: str = ""
    question: str = ""
    at: int = 0
    "Characters from the begin of the person's text of this item."
    excerpt: str


def questions(item: m.Item, file: InterviewFile) -> list[Question]:
    """The questions of an item in the order of the instrument."""
    rows = {row.id: row for row in file.prompt if row.item == item.id}
    found = []
    for prompt in item.prompts:
        row = rows.get(prompt.id)
        essential = prompt.essential if row is None or row.essential is None else row.essential
        found.append(Question(prompt.id, prompt.text, essential, row is not None and row.asked))
    return found


def following(asked: Sequence[Question], after: str) -> str:
    """The question to ask after this one: the next that was not asked, going round; else simply the next."""
    places = {one.id: place for place, one in enumerate(asked)}
    here = places.get(after, -1)
    round_ = [*asked[here + 1 :], *asked[: here + 1]]
    found = next((one for one in round_ if not one.asked), round_[0] if round_ else None)
    return found.id if found else ""


def undiscussed(content: m.Content, record: Record, step: str) -> list[str]:
    """The items of which no question was asked and nobody (of whom it may be seen) noted anything."""
    spoken = {row.item for row in record.read(step, InterviewFile).prompt if row.asked}
    for _, file in notes_of(record, step):
        spoken |= {row.item for row in file.note}
    return [item.id for item in content.items() if item.id not in spoken]


def notes_of(record: Record, step: str) -> Iterator[tuple[str, RawNotesFile]]:
    """Whose raw notes may be seen, with the notes."""
    for code in sorted(code for name, code in record.personal if name == step):
        yield code, record.read_of(step, code, RawNotesFile)


def find(content: m.Content, record: Record, step: str, text: str, *, first: str = "", most: int = 200) -> list[Hit]:
    """Where a text stands in raw notes (those of `first` come first) and in questions, capitals aside; at most so many.

    A text of blanks stands nowhere.
    """
    if not text.strip():
        return []
    wanted = re.compile(re.escape(text.strip()), re.IGNORECASE)
    found: list[Hit] = []
    for code, file in sorted(notes_of(record, step), key=lambda one: one[0] != first):
        for item in ("", *(one.id for one in content.items())):
            noted = as_text(file.note, item)
            for match in wanted.finditer(noted):
                excerpt = _around(noted, match)
                found.append(Hit(kind="note", item=item, person=code, at=match.start(), excerpt=excerpt))
    for one in content.items():
        for prompt in one.prompts:
            if first_match := wanted.search(prompt.text):
                excerpt = _around(prompt.text, first_match)
                found.append(Hit(kind="question", item=one.id, question=prompt.id, excerpt=excerpt))
    return found[:most]


def matching(items: Sequence[m.Item], text: str) -> list[m.Item]:
    """The items whose number is `text`, then whose number begins with it, then with its words in their title."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(items)
    words = wanted.split()

    def rank(item: m.Item) -> int:
        number = item.id.casefold()
        if number == wanted:
            return 0
        if number.startswith(wanted):
            return 1
        title = f"{item.title} {item.short}".casefold()
        return 2 if all(word in title for word in words) else 3

    return sorted((item for item in items if rank(item) < 3), key=rank)


def _around(text: str, match: re.Match[str]) -> str:
    """The found words with some of what stands around them."""
    begin, end = max(0, match.start() - 24), min(len(text), match.end() + 40)
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
