"""TOML bytes to a tree, whatever the bytes are: the one way in for files of an instrument. No rules about content."""

from __future__ import annotations

import tomli

from .mistakes import Mistake, Mistaken, Tree

LIMIT = 2 * 1024 * 1024
"""The largest file that is read, in bytes."""

_TOML = "geldige TOML"


def parse(data: bytes, place: str) -> Tree:
    """The tree of a TOML file; raises `Mistaken`. `place` is its path, for messages."""
    return parse_with_source(data, place)[1]


def parse_with_source(data: bytes, place: str) -> tuple[str, Tree]:
    """The text of a TOML file (without byte order mark, lines ending in \\n) and its tree; raises `Mistaken`."""
    if len(data) > LIMIT:
        raise _wrong(place, 1, f"een bestand van {len(data)} bytes", f"hoogstens {LIMIT} bytes")
    try:
        source = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _wrong(place, line, "tekens die geen UTF-8 zijn", "een tekstbestand in UTF-8") from None
    try:
        return source, tomli.loads(source)
    except tomli.TOMLDecodeError as error:
        line, column = min(error.lineno, source.count("\n") + 1), error.colno
        found = f"op teken {column} iets dat hier niet kan (de lezer zegt: {error.msg})"
        raise _wrong(place, line, found, _TOML) from None
    except RecursionError:
        raise _wrong(place, 1, "rijen of tabellen die veel te diep in elkaar zitten", _TOML) from None
    except ValueError:
        raise _wrong(place, 1, "een getal of datum die niet bestaat of veel te groot is", _TOML) from None


def _wrong(place: str, line: int, found: str, expected: str) -> Mistaken:
    return Mistaken(place, [Mistake(f"{place}:{line}", "", found, expected)])
