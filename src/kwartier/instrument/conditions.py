"""What `when` says: whether it holds, whether two can hold at once, whether one brings the other along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from .mistakes import Flaw, listed, shown
from .model import Parameter, Setting, Value, When
from .places import Path

Parameters = Mapping[str, Setting]
"""Parameter id to what was set when a record was made."""

Choices = Mapping[str, Sequence[Value]]


def holds(when: When, parameters: Parameters) -> bool:
    """Whether each entry of `when` names a value that is set; an empty one always holds, an unset parameter never."""
    return all(bool(set(set_values(parameters, name)) & set(values)) for name, values in when.items())


def set_values(parameters: Parameters, name: str) -> tuple[Value, ...]:
    """The values that a parameter is set to; none where it is not set."""
    found = parameters.get(name, ())
    return (found,) if isinstance(found, int | str) else tuple(found)


def setting_words(setting: Setting) -> str:
    """What a parameter is set to, as it is read and can be typed: 4, or 4,5."""
    return str(setting) if isinstance(setting, int | str) else ", ".join(map(str, setting))


def choices_of(parameters: Iterable[Parameter]) -> dict[str, tuple[Value, ...]]:
    """The values that each parameter can have."""
    return {parameter.id: parameter.values for parameter in parameters}


def together(choices: Choices, whens: Sequence[When], several: Collection[str] = ()) -> bool:
    """Whether some combination of values makes all of them hold. Parameters are independent, so one by one will do.

    `several` are the parameters of which more than one value may be chosen: each then finds its own.
    """
    for name in {name for when in whens for name in when}:
        left = set(choices.get(name, ()))
        if name in several:
            if not all(left & set(when.get(name, left)) for when in whens):
                return False
            continue
        for when in whens:
            left &= set(when.get(name, left))
        if not left:
            return False
    return True


def implies(choices: Choices, when: When, other: When) -> bool:
    """Whether `other` holds wherever `when` does. Entries on unknown parameters are no ground for a no."""
    for name, values in other.items():
        possible = set(choices.get(name, ()))
        if not possible & set(when.get(name, possible)) <= set(values):
            return False
    return True


def when_flaws(when: When, path: Path, choices: Choices) -> list[Flaw]:
    """Parameters and values in a `when` that do not exist, and entries that never hold."""
    flaws: list[Flaw] = []
    for name, values in when.items():
        here = (*path, "when", name)
        if name not in choices:
            expected = f"een van de parameters {listed(choices)}"
            flaws.append(Flaw(here, f"de onbekende parameter {shown(name)}", expected, name, tuple(choices)))
            continue
        known = frozenset(choices[name])
        expected = f"waarden van deze parameter: {listed(choices[name])}"
        if not values:
            flaws.append(Flaw(here, "een lege rij, die nooit geldt", expected))
        flaws += [
            Flaw((*here, index), shown(value), expected) for index, value in enumerate(values) if value not in known
        ]
    return flaws
