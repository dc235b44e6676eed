"""The template that kwartier uses where an organisation gives none: an A4 page with a header and a footer."""

from __future__ import annotations

import io
import zipfile
from functools import cache

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}"'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

FONT = "Arial"

SECTION = (
    '<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1304" w:left="1134" w:header="624" w:footer="567" w:gutter="0"/>'
    "<w:titlePg/>"
)
"""A4, two centimetres beside the text; the first page has a header of its own, as the title stands there already."""

_LINE = '<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def _text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def page_number(style: str) -> str:
    """A paragraph that says which page it is of how many."""
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    inner = _text("pagina ") + field.format("PAGE") + _text(" van ") + field.format("NUMPAGES")
    return _LINE.format(style=style, more='<w:jc w:val="right"/>', inner=inner)


def _parts(close: bool) -> dict[str, str]:
    section = SECTION
    if close:
        for side, wide, narrow in (("top", 1418, 1134), ("bottom", 1304, 1191), ("header", 624, 425)):
            section = section.replace(f'w:{side}="{wide}"', f'w:{side}="{narrow}"')
    status = _LINE.format(style="Header", more='<w:jc w:val="right"/>', inner=_text("{{ status }}"))
    running = _LINE.format(style="Header", more="", inner=_text("{{ titel }} · {{ onderwerp }}"))
    footer = f"<w:ftr {NAMES}>{_LINE.format(style='Footer', more='', inner=_text('{{ paginaregel }}'))}"
    footer += f"{page_number('Footer')}</w:ftr>"
    lang = '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return {
        "word/document.xml": f"<w:document {NAMES}><w:body><w:sectPr>{section}</w:sectPr></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:sz w:val="20"/><w:szCs w:val="20"/>{lang}</w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults></w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}/>",
        "word/settings.xml": f"<w:settings {NAMES}/>",
        "word/header1.xml": f"<w:hdr {NAMES}>{status}{running}</w:hdr>",
        "word/header2.xml": f"<w:hdr {NAMES}>{status}</w:hdr>",
        "word/footer1.xml": footer,
        "word/footer2.xml": footer,
    }


def _kind(name: str) -> str:
    return name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")


@cache
def own(*, close: bool) -> bytes:
    """The bytes of kwartier's own template; `close` is for what has to fit on a page or two."""
    parts = _parts(close)
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_WORD}.{_kind(name)}{".main" * (_kind(name) == "document")}+xml"/>'
        for name in parts
    )
    linked = [name for name in parts if name != "word/document.xml"]
    rels = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{_kind(name)}" Target="{name.removeprefix("word/")}"/>'
        for number, name in enumerate(linked, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{rels}</Relationships>',
        **parts,
    }
    return packed({name: (DECLARED + text).encode() for name, text in parts.items()}, zipfile.ZIP_STORED)


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as one file, in their order; without the time or the machine, so that the same gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as file:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = how, 0
            file.writestr(info, content)
    return made.getvalue()
