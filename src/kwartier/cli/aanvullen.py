"""kwartier aanvullen: het script waarmee een shell opdrachten aanvult."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kwartier.cli.base import Command, answer

_HOW = {
    "bash": 'Zet in ~/.bashrc:  eval "$(kwartier aanvullen bash)"',
    "zsh": 'Zet in ~/.zshrc:  eval "$(kwartier aanvullen zsh)"',
    "fish": "Voer uit:  kwartier aanvullen fish > ~/.config/fish/completions/kwartier.fish",
}


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(sorted(_HOW)))
@click.option("--uitleg", is_flag=True, help="Toon hoe u het aanzet.")
def aanvullen(shell: str, uitleg: bool) -> None:
    """Toon het script dat opdrachten en opties aanvult in bash, zsh of fish."""
    from kwartier.cli.app import root

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(root, {}, "kwartier", "_KWARTIER_COMPLETE").source()
    if uitleg:
        answer({"shell": shell, "how": _HOW[shell]}, _HOW[shell])
    else:
        answer({"shell": shell, "script": script}, script)
