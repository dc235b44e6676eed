"""A data folder with one organisation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwartier.store.folder import DataFolder


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder.create_or_open(tmp_path / "Mijn gegevens é")
    made.create(made.organisation("kwadrant"), {"organisation.toml": {"schema": 1}})
    return made
