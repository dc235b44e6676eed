"""What taking over a table would do and did, in Dutch words that every face uses; nothing is decided here."""

from __future__ import annotations

from kwartier.reports.phrases import counted
from kwartier.text import one_line
from kwartier.workflow.periods import MONTH_NAMES, short
from kwartier.workspace.importing_values import Change, Placed, Preview, Written

_SOME = 3
_SHOWN = 60
_SAME = 12
"""So much of what is the same stands before what is not."""


def when(placed: Placed) -> str:
    """The date of a record; where only the month is known, that month. `notices` says which day it gets."""
    day = placed.entry.day
    if day is None:
        return ""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}" if placed.entry.month else short(day)


def which(placed: Placed) -> str:
    """Which measurement it is, by its parameters: meting 1."""
    return ", ".join(f"{name} {value}" for name, value in placed.entry.parameters.items())


def answers(placed: Placed) -> str:
    """How many answers the record has afterwards, and how many cells of the table are empty."""
    blank = f", {placed.entry.blank} leeg" if placed.entry.blank else ""
    return f"{placed.answered} van {placed.asked}{blank}"


def change(one: Change) -> str:
    """A change as it is shown."""
    return f"{one.what}: {one.old} → {one.new}"


def what(placed: Placed) -> str:
    """What becomes of a record, in a few words."""
    match placed.state:
        case "new":
            return "nieuw, met organisatie" if placed.new_organisation else "nieuw"
        case "equal":
            return "staat er al"
        case "added":
            return f"vult aan: {_some(list(placed.additions))}"
        case "changed":
            also = f"; vult aan: {_some(list(placed.additions))}" if placed.additions else ""
            return f"verandert: {_some([change(one) for one in placed.changes])}{also}"


def _some(texts: list[str]) -> str:
    left = len(texts) - _SOME
    return ", ".join(one_line(text, 80) for text in texts[:_SOME]) + (f" en nog {left}" if left > 0 else "")


def summary(seen: Preview) -> list[str]:
    """What would be done, a line each."""
    new, equal, added, changed = (seen.of(state) for state in ("new", "equal", "added", "changed"))
    lines = [f"{counted(seen.rows, 'rij', 'rijen')} gelezen"]
    if new:
        lines.append(f"nieuw: {counted(len(new), 'meting', 'metingen')}{_made(seen)}")
    if added:
        lines.append(f"aangevuld: {counted(len(added), 'meting', 'metingen')}")
    if changed:
        lines.append(f"anders dan wat er staat: {counted(len(changed), 'meting', 'metingen')}")
    if equal:
        lines.append(f"staat er al: {counted(len(equal), 'meting', 'metingen')}")
    if seen.bad_rows:
        lines.append(f"niet goed: {counted(seen.bad_rows, 'rij', 'rijen')}")
    return lines


def _made(seen: Preview) -> str:
    number = len(seen.new_organisations)
    return f", in {counted(number, 'nieuwe organisatie', 'nieuwe organisaties')}" if number else ""


def notices(seen: Preview) -> list[str]:
    """What has to be known before it is done: guesses, columns that are passed over, months that become a day."""
    found = list(seen.notes)
    if seen.ignored:
        found.append(f"Deze kolommen zeggen kwartier niets en worden overgeslagen: {'; '.join(seen.ignored)}.")
    if any(one.entry.month and one.state == "new" for one in seen.placed):
        found.append("Van een uitslag waarvan alleen de maand bekend is, wordt de datum de eerste dag van die maand.")
    blank = sum(one.entry.blank for one in seen.placed)
    if blank:
        cells = counted(blank, "lege cel telt", "lege cellen tellen")
        found.append(f"{cells} als ontbrekend antwoord, niet als een 1.")
    short_of = sum(one.answered < one.asked and one.state != "equal" for one in seen.placed)
    if short_of:
        records = counted(short_of, "meting heeft", "metingen hebben")
        found.append(f"{records} niet alle antwoorden. Wat de tabel niet heeft, telt niet mee, ook niet als een 1.")
        found.append("Vraagt een totaal alle scores, dan is het er niet waar er een ontbreekt.")
    return found


def question(seen: Preview, *, good_rows: bool, changes: bool) -> str:
    """What is about to be done, to be agreed with; empty where there is nothing to do."""
    made, added = len(seen.of("new")), len(seen.of("added"))
    changed = len(seen.of("changed")) if changes else 0
    parts = []
    if made:
        number = len(seen.new_organisations)
        with_them = f"{counted(number, 'organisatie', 'organisaties')} en " if number else ""
        parts.append(f"{with_them}{counted(made, 'meting', 'metingen')} maken")
    if added:
        parts.append(f"{counted(added, 'meting', 'metingen')} aanvullen")
    if changed:
        parts.append(f"{counted(changed, 'meting', 'metingen')} veranderen")
    if not parts:
        return ""
    words = " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    left = f"; {counted(seen.bad_rows, 'rij blijft', 'rijen blijven')} weg" if good_rows and seen.bad_rows else ""
    return f"Dit gaat {words}{left}, met als bron '{seen.source}'."


def told(written: Written) -> str:
    """What was done (Dutch sentences)."""
    parts = []
    if written.organisations:
        parts.append(f"{counted(len(written.organisations), 'organisatie', 'organisaties')} gemaakt")
    if written.made:
        parts.append(f"{counted(len(written.made), 'meting', 'metingen')} gemaakt")
    if written.added:
        parts.append(f"{counted(len(written.added), 'meting', 'metingen')} aangevuld")
    if written.changed:
        parts.append(f"{counted(len(written.changed), 'meting', 'metingen')} veranderd")
    text = f"Overgenomen: {', '.join(parts)}." if parts else "Er is niets veranderd."
    if written.equal:
        text += f" {counted(written.equal, 'meting stond', 'metingen stonden')} er al."
    if written.unchanged:
        text += f" {counted(len(written.unchanged), 'meting verschilt', 'metingen verschillen')} en bleef zo."
    if written.bad_rows:
        text += f" {counted(written.bad_rows, 'rij is', 'rijen zijn')} niet overgenomen."
    return text.replace("verschillen en bleef zo", "verschillen en bleven zo")


def unlike(before: str, after: str) -> tuple[str, str]:
    """Two texts, each short enough to show, from a little before where they are no longer the same."""
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    place = min(len(before), len(after)) if same is None else same
    start = place - _SAME if place >= _SHOWN - _SAME else 0
    old, new = (one_line(("…" if start else "") + text[start:], _SHOWN) for text in (before, after))
    return old, new
