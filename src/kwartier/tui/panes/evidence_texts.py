"""What is said of a piece of evidence: in the list, and all of it beside or below the list. No widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content as Shown

from kwartier.instrument.model import EvidenceStep, Topic
from kwartier.records.files import EVERYONE, AttachedFile, Evidence
from kwartier.text import one_line
from kwartier.tui.safe import Part, parts
from kwartier.workflow import readers as reading
from kwartier.workflow.beside import size_words
from kwartier.workflow.periods import short
from kwartier.workspace.desk import Desk

FILE = "▤"
"""Stands before the size of a file."""
FEW = 4
"""So many items are named in the list; of more it says how many."""
DIGEST = 12
"""So much of a digest is shown."""
MOST_OF_A_NAME = 30
"""Cells of the name of a file in a list."""

MOST_OF_A_LINE = 200
"""Cells of an address or a remark in the list; the detail has all of it."""


def is_owner(desk: Desk, step: EvidenceStep) -> bool:
    """Whether who sits here is the one who keeps this."""
    return not reading.is_owned(step) or desk.viewer in reading.owners(desk.record, desk.content, step)


def whose(desk: Desk, step: EvidenceStep) -> str:
    """The name of who keeps this, else what that is called."""
    code = reading.owner(desk.record, desk.content, step)
    role = next((one.title for one in desk.content.role if one.id == step.role), "")
    return desk.name(code) if code and desk.name(code) != code else f"de {role}" if role else code


def readers_words(desk: Desk, readers: Sequence[str]) -> str:
    """Who reads something, to who keeps it: alleen u, iedereen, u en meesters."""
    if not readers:
        return "alleen u"
    told = reading.words(readers, desk.record, desk.content, desk.seen.names)
    return told if EVERYONE in readers else f"u en {told}"


def file_told(file: AttachedFile) -> str:
    """A file: its name, its size, and the beginning of its digest."""
    return f"{file.name}, {size_words(file.size)}, sha256 {file.digest.rpartition(':')[2][:DIGEST]}…"


def row_told(desk: Desk, step: EvidenceStep, row: Evidence) -> Shown:
    """A piece in the list: its title, and below it what is known of it in short."""
    told = [one for one in (row.kind, short(row.date) if row.date else "") if one]
    if 0 < len(row.items) <= FEW:
        told.append(f"item {', '.join(row.items)}")
    elif row.items:
        told.append(f"{len(row.items)} items")
    if row.file is not None:
        told.append(f"{FILE} {one_line(row.file.name, MOST_OF_A_NAME)}, {size_words(row.file.size)}")
    if step.private and is_owner(desk, step):
        told.append(f"leest: {readers_words(desk, row.readers)}")
    link = f"\n{one_line(row.link, MOST_OF_A_LINE)}" if row.link and not step.private else ""
    note = f"\n{row.note}" if row.note and not step.private else ""
    return parts(
        (row.title, "bold"),
        (f"\n{' · '.join(told)}" if told else "", "$text-muted"),
        (link, "$text-muted"),
        (note, "$text-muted"),
    )


def detail(desk: Desk, step: EvidenceStep, row: Evidence, *, short_lists: bool = False) -> Shown:
    """All that is known of a piece; with `short_lists` the items and topics take no more than a line each."""
    pieces: list[Part | Shown] = [(row.title, "bold")]
    told = ", ".join(one for one in (row.kind, short(row.date) if row.date else "") if one)
    if told:
        pieces.append(f"\n{told}")
    if step.private and is_owner(desk, step):
        pieces += [("\nDit lezen: ", "bold"), readers_words(desk, row.readers)]
    if row.file is not None:
        pieces += [(f"\nBestand {FILE} ", "bold"), file_told(row.file)]
    if row.link:
        pieces += [("\nVindplaats: ", "bold"), row.link]
    titles = {item.id: item.short or item.title for item in desk.content.items()}
    lists = [("Over", [f"{id} {titles.get(id, '')}".strip() for id in row.items]), *_topics(desk, row)]
    for title, lines in filter(lambda one: one[1], lists):
        if short_lists:
            pieces += [(f"\n{title}: ", "bold"), ", ".join(lines)]
        else:
            pieces += [(f"\n\n{title}", "bold"), "".join(f"\n  {one}" for one in lines)]
    if row.note:
        pieces += [("\nOpmerking: " if short_lists else "\n\nOpmerking\n", "bold"), row.note]
    return parts(*pieces)


def _topics(desk: Desk, row: Evidence) -> Iterator[tuple[str, list[str]]]:
    title = desk.content.topic_title or "onderwerpen"
    for group, found in by_group([one for one in desk.content.topic if one.id in row.topics]):
        of = f" ({group})" if group else ""
        yield f"{title[:1].upper()}{title[1:]}{of}", [one.title for one in found]


def by_group(topics: Sequence[Topic]) -> list[tuple[str, list[Topic]]]:
    """Topics under the edition or list that each stands in."""
    groups = dict.fromkeys(one.group for one in topics)
    return [(group, [one for one in topics if one.group == group]) for group in groups]
