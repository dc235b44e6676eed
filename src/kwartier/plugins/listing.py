"""What is known of an installed instrument before it is opened: its state, why, and what to do."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from kwartier.instrument.model import Header


class State(StrEnum):
    """Where an instrument stands; the value is for programs, `word` for people."""

    READY = "ready"
    ACTIVE = "active"
    DISABLED = "disabled"
    INCOMPATIBLE = "incompatible"
    BROKEN = "broken"

    @property
    def word(self) -> str:
        """The word on the screen."""
        return {
            State.READY: "klaar",
            State.ACTIVE: "geopend",
            State.DISABLED: "uitgezet",
            State.INCOMPATIBLE: "past niet",
            State.BROKEN: "kapot",
        }[self]


class Listing(Struct, frozen=True, kw_only=True):
    """One installed instrument. `reason` and `advice` are Dutch, and empty when all is well."""

    id: str
    state: State
    distribution: str
    version: str
    module: str
    folder: str | None = None
    header: Header | None = None
    reason: str = ""
    advice: str = ""

    @property
    def usable(self) -> bool:
        """Whether new records can be made with it."""
        return self.state in (State.READY, State.ACTIVE)
