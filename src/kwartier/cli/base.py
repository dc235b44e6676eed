"""What running commands share: the data folder, output as text or JSON, and dates as people type them."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.commands import DATA, JSON, dumped
from kwartier.cli.commands import Command as Command
from kwartier.cli.commands import Group as Group
from kwartier.cli.flowing import flow, room
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.text import clean
from kwartier.workflow.findings import Finding
from kwartier.workflow.periods import parse_date
from kwartier.workspace import Workspace
from kwartier.workspace.outside import read


class DateType(click.ParamType):  # type: ignore[type-arg]
    """A date as 2026-11-22 or 22-11-2026."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_date(value)
        except KwartierError as error:
            self.fail(f"{error.message} {error.advice}", param, ctx)


DATE = DateType()
PATH = click.Path(path_type=Path)
PATH.name = "bestand"


@contextmanager
def opened() -> Iterator[Workspace]:
    """The workspace of the data folder that was asked for; tells what a crash had left and was finished now."""
    ctx = click.get_current_context()
    with Workspace.open(ctx.meta.get(DATA)) as workspace:
        for one in workspace.swept.resumed:
            done = "afgemaakt" if one.finished else "teruggedraaid, want zij was nog niet besloten"
            warn(f"Een handeling die was afgebroken is {done}: {one.purpose}")
        for problem in workspace.swept.problems:
            warn(f"Let op: {problem.message} {problem.advice or ''}")
        yield workspace


def wants_json() -> bool:
    """Whether the answer is to be JSON."""
    return bool(click.get_current_context().meta.get(JSON))


def answer(result: Mapping[str, Any] | list[Any], text: str | Callable[[], str] = "", *, as_is: bool = False) -> None:
    """The answer of a command: `result` as JSON where that is asked, else `text` (Dutch); `as_is` for a file."""
    if wants_json():
        click.echo(dumped(result))
        return
    shown = text if isinstance(text, str) else text()
    if shown:
        say(shown, as_is=as_is)


def say(text: str, *, as_is: bool = False) -> None:
    """Text for the user, without anything that a terminal would act upon."""
    click.echo(clean(text) if as_is else flow(clean(text), sys.stdout))


def warn(text: str) -> None:
    """A remark beside the answer. Programs get none: on standard error they read one refusal and nothing else."""
    if not wants_json():
        click.echo(flow(clean(text), sys.stderr), err=True)


def remark(ref: str, findings: Iterable[Finding]) -> None:
    """Says what stands out and has no reason yet, with how to give one."""
    for one in findings:
        if not one.reason:
            how = f' Geef een reden: kwartier reden {ref} {one.id} "…"' if one.open else ""
            warn(f"Let op: {one.message} {one.advice}{how}")


def can_answer() -> bool:
    """Whether somebody sits at the keyboard who can be asked something."""
    return not wants_json() and sys.stdin.isatty()


def sure(what: str) -> None:
    """Asks whether something that cannot be undone is meant; where nobody can answer, it is refused."""
    if not can_answer():
        raise Misused("not-sure", what, advice="Voeg --ja toe als u het zeker weet.")
    # click.confirm takes "y" and no "j".
    typed = click.prompt(
        flow(clean(f"{what} Doorgaan? [j/N]"), sys.stdout), default="", show_default=False, prompt_suffix=" "
    )
    if typed.strip().lower() not in ("j", "ja"):
        raise Refused("not-sure", "Er is niets veranderd.", advice="Antwoord met j als u het zeker weet.")


def table(rows: Sequence[tuple[str, ...]], head: tuple[str, ...] = (), longest: int = 200) -> str:
    """Columns that line up, as plain text; every cell on one line of at most `longest` characters."""
    from kwartier.text import one_line

    lines = [tuple(one_line(cell, longest) for cell in row) for row in [*([head] if head else []), *rows]]
    if not lines:
        return ""
    return "\n".join(_aligned(lines, bool(head), room(sys.stdout)))


