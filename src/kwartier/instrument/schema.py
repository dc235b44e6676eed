"""The JSON Schemas of the files of an instrument, for editors: made from the model, shipped beside it.

`python -m kwartier.instrument.schema` writes them anew; nothing else here touches a file but the model's own source,
from which the descriptions of fields are read.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from typing import Any

import msgspec

from . import crosswalk, judging, letters, model, profile, steps
from .mistakes import Tree

FILES: dict[str, type] = {
    "instrument": model.Header,
    "content": model.Content,
    "crosswalk": crosswalk.Crosswalk,
    "profile": profile.Profile,
    "letter": letters.Letter,
}
"""Which type each file of an instrument has; the schema of a file is named after it."""

_SOURCES = (judging, profile, steps, model, crosswalk, letters)
"""The modules in which the tables stand, those that others build on first."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The text of each schema, by the name of its file."""
    return {f"{name}.schema.json": json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n" for name in FILES}


def schema_of(name: str) -> Tree:
    """The schema of `instrument`, `content` or `crosswalk`, as a tree: JSON Schema 2020-12, closed for unknown keys."""
    of = FILES[name]
    _, parts = msgspec.json.schema_components([of], ref_template="#/$defs/{name}")
    described = _descriptions()
    for part, schema in parts.items():
        _describe(schema, described.get(part, {}))
    root = parts.pop(of.__name__)
    return {"$schema": _DIALECT, "title": f"{name}.toml", **_without_title(root), "$defs": parts}


def _describe(schema: dict[str, Any], fields: dict[str, str]) -> None:
    for name, field in schema.get("properties", {}).items():
        if name in fields:
            field["description"] = fields[name]


def _without_title(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "title"}


def _descriptions() -> dict[str, dict[str, str]]:
    """What the model says under each field, by class and field; fields of a base class are repeated in those below."""
    own: dict[str, dict[str, str]] = {}
    for node in [one for module in _SOURCES for one in ast.parse(inspect.getsource(module)).body]:
        if isinstance(node, ast.ClassDef):
            inherited = [own.get(base.id, {}) for base in node.bases if isinstance(base, ast.Name)]
            fields = {name: text for each in inherited for name, text in each.items()}
            own[node.name] = fields | _said(node.body)
    return own


def _said(body: list[ast.stmt]) -> dict[str, str]:
    said: dict[str, str] = {}
    for field, below in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            # A name that Python keeps for itself is written with a mark behind it.
            said[field.target.id.rstrip("_")] = " ".join(below.value.value.split())
    return said


if __name__ == "__main__":
    from pathlib import Path

    folder = Path(__file__).with_name("schemas")
    folder.mkdir(exist_ok=True)
    for file, text in schemas().items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
