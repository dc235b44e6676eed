"""An organisation's own template: what is taken over of it, and what is refused or taken out."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, Twips
from tests.reports.everything import everything

from kwartier.errors import Misused
from kwartier.reports.document import Bullets, Callout, Document, Heading, Paragraph, Table
from kwartier.reports.docx import package, write

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

REPORT = Document(
    title="Verslag",
    subject="De Linde",
    date=datetime.date(2026, 11, 22),
    blocks=(
        *(
            Heading(1, "Eerste"),
            Paragraph("Tekst van het verslag."),
            Bullets(("punt",)),
            Bullets(("een",), ordered=True),
        ),
        *(Heading(2, "Tweede"), Callout("note", "Weet dit."), Table("Tabel", ("kop",), (("cel",),))),
    ),
    page_note="Procesmeting, in eigen woorden.",
    status="concept",
)


def dot_png() -> bytes:
    """A picture of one dot, for a logo."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\x10\x80\xc0")) + chunk(b"IEND", b"")


def house() -> Opened:
    """A template as an organisation has one: own styles, margins, a logo in the header."""
    made = docx.Document()
    made.styles["Heading 1"].font.name = "Verdana"
    made.styles["Normal"].font.size = Pt(11)
    made.sections[0].left_margin = Twips(2268)
    header = made.sections[0].header.paragraphs[0]
    header.add_run("Stichting De Linde ")
    header.add_run().add_picture(io.BytesIO(dot_png()), width=Cm(1))
    made.add_paragraph("Voorbeeldtekst die weg moet.")
    made.core_properties.author = "Jan van de afdeling"
    return made


def saved(document: Opened) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The same file with other parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def related(parts: dict[str, bytes], name: str, kind: str, target: str, mode: str = ' TargetMode="External"') -> None:
    """Adds a relationship rIdX to a part."""
    own = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[name] = parts.get(name, empty).replace(b"</Relationships>", own)


def in_header(text: str) -> bytes:
    """The house template with something in its header."""
    made = house()
    made.sections[0].header._element.append(parse_xml(text))
    return saved(made)


def with_template(template: bytes, document: Document = REPORT) -> Opened:
    return docx.Document(io.BytesIO(write(document, template)))


