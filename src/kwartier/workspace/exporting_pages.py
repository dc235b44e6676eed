"""The pages to read in what is given of a student: what there is, the report of a record, and every word in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kwartier.errors import KwartierError
from kwartier.instrument.model import AnyStep, Content
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.reports import markdown
from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph
from kwartier.reports.page_facts import page_note
from kwartier.workflow.periods import short
from kwartier.workflow.readers import words as readers_words
from kwartier.workspace import documents, exporting, outcomes
from kwartier.workspace.shelf import Shelf

WORDS = {
    "answer": "antwoorden",
    "approximate": "ongeveer",
    "by": "door",
    "consent": "toestemming",
    "date": "datum",
    "due": "voor",
    "earlier": "eerder",
    "evidence": "bewijs",
    "file": "bestand",
    "item": "onderdeel",
    "items": "bij onderdeel",
    "kind": "soort",
    "link": "plaats of adres",
    "missing": "geen antwoord",
    "name": "naam",
    "note": "opmerking",
    "part": "deel",
    "person": "persoon",
    "planned": "gepland",
    "readers": "wie dit leest",
    "reason": "reden",
    "reopened": "heropend",
    "sealed": "verzegeld",
    "size": "grootte in bytes",
    "skipped": "overgeslagen",
    "state": "stand",
    "taken_over": "overgenomen uit",
    "text": "tekst",
    "title": "titel",
    "topics": "momenten",
    "unknown": "niet bekend",
    "value": "antwoord",
    "who": "wie",
    "writer": "geschreven door",
}
"""What is said of a field; of any other its own name."""

_SKIPPED = ("schema", "digest", "snapshot", "explanations", "wording")
"""Fields for programs: they stand in the TOML beside it."""


def of_record(shelf: Shelf, found: exporting.Found, viewer: str) -> dict[str, str]:
    """The pages of a record by name: the whole report, and everything that was filled in."""
    pages = {}
    try:
        report = documents.document(shelf, found.ref, viewer, against=None, agreement=True)
        pages["verslag.md"] = markdown.write(report)
    except KwartierError as error:
        pages["verslag.md"] = f"Dit verslag is niet te maken: {error.message}\n"
    pages["alles.md"] = markdown.write(everything(found))
    return pages


def everything(found: exporting.Found) -> Document:
    """All that was filled in, step by step, also what no report tells: remarks, notes, sheets as they were before."""
    seen = found.seen
    blocks: list[Block] = [Paragraph("Alles wat bij elke stap is ingevuld, ook wat niet in het verslag staat.")]
    for step in seen.content.step:
        own = [(code, tree) for (name, code), tree in sorted(seen.record.personal.items()) if name == step.id]
        shared = seen.record.shared.get(step.id)
        if shared is None and not own:
            continue
        blocks.append(Heading(1, step.title))
        if shared is not None:
            blocks += _step(step, shared, seen, 2)
        for code, tree in own:
            blocks.append(Heading(2, seen.names.get(code) or code))
            blocks += _step(step, tree, seen, 3)
    title = f"{seen.header.title}: alles"
    about = f"{seen.organisation}, {found.ref.subject}"
    note = page_note(seen.content)
    return Document(title, about, seen.record.envelope.date, blocks=tuple(blocks), page_note=note)


def _step(step: AnyStep, tree: Tree, seen: outcomes.Seen, level: int) -> Iterator[Block]:
    single = [_line(key, value, seen) for key, value in tree.items() if key not in _SKIPPED and not _is_rows(value)]
    if single:
        yield Bullets(tuple(single))
    for key, rows in tree.items():
        if _is_rows(rows) and key not in _SKIPPED:
            if level == 2:
                yield Heading(2, WORDS.get(key, key).capitalize())
            else:
                yield Heading(3, WORDS.get(key, key).capitalize())
            yield Bullets(tuple(_row(row, seen) for row in rows))


def _row(row: Tree, seen: outcomes.Seen) -> str:
    told = []
    for key, value in row.items():
        if key in _SKIPPED or (key == "id" and len(str(value)) > 8):
            continue
        told.append(_item_words(str(value), seen.content) if key == "item" else _line(key, value, seen))
    return "; ".join(told)


def _line(key: str, value: Any, seen: outcomes.Seen) -> str:
    if key == "readers" and isinstance(value, list):
        return f"wie dit leest: {readers_words(map(str, value), seen.record, seen.content, seen.names)}"
    return f"{WORDS.get(key, key)}: {_value(value, seen)}"


def _value(value: Any, seen: outcomes.Seen) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{short(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return short(value)
    if isinstance(value, list):
        return ", ".join(f"({_row(one, seen)})" if isinstance(one, dict) else _value(one, seen) for one in value)
    if isinstance(value, dict):
        return _row(value, seen)
    text = str(value)
    return seen.names.get(text) or text


def _item_words(id: str, content: Content) -> str:
    title = next((item.title for item in content.items() if item.id == id), "")
    return f"{id} {title}".strip()


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


# -- the page that tells what there is


def index(
    shelf: Shelf,
    slug: str,
    subject: Subject,
    records: Sequence[exporting.Found],
    placed: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    left_out: Sequence[str],
) -> str:
    """The page that comes first."""
    organisation = shelf.organisation(slug).name
    blocks: list[Block] = [
        Callout(
            "warning",
            "Dit is alles wat kwartier over één persoon bewaart, in leesbare vorm. Bewaar het op een veilige plek.",
        ),
        Heading(1, "Wie"),
        Bullets(tuple(_who(shelf, slug, subject, organisation))),
        Heading(1, "Wat erin zit"),
        Bullets(tuple(names)),
    ]
    for found in records:
        blocks += [Heading(2, f"{found.seen.header.title}, {short(found.seen.record.envelope.date)}")]
        blocks.append(Paragraph(f"Map {exporting.folder_name(found.ref)}, verwijzing {found.ref}."))
    if placed:
        blocks += [Heading(1, "Plaatsingen"), Bullets(tuple(_placement(row) for row in placed))]
    if dues := list(_dues(shelf, slug, subject.code)):
        blocks += [Heading(1, "Op de agenda"), Bullets(tuple(dues))]
    if subject.handed_over:
        rows = [f"{short(row.date)}: {row.what} {row.to}".strip() for row in subject.handed_over]
        blocks += [Heading(1, "Meegegeven"), Bullets(tuple(rows))]
    if left_out:
        blocks += [Heading(1, "Wat er niet in zit"), Bullets(tuple(left_out))]
    title = f"Alles van {subject.name or subject.code}"
    return markdown.write(Document(title, organisation, shelf.today(), blocks=tuple(blocks)))


def _who(shelf: Shelf, slug: str, subject: Subject, organisation: str) -> Iterator[str]:
    yield f"Code: {subject.code}"
    if subject.name:
        yield f"Naam: {subject.name}"
    yield f"Organisatie: {organisation}"
    if subject.note:
        yield f"Opmerking: {subject.note}"
    yield f"Bewaren tot: {exporting.retention(shelf, slug, subject) or 'niet gezegd'}"


def _placement(row: Mapping[str, Any]) -> str:
    days = [f"{word} {short(row[key])}" for key, word in (("start", "van"), ("end", "tot")) if key in row]
    level = f"niveau {row['level']}" if "level" in row else ""
    return ", ".join(filter(None, [f"Bij {row['workplace']}", *days, level, row.get("note", "")]))


def _dues(shelf: Shelf, slug: str, code: str) -> Iterator[str]:
    for one in outcomes.agenda(shelf, [slug], lambda done, of: None):
        parts = one.ref.split("/")
        if (len(parts) == 4 and parts[2] == code) or (len(parts) == 1 and one.step == code):
            yield f"{short(one.day) if one.day else 'Nu'}: {one.text}"
