"""A comparison of organisations as plain values, ready to draw: no records, and no names where none may be shown.

`kwartier.workspace.comparing` makes it. All figures are exact; `places` says how many decimals are shown.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.distribution import Place, Spread, Tally
from kwartier.instrument.model import Value

SMALLEST_GROUP = 5
"""Fewer organisations than this are not shown as a group, unless the user confirms being entitled to see them."""

ENTITLED = (
    f"Dit overzicht toont een groep van minder dan {SMALLEST_GROUP} organisaties. Wie het maakte, heeft bevestigd "
    "daartoe bevoegd te zijn. Deel het alleen met wie het ook mag zien."
)
"""Stands on every screen and in every file that shows a group that is smaller."""


class Row(Struct, frozen=True, kw_only=True):
    """One organisation with the record that was chosen of it."""

    label: str
    "Its name, or without names a letter."
    own: bool = False
    "Whether it is the user's own organisation."
    slug: str = ""
    "Empty without names, as are `ref`, `kind`, `day` and `clients`."
    ref: str = ""
    day: str = ""
    "The day of the record (ISO)."
    kind: str = ""
    clients: int | None = None
    total: Fraction | None
    total_why: str = ""
    "Why there is no total (Dutch)."
    band: str | None = None
    printed_total: str = ""
    "The total as it was printed on paper, where it is another one than follows from the items; else empty."
    printed_band: str = ""
    "The same of the band."


class Line(Struct, frozen=True, kw_only=True):
    """One item, section or the total, over all rows. `marks` stand in the order of the rows, None for a missing one."""

    id: str
    "Id of the item or section; empty for the total."
    part: str = ""
    title: str
    short: str
    section: str = ""
    "Id of the section that an item stands in."
    marks: tuple[Fraction | None, ...]
    spread: Spread
    place: Place | None = None
    "The place of the own organisation; None without one, or where it has no score."
    printed: Decimal | None = None
    "The mean that a publication printed over exactly these results."
    differs: bool = False
    "Whether the computed mean, rounded alike, is another one."


class Answers(Struct, frozen=True, kw_only=True):
    """One item whose answers have no order, or are words: counted, never averaged."""

    id: str
    part: str = ""
    title: str
    short: str
    section: str
    scale: str
    "Id of its scale: items on one scale can stand in one table."
    options: tuple[Value, ...]
    titles: tuple[str, ...]
    "What each option is called."
    marks: tuple[Value | None, ...]
    tally: Tally


class BandCount(Struct, frozen=True):
    """How many organisations are in a band; `title` is empty for those in none."""

    title: str
    count: int


class Group(Struct, frozen=True, kw_only=True):
    """Organisations of one kind or size. `sections` and `items` are in the order of those of the comparison."""

    title: str
    n: int
    small: bool
    "Whether it is shown only because the user is entitled."
    own: bool
    "Whether the own organisation is among them."
    members: tuple[int, ...]
    "Places in `Compared.rows`; empty without names."
    total: Spread | None
    sections: tuple[Spread, ...]
    items: tuple[Spread, ...]
    bands: tuple[BandCount, ...]


class LeftOut(Struct, frozen=True):
    """How many organisations are left out, or taken with a reserve, and why (Dutch); `who` is empty without names."""

    reason: str
    count: int
    who: tuple[str, ...] = ()


class ChangeRow(Struct, frozen=True, kw_only=True):
    """One organisation, begin and end. `before`, `after` and their `difference` are over items scored both times."""

    label: str
    own: bool = False
    slug: str = ""
    "Empty without names, as are the references."
    before_ref: str = ""
    after_ref: str = ""
    before: Fraction | None
    after: Fraction | None
    difference: Fraction | None
    why: str = ""
    "Why there is no difference (Dutch)."
    items: int = 0
    "How many items were scored both times."
    of: int = 0
    "How many items were asked either time."
    before_band: str | None = None
    "Of its total; None where `before` is over fewer items, as is `after_band`."
    after_band: str | None = None


class ChangeLine(Struct, frozen=True, kw_only=True):
    """The mean over organisations of an item, section or the total, begin and end, over the `n` that have both."""

    id: str
    title: str
    short: str
    section: str = ""
    n: int
    missing: int
    "Organisations that lack it at the begin or at the end."
    before: Fraction | None
    after: Fraction | None
    difference: Fraction | None
    rose: int
    same: int
    fell: int
    printed_before: Decimal | None = None
    printed_after: Decimal | None = None
    before_differs: bool = False
    after_differs: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """From begin to end over the organisations that have both, in `rows` from the largest rise to the largest fall."""

    before_title: str
    after_title: str
    rows: tuple[ChangeRow, ...]
    items: tuple[ChangeLine, ...]
    sections: tuple[ChangeLine, ...]
    total: ChangeLine | None
    before_bands: tuple[BandCount, ...]
    after_bands: tuple[BandCount, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]

    def by_begin(self) -> list[ChangeRow]:
        """The first figure: the organisations from the highest total at the begin to the lowest, those without last."""
        return sorted(self.rows, key=lambda row: _downwards(row.before))

    def by_end(self) -> list[ChangeRow]:
        """The second figure: from the highest total at the end to the lowest."""
        return sorted(self.rows, key=lambda row: _downwards(row.after))

    def by_difference(self) -> list[ChangeRow]:
        """The third figure: from the largest rise to the largest fall."""
        return sorted(self.rows, key=lambda row: _downwards(row.difference))

    def items_by_difference(self) -> list[ChangeLine]:
        """The fourth figure: the items from the largest rise to the largest fall; the total stands apart."""
        return sorted(self.items, key=lambda line: _downwards(line.difference))


class Texts(Struct, frozen=True, kw_only=True):
    """What the instrument says with such figures; each may be empty."""

    instrument: str
    "Its full title."
    edition: str
    publication: str
    convention: str
    "Whose convention the total is."
    method: str
    limits: str
    scores: str
    before_after: str
    page_note: str = ""


class Compared(Struct, frozen=True, kw_only=True):
    """Organisations side by side, each with one record of one instrument."""

    instrument: str
    short: str
    word: tuple[str, str]
    "What one record is called, and what several are."
    section_word: str
    texts: Texts
    day: str
    "The day it was made (ISO)."
    selection: str
    "Which organisations and records were asked for (Dutch)."
    named: bool
    entitled: bool
    "Whether something is shown only because the user is entitled; `notes` says so then."
    places: int
    low: int | None
    high: int | None
    "The ends of the scale of all items that are averaged; None where they have different ones."
    rows: tuple[Row, ...]
    "From the highest total to the lowest; without names in the order of their letters, which is the same."
    total_title: str
    "Empty where the instrument has no total."
    total: Line | None
    sections: tuple[Line, ...]
    items: tuple[Line, ...]
    answers: tuple[Answers, ...]
    "The items that are counted."
    bands: tuple[BandCount, ...]
    grouped_by: str
    '"kind", "size" or empty.'
    groups: tuple[Group, ...]
    hidden: LeftOut | None
    "Organisations in groups that are too small to show."
    change: Change | None
    change_why: str
    "Why there is no change to show (Dutch); empty where there is one, or where it was not asked."
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    "What a reader has to know of these figures (Dutch sentences)."

    @property
    def own(self) -> Row | None:
        """The user's own organisation."""
        return next((row for row in self.rows if row.own), None)


def _downwards(value: Fraction | None) -> tuple[bool, Fraction]:
    return value is None, -(value or Fraction(0))
