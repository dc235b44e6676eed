"""Every refusal says what to do instead: looked up in the source, for not every one can be brought about."""

from __future__ import annotations

import ast
from pathlib import Path

import kwartier

REFUSALS = ("Refused", "Misused", "Unreadable")


def test_every_refusal_in_the_source_comes_with_advice() -> None:
    seen, without = 0, []
    source = Path(kwartier.__file__).parent
    for path in sorted(source.rglob("*.py")):
        if "tui" in path.relative_to(source).parts:
            continue  # what the screen refuses by itself is about the field in front of the user, and says so at once
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
                seen += 1
                if not any(keyword.arg in ("advice", None) for keyword in node.keywords):
                    without.append(f"{path.relative_to(source)}:{node.lineno}")
    assert seen > 80
    assert without == []
