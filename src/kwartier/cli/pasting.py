"""Commands as they can be pasted in a shell of this system: names and paths quoted, the same data folder."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from kwartier.cli.commands import DATA


def follow_up(*words: str) -> str:
    """A command that goes on where this one stops: with the data folder that this one was told."""
    folder = click.get_current_context().meta.get(DATA)
    return command_line([*words, *(["--data", str(folder)] if folder else [])])


def command_line(words: list[str]) -> str:
    """A command of kwartier for bash and the like, on Windows for PowerShell."""
    whole = [*_program(), *words]
    if sys.platform == "win32":
        line = subprocess.list2cmdline(whole)
        return f"& {line}" if line.startswith('"') else line
    return shlex.join(whole)


def named(path: Path | str) -> str:
    """A file in a command for somebody else, on a machine of which the shell is not known: quoted as all of them do."""
    return f'"{path}"' if re.search(r"[^\w./\\:~+-]", str(path)) else str(path)


def _program() -> list[str]:
    """How this kwartier is started: by its name where the shell finds it, else by where it is."""
    own, found = Path(sys.argv[0]), shutil.which("kwartier")
    if own.stem != "kwartier" or not own.exists():
        return ["kwartier"] if found else [sys.executable, "-m", "kwartier"]
    if found and Path(found).samefile(own):
        return ["kwartier"]
    return [str(own.absolute())]