def all_text(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


# -- what is taken over


def test_its_styles_page_and_logo_are_used_and_its_text_is_not() -> None:
    made = with_template(saved(house()))
    assert made.styles["Heading 1"].font.name == "Verdana"
    assert made.sections[0].left_margin == Twips(2268)
    header = made.sections[0].header
    assert "Stichting De Linde" in header.paragraphs[0].text
    assert list(header._element.iter(qn("a:blip")))
    texts = [one.text for one in made.paragraphs]
    assert "Tekst van het verslag." in texts and "Voorbeeldtekst die weg moet." not in texts
    heading = next(one for one in made.paragraphs if one.text == "Eerste")
    assert heading.style is not None and heading.style.style_id == house().styles["Heading 1"].style_id


def test_what_it_lacks_is_added() -> None:
    made = with_template(saved(house()))
    used = {one.style.name for one in made.paragraphs if one.style is not None}
    assert "Kwartier ter informatie" in used
    footer = "\n".join(one.text for one in made.sections[0].footer.paragraphs)
    assert "concept" in footer.lower() and "Procesmeting, in eigen woorden." in footer and "pagina" in footer


def test_it_is_in_dutch_and_says_nothing_of_who_made_the_template() -> None:
    data = write(REPORT, saved(house()))
    made = docx.Document(io.BytesIO(data))
    assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    assert made.core_properties.author == "kwartier"
    assert "Jan van de afdeling" not in all_text(data)


def test_the_report_comes_where_the_template_says_and_its_marks_are_filled() -> None:
    template = house()
    template.sections[0].footer.paragraphs[0].text = "{{ paginaregel }} | {{status}} | {{ datum }}"
    split = template.add_paragraph("Over {{ on")
    split.add_run("derwerp }}: {{ titel }}").bold = True
    template.add_paragraph("{{ verslag }}")
    template.add_paragraph("Colofon van De Linde")
    made = with_template(saved(template))
    texts = [one.text for one in made.paragraphs]
    assert texts[:2] == ["Voorbeeldtekst die weg moet.", "Over De Linde: Verslag"]
    assert texts[-1] == "Colofon van De Linde" and "Tekst van het verslag." in texts
    footer = made.sections[0].footer.paragraphs
    assert footer[0].text == "Procesmeting, in eigen woorden. | Concept | 22 november 2026"
    assert not any("{{" in one for one in texts)


def test_what_was_typed_is_no_mark() -> None:
    template = house()
    template.sections[0].footer.paragraphs[0].text = "{{ titel }} {{ status }}"
    made = with_template(saved(template), Document("{{ status }}{{ verslag }}", "x", REPORT.date, status="concept"))
    assert made.sections[0].footer.paragraphs[0].text == "{{ status }}{{ verslag }} Concept"


def test_a_template_of_word_itself_is_taken() -> None:
    def dotx(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")

    assert with_template(changed(saved(house()), dotx)).paragraphs[0].text == "Verslag"


def test_names_of_styles_may_have_ids_in_dutch() -> None:
    template = house()
    template.styles["Heading 1"].element.set(qn("w:styleId"), "Kop1")
    made = with_template(saved(template))
    heading = next(one for one in made.paragraphs if one.text == "Eerste")
    assert heading._p.style == "Kop1"


def test_a_header_of_an_earlier_section_is_not_lost() -> None:
    template = house()
    template.add_section()
    made = with_template(saved(template))
    assert "Stichting De Linde" in made.sections[-1].header.paragraphs[0].text


def test_a_page_on_its_side_keeps_the_header() -> None:
    words = tuple(f"verantwoordelijkheid{number}" for number in range(9))
    made = with_template(saved(house()), Document("t", "s", REPORT.date, blocks=(Table("", words, (words,)),)))
    turned = [one for one in made.sections if one.orientation == WD_ORIENT.LANDSCAPE]
    assert turned and "Stichting De Linde" in turned[0].header.paragraphs[0].text


def test_everything_fits_in_it_and_gives_the_same_bytes() -> None:
    template = saved(house())
    assert write(everything(), template) == write(everything(), template)


def test_a_template_without_a_single_style_or_footer_is_enough() -> None:
    def bare(parts: dict[str, bytes]) -> None:
        for name in list(parts):
            if name not in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
                del parts[name]
        parts["word/document.xml"] = f"<w:document {W}><w:body/></w:document>".encode()

    made = with_template(changed(saved(house()), bare))
    assert made.paragraphs[0].style is not None and made.paragraphs[0].style.name == "Title"


def test_links_in_it_become_plain_text() -> None:
    link = f'<w:p {W} {R}><w:hyperlink r:id="rIdX"><w:r><w:t>delinde.nl</w:t></w:r></w:hyperlink></w:p>'
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    field = f'{begin}<w:r><w:instrText>HYPERLINK "http://127.0.0.1:9/"</w:instrText></w:r>{end}'

    def linked(parts: dict[str, bytes]) -> None:
        related(parts, "word/_rels/header1.xml.rels", "hyperlink", "http://127.0.0.1:9/")
        header = parts["word/header1.xml"]
        parts["word/header1.xml"] = header.replace(b"</w:hdr>", f"{link}<w:p>{field}</w:p></w:hdr>".encode())

    made = write(REPORT, changed(saved(house()), linked))
    assert "delinde.nl" in all_text(made) and "127.0.0.1" not in all_text(made)


def test_what_nothing_shows_is_dropped() -> None:
    def stuffed(parts: dict[str, bytes]) -> None:
        parts["customXml/item1.xml"] = b"<geheim/>"
        parts["docProps/app.xml"] = b"<Properties><Company>Geheim BV</Company></Properties>"
        related(parts, "word/_rels/document.xml.rels", "customXml", "../customXml/item1.xml", "")

    assert "eheim" not in all_text(write(REPORT, changed(saved(house()), stuffed)))


def test_settings_that_ask_or_fetch_are_dropped() -> None:
    def asking(parts: dict[str, bytes]) -> None:
        more = b"<w:updateFields/><w:mailMerge/><w:trackRevisions/></w:settings>"
        parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"</w:settings>", more)

    made = with_template(changed(saved(house()), asking)).settings.element
    assert not [one for one in made if one.tag in (qn("w:updateFields"), qn("w:mailMerge"), qn("w:trackRevisions"))]


# -- what is refused

FIELD = f'<w:p {W}><w:fldSimple w:instr="{{}}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'


def elsewhere(name: str, kind: str) -> bytes:
    return changed(saved(house()), lambda parts: related(parts, name, kind, "http://127.0.0.1:9/x"))


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = parts[name].replace(old, new)

    return changed(saved(house()), change)


def split_field() -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in ("INCL", "UDETEXT ", "c:/geheim"))
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return in_header(f"<w:p {W}>{begin}<w:r><w:instrText> PAGE </w:instrText></w:r>{begin}{runs}{end}{end}</w:p>")


