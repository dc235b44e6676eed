"""What holds for every command there is, found by walking through all of them: Dutch help, --data and --json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import pytest

from kwartier.cli.app import COMMANDS, root

if TYPE_CHECKING:
    from tests.conftest import Kwartier

ENGLISH = (
    *("Usage", "Options", "Arguments", "Commands", "Show this message", "and exit", "Try ", "required", "default:"),
    *("Missing", "Invalid", "No such", "TEXT", "INTEGER", "PATH", "FILE", "DIRECTORY", "BOOLEAN", "Got unexpected"),
    *("does not exist", "is not", "requires", "Error", "Did you mean", "Possible", "Aborted", "the ", "with "),
)
"""Words of click's own, and words that no Dutch sentence has."""

Path = tuple[str, ...]


def walk(command: click.Command, path: Path = ()) -> Iterator[tuple[Path, click.Command]]:
    """Every group and command with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            assert one is not None, name
            yield from walk(one, (*path, name))


EVERY = dict(walk(root))
LEAVES = {path: one for path, one in EVERY.items() if not isinstance(one, click.Group)}


def english(text: str) -> list[str]:
    """The English in a text."""
    return [word for word in ENGLISH if re.search(rf"(?<!\w){re.escape(word)}", text)]


def names(paths: object) -> list[str]:
    """Paths as the names of test cases."""
    return [" ".join(path) or "kwartier" for path in paths]  # type: ignore[attr-defined]


def test_every_command_is_there() -> None:
    assert len(LEAVES) > 40
    assert {path[0] for path in LEAVES} == set(COMMANDS)


@pytest.mark.parametrize("path", EVERY, ids=names(EVERY))
def test_help_is_dutch_and_says_what_the_command_does(kwartier: Kwartier, path: Path) -> None:
    done = kwartier(*path, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Gebruik: {' '.join(('kwartier', *path))} ")
    assert english(done.out) == []
    command = EVERY[path]
    assert command.help, "a command says what it does"
    assert kwartier(*path, "-h").out == done.out
    assert not kwartier.data.exists(), "reading help makes no data folder"


@pytest.mark.parametrize("path", EVERY, ids=names(EVERY))
def test_options_are_explained_and_data_and_json_are_among_them(path: Path) -> None:
    options = [one for one in EVERY[path].params if isinstance(one, click.Option)]
    assert {"--data", "--json"} <= {name for one in options for name in one.opts}
    # What --volgt and --soort mean is told where they are first met.
    unexplained = [one.name for one in options if not one.help]
    assert unexplained == []


@pytest.mark.parametrize("path", LEAVES, ids=names(LEAVES))
def test_a_wrong_option_is_refused_in_dutch_and_as_json(kwartier: Kwartier, path: Path) -> None:
    said = kwartier(*path, "--bestaat-niet")
    assert (said.status, said.out) == (2, "")
    assert "--bestaat-niet" in said.err
    assert "bestaat niet" in said.err
    assert f"kwartier {' '.join(path)} --help" in said.err
    assert english(said.err) == []
    error = kwartier.refused(*path, "--bestaat-niet", status=2)
    assert error["code"] == "usage"
    assert english(error["message"] + error["next"]) == []


@pytest.mark.parametrize("path", LEAVES, ids=names(LEAVES))
def test_too_little_and_too_much_are_refused_in_dutch(kwartier: Kwartier, path: Path) -> None:
    needed = [one for one in LEAVES[path].params if one.required]
    if needed:
        little = kwartier.refused(*path, status=2)
        assert little["code"] == "usage"
        assert "ontbreekt" in little["message"]
        assert english(little["message"]) == []
    if not any(isinstance(one, click.Argument) and one.nargs == -1 for one in LEAVES[path].params):
        much = kwartier.refused(*path, *"abcdefghijkl", status=2)
        assert much["code"] == "usage"
        assert english(much["message"]) == []


@pytest.mark.parametrize("path", LEAVES, ids=names(LEAVES))
def test_with_json_a_command_answers_one_document_or_one_refusal(kwartier: Kwartier, path: Path) -> None:
    """Whatever is asked of an empty folder: an answer on standard output, or a refusal on standard error."""
    command = LEAVES[path]
    args = [word for one in command.params if one.required for word in filler(one)]
    done = kwartier("--json", *path, *args)
    if done.status == 0:
        assert done.err == ""
        json.loads(done.out)
    else:
        assert done.out == ""
        error = json.loads(done.err)["error"]
        assert list(error) == ["code", "message", "place", "next"]
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", error["code"])
        assert error["message"]
        assert english(error["message"] + (error["next"] or "")) == []
        assert done.status in (1, 2)
        text = kwartier(*path, *args)
        assert (text.status, text.out) == (done.status, "")
        assert error["message"] in text.err


def filler(one: click.Parameter) -> list[str]:
    """Something that has the right form for a parameter, and is not there."""
    if isinstance(one.type, click.Choice):
        value = str(one.type.choices[0])
    elif one.type.name == "datum":
        value = "2026-11-22"
    else:
        value = {"ref": "nergens/mie/2026-11-22"}.get(one.name or "", "nergens")
    return [one.opts[0], value] if isinstance(one, click.Option) else [value]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("organisati", "organisatie"), ("verslg", "verslag"), ("uitslagen", "uitslag"), ("metign", "meting")],
)
def test_a_word_that_is_nearly_right_gets_a_suggestion(kwartier: Kwartier, typed: str, meant: str) -> None:
    error = kwartier.refused(typed, status=2)
    assert f"'{typed}' bestaat niet" in error["message"]
    assert f"'{meant}'" in error["message"]
    assert meant in kwartier(typed).err


def test_so_does_a_command_of_a_group_and_an_option(kwartier: Kwartier) -> None:
    assert "'nieuw'" in kwartier.refused("meting", "niew", status=2)["message"]
    assert "'--datum'" in kwartier.refused("meting", "nieuw", "--datun", "2026-11-22", status=2)["message"]
    assert "Bedoelde" not in kwartier.refused("xyzzy", status=2)["message"]


def test_without_a_command_the_help_is_shown(kwartier: Kwartier) -> None:
    done = kwartier()
    assert done.status == 2
    assert "Gebruik: kwartier" in done.err
    assert kwartier.refused("meting", status=2)["message"] == "Zeg wat er moet gebeuren."


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands(kwartier: Kwartier, shell: str) -> None:
    assert "_KWARTIER_COMPLETE" in kwartier.text("aanvullen", shell)
    assert "kwartier aanvullen" in kwartier.text("aanvullen", shell, "--uitleg")


def test_the_words_that_complete_are_those_of_the_commands(kwartier: Kwartier) -> None:
    asked = {"_KWARTIER_COMPLETE": "bash_complete", "COMP_WORDS": "kwartier meting n", "COMP_CWORD": "2"}
    assert kwartier.beside("gegevens", **asked).process().out.split() == ["plain,neem", "plain,nieuw"]
