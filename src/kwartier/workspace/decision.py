"""What a programme has to keep of a student: the judgements that were agreed on, without anything they rest on.

No reflection, note, reason, evidence or feedback, and no name of anybody but the student. Through the gate, for
everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import KwartierError
from kwartier.instrument.model import ConsensusStep, Content, Item
from kwartier.instrument.selection import scale_of
from kwartier.records.files import SCHEMA, AnswerRow, ConsensusFile
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.store.refs import Ref
from kwartier.workflow.periods import short
from kwartier.workflow.settled import versions
from kwartier.workspace import outcomes, outside, subjects
from kwartier.workspace.shelf import Shelf

if TYPE_CHECKING:
    from kwartier.reports.document import Block, Document


def tree(shelf: Shelf, slug: str, code: str) -> Tree:
    """The decision as plain values. Raises `Locked` for a student that is locked, `Refused` for an unknown one."""
    known = subjects.subject(shelf, slug, code)
    records = [_record(shelf, ref) for ref in refs_of(shelf, slug, code)]
    return {
        "schema": SCHEMA,
        "kind": "decision",
        "made": shelf.today(),
        "organisation": shelf.organisation(slug).name,
        "student": {"id": known.id, "code": code, **({"name": known.name} if known.name else {})},
        "record": records,
    }


def refs_of(shelf: Shelf, slug: str, code: str) -> list[Ref]:
    """The records of a student, oldest first."""
    found = [ref for ref in shelf.folder.assessments(slug) if ref.subject == code]
    return sorted(found, key=lambda ref: (ref.date, ref.order))


def document(shelf: Shelf, slug: str, code: str) -> Document:
    """The decision to read."""
    from kwartier.reports.document import Document

    found = tree(shelf, slug, code)
    return Document(
        title="Besluit zonder bewijs",
        subject=", ".join(filter(None, [found["organisation"], found["student"].get("name", ""), code])),
        date=found["made"],
        blocks=tuple(_blocks(found)),
    )


def write(shelf: Shelf, slug: str, code: str, keep: Path, *, overwrite: bool) -> tuple[Path, Path]:
    """Writes the decision outside the data folder, to read and as TOML; both or neither where one is there already."""
    from kwartier.reports import markdown

    base = keep.with_suffix("") if keep.suffix in (".md", ".toml") else keep
    readable, values = (base.with_name(base.name + ending) for ending in (".md", ".toml"))
    data = toml.encode(tree(shelf, slug, code))
    text = markdown.write(document(shelf, slug, code)).encode()
    for path in (readable, values):
        outside.check_free(path, overwrite=overwrite)
    outside.write(readable, text, overwrite=overwrite)
    outside.write(values, data, overwrite=overwrite)
    return readable, values


# -- one record


def _record(shelf: Shelf, ref: Ref) -> Tree:
    try:
        seen = outcomes.see(shelf, ref, None)
    except KwartierError as error:
        if error.code == "locked":
            raise
        return {"ref": str(ref), "problem": error.message}
    envelope, content = seen.record.envelope, seen.content
    found: Tree = {
        "id": envelope.id,
        "ref": str(ref),
        "instrument": envelope.instrument,
        "title": seen.header.title,
        "edition": envelope.edition,
        "content": envelope.content,
        "date": envelope.date,
    }
    if envelope.parameters:
        found["parameters"] = {
            name: [*value] if isinstance(value, tuple) else value for name, value in envelope.parameters.items()
        }
        found["parameter_words"] = {one.id: one.title for one in content.parameter if one.id in envelope.parameters}
    if content.profile is not None:
        found["programme"] = {"id": content.profile.id, "title": content.profile.title}
        if content.profile.edition:
            found["programme"]["edition"] = content.profile.edition
    if definitive := [version.date for version in versions(seen.record, content)]:
        found["definitive"] = definitive
    judgements = [_judgement(step, seen.record, content) for step in content.step if isinstance(step, ConsensusStep)]
    found["judgement"] = [one for one in judgements if one["answer"]]
    return found


def _judgement(step: ConsensusStep, record: Record, content: Content) -> Tree:
    file = record.read(step.id, ConsensusFile)
    items = {item.id: item for item in content.items()}
    rows = [_answer(row, items.get(row.item), content) for row in file.answer]
    dated = {"date": file.date} if file.date else {}
    return {"id": step.id, "title": step.title, **dated, "answer": [row for row in rows if row]}


def _answer(row: AnswerRow, item: Item | None, content: Content) -> Tree:
    if row.value is None and not row.missing:
        return {}
    told: Tree = {"item": row.item, **({"part": row.part} if row.part else {})}
    if item is not None:
        told["title"] = item.title
    if row.value is not None:
        told |= {"value": row.value, "words": _words(row, item, content)}
    else:
        told["missing"] = row.missing
    return {**told, **({"taken_over": row.taken_over} if row.taken_over else {})}


def _words(row: AnswerRow, item: Item | None, content: Content) -> str:
    part = next((one for one in item.parts if one.id == row.part), None) if item else None
    options = scale_of(content, item, part).options if item else ()
    return next((one.title or str(one.value) for one in options if one.value == row.value), str(row.value))


# -- to read


def _blocks(found: Tree) -> Iterator[Block]:
    from kwartier.reports.document import Bullets, Callout, Heading, Paragraph

    name = found["student"].get("name", "")
    who = ", ".join(filter(None, [name, found["student"]["code"]]))
    yield Bullets((f"Student: {who}", f"Organisatie: {found['organisation']}"))
    yield Callout(
        "note",
        "Hier staat alleen wat is afgesproken: geen zelfbeoordeling, geen bewijs, geen toelichting en geen reacties. "
        "kwartier telt niets op en zegt niet of iemand geslaagd is.",
    )
    if not found["record"]:
        yield Paragraph("Er is van deze student niets beoordeeld.")
    for record in found["record"]:
        if "problem" in record:
            yield Heading(1, record["ref"])
            yield Paragraph(f"Dit is niet te lezen: {record['problem']}")
            continue
        yield Heading(1, f"{record['title']}, {short(record['date'])}")
        yield Bullets(tuple(_lines(record)))
        if not record["judgement"]:
            yield Paragraph("Hierin is nog niets samen beoordeeld.")
        for one in record["judgement"]:
            yield from _told(one)


def _lines(record: Tree) -> Iterator[str]:
    yield f"Verwijzing: {record['ref']} ({record['id']})"
    if "programme" in record:
        yield f"Opleiding: {' '.join(filter(None, [record['programme']['title'], record['programme'].get('edition')]))}"
    for name, value in record.get("parameters", {}).items():
        words = record.get("parameter_words", {}).get(name, name)
        yield f"{words}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
    yield f"Instrument: {record['instrument']}, editie {record['edition']}"
    if record.get("definitive"):
        yield f"Definitief: {', '.join(short(day) for day in record['definitive'])}"


def _told(one: Tree) -> Iterator[Block]:
    from kwartier.reports.document import Heading, Table

    yield Heading(2, one["title"] + (f", {short(one['date'])}" if "date" in one else ""))
    rows = tuple(
        (
            row["item"] + (f", {row['part']}" if "part" in row else ""),
            row.get("title", ""),
            row.get("words") or row.get("missing", ""),
            row.get("taken_over", ""),
        )
        for row in one["answer"]
    )
    yield Table(one["title"], ("Nr", "Onderdeel", "Samen beoordeeld", "Overgenomen uit"), rows)
