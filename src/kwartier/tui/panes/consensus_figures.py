"""What the consensus says in figures and words: who is waited for, agreement, means as far as they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content as Shown

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import NOT_DONE, Mean
from kwartier.instrument.model import Content
from kwartier.reports.phrases import counted, places_of
from kwartier.tui.panes.consensus_map import Rater
from kwartier.tui.safe import Part, parts
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.state import StepState

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


def agreement_words(found: Agreement, name: Name) -> str:
    """How far the sheets agree, in one line."""
    told = [f"Gelijk {found.equal} van {found.of}", f"binnen één punt {found.within_one} van {found.of}"]
    if found.mean_difference is not None:
        over = "" if found.compared == found.of else f" (over {counted(found.compared, 'item', 'items')})"
        told.append(f"gemiddeld verschil {dutch(found.mean_difference, 1)}{over}")
    if found.higher and found.higher_by:
        by = dutch(found.higher_by, 1)
        told.append(f"{name(found.higher)} scoort gemiddeld {'iets' if by == '0' else by} hoger")
    return " · ".join(told)


def means(content: Content, outcome: Outcome) -> Shown:
    """The means that can be told already; of the others how to come to them."""
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


def raters_of(counting: Sequence[str], shadows: Sequence[str], name: Name) -> list[Rater]:
    """The columns: first names where they differ, else codes; who only scores along comes last."""
    codes = [*counting, *shadows]
    names = {code: name(code).split(" ")[0] or code for code in codes}
    alone = {code: text for code, text in names.items() if list(names.values()).count(text) == 1}
    return [Rater(code=code, name=alone.get(code, code), counts=code in counting) for code in codes]
