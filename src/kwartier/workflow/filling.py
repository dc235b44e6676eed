"""Turns what somebody gives for a step into the new tree of its file, or into all mistakes at once.

Rows are laid over the rows that are there, by key: what is not given stays, an empty text takes a field away, and
`remove = true` takes the row away. A row that says no more than which one it is, adds nothing, so that a form may be
given back half filled in. What may be given stands in `forms`; what it has to satisfy in `rules`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import date as Day
from datetime import time as Clock
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.instrument.model import AnyStep
from kwartier.records.canonical import same
from kwartier.records.files import RowId
from kwartier.records.keys import in_order, is_keyed, key_fields, natural, row_key
from kwartier.records.tree import ABSENT, Tree, Value
from kwartier.workflow.fact_forms import number_words_of
from kwartier.workflow.forms import STARTS_WITHOUT_ID, Form, form_of, given_fields
from kwartier.workflow.marks import FIELD, mark, named, read_marks
from kwartier.workflow.periods import parse_date, parse_time

LISTS = ("items", "topics", "readers")
"""Fields that an empty list takes away, as an empty text does with others."""

Path = tuple[str | int, ...]


class Wrong(Struct, frozen=True):
    """One mistake in what was given: where, and what is wrong with it (Dutch)."""

    path: Path
    message: str


class Rejected(Misused):
    """What was given has mistakes; all of them are listed."""

    def __init__(self, wrongs: list[Wrong], place: str) -> None:
        lines = "\n".join(f"- {readable(wrong.path)}{wrong.message}" for wrong in wrongs)
        super().__init__(
            "given-wrong",
            f"Er is niets bewaard, want dit klopt niet:\n{lines}",
            place=place,
            advice="Verbeter dit en probeer het opnieuw.",
        )
        self.wrongs = wrongs


class People(Protocol):
    """Turns a name or a code into a code; a new name gets one that starts with the letter `kind`, and so does no name.

    Raises a `KwartierError` for a code that is not in use, and for a name that cannot be one.
    """

    def code(self, name: str, kind: str) -> str: ...


class Inputs(Struct, frozen=True, kw_only=True):
    """Where codes and ids come from while filling."""

    people: People
    new_id: Callable[[], str]


def readable(path: Path) -> str:
    """A place in what was given: "answer 3, value: "."""
    if not path:
        return ""
    words = [str(path[0])]
    for element in path[1:]:
        words.append(f" {element + 1}" if isinstance(element, int) else f", {element}")
    return "".join(words) + ": "


class Laid(Struct, frozen=True):
    """What was given, laid over what was there, without the rows and fields that are wrong in form; and those."""

    tree: Tree
    wrongs: list[Wrong]


def fill(step: AnyStep, tree: Tree, given: Tree, inputs: Inputs, *, own: bool, place: str) -> Tree:
    """The file's new tree. Raises `Rejected` with every mistake in form; `rules.fill_in` looks at meaning too."""
    laid = lay(step, tree, given, inputs, own=own, place=place)
    if laid.wrongs:
        raise Rejected(laid.wrongs, place)
    return laid.tree


def lay(step: AnyStep, tree: Tree, given: Tree, inputs: Inputs, *, own: bool, place: str) -> Laid:
    """What is given over the file's tree, with every mistake in form.

    Raises `Unreadable` where rows of the file itself cannot be told apart, rather than losing one.
    """
    form = form_of(step)
    rows = form.own_rows if own else form.rows
    fields = given_fields(step, own=own)
    laying = _Laying(form, inputs, _marks(given))
    result: Tree = {"schema": 1, **tree}
    for key, value in given.items():
        if key in ("schema", FIELD):
            continue
        if key in rows:
            present = result.get(key, [])
            require_keyed(key, present, place)
            laid = laying.rows(key, rows[key], present, value)
            if laid or key in tree:
                result[key] = laid
        elif key in fields:
            if laying.may_change(key, result.get(key, ABSENT), value, (key,)):
                laying.field(result, key, value, fields[key], (key,))
        else:
            laying.wrongs.append(Wrong((key,), _unknown(key, [*rows, *fields])))
    return Laid(result, laying.wrongs)


def _marks(given: Tree) -> Mapping[str, str] | None:
    """What the form was made from; None for what was written without a form."""
    text = given.get(FIELD)
    return read_marks(text) if isinstance(text, str) else None


