"""One of some choices, or more of them: by arrows, by the first letter, by mouse. What is chosen has a sign."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kwartier.text import clean
from kwartier.tui.guarding import Guarded
from kwartier.tui.looks import POINTED
from kwartier.tui.safe import parts

NOTHING = "–"

TOGETHER = 1.0
"""Letters within so many seconds are one word to find."""


class Heading(str):
    """In the place of a value: a title between the choices, that cannot be chosen."""


class ChoiceList(OptionList, Guarded):
    """Pointing at a choice chooses it. With `many` space chooses and lets go, and more can be chosen."""

    DEFAULT_CSS = """
    ChoiceList {
        height: auto; max-height: 6; border: none; padding: 0; background: $surface-lighten-1;
        &:focus { border: none; }
        & > .option-list--option { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", "kiezen", show=False)]

    class Changed(Message):
        """Something else is chosen."""

    class Entered(Message):
        """Enter: what comes next?"""

    def __init__(
        self,
        choices: Sequence[tuple[Any, str]],
        chosen: Any = None,
        *,
        many: bool = False,
        empty: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id, markup=False)
        self.many = many
        bare = [] if many or not empty else [(None, NOTHING)]
        self._choices: list[tuple[Any, str]] = [*bare, *choices]
        held = list(chosen or ()) if many else [chosen]
        # A value that is no choice any more is shown as it stands, until something else is chosen.
        known = [value for value, _ in self._choices]
        self._choices += [(value, f"{value} (geen keuze meer)") for value in held if value not in (None, *known)]
        self._chosen = {place for place, (value, _) in enumerate(self._choices) if value in held}
        if not many and not self._chosen:
            self._chosen = {0}
        self._looked_for, self._looked_at = "", 0.0

    def sign_at(self, place: int) -> str:
        """What space or an arrow is about, while the list has the focus."""
        return POINTED if self.has_focus and place == self.highlighted else ""

    def on_mount(self) -> None:
        self.add_options(
            [Option(self._prompt(place), disabled=self._is_heading(place)) for place in range(len(self._choices))]
        )
        first = next((place for place in range(len(self._choices)) if not self._is_heading(place)), None)
        if first is not None:
            self.highlighted = min(self._chosen, default=first)

    def _is_heading(self, place: int) -> bool:
        return isinstance(self._choices[place][0], Heading)

    @property
    def value(self) -> Any:
        """What is chosen: one value or None; with `many` a list."""
        found = [self._choices[place][0] for place in sorted(self._chosen)]
        return found if self.many else found[0] if found else None

    def _prompt(self, place: int) -> Any:
        if self._is_heading(place):
            return parts((self._choices[place][1], "bold"))
        chosen = place in self._chosen
        sign = ("[x] " if chosen else "[ ] ") if self.many else ("(•) " if chosen else "( ) ")
        return parts(sign, self._choices[place][1])

    def _choose(self, places: set[int]) -> None:
        changed, self._chosen = self._chosen ^ places, places
        for place in changed:
            self.replace_option_prompt_at_index(place, self._prompt(place))
        if changed:
            self.post_message(self.Changed())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if not self.many:
            self._choose({event.option_index})

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.many and self._by_mouse:
            self.action_tick()
        elif not self._by_mouse:
            self.post_message(self.Entered())
        self._by_mouse = False

    _by_mouse = False

    async def _on_click(self, event: events.Click) -> None:
        self._by_mouse = event.style.meta.get("option") is not None

    def action_tick(self) -> None:
        """Chooses what is pointed at, or lets it go."""
        if self.many and self.highlighted is not None:
            self._choose(self._chosen ^ {self.highlighted})

    def on_key(self, event: events.Key) -> None:
        """To what begins with the letters that were typed just now; where nothing does, with the last one alone."""
        typed = event.character
        within = monotonic() - self._looked_at < TOGETHER and bool(self._looked_for)
        if not typed or not (typed.isalnum() or (within and typed == ".")):
            self._looked_for = ""
            return
        self._looked_at = monotonic()
        longer = self._looked_for + typed if within else ""
        if longer and (found := self._beginning(longer, self.highlighted or 0)) is not None:
            self._looked_for = longer
        else:
            found = self._beginning(typed, (self.highlighted or 0) + 1)
            self._looked_for = typed
        if found is not None:
            event.stop()
            self.highlighted = found

    def _beginning(self, typed: str, start: int) -> int | None:
        """The first choice from `start` on, around the end, that begins so."""
        order = [*range(start, len(self._choices)), *range(min(start, len(self._choices)))]
        titles = [clean(title).strip().casefold() for _, title in self._choices]
        return next((at for at in order if titles[at].startswith(typed.casefold()) and not self._is_heading(at)), None)
