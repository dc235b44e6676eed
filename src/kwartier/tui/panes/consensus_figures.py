"""What the consensus says in figures and words: who is waited for, agreement, means as far as they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content as Shown

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NOT_DONE, Mean
from kwartier.instrument.model import Content, ScoreStep
from kwartier.instrument.selection import has_order
from kwartier.records.files import ConsensusFile
from kwartier.records.record import Record
from kwartier.reports.phrases import agreement_words, capital, counted, places_of, with_names
from kwartier.tui.panes.consensus_map import Rater
from kwartier.tui.safe import Part, parts, shown
from kwartier.workflow.agreed import Stand
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.people import counting, shadows
from kwartier.workflow.periods import short
from kwartier.workflow.state import StepState

if TYPE_CHECKING:
    from kwartier.workspace.desk import Desk

Name = Callable[[str], str]


def waiting(state: StepState | None, name: Name) -> Shown:
    """How far each sheet is, and nothing else."""
    pieces: list[Part] = [("De scores liggen naast elkaar zodra alle scorebladen die tellen verzegeld zijn.\n", "bold")]
    for one in state.people if state else ():
        sign = "✓" if one.sealed else "…"
        pieces.append(f"\n{sign} {name(one.id)}: {one.detail}")
        if not one.counts:
            pieces.append((" (telt niet mee)", "$text-muted"))
    return parts(*pieces)


def above(desk: Desk, step: str, scored: str) -> Shown:
    """What stands above the map: how far the sheets agree, the day of the talk, and what stands out."""
    outcome = desk.outcome(scored)
    day = desk.record.read(step, ConsensusFile).date
    taken = any(option.key == "d" for scale in desk.content.scale for option in scale.options)
    asked = f"De dag van het gesprek ontbreekt nog ({'D' if taken else 'd'})."
    pieces = [shown(f"Besproken op {short(day)}." if day else asked)]
    if outcome is not None and outcome.step == scored:
        found = outcome.agreement
        if isinstance(found, Agreement):
            told = " · ".join(agreement_words(found, desk.name, ordered=has_order(desk.content)))
            pieces[0] = parts(capital(told), " · ", pieces[0])
        else:
            pieces.append(shown(f"Overeenstemming: {found.why}.", "$text-muted"))
    names = {one.id: desk.name(one.id) for one in desk.record.envelope.person}
    for one in desk.findings():
        if one.step in (scored, step):
            pieces.append(parts(("! ", "bold $text-warning"), with_names(one.message, names)))
    return Shown("\n").join(pieces)


def means(content: Content, outcome: Outcome) -> Shown:
    """The means that can be told already; of the others how to come to them."""
    if not has_order(content):
        return parts()
    places = places_of(content)
    pieces: list[Part] = [("Gemiddelden", "bold")]
    for section in content.section:
        found = outcome.scores.sections.get(section.id)
        if found is not None:
            pieces.append(f"\n{section.id}  {section.short or section.title}: {_mean(found, places)}")
    total = content.total
    if total is not None and total.method != "none":
        pieces.append((f"\n{total.title}: {_mean(outcome.scores.total, places)}", "bold"))
        if outcome.scores.band and outcome.complete:
            pieces.append(f"\nNiveau: {outcome.scores.band}")
        if total.note:
            pieces.append((f"\n{total.note}", "$text-muted"))
    return parts(*pieces)


def _mean(found: object, places: int) -> str:
    if isinstance(found, Mean):
        return f"{dutch(found.value, places)} ({found.n} van {counted(found.of, 'item', 'items')})"
    why = str(getattr(found, "why", ""))
    return "nog niet alle items" if why == NOT_DONE else f"– ({why})"


def raters_of(record: Record, scored: ScoreStep, stands: Sequence[Stand], name: Name) -> list[Rater]:
    """The columns: first names where they differ, else codes; who only scores along comes last."""
    counts = [code for code in counting(record, scored) if any(code in one.given for one in stands)]
    codes = [*counts, *(code for code in shadows(record, scored) if any(code in one.shadows for one in stands))]
    names = {code: name(code).split(" ")[0] or code for code in codes}
    alone = {code: text for code, text in names.items() if list(names.values()).count(text) == 1}
    return [Rater(code=code, name=alone.get(code, code), counts=code in counts) for code in codes]
