"""What `when` says: whether it holds, whether two can hold at once, whether one brings the other along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .mistakes import Flaw, listed, shown
from .model import Parameter, Value, When
from .places import Path

Parameters = Mapping[str, Value]
"""Parameter id to the value that was set when a record was made."""

Choices = Mapping[str, Sequence[Value]]


def holds(when: When, parameters: Parameters) -> bool:
    """Whether each entry of `when` names the value that is set; an empty one always holds, an unset parameter never."""
    return all(name in parameters and parameters[name] in values for name, values in when.items())


def choices_of(parameters: Iterable[Parameter]) -> dict[str, tuple[Value, ...]]:
    """The values that each parameter can have."""
    return {parameter.id: parameter.values for parameter in parameters}


def together(choices: Choices, whens: Sequence[When]) -> bool:
    """Whether some combination of values makes all of them hold. Parameters are independent, so one by one will do."""
    for name in {name for when in whens for name in when}:
        left = set(choices.get(name, ()))
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
