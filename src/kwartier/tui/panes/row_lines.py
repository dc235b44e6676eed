"""What a line is in a step with rows: what it says, and what each key does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content

from kwartier.records.tree import Tree
from kwartier.tui.forms import Form
from kwartier.tui.safe import parts
from kwartier.workflow.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What is given to the step by one key, and what undo calls it."""

    given: Tree
    name: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line: what it says, and what enter, t, delete and space do there. Without `opens` enter adds."""

    id: str
    text: Content
    opens: Callable[[], Form] | None = None
    adds: Callable[[], Form] | None = None
    removes: Edit | None = None
    ticks: Edit | None = None
    heading: bool = False
    sign: str = ""
    "What stands before the text; the text wraps beside it."


def removal(array: str, id: str, name: str) -> Edit:
    """Takes a row away."""
    return Edit(given={array: [{"id": id, "remove": True}]}, name=name)


def finding_words(finding: Finding) -> Content:
    """What stands out in a step, above its lines."""
    if finding.level == "remark":
        return parts(f"{finding.message}\n")
    if finding.reason:
        return parts(f"{finding.message} Reden: {finding.reason}\n")
    return parts(("! ", "bold"), finding.message, " Geef een reden (r), of verander het.\n")
