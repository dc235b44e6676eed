"""Makes src/kwartier/reports/pdf/fonts from the fonts as they are published: smaller, and a list of what they hold.

Needs fonttools and brotli, which nothing else here does: `pip install fonttools brotli` in an environment of its own.
Run it as `python tools/make_fonts.py FOLDER`, where FOLDER holds the fonts of SOURCES, as .ttf, .woff or .woff2.
With --list it only writes the list anew. Only when a font is renewed: the fonts themselves are kept in the repository.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset, ttLib  # type: ignore[import-not-found]

TARGET = Path(__file__).resolve().parents[1] / "src" / "kwartier" / "reports" / "pdf" / "fonts"
LIST = "covered.txt"

Ranges = tuple[tuple[int, int], ...]
EVERYTHING: Ranges = ((0x20, 0x10FFFF),)
LETTERS: Ranges = ((0x20, 0x58F), (0x1D00, 0x2DFF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD))
SIGNS: Ranges = ((0x2000, 0x2BFF), (0xFFFD, 0xFFFD))
SHAPING = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum")
"""What Latin, Greek and Cyrillic need. Without ligatures and `calt`: "->" stays as it was typed."""


class Source(NamedTuple):
    """One font as it is published."""

    name: str
    "Of its file, and of the file that is made, without what is behind the dot."
    holds: Ranges
    features: tuple[str, ...]
    "Of its layout; a star is all."


SOURCES = (
    Source("Inter-Regular", LETTERS, SHAPING),  # Inter 4.1, rsms.me/inter
    Source("Inter-Bold", LETTERS, SHAPING),
    Source("Inter-Italic", LETTERS, SHAPING),
    Source("DejaVuSans", SIGNS, ()),  # DejaVu 2.37: arrows, boxes, signs that tell things apart in a list
    Source("NotoSansHebrew-Regular", EVERYTHING, ("*",)),  # Noto fonts of December 2020
    Source("NotoSansArabic-Regular", EVERYTHING, ("*",)),
    Source("NotoEmoji-Regular", EVERYTHING, ()),  # Noto Emoji 3.006, of one colour; joined emoji are shown as parts
)


def main(arguments: list[str]) -> int:
    """Writes the fonts that are asked for and the list; gives the exit status."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    if arguments[0] != "--list":
        for source in SOURCES:
            _make(source, Path(arguments[0]))
    lines = [_line(source.name) for source in SOURCES]
    (TARGET / LIST).write_text("".join(lines), encoding="ascii", newline="\n")
    return 0


def _make(source: Source, folder: Path) -> None:
    found = next(path for ending in (".ttf", ".woff2", ".woff") if (path := folder / (source.name + ending)).exists())
    options = subset.Options()
    options.layout_features = list(source.features)
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["MATH", "DSIG", "FFTM"]
    font: Any = subset.load_font(str(found), options)
    held = {char for char in font.getBestCmap() if any(low <= char <= high for low, high in source.holds)}
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=held)
    cutter.subset(font)
    font.flavor = None
    font["head"].modified = font["head"].created  # the same bytes each time
    font.recalcTimestamp = False
    font.save(str(TARGET / f"{source.name}.ttf"))


def _line(name: str) -> str:
    """The name of a font and the ranges of characters that it holds, in hexadecimal."""
    font: Any = ttLib.TTFont(TARGET / f"{name}.ttf")
    ranges: list[list[int]] = []
    for char in sorted(font.getBestCmap()):
        if ranges and ranges[-1][1] == char - 1:
            ranges[-1][1] = char
        else:
            ranges.append([char, char])
    told = (f"{low:x}" if low == high else f"{low:x}-{high:x}" for low, high in ranges)
    return f"{name} {' '.join(told)}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