def require_keyed(array: str, present: object, place: str) -> None:
    """Raises `Unreadable` where the rows of a file have no key, or one twice."""
    if not is_keyed(array, present):
        names = " en ".join(f"'{name}'" for name in key_fields(array))
        raise Unreadable(
            "rows-without-key",
            f"In [[{array}]] ontbreekt bij een rij {names}, of twee rijen hebben dezelfde.",
            place=place,
            advice="Herstel dit in een teksteditor of zet een reservekopie terug; er is niets veranderd.",
        )


class _Laying:
    """Lays what is given over what is there; the mistakes found on the way pile up in `wrongs`."""

    def __init__(self, form: Form, inputs: Inputs, marks: Mapping[str, str] | None) -> None:
        self.form = form
        self.marks = marks
        self.people = inputs.people
        self.new_id = inputs.new_id
        self.wrongs: list[Wrong] = []

    def rows(self, array: str, kind: type[Struct], present: list[Tree], given: object) -> list[Tree]:
        """The rows of one array with those that were given over them."""
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            self.wrong((array,), f"schrijf elke rij als een tabel, [[{array}]]")
            return present
        rows = {row_key(array, row): row for row in present}
        seen: set[object] = set()
        fresh: list[Tree] = []
        for position, row in enumerate(given):
            path: Path = (array, position)
            row = self._with_code(array, row, rows, path)
            if array in STARTS_WITHOUT_ID and row.get("id", "") == "":
                laid = self._without_id(kind, row, path)
                again = next((key for key, one in rows.items() if key not in seen and _says(one, laid, kind)), None)
                if again is not None:
                    seen.add(again)
                elif laid is not None:
                    fresh.append(laid)
                continue
            key = row_key(array, row)
            if key is None:
                names = " en ".join(f"'{name}'" for name in key_fields(array) if name != "part")
                self.wrong(path, f"{names} ontbreekt, of is geen tekst tussen aanhalingstekens")
            elif key in seen:
                self.wrong(path, "staat er twee keer in")
            elif key not in rows and array in STARTS_WITHOUT_ID and not _is_id(row["id"]):
                self.wrong((*path, "id"), "kies een korte id van kleine letters, cijfers en streepjes")
            elif not _is_bare(array, row) and not self.may_change(named(array, key), rows.get(key, ABSENT), row, path):
                pass
            elif self._removes(row, path):
                rows.pop(key, None)
            else:
                laid = self.row(kind, rows.get(key, {}), row, path)
                if laid is not None and (not _is_bare(array, laid) or _is_bare(array, rows.get(key))):
                    rows[key] = laid
                elif laid is not None:
                    rows.pop(key, None)
            seen.add(key)
        for row in self._with_ids(array, fresh):
            rows[row_key(array, row)] = row
        return in_order(array, list(rows.values()))

    def may_change(self, name: str, present: Value, given: Value, path: Path) -> bool:
        """Whether a row or field may become what was given; not where the form is older than what stands there.

        Then a place that the form left as it was stays as somebody else made it, and one that both changed is a
        mistake that shows what stands there now.
        """
        if self.marks is None:
            return True
        then = self.marks.get(name, "")
        now = "" if present is ABSENT else mark(present)
        if then == now or same(present, given):
            return True
        if given != "" and mark(given) == then:
            return False
        shown = "niets meer" if present is ABSENT else f"‘{_words(present)}’"
        self.wrong(path, f"is door iemand anders veranderd nadat dit formulier gemaakt werd; daar staat nu {shown}")
        return False

    def _with_code(self, array: str, row: Tree, rows: Mapping[Any, Tree], path: Path) -> Tree:
        """A row that stands for a person, with a code in the place of the name."""
        letter = self.form.coded.get(array)
        if letter is None:
            return row
        bare = {key: value for key, value in row.items() if key != "name"}
        name, code = row.get("name", ""), row.get("id", "")
        if not isinstance(name, str) or not isinstance(code, str):
            self.wrong(path, "schrijf 'id' en 'name' tussen aanhalingstekens")
        elif name.strip():
            found = self._code(name, letter, (*path, "name"))
            if code and found != code:
                self.wrong((*path, "name"), f"hoort bij een andere code dan '{code}'; geef een naam of een code")
            bare["id"] = found
        elif code and (code,) not in rows:
            bare["id"] = self._code(code, letter, (*path, "id"))
        return bare

    def _code(self, name: str, letter: str, path: Path) -> str:
        try:
            return self.people.code(name, letter)
        except KwartierError as error:
            self.wrong(path, error.message)
            return name

    def _without_id(self, kind: type[Struct], row: Tree, path: Path) -> Tree | None:
        """A new row, as it would be laid, still without its id."""
        if self._removes(row, path):
            self.wrong(path, "zeg met 'id' welke rij weg moet")
            return None
        return self.row(kind, {}, {key: value for key, value in row.items() if key != "id"}, path, without="id")

    def _with_ids(self, array: str, fresh: list[Tree]) -> Iterable[Tree]:
        """New rows with an id each; ids that come in the order in which the rows were given."""
        if self.wrongs:
            return
        if array in self.form.coded:
            ids = [self.people.code("", self.form.coded[array]) for _ in fresh]
        else:
            ids = [self.new_id() for _ in fresh]
        for row, id in zip(fresh, sorted(ids, key=natural), strict=True):
            yield {"id": id, **row}

    def _removes(self, row: Tree, path: Path) -> bool:
        remove = row.get("remove", False)
        if not isinstance(remove, bool):
            self.wrong((*path, "remove"), "schrijf true of false")
        return remove is True

    def row(self, kind: type[Struct], present: Tree, given: Tree, path: Path, *, without: str = "") -> Tree | None:
        """One row with what was given over it; None where something in it is wrong."""
        types = {field.name: field.type for field in msgspec.structs.fields(kind)}
        row = dict(present)
        before = len(self.wrongs)
        for key, value in given.items():
            if key == "remove":
                continue
            if key not in types:
                self.wrong((*path, key), _unknown(key, [*types, "remove"]))
                continue
            self.field(row, key, value, types[key], (*path, key))
            # A value and a reason for its absence exclude each other: the newest given one stands.
            if key == "value" and value != "" and "missing" not in given:
                row.pop("missing", None)
            if key == "missing" and value != "" and "value" not in given:
                row.pop("value", None)
        if len(self.wrongs) > before:
            return None
        needed = [field.name for field in msgspec.structs.fields(kind) if field.required and field.name != without]
        absent = [name for name in needed if name not in row]
        for name in absent:
            self.wrong(path, f"'{name}' ontbreekt")
        return None if absent else row

    def field(self, row: Tree, key: str, value: Any, kind: Any, path: Path) -> None:
        """Lays one value in `row`, as what it stands for: a written date as a date, a name as a code."""
        if key in row and same(row[key], value):
            return
        if value == "" or (value == [] and key in LISTS):
            row.pop(key, None)
            return
        try:
            if isinstance(value, str) and _takes(kind, Day):
                value = parse_date(value)
            if isinstance(value, str) and _takes(kind, Clock):
                value = parse_time(value)
            msgspec.convert(value, kind)
            if key in self.form.people:
                value = self.people.code(value, "c")
        except KwartierError as error:
            self.wrong(path, error.message)
        except msgspec.ValidationError:
            self.wrong(path, _expected(kind))
        else:
            row[key] = value

    def wrong(self, path: Path, message: str) -> None:
        """Keeps a mistake, to be told with all others."""
        self.wrongs.append(Wrong(path, message))


