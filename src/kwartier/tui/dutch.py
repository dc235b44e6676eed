"""Textual's own texts in Dutch, put over the English ones in this one place. It has no catalogue of its own.

Made for Textual 8.2; a test renders what a user can meet and looks for English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rich.text import Text
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.validation import URL, Function, Integer, Length, Number, Regex
from textual.widgets import LoadingIndicator, Select
from textual.widgets._select import SelectOverlay

PALETTE_PLACEHOLDER = "Zoek een opdracht…"
NOTHING_FOUND = "Niets gevonden"
CHOOSE = "Kies"
BUSY = "Bezig…"

BINDINGS: dict[str, str] = {
    "Dismiss menu": "lijst sluiten",
    "Exit the command palette": "sluiten",
    "Quit": "afsluiten",
    "Quit the app and return to the command prompt.": "Sluit kwartier af; alles is dan bewaard.",
}
"""Names and tooltips of Textual's own keys, as far as a footer shows them."""

FAILURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Must be a valid (?:number|integer)\."), "Vul een getal in."),
    (re.compile(r"Must be less than or equal to (.+)\."), r"Vul hoogstens \1 in."),
    (re.compile(r"Must be greater than or equal to (.+)\."), r"Vul minstens \1 in."),
    (re.compile(r"Must be between (.+) and (.+) characters\."), r"Gebruik \1 tot en met \2 tekens."),
    (re.compile(r"Must be between (.+) and (.+)\."), r"Vul \1 tot en met \2 in."),
    (re.compile(r"Must be shorter than (.+) characters\."), r"Gebruik hoogstens \1 tekens."),
    (re.compile(r"Must be longer than (.+) characters\."), r"Gebruik minstens \1 tekens."),
    (re.compile(r"Must be a valid URL\."), "Vul een webadres in."),
)
"""What a validator of Textual says, and what it says here."""

UNFIT = "Dit past hier niet."


def failure(told: str | None) -> str | None:
    """What a validator says, in Dutch; what it says about patterns and functions is for programmers."""
    if told is None:
        return None
    for pattern, words in FAILURES:
        if pattern.fullmatch(told):
            return pattern.sub(words, told)
    return UNFIT


def put() -> None:
    """Puts the Dutch texts in place; doing it twice changes nothing more."""
    for kind in (SelectOverlay, CommandPalette):
        _rename_keys(kind)
    for made in (Select.__init__, getattr(Select.from_values, "__func__")):  # noqa: B009  (typed as a method)
        defaults: dict[str, Any] = made.__kwdefaults__ or {}
        defaults["prompt"] = CHOOSE
    LoadingIndicator.render = _busy(LoadingIndicator.render)  # type: ignore[assignment, method-assign]
    for validator in (Number, Integer, Length, Regex, URL, Function):
        validator.describe_failure = _told(validator.describe_failure)  # type: ignore[method-assign]


def _rename_keys(kind: type[DOMNode]) -> None:
    kind.BINDINGS = [_renamed(Binding(*one) if isinstance(one, tuple) else one) for one in kind.BINDINGS]
    kind._merged_bindings = kind._merge_bindings()


def _renamed(one: Binding) -> Binding:
    return replace(
        one,
        description=BINDINGS.get(one.description, one.description),
        tooltip=BINDINGS.get(one.tooltip, one.tooltip),
    )


def _busy(render: Callable[[Any], Any]) -> Callable[[Any], Any]:
    if getattr(render, "is_dutch", False):
        return render

    def rendered(self: LoadingIndicator) -> Any:
        return Text(BUSY) if self.app.animation_level == "none" else render(self)

    rendered.is_dutch = True  # type: ignore[attr-defined]
    return rendered


def _told(describe: Callable[..., str | None]) -> Callable[..., str | None]:
    if getattr(describe, "is_dutch", False):
        return describe

    def described(self: Any, result: Any) -> str | None:
        return failure(describe(self, result))

    described.is_dutch = True  # type: ignore[attr-defined]
    return described
