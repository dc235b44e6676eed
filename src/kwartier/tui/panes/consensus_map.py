"""The map of the consensus: a row per item or part, with who gave what, the definitive answer and its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Scale
from kwartier.instrument.selection import item as item_by_id
from kwartier.reports.phrases import find_option
from kwartier.text import cells
from kwartier.tui.widgets.lines import Cell, Lines
from kwartier.workflow.agreed import JUDGED_BEFORE, Key, Stand, is_spread
from kwartier.workflow.sealing import key_title, scale_for

MARKS = 5
"""So many points of difference are drawn at most; the number stands beside them."""

ROOM_BESIDE = 28
"""Cells for the item and the reason that the answers of a narrow window leave."""


class Rater(Struct, frozen=True, kw_only=True):
    """Somebody who scored: what stands above the column, and whether it counts."""

    code: str
    name: str
    counts: bool


class Row(Struct, frozen=True, kw_only=True):
    """What one row of the map says."""

    key: Key
    difference: str
    item: str
    given: tuple[str, ...]
    agreed: str
    reason: str
    look: str = ""
    "How the definitive answer looks: strong, or warning where it is not saved yet."


def in_order(found: Sequence[Stand], content: Content, *, by_difference: bool) -> list[Stand]:
    """The rows as they stand: the largest difference first, or as the items come."""
    if not by_difference:
        return list(found)
    return sorted(found, key=lambda one: -_weight(one, _scale(content, one)))


def _weight(stand: Stand, scale: Scale) -> float:
    if is_spread(stand, scale):
        return float(stand.difference or 0)
    alone = stand.optional and len(stand.given) < 2  # nobody else had to answer it
    return 0.0 if stand.equal or alone or not stand.given else 0.5


def _scale(content: Content, stand: Stand) -> Scale:
    return scale_for(content, item_by_id(content, stand.item), stand.part)


def difference_words(stand: Stand, scale: Scale) -> str:
    """A square for each point and the number, or words where there are no points; empty with one sheet."""
    if len(stand.given) < 2:
        return ""
    if is_spread(stand, scale):
        points = stand.difference or 0
        return f"{'■' * min(points, MARKS)} {points}"
    return "gelijk" if stand.equal else "anders"


def given_words(answer: Answer | None, scale: Scale) -> str:
    """An answer in a column: its number, its words, or that there is none."""
    if answer is None or not answer.answered:
        return "–"
    if answer.missing:
        return "eerder" if answer.missing == JUDGED_BEFORE else "n.t.b."
    if isinstance(answer.value, int):
        return str(answer.value)
    option = find_option(scale, answer.value) if answer.value is not None else None
    return (option.title if option else "") or str(answer.value)


def title_of(stand: Stand, content: Content) -> str:
    """An item or a part of one: its number and its short title."""
    item = item_by_id(content, stand.item)
    part = next((one for one in item.parts if one.id == stand.part), None)
    return f"{key_title((stand.item, stand.part))}  {part.title if part else item.short or item.title}"


def rows_of(
    found: Sequence[Stand],
    content: Content,
    raters: Sequence[Rater],
    reason: Callable[[Key], str],
    pending: Callable[[Key], Answer | None],
) -> list[Row]:
    """The rows of the map. `pending` is a score that waits for its reason."""
    rows = []
    for stand in found:
        scale, key = _scale(content, stand), (stand.item, stand.part)
        given = {**stand.given, **stand.shadows}
        agreed, told, look = _agreed(stand, scale, reason(key), pending(key))
        rows.append(
            Row(
                key=key,
                difference=difference_words(stand, scale),
                item=title_of(stand, content),
                given=tuple(given_words(given.get(one.code), scale) for one in raters),
                agreed=agreed,
                reason=told,
                look=look,
            )
        )
    return rows


def _agreed(stand: Stand, scale: Scale, reason: str, waits: Answer | None) -> tuple[str, str, str]:
    """The definitive answer, what stands beside it and how it looks."""
    if waits is not None:
        return f"{given_words(waits, scale)}?", "voorlopig: reden nodig", "warning"
    if stand.agreed is not None and stand.agreed.answered:
        return given_words(stand.agreed, scale), f"overgenomen: {reason}" if stand.taken_over else reason, "strong"
    if stand.proposal is not None:
        return f"({given_words(stand.proposal, scale)})", "voorstel: enter", ""
    return "_", "", ""


class ConsensusMap(Lines):
    """Draws the rows; the columns fit the width."""

    HEAD = 1

    def __init__(self, on_head: Callable[[], None], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._raters: tuple[Rater, ...] = ()
        self._on_head = on_head

    def draw(self, rows: list[Row], raters: Sequence[Rater]) -> None:
        """Shows other rows; the row that was pointed at stays that."""
        if rows == self._rows and tuple(raters) == self._raters:
            return
        here = self.key
        self._rows, self._raters = rows, tuple(raters)
        place = next((n for n, one in enumerate(rows) if one.key == here), 0)
        self._cursor = place
        self.drawn_anew()

    @property
    def key(self) -> Key | None:
        """Which item and part is pointed at."""
        return self._rows[self.cursor].key if 0 <= self.cursor < len(self._rows) else None

    def go_to(self, key: Key) -> None:
        """Points at an item or part."""
        place = next((n for n, one in enumerate(self._rows) if one.key == key), None)
        if place is not None:
            self.point_at(place)

    def count(self) -> int:
        return len(self._rows)

    def head(self, width: int) -> list[Cell]:
        names = tuple(one.name if one.counts else f"({one.name})" for one in self._raters)
        return self._cells(width, "", "verschil", "item", names, Cell("definitief", 0, "heading"), "reden", "heading")

    def row(self, place: int, width: int) -> list[Cell]:
        one = self._rows[place]
        agreed = Cell(one.agreed, 0, one.look)
        return self._cells(width, "", one.difference, one.item, one.given, agreed, one.reason, "")

    def _cells(
        self,
        width: int,
        sign: str,
        difference: str,
        item: str,
        given: tuple[str, ...],
        agreed: Cell,
        reason: str,
        look: str,
    ) -> list[Cell]:
        wide = self._widths(width)
        return [
            Cell(sign, 2),
            Cell(f"{difference:>8}" if not look else difference, 10, look),
            Cell(item, wide["item"], look),
            *(
                Cell(text, wide["given"], look or ("" if one.counts else "muted"))
                for text, one in zip(given, self._raters, strict=True)
            ),
            Cell(agreed.text, wide["agreed"], agreed.look),
            Cell(reason, wide["reason"], look or "muted"),
        ]

    def _widths(self, width: int) -> dict[str, int]:
        longest = max((cells(text) for row in self._rows for text in row.given), default=1)
        names = max((cells(one.name) + (0 if one.counts else 2) for one in self._raters), default=0)
        agreed = min(max(10, *(cells(row.agreed) for row in self._rows), 10), 16) + 1
        # In a narrow window the answers stand whole where they can; names and reasons are cut first.
        room = (width - 12 - agreed - ROOM_BESIDE) // max(len(self._raters), 1) - 2
        given = min(max(longest, names), 14 if width > 100 else max(8, min(longest, room))) + 2
        left = max(width - 12 - given * len(self._raters) - agreed, 20)
        title = max((cells(row.item) for row in self._rows), default=10) + 2
        return {"given": given, "agreed": agreed, "item": min(title, left * 11 // 20), "reason": left}

    def head_clicked(self, x: int) -> None:
        self._on_head()

    def on_resize(self) -> None:
        self.drawn_anew()
