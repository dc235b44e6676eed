"""Programme profiles at work: read, laid over the content of an instrument, linked to its items. No files here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from kwartier.errors import Misused

from .check_profile import Contents, asked_items, check_profile
from .mistakes import Tree, listed, meant, shown
from .model import Content, Profile
from .parsing import parse_with_source
from .profile import ProfileLink, ProfileModule, ProfileOption, ProfileOutcome, ProfileTask
from .reading import content_of, typed

_ROWS: dict[str, type[Struct]] = {
    "task": ProfileTask,
    "outcome": ProfileOutcome,
    "module": ProfileModule,
    "link": ProfileLink,
    "option": ProfileOption,
}


class Unlinked(Struct, frozen=True):
    """What a profile does not link yet: ids of items of its level, and of outcomes, in order."""

    items: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


def read_profile(data: bytes, place: str, instruments: Sequence[str], contents: Contents) -> tuple[Profile, Tree]:
    """The profile in the bytes of a file, and its tree; raises `Mistaken` with all mistakes at once."""
    source, tree = parse_with_source(data, place)
    return profile_of(tree, place, instruments, contents, source), tree


def profile_of(
    tree: Mapping[str, Any], place: str, instruments: Sequence[str], contents: Contents, source: str | None = None
) -> Profile:
    """The profile in a parsed tree; raises `Mistaken`, with lines where the text is given too."""
    return typed(tree, Profile, partial(check_profile, instruments=instruments, contents=contents), place, source)


def known_part(tree: Tree) -> Tree:
    """A profile's tree without the keys that this kwartier does not know, as another one may have written them."""
    fields = {one.name for one in msgspec.structs.fields(Profile)}
    return {key: _known_rows(_ROWS.get(key), value) for key, value in tree.items() if key in fields}


def _known_rows(of: type[Struct] | None, value: Any) -> Any:
    if of is None or not isinstance(value, list):
        return value
    names = {one.name for one in msgspec.structs.fields(of)}
    return [{key: one for key, one in row.items() if key in names} if isinstance(row, dict) else row for row in value]


def lay(content_tree: Tree, profile: Profile) -> Tree:
    """The content with the profile in it, and the programme's answers on the scale that it sets. Texts stay.

    Raises `Mistaken` where that is no content: the profile was made for another one.
    """
    own: Tree = msgspec.json.decode(msgspec.json.encode(profile))
    laid: Tree = {**content_tree, "profile": own}
    if profile.scale and profile.option:
        laid["scale"] = [
            {**scale, "options": own["option"]} if scale.get("id") == profile.scale else scale
            for scale in content_tree.get("scale", [])
        ]
    content_of(laid, f"opleidingsprofiel {profile.id}")
    return laid


def outcomes_of(profile: Profile, item: str) -> tuple[str, ...]:
    """The outcomes that an item serves, in the order of the profile."""
    linked = {link.outcome for link in profile.link if link.item == item}
    return tuple(one.id for one in profile.outcome if one.id in linked)


def items_of(profile: Profile, outcome: str, content: Content) -> tuple[str, ...]:
    """The items that serve an outcome, in the order of the content."""
    linked = {link.item for link in profile.link if link.outcome == outcome}
    return tuple(item.id for item in content.items() if item.id in linked)


def unlinked(profile: Profile, content: Content) -> Unlinked:
    """The items of the profile's level that serve no outcome yet, and the outcomes that no item serves."""
    items, outcomes = {link.item for link in profile.link}, {link.outcome for link in profile.link}
    wanted = [one for one in content.section if not profile.sections or one.id in profile.sections]
    asked = set(asked_items(content, profile.when)) - items
    return Unlinked(
        items=tuple(item.id for section in wanted for item in section.item if item.id in asked),
        outcomes=tuple(one.id for one in profile.outcome if one.id not in outcomes),
    )


def study_load(profile: Profile) -> int:
    """The EC of all modules together; modules that do not say count for nothing."""
    return sum(module.ec or 0 for module in profile.module)


def linked(tree: Tree, item: str, outcomes: Iterable[str], order: Sequence[str]) -> Tree:
    """A profile's tree in which the item serves exactly these outcomes; `order` are the items of the instrument.

    Links of other items, and keys that are not known here, stay. Raises `Misused` for an unknown item or outcome.
    """
    known = [str(row.get("id", "")) for row in tree.get("outcome", [])]
    wanted = list(dict.fromkeys(outcomes))
    if item not in order:
        raise Misused(
            "unknown-item",
            f"{shown(item)} wordt niet gevraagd op het niveau van deze opleiding.",
            advice=meant(item, order) or f"Kies {listed(order)}.",
        )
    for one in wanted:
        if one not in known:
            advice = meant(one, known) or f"Kies {listed(known)}."
            raise Misused("unknown-outcome", f"{shown(one)} is geen uitkomst van deze opleiding.", advice=advice)
    rows = [row for row in tree.get("link", []) if row.get("item") != item or row.get("outcome") in wanted]
    there = {row.get("outcome") for row in rows if row.get("item") == item}
    rows += [{"outcome": one, "item": item} for one in wanted if one not in there]
    places = {id: n for n, id in enumerate(order)}
    ranks = {id: n for n, id in enumerate(known)}
    end = len(places) + len(ranks)
    rows.sort(key=lambda row: (places.get(str(row.get("item")), end), ranks.get(str(row.get("outcome")), end)))
    after = {key: value for key, value in tree.items() if key != "link"}
    return {**after, "link": rows} if rows else after
