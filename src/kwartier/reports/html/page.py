"""A document as a page: the template is filled in, the style and its fingerprint go in. Text is cleaned in `pieces`."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from kwartier.reports.document import Document, long_date
from kwartier.reports.html import pieces

_OWN = files("kwartier.reports.html")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def page(document: Document) -> str:
    """The whole page. Only the style and the charts, which are our own, go in as they are; all else is escaped."""
    blocks, contents = pieces.body(document.blocks)
    style = _style() + _running_foot(document)
    return _template().render(
        title=pieces.one_line(document.title),
        subject=pieces.one_line(document.subject),
        day=document.date.isoformat(),
        date=long_date(document.date),
        language=document.language,
        note=pieces.one_line(document.page_note),
        status=pieces.one_line(document.status),
        style=Markup(style),  # ours: what was typed stands in it as code points only
        fingerprint=_fingerprint(style),
        contents=contents if document.contents and len(contents) > 1 else (),
        sheet=not document.contents,
        blocks=blocks,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(_OWN.joinpath("page.html.j2").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return "\n" + "\n".join(_OWN.joinpath(name).read_text(encoding="utf-8") for name in ("screen.css", "print.css"))


def _running_foot(document: Document) -> str:
    """The rule that has every printed page say what it is of, in browsers that know margin boxes."""
    told = " · ".join(filter(None, map(pieces.one_line, (document.title, document.page_note, document.status))))
    margin = "" if document.contents else "\n  margin: 12mm 15mm 16mm;"
    return f"""@page {{{margin}
  @bottom-left {{ content: {_css_text(told)}; }}
  @bottom-right {{ content: "blad " counter(page) " van " counter(pages); }}
}}
"""


def _css_text(text: str) -> str:
    """A text as a string of CSS; whatever is no letter or digit is a code point, so that nothing can end it early."""
    return '"' + "".join(char if char in _PLAIN else f"\\{ord(char):x} " for char in text) + '"'


def _fingerprint(style: str) -> str:
    """By which the page allows this style and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
