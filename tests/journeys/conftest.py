"""An empty folder with the instruments that are installed, for somebody at a keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import own_config

pytest.register_assert_rewrite(
    *(f"tests.journeys.{one}" for one in ("keyboard", "mie_before_scoring", "mie_from_scoring"))
)

from tests.journeys.keyboard import Folder  # noqa: E402  (its asserts are to say what they found)

__all__ = ["own_config"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty data folder, on a day and an hour of its own."""
    return Folder(tmp_path / "gegevens")
