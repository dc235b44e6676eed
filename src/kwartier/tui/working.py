"""Work beside the messages of a screen, so that keys are answered meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from textual.dom import DOMNode

from kwartier.errors import KwartierError


def begin(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, group: str = "default", exclusive: bool = False
) -> None:
    """Begins a piece of work that ends with `node`. With `exclusive` it takes the place of what its group was doing.

    A refusal in it is a message, as it is everywhere on a screen.
    """

    async def worked() -> None:
        from kwartier.tui.app import KwartierApp

        try:
            await work()
        except KwartierError as error:
            assert isinstance(node.app, KwartierApp)
            node.app.refuse(error)

    # Given as a function: a coroutine that is overtaken before its turn would be one that nobody waits for.
    node.run_worker(cast(Any, worked), group=group, exclusive=exclusive)
