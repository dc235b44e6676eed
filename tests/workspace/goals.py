"""The Tuinmeter with goals: an item of its own beside item 1, and a step in which goals are written."""

from __future__ import annotations

_SCALE = """[[scale]]
id = "doel"
kind = "nominal"
options = [
    { value = "A", title = "bereikt", key = "a" },
    { value = "B", title = "niet bereikt", key = "b" },
]

[[section]]
id = "A"
"""
_ITEM = """[[section.item]]
id = "1b"
title = "Het doel voor de bodem"
short = "Doel bodem"
scale = "doel"
statement = "Het doel voor de bodem is bereikt."
beside = "1"

[[section.item]]
id = "2"
"""
_STEP = """[[step]]
id = "doelen"
form = "notes"
title = "Doelen"
label = "doel"
scales = ["staat"]

[[step]]
id = "toelichting"
"""


def with_goals(text: str) -> str:
    """The content of the Tuinmeter, changed so."""
    for old, new in (
        ('[[section]]\nid = "A"\n', _SCALE),
        ('[[section.item]]\nid = "2"\n', _ITEM),
        ('[[step]]\nid = "toelichting"\n', _STEP),
        ("general = true\n", 'general = true\nscales = ["staat"]\n'),
        ('scored_on = "toelichting"\n', 'scored_on = "toelichting"\nshows = ["doelen"]\n'),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
