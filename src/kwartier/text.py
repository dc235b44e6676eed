"""What makes a text from a file or a user safe to show: the one cleaning that every face and report uses."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Ends of lines and pages of other systems; a word processor's soft return is a vertical tab."""

_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff\ufff9-\ufffb]")
"""Bidirectional embeddings, overrides and isolates, deprecated controls, byte order marks, annotation marks."""

_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters (escape sequences start with one), lone surrogates, and what no file format takes."""

_BLANK = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    """The text as it may be shown in a terminal or a report; cleaning twice changes nothing more.

    Ends of lines become a newline. What would reorder a line, unseen, is dropped: pasted numbers and paths often hold
    it. Other control characters and lone surrogates become "�", so that it shows that something was there. Emoji
    (with their joiners), letters written from right to left and direction marks stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub("\n", text)))


def one_line(text: str, width: int) -> str:
    """The cleaned text on one line of at most `width` cells, cut with "…"; newlines and tabs become one space."""
    line = _BLANK.sub(" ", clean(text)).strip(" ")
    if cells(line) <= width:
        return line
    if width < 1:
        return ""
    used, kept = 0, 0
    for place, char in enumerate(line):
        used += cells(char)
        if used > width - 1:
            break
        kept = place + 1
    return line[:kept].rstrip(" \u200d") + "…"


def cells(text: str) -> int:
    """How many cells of a terminal the text takes, by character: joined emoji count too wide, never too narrow."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 1 if char in ("\ufe0f", "\u00ad") else 0  # an emoji selector can widen what stands before it
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