def renamed_header() -> bytes:
    """A header with a field that fetches, in a part that does not look like text by its name."""

    def rename(parts: dict[str, bytes]) -> None:
        parts["word/kop.png"] = parts.pop("word/header1.xml")
        parts["word/_rels/kop.png.rels"] = parts.pop("word/_rels/header1.xml.rels")
        for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
            parts[name] = parts[name].replace(b"header1.xml", b"kop.png")

    return changed(in_header(FIELD.format("INCLUDETEXT http://127.0.0.1:9/x")), rename)


BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"Beste lezer",
    "old or locked": lambda: b"\xd0\xcf\x11\xe0" + bytes(600),
    "a zip of something else": lambda: changed(saved(house()), lambda parts: parts.pop("[Content_Types].xml")),
    "cut off": lambda: saved(house())[:-2_000],
    "macros": lambda: replaced(
        "[Content_Types].xml",
        f"{WORD}.document.main+xml".encode(),
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ),
    "attached template": lambda: elsewhere("word/_rels/settings.xml.rels", "attachedTemplate"),
    "remote picture": lambda: elsewhere("word/_rels/header1.xml.rels", "image"),
    "remote object": lambda: elsewhere("word/_rels/document.xml.rels", "oleObject"),
    "remote frame": lambda: elsewhere("word/_rels/document.xml.rels", "frame"),
    "remote package": lambda: elsewhere("_rels/.rels", "officeDocument"),
    "include": lambda: in_header(FIELD.format("INCLUDEPICTURE http://127.0.0.1:9/x")),
    "dde": lambda: in_header(FIELD.format("DDEAUTO c:/cmd")),
    "split field": split_field,
    "chunk": lambda: in_header(f'<w:altChunk {W} {R} r:id="rId1"/>'),
    "object": lambda: in_header(f"<w:p {W}><w:r><w:object/></w:r></w:p>"),
    "vml": lambda: in_header(
        f'<w:p {W}><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://127.0.0.1:9/x"/>'
        "</w:pict></w:r></w:p>"
    ),
    "vml elsewhere": lambda: in_header(
        f'<w:p {W}><w:r><w:pict><v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="\\\\127.0.0.1\\x"/>'
        "</w:pict></w:r></w:p>"
    ),
    "a header under another name": renamed_header,
    "doctype": lambda: replaced(
        "word/header1.xml",
        b"<w:hdr",
        b'<!DOCTYPE w:hdr [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><w:hdr',
    ),
    "no xml": lambda: replaced("word/styles.xml", b"</w:styles>", b""),
    "a part that is gone": lambda: changed(saved(house()), lambda parts: parts.pop("word/styles.xml")),
    "a body that is gone": lambda: replaced("word/document.xml", b"w:body", b"w:lichaam"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_template_that_cannot_be_used_says_why_and_what_to_do(kind: str) -> None:
    with pytest.raises(Misused) as caught:
        write(REPORT, BAD[kind]())
    assert caught.value.code == "template-refused"
    assert caught.value.message.startswith("Dit sjabloon kan niet gebruikt worden: ") and caught.value.advice


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000_000)
    bomb = changed(saved(house()), lambda parts: parts.update({"word/media/groot.png": bytes(30_000_000)}))
    assert len(bomb) < 200_000
    with pytest.raises(Misused, match="veel te groot"):
        write(REPORT, bomb)


def test_a_huge_file_or_one_of_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = changed(saved(house()), lambda parts: parts.update({f"x{number}": b"" for number in range(900)}))
    with pytest.raises(Misused, match="veel te veel delen"):
        write(REPORT, many)
    monkeypatch.setattr(package, "MOST_BYTES", 10)
    with pytest.raises(Misused, match="groter dan"):
        write(REPORT, saved(house()))
