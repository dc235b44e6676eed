"""Line by line: a measurement in which lines are typed, without a program of its own; what is said is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import Generic, TypeVar

from tests.workspace.conftest import Garden

from kwartier.cli.stepwise import steps
from kwartier.cli.stepwise.conversation import Conversation, Stop
from kwartier.cli.stepwise.work import Work

Place = TypeVar("Place", bound=Garden)


class Talking(Generic[Place]):
    """A measurement that was begun, and somebody at the keyboard."""

    def __init__(self, garden: Place) -> None:
        self.garden = garden
        with garden.open() as ws:
            self.ref = garden.begin(ws)

    def typed(self, step: str, *lines: str, who: str | None = None) -> str:
        """Types these lines in a step; gives all that was said."""
        said: list[str] = []
        left = iter(lines)

        def read(prompt: str) -> str:
            said.append(prompt)
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        with self.garden.open() as ws:
            work = Work(ws, self.ref, Conversation(read, said.append), who)
            with suppress(Stop):
                steps.do(work, ws.step(self.ref, step))
        return "\n".join(said)
