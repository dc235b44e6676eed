"""Typed answers as values: yes or no, a day, a number, one of some choices. Pure; raises `Misused` in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from kwartier.errors import Misused
from kwartier.instrument.model import Option, Scale
from kwartier.workflow.periods import parse_date

T = TypeVar("T")

_DAYS = {"gisteren": -1, "vandaag": 0, "morgen": 1}


def yes_no(typed: str) -> bool:
    """j, ja, n or nee."""
    plain = typed.strip().casefold()
    if plain in ("j", "ja", "n", "nee"):
        return plain in ("j", "ja")
    raise Misused("answer-wrong", f"'{typed.strip()}' is geen ja of nee.", advice="Typ j of n.")


def day(typed: str, today: date) -> date:
    """A date as people write it, or vandaag, gisteren, morgen."""
    plain = typed.strip().casefold()
    return today + timedelta(days=_DAYS[plain]) if plain in _DAYS else parse_date(typed)


def whole(typed: str) -> int:
    """A whole number."""
    try:
        return int(typed.strip())
    except ValueError:
        raise Misused("number-wrong", f"'{typed.strip()}' is geen heel getal.", advice="Typ cijfers.") from None


def pick(typed: str, choices: Sequence[tuple[T, str]], what: str = "keuze", *, by_id: bool = False) -> T:
    """One of the choices, by its number in the list (`by_id`: by what it is), its title, or a beginning of that."""
    plain = _folded(typed)
    if not by_id and plain.isdecimal() and 0 < int(plain) <= len(choices):
        return choices[int(plain) - 1][0]
    exact = [value for value, title in choices if plain in (_folded(title), _folded(str(value)))]
    begun = [value for value, title in choices if plain and _folded(title).startswith(plain)]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    listed = ", ".join(f"{value} {title}" for value, title in choices) if by_id else numbered(choices)
    raise Misused("choice-wrong", f"'{typed.strip()}' is hier geen {what}.", advice=f"Kies: {listed or 'niets'}.")


def numbered(choices: Iterable[tuple[object, str]]) -> str:
    """Choices with their numbers, as they are said: 1 kaal, 2 schraal."""
    return ", ".join(f"{place} {title}" for place, (_, title) in enumerate(choices, 1))


def option(typed: str, scale: Scale) -> Option | None:
    """The answer of a scale that is meant: by its value, its key or its title; None where none is."""
    plain = _folded(typed)
    for name in ("value", "key", "title"):
        found = [one for one in scale.options if plain and _folded(str(getattr(one, name))) == plain]
        if found:
            return found[0]
    return None


def no_answer(scale: Scale) -> str:
    """The letter that says that there is no answer on this scale; empty where there has to be one."""
    if not scale.missing:
        return ""
    taken = {_folded(text) for one in scale.options for text in (str(one.value), one.key, one.title)}
    return next(letter for letter in ("n", "x", "ntb", "geen antwoord") if letter not in taken)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
