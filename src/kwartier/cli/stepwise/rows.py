"""A list that can be added to, changed and shortened: strengths, actions, participants, sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from re import Match

from kwartier.cli.stepwise import fields, told
from kwartier.cli.stepwise.conversation import Back, Command, Goto, Question
from kwartier.cli.stepwise.fields import Field, Place
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import AnyStep
from kwartier.records.tree import Tree


def _every(row: Tree) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Rows:
    """An array of a step. The first `needed` fields have to be answered before there is a row.

    `typed` says whether a typed text is the first field of a new row; else `nieuw` begins one.
    """

    step: AnyStep
    array: str
    one: str
    new: str
    "As in: een nieuw actiepunt, een nieuwe evaluatie."
    many: str
    fields: tuple[Field, ...]
    needed: int = 1
    typed: bool = False
    intro: str = ""
    begin: Tree = field(default_factory=dict)
    "What every new row holds."
    mine: Callable[[Tree], bool] = _every
    own: bool = False
    saved: Mapping[str, Callable[[str, str], str]] = field(default_factory=dict)
    "Fields that are saved in another way: from the id of the row and what was typed."
    commands: tuple[Command, ...] = ()
    removed: Callable[[Tree], str] | None = None
    "Takes a row away in another way, where it gives something to say."


def menu(work: Work, rows: Rows, id: str) -> Question:
    """The question that lists the rows and hears what has to happen to them."""
    present = listed(work, rows)
    told = [f"{place}. {in_words(work, rows, row)}" for place, row in enumerate(present, 1)]
    head = f"{rows.intro or rows.many + '.'}{'' if present else ' Nog geen.'}"
    new = rows.new if rows.typed else "nieuw"
    known = ", een nummer om te wijzigen, weg en een nummer," if present else ""
    ask = f"Typ {new}{known or ','} of enter."
    return Question(
        id=id,
        text="\n".join([head, *told, ask]),
        brief=f"{rows.many}. {ask}",
        help=f"Elke regel wordt {rows.new}. Daarna vraagt kwartier wat er nog bij hoort."
        if rows.typed
        else f"Typ nieuw voor een nieuwe regel in deze lijst ({rows.one}).",
        take=lambda typed: _taken(work, rows, typed, id),
        commands=(*_commands(work, rows, len(present), id), *rows.commands),
        stays=True,
    )


def listed(work: Work, rows: Rows) -> list[Tree]:
    """The rows as they stand in the file."""
    record = work.see().record
    tree = (
        record.personal.get((rows.step.id, work.person or ""), {}) if rows.own else record.shared.get(rows.step.id, {})
    )
    return [row for row in tree.get(rows.array, []) if rows.mine(row)]


def in_words(work: Work, rows: Rows, row: Tree) -> str:
    """A row as it is said: its first field, and what else is known of it."""
    said = [(one, one.tell(work, row[one.key])) for one in rows.fields if row.get(one.key, "") != ""]
    return " ".join(
        told.sentence(text if place == 0 else f"{one.label}: {text}") for place, (one, text) in enumerate(said)
    )


def _commands(work: Work, rows: Rows, count: int, id: str) -> tuple[Command, ...]:
    new = Command("nieuw", f"nieuw: begin {rows.new}", lambda match: _new(work, rows, "", id))
    lists = Command("lijst", "lijst: hoor de lijst nog eens", lambda match: _listed_again(id))
    if not count:
        return (new,)
    return (
        new,
        Command(r"(?:wijzig )?(\d+)", "een nummer: wijzig die regel", lambda match: _edit(work, rows, match, id)),
        Command(r"weg (\d+)", "weg en een nummer: haal die regel weg", lambda match: _removed(work, rows, match, id)),
        lists,
    )


def _listed_again(id: str) -> str:
    raise Goto(id)


def _row(work: Work, rows: Rows, match: Match[str]) -> Tree:
    present = listed(work, rows)
    number = int(match[1])
    if not 0 < number <= len(present):
        raise Misused("no-row", f"Er is geen nummer {number}.", advice=f"Kies 1 tot en met {len(present)}.")
    return present[number - 1]


def _removed(work: Work, rows: Rows, match: Match[str], id: str) -> str:
    row = _row(work, rows, match)
    work.at = id
    if rows.removed is not None and (said := rows.removed(row)):
        return said
    work.change(rows.step, {rows.array: [{"id": row["id"], "remove": True}]}, f"{rows.one} weghalen", own=rows.own)
    return f"Weggehaald: {in_words(work, rows, row)} De nummers kunnen veranderd zijn; typ lijst om ze te horen."


def _edit(work: Work, rows: Rows, match: Match[str], id: str) -> str:
    walk_row(work, rows, str(_row(work, rows, match)["id"]), 0)
    work.at = id
    return "Klaar."


def _taken(work: Work, rows: Rows, typed: str, id: str) -> str:
    if not rows.typed:
        raise Misused("answer-wrong", f"'{typed.strip()}' past hier niet.", advice="Typ nieuw, een nummer, of enter.")
    return _new(work, rows, typed, id)


def _new(work: Work, rows: Rows, first: str, id: str) -> str:
    row: Tree = dict(rows.begin)
    asked = list(rows.fields[: rows.needed])
    if first:
        row[asked[0].key] = asked[0].read(work, first)
        asked = asked[1:]
    try:
        for one in asked:
            row[one.key] = _needed(work, one)
    except Back:
        return f"Er is geen {rows.one} bijgekomen."
    before = {one["id"] for one in listed(work, rows)}
    work.at = id
    said = work.change(rows.step, {rows.array: [row]}, f"{rows.one} erbij", own=rows.own)
    new = [one["id"] for one in listed(work, rows) if one["id"] not in before]
    if new:
        work.talk.say(said)
        walk_row(work, rows, str(new[0]), rows.needed)
        return "Klaar."
    return f"Zo'n {rows.one} stond er al."


def _needed(work: Work, one: Field) -> object:
    """The value of a field that has to be answered. Raises `Back` where it is not."""
    found: list[object] = []

    def read(typed: str) -> str:
        found.append(one.read(work, typed))
        return typed

    enter = f" Enter is {one.default}." if one.default else ""
    if work.talk.choose(f"{one.label}, {one.hint}.{enter}", read, help=one.help, default=one.default) is None:
        raise Back
    return found[-1]


def walk_row(work: Work, rows: Rows, id: str, start: int) -> None:
    """Asks the fields of one row, from the one at `start`."""

    def questions() -> list[Question]:
        row = next((one for one in listed(work, rows) if one.get("id") == id), None)
        if row is None:
            return []
        place = Place(step=rows.step, name=rows.one, array=rows.array, key={"id": id}, present=row, own=rows.own)
        return [_question(work, rows, place, one) for one in rows.fields[start:]]

    try:
        work.walk(questions)
    except Back:
        return


def _question(work: Work, rows: Rows, place: Place, one: Field) -> Question:
    question = fields.ask(work, place, one, id=f"{place.key['id']}:{one.key}")
    if one.key not in rows.saved:
        return question
    save = rows.saved[one.key]
    commands = () if one.key in ("id", "file") else question.commands
    return replace(question, take=lambda typed: save(str(place.key["id"]), typed), commands=commands)
