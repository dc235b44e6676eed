"""The Dutch manual: every command in it does what the page says, and it names nothing that does not exist.

How a page is read (Markdown shows all of it as usual, save the hidden blocks):
- ```console is run, in the order of the page, in a folder of its own with an empty data folder. A line that starts
  with `$ ` is a command and has to end with status 0; the lines below it have to be in its output in that order.
  A line `…` stands for lines that are left out, and ` …` at the end of a line for the rest of it.
- ```console status=1 is the same for a refusal: it is the status of the last command in the block.
- ```toml NAME and ```text NAME are files that the reader makes; they are written before what follows.
- <!-- console, <!-- toml NAME up to --> is such a block that the reader does not see, to get a page started.
- Every other block, such as ```powershell, is only looked at for names of commands and options.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import tomli

from kwartier.cli.app import root
from kwartier.cli.run import run

MANUAL = Path(__file__).parents[2] / "docs" / "handleiding"
PAGES = sorted(MANUAL.glob("*.md"))
REFERENCE = "opdrachten.md"
SHARED = {"--data", "--json"}
OF_OTHERS = {"--upgrade"}  # options of pip
LEFT_OUT = "…"


class Block(NamedTuple):
    """A fenced or hidden block: its first word, the rest of that line, its text and the line that it starts on."""

    kind: str
    rest: str
    lines: list[str]
    at: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced and hidden blocks of a page, in order."""
    opened: Block | None = None
    end = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if opened is not None:
            if line.strip() == end:
                yield opened
                opened = None
            else:
                opened.lines.append(line)
            continue
        found = re.fullmatch(r"```(\S+) ?(.*)", line) or re.fullmatch(r"<!-- (console|toml|text) ?(.*)", line)
        if found and "-->" not in line:
            opened, end = Block(found[1], found[2].strip(), [], number), "-->" if line.startswith("<") else "```"
    assert opened is None, f"the block at line {opened.at if opened else 0} has no end"


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that its output has to hold."""
    found: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() and line.strip() != LEFT_OUT:
            assert found, f"line {block.at}: output before the first command"
            found[-1][1].append(line.rstrip())
    return found


def holds(shown: list[str], wanted: list[str]) -> str | None:
    """The first wanted line that is not in the output after the one before it; None when all are there."""
    at = 0
    for line in wanted:
        start = line.removesuffix(LEFT_OUT).rstrip() if line.endswith(LEFT_OUT) else None
        for place in range(at, len(shown)):
            if shown[place] == line or (start is not None and shown[place].startswith(start)):
                at = place + 1
                break
        else:
            return line
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_page_does_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "werk"
    work.mkdir()
    monkeypatch.chdir(work)
    # A reader has kwartier installed, so that it prints commands with that name.
    monkeypatch.setattr("kwartier.cli.pasting._program", lambda: ["kwartier"])
    monkeypatch.setenv("KWARTIER_DATA", str(tmp_path / "gegevens"))
    monkeypatch.setenv("KWARTIER_CONFIG", str(tmp_path / "instellingen"))
    wrong = []
    for block in blocks(page.read_text(encoding="utf-8")):
        text = "\n".join(block.lines) + "\n"
        if block.kind == "toml":
            tomli.loads(text)
        if block.kind in ("toml", "text") and block.rest:
            (work / block.rest).write_text(text, encoding="utf-8")
        if block.kind != "console":
            continue
        expected = int(block.rest.removeprefix("status=") or 0)
        given = commands(block)
        for number, (line, wanted) in enumerate(given, start=1):
            words = shlex.split(line)
            assert words[0] == "kwartier", f"{page.name}:{block.at}: only commands of kwartier are run"
            status = run(words[1:])
            out, err = capsys.readouterr()
            told = f"{page.name}:{block.at}: {line}\n{out}{err}"
            # What comes after it would fail only because of it.
            assert status == (expected if number == len(given) else 0), f"status {status}: {told}"
            absent = holds([shown.rstrip() for shown in (out + err).splitlines()], wanted)
            if absent is not None:
                wrong.append(f"not in the output: {absent}\n{told}")
    assert not wrong, "\n".join(wrong)


def tree(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a group, by the words that call it."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        below = command.get_command(context, word)
        if below is None or not below.hidden:
            assert below is not None
            yield from tree(below, (*name, word))


def installed(command: click.Command) -> dict[tuple[str, ...], click.Command]:
    """All commands that can be loaded."""
    return dict(tree(command))


def options(command: click.Command) -> set[str]:
    """The long options of a command."""
    return {one for param in command.params if isinstance(param, click.Option) for one in param.opts if one[:2] == "--"}


def arguments(command: click.Command) -> list[str]:
    """The arguments of a command as its help shows them."""
    context = click.Context(command)
    return [param.make_metavar(context) for param in command.params if isinstance(param, click.Argument)]


def code(text: str) -> Iterator[str]:
    """All code of a page: every span in the text and every line of a block, save what a command shows."""
    for block in blocks(text):
        yield from (line for line in block.lines if block.kind != "console" or line.startswith("$ "))
    outside = re.sub(r"^```.*?^```|^<!--.*?-->", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", outside)


def called(line: str) -> list[str] | None:
    """The words after `kwartier` where a piece of code calls it."""
    found = re.match(r"(?:\$ |> )?kwartier (.+)", line.strip())
    if not found:
        return None
    try:
        return shlex.split(found[1])
    except ValueError:
        return found[1].split()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_no_command_or_option_that_does_not_exist(page: Path) -> None:
    every = installed(root)
    known = SHARED | OF_OTHERS | {"--help", "--version"} | {one for each in every.values() for one in options(each)}
    wrong = []
    for line in code(page.read_text(encoding="utf-8")):
        words = called(line)
        if words is None:
            wrong += [line for one in re.findall(r"^(--[a-z-]+)", line) if one not in known]
            continue
        # A page may speak of a group as a whole, and of OPDRACHT in general.
        name: tuple[str, ...] = ()
        for word in words:
            if not any(each[: len(name) + 1] == (*name, word) for each in every):
                break
            name = (*name, word)
        whole = every.get(name)
        next_word = words[len(name)] if len(words) > len(name) else "--"
        if whole is None and not re.match(r"--|[A-ZÀ-Þ…]", next_word):
            wrong.append(f"no such command: {line}")
        allowed = known if whole is None else options(whole) | SHARED | {"--help"}
        given = {word.partition("=")[0] for word in words if re.match(r"--[a-z]", word)}
        wrong += [f"no such option {one}: {line}" for one in sorted(given - allowed)]
    assert not wrong


def section(text: str, words: tuple[str, ...]) -> str:
    """The section of the reference about one command: from its heading to the next."""
    found = re.search(rf"^### `kwartier {' '.join(words)}(?: [^`]*)?`$(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def test_the_reference_has_every_command_with_its_arguments_and_options() -> None:
    text = (MANUAL / REFERENCE).read_text(encoding="utf-8")
    absent = []
    for words, command in installed(root).items():
        name = "kwartier " + " ".join(words)
        about = section(text, words)
        if not about:
            absent.append(name)
            continue
        heading = about.splitlines()[0]
        absent += [f"{name}: {one}" for one in arguments(command) if one not in heading]
        absent += [f"{name}: {one}" for one in sorted(options(command) - SHARED) if f"`{one}" not in about]
    absent += [one for one in SHARED if f"`{one}" not in text]
    assert not absent


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"[`*]", "", heading.lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, wanted = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            broken.append(target)
        elif wanted:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            broken += [target] if wanted not in [anchor(one) for one in headings] else []
    assert not broken


def test_the_index_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (MANUAL / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in PAGES} - {"README.md"} == linked
