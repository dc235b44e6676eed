"""kwartier aanvullen: het script waarmee een shell opdrachten aanvult."""

from __future__ import annotations

import os

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from kwartier.cli.base import Command, answer

VARIABLE = "_KWARTIER_COMPLETE"
"""The variable by which a shell asks for completions; click reads it."""

_HOW = {
    "bash": 'Zet in ~/.bashrc:  eval "$(kwartier aanvullen bash)"',
    "zsh": 'Zet in ~/.zshrc:  eval "$(kwartier aanvullen zsh)"',
    "fish": "Voer uit:  kwartier aanvullen fish > ~/.config/fish/completions/kwartier.fish",
    "powershell": "Zet in het bestand $PROFILE:  kwartier aanvullen powershell | Out-String | Invoke-Expression",
}


class PowerShell(ShellComplete):
    """Completion for PowerShell, which click has none for."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $cursor)
    $env:%(complete_var)s = "powershell_complete"
    $env:KWARTIER_LINE = $line.ToString()
    $env:KWARTIER_WORD = $word
    try {
        %(prog_name)s | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, "ParameterValue", $_)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:KWARTIER_LINE, Env:KWARTIER_WORD
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        word = os.environ.get("KWARTIER_WORD", "")
        words = split_arg_string(os.environ.get("KWARTIER_LINE", ""))[1:]
        return (words[:-1] if word and words and words[-1] == word else words), word

    def format_completion(self, item: CompletionItem) -> str:
        return str(item.value)


add_completion_class(PowerShell)


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(sorted(_HOW)))
@click.option("--uitleg", is_flag=True, help="Toon hoe u het aanzet.")
def aanvullen(shell: str, uitleg: bool) -> None:
    """Toon het script dat opdrachten, opties, organisaties en metingen aanvult in PowerShell, bash, zsh of fish."""
    from kwartier.cli.app import root

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(root, {}, "kwartier", VARIABLE).source()
    if uitleg:
        answer({"shell": shell, "how": _HOW[shell]}, _HOW[shell])
    else:
        answer({"shell": shell, "script": script}, script, as_is=True)
