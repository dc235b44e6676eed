"""What the screen of an organisation says, as rows and words; nothing is drawn or decided here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from kwartier.text import one_line
from kwartier.tui.safe import parts
from kwartier.tui.screens.workplace_told import places
from kwartier.tui.widgets.agenda_list import groups as agenda_groups
from kwartier.tui.widgets.agenda_list import key_of, short_day
from kwartier.tui.widgets.grouped_lines import Group, Told
from kwartier.workflow.periods import short
from kwartier.workspace.overview import DueLine
from kwartier.workspace.summaries import SHUT, result_words

if TYPE_CHECKING:
    from kwartier.workspace.action_points import ActionPoint
    from kwartier.workspace.portrait import Portrait
    from kwartier.workspace.summaries import Summary

NEW = "nieuw"
"""The key of the row that begins a measurement."""
SUBJECT = "onderwerp\n"
"""What the key of a workplace or student begins with; its code follows."""


def who(found: Portrait) -> Content:
    """Who it is, in one or two lines; nothing is said of what is not known."""
    one = found.organisation
    words = []
    if one is not None:
        words = [one.kind, one.place, f"{one.clients} cliënten" if one.clients is not None else ""]
        words.append(f"onderdeel van {found.above}" if one.part_of else "")
    first = " · ".join(one_line(word, 60) for word in words if word)
    pieces = [f"{first or 'Soort en aantal cliënten zijn niet ingevuld'}  (e gegevens)"]
    if found.parts:
        listed = ", ".join(one_line(name, 30) for _, name in found.parts[:8])
        more = f" en nog {len(found.parts) - 8}" if len(found.parts) > 8 else ""
        pieces.append(f"Onderdelen: {listed}{more}")
    if one is not None and one.note:
        pieces.append(one_line(one.note, 200))
    told = parts("\n".join(pieces))
    return parts((f"! {found.problem}\n", "$text-warning bold"), told) if found.problem else told


def instrument_name(found: Portrait, instrument: str) -> str:
    """The short title of an instrument, or its id where it is not installed."""
    header = next((one.header for one in found.instruments if one.id == instrument), None)
    return header.short if header else instrument.upper()


def named(one: Summary) -> str:
    """A measurement in a list of choices."""
    return f"{short(one.date)} · {stand(one)}"


def stand(one: Summary) -> str:
    """Where a measurement stands, in words."""
    if one.next == SHUT:
        return SHUT
    if one.problem:
        return f"niet te lezen: {one.problem}"
    if one.next == SHUT:
        return SHUT
    if one.paper:
        words = "overgenomen van papier"
    elif one.definitive:
        words = "definitief"
    else:
        words = "loopt"
    words += result_words(one)
    if one.next:
        words += f"; nu: {one.next.lower()}" + (f" ({one.detail})" if one.detail else "")
    return words + (" · alleen lezen" if one.locked else "")


def time_lines(found: Portrait) -> list[Group]:
    """The measurements, a time line for each instrument and subject, oldest first; its subjects before theirs."""
    lines: dict[tuple[str, str], list[Summary]] = {}
    for one in found.summaries:
        lines.setdefault((one.instrument, one.subject), []).append(one)
    made: list[Group] = []
    among = False
    for (instrument, subject), its in sorted(lines.items(), key=lambda line: (bool(line[0][1]), line[0])):
        if subject and not among:
            made += places(found.subjects, found.today, SUBJECT)
            among = True
        title = instrument_name(found, instrument) + (f" · {subject}" if subject else "")
        rows = [_measurement(one, last=one is its[-1]) for one in its]
        made.append(Group(title, rows, _remark(found, instrument)))
    if not among:
        made += places(found.subjects, found.today, SUBJECT)
    new = Told(NEW, "+", (), "Nieuwe meting (n)")
    made.append(Group("" if made else "Nog geen metingen", [new]))
    return made


def _remark(found: Portrait, instrument: str) -> str:
    listing = next((one for one in found.instruments if one.id == instrument), None)
    if listing is None:
        return "Dit instrument is hier niet geïnstalleerd: wat er staat is alleen te lezen."
    if not listing.usable:
        return f"Dit instrument is {listing.state.word}: {listing.reason} Wat er staat is alleen te lezen."
    return ""


def _measurement(one: Summary, *, last: bool) -> Told:
    if one.problem:
        sign, look = "!", "warning"
    elif one.definitive or one.paper:
        sign, look = "●", ""
    else:
        sign, look = "○", "strong"
    return Told(one.ref, sign, ((short(one.date), 13),), stand(one), look, "warning" if one.problem else "")


def following(found: Portrait) -> list[Group]:
    """The conditions and action points that are open, the agenda, and those that are closed."""
    opened = [one for one in found.actions if not one.closed]
    closed = [one for one in found.actions if one.closed]
    made = []
    for title, kind in (("Voorwaarden", "condition"), ("Actiepunten", "action")):
        if its := [one for one in opened if one.kind == kind]:
            made.append(Group(title, [_action(one, found) for one in its]))
    made += [Group(f"Agenda · {one.title}" if one.title else "", one.rows, one.remark) for one in _agenda(found)]
    for title, kind in (("Afgesloten voorwaarden", "condition"), ("Afgesloten actiepunten", "action")):
        if its := [one for one in closed if one.kind == kind]:
            made.append(Group(title, [_action(one, found) for one in its]))
    return made


def _action(one: ActionPoint, found: Portrait) -> Told:
    late = one.due is not None and one.due < found.today and not one.closed
    sign = "✓" if one.closed else "!" if late else "○"
    when = [one.state]
    if one.due and not one.closed:
        when.append(f"{'te laat, ' if late else ''}klaar {short_day(one.due, found.today)}")
    if one.review:
        when.append(f"evalueren {short_day(one.review, found.today)}")
    if one.who:
        when.append(found.names.get(one.who) or one.who)
    words = " · ".join(when)
    key = key_of(one.ref, one.step, f"{one.kind} {one.number}")
    return Told(key, sign, ((one.text, -3),), words, "warning" if late else "")


def _agenda(found: Portrait) -> list[Group]:
    names = {(found.slug, code): name for code, name in found.names.items()}
    return agenda_groups(list(_dues(found)), found.today, names, whose=False)


def _dues(found: Portrait) -> Iterator[DueLine]:
    for one in found.agenda:
        yield DueLine(found.slug, found.name, one.ref, one.step, one.kind, one.text, one.day, one.person)
