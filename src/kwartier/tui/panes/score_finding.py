"""Finding one's way on a sheet: the next line without an answer, and what can be found by number or by words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kwartier.instrument.model import ScoreStep
from kwartier.records.files import AnswerRow
from kwartier.tui.panes import score_texts as texts
from kwartier.tui.panes.score_rows import Key, Line, is_answered
from kwartier.tui.widgets.finding import Findable
from kwartier.workspace.desk import Desk


def next_open(lines: Sequence[Line], here: Key, left: Collection[Key], *, back: bool) -> Line | None:
    """The first line after this one (or before it) that has no answer, around the end; None where there is no other."""
    place = next(place for place, line in enumerate(lines) if line.key == here)
    turned = [*lines[place + 1 :], *lines[:place]]
    return next((line for line in (reversed(turned) if back else turned) if line.key in left), None)


def onward(lines: Sequence[Line], here: Key, answers: Mapping[Key, AnswerRow]) -> Line | None:
    """Where to go on after an answer: the next line in sight without one, else the first that must have one.

    None where nothing is left. A score of points stays at hand: it is weighed against its description, which stands
    beside it once it is given.
    """
    place = next(place for place, line in enumerate(lines) if line.key == here)
    if lines[place].scale.kind == "ordinal":
        return None
    left = [line for line in lines if not is_answered(answers.get(line.key))]
    later = {line.key for line in lines[place + 1 :]}
    return next((line for line in left if line.key in later), None) or next(
        (line for line in left if not line.optional and line.key != here), None
    )


def findable(
    desk: Desk, step: ScoreStep, lines: Sequence[Line], answers: Mapping[Key, AnswerRow], *, searching: bool
) -> Iterator[Findable]:
    """The lines, by number and title; also by their texts where somebody is `searching`."""
    for place, line in enumerate(lines):
        row = answers.get(line.key)
        said = [text for _, text in texts.written(desk, step, line.item)] if searching else []
        words = (line.item.statement, *said, row.note if row else "") if searching else ()
        number = f"{line.item.id}{line.part.id}" if line.part else line.item.id
        yield Findable(str(place), number, line.title, words)
