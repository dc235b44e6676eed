"""A group of students in counts: per item how often each state was given, and where there is evidence. No names.

It adds up what nobody in particular may read of each record. It gives no figure on the group as a whole: states are
no scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from kwartier.analysis.coverage import Coverage, Row

SMALL = 5
"""In a group of fewer than this, persons can be recognised."""

WARNING = f"Dit gaat over minder dan {SMALL} studenten: zij zijn te herkennen. Deel het niet verder."


class Member(Struct, frozen=True):
    """The newest record of one student: at which level, and its matrix as nobody in particular may read it."""

    level: str
    coverage: Coverage


class Tally(Struct, frozen=True, kw_only=True):
    """The counts of an item, or of all items of a section; then what is counted is a student and an item."""

    id: str
    title: str
    section: str
    level: str = ""
    "For which level these are, where levels are counted apart."
    asked: int
    own: Mapping[str, int]
    own_open: int
    "Without an own state."
    judged: Mapping[str, Mapping[str, int]]
    "By step of judging; who has no agreed judgement there is not in it."
    evidence: int
    "With evidence that is for everyone to read."


class Group(Struct, frozen=True, kw_only=True):
    """The counts of a group. `locked` students are only counted, `unreadable` ones could not be read."""

    instrument: str
    students: int
    levels: Mapping[str, int]
    locked: int = 0
    unreadable: int = 0
    others: int = 0
    "Students with another level or programme than was asked."
    own_title: str = ""
    moments: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    "The states of the scale, in order."
    reasons: tuple[str, ...] = ()
    "What was given in the place of a state."
    items: tuple[Tally, ...] = ()
    sections: tuple[Tally, ...] = ()

    @property
    def small(self) -> bool:
        """Whether any count is over so few students that a person can be recognised."""
        return any(0 < one.asked < SMALL for one in self.items)


def cohort(
    instrument: str,
    members: Sequence[Member],
    words: Sequence[str],
    *,
    apart: bool = False,
    locked: int = 0,
    unreadable: int = 0,
    others: int = 0,
) -> Group:
    """The counts; with `apart` each level by itself. `words` are the states in the order in which they are shown."""
    levels = Counter(one.level for one in members)
    rows: dict[tuple[str, str], list[Row]] = {}
    titles: dict[str, str] = {}
    fullest = sorted(members, key=lambda one: -len(one.coverage.rows))  # the order of who was asked most is the order
    for level in sorted(levels) if apart else [""]:
        for member in fullest:
            if not apart or member.level == level:
                titles.update({one.id: one.title for one in member.coverage.sections})
                for row in member.coverage.rows:
                    rows.setdefault((row.item, level), []).append(row)
    found = [_tally(one[0].item, one[0].title, one[0].section, level, one) for (_, level), one in rows.items()]
    by_section: dict[tuple[str, str], list[Row]] = {}
    for (_, level), given in rows.items():
        by_section.setdefault((given[0].section, level), []).extend(given)
    moments = dict(moment for member in members for moment in member.coverage.moments)
    given_words = dict.fromkeys(word for one in found for counts in (one.own, *one.judged.values()) for word in counts)
    return Group(
        instrument=instrument,
        students=len(members),
        levels=dict(sorted(levels.items())),
        locked=locked,
        unreadable=unreadable,
        others=others,
        own_title=next((one.coverage.own_title for one in members if one.coverage.own_title), ""),
        moments=tuple(moments.items()),
        words=tuple(words),
        reasons=tuple(word for word in given_words if word not in words),
        items=tuple(found),
        sections=tuple(_tally(id, titles[id], id, level, given) for (id, level), given in by_section.items()),
    )


def _tally(id: str, title: str, section: str, level: str, rows: Sequence[Row]) -> Tally:
    judged: dict[str, Counter[str]] = {}
    for row in rows:
        for one in row.judged:
            if one.words:
                judged.setdefault(one.step, Counter())[one.words] += 1
    own = Counter(row.own_words for row in rows if row.own_words)
    return Tally(
        id=id,
        title=title,
        section=section,
        level=level,
        asked=len(rows),
        own=dict(own),
        own_open=len(rows) - own.total(),
        judged={step: dict(counts) for step, counts in judged.items()},
        evidence=sum(row.covered for row in rows),
    )
