"""Reports as Markdown, read back with a parser: whatever was typed comes out as text, and reads well as it stands."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph, Table
from kwartier.reports.markdown import write
from kwartier.text import clean

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HEAD = Document("T", "S", date(2026, 11, 22))
MARKS = "*_`~[](){}<>&;#+-=|\\!.:/@^$\"'0123456789xaAé \n\t\r\u00a0\u200f😀\x1b"
STARTS = ["- ", "+ ", "* ", "-", "+", "*", "> ", ">", "# ", "#", "###### a", "1. ", "12) ", "1.", "    ", "\t", "[ ] "]
LINES = [
    "---",
    "- - -",
    "***",
    "___",
    "===",
    "=",
    "--",
    "|---|",
    ":-:",
    ":--|--:",
    "-|-",
    "```",
    "~~~",
    "[a]: b",
    "[^1]: b",
]
SPANS = [
    "**a**",
    "*a*",
    "__a__",
    "_a_",
    "a*b*",
    "~~a~~",
    "`a`",
    "``",
    "[a](b)",
    "![a](b)",
    "[a]",
    "[^1]",
    "\\",
    "\\\\",
    " #",
]
CODES = [
    "&amp;",
    "&#35;",
    "&#x23;",
    "<b>",
    "</b>",
    "<!--",
    "<?a?>",
    "<http://a.nl>",
    "<a@b.nl>",
    "<br />",
    "a|b",
    "\\|",
]
SNIPPETS = [*STARTS, *LINES, *SPANS, *CODES]
AROUND = [
    "{}",
    "{} a",
    "a {}",
    "a{}a",
    "a\n{}",
    "a\n{} a",
    "{}\na",
    "a|b\n{}\nc|d",
    "a\n\n{}\n\na",
    "*{}*",
    "\\{}",
    "{}\\",
    "{0}{0}",
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(MARKS),
    st.lists(st.sampled_from(SNIPPETS) | st.text(MARKS, max_size=3)).flatmap(
        lambda pieces: st.sampled_from(["", "\n", " "]).map(lambda between: between.join(pieces))
    ),
)


def tokens(*blocks: Block) -> list[Token]:
    """What the parser makes of the blocks, without the title and subject above them."""
    return PARSER.parse(write(Document(HEAD.title, HEAD.subject, HEAD.date, blocks=blocks)))[6:]


def lines(text: str) -> list[str]:
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def typed(found: list[Token]) -> list[str]:
    """The lines of text in these tokens; anything in them but text and breaks of a line is a mistake."""
    texts = []
    for token in found:
        if token.type == "inline":
            assert token.children is not None
            assert {child.type for child in token.children} <= {"text", "hardbreak"}, token.content
            texts += "".join(child.content or "\n" * (child.type == "hardbreak") for child in token.children).split(
                "\n"
            )
    return [text for text in texts if text]


def is_a_plain_paragraph(text: str) -> None:
    found = tokens(Paragraph(text))
    assert {token.type for token in found} <= {"paragraph_open", "paragraph_close", "inline"}
    assert typed(found) == lines(text)
    blank = re.findall(r"\n\s*\n", clean(text).strip())
    assert sum(token.type == "inline" for token in found) == (len(blank) + 1 if lines(text) else 0)


@given(TEXTS)
@example("a\n\n\nb\\\n\\\nc")
@example("[a]: b\n\n[a]")
def test_a_paragraph_is_nothing_but_its_text(text: str) -> None:
    is_a_plain_paragraph(text)


@pytest.mark.parametrize("around", AROUND)
def test_no_mark_counts_wherever_it_stands(around: str) -> None:
    for snippet in SNIPPETS:
        is_a_plain_paragraph(around.format(snippet))


@given(TEXTS, st.sampled_from([1, 2, 3, 4]))
@example("kop ##", 1)
@example("#", 1)
@example("kop \\#", 1)
def test_a_heading_is_nothing_but_its_text(text: str, level: int) -> None:
    above = [Heading(upper, "boven") for upper in range(1, level)]  # type: ignore[arg-type]
    found = tokens(*above, Heading(level, text))[3 * len(above) :]  # type: ignore[arg-type]
    words = lines(text)
    assert [token.type for token in found] == (["heading_open", "inline", "heading_close"] if words else [])
    assert typed(found) == ([" ".join(words)] if words else [])
    assert all(token.tag == f"h{level + 1}" for token in found if token.type == "heading_open")


@given(st.lists(TEXTS, min_size=1, max_size=12), st.booleans())
def test_a_list_has_its_items_and_no_more(items: list[str], ordered: bool) -> None:
    found = tokens(Bullets(tuple(items), ordered))
    kinds = Counter(token.type for token in found)
    assert kinds.keys() <= {
        *("paragraph_open", "paragraph_close", "inline", "list_item_open", "list_item_close"),
        *(("ordered_list_open", "ordered_list_close") if ordered else ("bullet_list_open", "bullet_list_close")),
    }
    assert kinds["list_item_open"] == len(items)
    assert kinds["ordered_list_open" if ordered else "bullet_list_open"] == 1
    assert typed(found) == [line for item in items for line in lines(item)]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), TEXTS)
@example([("a\\", "|"), ("\\|", "||")], "x")
def test_a_table_has_its_cells_and_no_more(rows: list[tuple[str, str]], head: str) -> None:
    found = tokens(Table("", (head, "kop"), tuple(rows), ("left", "right")))
    kinds = Counter(token.type for token in found)
    assert (kinds["table_open"], kinds["tr_open"], kinds["td_open"]) == (1, len(rows) + 1, 2 * len(rows))
    cells = [head, "kop", *(cell for row in rows for cell in row)]
    assert typed(found) == [" / ".join(lines(cell)) for cell in cells if lines(cell)]


@given(TEXTS, st.sampled_from(["note", "warning", "convention"]))
def test_a_callout_is_one_quotation(text: str, kind: str) -> None:
    found = tokens(Callout(kind, text))  # type: ignore[arg-type]
    kinds = Counter(token.type for token in found)
    assert kinds.keys() == {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"}
    assert kinds["blockquote_open"] == 1
    first, *others = (token.children or [] for token in found if token.type == "inline")
    shown = [child for child in first if child.content or child.type != "text"]  # the parser makes empty texts
    assert [child.type for child in shown[:3]] == ["strong_open", "text", "strong_close"]
    assert {child.type for child in [*shown[3:], *chain(*others)]} <= {"text", "hardbreak"}
    after = [[child.content or "\n" for child in children] for children in (shown[3:], *others)]
    assert lines("\n".join(map("".join, after))) == lines(text)


def test_two_lists_in_a_row_stay_two() -> None:
    for ordered in (False, True):
        block = Bullets(("een", "twee"), ordered)
        kinds = Counter(token.type for token in tokens(block, Paragraph(" "), block, block))
        assert kinds["ordered_list_open" if ordered else "bullet_list_open"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "Een lange-termijn visie (twee jaar), met 3,5 van de 5 punten - en 12 van 14 items: goed!",
        "Zie item 3.1, blz. 12; dat is 40% van de cliënten & naasten. 5 * 3 = 15 < 20 en > 10",
        "12 mei begon het. -5 graden, +31 6 123, #1 en €5 'zo' \"dus\" a/b (c) d_e_f",
        "C:\\map en e-mail? Ja… «ook» – dit 👩‍👧 שלום",
        "Tijd: 16:20. Of | en dan {dit} = dat ^",
    ],
)
def test_ordinary_prose_is_not_escaped(text: str) -> None:
    assert write(Document("T", "S", HEAD.date, blocks=(Paragraph(text),))).endswith(f"\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("zie https://kwadrant.nl of www.kwadrant.nl", "zie https\\://kwadrant.nl of www\\.kwadrant.nl"),
        ("mail jan@kwadrant.nl", "mail jan\\@kwadrant.nl"),
        ("[x] en [^1]", "\\[x] en \\[^1]"),
        ("~~weg~~ `code`", "\\~\\~weg\\~\\~ \\`code\\`"),
        ("- een\n1. twee", "\\- een\\\n1\\. twee"),
    ],
)
def test_what_would_be_markup_is_escaped(text: str, escaped: str) -> None:
    assert write(Document("T", "S", HEAD.date, blocks=(Paragraph(text),))).endswith(f"\n\n{escaped}\n")


def test_a_whole_report() -> None:
    report = Document(
        "Verslag *MIE*",
        "Kwadrant",
        date(2026, 11, 22),
        blocks=(
            Heading(1, "1. Scores"),
            Callout("convention", "Gemiddelden zijn afgerond.\n\nDat doet kwartier."),
            Table(
                "Scores per item", ("Item", "Score"), (("Visie | beleid", "3"), ("Team\nen", "4")), ("left", "right")
            ),
            Bullets(("eerste\nregel", "tweede"), ordered=True),
        ),
    )
    assert write(report) == (
        "# Verslag \\*MIE\\*\n\nKwadrant, 22 november 2026\n\n## 1. Scores\n\n"
        "> **Conventie:** Gemiddelden zijn afgerond.\n>\n> Dat doet kwartier.\n\n"
        "**Scores per item**\n\n| Item | Score |\n| --- | --: |\n| Visie \\| beleid | 3 |\n| Team / en | 4 |\n\n"
        "1. eerste\\\n   regel\n2. tweede\n"
    )
