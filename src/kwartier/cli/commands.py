"""What every command is made with: the two shared options, and groups that suggest. Loads no data and no instrument."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

DATA = "kwartier.data"
JSON = "kwartier.json"


def _keep(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value:
            ctx.meta[key] = value

    return keep


def dumped(result: Any) -> str:
    """JSON in letters, digits and signs of ASCII alone: what a terminal would act upon is escaped."""
    return json.dumps(result, default=str).replace("\x7f", "\\u007f")


class FolderType(click.Path):
    """A folder. Nothing is not the folder one happens to be in: a variable in a script may be empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("geef de naam van een map.", param, ctx)
        return super().convert(value, param, ctx)


def shared_options() -> list[click.Option]:
    """The two options that every command takes, before or after its name."""
    return [
        click.Option(
            ["--data"],
            metavar="MAP",
            type=FolderType(path_type=Path),
            expose_value=False,
            callback=_keep(DATA),
            help="De datamap; anders KWARTIER_DATA, anders die van het systeem.",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_keep(JSON),
            help="Antwoord als JSON, voor programma's.",
        ),
    ]


class Command(click.Command):
    """A command with the shared options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())


class Group(click.Group):
    """A group of commands; a word that is nearly right gets a suggestion."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        kwargs.setdefault("subcommand_metavar", "OPDRACHT …")
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            if close:
                raise click.UsageError(f"{error.message} Bedoelde u '{close[0]}'?", ctx) from error
            raise