def _aligned(lines: list[tuple[str, ...]], headed: bool, width: int) -> list[str]:
    """The rows in columns; where they are wider than the terminal, headings and the last column take more lines."""
    from kwartier.text import cells

    def widths(rows: list[tuple[str, ...]]) -> list[int]:
        return [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]

    def whole(columns: list[int]) -> int:
        return sum(columns) + 2 * (len(columns) - 1)

    if width and headed and whole(widths(lines)) > width:
        lines = [*_stacked(lines[0], [max(size, 8) for size in widths(lines[1:] or lines)]), *lines[1:]]
    columns = widths(lines)
    last = width - whole([*columns[:-1], 0])
    if width and columns[-1] > last >= 12:
        lines = [part for row in lines for part in _stacked(row, [*columns[:-1], last])]
        columns = widths(lines)
    return [
        "  ".join(cell + " " * (size - cells(cell)) for cell, size in zip(row, columns, strict=True)).rstrip()
        for row in lines
    ]


def _stacked(row: tuple[str, ...], sizes: list[int]) -> list[tuple[str, ...]]:
    """One row as rows of which the cells break between words."""
    parts = [
        textwrap.wrap(cell, max(size, 1), break_long_words=False, break_on_hyphens=False) or [""]
        for cell, size in zip(row, sizes, strict=True)
    ]
    high = max(map(len, parts))
    return [tuple(part[line] if line < len(part) else "" for part in parts) for line in range(high)]


def passphrase(path: Path | None, *, ask: bool, confirm: bool = False, what: str = "Wachtwoord") -> str | None:
    """A passphrase from the first line of a file, else asked for without showing it; None where there is none."""
    if path is not None:
        lines = read(path).decode("utf-8", errors="replace").splitlines()
        if not lines or not lines[0]:
            raise Misused(
                "passphrase-missing",
                "In dit bestand staat geen wachtwoord.",
                place=str(path),
                advice="Zet het wachtwoord op de eerste regel.",
            )
        return lines[0]
    if not ask:
        return None
    if not sys.stdin.isatty():
        raise Misused(
            "passphrase-missing",
            "Hier is een wachtwoord nodig.",
            advice="Geef een bestand met het wachtwoord op de eerste regel: --wachtwoord-bestand BESTAND.",
        )
    typed: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm)
    return typed


LOCKED_WITH = "KWARTIER_WACHTWOORD_BESTAND"
"""The environment variable with the path of a file that has the passphrase of a locked student on its first line."""


def unlocked(error: KwartierError, as_json: bool) -> Path | None:
    """Opens the student that a command met locked, with a passphrase from `LOCKED_WITH` or asked once.

    Gives the folder of that student, so that the command can be run again; None where it is something else that was
    refused, or nobody can be asked.
    """
    from kwartier.workspace.encrypting import open_locked

    home: Path | None = getattr(error, "home", None)
    named = os.environ.get(LOCKED_WITH)
    if home is None or error.code != "locked" or not (named or (sys.stdin.isatty() and not as_json)):
        return None
    if named:
        given = passphrase(Path(named).expanduser(), ask=False) or ""
    else:
        words = f"Wachtwoord van {home.name}, want alles van deze student is op slot"
        given = click.prompt(words, hide_input=True, err=True)
    open_locked(home, given)
    return home


_DAY = 12
"""Columns of a date and what comes after it: "22 nov 2026 "."""


def hanging(label: str, text: str) -> str:
    """A label with a text beside it, wrapped to the width of the terminal and hanging from the label."""
    room = max(30, min(shutil.get_terminal_size().columns, 100) - _DAY - 1)
    wrapped = [line for part in clean(text).split("\n") for line in textwrap.wrap(part, room) or [""]]
    first, *others = wrapped
    return "\n".join([f"{label:<{_DAY}} {first}", *(f"{'':{_DAY}} {line}" for line in others)])
