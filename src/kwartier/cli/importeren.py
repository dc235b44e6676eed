"""kwartier importeer: uitslagen uit een tabel (CSV of XLSX) overnemen, met eerst een voorbeeld van wat het wordt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kwartier.cli.base import PATH, Command, answer, can_answer, opened, say, sure, table, warn
from kwartier.cli.completing import INSTRUMENT
from kwartier.cli.metingen import pairs
from kwartier.cli.pasting import follow_up
from kwartier.cli.progress import told
from kwartier.errors import Misused
from kwartier.workspace.importing_values import Told, Wish

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.importing import Seen
    from kwartier.workspace.importing_values import Placed, Question, Written

_ROWS = 40
"""So many records are shown one by one to read; a program gets more of them."""

_FOR_PROGRAMS = 2_000
_ROUNDS = 4


@click.command(cls=Command)
@click.argument("instrument", type=INSTRUMENT)
@click.argument("bestanden", nargs=-1, required=True, type=PATH, metavar="BESTAND...")
@click.option("--bron", default="", metavar="TEKST", help="Waar de uitslagen vandaan komen; anders de bestandsnaam.")
@click.option("--blad", default="", metavar="NAAM", help="Het blad van een rekenblad, als er meer dan een is.")
@click.option(
    "--datum",
    "datums",
    multiple=True,
    metavar="[NAAM=WAARDE:]DATUM",
    help="De datum of maand van alle rijen, of per meting: meting=1:2011-06.",
)
@click.option("--parameter", "parameters", multiple=True, metavar="NAAM=WAARDE", help="Zoals meting=1.")
@click.option("--proef", is_flag=True, help="Laat alleen zien wat het wordt; er verandert niets.")
@click.option("--goede-rijen", is_flag=True, help="Neem de goede rijen over en laat de andere weg.")
@click.option("--gewijzigde", is_flag=True, help="Vervang ook wat er anders staat dan in de tabel.")
@click.option("--ja", is_flag=True, help="Vraag niet nog eens of het zo goed is.")
def importeer(
    instrument: str,
    bestanden: tuple[Path, ...],
    bron: str,
    blad: str,
    datums: tuple[str, ...],
    parameters: tuple[str, ...],
    proef: bool,
    goede_rijen: bool,
    gewijzigde: bool,
    ja: bool,
) -> None:
    """Neem uitslagen over uit een tabel: CSV of XLSX, een rij per meting.

    De tabel heeft een kolom met de organisatie en een kolom per item. Er wordt niets bewaard voordat alles klopt, of
    voordat u zegt dat de goede rijen genoeg zijn. Nog een keer overnemen kan: wat er al staat, wordt overgeslagen.
    """
    wish = Wish(
        instrument=instrument, files=bestanden, sheet=blad, source=bron, dates=datums, parameters=pairs(parameters)
    )
    with opened() as ws:
        seen = _previewed(ws, wish)
        if proef:
            answer(preview_tree(seen), lambda: "\n\n".join(preview_text(seen)))
            if seen.problem_count:
                click.get_current_context().exit(1)
            return
        written = _written(ws, seen, good_rows=goede_rijen, changes=gewijzigde, agreed=ja)
        answer(written_tree(seen, written), lambda: written_text(written, instrument))


def _previewed(ws: Workspace, wish: Wish) -> Seen:
    """The preview, after asking what the table does not say where somebody can answer."""
    if not wish.source and can_answer():
        name = ", ".join(path.name for path in wish.files)
        typed = click.prompt("Waar komen deze uitslagen vandaan?", default=name)
        wish = msgspec.structs.replace(wish, source=typed)
    seen = _looked(ws, wish)
    for _ in range(_ROUNDS):
        if not seen.questions or not can_answer():
            break
        for one in seen.questions:
            wish = _asked(wish, one)
        seen = _looked(ws, wish)
    if seen.questions:
        from kwartier.workspace.importing import advice_of

        asked = " ".join(one.title for one in seen.questions)
        raise Misused("import-question", f"Dit staat niet in de tabel: {asked}", advice=advice_of(seen))
    return seen


def _looked(ws: Workspace, wish: Wish) -> Seen:
    with told("Lezen") as progress:
        return ws.preview_tables(wish, progress=progress.show)


def _asked(wish: Wish, question: Question) -> Wish:
    """The wish with the answer to a question; a date that is none is asked again."""
    from kwartier.errors import KwartierError
    from kwartier.workflow.importing import parse_moment

    if question.parameter and not question.value:
        value = click.prompt(question.title, type=click.Choice(question.choices))
        return msgspec.structs.replace(wish, parameters={**wish.parameters, question.parameter: value})
    while True:
        typed = click.prompt(f"{question.title} (zoals 22-11-2011 of juni 2011)").strip()
        try:
            parse_moment(typed)
        except KwartierError as error:
            warn(f"{error.message} {error.advice}")
            continue
        named = f"{question.parameter}={question.value}:{typed}" if question.parameter else typed
        return msgspec.structs.replace(wish, dates=(*wish.dates, named))


def _written(ws: Workspace, seen: Seen, *, good_rows: bool, changes: bool, agreed: bool) -> Written:
    """Writes what the user wants of the preview; asks it where somebody can answer."""
    from kwartier.reports.phrases import counted
    from kwartier.workspace.importing_words import question

    asks = can_answer()
    if asks:
        say("\n\n".join(preview_text(seen)))
        if seen.problem_count and not good_rows and not seen.too_many:
            sure(f"\n{counted(seen.bad_rows, 'Rij klopt', 'Rijen kloppen')} niet. Alleen de goede rijen overnemen?")
            good_rows = True
        if seen.of("changed") and not changes:
            changes = _wants("\nWilt u ook overnemen wat er anders staat (oud → nieuw hierboven)? [j/N]")
        what = question(seen, good_rows=good_rows, changes=changes)
        if what and not agreed and not seen.too_many:
            sure(f"\n{what}")
    else:
        for line in _notices(seen):
            warn(line)
    with told("Bewaren") as progress:
        return ws.import_tables(seen, good_rows=good_rows, changes=changes, progress=progress.show)


def _wants(what: str) -> bool:
    typed: str = click.prompt(what, default="", show_default=False, prompt_suffix=" ")
    return typed.strip().lower() in ("j", "ja")


def _notices(seen: Seen) -> list[str]:
    from kwartier.workspace.importing_words import notices

    left = seen.remark_count - len(seen.remarks)
    remarks = [f"Let op: {one.words}" for one in seen.remarks] + ([f"Let op: en nog {left}"] if left else [])
    return [*notices(seen), *remarks]


def preview_text(seen: Seen) -> list[str]:
    """A preview to read, in parts."""
    from kwartier.workspace.importing_words import answers, summary, what, when, which

    rows = [
        (str(one.entry.row), one.entry.organisation, which(one), when(one), answers(one), what(one))
        for one in _most_telling(seen)[:_ROWS]
    ]
    parts = ["\n".join([f"{seen.instrument}: {seen.source}", *(f"- {line}" for line in summary(seen))])]
    if rows:
        parts.append(table(rows, ("Rij", "Organisatie", "Meting", "Datum", "Antwoorden", "Wat er gebeurt")))
        left = len(seen.placed) - len(rows)
        if left:
            parts.append(f"… en nog {left}.")
    parts += _notices(seen)
    if seen.problem_count:
        left = seen.problem_count - len(seen.problems)
        lines = [f"! {one.words}" for one in seen.problems] + ([f"! en nog {left}"] if left else [])
        parts.append("Dit klopt niet:\n" + "\n".join(lines))
    return parts


def _most_telling(seen: Seen) -> list[Placed]:
    """The records with what changes first, and what is there already last; else in the order of the table."""
    order = ("changed", "added", "new", "equal")
    return sorted(seen.placed, key=lambda one: (order.index(one.state), one.entry.file, one.entry.row))


def written_text(written: Written, instrument: str) -> str:
    """What was done, to read."""
    from kwartier.workspace.importing_words import told as done

    refs = [*written.made, *written.added, *written.changed]
    if not refs:
        return done(written)
    return f"{done(written)}\nBekijk ze naast elkaar: {follow_up('vergelijk', '--instrument', instrument)}"


def preview_tree(seen: Seen) -> dict[str, Any]:
    """A preview for a program."""
    return {
        "instrument": seen.wish.instrument,
        "source": seen.source,
        "rows": seen.rows,
        "bad_rows": seen.bad_rows,
        "new_organisations": seen.new_organisations,
        "counts": {state: len(seen.of(state)) for state in ("new", "equal", "added", "changed")},
        "records": [_placed_tree(one) for one in seen.placed[:_FOR_PROGRAMS]],
        "records_left_out": max(0, len(seen.placed) - _FOR_PROGRAMS),
        "problems": [_told_tree(one) for one in seen.problems],
        "problem_count": seen.problem_count,
        "remarks": [_told_tree(one) for one in seen.remarks],
        "remark_count": seen.remark_count,
        "ignored_columns": list(seen.ignored),
        "notes": list(seen.notes),
    }


def _placed_tree(one: Placed) -> dict[str, Any]:
    entry = one.entry
    return {
        "file": entry.file,
        "row": entry.row,
        "organisation": entry.organisation,
        "slug": one.slug,
        "new_organisation": one.new_organisation,
        "ref": one.ref,
        "state": one.state,
        "date": entry.day.isoformat() if entry.day else None,
        "month_only": entry.month,
        "parameters": dict(entry.parameters),
        "follows": one.follows or None,
        "answered": one.answered,
        "asked": one.asked,
        "blank": entry.blank,
        "total": entry.total or None,
        "band": entry.band or None,
        "additions": list(one.additions),
        "changes": [{"what": each.what, "old": each.old, "new": each.new} for each in one.changes],
    }


def _told_tree(one: Told) -> dict[str, Any]:
    return {
        "file": one.file,
        "row": one.row or None,
        "column": one.column or None,
        "organisation": one.organisation or None,
        "found": one.found or None,
        "expected": one.expected or None,
        "message": one.words,
    }


def written_tree(seen: Seen, written: Written) -> dict[str, Any]:
    """What was done, for a program."""
    tree: dict[str, Any] = msgspec.to_builtins(written)
    return {
        "instrument": seen.wish.instrument,
        **tree,
        "ignored_columns": list(seen.ignored),
        "problems": [_told_tree(one) for one in seen.problems],
        "remarks": [_told_tree(one) for one in seen.remarks],
    }
