"""Taking over results from tables: a preview that writes nothing, and writing what the user then wants of it.

All that is written comes into being at once, or not at all, also when the process is killed in the middle.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import Misused, Refused
from kwartier.plugins.host import Opened
from kwartier.store.journal import Journal
from kwartier.store.staging import staged
from kwartier.text import one_line
from kwartier.workspace.importing_known import steps_of
from kwartier.workspace.importing_making import Making
from kwartier.workspace.importing_places import place
from kwartier.workspace.importing_rows import Gathered, gathered
from kwartier.workspace.importing_values import MOST_AT_ONCE, MOST_TOLD, Placed, Preview, Wish, Written
from kwartier.workspace.shelf import Shelf

Progress = Callable[[int, int], None]

MOST_LOCKED = 200
"""So many organisations that are there already are written in at once: each takes a lock, and systems have few."""


@dataclass(frozen=True, slots=True)
class Seen(Preview):
    """A preview with what it was made of, to be written later."""

    opened: Opened | None = None
    gathered: Gathered | None = None


def preview(shelf: Shelf, wish: Wish, progress: Progress = lambda done, of: None) -> Seen:
    """What taking over these tables would do. Changes nothing.

    Raises `Refused`, `Unreadable` or `Misused` where a file is no table of results, or the instrument takes none.
    What is wrong with rows is told in the preview; so are questions that have to be answered first.
    """
    opened = shelf.host.open(wish.instrument)
    steps_of(opened.content)
    found = gathered(opened, wish, shelf.today(), progress)
    placed = place(shelf, opened, found, progress) if not found.questions else []
    source = one_line(wish.source, 300) or ", ".join(one_line(path.name, 100) for path in wish.files)
    return Seen(
        wish=wish,
        instrument=opened.header.short,
        source=source,
        rows=found.rows,
        bad_rows=found.bad_rows,
        placed=tuple(placed),
        problems=tuple(found.problems.first),
        problem_count=found.problems.count,
        remarks=tuple(found.remarks.first),
        remark_count=found.remarks.count,
        ignored=tuple(found.ignored),
        notes=tuple(found.notes),
        questions=tuple(found.questions.values()),
        opened=opened,
        gathered=found,
    )


def write(
    shelf: Shelf,
    seen: Seen,
    *,
    good_rows: bool = False,
    changes: bool = False,
    progress: Progress = lambda done, of: None,
) -> Written:
    """Writes what was previewed: new records and additions, and with `changes` also what becomes something else.

    Raises `Refused` where rows are wrong and `good_rows` does not say to take the others, where it is too much at
    once, or where the data folder is no longer what was previewed. Then nothing was written.
    """
    opened, found = seen.opened, seen.gathered
    assert opened is not None and found is not None
    _check(shelf, seen, good_rows=good_rows)
    todo = [one for one in seen.placed if one.state in ("new", "added") or (changes and one.state == "changed")]
    if todo:
        _write(shelf, opened, found, seen, todo, progress)
    return Written(
        source=seen.source,
        organisations=tuple(dict.fromkeys(one.slug for one in todo if one.new_organisation)),
        made=_refs(todo, "new"),
        added=_refs(todo, "added"),
        changed=_refs(todo, "changed"),
        equal=sum(one.state == "equal" for one in seen.placed),
        unchanged=() if changes else _refs(list(seen.placed), "changed"),
        bad_rows=seen.bad_rows,
    )


def _refs(placed: list[Placed], state: str) -> tuple[str, ...]:
    return tuple(one.ref for one in placed if one.state == state)


def _check(shelf: Shelf, seen: Seen, *, good_rows: bool) -> None:
    shelf.folder.check_writable()
    if shelf.is_handed_over:
        raise Refused(
            "stays-behind",
            "In deze map gaat alleen het eigen scoreblad terug; een tabel kan hier niet worden overgenomen.",
            place=str(shelf.folder.path),
            advice="Doe dit in de datamap van de organisatie.",
        )
    if seen.questions:
        asked = " ".join(one.title for one in seen.questions)
        raise Misused("import-question", f"Dit moet eerst bekend zijn: {asked}", advice=advice_of(seen))
    if seen.problem_count and not good_rows:
        raise rows_wrong(seen)
    if seen.too_many:
        raise Refused(
            "import-too-many",
            f"Dit zijn meer dan {MOST_AT_ONCE} metingen; zoveel gaat niet in één keer. Er is niets bewaard.",
            advice="Neem de tabel in delen over.",
        )


def rows_wrong(seen: Preview) -> Refused:
    """The refusal that names the first problems, and how many there are."""
    some = "\n".join(f"- {one.words}" for one in seen.problems[:MOST_TOLD])
    left = seen.problem_count - len(seen.problems[:MOST_TOLD])
    more = f"\n- en nog {left}" if left else ""
    rows = "1 rij klopt" if seen.bad_rows == 1 else f"{seen.bad_rows} rijen kloppen"
    return Refused(
        "rows-wrong",
        f"Er is niets bewaard: {rows} niet.\n{some}{more}",
        place=", ".join(str(path) for path in seen.wish.files),
        advice="Verbeter de tabel, of neem alleen de goede rijen over met --goede-rijen.",
    )


def advice_of(seen: Preview) -> str:
    """How the questions of a preview are answered on the command line."""
    words = []
    for number, one in enumerate(seen.questions):
        if one.value:
            words.append(f"--datum {one.parameter}={one.value}:{2011 + number}-06")
        else:
            words.append(f"--parameter {one.parameter}={one.choices[0]}" if one.parameter else "--datum 2011-06-01")
    return f"Voeg toe, bijvoorbeeld: {' '.join(words)}"


def _write(shelf: Shelf, opened: Opened, found: Gathered, seen: Seen, todo: list[Placed], progress: Progress) -> None:
    pin = shelf.folder.write_content(opened.tree)
    there = sorted({one.slug for one in todo if not one.new_organisation})
    if len(there) > MOST_LOCKED:
        raise Refused(
            "import-too-many",
            f"Dit verandert meer dan {MOST_LOCKED} organisaties die er al zijn; zoveel gaat niet in één keer.",
            advice="Neem de tabel in delen over.",
        )
    with ExitStack() as held:
        held.enter_context(shelf.folder.lock())
        if there:
            held.enter_context(shelf.folder.lock(*there))
        _check_same(shelf, opened, found, seen)
        stage = held.enter_context(staged(shelf.folder.path, "tabel"))
        journal = Journal.plan(shelf.folder.path, f"de tabel {', '.join(_names(seen.wish.files))} overnemen")
        Making(shelf, opened, pin, seen.source, stage, journal).make(todo, progress)
        journal.commit()


def _names(paths: tuple[Path, ...]) -> list[str]:
    return [one_line(path.name, 100) for path in paths]


def _check_same(shelf: Shelf, opened: Opened, found: Gathered, seen: Seen) -> None:
    """Refuses where the data folder changed since the preview: then something else would be written than was shown."""
    again = place(shelf, opened, found.again(), lambda done, of: None)
    if [one.mark for one in again] != [one.mark for one in seen.placed]:
        raise Refused(
            "changed-meanwhile",
            "Intussen is er in de datamap iets veranderd; er is niets bewaard.",
            place=str(shelf.folder.path),
            advice="Bekijk de tabel opnieuw.",
        )
