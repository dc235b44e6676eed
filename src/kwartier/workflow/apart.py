"""What is true of the steps where somebody works apart on one sheet: of the others nothing is known there."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from kwartier.workflow.state import Status, StepState

STAYS = "gaat niet mee"
UNKNOWN = "niet in deze map"
READ_ONLY = "Dit gaat niet mee terug naar de organisatie; hier is het alleen te lezen."


def as_apart(found: list[StepState], goes_back: Collection[str], person: str) -> list[StepState]:
    """The steps as they are for this person: what does not go back is void, and nobody else is waited for."""
    return [_own(one, person) if one.id in goes_back else _staying(one) for one in found]


def _staying(one: StepState) -> StepState:
    return replace(one, status=Status.VOID, detail=STAYS, people=())


def _own(one: StepState, person: str) -> StepState:
    if all(who.id == person for who in one.people):
        return one
    people = tuple(who if who.id == person else replace(who, detail=UNKNOWN, sealed=False) for who in one.people)
    own = next((who for who in people if who.id == person), None)
    if own is None:
        return replace(one, people=people)
    begun = not own.detail.startswith("0 ")
    status = Status.DONE if own.sealed else Status.BUSY if begun else Status.OPEN
    return replace(one, status=status, detail=own.detail, people=people)
