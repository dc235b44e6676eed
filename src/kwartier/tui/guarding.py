"""What a widget or screen does with a refusal: the user reads it, what was typed stays, and the app lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from kwartier.errors import KwartierError

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp


class Guarded(MessagePump):
    """A widget or screen whose handlers may raise a `KwartierError`. Without this Textual would end the app."""

    @property
    def kwartier(self) -> KwartierApp:
        """The app that this is in."""
        from kwartier.tui.app import KwartierApp

        assert isinstance(self.app, KwartierApp)
        return self.app

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except KwartierError as error:
            self.kwartier.refuse(error)
