"""What an instrument asks of rows of a table: which answers for which parameters; and what the user said of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from itertools import islice, product

from msgspec.structs import replace

from kwartier.errors import Misused
from kwartier.instrument.model import Content, Item, Setting
from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.text import one_line
from kwartier.workflow.importing import SHOWN, parse_moment
from kwartier.workflow.sealing import expected_keys
from kwartier.workflow.table_columns import answer_key


class Asked:
    """What of a content is asked with given parameters, worked out once for each combination."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._found: dict[tuple[tuple[str, Setting], ...], tuple[Content, frozenset[str], frozenset[str]]] = {}

    def content_for(self, parameters: Mapping[str, Setting]) -> Content:
        """What is asked."""
        return self._of(parameters)[0]

    def keys(self, parameters: Mapping[str, Setting]) -> frozenset[str]:
        """The answers that can be given: items, and all their parts."""
        return self._of(parameters)[1]

    def full(self, parameters: Mapping[str, Setting]) -> frozenset[str]:
        """The answers of a full record."""
        return self._of(parameters)[2]

    def _of(self, parameters: Mapping[str, Setting]) -> tuple[Content, frozenset[str], frozenset[str]]:
        key = tuple(sorted(parameters.items()))
        if key not in self._found:
            content = for_parameters(self.content, parameters)
            full = frozenset(answer_key(*one) for one in expected_keys(content))
            self._found[key] = content, frozenset(one for item in content.items() for one in keys_of(item)), full
        return self._found[key]

    def fitting(self, known: Mapping[str, Setting], keys: frozenset[str]) -> list[dict[str, Setting]]:
        """The parameters with these among them for which all these answers are asked."""
        names = [one.id for one in self.content.parameter]
        choices = [[known[one.id]] if one.id in known else list(one.values) for one in self.content.parameter]
        combinations = (dict(zip(names, values, strict=True)) for values in islice(product(*choices), 10_000))
        return [one for one in combinations if keys <= self.keys(one)]


def keys_of(item: Item) -> list[str]:
    """The answers that an item can have: its own, and those of its parts."""
    return [answer_key(item.id), *(answer_key(item.id, part.id) for part in item.parts)]


def given_parameters(content: Content, given: Mapping[str, object]) -> dict[str, Setting]:
    """The parameters that the user gave, as values of the content. Raises `Misused` for one that does not exist."""
    own = tuple(one for one in content.parameter if one.id in given)
    return check_parameters(replace(content, parameter=own), given)


def given_dates(content: Content, given: tuple[str, ...]) -> dict[tuple[str, str], tuple[Day, bool]]:
    """The dates that the user gave, for all rows or by parameter and value. Raises `Misused`."""
    values = {one.id: [str(value) for value in one.values] for one in content.parameter}
    found: dict[tuple[str, str], tuple[Day, bool]] = {}
    for text in given:
        before, sign, day = text.partition(":")
        name, equals, value = (part.strip() for part in before.partition("="))
        if not sign and not equals:
            found["", ""] = parse_moment(text.strip())
        elif not equals or name not in values or value not in values[name]:
            examples = [f"{one}={value}:2011-06" for one, allowed in values.items() for value in allowed]
            raise Misused(
                "date-wrong",
                f"'{one_line(text, SHOWN)}' zegt niet bij welke metingen de datum hoort.",
                advice=f"Schrijf bijvoorbeeld {', '.join(examples[:4]) or '2011-06'}.",
            )
        else:
            found[name, value] = parse_moment(day.strip())
    return found
