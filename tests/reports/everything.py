"""One document with every kind of block and chart, long tables and hostile texts, and what must be found back of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kwartier.reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    ChartRow,
    Document,
    Heading,
    Paragraph,
    Table,
)
from kwartier.text import clean

LONG = "A" + "b" * 9_998 + "C"
"""A word of 10,000 characters."""

HOSTILE: tuple[str, ...] = (
    '=HYPERLINK("http://127.0.0.1:9/","klik hier")',
    "+31 plus vooraan",
    "-2+3 min vooraan",
    "@SUM(1+9)*cmd|' /C calc'!A0 apenstaart vooraan",
    "\t=1+1 tab en formule",
    "<script>alert('script')</script><img src=x onerror=alert(1)>",
    "</title></style></textarea><svg onload=alert(2)>einde van een element",
    "[@click=app.quit]klik[/] [bold red]vet[/bold red] [link=file:///etc/passwd]pad[/link]",
    '#eval("1 + 1") #include "/etc/passwd" $ sum $ @verwijzing <etiket> \\ code ~ van typst',
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {# sjabloon #} ${7*7} <%= 7*7 %>",
    '{ INCLUDETEXT "/etc/passwd" } { DDEAUTO cmd } veldcodes MERGEFIELD',
    "# kop\n- lijst\n1. nummer\n> citaat\n| a | b |\n|---|---|\n```code```",
    "**vet** _schuin_ `code` ~~door~~ [link](http://127.0.0.1:9/) ![beeld](http://127.0.0.1:9/beeld.png)",
    "javascript:alert(3) data:text/html,<b>vet</b> file:///etc/passwd http://127.0.0.1:9/adres",
    "besturing\x00\x01\x07\x08\x1b[31m\x1b]0;titel\x07\x7f\x9b31m tekens",
    "los \ud800 surrogaat \udfff hier",
    "geen teken \ufffe en \uffff daarna",
    "eind\rvan\r\nregels\u2028en\u2029alinea's\x0bmet\x0cblad",
    "Hebreeuws שלום עולם en Arabisch مرحبا بالعالم naast elkaar",
    "omgekeerd \u202egnp.exe\u202c en \u2066los\u2069 en \u200f merk",
    "emoji 👩🏽\u200d👩🏽\u200d👧\u200d👦 🏳️\u200d🌈 🇳🇱 ☂️ achter elkaar",
    "nul\u200bbreed\u200cen\u2060samen\ufeffgevoegd",
    "zalgo z\u0351\u0352\u0353a\u0357\u0358l\u035bg\u0360o en 漢字 ﷽",
    "]]> <![CDATA[ x ]]> <!-- commentaar --> <?php echo 1; ?> &amp; &lt; &#60; &nbsp;",
    "%PDF-1.7 %%EOF \\textbf{x} \\input{/etc/passwd} (haakjes) endstream endobj",
    "'; DROP TABLE organisaties; -- \" en ' en ; en , en \\",
    "\u00a0vaste\u00a0spaties\u202fen\u00adzachte\u00adkoppeltekens",
    LONG,
)
"""What somebody could type, or paste, or bring in from elsewhere. Printed as it is (cleaned), it does nothing."""

SHOWN = tuple(text for text in HOSTILE if text != LONG)


def everything() -> Document:
    """Every kind of block, every kind of chart, tables of many rows and columns, and the hostile texts everywhere."""
    return Document(
        title="Alles & nog <wat> in één verslag",
        subject="Huize 'Ooievaar' & zn. <De Brug>, =locatie \x00 #3",
        date=date(2026, 11, 22),
        blocks=(*_prose(), *_tables(), *charts(), *_hostile()),
        page_note="Procesmeting; een momentopname. Eigen woorden & tekens <van kwartier>.",
        status="concept",
    )


def _prose() -> Iterator[Block]:
    yield Heading(1, "Eerste kop: ëéïöü ‘aanhaling’ – streepje")
    yield Paragraph(
        "Een alinea met gewone tekst.\nEen tweede regel in die alinea.\n\nEen nieuwe alinea na een witregel."
    )
    yield Heading(2, "Kop op het tweede niveau")
    yield Bullets(("Punt een.", "Punt twee\nmet een tweede regel.", "Punt drie."))
    yield Heading(3, "Kop op het derde niveau")
    yield Bullets(tuple(f"Stap {number} van de genummerde lijst." for number in range(1, 13)), ordered=True)
    yield Heading(4, "Kop op het vierde niveau")
    yield Callout("note", "Dit is ter informatie gezegd.")
    yield Callout("warning", "Hier wordt gewaarschuwd.\nMet een tweede regel.")
    yield Callout("convention", "Dit is een afspraak van kwartier.")
    yield Heading(2, "Terug naar het tweede niveau")
    yield Paragraph(
        "Een lange alinea. " + "Deze zin staat er om de alinea over meer dan een regel te laten lopen. " * 12
    )


def _tables() -> Iterator[Block]:
    yield Heading(1, "Tabellen")
    rows = tuple(
        (
            str(number),
            f"Item nummer {number} van de lange tabel",
            f"{number % 4},{number % 10}",
            "" if number % 3 else "–",
        )
        for number in range(1, 61)
    )
    header = ("Nr.", "Wat er in deze rij staat", "Score", "Soms leeg")
    yield Table("Lange tabel van zestig rijen", header, rows, ("right", "left", "right", "center"))
    wide = tuple(f"K{number}" for number in range(1, 13))
    yield Table(
        "Brede tabel", ("Rij", *wide), tuple((f"R{row}", *(str(row * 7 % 5) for _ in wide)) for row in range(1, 4))
    )
    yield Table("", ("Tabel zonder bijschrift", ""), (("", ""), ("links gevuld", ""), ("", "rechts gevuld")))
    yield Table("Tabel zonder rijen", ("Kolom zonder iets eronder",), ())
    text = "Een cel met een heel verhaal. " * 30
    yield Table("Tabel met lange cellen", ("Kort", "Lang"), (("kort woord", text.strip()), ("twee\nregels", "a\n\nb")))


def charts() -> tuple[Chart, ...]:
    """One chart of every kind, small enough to look at."""
    return (_bars(), _dumbbell(), _differences(), _distribution(), _counted(), _matrix())


def _bars() -> Chart:
    rows = (
        ChartRow(label="Thema A. Visie", values=(Decimal("2.0"), Decimal("2.3")), told="2,3 (was 2,0)", strong=True),
        ChartRow(label="1. Samen plannen", values=(Decimal(2), Decimal(3)), told="3 (was 2)"),
        ChartRow(
            label="2. Een item met een naam die veel te lang is om in één keer naast een balk te passen",
            values=(Decimal(2), Decimal(1)),
            told="1 (was 2)",
        ),
        ChartRow(label="3. Geen score", values=(Decimal(3), None), told="– (was 3)"),
        ChartRow(label="4. Nul & <niets>", values=(None, Decimal(0)), told="0"),
    )
    return Chart(
        kind="bars",
        caption="Scores per item & thema",
        alt="Thema A ging van 2,0 naar 2,3.",
        rows=rows,
        series=("vorige", "nu"),
        low=Decimal(0),
        high=Decimal(3),
    )


def _dumbbell() -> Chart:
    rows = (
        ChartRow(label="1. Omhoog", values=(Decimal("1.0"), Decimal("3.5")), told="1,0 → 3,5 (+2,5)"),
        ChartRow(label="2. Omlaag", values=(Decimal("3.2"), Decimal("2.1")), told="3,2 → 2,1 (−1,1)"),
        ChartRow(label="3. Gelijk", values=(Decimal("2.5"), Decimal("2.5")), told="2,5 → 2,5 (0)"),
        ChartRow(label="4. Alleen begin", values=(Decimal("2.0"), None), told="2,0 → –"),
        ChartRow(label="5. Alleen einde", values=(None, Decimal("4")), told="– → 4"),
        ChartRow(label="Totaal", values=(Decimal("2.2"), Decimal("3.0")), told="2,2 → 3,0 (+0,8)", strong=True),
    )
    return Chart(
        kind="dumbbell",
        caption="Begin en einde per item",
        alt="Eén item ging omhoog en één omlaag.",
        rows=rows,
        series=("beginmeting", "eindmeting"),
        low=Decimal(1),
        high=Decimal(5),
    )


def _differences() -> Chart:
    rows = (
        ChartRow(label="1. Eens", values=(Decimal(3), Decimal(3)), told="gelijk"),
        ChartRow(label="2. Eén verschil", values=(Decimal(2), Decimal(3)), told="verschil 1"),
        ChartRow(label="3. Uiteen", values=(Decimal(0), Decimal(3)), told="verschil 3"),
        ChartRow(label="4. Een van beide", values=(Decimal(1), None), told="niet te vergelijken"),
    )
    return Chart(
        kind="differences",
        caption="Wat ieder gaf",
        alt="Van vier items is één gelijk gescoord.",
        rows=rows,
        series=("Anna de Vries", "Bram <Jansen>"),
        low=Decimal(0),
        high=Decimal(3),
    )


def _distribution() -> Chart:
    def row(label: str, *values: int, own: int | None = None) -> ChartRow:
        return ChartRow(
            label=label, values=tuple(Decimal(one) for one in values), told=f"mediaan van {len(values)}", own=own
        )

    rows = (
        row("1. Gespreid", 1, 2, 2, 3, 4, 5, own=3),
        row("2. Op een kluit", *([3] * 14), own=0),
        row("3. Zonder eigen", 1, 5),
    )
    return Chart(
        kind="distribution",
        caption="Verdeling van de organisaties",
        alt="De eigen plaats is midden.",
        rows=rows,
        series=(),
        low=Decimal(1),
        high=Decimal(5),
    )


def _counted() -> Chart:
    rows = (
        ChartRow(label="Deel A: wel", values=(Decimal(7),), told="7 van 9"),
        ChartRow(label="Deel A: niet", values=(Decimal(2),), told="2 van 9"),
        ChartRow(label="Deel B: wel", values=(Decimal(0),), told="0 van 4"),
    )
    return Chart(
        kind="bars",
        caption="Antwoorden geteld",
        alt="In deel A is 7 keer wel gegeven.",
        rows=rows,
        series=("aantal",),
        low=Decimal(0),
        high=Decimal(9),
    )


def _matrix() -> Chart:
    columns = tuple(f"B{number}" for number in range(1, 8))
    rows = tuple(
        ChartRow(
            label=f"{number}. Leeruitkomst {number}",
            cells=tuple("x" if (number * at) % 3 == 0 else "" for at in range(1, 8)),
            told=f"{sum((number * at) % 3 == 0 for at in range(1, 8))} stuks",
        )
        for number in range(1, 6)
    )
    return Chart(
        kind="matrix",
        caption="Welk bewijs bij welk item",
        alt="Twee items hebben al het bewijs.",
        rows=rows,
        columns=columns,
    )


def _hostile() -> Iterator[Block]:
    yield Heading(1, "Vijandige teksten")
    for text in HOSTILE:
        yield Paragraph(text)
    yield Heading(2, "In een lijst")
    yield Bullets(SHOWN)
    yield Bullets(SHOWN[:6], ordered=True)
    yield Heading(2, "In een tabel")
    yield Table(
        SHOWN[6], (SHOWN[5], SHOWN[11], SHOWN[0]), tuple((text, SHOWN[at - 1], "x") for at, text in enumerate(SHOWN))
    )
    yield Table("Een woord zonder einde", ("Woord", "Naast"), ((LONG[:2_000], "ernaast"),))
    for kind in ("note", "warning", "convention"):
        yield Callout(kind, "\n".join(SHOWN[8:14]))
    for text in SHOWN:
        yield Heading(2, text)
    yield hostile_chart()


def hostile_chart() -> Chart:
    """A chart of which every text is hostile."""
    rows = tuple(
        ChartRow(label=text, values=(Decimal(at % 4), Decimal((at + 1) % 4)), told=SHOWN[at % len(SHOWN)][:40])
        for at, text in enumerate(HOSTILE)
    )
    return Chart(
        kind="bars",
        caption=SHOWN[6],
        alt=SHOWN[5],
        rows=rows,
        series=(SHOWN[0], SHOWN[18]),
        low=Decimal(0),
        high=Decimal(3),
    )


# -- what must be found back

_MOST = 60
"""Of a word that is longer no more than so much is asked for: a format may break it."""


def sentences(document: Document, *, charts: bool = True) -> list[str]:
    """Every text that must be found back in any format, cleaned, on one line, with single spaces between words.

    Of exotic texts (emoji, letters from right to left, marks that combine, what was replaced) the ordinary pieces
    around them; of a word without an end its begin. Compare with all blanks dropped on both sides where a format may
    break lines. `charts`: with the words in the charts; their captions always.
    """
    found: list[str] = []
    for text in _texts(document, charts):
        for line in clean(text).split("\n"):
            found += [piece for piece in _plain(line) if piece not in found]
    return found


def _texts(document: Document, charts: bool) -> Iterator[str]:
    yield from (document.title, document.subject)
    for block in document.blocks:
        match block:
            case Heading() | Paragraph() | Callout():
                yield block.text
            case Bullets():
                yield from block.items
            case Table():
                yield from (block.caption, *block.header)
                for row in block.rows:
                    yield from row
            case Chart():
                yield block.caption
                if charts:
                    yield from (*block.columns, *(row.label for row in block.rows), *(row.told for row in block.rows))


def _plain(line: str) -> Iterator[str]:
    for piece in "".join(char if _is_ordinary(char) else "\n" for char in line).split("\n"):
        words = piece.split()
        far = next((place for place, word in enumerate(words) if len(word) > _MOST), None)
        if words:
            yield " ".join(words) if far is None else " ".join([*words[:far], words[far][:_MOST]])


def _is_ordinary(char: str) -> bool:
    """Letters, digits and signs of Western Europe, which every font has and every format keeps."""
    return (
        char == "\t"
        or " " <= char <= "~"
        or ("\u00a0" <= char <= "\u017f" and char != "\u00ad")
        or char in "‘’“”–—…€→−"
    )
