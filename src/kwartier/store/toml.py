"""Bytes of a TOML file to a tree and back, exactly or with a refusal; no file is opened here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time

import tomli
import tomli_w

from kwartier.errors import Refused, Unreadable
from kwartier.records.canonical import same
from kwartier.records.tree import Tree

MAX_BYTES = 2 * 1024 * 1024
"""No file of kwartier comes near this; a larger one is a mistake or an attack."""
MAX_DEPTH = 64
"""Deeper nesting than any record has, shallow enough for every function that walks a tree."""
FIRST_LINE = "# Dit bestand schrijft kwartier zelf: regels die met # beginnen, blijven niet bewaard.\n"

_BOM = b"\xef\xbb\xbf"
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MEND = "Herstel het bestand in een teksteditor, of zet een reservekopie terug. kwartier laat het zoals het is."
_RETYPE = "Typ de tekst opnieuw, of plak hem via een gewone teksteditor."


def parse(data: bytes, place: str) -> Tree:
    """The tree in the bytes of a TOML file; `place` (a path) says where they come from.

    Raises Unreadable, with "path:line" where the line is known, for anything that is not TOML in UTF-8, is larger
    than MAX_BYTES or nested deeper than MAX_DEPTH.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "file-too-large",
            f"Dit bestand is te groot om te lezen: {len(data)} bytes, het mogen er {MAX_BYTES} zijn.",
            place=place,
            advice="Kijk of dit wel een bestand van kwartier is, of zet een reservekopie terug.",
        )
    data = data.removeprefix(_BOM)
    try:
        tree = tomli.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable("Dit bestand is geen tekst in UTF-8.", f"{place}:{line}") from error
    except tomli.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or 1
        raise _unreadable("Op deze regel staat geen geldige TOML.", f"{place}:{line}") from error
    except (ValueError, OverflowError) as error:
        raise _unreadable("In dit bestand staat een getal of datum die niet te lezen is.", place) from error
    except RecursionError as error:
        raise _too_deep(place) from error
    if any(depth > MAX_DEPTH for depth, _, _ in _walk(tree)):
        raise _too_deep(place)
    return tree


def encode(tree: Tree) -> bytes:
    """The tree as the bytes of a TOML file, proven by reading them back.

    Raises Refused, code "not-storable", with the place in the tree, where a value would not come back exactly as it
    is: a lone surrogate, nan or infinity, something that TOML does not know.
    """
    _check_storable(tree)
    try:
        # tomli-w turns CRLF inside a multi-line string into LF: such a text is written on one line instead
        many_lines = not any("\r\n" in value for _, _, value in _walk(tree) if isinstance(value, str))
        data = (FIRST_LINE + _text(tree, many_lines)).encode("utf-8")
        back = parse(data, "")
    except Unreadable as error:
        raise _not_storable("", error.message) from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _not_storable("", "Hierin staat iets dat niet in een bestand past.") from error
    if not same(tree, back):
        raise _not_storable("", "Wat hier staat, zou niet precies zo terugkomen.")
    return data


def _text(tree: Tree, many_lines: bool) -> str:
    """TOML text in which every row of a top-level table array has its own header, however short it is.

    tomli-w alone writes short rows inline and long ones not, so that a row would change shape while it is typed.
    """
    rows = {key: value for key, value in tree.items() if _BARE_KEY.fullmatch(key) and _are_flat_rows(value)}
    rest = {key: value for key, value in tree.items() if key not in rows}
    pieces = [tomli_w.dumps(rest, multiline_strings=many_lines)] if rest else []
    for key, value in rows.items():
        pieces += [f"[[{key}]]\n" + tomli_w.dumps(row, multiline_strings=many_lines) for row in value]
    return "\n".join(pieces)


def _are_flat_rows(value: object) -> bool:
    """Whether this is a list of tables without tables in them: then no header within a row needs its prefix."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and not any(_holds_tables(cell) for cell in row.values()) for row in value)
    )


def _holds_tables(cell: object) -> bool:
    return isinstance(cell, dict) or (isinstance(cell, list) and any(isinstance(part, dict) for part in cell))


def _walk(tree: Tree) -> Iterator[tuple[int, str, object]]:
    """Every value with its depth and its place in the tree; a loop, since a hostile tree would exhaust the stack."""
    todo: list[tuple[int, str, object]] = [(0, "", tree)]
    while todo:
        depth, place, value = todo.pop()
        yield depth, place, value
        if depth > MAX_DEPTH:
            continue
        if isinstance(value, dict):
            todo += [(depth + 1, f"{place}.{key}" if place else str(key), part) for key, part in value.items()]
        elif isinstance(value, list):
            todo += [(depth + 1, f"{place}[{number}]", part) for number, part in enumerate(value)]


def _check_storable(tree: Tree) -> None:
    for depth, place, value in _walk(tree):
        reason = _too_deep(place).message if depth > MAX_DEPTH else _reason_not_storable(value)
        if reason:
            raise _not_storable(place, reason)


def _reason_not_storable(value: object) -> str | None:
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            return "Hier staat een sleutel die geen tekst is."
        return next((reason for key in value if (reason := _reason_no_scalar(key))), None)
    return None if type(value) is list else _reason_no_scalar(value)


def _reason_no_scalar(value: object) -> str | None:
    if isinstance(value, str) and _SURROGATE.search(value):
        return "In deze tekst staat een half teken, dat in geen bestand past."
    if isinstance(value, float) and not math.isfinite(value):
        return "Dit is geen getal."
    if isinstance(value, time) and value.tzinfo is not None:
        return "Een tijdstip zonder datum kan geen tijdzone hebben."
    if type(value) not in (str, int, float, bool, datetime, date, time):
        return f"Dit soort waarde past niet in een bestand: {type(value).__name__}."
    return None


def _not_storable(place: str, reason: str) -> Refused:
    shown = place.encode("utf-8", "backslashreplace").decode("utf-8")
    return Refused("not-storable", f"Dit kan niet worden bewaard. {reason}", place=shown or None, advice=_RETYPE)


def _unreadable(message: str, place: str) -> Unreadable:
    return Unreadable("not-toml", message, place=place, advice=_MEND)


def _too_deep(place: str) -> Unreadable:
    message = f"Hier staan meer dan {MAX_DEPTH} tabellen in elkaar; zo diep is geen bestand van kwartier."
    return Unreadable("nested-too-deep", message, place=place, advice=_MEND)
