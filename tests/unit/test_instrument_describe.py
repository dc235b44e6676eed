"""What an instrument holds, in numbers and names."""

from __future__ import annotations

import json
from pathlib import Path

from kwartier.instrument.describe import describe
from kwartier.instrument.mistakes import Tree
from kwartier.instrument.reading import read_content, read_header

SAMPLES = Path(__file__).parents[1] / "samples" / "instruments"


def described(name: str) -> Tree:
    folder = SAMPLES / name
    header = read_header((folder / "instrument.toml").read_bytes(), "instrument.toml")
    return describe(header, read_content((folder / "content.toml").read_bytes(), "content.toml"))


def test_everything_is_counted() -> None:
    assert described("tuin")["counts"] == {
        "sections": 2,
        "items": 5,
        "parts": 0,
        "statements": 5,
        "anchors": 15,
        "prompts": 4,
        "essential": 3,
        "facts": 2,
        "steps": 13,
    }
    counts = described("route")["counts"]
    assert (counts["parts"], counts["statements"], counts["anchors"]) == (5, 7, 3)


def test_steps_scales_and_parameters_are_named() -> None:
    route = described("route")
    assert route["title"] == "Routeboek voor leerling-gidsen"
    assert route["edition"] == "2e druk"
    assert route["parameters"][0] == {"id": "niveau", "title": "Opleidingsniveau", "values": [2, 3, 4, 5, 6, 7]}
    assert [(each["id"], each["form"]) for each in route["steps"]][:2] == [("start", "facts"), ("zelf", "score")]
    assert [(each["id"], each["kind"]) for each in route["scales"]] == [
        ("kan", "nominal"),
        ("doel", "nominal"),
        ("oordeel", "nominal"),
    ]


def test_it_is_plain_data() -> None:
    for name in ("tuin", "route"):
        assert json.loads(json.dumps(described(name))) == described(name)
