"""What the tests of a PDF share: a folder to write in, and the document that holds everything, written once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.everything import everything
from tests.reports.pdf_made import Made, written


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(scope="session")
def made(folder: Path) -> Made:
    """The document that holds everything."""
    return written(folder / "alles.pdf", everything())
