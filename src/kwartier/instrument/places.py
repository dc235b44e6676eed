"""Where something stands in a TOML text: the line of a key, a table header or an element. No checking here.

The text has been parsed already, so it is valid TOML; it is scanned again only when a mistake needs a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import tomli

Path = tuple[str | int, ...]

DEPTH = 40
"""Deeper than any content is; a hostile key of a hundred thousand parts costs no more than this."""

_TOKEN = re.compile(
    r"""
    (?P<skip>[ \t\r]+|\#[^\n]*)
  | (?P<text>\"\"\"(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}
            |'''(?:[^']++|'{1,2}(?!'))*+'{3,5}|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*')
  | (?P<mark>[=\[\]{},.\n])
  | (?P<bare>[^\s=\[\]{},."'\#]+)
  | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int
    start: int


class _Frame(NamedTuple):
    """An array or inline table that is open, and the element of the array that comes next."""

    kind: str
    path: Path
    next: int = 0


def locate(source: str, path: Path) -> int | None:
    """The line (from 1) of the key, header or element at `path`, or of the nearest one around it; None for the root."""
    return nearest(key_lines(source), path)


def nearest(lines: Mapping[Path, int], path: Path) -> int | None:
    """As `locate`, in what `key_lines` found."""
    for length in range(len(path), 0, -1):
        if (line := lines.get(path[:length])) is not None:
            return line
    return None


def key_lines(source: str) -> dict[Path, int]:
    """The line on which each key, table header and element of an array first stands."""
    return _Scan(source).lines


class _Scan:
    """One pass over the tokens, with a stack of open arrays and inline tables."""

    def __init__(self, source: str) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens = [*_tokens(source)]
        self._at = 0
        self._counts: dict[Path, int] = {}
        self._base: Path = ()
        self._stack: list[_Frame] = []
        while self._at < len(self._tokens):
            before = self._at
            self._advance()
            self._at = max(self._at, before + 1)

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _Token("end", "", 0, -1)

    def _advance(self) -> None:
        token = self._peek()
        if token.text == "\n":
            self._at += 1
        elif not self._stack:
            if token.text == "[":
                self._header()
            else:
                self._assignment(self._base)
        elif token.text in ("]", "}"):
            self._stack.pop()
            self._at += 1
        elif self._stack[-1].kind == "array":
            self._element(token)
        elif token.text == ",":
            self._at += 1
        else:
            self._assignment(self._stack[-1].path)

    def _element(self, token: _Token) -> None:
        frame = self._stack[-1]
        if token.text == ",":
            self._stack[-1] = frame._replace(next=frame.next + 1)
            self._at += 1
        else:
            path = (*frame.path, frame.next)
            self._note(path, token.line)
            self._value(path)

    def _header(self) -> None:
        first, second = self._peek(), self._peek(1)
        double = second.text == "[" and second.start == first.start + 1
        self._at += 2 if double else 1
        parts = self._key("]")
        path: Path = ()
        for number, part in enumerate(parts, start=1):
            path = (*path, part)
            self._note(path, first.line)
            if number == len(parts) and double:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self._note(path, first.line)
        self._base = path
        self._at += 2 if double else 1

    def _assignment(self, base: Path) -> None:
        line = self._peek().line
        path = base
        for part in self._key("="):
            path = (*path, part)
            self._note(path, line)
        self._at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        token = self._peek()
        if token.text in ("[", "{"):
            self._stack.append(_Frame("array" if token.text == "[" else "table", path))
            self._at += 1
            return
        while self._peek().kind in ("bare", "text", "other") or self._peek().text == ".":
            self._at += 1

    def _key(self, end: str) -> list[str]:
        """The parts of a dotted key up to the mark that ends it, which is left to be read."""
        parts: list[str] = []
        while (token := self._peek()).kind in ("bare", "text") or token.text == ".":
            if token.text != "." and len(parts) < DEPTH:
                parts.append(_plain(token))
            self._at += 1
        if self._peek().text != end:
            return []
        return parts

    def _note(self, path: Path, line: int) -> None:
        if len(path) <= DEPTH:
            self.lines.setdefault(path, line)


def _tokens(source: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(source):
        kind, text = match.lastgroup or "other", match[0]
        if kind != "skip":
            yield _Token(kind, text, line, match.start())
        line += text.count("\n")


def _plain(token: _Token) -> str:
    """The key that a token stands for, without quotes and escapes."""
    if token.kind == "bare":
        return token.text
    if token.text.startswith("'") or "\\" not in token.text:
        return token.text[1:-1]
    try:
        return str(tomli.loads(f"key = {token.text}")["key"])
    except ValueError:
        return token.text[1:-1]
