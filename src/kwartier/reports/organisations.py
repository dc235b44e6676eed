"""The report of a comparison of organisations: its figures as tables, how they were made, and what they do not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwartier.analysis.compared import SMALLEST_GROUP, Change, Compared, LeftOut
from kwartier.analysis.distribution import QUARTILES_FROM
from kwartier.analysis.numbers import dutch
from kwartier.reports import charts_organisations as charts
from kwartier.reports import organisations_figures as figures
from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph
from kwartier.reports.phrases import capital, counted, ended

NO_RANKING = (
    "Dit is geen ranglijst. Organisaties verschillen in omvang, doelgroep en begin, en wie de meting deed verschilt "
    "ook. Een laag getal is een vraag om naar te kijken, geen oordeel."
)
CHANGE_SAYS = (
    "Een verschil zegt wat er veranderde, niet waardoor. Het is berekend vóór het afronden, over de items die beide "
    "keren een score kregen, en over de organisaties die beide metingen hebben."
)


def organisations_report(compared: Compared) -> Document:
    """The comparison as a neutral document. What it may not tell is not in `compared` either."""
    return Document(
        title=f"{compared.short}: organisaties vergeleken",
        subject=counted(len(compared.rows), "organisatie", "organisaties"),
        date=date.fromisoformat(compared.day),
        blocks=tuple(_blocks(compared)),
        page_note=compared.texts.page_note,
    )


def _blocks(compared: Compared) -> Iterator[Block]:
    yield from _opening(compared)
    yield from _distribution(compared)
    if compared.answers:
        yield Heading(1, "Antwoorden zonder volgorde")
        yield Paragraph("Deze antwoorden worden geteld. Een gemiddelde ervan bestaat niet.")
        yield from figures.answers(compared)
    yield from _groups(compared)
    if compared.change is not None:
        yield from _change(compared, compared.change)
    elif compared.change_why:
        yield Heading(1, "Begin en einde")
        yield Paragraph(compared.change_why)
    yield from _method(compared)


def _opening(compared: Compared) -> Iterator[Block]:
    yield Heading(1, "Waar dit over gaat")
    title = compared.texts.instrument or compared.short
    yield Paragraph(f"Instrument: {title}, uitgave {compared.texts.edition}.")
    yield Paragraph(f"Vergeleken: {ended(compared.selection)}")
    # That a small group is shown, and that names are left out, a reader has to know before the first figure.
    for note in compared.notes:
        yield Callout("warning" if compared.entitled and note == compared.notes[0] else "note", note)
    yield from left_out_blocks(compared.left_out)
    yield Callout("warning", NO_RANKING)
    if compared.texts.limits:
        yield Paragraph(compared.texts.limits)


def left_out_blocks(left_out: tuple[LeftOut, ...]) -> Iterator[Block]:
    """Who is left out, or taken with a reserve, and why."""
    if left_out:
        yield Paragraph("Wat hier niet, of met een kanttekening, in staat:")
        yield Bullets(tuple(left_out_words(one) for one in left_out))


def left_out_words(one: LeftOut, most: int = 1000) -> str:
    """One reason with the number and, as far as they may be told and there is room, the names."""
    names = list(one.who[:most])
    more = f" en {len(one.who) - most} andere" if len(one.who) > most else ""
    who = f" ({', '.join(names)}{more})" if names else ""
    return f"{counted(one.count, 'organisatie', 'organisaties')}: {one.reason}{who}"


def _distribution(compared: Compared) -> Iterator[Block]:
    yield Heading(1, "Verdeling")
    yield from charts.distribution(compared)
    if compared.total is not None:
        yield figures.totals(compared)
        yield figures.spreads(compared, [compared.total], "Spreiding van het totaal", "")
    if compared.bands:
        yield figures.bands(compared.bands)
    word = compared.section_word
    if compared.sections:
        yield figures.spreads(compared, compared.sections, f"Spreiding per {word}", capital(word))
    if compared.items:
        yield figures.spreads(compared, compared.items, "Spreiding per item", "Item")
    if (counts := figures.counted_scores(compared)) is not None:
        yield counts
    if (places := figures.places(compared)) is not None:
        yield places
    if compared.items:
        yield figures.scores(compared)


def _groups(compared: Compared) -> Iterator[Block]:
    if not compared.grouped_by:
        return
    yield Heading(1, "Groepen naar soort" if compared.grouped_by == "kind" else "Groepen naar omvang")
    yield from figures.groups(compared)
    if compared.hidden is not None:
        yield Paragraph(f"Niet getoond: {ended(left_out_words(compared.hidden))}")


def _change(compared: Compared, change: Change) -> Iterator[Block]:
    yield Heading(1, f"Van {change.before_title} naar {change.after_title}")
    yield Paragraph(f"{counted(len(change.rows), 'organisatie heeft', 'organisaties hebben')} beide metingen.")
    yield from (Callout("note", note) for note in (*change.notes, *printed_notes(change)))
    yield from left_out_blocks(change.left_out)
    if change.total is not None:
        yield from charts.organisations_change(compared, change)
        yield figures.change_begin(compared, change)
        yield figures.change_end(compared, change)
        yield figures.change_rows(compared, change)
    if change.before_bands:
        yield figures.change_bands(change)
    yield from charts.items_change(compared, change)
    yield figures.change_lines(compared, change)
    if change.sections:
        yield figures.change_sections(compared, change)
    yield Callout("warning", CHANGE_SAYS)
    if compared.texts.before_after:
        yield Paragraph(compared.texts.before_after)


def printed_notes(change: Change) -> Iterator[str]:
    """Printed means that do not follow from the items, at the begin and at the end."""
    for line in [*([change.total] if change.total else []), *change.items]:
        what = f"het gemiddelde van item {line.id}" if line.id else "het gemiddelde van alle organisaties"
        for title, printed, mean, differs in (
            (change.before_title, line.printed_before, line.before, line.before_differs),
            (change.after_title, line.printed_after, line.after, line.after_differs),
        ):
            if differs and printed is not None and mean is not None:
                yield f"{capital(title)}, {what}: de items geven {dutch(mean)}, gedrukt staat {dutch(printed)}."


def _method(compared: Compared) -> Iterator[Block]:
    yield Heading(1, "Hoe de getallen gemaakt zijn")
    yield Bullets(tuple(method(compared)))
    for text in (compared.texts.scores, compared.texts.method):
        if text:
            yield Paragraph(text)
    if compared.texts.convention:
        yield Callout("convention", compared.texts.convention)
    if compared.texts.publication:
        yield Paragraph(f"Het instrument: {ended(compared.texts.publication)}")


def method(compared: Compared) -> Iterator[str]:
    """How the figures are made, in sentences."""
    yield "Alleen volledige metingen tellen mee: elk item heeft een definitieve score, of een reden waarom niet."
    yield "Er wordt met hele breuken gerekend en pas bij het tonen afgerond, een half naar boven."
    yield "Wie geen score heeft op een item, telt daar niet mee en staat apart geteld."
    yield "De mediaan is de middelste score; bij een even aantal ligt zij midden tussen de twee middelste."
    yield (
        f"Kwartielen staan er pas vanaf {QUARTILES_FROM} organisaties: een kwart ligt op of onder het onderste, een "
        "kwart op of boven het bovenste. Tussen twee scores ligt een kwartiel op de rechte lijn ertussen, met de "
        "laagste en de hoogste als uiteinden (in een spreadsheet KWARTIEL.INC)."
    )
    if compared.own is not None:
        yield "Een plaats tussen anderen gaat over de getallen zoals ze hier staan, dus na het afronden."
    if compared.grouped_by or not compared.named:
        yield f"Groepen kleiner dan {SMALLEST_GROUP} worden niet getoond, tenzij wie het maakt zegt bevoegd te zijn."
