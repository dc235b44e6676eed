"""The styles of a report: found by name in a template, whatever language it was made in, and added where missing."""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.oxml.parser import parse_xml

from kwartier.reports.docx.base import NAMES, W

_W = f"{{{W}}}"


class _Style(NamedTuple):
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "normal"
    following: str = ""
    more: str = ""


def _space(before: int, after: int, line: int = 0) -> str:
    lined = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lined}/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_BOLD = "<w:b/><w:bCs/>"
_DARK = '<w:color w:val="1F3447"/>'
_GREY = '<w:color w:val="404040"/>'
_HEADS = "<w:keepNext/><w:keepLines/>"
_UNHYPHENED = "<w:suppressAutoHyphens/>"
_INDENT = '<w:ind w:left="397" w:hanging="397"/>'


def _heading(level: int, size: int, before: int, after: int) -> _Style:
    return _Style(
        f"heading {level}",
        f'{_HEADS}{_UNHYPHENED}{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
        f"{_BOLD}{_DARK}{_size(size)}",
        following="body text",
        more="<w:qFormat/>",
    )


def _callout(name: str, border: str, fill: str) -> _Style:
    top, bottom = (f'<w:{side} w:val="single" w:sz="4" w:space="5" w:color="{fill}"/>' for side in ("top", "bottom"))
    borders = f"<w:pBdr>{top}<w:left {border}/>{bottom}</w:pBdr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    return _Style(
        name,
        f'<w:keepLines/>{borders}{shade}{_space(120, 120, 264)}<w:ind w:left="227" w:right="113"/>',
        more="<w:qFormat/>",
        based="body text",
    )


_STYLES: dict[str, _Style] = {
    "normal": _Style("Normal", _space(0, 0, 264), based="", more="<w:qFormat/>"),
    "body": _Style("Body Text", _space(0, 120), more="<w:qFormat/>"),
    "title": _Style(
        "Title", f"{_HEADS}{_UNHYPHENED}{_space(0, 60, 240)}", f"{_BOLD}{_DARK}{_size(44)}", more="<w:qFormat/>"
    ),
    "subtitle": _Style("Subtitle", f"{_UNHYPHENED}{_space(0, 280)}", f"{_GREY}{_size(26)}", more="<w:qFormat/>"),
    "heading1": _heading(1, 32, 440, 140),
    "heading2": _heading(2, 26, 320, 100),
    "heading3": _heading(3, 22, 260, 80),
    "heading4": _heading(4, 20, 200, 60),
    "bullet": _Style(
        "List Bullet", f"{_space(0, 120)}{_INDENT}<w:contextualSpacing/>", based="body text", more="<w:qFormat/>"
    ),
    "number": _Style(
        "List Number", f"{_space(0, 120)}{_INDENT}<w:contextualSpacing/>", based="body text", more="<w:qFormat/>"
    ),
    "room": _Style("Kwartier schrijfregels", _space(0, 120, 400), based="body text"),
    "boxes": _Style(
        "Kwartier keuzes",
        f'{_space(0, 120)}<w:ind w:left="312" w:hanging="312"/><w:contextualSpacing/>',
        based="body text",
    ),
    "caption": _Style("caption", f"{_HEADS}{_UNHYPHENED}{_space(200, 80)}", f"{_BOLD}{_size(18)}", more="<w:qFormat/>"),
    "header": _Style("header", f"{_UNHYPHENED}{_space(0, 0)}", f"{_GREY}{_size(16)}"),
    "footer": _Style("footer", f"{_UNHYPHENED}{_space(0, 0)}", f"{_GREY}{_size(16)}"),
    "contents": _Style("TOC Heading", f"{_HEADS}{_space(240, 100)}", f"{_BOLD}{_DARK}{_size(26)}"),
    "toc1": _Style("toc 1", f"{_UNHYPHENED}{_space(80, 20)}", _BOLD),
    "toc2": _Style("toc 2", f'{_UNHYPHENED}{_space(0, 10)}<w:ind w:left="227" w:right="567"/>'),
    "head": _Style("Kwartier tabelkop", f"<w:keepNext/>{_space(40, 40, 240)}", f"{_BOLD}{_size(18)}"),
    "cell": _Style("Kwartier tabeltekst", _space(40, 40, 240), _size(18)),
    "small_head": _Style("Kwartier tabelkop klein", f"<w:keepNext/>{_space(20, 20, 240)}", f"{_BOLD}{_size(15)}"),
    "small_cell": _Style("Kwartier tabeltekst klein", _space(20, 20, 240), _size(15)),
    "figure": _Style("Kwartier figuur", _space(0, 200, 240)),
    "note": _callout("Kwartier ter informatie", 'w:val="single" w:sz="24" w:space="8" w:color="5A6B7B"', "F1F4F6"),
    "warning": _callout("Kwartier let op", 'w:val="single" w:sz="48" w:space="8" w:color="1A1A1A"', "F6F1E4"),
    "convention": _callout("Kwartier conventie", 'w:val="double" w:sz="12" w:space="8" w:color="5A6B7B"', "F1F4F6"),
}

