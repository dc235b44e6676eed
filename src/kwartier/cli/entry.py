"""Where the process starts: the version and the app without loading any command, all else through the commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kwartier import __version__


def main() -> None:
    """Runs the app or the command line and ends the process with its status."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Before click, a plugin or a record is looked at: scripts ask this often.
        print(f"kwartier {__version__}")
        return
    try:
        if opens_app(arguments) and sys.stdin.isatty() and sys.stdout.isatty():
            from kwartier.tui.start import run

            status = run(arguments[1] if arguments else "")
        else:
            from kwartier.cli.run import run as run_command

            status = run_command(arguments)
    except KeyboardInterrupt:
        # Before or after the work itself; during it, `run` says what was kept.
        status = 130
    sys.exit(status)


def opens_app(arguments: Sequence[str]) -> bool:
    """Whether no command is asked for, only perhaps a data folder: on a terminal that opens the app."""
    return not arguments or (len(arguments) == 2 and arguments[0] == "--data" and arguments[1] != "")
