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
    from kwartier.cli.run import run

    sys.exit(run(sys.argv[1:]))
