"""The rules with which a content proposes a verdict. Whether they hold is worked out in `workflow.ruling`."""

from __future__ import annotations

from kwartier.instrument.piece import Id, Number, Piece, Text, Value


class Condition(Piece, frozen=True, kw_only=True):
    """One thing that a rule asks of the answers, of a fact or of a parameter; what is not answered leaves it open."""

    section: str = ""
    "Counts the answers to the items of this section."
    items: tuple[str, ...] = ()
    "Counts the answers to these items; what is not asked with these parameters does not count."
    values: tuple[Value, ...] = ()
    "The answers that count; for a fact or parameter the values that it may have."
    at_least: int | None = None
    "How many answers there are at the least."
    at_most: int | None = None
    "How many answers there are at the most."
    fact: str = ""
    "Looks at a fact: its answer is one of `values`, or the number lies between `least` and `most`."
    least: Number | None = None
    "The least that the fact may be."
    most: Number | None = None
    "The most that the fact may be."
    below_parameter: str = ""
    "Id of a parameter: the fact is below its highest value."
    parameter: str = ""
    "Looks at a parameter: one of its values is among `values`."


class Rule(Piece, frozen=True, kw_only=True):
    """A verdict that is proposed when all of its conditions hold. The first rule that holds proposes."""

    id: Id
    "Name of the rule; records may point at it."
    verdict: Value
    "The option of the verdict's scale."
    when: tuple[Condition, ...] = ()
    "All of them have to hold; without any it always holds."
    reason: Text
    "Why, as a sentence for the user."
    condition: str = ""
    "What would have to be arranged; offered as a condition with the verdict."