def _words(value: Value) -> str:
    """What stands somewhere, as it is shown beside what was given."""
    if isinstance(value, dict):
        if number := number_words_of(value):
            return number
        return str(value.get("text") or value.get("missing") or value.get("value") or value.get("consent") or "iets")
    return str(value)


def _takes(kind: Any, type_: Any) -> bool:
    return bool(kind == type_ or kind == type_ | None)


def _is_id(value: object) -> bool:
    try:
        msgspec.convert(value, RowId)
    except msgspec.ValidationError:
        return False
    return True


def _is_bare(array: str, row: Tree | None) -> bool:
    """Whether a row says no more than which one it is."""
    return row is not None and set(row) <= set(key_fields(array))


def _says(row: Tree, laid: Tree | None, kind: type[Struct]) -> bool:
    """Whether a row says just what a new one would, so that giving a file twice is giving it once."""
    known = [name for name in kind.__struct_fields__ if name != "id"]
    return laid is not None and same({name: row[name] for name in known if name in row}, laid)


def _unknown(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return "bestaat hier niet" + (f"; bedoelde u '{close[0]}'?" if close else f"; wel: {', '.join(sorted(known))}")


def _expected(kind: Any) -> str:
    names = {
        Day: "een datum, zoals 2026-11-22",
        Clock: "een tijd, zoals 14:30",
        str: "een tekst tussen aanhalingstekens",
        int: "een heel getal",
        bool: "true of false",
        tuple[str, ...]: 'een lijst van teksten tussen aanhalingstekens, zoals ["a", "b"]',
    }
    for one, words in names.items():
        if _takes(kind, one):
            return f"schrijf {words}"
    if kind == int | str | None:
        return "schrijf een heel getal of een tekst tussen aanhalingstekens"
    return "heeft niet de goede vorm"
