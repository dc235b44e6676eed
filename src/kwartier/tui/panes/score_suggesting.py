"""Scores that facts suggest, beside a sheet: which line each is for, and taking one over, never by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as Choice

from kwartier.errors import Refused
from kwartier.instrument.model import Option
from kwartier.records.files import AnswerRow
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.safe import line as on_line
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.suggestion_words import differs

if TYPE_CHECKING:
    from kwartier.tui.panes.score import ScorePane
    from kwartier.workspace.desk import Desk

Suggested = Mapping[Key, Sequence[Suggestion]]
"""What is suggested, by the line of the sheet that it is for."""


def suggested_of(desk: Desk) -> Suggested:
    """All that the facts suggest by now."""
    found: dict[Key, list[Suggestion]] = {}
    for one in desk.suggestions():
        found.setdefault((one.item, ""), []).append(one)
    return found


def is_otherwise(suggested: Sequence[Suggestion], row: AnswerRow | None) -> bool:
    """Whether a score was given that is not among those suggested."""
    return row is not None and any(differs(one, row.value) for one in suggested)


def take_suggestion(pane: ScorePane, line: Line) -> None:
    """Scores as suggested, or asks which where there is a choice. Raises `Refused` where nothing is suggested."""
    suggested = pane.suggested.get(line.key, ())
    values = {value for one in suggested for value in one.values}
    options = [option for option in line.scale.options if option.value in values]
    if not options:
        raise Refused("no-suggestion", f"Bij {line.name} volgt uit de feiten geen voorstel.")
    if len(options) == 1:
        pane.choose(line, options[0])
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            pane.choose(line, line.scale.options[place])

    pane.app.push_screen(SuggestionPick(line, options, " ".join(one.reason for one in suggested)), chosen)


class SuggestionPick(Dialog[int]):
    """Asks which of the suggested scores it is, by the keys that these scores have in the list; gives its position."""

    help_text = "Uit de feiten volgen meer scores. Kies er één: wijs aan en druk op enter, of druk op de score zelf."

    def __init__(self, line: Line, options: Sequence[Option], reason: str) -> None:
        super().__init__(f"{line.name}: voorstel overnemen")
        self._line, self._reason = line, reason
        self._places = [line.scale.options.index(option) for option in options]

    def body(self) -> ComposeResult:
        yield Static(shown(self._reason))
        yield OptionList(*(Choice(on_line(self._said(place), 66)) for place in self._places))

    def _said(self, place: int) -> str:
        sign, words = rows.label(self._line.scale, place, whole=True), rows.anchor(self._line, place)
        return sign if words in sign else f"{sign}  {words}"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """By enter or by a click."""
        self.dismiss(self._places[event.option_index])

    def on_key(self, event: events.Key) -> None:
        """By the key of a score."""
        option = rows.option_at(self._line.scale, event.character) if event.character else None
        if option is not None and (place := self._line.scale.options.index(option)) in self._places:
            event.stop()
            self.dismiss(place)


def otherwise(suggested: Suggested, answers: Mapping[Key, AnswerRow]) -> str:
    """Where something else was given than what follows from the facts; empty where nowhere."""
    found = [item for (item, part), some in suggested.items() if is_otherwise(some, answers.get((item, part)))]
    return f"≠ anders dan het voorstel uit de feiten: item {', '.join(found)}" if found else ""
