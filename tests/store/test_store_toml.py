"""Trees to bytes and back: any text survives exactly or is refused, and no file costs much time or memory."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kwartier
from kwartier.errors import Refused, Unreadable
from kwartier.records.canonical import same
from kwartier.store import toml

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(kwartier.__file__).parents[1])}
WHOLE_TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
LINES = st.lists(st.sampled_from(["\r\n", "\n", "\r", '"""', "'''", "\\", '"', " ", "\t", "a", "\x00", "\ufeff", "é"]))
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCALARS = st.one_of(
    WHOLE_TEXTS,
    LINES.map("".join),
    st.integers(-(2**80), 2**80),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.none() | st.just(UTC) | ZONES),
)
VALUES = st.recursive(
    SCALARS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(WHOLE_TEXTS, parts, max_size=4),
    max_leaves=20,
)
TREES = st.dictionaries(st.sampled_from(["answer", "note", "a-b", "1"]) | WHOLE_TEXTS, VALUES, max_size=5)


@given(TREES)
@example({"note": "a\r\nb", "answer": [{"note": "een\ntwee"}, {"note": "een\r\ntwee"}]})
@example({"answer": [{"item": "1"}, {"item": "2", "part": {"deep": [{"x": 1}]}}], "a": {"b": {}}, "c": [{}], "d": []})
@example({"x": [{"a": [[{"b": 1}]]}], "": [{"": ""}], "a.b": [{"c": 1}], "later": 1})
@settings(max_examples=400, deadline=None)
def test_what_toml_can_hold_comes_back_exactly(tree: dict[str, Any]) -> None:
    data = toml.encode(tree)
    assert data.startswith(b"# ")
    assert same(toml.parse(data, "x"), tree)
    assert toml.encode(toml.parse(data, "x")) == data


@given(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS), max_size=4))
def test_any_text_at_all_comes_back_or_is_refused(tree: dict[str, Any]) -> None:
    if has_half_sign(tree):
        with pytest.raises(Refused) as refused:
            toml.encode(tree)
        assert refused.value.code == "not-storable"
        assert not has_half_sign(refused.value.place or "")  # it will be shown
    else:
        assert same(toml.parse(toml.encode(tree), "x"), tree)


def has_half_sign(value: Any) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= sign <= "\udfff" for sign in value)
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return any(map(has_half_sign, parts))


def nested(depth: int) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for _ in range(depth):
        tree = {"a": tree}
    return tree


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (math.nan, "row[1].value"),
        (-math.inf, "row[1].value"),
        (None, "row[1].value"),
        (b"bytes", "row[1].value"),
        ((1, 2), "row[1].value"),
        ({1: 2}, "row[1].value"),
        ("\udcff", "row[1].value"),
        (time(1, tzinfo=UTC), "row[1].value"),
        (datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=30))), None),
        (10**5000, None),
        ("x" * toml.MAX_BYTES, None),
        (nested(5000), "row[1].value" + ".a" * (toml.MAX_DEPTH - 2)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_file_cannot_hold_is_refused_with_its_place(value: object, place: str | None) -> None:
    with pytest.raises(Refused) as refused:
        toml.encode({"row": [{"value": 1}, {"value": value}]})
    assert refused.value.code == "not-storable"
    assert refused.value.place == place
    assert refused.value.message and refused.value.advice


def test_every_row_has_a_header_and_a_long_text_its_lines() -> None:
    data = toml.encode({"schema": 1, "answer": [{"item": "1", "value": 3}, {"item": "2", "note": "een\n\ntwee"}]})
    assert data.decode() == (
        "# Dit bestand schrijft kwartier zelf: regels die met # beginnen, blijven niet bewaard.\n"
        'schema = 1\n\n[[answer]]\nitem = "1"\nvalue = 3\n\n[[answer]]\nitem = "2"\nnote = """\neen\n\ntwee"""\n'
    )


def test_a_byte_order_mark_is_read_over() -> None:
    assert toml.parse(b"\xef\xbb\xbfa = 1\r\n", "x") == {"a": 1}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a = 1\nb = \n", "map/x.toml:2"),
        (b"a = 1\na = 2\n", "map/x.toml:2"),
        (b"a = 1\n\nb = '\xff'\n", "map/x.toml:3"),
        (b"a = 'half", "map/x.toml:1"),
        (b"a = '\x00'", "map/x.toml:1"),
        ("a = 1".encode("utf-16"), "map/x.toml:1"),
        (b"a = 2026-02-30", "map/x.toml:1"),
        (b"a = " + b"9" * 5000, "map/x.toml"),
        (b"a = " + b"[" * 100_000, "map/x.toml"),
        (b"a = " + b"{a=" * 100_000, "map/x.toml"),
        (b"a = " + b"[" * 100 + b"]" * 100, "map/x.toml"),
        (b"a." * 20_000 + b"a = 1", "map/x.toml"),
        (b"[" + b"a." * 20_000 + b"a]", "map/x.toml"),
        (b"a" * (toml.MAX_BYTES + 1), "map/x.toml"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(data: bytes, place: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        toml.parse(data, "map/x.toml")
    assert unreadable.value.place == place
    assert unreadable.value.advice


HOSTILE = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
from kwartier.errors import Unreadable
from kwartier.store import toml
size = toml.MAX_BYTES
documents = [
    b"a." * 20_000 + b"a = 1", b"[" + b"a." * 20_000 + b"a]", b"a." * (size // 2 - 3) + b"a=1", b"[" * size,
    b"a=" + b"[" * (size - 2), b"a=" + b"{a=" * (size // 3 - 1), b"a='" + b"\\0" * (size - 3), b"9" * size,
    b"a=" + b"9" * (size - 2), b"[[a.b]]\\n" * (size // 8), b"#" * size, b"\\n" * size,
    b"a=[" + b"1," * (size // 2 - 3) + b"]", b"a=[" + b"{}," * (size // 3 - 3) + b"]",
    b'a=\"\"\"' + b'\"\"x' * (size // 3 - 3), b"a=1979-05-27T00:32:00." + b"9" * (size - 30),
    b"".join(b"k%d=1\\n" % number for number in range(size // 10)),
]
for document in documents:
    assert len(document) <= size, len(document)
    try:
        toml.parse(document, "x")
    except Unreadable:
        pass
print("read")
"""


def test_hostile_files_take_little_time_and_memory() -> None:
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE], env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False
    )
    # The child may have so much memory and so many seconds of a processor; beyond that it fails or is killed.
    assert (done.returncode, done.stdout) == (0, "read\n"), done.stderr


def test_one_is_not_true_and_not_one_point_zero() -> None:
    written = {"a": 1, "b": True, "c": 1.0, "d": -0.0, "e": date(2026, 1, 1), "f": datetime(2026, 1, 1)}
    back = tomli.loads(toml.encode(written).decode())
    assert {key: repr(value) for key, value in back.items()} == {key: repr(value) for key, value in written.items()}
