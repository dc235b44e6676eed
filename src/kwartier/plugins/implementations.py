"""Whether the hooks in a plugin's package are ones that the host calls: every mistake at once, in Dutch."""

from __future__ import annotations

import difflib
import inspect
from types import ModuleType

from kwartier.plugins.spec import PREFIX, PROJECT, Hooks

_MARK = f"{PROJECT}_impl"


def hook_mistakes(module: ModuleType) -> list[str]:
    """What is wrong with the hooks of a plugin; empty where pluggy may register it."""
    found: list[str] = []
    for name in sorted(dir(module)):
        function = getattr(module, name, None)
        if not inspect.isroutine(function):
            continue
        mark = getattr(function, _MARK, None)
        if mark is not None:
            found += _mistakes(mark.get("specname") or name, function)
        elif name.startswith(PREFIX) and getattr(function, "__module__", None) == module.__name__:
            found.append(f"boven {name} ontbreekt @hookimpl")
    return found


def hook_names() -> list[str]:
    """The hooks that the host calls."""
    return [name for name in vars(Hooks) if name.startswith(PREFIX)]


def _mistakes(hook: str, function: object) -> list[str]:
    if hook not in hook_names():
        bare = [name.removeprefix(PREFIX) for name in hook_names()]
        close = difflib.get_close_matches(hook.removeprefix(PREFIX), bare, n=1)
        meant = f"misschien is {PREFIX}{close[0]} bedoeld" if close else f"wel: {', '.join(hook_names())}"
        return [f"{hook} is geen hook van kwartier; {meant}"]
    if inspect.iscoroutinefunction(function):
        return [f"{hook} is async, en hooks zijn gewone functies"]
    given = _parameters(getattr(Hooks, hook))
    return [
        f"{hook} vraagt '{name}', en krijgt alleen: {', '.join(given)}"
        for name in _parameters(function)
        if name not in given
    ]


def _parameters(function: object) -> list[str]:
    """What a call has to give by name; what has a value of its own need not be given."""
    assert callable(function)
    wanted = inspect.signature(function).parameters.values()
    return [one.name for one in wanted if one.name != "self" and one.default is one.empty]
