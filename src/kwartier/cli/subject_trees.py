"""A workplace, a student and a placement as trees for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from kwartier.records.organisation import Placement, Subject
from kwartier.workspace.workplaces import Workplace


def plain_tree(one: Workplace) -> dict[str, Any]:
    """A workplace for a program."""
    tree: dict[str, Any] = msgspec.to_builtins(one)
    return tree


def subject_tree(one: Subject) -> dict[str, Any]:
    """All that is known of a subject, for a program; its placements under `all_placements`."""
    tree: dict[str, Any] = msgspec.to_builtins(one)
    own = {key: value for key, value in tree.items() if key not in ("schema", "placement")}
    return {**own, "all_placements": tree["placement"]}


def placement_tree(one: Placement) -> dict[str, Any]:
    """A placement for a program."""
    tree: dict[str, Any] = msgspec.to_builtins(one)
    return tree
