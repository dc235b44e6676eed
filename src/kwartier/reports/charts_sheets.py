"""The chart of what each who scored gave, item by item. Whether it may be shown is decided where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from kwartier.analysis.agreement import Agreement
from kwartier.instrument.model import Item, Scale, ScoreStep
from kwartier.reports.case import Case
from kwartier.reports.charts_scores import Ends, ends_of, item_label
from kwartier.reports.document import Chart, ChartRow
from kwartier.reports.phrases import assessor_name, counted, listed, role_words, scales
from kwartier.workflow.agreed import Stand
from kwartier.workflow.outcome import Outcome


def differences(case: Case, step: ScoreStep, outcome: Outcome, words: Callable[[Stand, Scale], str]) -> Iterator[Chart]:
    """A line per item with the sign of each, for every scale; `words` tells the difference as the table does."""
    codes = list(dict.fromkeys(code for one in outcome.stands for code in one.given))
    items = {item.id: item for item in case.content.items()}
    rows: dict[Ends, list[ChartRow]] = {}
    for stand in outcome.stands:
        item = items.get(stand.item)
        ends = ends_of(case.content, item, stand.part) if item is not None else None
        if item is not None and ends is not None and len(stand.given) > 1:
            scale = scales(case.content)[stand.item, stand.part]
            rows.setdefault(ends, []).append(_row(item, stand, codes, words(stand, scale)))
    one, many = role_words(case.content, step.role, ("beoordelaar", "beoordelaars"))
    for ends, own in rows.items():
        if any(value is not None for row in own for value in row.values):
            yield Chart(
                kind="differences",
                caption=f"Wat elke {one} gaf, per item",
                alt=" ".join(_alt(outcome, own, many)),
                rows=tuple(own),
                series=tuple(assessor_name(case.names, case.content, code, step.role) for code in codes),
                low=Decimal(ends[0]),
                high=Decimal(ends[1]),
                table=True,
            )


def _row(item: Item, stand: Stand, codes: list[str], words: str) -> ChartRow:
    label = f"{item.id} {stand.part}" if stand.part else item_label(item)
    given = (stand.given.get(code) for code in codes)
    values = tuple(Decimal(one.value) if one is not None and isinstance(one.value, int) else None for one in given)
    told = "gelijk" if words == "0" else f"verschil {words}" if words[:1].isdigit() else words
    return ChartRow(label=label, values=values, told=told)


def _alt(outcome: Outcome, rows: list[ChartRow], many: str) -> Iterator[str]:
    """How often they gave the same, and where they lie furthest apart."""
    if isinstance(outcome.agreement, Agreement):
        found = outcome.agreement
        yield f"Bij {found.equal} van {counted(found.of, 'item', 'items')} gaven de {many} hetzelfde antwoord."
    apart = {row.label: _apart(row) for row in rows}
    most = max(apart.values(), default=Decimal(0))
    if most > 0:
        where = [label for label, own in apart.items() if own == most]
        told = listed(where) if len(where) <= 3 else f"{len(where)} items"
        yield f"Het grootste verschil is {most} {'punt' if most == 1 else 'punten'}: {told}."


def _apart(row: ChartRow) -> Decimal:
    values = [one for one in row.values if one is not None]
    return max(values) - min(values) if len(values) == len(row.values) else Decimal(0)
