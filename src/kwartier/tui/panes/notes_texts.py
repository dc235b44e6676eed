"""What stands beside a text that is being written: raw notes, earlier texts, and what is asked. No widgets."""

from __future__ import annotations

from textual.content import Content

from kwartier.instrument import model as m
from kwartier.instrument.selection import scale_of
from kwartier.records import files as f
from kwartier.text import clean
from kwartier.tui.safe import parts
from kwartier.workflow.people import assessor_role, person
from kwartier.workflow.settled import is_definitive
from kwartier.workspace.desk import Desk

MUTED = "$text-muted"


def why_closed(desk: Desk, step: m.NotesStep) -> str:
    """Why nothing can be written here; empty where that can be done."""
    if desk.locked:
        return desk.locked
    if step.settled and is_definitive(desk.record, desk.content):
        return "Het verslag is definitief, dus deze teksten liggen vast. Heropenen kan in de stap van het verslag."
    return desk.closed(step.id)


def raw_notes(desk: Desk, item: str) -> list[tuple[str, list[str]]]:
    """Per assessor who noted something: who that is, and the paragraphs on this item ("" for the loose ones)."""
    found = []
    for step in desk.content.step:
        if not isinstance(step, m.InterviewStep):
            continue
        for one in desk.record.envelope.person:
            if (step.id, one.id) in desk.record.personal:
                file = desk.record.read_of(step.id, one.id, f.RawNotesFile)
                texts = [row.text for row in file.note if row.item == item]
                if texts:
                    found.append((one.id, texts))
    return found


def with_raw_notes(desk: Desk, step: m.NotesStep) -> bool:
    """Whether this is written from raw notes; what one person of the organisation writes is not."""
    return step.by != "person" and any(isinstance(one, m.InterviewStep) for one in desk.content.step)


def may_see_raw_notes(desk: Desk) -> bool:
    """Whether somebody sits here who may read raw notes."""
    return desk.viewer is not None and person(desk.record, desk.viewer) is not None


def raw_beside(desk: Desk, step: m.NotesStep, item: str) -> Content:
    """The raw notes on an item with whose they are, and the loose ones."""
    if not with_raw_notes(desk, step):
        others = _other_texts(desk, step, item)
        nothing = "" if others.plain else "\n\nHier is eerder niets over geschreven."
        return parts(("Eerder geschreven", "bold"), (_chord("omschrijvingen"), MUTED), nothing, others)
    head = parts(("Ruwe aantekeningen", "bold"), (_chord("omschrijvingen"), MUTED))
    if not may_see_raw_notes(desk):
        role = assessor_role(desk.content)
        many = (role.many or role.title) if role else "wie het gesprek voerden"
        return parts(head, f"\nRuwe aantekeningen zijn alleen voor de {many}: ctrl+r.", _other_texts(desk, step, item))
    pieces = [head]
    own = raw_notes(desk, item) if item else []
    if item and not own:
        pieces.append(parts("\n", ("Bij dit item is niets genoteerd.", MUTED)))
    for code, texts in own:
        pieces.append(parts("\n", (desk.name(code), "bold"), "\n", "\n".join(texts)))
    for code, texts in raw_notes(desk, ""):
        pieces.append(parts("\n", (f"Los, {desk.name(code)}", "bold"), "\n", "\n".join(texts)))
    pieces += [parts("\n\n", (line, MUTED)) for line in _destroyed(desk)]
    return parts(*pieces, _other_texts(desk, step, item))


def _chord(other: str) -> str:
    return f"  ctrl+w: {other}"


def _destroyed(desk: Desk) -> list[str]:
    told = []
    for step in desk.content.step:
        if isinstance(step, m.InterviewStep):
            for one in desk.record.envelope.person:
                if (step.id, one.id) in desk.record.personal:
                    moment = desk.record.read_of(step.id, one.id, f.RawNotesFile).destroyed
                    if moment is not None:
                        told.append(f"De aantekeningen van {desk.name(one.id)} zijn vernietigd op {moment:%d-%m-%Y}.")
    return told


def _other_texts(desk: Desk, step: m.NotesStep, item: str) -> Content:
    """What was written on this item in the steps before, and what stood here when it was scored."""
    pieces = []
    for one in desk.content.step:
        if one.id == step.id:
            break
        if isinstance(one, m.NotesStep):
            file = desk.record.read(one.id, f.NotesFile)
            text = next((row.text for row in file.explanation if row.item == item), "") if item else file.text
            if text:
                pieces.append(parts("\n\n", (clean(one.title), "bold"), "\n", text))
    for row in desk.record.read(step.id, f.NotesFile).earlier:
        if row.item == item:
            pieces.append(parts("\n\n", (f"Tot {row.replaced:%d-%m-%Y} stond hier", "bold"), "\n", row.text))
    return parts(*pieces)


def asked_beside(desk: Desk, item: m.Item | None, step: m.NotesStep) -> Content:
    """What is scored with an item: its statement and what each score stands for."""
    other = "ruwe aantekeningen" if with_raw_notes(desk, step) else "eerder geschreven"
    head = parts(("Omschrijvingen", "bold"), (_chord(other), MUTED))
    if item is None:
        return parts(head, "\n\n", step.guidance)
    pieces = [head]
    if item.statement:
        pieces.append(parts("\n", item.statement))
    scale = scale_of(desk.content, item)
    for place, option in enumerate(scale.options):
        words = item.anchors[place] if place < len(item.anchors) else option.title
        if words:
            pieces.append(parts("\n", (f"{option.value}  ", "bold"), words))
    for part in item.parts:
        pieces.append(parts("\n", f"- {part.title}"))
    if item.prompts:
        pieces.append(parts("\n\n", ("Interviewvragen", "bold")))
        pieces += [parts("\n", f"{'★' if prompt.essential else ' '} {prompt.text}") for prompt in item.prompts]
    if item.source:
        pieces.append(parts("\n\n", (item.source, MUTED)))
    return parts(*pieces)
