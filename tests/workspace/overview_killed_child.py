"""Run as a program by test_overview: looks at a whole data folder, and kills itself halfway."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kwartier.store.folder import DataFolder
from kwartier.workspace import Workspace, indexing

if __name__ == "__main__":
    indexing._BATCH = 0.0  # every organisation is a batch

    def progress(done: int, of: int) -> None:
        if done == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

    Workspace(DataFolder.open(Path(sys.argv[1]))).overview(progress=progress)
