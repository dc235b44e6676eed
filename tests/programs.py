"""Programs from outside Python that some tests look through; where one is missing, such a test is skipped aloud."""

from __future__ import annotations

import shutil

import pytest


def need(*programs: str) -> None:
    """Skips the test where a program is not there; where nothing may be skipped, that is a failure."""
    missing = [one for one in programs if shutil.which(one) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
