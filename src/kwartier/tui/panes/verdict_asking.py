"""What a verdict cannot do without is asked before it is given: a motivation, and a condition. All is one edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kwartier.instrument.model import Value
from kwartier.records.tree import Tree
from kwartier.tui.screens.dialogs import Ask, Choose
from kwartier.workflow.ruling import Proposal
from kwartier.workflow.verdicts import Offer, reason_wanted, title_of

if TYPE_CHECKING:
    from kwartier.tui.panes.verdict import VerdictPane

ALL, OWN = "+all", "+own"
"""Choices beside the conditions that are offered."""

Then = Callable[[Tree], None]


def decide(pane: VerdictPane, value: Value, found: Proposal | None, offered: Sequence[Offer]) -> None:
    """Gives a verdict; first asks for its motivation and its condition, where it cannot be without."""
    step, content, file = pane.verdict_step, pane.desk.content, pane.file
    title = title_of(content, step, value)
    given: Tree = {"value": value}
    if file.date is None:
        given["date"] = pane.desk.today
    if not file.by and pane.desk.viewer:
        given["by"] = pane.desk.viewer
    why = reason_wanted(content, step, value, found.verdict if found else None)
    needs_condition = value in step.conditional and not file.condition

    def give(made: Tree) -> None:
        # Not in the dialog's own message: there a refusal would end the app's screen, here it is a message.
        pane.guarded(partial(_give, pane, made, f"{step.label} {title}"))

    def then(made: Tree) -> None:
        if needs_condition:
            _ask_condition(pane, title, made, offered, give)
        else:
            give(made)

    if why and not file.reason.strip():
        _ask_reason(pane, title, why, given, then)
    elif needs_condition:
        _ask_condition(pane, title, given, offered, give)
    else:
        pane.give(given, f"{step.label} {title}")


def _give(pane: VerdictPane, made: Tree, name: str) -> None:
    """Gives it, and points at what is asked next: the condition without a person or a day."""
    pane.give(made, name)
    pane.point_at_loose()


def _ask_reason(pane: VerdictPane, title: str, why: str, given: Tree, then: Then) -> None:
    def answered(reason: str | None) -> None:
        if reason:
            then({**given, "reason": reason})

    text = f"U kiest ‘{title}’; {why}. Schrijf op waarom."
    pane.app.push_screen(Ask("Motivering", text, lines=True), answered)


def _ask_condition(pane: VerdictPane, title: str, given: Tree, offered: Sequence[Offer], then: Then) -> None:
    """Which of the conditions that are offered, or one of one's own."""
    if not offered:
        _ask_own(pane, title, given, then)
        return

    def answered(choice: str | None) -> None:
        if choice == OWN:
            _ask_own(pane, title, given, then)
        elif choice:
            rows = [{"id": one.id, "text": one.text} for one in offered if choice in (ALL, one.id)]
            then({**given, "condition": rows})

    choices = [(one.id, one.text) for one in offered]
    if len(offered) > 1:
        choices = [(ALL, f"alle {len(offered)} overnemen"), *choices]
    choices.append((OWN, "zelf een voorwaarde schrijven"))
    pane.app.push_screen(Choose("Welke voorwaarde?", choices, f"Bij ‘{title}’ hoort een voorwaarde."), answered)


def _ask_own(pane: VerdictPane, title: str, given: Tree, then: Then) -> None:
    def answered(text: str | None) -> None:
        if text:
            then({**given, "condition": [{"text": text}]})

    told = f"Bij ‘{title}’ hoort een voorwaarde. Wat moet er geregeld worden?"
    pane.app.push_screen(Ask("Voorwaarde", told, lines=True), answered)
