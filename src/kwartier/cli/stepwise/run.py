"""A run of the line-by-line mode: the opening, the list of steps until somebody stops, and how it ends."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from kwartier.cli.base import say
from kwartier.cli.flowing import flow
from kwartier.cli.stepwise import steps, who
from kwartier.cli.stepwise.conversation import Conversation, Stop, Switch, ToSteps, words_explained
from kwartier.cli.stepwise.work import Work
from kwartier.text import clean
from kwartier.workflow.periods import short
from kwartier.workspace import Workspace

STOPPED = 130


def run(ws: Workspace, ref: str, auditor: str | None, step: str | None) -> int:
    """Works on a record until somebody stops; gives the exit status. Raises for a wrong name or step."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a letter of another encoding is no reason to stop
    talk = Conversation(read_line, say)
    work = Work(ws, ref, talk, ws.code_of(ref, auditor))
    talk.where = lambda: steps.where(work)
    first = steps.chosen(work, step) if step else None
    try:
        with _hanging_up():
            _open(work)
            _work(work, (lambda: steps.do(work, first)) if first else None)
    except Stop:
        with suppress(OSError):  # nobody is there to hear it when the line was cut
            talk.say(f"Gestopt. {_kept(work)}")
    except KeyboardInterrupt:
        talk.say(f"\nOnderbroken. {_kept(work)} Wat u nog niet had afgesloten met enter, is niet bewaard.")
        return STOPPED
    return 0


@contextmanager
def _hanging_up() -> Iterator[None]:
    """A line that is cut ends the input, so that a text that was being typed is saved."""
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(hang_up, _cut_off)
    try:
        yield
    finally:
        signal.signal(hang_up, before)


def _cut_off(number: int, frame: object) -> None:
    raise Stop


def _open(work: Work) -> None:
    seen = work.see()
    envelope = seen.record.envelope
    you = f" U bent {work.name(work.person)}." if work.person else ""
    head = f"{seen.organisation}, {seen.header.short} {envelope.edition}, meting van {short(envelope.date)}."
    work.talk.say(f"Stap voor stap. {head} Vandaag is het {short(work.today)}.{you}")
    work.talk.say(seen.locked)
    work.talk.say("U antwoordt met een regel en enter. Elk antwoord wordt meteen bewaard.")
    work.talk.say(words_explained())


def _work(work: Work, first: Callable[[], Any] | None) -> None:
    """The list of steps, again and again; `first` is a step to begin with."""
    while True:
        try:
            if first is not None:
                begin, first = first, None
                begin()
            work.walk(lambda: [steps.question(work)], outer=True)
            work.talk.say("Typ stop om te stoppen.")
        except ToSteps:
            continue
        except Switch:
            try:
                who.ask_person(work)
            except (ToSteps, Switch):
                continue


def _kept(work: Work) -> str:
    count = work.saved
    if not count:
        return "Er is deze keer niets veranderd."
    return f"Alles is bewaard: {count} {'antwoord' if count == 1 else 'antwoorden'} deze keer."


def read_line(prompt: str) -> str:
    """Says the prompt and gives the next line of the input. Raises EOFError at its end.

    On a terminal the line is typed behind the prompt; where nobody types, each stands on a line of its own.
    """
    typed = sys.stdin.isatty()
    if prompt:
        click.echo(flow(clean(prompt), sys.stdout) + (" " if typed else "\n"), nl=False)
    sys.stdout.flush()
    try:
        line = sys.stdin.readline()
    except OSError:  # a terminal that is gone says no end, it fails
        line = ""
    if not line:
        raise EOFError
    return line.removesuffix("\n").removesuffix("\r")
