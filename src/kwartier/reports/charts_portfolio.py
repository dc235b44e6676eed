"""The chart of which evidence serves which item: only the pieces that whom the report is for may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwartier.analysis.coverage import letters_of
from kwartier.instrument.model import EvidenceStep, Section
from kwartier.records.files import Evidence
from kwartier.reports.case import Case
from kwartier.reports.charts_scores import item_label
from kwartier.reports.document import Chart, ChartRow
from kwartier.reports.phrases import capital, counted, listed, section_word

HERE = "x"

Numbered = tuple[EvidenceStep, int, Evidence]


def matrix(case: Case, found: Sequence[Numbered]) -> Iterator[Chart]:
    """Rows of items and a column for every piece, marked as on the screen; nothing without evidence."""
    if not found:
        return
    steps = [step for step in case.content.step if isinstance(step, EvidenceStep)]
    letters = dict(zip((step.id for step in steps), letters_of([step.label for step in steps]), strict=True))
    rows: list[ChartRow] = []
    for section in case.content.section:
        rows += _section(section, found)
    items = [row for row in rows if not row.strong]
    covered = sum(any(row.cells) for row in items)
    used = list(dict.fromkeys(step.id for step, _, _ in found))
    key = listed(f"{letters[step.id]} is {step.label}" for step in steps if step.id in used)
    yield Chart(
        kind="matrix",
        caption=f"Welk bewijs bij welk item hoort ({key}, met het nummer uit dit verslag)",
        alt=" ".join(_alt(case, rows, covered, len(items), len(found))),
        rows=tuple(rows),
        columns=tuple(f"{letters[step.id]}{number}" for step, number, _ in found),
        table=True,  # every item lists its pieces
    )


def _section(section: Section, found: Sequence[Numbered]) -> Iterator[ChartRow]:
    items = [
        ChartRow(
            label=item_label(item),
            cells=tuple(HERE if item.id in row.items else "" for _, _, row in found),
            told=str(sum(item.id in row.items for _, _, row in found)),
        )
        for item in section.item
    ]
    covered = sum(any(row.cells) for row in items)
    yield ChartRow(
        label=f"{section.id}. {section.title}",
        cells=tuple("" for _ in found),
        told=f"{covered} van {len(items)}",
        strong=True,
    )
    yield from items


def _alt(case: Case, rows: Sequence[ChartRow], covered: int, of: int, count: int) -> Iterator[str]:
    pieces = counted(count, "stuk", "stukken")
    has = "heeft" if covered == 1 else "hebben"
    yield f"Van {counted(of, 'item', 'items')} {has} er {covered} bewijs, in {pieces}."
    bare = [row.label for row in rows if row.strong and row.told.startswith("0 van ")]
    if bare:
        yield f"{capital(section_word(case.content))} zonder bewijs: {listed(bare)}."
    if case.record.withheld:
        yield "Alleen het bewijs dat de lezer van dit verslag mag zien, staat erin."
