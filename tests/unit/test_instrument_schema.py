"""The JSON Schemas that are shipped for editors: up to date, closed, described, and of the same keys as the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from kwartier.instrument.schema import FILES, schema_of, schemas


@pytest.mark.parametrize("file", ["instrument.schema.json", "content.schema.json", "crosswalk.schema.json"])
def test_the_shipped_schema_is_what_the_model_says(file: str) -> None:
    shipped = resources.files("kwartier.instrument").joinpath("schemas", file).read_text(encoding="utf-8")
    assert shipped == schemas()[file], "run: python -m kwartier.instrument.schema"


def tables(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a schema, with a name for messages."""
    schema = schema_of(name)
    yield name, schema
    yield from schema["$defs"].items()


@pytest.mark.parametrize("name", FILES)
def test_every_table_is_closed_and_every_key_described(name: str) -> None:
    for table, schema in tables(name):
        assert schema["additionalProperties"] is False, table
        assert schema["description"], table
        for key, field in schema["properties"].items():
            if key not in ("form", "schema"):
                assert field.get("description"), f"{table}.{key}"


def test_a_schema_names_its_dialect_and_no_address_of_its_own() -> None:
    for text in schemas().values():
        assert '"$id"' not in text
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert text.count("http") == 1


def test_every_reference_leads_somewhere() -> None:
    for name in FILES:
        text = json.dumps(schema_of(name))
        targets = set(schema_of(name)["$defs"])
        assert {part.split('"')[0] for part in text.split("#/$defs/")[1:]} <= targets


def test_a_step_has_its_form_and_what_every_step_has() -> None:
    score = schema_of("content")["$defs"]["ScoreStep"]
    assert score["properties"]["form"]["enum"] == ["score"]
    assert {"id", "title", "form"} <= set(score["required"])
    assert "own" in score["properties"]
