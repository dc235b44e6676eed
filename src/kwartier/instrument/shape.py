"""Whether a tree has the form of a type of the model: every difference at once. What it means is checked elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from msgspec import inspect

from .mistakes import MOST, Flaw, kind_of, listed, shown
from .places import Path

_PATTERNS = {
    "[a-z0-9][a-z0-9._-]": "een id van kleine letters, cijfers, punten en streepjes (hoogstens 40 tekens)",
    "[A-Za-z0-9][A-Za-z0-9._-]": "een id van letters, cijfers, punten en streepjes (hoogstens 40 tekens)",
    "[a-z][a-z0-9-]": "een id van kleine letters, cijfers en streepjes dat met een letter begint (hoogstens 30 tekens)",
    "P(": "een periode zoals P6M of P1Y",
    "-?[0-9]": "een getal met een punt, zoals 2.4",
}


_ROWS = "een rij tabellen"


def shape_flaws(tree: object, of: Any) -> list[Flaw]:
    """Every place where `tree` differs from the type `of`: missing and unknown keys, wrong kinds, values and forms."""
    flaws: list[Flaw] = []
    _walk(tree, _info(of), (), flaws)
    return flaws


@cache
def _info(of: Any) -> inspect.Type:
    return inspect.type_info(of)


def _walk(value: object, kind: inspect.Type, path: Path, flaws: list[Flaw]) -> None:
    if len(flaws) >= MOST:
        return
    if isinstance(kind, inspect.Metadata):
        _walk(value, kind.type, path, flaws)
    elif isinstance(kind, inspect.UnionType):
        _walk_union(value, kind, path, flaws)
    elif isinstance(kind, inspect.StructType):
        _walk_struct(value, kind, path, flaws)
    elif isinstance(kind, inspect.VarTupleType | inspect.ListType):
        if isinstance(value, list | tuple):
            for index, each in enumerate(value):
                _walk(each, kind.item_type, (*path, index), flaws)
        else:
            flaws.append(_wrong(value, kind, path))
    elif isinstance(kind, inspect.DictType):
        if isinstance(value, dict):
            for key, each in value.items():
                _walk(each, kind.value_type, (*path, key), flaws)
        else:
            flaws.append(_wrong(value, kind, path))
    elif not _fits(value, kind):
        flaws.append(_wrong(value, kind, path))


def _walk_union(value: object, kind: inspect.UnionType, path: Path, flaws: list[Flaw]) -> None:
    tagged = [each for each in kind.types if isinstance(each, inspect.StructType) and each.tag_field]
    if tagged:
        _walk_tagged(value, tagged, path, flaws)
        return
    others = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    if value is None and len(others) < len(kind.types):
        return
    if len(others) == 1:
        _walk(value, others[0], path, flaws)
    elif not any(_fits(value, each) for each in others):
        flaws.append(_wrong(value, kind, path))


def _walk_tagged(value: object, kinds: list[inspect.StructType], path: Path, flaws: list[Flaw]) -> None:
    """A row whose form decides which keys it may have."""
    field = kinds[0].tag_field or ""
    tags = sorted(str(each.tag) for each in kinds)
    if not isinstance(value, dict):
        flaws.append(Flaw(path, kind_of(value), "een tabel"))
    elif field not in value:
        flaws.append(Flaw((*path, field), "niets", f"een van {listed(tags)}"))
    elif (tag := value[field]) in tags and isinstance(tag, str):
        _walk_struct(value, next(each for each in kinds if each.tag == tag), path, flaws)
    else:
        word = tag if isinstance(tag, str) else ""
        flaws.append(Flaw((*path, field), shown(tag), f"een van {listed(tags)}", word, tuple(tags)))


def _walk_struct(value: object, kind: inspect.StructType, path: Path, flaws: list[Flaw]) -> None:
    if not isinstance(value, dict):
        flaws.append(_wrong(value, kind, path))
        return
    known = {field.encode_name: field for field in kind.fields}
    names = (kind.tag_field, *known) if kind.tag_field else tuple(known)
    for key, each in value.items():
        if key in known:
            _walk(each, known[key].type, (*path, key), flaws)
        elif key != kind.tag_field:
            absent = tuple(name for name in names if name not in value)
            expected = f"een van de sleutels {listed(names, limit=40)}"
            flaws.append(Flaw((*path, key), f"de onbekende sleutel {shown(key)}", expected, key, absent))
    for name, field in known.items():
        if field.required and name not in value:
            flaws.append(Flaw((*path, name), "niets", _wanted(field.type)))


def _fits(value: object, kind: inspect.Type) -> bool:
    """Whether a single value is of a single kind, as strictly as the conversion that follows."""
    match kind:
        case inspect.StrType():
            long_enough = isinstance(value, str) and len(value) >= (kind.min_length or 0)
            return long_enough and (kind.pattern is None or re.search(kind.pattern, str(value)) is not None)
        case inspect.IntType():
            return isinstance(value, int) and not isinstance(value, bool)
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.LiteralType():
            return any(type(value) is type(each) and value == each for each in kind.values)
    return False


def _wrong(value: object, kind: inspect.Type, path: Path) -> Flaw:
    if isinstance(kind, inspect.LiteralType) and isinstance(value, str):
        choices = tuple(each for each in kind.values if isinstance(each, str))
        return Flaw(path, shown(value), _wanted(kind), value, choices)
    if value == "":
        found = "een lege tekst"
    elif isinstance(value, str | bool):
        found = shown(value)
    elif isinstance(value, list | tuple | dict):
        found = kind_of(value)
    else:
        found = f"{shown(value)} ({kind_of(value)})"
    wanted = _wanted(kind)
    if wanted == _ROWS:
        wanted += f" ([[{'.'.join(part for part in path if isinstance(part, str))}]])"
    return Flaw(path, found, wanted)


def _wanted(kind: inspect.Type) -> str:
    """What is expected of a value of this kind, in Dutch."""
    match kind:
        case inspect.Metadata():
            return _wanted(kind.type)
        case inspect.UnionType():
            return " of ".join(_wanted(each) for each in kind.types if not isinstance(each, inspect.NoneType))
        case inspect.StructType() | inspect.DictType():
            return "een tabel"
        case inspect.VarTupleType() | inspect.ListType():
            return _ROWS if _of_tables(kind.item_type) else "een rij"
        case inspect.IntType():
            return "een geheel getal"
        case inspect.BoolType():
            return "true of false"
        case inspect.LiteralType():
            return listed(kind.values)
        case inspect.StrType(pattern=str(pattern)):
            start = pattern.removeprefix("^")
            words = (text for begin, text in _PATTERNS.items() if start.startswith(begin))
            return next(words, f"een tekst volgens {pattern}")
        case inspect.StrType():
            return "een tekst die niet leeg is" if kind.min_length else "een tekst"
    return "iets anders"


def _of_tables(kind: inspect.Type) -> bool:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return all(isinstance(each, inspect.StructType) for each in kinds)
