"""What a shell may complete: references, organisations, instruments and steps, from the data folder as it is.

Completing changes nothing and fails silently: a shell is no place for a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from kwartier.cli.commands import DATA
from kwartier.errors import KwartierError
from kwartier.workspace import Workspace

Find = Callable[[Workspace, click.Context], Iterable[str]]


class Completed(click.ParamType):  # type: ignore[type-arg]
    """A text that is taken as it is typed, and that a shell can complete."""

    def __init__(self, name: str, find: Find) -> None:
        self.name = name
        self._find = find

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            workspace = Workspace.peek(ctx.meta.get(DATA))
            found = list(self._find(workspace, ctx)) if workspace else []
        except (KwartierError, OSError):
            return []
        return [CompletionItem(one) for one in found if one.startswith(incomplete)]


def _references(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    for slug, _ in workspace.organisations():
        yield from (str(ref) for ref in workspace.assessments(slug))


def _steps(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    ref = ctx.params.get("ref")
    return [step.id for step in workspace.see(ref).content.step] if ref else []


def _subjects(workspace: Workspace, ctx: click.Context) -> Iterable[str]:
    slug = ctx.params.get("slug")
    return workspace.subjects(slug) if slug else []


SLUG = Completed("slug", lambda workspace, ctx: [slug for slug, _ in workspace.organisations()])
REF = Completed("ref", _references)
INSTRUMENT = Completed("instrument", lambda workspace, ctx: [one.id for one in workspace.instruments() if one.usable])
PROFILE = Completed("id", lambda workspace, ctx: [one.id for one in workspace.profiles()])
STEP = Completed("stap", _steps)
SUBJECT = Completed("code", _subjects)
ASKED = Completed(
    "instrument-of-ref",
    lambda workspace, ctx: [
        *(one.id for one in workspace.instruments() if one.usable),
        *_references(workspace, ctx),
    ],
)
