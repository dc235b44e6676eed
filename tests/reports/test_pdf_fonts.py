"""The fonts that a PDF is set in: what they hold is listed rightly, and their licences are there."""

from __future__ import annotations

import struct
from pathlib import Path

from kwartier.reports import pdf
from kwartier.reports.pdf.glyphs import covered

FONTS = Path(pdf.__file__).parent / "fonts"


def test_the_list_of_what_the_fonts_hold_is_right() -> None:
    listed = covered()
    assert {f"{name}.ttf" for name in listed} == {path.name for path in FONTS.glob("*.ttf")}
    for name, ranges in listed.items():
        held = {char for low, high in ranges for char in range(low, high + 1)}
        assert held == characters((FONTS / f"{name}.ttf").read_bytes()), name


def test_each_font_comes_with_its_licence() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    for family, licence in (("Inter", "Inter"), ("DejaVu", "DejaVu"), ("Noto", "Noto")):
        assert family in readme
        assert "permi" in (FONTS / f"{licence}-LICENSE.txt").read_text(encoding="utf-8")


def characters(font: bytes) -> set[int]:
    """The characters that a font file maps to a shape."""
    tables = struct.unpack(">H", font[4:6])[0]
    entries = [struct.unpack(">4sLLL", font[12 + 16 * at : 28 + 16 * at]) for at in range(tables)]
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    found: set[int] = set()
    for at in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        where = start + struct.unpack(">L", font[start + 8 + 8 * at : start + 12 + 8 * at])[0]
        form = struct.unpack(">H", font[where : where + 2])[0]
        if form == 12:
            found |= _groups(font[where:])
        elif form == 4:
            found |= _segments(font[where:])
    return found


def _groups(table: bytes) -> set[int]:
    count = struct.unpack(">L", table[12:16])[0]
    groups = [struct.unpack(">LLL", table[16 + 12 * at : 28 + 12 * at]) for at in range(count)]
    return {char for low, high, _ in groups for char in range(low, high + 1)}


def _segments(table: bytes) -> set[int]:
    """Of a table of form 4; a segment whose shapes are all missing does not occur in these fonts."""
    half = struct.unpack(">H", table[6:8])[0]
    ends = struct.unpack(f">{half // 2}H", table[14 : 14 + half])
    starts = struct.unpack(f">{half // 2}H", table[16 + half : 16 + 2 * half])
    return {char for low, high in zip(starts, ends, strict=True) for char in range(low, high + 1)} - {0xFFFF}
