"""What is said when sheets were sealed on other texts than there are now. Which sheets count stands elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kwartier.records.files import Explanation, NotesFile, Sheet
from kwartier.workflow.texts import digest_of_texts

_AFTER = "na het scoren"


def rewritten(file: NotesFile, sealed: Mapping[str, Sheet]) -> str:
    """A Dutch sentence on the texts that changed or came after sealing; empty where every sheet is of these texts.

    Names items as far as they are known, and the codes of those who sealed only where not all sheets are concerned.
    """
    now = digest_of_texts(file)
    before = {code: sheet for code, sheet in sealed.items() if sheet.explanations != now}
    if not before:
        return ""
    when = _AFTER if len(before) == len(sealed) else _after_sealing(list(before))
    return _how(file, list(before.values()), when)


def text_then(file: NotesFile, item: str, sealed: datetime | None) -> str | None:
    """The text at an item when a sheet was sealed, where it is another one now; None where it is not, or not known."""
    was, changed = _texts_at(file, sealed)
    return next((row.text for row in was.explanation if row.item == item), "") if item in changed else None


def as_sum(words: Sequence[str]) -> str:
    """Words as a sum: a, b en c."""
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _after_sealing(codes: Sequence[str]) -> str:
    sealed = "het scoreblad verzegelde" if len(codes) == 1 else "hun scoreblad verzegelden"
    return f"nadat {as_sum(codes)} {sealed},"


def _how(file: NotesFile, sheets: Sequence[Sheet], when: str) -> str:
    """Which texts changed, as far as it is known: what a text was is kept, that there was none is not."""
    which = "de" if when == _AFTER else "die"
    if not any(sheet.explanations for sheet in sheets):
        return f"Pas {when} zijn de toelichtingen geschreven; {which} scores zijn zonder deze teksten gegeven."
    opening = when[0].upper() + when[1:]
    changed: set[str] = set()
    explained = True
    for sheet in sheets:
        was, items = _texts_at(file, sheet.sealed)
        changed.update(items)
        explained = explained and digest_of_texts(was) == sheet.explanations
    order = [row.item for row in file.explanation] + [row.item for row in file.earlier]
    place = _items(sorted(changed, key=order.index))
    if not explained:
        some = f", in elk geval {place}" if place else ""
        told = f"zijn er toelichtingen veranderd of bijgekomen{some}"
        return f"{opening} {told}; {which} scores zijn gegeven op de eerdere teksten."
    one = len(changed) == 1
    told = f"is de toelichting {place}" if one else f"zijn de toelichtingen {place}"
    return f"{opening} {told} aangepast; {which} scores zijn gegeven op de eerdere {'tekst' if one else 'teksten'}."


def _texts_at(file: NotesFile, moment: datetime | None) -> tuple[NotesFile, list[str]]:
    """The texts as they were then, as far as they were kept, and the items of which the text is another one now."""
    since = moment.timestamp() if moment else 0.0
    now = {row.item: row.text for row in file.explanation}
    was: dict[str, str] = {}
    for row in sorted(file.earlier, key=lambda row: row.replaced.timestamp()):
        if row.replaced.timestamp() >= since:
            was.setdefault(row.item, row.text)
    texts = {**now, **was}
    rows = tuple(Explanation(item=item, text=text) for item, text in texts.items())
    return NotesFile(explanation=rows), [item for item, text in was.items() if now.get(item, "") != text]


def _items(items: Sequence[str]) -> str:
    return f"bij item{'s' if len(items) > 1 else ''} {as_sum(items)}" if items else ""
