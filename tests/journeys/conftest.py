"""A person at a keyboard, with the app on an empty folder and the instruments that are installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, garden, own_config, packages

pytest.register_assert_rewrite(*(f"tests.journeys.{one}" for one in ("keyboard", "mie_before_scoring", "mie_from_scoring")))

from tests.journeys.keyboard import Folder  # noqa: E402  (its asserts are to say what they found)

__all__ = ["Kijker", "garden", "own_config", "packages"]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty data folder, on a day and an hour of its own."""
    return Folder(tmp_path / "gegevens")


@pytest.fixture
def kijker(garden: object) -> Kijker:
    """The app on an empty garden, as in tests/tui."""
    from tests.workspace.conftest import Garden

    assert isinstance(garden, Garden)
    return Kijker(garden)
