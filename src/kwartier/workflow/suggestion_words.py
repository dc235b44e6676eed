"""What facts suggest, in words and beside what was given. Where it comes from stands in `suggesting`."""

from __future__ import annotations

from kwartier.instrument.model import Value
from kwartier.workflow.suggesting import Suggestion

TITLE = "Voorstel uit de feiten"


def suggested_words(one: Suggestion) -> str:
    """The suggested answers, within a sentence: 3 of 4."""
    *most, last = map(str, one.values)
    return f"{', '.join(most)} of {last}" if most else last


def with_reason(one: Suggestion, beside: str = "") -> str:
    """The suggested answers with the reason; `beside` stands between them, such as what was given instead."""
    return f"{suggested_words(one)}{beside}. {one.reason[:1].upper()}{one.reason[1:]}"


def suggestion_line(one: Suggestion) -> str:
    """A suggestion with its reason, as a line of its own."""
    return f"{TITLE}: {with_reason(one)}"


def differs(one: Suggestion, given: Value | None) -> bool:
    """Whether an answer was given that is none of those suggested; it is shown, nothing follows from it."""
    return given is not None and given not in one.values
