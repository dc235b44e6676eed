"""What can be seen in the Python of a plugin without running it: what it imports, and whether it prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kwartier.testing.problem import Problem

ALLOWED = ("kwartier.api", "kwartier.testing")
"""All that an instrument may import of kwartier."""

FACES = ("textual", "click", "rich")
"""What only a face needs; an instrument has none."""

_CHECK = "python"


def source_problems(folder: Path) -> Iterator[Problem]:
    """Problems in every Python file of a package, tests and hidden folders aside."""
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(folder).as_posix()
        try:
            tree = ast.parse(path.read_bytes(), filename=where)
        except (SyntaxError, ValueError, RecursionError) as error:
            yield Problem(_CHECK, where, f"cannot be parsed: {error}")
            continue
        for node in ast.walk(tree):
            yield from _node(node, where)


def _node(node: ast.AST, where: str) -> Iterator[Problem]:
    if isinstance(node, ast.Import):
        for one in node.names:
            yield from _import(one.name, f"{where}:{node.lineno}")
    elif isinstance(node, ast.ImportFrom) and not node.level:
        for one in node.names:
            module = node.module or ""
            yield from _import(f"kwartier.{one.name}" if module == "kwartier" else module, f"{where}:{node.lineno}")
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        yield Problem(_CHECK, f"{where}:{node.lineno}", "prints; that would end up in the answer of a command")


def _import(module: str, where: str) -> Iterator[Problem]:
    top = module.split(".")[0]
    if top == "kwartier" and not any(module == one or module.startswith(f"{one}.") for one in ALLOWED):
        yield Problem(_CHECK, where, f"imports {module}; only {' and '.join(ALLOWED)} are stable")
    if top in FACES:
        yield Problem(_CHECK, where, f"imports {module}; kwartier draws the screens")
