"""The texts that are scored: their digest, and what they were when a sheet was sealed on them."""

from __future__ import annotations

from datetime import datetime

from kwartier.instrument.model import ConsensusStep, Content, EvidenceStep, Item, NotesStep, ScoreStep
from kwartier.instrument.selection import items_of
from kwartier.records.canonical import digest
from kwartier.records.files import NotesFile
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.beside import agreed_told, answers_told, evidence_told


def digest_of_texts(file: NotesFile) -> str:
    """The digest of the texts per item, and nothing else of the file; of no texts at all an empty text."""
    texts = {row.item: row.text for row in file.explanation if row.text}
    return digest(texts) if texts else ""


def with_earlier(before: Tree, after: Tree, *, now: datetime, scored: bool) -> Tree:
    """`after`, keeping beside it what each changed text was, once somebody has sealed a sheet on it.

    So the consensus can show what a score was based on. Rows get the id `<item>-<n>`.
    """
    if not scored:
        return after
    new = {row["item"]: row.get("text", "") for row in after.get("explanation", [])}
    kept = list(after.get("earlier", []))
    for row in before.get("explanation", []):
        text = row.get("text", "")
        if text and new.get(row["item"], "") != text:
            number = sum(1 for one in kept if one.get("item") == row["item"]) + 1
            kept.append({"id": f"{row['item']}-{number}", "item": row["item"], "text": text, "replaced": now})
    return {**after, "earlier": kept} if kept else after


def is_scored(record: Record, content: Content, step: NotesStep) -> bool:
    """Whether somebody has sealed a sheet on the texts of this step; that much is known of hidden sheets too."""
    steps = {one.id for one in content.step if isinstance(one, ScoreStep) and one.scored_on == step.id}
    return any(name in steps and "sealed" in tree for (name, _), tree in record.personal.items()) or any(
        name in steps and one.sealed for (name, _), one in record.hidden.items()
    )


def text_on(record: Record, content: Content, step: NotesStep, item: Item) -> tuple[str, str] | None:
    """What a notes step holds on an item, with what that is called; the text is empty where there is none yet.

    Where nothing is written on the item itself, that is the text on the item it belongs to, called so. None where the
    step asks neither.
    """
    asked = {one.id for one in items_of(content, step)}
    texts = {row.item: row.text for row in record.read(step.id, NotesFile).explanation if row.text}
    beside = item.beside if item.beside in asked else ""
    if item.id in asked and (item.id in texts or beside not in texts):
        return step.label, texts.get(item.id, "")
    return (f"{step.label} bij item {beside}", texts.get(beside, "")) if beside else None


def read_while_scoring(record: Record, content: Content, step: ScoreStep, item: Item) -> list[tuple[str, str]]:
    """What is read while an item is scored, each with what it is called: what is scored on first, then what is shown.

    Of a score step that is shown this is what was answered there, of a consensus what was agreed on, of evidence which
    pieces are about the item. Steps that are not asked with the parameters of the record, or not on this item, are left
    out.
    """
    steps = {one.id: one for one in content.step}
    found: list[tuple[str, str] | None] = []
    for id in (step.scored_on, *step.shows):
        shown = steps.get(id)
        if isinstance(shown, NotesStep):
            found.append(text_on(record, content, shown, item))
        elif isinstance(shown, ScoreStep):
            found.append(answers_told(record, content, shown, item))
        elif isinstance(shown, ConsensusStep):
            found.append(agreed_told(record, content, shown, item))
        elif isinstance(shown, EvidenceStep):
            found.append(evidence_told(record, shown, item))
    return [one for one in found if one is not None]
