"""Finding one's way on a sheet: the next line without an answer, and what can be found by number or by words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kwartier.instrument.model import ScoreStep
from kwartier.records.files import AnswerRow
from kwartier.tui.panes import score_texts as texts
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.widgets.finding import Findable
from kwartier.workspace.desk import Desk


def next_open(lines: Sequence[Line], here: Key, left: Collection[Key], *, back: bool) -> Line | None:
    """The first line after this one (or before it) that has no answer, around the end; None where there is no other."""
    place = next(place for place, line in enumerate(lines) if line.key == here)
    turned = [*lines[place + 1 :], *lines[:place]]
    return next((line for line in (reversed(turned) if back else turned) if line.key in left), None)


def findable(
    desk: Desk, step: ScoreStep, lines: Sequence[Line], answers: Mapping[Key, AnswerRow], *, searching: bool
) -> Iterator[Findable]:
    """The lines, by number and title; also by their texts where somebody is `searching`."""
    for place, line in enumerate(lines):
        row = answers.get(line.key)
        said = texts.explanation(desk, step, line.item.id)[1] if searching else ""
        words = (line.item.statement, said, row.note if row else "") if searching else ()
        number = f"{line.item.id}{line.part.id}" if line.part else line.item.id
        yield Findable(str(place), number, line.title, words)
