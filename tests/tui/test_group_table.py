"""The bar of a group: each state has its share of the cells, and what is there is seen however small."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.cohort import Group
from kwartier.tui.widgets.group_table import OPEN, REASON, SIGNS, bar

WORDS = ("nog niet", "deels", "aangetoond")
GROUP = Group(instrument="kas", students=9, levels={}, words=WORDS, reasons=("niet aan bod geweest",))


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 40), st.integers(8, 80))
def test_a_bar_is_as_wide_as_it_is_told_and_leaves_nothing_out(counts: list[int], left: int, width: int) -> None:
    names = [*WORDS, *GROUP.reasons]
    given = dict(zip(names, counts, strict=True))
    of = sum(counts) + left
    made = bar(given, of, GROUP, width)
    assert len(made) == (width if of else 0)
    for sign, number in zip([*SIGNS[:3], REASON, OPEN], [*counts, left], strict=True):
        assert (sign in made) == (number > 0)
    order = {sign: place for place, sign in enumerate([*SIGNS[:3], REASON, OPEN])}
    assert [order[sign] for sign in made] == sorted(order[sign] for sign in made)


def test_half_is_half() -> None:
    assert bar({"deels": 2}, 4, GROUP, 10) == SIGNS[1] * 5 + OPEN * 5
