"""Text of files and users as something to show: the one way by which it reaches a widget.

Nothing in it is markup, and nothing in it acts on the terminal. A plain `str` is given to a widget only where it stands
in the source; a test looks after that.
"""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

from kwartier.text import clean, one_line

Part = str | tuple[str, str]
"""A text, or a text with its style: "bold", "$text-muted", "reverse"."""


def shown(text: str, style: str = "") -> Content:
    """A text as it was typed, over as many lines as it has."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def line(text: str, width: int = 200, style: str = "") -> Content:
    """A text on one line of at most `width` cells."""
    return Content.styled(one_line(text, width), style) if style else Content(one_line(text, width))


def parts(*pieces: Part | Content) -> Content:
    """Pieces one after another, each with a style of its own."""
    made = [
        one if isinstance(one, Content) else shown(one) if isinstance(one, str) else shown(one[0], one[1])
        for one in pieces
    ]
    return Content("").join(made)


def in_field(text: str) -> str:
    """A text as it stands in a field of one line: an end of a line in it would go to the terminal as it is."""
    return clean(text).replace("\n", " ")


def cell(text: str, width: int = 60, style: str = "") -> Text:
    """A text for a cell of a table, which takes no Content."""
    return Text(one_line(text, width), style=style, no_wrap=True, end="")
