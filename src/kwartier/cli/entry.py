"""Where the process starts: the version without loading anything, all else through the commands."""

from __future__ import annotations

import sys

from kwartier import __version__


def main() -> None:
    """Runs the command line and ends the process with its status."""
    if sys.argv[1:] == ["--version"]:
        # Before click, a plugin or a record is looked at: scripts ask this often.
        print(f"kwartier {__version__}")
        return
    try:
        from kwartier.cli.run import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        # Before or after the work itself; during it, `run` says what was kept.
        status = 130
    sys.exit(status)
