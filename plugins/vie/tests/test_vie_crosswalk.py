"""The crosswalk with the MIE: every item of both has a place, and nothing in it looks like a conversion."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import tomli

FILE = Path(__file__).parents[1] / "src" / "kwartier_vie" / "crosswalk.toml"
TREE: dict[str, Any] = tomli.loads(FILE.read_text(encoding="utf-8"))
OWN = {f"{number}a" for number in range(1, 11)}
OTHER = {str(number) for number in range(1, 13)}


def test_every_item_of_both_stands_in_a_pair_or_alone() -> None:
    for side, items in (("own", OWN), ("other", OTHER)):
        paired = {pair[side] for pair in TREE["pair"]}
        alone = Counter(row[side] for row in TREE["alone"] if side in row)
        assert paired | set(alone) == items
        assert not paired & set(alone)
        assert set(alone.values()) <= {1}


def test_relations_are_known_and_the_same_is_rare() -> None:
    """The anchors of 2012 and 2026 differ so much that the same matter is the exception."""
    assert (TREE["schema"], TREE["with"]) == (1, "mie")
    relations = Counter(pair["relation"] for pair in TREE["pair"])
    assert set(relations) <= {"same", "broader", "narrower"}
    assert relations["same"] < len(TREE["pair"]) / 2


def test_every_row_gives_its_reason_in_one_sentence() -> None:
    reasons = [row["reason"] for row in (*TREE["pair"], *TREE["alone"])]
    assert len(set(reasons)) == len(reasons)
    for reason in reasons:
        assert reason.endswith(".") and ". " not in reason, reason


def test_it_says_whose_reading_it_is_and_what_the_vie_did_not_measure() -> None:
    assert "eigen lezing" in TREE["note"] and "nergens gepubliceerd" in TREE["note"]
    assert "nooit wordt omgerekend" in TREE["note"]
    not_measured = {row["other"]: row["reason"] for row in TREE["alone"] if "other" in row}
    assert all(reason.startswith("Niet gemeten in de VIE") for reason in not_measured.values())
    for word in ("visie en beleid", "geld", "buiten de instelling", "functie"):
        assert any(word in reason for reason in not_measured.values()), word
