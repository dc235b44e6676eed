"""Runs a command and turns whatever comes of it into a message and an exit status.

0 done, 1 refused, 2 used wrongly, 70 a mistake of kwartier itself, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from kwartier.cli import dutch
from kwartier.cli.commands import dumped
from kwartier.cli.flowing import flow
from kwartier.errors import KwartierError
from kwartier.text import clean

BUG = 70
STOPPED = 130


def run(args: Sequence[str]) -> int:
    """The exit status of a command line."""
    from kwartier.cli.app import root

    if os.environ.get("_KWARTIER_COMPLETE", "").startswith("powershell"):
        import_module("kwartier.cli.aanvullen")  # tells click of a shell that it does not know
    dutch.bind()
    _settle_output()
    as_json = "--json" in args
    stdout = sys.stdout
    try:
        # click gives the status of ctx.exit() back as a value; a command itself gives None.
        status = _main(root, args, as_json)
        sys.stdout.flush()
    except KwartierError as error:
        return _refused(error.code, error.message, error.place, error.advice, as_json, error.status)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        return _used_wrongly(error, as_json)
    except click.ClickException as error:
        return _refused("refused", error.format_message(), None, None, as_json, 1)
    except (KeyboardInterrupt, click.Abort):
        return _refused("stopped", "Afgebroken.", None, "Wat al bewaard was, staat er nog.", as_json, STOPPED)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (BrokenPipeError, SystemExit) as error:
        # Where a pipe is broken while it writes, click puts a wrapper around the stream and ends the process itself.
        if isinstance(error, SystemExit) and sys.stdout is stdout:
            raise
        # Whoever reads our output has had enough (`| head`): nothing is wrong, and nothing can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _bug(error, as_json)
    return status if isinstance(status, int) else 0


def _main(root: click.Command, args: Sequence[str], as_json: bool) -> object:
    """Runs the command; again where it met a student that is locked and could be opened."""
    opened: list[Path] = []
    try:
        while True:
            try:
                return root.main(list(args), prog_name="kwartier", standalone_mode=False)
            except KwartierError as error:
                if error.code != "locked":
                    raise
                from kwartier.cli.base import unlocked

                home = unlocked(error, as_json)
                if home is None or home in opened:
                    raise
                opened.append(home)
    finally:
        if opened:
            from kwartier.workspace.encrypting import forget_keys

            forget_keys()


def _settle_output() -> None:
    """A terminal that cannot show a letter gets a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _used_wrongly(error: click.UsageError, as_json: bool) -> int:
    advice = "Zie 'kwartier --help'."
    if error.ctx is not None:
        advice = f"Zie '{error.ctx.command_path} --help'."
    return _refused("usage", error.format_message(), None, advice, as_json, 2)


def _refused(code: str, message: str, place: str | None, advice: str | None, as_json: bool, status: int) -> int:
    if as_json:
        told = {"error": {"code": code, "message": message, "place": place, "next": advice}}
        click.echo(dumped(told), err=True)
        return status
    click.echo(flow(clean(message), sys.stderr), err=True)
    if place:
        click.echo(clean(f"  Waar: {place}"), err=True)
    if advice:
        click.echo(flow(clean(f"  Wat u kunt doen: {advice}"), sys.stderr), err=True)
    return status


def _bug(error: Exception, as_json: bool) -> int:
    """A mistake of kwartier: where it happened, without the values, which may be somebody's story."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "\n".join(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:])
    message = f"Er ging iets mis in kwartier zelf ({type(error).__name__})."
    advice = "Meld dit met de regels hieronder; er staan geen gegevens in. Wat al bewaard was, staat er nog."
    status = _refused("bug", message, None, advice, as_json, BUG)
    if not as_json:
        click.echo(where, err=True)
    if os.environ.get("KWARTIER_TRACE"):
        traceback.print_exception(error)
    return status
