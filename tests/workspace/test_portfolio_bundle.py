"""Several files in one: there and back, and nothing is trusted of what was made elsewhere."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.workspace.conftest import refusal

from kwartier.workspace.bundle import Limits, is_bundle, pack, unpack

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}(/[a-z0-9]{1,8}\.toml)?", fullmatch=True)


def zipped(*entries: tuple[str, bytes], mode: int = stat.S_IFREG | 0o600) -> bytes:
    """A zip as anybody can make it."""
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
            for name, data in entries:
                entry = zipfile.ZipInfo(name)
                entry.external_attr = mode << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                whole.writestr(entry, data)
    return made.getvalue()


@given(st.dictionaries(NAMES, st.binary(max_size=200), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_what_goes_in_comes_out_and_always_as_the_same_bytes(files: dict[str, bytes]) -> None:
    data = pack(files)
    assert is_bundle(data)
    assert unpack(data, "x") == files
    assert pack(dict(reversed(files.items()))) == data


@pytest.mark.parametrize(
    "name",
    ["../buiten", "/etc/passwd", "a/../b", "C:/x", "a\\b", "a//b", ".verborgen", "a/", "x\ny", "é", "a" * 400, "x."],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert refusal(lambda: unpack(zipped((name, b"x")), "x")).code == "bundle-wrong"
    with pytest.raises(ValueError, match="name"):
        pack({name: b"x"})


def test_links_doubles_and_damage_are_refused() -> None:
    data = pack({"a": b"een tekst"})
    broken = bytearray(data)
    broken[32] ^= 0xFF
    for wrong in (
        zipped(("a", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
        zipped(("a", b"1"), ("A", b"2")),
        data[:-1],
        data + b"x",
        bytes(broken),
        b"",
        b"PK\x03\x04",
    ):
        assert refusal(lambda wrong=wrong: unpack(wrong, "x")).code == "bundle-wrong"


def test_more_than_the_limits_is_refused_also_where_the_size_is_a_lie() -> None:
    bomb = zipped(("a", bytes(1_000_000)))
    assert len(bomb) < 5000
    assert refusal(lambda: unpack(bomb, "x", Limits(each=999_999))).code == "bundle-too-large"
    assert refusal(lambda: unpack(bomb, "x", Limits(total=999_999))).code == "bundle-too-large"
    lie = bomb.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lambda: unpack(lie, "x", Limits(each=100))).code in ("bundle-wrong", "bundle-too-large")
    many = pack({f"f{n}": b"" for n in range(4)})
    assert refusal(lambda: unpack(many, "x", Limits(count=3))).code == "bundle-too-large"
    assert len(unpack(many, "x", Limits(count=4))) == 4
