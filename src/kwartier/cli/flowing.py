"""Text that fits the terminal: sentences break between words, commands to paste stay whole, files get no breaks."""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import IO, Any

from kwartier.text import cells

MOST = 100
"""A line of text that is wider than this is hard to read."""

_PROGRAM = r"(?:'[^']*kwartier'|\S*kwartier) [a-z]"
_COMMAND = re.compile(rf"\s*(?:& )?{_PROGRAM}")
_LEADS_TO = re.compile(rf"(.*?\S: +)((?:& )?{_PROGRAM}.*)")
_QUOTED = re.compile(r"'kwartier [^']*'")
_COLUMNS = re.compile(r"\S {2,}\S")
_LEAD = re.compile(r"(\s*)(- |! |> |\d+\. )?")


def room(stream: IO[Any]) -> int:
    """How many columns there are; 0 where nobody looks at a terminal and lines may be as long as they are."""
    return shutil.get_terminal_size().columns if stream.isatty() else 0


def flow(text: str, stream: IO[Any]) -> str:
    """The text with lines that fit the terminal of `stream`; unchanged where that is no terminal."""
    width = min(room(stream), MOST)
    return "\n".join(flowed(line, width) for line in text.split("\n")) if width else text


def flowed(line: str, width: int) -> str:
    """One line on as many lines as it needs. Commands, tables and columns stay on theirs."""
    if cells(line) <= width or _COMMAND.match(line) or line.startswith("|") or _COLUMNS.search(line.lstrip()):
        return line
    leads = _LEADS_TO.fullmatch(line)
    if leads:
        return f"{flowed(leads[1].rstrip(), width)}\n    {leads[2]}"
    lead = _LEAD.match(line)
    before = lead[0] if lead else ""
    hang = before if "> " in before else " " * len(before)
    # A command within a sentence is not broken either.
    held = _QUOTED.sub(lambda found: found[0].replace(" ", "\0"), line[len(before) :])
    options: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
    lines = textwrap.wrap(held, max(width, 30), initial_indent=before, subsequent_indent=hang, **options)
    return "\n".join(lines).replace("\0", " ")
