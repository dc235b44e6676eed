"""Puts the tables of keys in docs/developers/content.md right, from the schemas: python make_content_reference.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kwartier.instrument.schema import schema_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developers" / "content.md"
TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
COMMON = "AnyStep"
"""Not in a schema: the keys that every step has, shown once."""

Schema = Mapping[str, Any]


def structs() -> dict[str, Schema]:
    """Every table of the files, by the name of its struct; a step with only the keys of its own form."""
    found: dict[str, Schema] = {}
    files = (("instrument", "Header"), ("content", "Content"), ("crosswalk", "Crosswalk"), ("letter", "Letter"))
    for name, root in files:
        schema = schema_of(name)
        found |= schema["$defs"] | {root: schema}
    common = {"id", "title", "guidance", "optional", "by", "role", "own", "when", "settled"}
    steps = [name for name in found if name.endswith("Step")]
    found[COMMON] = _only(found[steps[0]], common)
    return found | {name: _only(found[name], set(found[name]["properties"]) - common) for name in steps}


def _only(schema: Schema, keys: set[str]) -> Schema:
    return {**schema, "properties": {key: one for key, one in schema["properties"].items() if key in keys}}


def renewed(text: str) -> str:
    """The page with every table as it should be. Raises KeyError for a struct that is no longer there."""
    known = structs()
    return TABLE.sub(lambda found: found[1] + _table(known[found[2]]) + "\n" + found[3], text)


def _table(schema: Schema) -> str:
    required = schema.get("required", [])
    keys = [key for key in schema["properties"] if key != "form"]
    if not keys:
        return "No keys of its own."
    lines = ["| key | takes | |", "| --- | --- | --- |"]
    for key in keys:
        field = schema["properties"][key]
        said = field.get("description") or ("Short and stable; records point at it." if key == "id" else "")
        star = " \\*" if key in required else ""
        meaning = said if star else said + _default(field)
        lines.append(f"| `{key}`{star} | {_takes(field)} | {meaning} |")
    return "\n".join(lines)


def _default(field: Schema) -> str:
    default = field.get("default")
    if not default:
        return ""
    return f" Default: {_literal(default)}."


def _literal(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"`[{', '.join(_quoted(one) for one in value)}]`"
    return f"`{_quoted(value)}`"


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _takes(field: Schema) -> str:
    """What a key takes, in a few words."""
    if "$ref" in field:
        return _link(field["$ref"])
    if "const" in field:
        return _literal(field["const"])
    if "enum" in field:
        return " or ".join(_literal(one) for one in field["enum"])
    if "anyOf" in field:
        kinds = [one for one in field["anyOf"] if one.get("type") != "null"]
        if all("$ref" in one for one in kinds) and len(kinds) > 1:
            return "[a block](#blocks)" if kinds[0]["$ref"].endswith("Block") else "[a step](#steps)"
        return " or ".join(_takes(one) for one in kinds)
    if field.get("type") == "array":
        return f"array of {_takes(field['items'])}"
    if field.get("type") == "object":
        held = field.get("additionalProperties", {})
        return "table of text" if held.get("type") == "string" else "[when](#when)"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return words[field["type"]]


def _link(ref: str) -> str:
    name = ref.rpartition("/")[2]
    return f"[{name}](#{name.lower()})"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
