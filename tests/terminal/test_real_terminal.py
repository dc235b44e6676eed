"""kwartier as a process in a real terminal: started, typed in, killed, started again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminal.conftest import Terminal

AUDITORS = ("--auditor", "Anna Appel", "--auditor", "Bob Biet")


def begun(terminal: Terminal) -> str:
    """An organisation with a measurement; its reference."""
    slug = json.loads(terminal.run("organisatie", "nieuw", "Zuiderlicht", "--json"))["slug"]
    made = terminal.run("meting", "nieuw", slug, "mie", "--datum", "2026-11-22", *AUDITORS, "--json")
    ref: str = json.loads(made)["ref"]
    return ref


def file_of(terminal: Terminal, ref: str, name: str) -> Path:
    return terminal.data / "organisations" / ref / name


def test_killed_in_the_middle_of_typing_nothing_saved_is_lost_and_the_next_start_says_so(terminal: Terminal) -> None:
    ref = begun(terminal)
    terminal.start("meting", "open", ref, "--stap", "toelichten", "--auditor", "Anna")
    terminal.until("› Toelichten", "✓ bewaard")
    terminal.type("De visie staat in het jaarplan.")
    terminal.until_file(file_of(terminal, ref, "toelichten.toml"), "De visie staat in het jaarplan.")
    terminal.type(" En dit is net")
    terminal.kill()
    terminal.until("einde 137")
    terminal.start()
    terminal.until("niet gewoon afgesloten", "‘Toelichten’")
    terminal.press("j")
    terminal.until("1 van 12 geschreven")
    terminal.press("C-o")
    terminal.until("De visie staat in het jaarplan.")
    terminal.press("C-q")
    terminal.until("einde 0")
    terminal.start()
    shown = terminal.until("Zuiderlicht")
    assert "niet gewoon afgesloten" not in shown


def test_killed_with_a_form_open_what_was_typed_in_it_is_there_at_the_next_start(terminal: Terminal) -> None:
    ref = begun(terminal)
    file = file_of(terminal, ref, "conclusies.toml")
    terminal.start("meting", "open", ref, "--stap", "conclusies")
    terminal.until("sterk punt toevoegen")
    terminal.press("Down", "t")
    terminal.until("Nieuw sterk punt")
    terminal.type("Cliënten praten mee over het beleid.")
    terminal.until_file(file, "Cliënten praten mee over het beleid.")
    terminal.kill()
    terminal.until("einde 137")
    terminal.start("meting", "open", ref, "--stap", "conclusies")
    terminal.until("Cliënten praten mee over het beleid.")


def test_leaving_right_after_typing_saves_it(terminal: Terminal) -> None:
    ref = begun(terminal)
    terminal.start("meting", "open", ref, "--stap", "toelichten", size=(80, 24))
    terminal.until("Toelichten")
    terminal.type("Nog net getypt")
    terminal.press("C-q")
    terminal.until("einde 0")
    assert "Nog net getypt" in file_of(terminal, ref, "toelichten.toml").read_text("utf-8")


def test_a_mistyped_folder_is_not_made_without_a_yes(terminal: Terminal) -> None:
    elsewhere = terminal.home / "verkeerd getypt"
    terminal.start("--data", str(elsewhere))
    terminal.until("Nieuw maken? [j/N]")
    terminal.press("n", "Enter")
    terminal.until("einde 1")
    assert not elsewhere.exists()