_ON_A_PAGE: dict[str, _Style] = {
    **_STYLES,
    "body": _Style("Body Text", _space(0, 80), more="<w:qFormat/>"),
    "title": _STYLES["title"]._replace(run=f"{_BOLD}{_DARK}{_size(34)}"),
    "subtitle": _STYLES["subtitle"]._replace(paragraph=f"{_UNHYPHENED}{_space(0, 160)}", run=f"{_GREY}{_size(22)}"),
    "heading1": _heading(1, 24, 220, 80),
    "heading2": _heading(2, 22, 180, 60),
    "heading3": _heading(3, 20, 160, 60),
    "caption": _STYLES["caption"]._replace(paragraph=f"{_HEADS}{_UNHYPHENED}{_space(120, 60)}"),
    "cell": _STYLES["cell"]._replace(paragraph=_space(30, 30, 240)),
}
"""The same, closer together, for what has to fit on a page or two."""

TABLE = "Kwartier tabel"

_TABLE = (
    '<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>'
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="1F3447"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3447"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B8C0C8"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3447"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="E8ECF0"/></w:tcPr></w:tblStylePr>'
)


class Styles:
    """The styles of a template by what they are for, as ids; those that it lacks are added to it."""

    def __init__(self, element: Any, language: str, *, close: bool) -> None:
        self._element = element
        self._wanted = _ON_A_PAGE if close else _STYLES
        self._known = {
            (style.get(f"{_W}type", "paragraph"), _name(style)): style for style in element.iterchildren(f"{_W}style")
        }
        self._taken = {str(style.get(f"{_W}styleId")) for style in element.iterchildren(f"{_W}style")}
        self._speak(language)
        self.ids = {use: self._found(style) for use, style in self._wanted.items()}
        self.table = self._table()

    def __getitem__(self, use: str) -> str:
        return self.ids[use]

    def numbering_of(self, use: str) -> str:
        """The list that a style brings along by itself, as the id of its w:num; empty where it brings none."""
        style = self._known.get(("paragraph", self._wanted[use].name.lower()))
        for _ in range(20):  # a chain of styles could bite its tail
            if style is None:
                return ""
            found = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            if found is not None:
                return str(found.get(f"{_W}val"))
            based = style.find(f"{_W}basedOn")
            above = None if based is None else based.get(f"{_W}val")
            style = next((one for one in self._known.values() if one.get(f"{_W}styleId") == above), None)
        return ""

    def _found(self, style: _Style) -> str:
        known = self._known.get(("paragraph", style.name.lower()))
        if known is not None:
            return str(known.get(f"{_W}styleId"))
        if style.name == "Normal":
            default = next((one for one in self._known.values() if _is_default(one, "paragraph")), None)
            if default is not None:
                self._known["paragraph", "normal"] = default
                return str(default.get(f"{_W}styleId"))
        based = self._known.get(("paragraph", style.based))
        own = ' w:customStyle="1"' if style.name.startswith("Kwartier") else ""
        default_of = ' w:default="1"' if style.name == "Normal" else ""
        after = self._known.get(("paragraph", style.following))
        inner = "".join(
            (
                f'<w:name w:val="{style.name}"/>',
                "" if based is None else f'<w:basedOn w:val="{based.get(f"{_W}styleId")}"/>',
                "" if after is None else f'<w:next w:val="{after.get(f"{_W}styleId")}"/>',
                style.more,
                f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "",
                f"<w:rPr>{style.run}</w:rPr>" if style.run else "",
            )
        )
        return self._add("paragraph", style.name, f"{own}{default_of}", inner)

    def _table(self) -> str:
        """The table style: one that a template has under our name, else its own default, else ours."""
        known = self._known.get(("table", TABLE.lower()))
        default = next((one for one in self._known.values() if _is_default(one, "table")), None)
        if known is None and default is not None and _name(default) not in ("normal table", "table normal"):
            known = default
        if known is not None:
            return str(known.get(f"{_W}styleId"))
        if default is None:
            plain = '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr/>'
            based = self._add("table", "Normal Table", ' w:default="1"', plain)
        else:
            based = str(default.get(f"{_W}styleId"))
        inner = f'<w:name w:val="{TABLE}"/><w:basedOn w:val="{based}"/><w:qFormat/>{_TABLE}'
        return self._add("table", TABLE, ' w:customStyle="1"', inner)

    def _add(self, kind: str, name: str, attributes: str, inner: str) -> str:
        wished = name.title().replace(" ", "")
        made = next(one for one in (wished, *(f"{wished}{n}" for n in range(2, 9_999))) if one not in self._taken)
        self._taken.add(made)
        text = f'<w:style {NAMES} w:type="{kind}" w:styleId="{made}"{attributes}>{inner}</w:style>'
        style = parse_xml(text)
        self._element.append(style)
        self._known[kind, name.lower()] = style
        return made

    def _speak(self, language: str) -> None:
        """Everything is in the language of the document, for the spelling check and for who reads aloud."""
        for lang in self._element.iter(f"{_W}lang"):
            lang.set(f"{_W}val", language)
        path = self._element
        for place, tag in enumerate(("docDefaults", "rPrDefault", "rPr", "lang")):
            found = path.find(f"{_W}{tag}")
            if found is None:
                found = parse_xml(f"<w:{tag} {NAMES}/>")
                path.insert(0, found) if place < 2 else path.append(found)
            path = found
        path.set(f"{_W}val", language)


def _name(style: Any) -> str:
    found = style.find(f"{_W}name")
    return "" if found is None else str(found.get(f"{_W}val")).lower()


def _is_default(style: Any, kind: str) -> bool:
    return style.get(f"{_W}type") == kind and style.get(f"{_W}default") in ("1", "true", "on")
