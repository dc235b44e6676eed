"""Making a report definitive, opening it again, and the versions that were made: the questions and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kwartier.errors import Refused
from kwartier.tui.panes.report_dialogs import DefinitiveDialog, Settling, change_words, meaning, version_title
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import Ask, Confirm
from kwartier.workflow import settled
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.tui.panes.report import ReportPane
    from kwartier.workspace.desk import Desk


async def ask_definitive(pane: ReportPane) -> None:
    """Asks who and when, and makes the report definitive."""
    desk, measurement = pane.desk, pane.measurement
    if desk.locked:
        raise Refused("locked", desk.locked)
    if settled.is_definitive(desk.record, desk.content):
        raise Refused("is-definitive", "Het verslag is al definitief.", advice="Heropenen kan met h, met een reden.")
    settled.require_all_agreed(desk.record, desk.content)
    workspace = await pane.kwartier.workspace()
    if errors := measurement.save_now():
        raise errors[0]
    unfinished = [one.title for one in workspace.unfinished(desk.ref)]
    number = len(settled.versions(desk.record, desk.content)) + 1
    text = meaning(number, unfinished, pane.asked(open_only=True))
    who = desk.name(desk.viewer) if desk.viewer else ""

    def answered(one: Settling | None) -> None:
        if one is None:
            return

        async def sure(yes: bool | None) -> None:
            if yes:
                await measurement.do(
                    lambda: workspace.finalise(desk.ref, by=one.by or None, on=one.day),
                    told=f"Het verslag is definitief: versie {number}.",
                )

        by = f"{one.by}, " if one.by else ""
        told = f"Versie {number}, {by}{short(one.day)}. Dit kan niet ongedaan gemaakt worden."
        pane.app.push_screen(Confirm("Verslag definitief maken?", told, yes="Definitief maken", no="Nog niet"), sure)

    pane.app.push_screen(DefinitiveDialog(text, who, desk.today), answered)


async def ask_reopen(pane: ReportPane) -> None:
    """Opens a definitive report again, with a reason."""
    desk, measurement = pane.desk, pane.measurement
    if not settled.is_definitive(desk.record, desk.content):
        raise Refused("not-definitive", "Het verslag is niet definitief.", advice="U kunt gewoon verder werken.")
    workspace = await pane.kwartier.workspace()

    async def answered(reason: str | None) -> None:
        if reason is not None:
            await measurement.do(
                lambda: workspace.reopen_report(desk.ref, reason=reason), told="De meting is weer open."
            )

    told = (
        "De definitieve versie blijft bewaard. Wat vastlag, kan weer veranderen; het volgende definitieve verslag "
        "zegt wat er veranderd is, en noemt deze reden. Dit kan niet ongedaan gemaakt worden.\n\nWaarom?"
    )
    pane.app.push_screen(Ask("De meting heropenen", told, lines=True, ok="Heropenen (ctrl+s)"), answered)


def versions_told(desk: Desk) -> Content | None:
    """The definitive versions, newest first, each with what changed since the one before; None where there is none."""
    content = desk.content
    made = settled.versions(desk.record, content)
    if not made:
        return None
    pieces: list[Part] = []
    for place in reversed(range(len(made))):
        one = made[place]
        by = desk.name(one.by) if one.by else ""
        pieces.append((f"{version_title(place + 1, one.date, by)}\n", "bold"))
        if one.reopened:
            pieces.append(f"Heropend op {short(one.reopened)}: {one.reason}\n")
        if place:
            changed = settled.changes(content, made[place - 1], one)
            pieces.append(f"Veranderd sinds versie {place}:\n" if changed else f"Gelijk aan versie {place}.\n")
            pieces += [f"• {change_words(change)}\n" for change in changed]
        pieces.append("\n")
    return parts(*pieces)
