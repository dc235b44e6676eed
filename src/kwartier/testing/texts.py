"""Whether what an instrument asks can be answered by who reads it: each item a text, each answer a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from kwartier.instrument.model import Content, Header, Item, Scale, ScoreStep, Value
from kwartier.instrument.reading import content_of
from kwartier.instrument.selection import for_parameters, scale_of
from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.testing.problem import Problem

MOST = 200
"""More combinations of parameters than this are not all looked at."""

_CHECK = "content"


def combinations(content: Content) -> list[dict[str, Value]]:
    """Every choice of parameters, or the first `MOST`; one empty choice where there are none."""
    names = [parameter.id for parameter in content.parameter]
    chosen = product(*(parameter.values for parameter in content.parameter))
    return [dict(zip(names, values, strict=True)) for values in islice(chosen, MOST)]


def content_problems(content: Content, tree: Tree) -> Iterator[Problem]:
    """Problems in a content that can be read, whatever the parameters."""
    yield from _round_trip(content, tree)
    asked: set[str] = set()
    for parameters in combinations(content):
        chosen = for_parameters(content, parameters)
        asked |= {item.id for item in chosen.items()}
        yield from _choice(chosen, parameters)
    for item in content.items():
        if item.id not in asked:
            yield Problem(_CHECK, f"item {item.id}", "is asked for no choice of the parameters")


def subject_problems(header: Header, content: Content) -> Iterator[Problem]:
    """Roles that do not fit what the instrument looks at; the content alone does not say what that is."""
    for role in content.role:
        if role.is_subject and header.subject == "organisation":
            yield Problem(_CHECK, f"role {role.id}", "is the subject itself, while an organisation is looked at")


def loose_texts(value: object, place: str = "") -> Iterator[str]:
    """The places of texts in a parsed file that are empty, or have a space too many where lines were joined.

    Easily overlooked in multi-line strings, but no mistake: so it is for authors who want it, and no problem.
    """
    if isinstance(value, str):
        lines = value.split("\n")
        if not value or value != value.strip() or "  " in value or any(line != line.strip() for line in lines):
            yield place
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from loose_texts(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from loose_texts(inner, f"{place}[{number}]")


def _round_trip(content: Content, tree: Tree) -> Iterator[Problem]:
    """A record keeps the content as TOML, so it has to come back the same."""
    back = toml.parse(toml.encode(tree), "content.toml")
    if back != tree or content_of(back, "content.toml") != content:
        yield Problem(_CHECK, "content.toml", "does not come back the same after it was written and read")


def _choice(content: Content, parameters: Mapping[str, Value]) -> Iterator[Problem]:
    where = ", ".join(f"{name}={value}" for name, value in parameters.items())
    suffix = f" ({where})" if where else ""
    if any(isinstance(step, ScoreStep) for step in content.step) and not content.items():
        yield Problem(_CHECK, f"sections{suffix}", "there is a score step and no item to score")
    roles = {role.id for role in content.role if role.kind == "assessor"}
    for step in content.step:
        if isinstance(step, ScoreStep) and step.role not in roles:
            yield Problem(_CHECK, f"step {step.id}", "names no role of kind assessor, so nobody can score")
    for item in content.items():
        if not item.statement.strip():
            yield Problem(_CHECK, f"item {item.id}{suffix}", "has a blank statement")
        bare = _bare(item, scale_of(content, item))
        if bare:
            yield Problem(_CHECK, f"item {item.id}{suffix}", f"does not say what {', '.join(bare)} means")


def _bare(item: Item, scale: Scale) -> list[str]:
    """The answers that are only a number: without anchor, and without title on the scale."""
    if item.anchors:
        return []
    return [str(option.value) for option in scale.options if not option.title and isinstance(option.value, int)]
