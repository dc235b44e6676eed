"""A group in counts: every student is counted once at every item, and small numbers are known as such."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwartier.analysis.cohort import SMALL, Member, cohort
from kwartier.analysis.coverage import Coverage, Row, Sum

STATES = ("nog niet", "deels", "aangetoond")
ITEMS = ("1.1", "1.2", "2.1")
States = dict[str, str]


def member(given: States, level: str) -> Member:
    """A student with these states by item; an item that is not in it is not asked."""
    rows = tuple(
        Row(
            item=item,
            title=item,
            section=item[0],
            own=None,
            own_words=given[item],
            pieces=("B1",) if given[item] == "aangetoond" else (),
            topics=(),
            judged=(),
        )
        for item in ITEMS
        if item in given
    )
    sections = tuple(Sum(id=id, title=f"Deel {id}", items=(), covered=0, own={}) for id in "12")
    return Member(level, Coverage(sources=(), pieces=(), rows=rows, sections=sections, moments=()))


MEMBERS = st.lists(
    st.builds(
        member,
        st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["", *STATES, "niet aan bod"])),
        st.sampled_from(["niveau 2", "niveau 3"]),
    )
)


@given(MEMBERS, st.booleans())
def test_every_student_is_counted_once_at_every_item_that_is_asked(members: list[Member], apart: bool) -> None:
    found = cohort("kas", members, STATES, apart=apart, locked=2)
    rows = [row for one in members for row in one.coverage.rows]
    assert sum(one.asked for one in found.items) == sum(one.asked for one in found.sections) == len(rows)
    for one in (*found.items, *found.sections):
        assert sum(one.own.values()) + one.own_open == one.asked
        assert one.evidence == one.own.get("aangetoond", 0)
        assert set(one.own) <= {*found.words, *found.reasons}
    assert (found.students, found.locked, sum(found.levels.values())) == (len(members), 2, len(members))
    assert found.small == any(0 < one.asked < SMALL for one in found.items)
    if apart:
        assert {one.level for one in found.items} <= set(found.levels)


def test_a_group_is_small_where_one_item_is_asked_of_few() -> None:
    many = [member({"1.1": "deels"}, "niveau 2") for _ in range(SMALL)]
    assert not cohort("kas", many, STATES).small
    assert cohort("kas", [*many, member({"2.1": "deels"}, "niveau 3")], STATES).small
    assert not cohort("kas", [], STATES).small
