"""The conftest.py of the project: tests get folders of their own, and a skip fails where nothing may be skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

ROOT = Path(__file__).resolve().parents[2]

SKIPPING = """
import pytest

def test_passes():
    pass

def test_skips():
    pytest.skip("not here")

@pytest.mark.skip(reason="not today")
def test_is_marked():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_is_expected_to_fail():
    assert False
"""


def outcome(folder: Path, source: str, no_skip: str) -> str:
    """The closing line of pytest on one test file, under the project's conftest.py."""
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "test_one.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    variables = {**os.environ, "KWARTIER_NO_SKIP": no_skip}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[-1]


def test_a_skip_is_a_failure_where_nothing_may_be_skipped(tmp_path: Path) -> None:
    closing = outcome(tmp_path, SKIPPING, "1")
    assert "1 failed, 1 passed, 1 xfailed, 1 error" in closing  # a marked test already ends in its setup


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    closing = outcome(tmp_path, SKIPPING, "")
    assert "1 passed, 2 skipped, 1 xfailed" in closing


def test_a_file_that_skips_itself_is_a_failure_too(tmp_path: Path) -> None:
    source = "import pytest\npytest.importorskip('a_module_that_nobody_has')\n"
    assert "1 error" in outcome(tmp_path, source, "1")
    assert "1 skipped" in outcome(tmp_path, source, "")


@pytest.mark.parametrize("variable", ["KWARTIER_DATA", "KWARTIER_CONFIG", "HOME", "USERPROFILE"])
def test_the_folders_of_the_tests_are_not_those_of_the_user(variable: str, own_folders: Path) -> None:
    assert Path(os.environ[variable]).is_relative_to(own_folders)


def test_the_usual_folders_lie_in_the_home_of_the_tests(own_folders: Path) -> None:
    usual = platformdirs.PlatformDirs("kwartier", appauthor=False)
    for folder in (usual.user_data_path, usual.user_config_path, usual.user_cache_path, Path.home()):
        assert folder.is_relative_to(own_folders)
