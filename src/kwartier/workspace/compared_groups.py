"""Organisations in groups by kind or size, and which groups are too small to show."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kwartier.analysis.compared import SMALLEST_GROUP, Group, LeftOut
from kwartier.analysis.distribution import Spread, spread
from kwartier.records.organisation import Organisation
from kwartier.workspace.compared_items import Field

NO_KIND = "soort niet vastgelegd"
NO_SIZE, OTHER_SIZE = "aantal cliënten niet vastgelegd", "een ander aantal cliënten"


class Size(NamedTuple):
    """Organisations by their number of clients, both ends included; None is an open end."""

    least: int | None
    most: int | None

    def holds(self, clients: int | None) -> bool:
        """Whether so many clients are within it."""
        if clients is None:
            return False
        return (self.least is None or clients >= self.least) and (self.most is None or clients <= self.most)


SIZES = (Size(None, 2999), Size(3000, 10000), Size(10001, None))
"""The groups by size where none are given; kwartier's own division."""


def size_title(size: Size) -> str:
    """A size in words (Dutch): 3.000 tot en met 10.000 cliënten."""
    least, most = (None if end is None else f"{end:,}".replace(",", ".") for end in size)
    if least is None and most is None:
        return "een vastgelegd aantal cliënten"
    if least is None:
        return f"hooguit {most} cliënten"
    if most is None:
        return f"minstens {least} cliënten"
    return f"{least} tot en met {most} cliënten"


def grouped(
    field: Field,
    organisations: Sequence[Organisation],
    by: str,
    sizes: Sequence[Size],
    *,
    named: bool,
    entitled: bool,
) -> tuple[tuple[Group, ...], LeftOut | None]:
    """The groups that may be shown, and how many organisations are in those that may not.

    Without names a small group is shown to nobody: who knows which organisations are of that kind knows who they are.
    """
    if not by:
        return (), None
    found = _by_size(organisations, sizes or SIZES) if by == "size" else _by_kind(organisations)
    counts = {title: len(members) for title, members in found.items()}
    hidden = [] if named and entitled else small_groups(counts) if named else hidden_groups(counts)
    groups = tuple(_group(field, title, members, named) for title, members in found.items() if title not in hidden)
    left = sum(len(found[title]) for title in hidden)
    if not left:
        return groups, None
    reason = f"in een groep kleiner dan {SMALLEST_GROUP}"
    if not named:
        reason += ", of in een groep waaruit zo'n kleine groep is af te leiden"
    return groups, LeftOut(reason, left, tuple(hidden) if named else ())


def small_groups(sizes: dict[str, int]) -> list[str]:
    """The groups that are too small to show."""
    return [title for title, n in sizes.items() if n < SMALLEST_GROUP]


def hidden_groups(sizes: dict[str, int]) -> list[str]:
    """The groups that are not shown without names: the small ones, then the smallest others until there are enough.

    Of the whole and all groups but one, that one can be told; so a small group cannot be the only one that is left out.
    """
    hidden = small_groups(sizes)
    others = sorted((title for title in sizes if title not in hidden), key=lambda title: sizes[title])
    while hidden and others and sum(sizes[title] for title in hidden) < SMALLEST_GROUP:
        hidden.append(others.pop(0))
    return hidden


def _by_kind(organisations: Sequence[Organisation]) -> dict[str, list[int]]:
    titles: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for number, one in enumerate(organisations):
        kind = one.kind.strip()
        title = titles.setdefault(kind.casefold(), kind or NO_KIND)
        found.setdefault(title, []).append(number)
    return {title: found[title] for title in sorted(found, key=lambda title: (title == NO_KIND, title.casefold()))}


def _by_size(organisations: Sequence[Organisation], sizes: Sequence[Size]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {size_title(size): [] for size in sizes}
    for number, one in enumerate(organisations):
        size = next((size for size in sizes if size.holds(one.clients)), None)
        if size is not None:
            found[size_title(size)].append(number)
        else:
            found.setdefault(NO_SIZE if one.clients is None else OTHER_SIZE, []).append(number)
    return {title: members for title, members in found.items() if members}


def _group(field: Field, title: str, members: Sequence[int], named: bool) -> Group:
    def of(marks: Sequence[Fraction | None]) -> Spread:
        return spread(marks[number] for number in members)

    total = field.total
    return Group(
        title=title,
        n=len(members),
        small=len(members) < SMALLEST_GROUP,
        own=field.own in members,
        members=tuple(members) if named else (),
        total=of(total.marks) if total else None,
        sections=tuple(of(line.marks) for line in field.sections),
        items=tuple(of(line.marks) for line in field.items),
        bands=field.bands(members),
    )
