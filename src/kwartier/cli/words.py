"""How records are put in a line of text or a small tree, the same in all commands."""

from __future__ import annotations

from typing import Any

from kwartier.records.organisation import Organisation
from kwartier.workspace.summaries import SHUT, Summary, result_words


def organisation_tree(slug: str, one: Organisation) -> dict[str, Any]:
    """An organisation for a program."""
    return {
        "slug": slug,
        "name": one.name,
        "kind": one.kind or None,
        "clients": one.clients,
        "part_of": one.part_of or None,
        "place": one.place or None,
        "note": one.note or None,
    }


def line_of(summary: Summary) -> str:
    """Where a record stands, in a few words."""
    if summary.next == SHUT:
        return SHUT
    if summary.problem:
        return "niet te lezen; zie 'kwartier controle'"
    if summary.paper:
        stand = "overgenomen van papier"
    elif summary.definitive:
        stand = "definitief"
    else:
        stand = "loopt"
    following = (
        f"; nu: {summary.next.lower()}" + (f" ({summary.detail})" if summary.detail else "") if summary.next else ""
    )
    locked = " (alleen te lezen)" if summary.locked else ""
    return f"{stand}{result_words(summary)}{following}{locked}"
