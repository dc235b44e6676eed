"""How things of a record are said in a sentence: items, answers, people. No questions."""

from __future__ import annotations

from kwartier.analysis.answers import Answer
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import AnyStep, Content, Item, NotesStep, Option, Scale
from kwartier.instrument.selection import items_of, section_of
from kwartier.records.files import NotesFile
from kwartier.records.record import Record
from kwartier.workflow.texts import text_on

_SIGNS = {"→": "naar", "·": ",", "−": "min ", "≥": "ten minste", "≤": "ten hoogste", "✓": "ja", "✗": "nee"}
"""Signs of kwartier's own that a screen reader spells out or passes over."""


def aloud(text: str) -> str:
    """A text with words in the place of signs."""
    for sign, word in _SIGNS.items():
        text = text.replace(f" {sign} ", f"{word} " if word == "," else f" {word} ").replace(sign, word)
    return text


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.rstrip()[-1:] in tuple(".?!…:") else f"{text}."


def title(item: Item) -> str:
    """An item with its number."""
    return f"Item {item.id}, {item.title}"


def place_of(content: Content, item: Item, step: AnyStep) -> str:
    """Where an item stands among those of a step, and the section where it is the first of it."""
    items = [one.id for one in items_of(content, step)]
    section = section_of(content, item.id)
    first = next(one.id for one in section.item if one.id in items) == item.id
    word = content.section_word or "deel"
    named = f"{word[:1].upper()}{word[1:]} {section.id}, {section.title}.\n" if first else ""
    return f"{named}{title(item)}, {items.index(item.id) + 1} van {len(items)}"


def option_title(one: Option) -> str:
    """An answer of a scale: 4, vol; or only its title."""
    value = str(one.value)
    return value if one.title in ("", value) else f"{value}, {one.title}" if isinstance(one.value, int) else one.title


def answer(given: Answer | None, scale: Scale, *, note: str = "opmerking") -> str:
    """An answer with its remark."""
    if given is None or not given.answered:
        said = "niets ingevuld"
    elif given.missing:
        said = f"{scale.missing_title}, {given.missing}"
    else:
        said = next((option_title(one) for one in scale.options if one.value == given.value), str(given.value))
    return f"{said}; {note}: {given.note}" if given is not None and given.note else said


def anchors(item: Item, scale: Scale) -> str:
    """What each answer means for an item."""
    lines = [f"{option_title(one)}: {text}" for one, text in zip(scale.options, item.anchors, strict=False)] or [
        option_title(one) for one in scale.options
    ]
    return "\n".join(lines)


def explanations(record: Record, content: Content, item: Item, *steps: str) -> str:
    """What was written about an item in these steps (all, where none are named)."""
    lines = []
    for step in content.step:
        if isinstance(step, NotesStep) and (not steps or step.id in steps):
            now = text_on(record, content, step, item)
            lines += [f"{_capital(now[0])}: {now[1]}"] if now is not None and now[1] else []
            earlier = [row.text for row in record.read(step.id, NotesFile).earlier if row.item == item.id]
            lines += [f"{_capital(step.label)}, zoals eerst verzegeld: {text}" for text in earlier]
    return "\n".join(lines) or "Bij dit item is nog niets geschreven."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def people(work: Work, role: str = "") -> list[tuple[str, str]]:
    """Who fill in and have not stopped: code and name."""
    persons = work.see().record.envelope.person
    return [(one.id, work.name(one.id)) for one in persons if one.stopped is None and (not role or one.role == role)]
