"""The pictures in the README: they are there, say in words what they show, and can be made again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_every_picture_in_the_readme_is_there_and_told_in_words() -> None:
    found = PICTURE.findall((ROOT / "README.md").read_text("utf-8"))
    assert found
    for words, path in found:
        svg = (ROOT / path).read_text("utf-8")
        assert ElementTree.fromstring(svg).tag.endswith("svg") and len(words) > 40
        assert "http://" not in svg.replace("http://www.w3.org/", "") and "@font-face" not in svg


def test_the_script_makes_the_same_pictures_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        command = [sys.executable, str(ROOT / "tools" / "picture.py"), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
        made.append({path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())})
    assert made[0] == made[1]
    assert set(made[0]) == {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
