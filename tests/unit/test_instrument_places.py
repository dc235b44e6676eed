"""The line of a key in a TOML text: by hand for each way of writing, and for any tree that a writer writes."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from kwartier.instrument.places import Path, key_lines, locate

TEXT = '''\
schema = 1 # [section]
"title.of" = "a = 1"

[total]
note = """
bands = 3
[total.bands]
\\""" still the note """
method = 'none # no'
bands = [
    { title = "laag", low = "1.0" },
    # { title = "none" },
    { title = "hoog", when = { niveau = [2,
        3] } },
]

[[section]]
id = "A"
[[section.item]]
id = "1"
[[section.item]]
id = "2"
when.niveau = [
    4,
    5,
]
moment = 2020-01-01 10:00:00

[[section]]
id = "B"
[[section.item]]
id = "3"
literal = \'\'\'
[[section.item]]
\'\'\'
[section.item.extra."b\\u0063"]
deep = 1.5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("schema",), 1),
        (("title.of",), 2),
        (("total",), 4),
        (("total", "note"), 5),
        (("total", "method"), 9),
        (("total", "bands"), 10),
        (("total", "bands", 0, "low"), 11),
        (("total", "bands", 1), 13),
        (("total", "bands", 1, "when", "niveau", 0), 13),
        (("total", "bands", 1, "when", "niveau", 1), 14),
        (("section",), 17),
        (("section", 0, "id"), 18),
        (("section", 0, "item", 1), 21),
        (("section", 0, "item", 1, "when", "niveau", 1), 25),
        (("section", 0, "item", 1, "moment"), 27),
        (("section", 1, "item", 0, "id"), 32),
        (("section", 1, "item", 0, "literal"), 33),
        (("section", 1, "item", 0, "extra", "bc", "deep"), 37),
        (("section", 1, "item", 0, "anchors"), 31),
        (("section", 1, "when", "niveau"), 29),
        (("total", "places"), 4),
        (("nowhere",), None),
        ((), None),
    ],
)
def test_the_line_of_a_path_or_of_what_is_nearest_around_it(path: Path, line: int | None) -> None:
    tomli.loads(TEXT)
    assert locate(TEXT, path) == line


NOISE = st.sampled_from(
    ["[a]", '"""', "'''", "a = 1", "# no", "\\", "}", "regel\n[[b]]\nc = 2", 'x\n"""y', "1979-05-27"]
)
KEYS = st.sampled_from(["a", "b", "c d", "e.f", 'g"', "h\\", "[i]", "", "é"])
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.none() | NOISE,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=20,
    ),
    max_size=5,
)


def numbered(value: Any, path: Path, found: dict[int, Path]) -> Any:
    """The tree with a number of its own in place of each None, which is where it stands."""
    if value is None:
        number = 100_000 + len(found)
        found[number] = path
        return number
    if isinstance(value, dict):
        return {key: numbered(each, (*path, key), found) for key, each in value.items()}
    if isinstance(value, list):
        return [numbered(each, (*path, index), found) for index, each in enumerate(value)]
    return value


@given(TREES, st.booleans())
def test_every_value_of_any_tree_is_found_on_its_line(shape: dict[str, Any], multiline: bool) -> None:
    found: dict[int, Path] = {}
    source = tomli_w.dumps(numbered(shape, (), found), multiline_strings=multiline)
    lines = source.split("\n")
    for number, path in found.items():
        line = locate(source, path)
        assert line is not None
        assert str(number) in lines[line - 1]


@given(st.text(alphabet="ab.=[]{},\"'#\n\\ ", max_size=60))
def test_a_text_that_is_no_toml_is_scanned_to_its_end(source: str) -> None:
    last = source.count("\n") + 1
    assert all(1 <= line <= last for line in key_lines(source).values())
