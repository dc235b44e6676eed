"""The tables of an export: their columns, each with what it means, and the rows of one record. No file format.

The names of columns and the codes in them never change their meaning: other programs read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kwartier.instrument.conditions import setting_words
from kwartier.reports.exports.measured import Measured

Cell = str | int | float | Decimal | bool | date | None
"""A text, a number, a yes or no, a day, or nothing."""


class Column(Struct, frozen=True):
    """A column: its name, what it holds (Dutch), and how wide it is in a spreadsheet."""

    name: str
    meaning: str
    width: int = 12


class Sheet(Struct, frozen=True, kw_only=True):
    """A table: what it is called, and what stands in it."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Measured], Iterator[tuple[Cell, ...]]]


_MEASURED = (
    Column("organisatie", "Korte naam van de organisatie; zonder namen een letter.", 18),
    Column("organisatienaam", "Naam van de organisatie.", 26),
    Column("meting", "Verwijzing naar de meting; zonder namen een letter en een nummer.", 36),
    Column("datum", "Datum van de meting; zonder namen alleen jaar en maand.", 12),
    Column("onderwerp", "Code van de student of de praktijkleerplek; leeg bij een organisatie.", 12),
    Column("instrument", "Het instrument.", 16),
    Column("uitgave", "Uitgave van het instrument.", 10),
)
_ITEM = Column("item", "Nummer van het item; titel in het codeboek.", 8)
_STEP = Column("stap", "De stap waarin dit staat; titel in het codeboek.", 16)


def _measured(one: Measured) -> tuple[Cell, ...]:
    return (
        one.organisation,
        one.organisation_name,
        one.ref,
        day(one.date),
        one.subject,
        one.instrument,
        one.edition,
    )


def day(text: str | None) -> date | str | None:
    """A day from its ISO form; a month stays a text."""
    with suppress(ValueError, TypeError):
        return date.fromisoformat(text or "")
    return text


def parameters_of(one: Measured) -> str:
    """What was set when the record was made: niveau=4; meting=1."""
    return "; ".join(f"{name}={setting_words(value)}" for name, value in one.parameters.items())


def _scores(one: Measured) -> Iterator[tuple[Cell, ...]]:
    rest = (one.content, parameters_of(one), one.paper, one.definitive)
    for row in one.answers:
        yield (
            *_measured(one),
            row.step,
            row.phase,
            row.rater,
            row.section,
            row.section_title,
            row.item,
            row.item_title,
            row.part,
            row.part_title,
            row.scale,
            row.value,
            row.answer,
            row.missing,
            row.taken_over,
            row.wording,
            *rest,
        )


def _figures(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.figures:
        mean = Decimal(row.mean) if row.mean is not None else None
        yield (*_measured(one), row.kind, row.id, row.title, mean, row.exact, row.n, row.of, row.band, row.why)


def _verdicts(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.verdicts:
        yield (*_measured(one), row.step, row.value, row.title, row.proposed, row.reason)


def _facts(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.facts:
        value: Cell = ", ".join(row.value) if isinstance(row.value, tuple) else row.value
        yield (
            *_measured(one),
            *(row.step, row.id, row.title, day(value) if isinstance(value, str) else value),
            *(row.low, row.high, row.approximate, row.unknown, row.unit),
        )


def _actions(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.actions:
        yield (
            *_measured(one),
            *(row.step, row.kind, row.number, row.text, row.advice, row.who, day(row.due), row.state, row.note),
        )


def _evidence(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.evidence:
        yield (
            *_measured(one),
            *(row.step, row.number, row.title, row.kind, day(row.date), ", ".join(row.items), ", ".join(row.topics)),
            *(row.file, row.link, row.note),
        )


def _comparison(one: Measured) -> Iterator[tuple[Cell, ...]]:
    if one.comparison is None:
        return
    for row in one.comparison.rows:
        beside: tuple[Cell, ...] = (row.before, row.after, row.difference)
        if row.kind != "item":
            beside = tuple(Decimal(each) if isinstance(each, str) else each for each in beside)
        yield (*_measured(one), one.comparison.before, row.kind, row.id, row.title, *beside, row.n, row.why)


def _texts(one: Measured) -> Iterator[tuple[Cell, ...]]:
    for row in one.texts:
        yield (*_measured(one), row.step, row.kind, row.section, row.item, row.part, row.by, row.text)


SCORES = Sheet(
    name="Scores",
    columns=(
        *_MEASURED,
        _STEP,
        Column("fase", "Van wie het antwoord is: zelfbeoordeling, apart, meelopend of definitief.", 16),
        Column("beoordelaar", "Code van wie het antwoord gaf; leeg bij definitief.", 12),
        Column("deel", "Code van het thema, deel of de leerlijn.", 7),
        Column("deel_titel", "Titel daarvan.", 24),
        _ITEM,
        Column("item_titel", "Titel van het item.", 34),
        Column("onderdeel", "Code van het onderdeel van het item; leeg bij het item zelf.", 10),
        Column("onderdeel_titel", "Titel van het onderdeel.", 24),
        Column("schaal", "De schaal waarop is geantwoord; de waarden staan in het codeboek.", 14),
        Column("waarde", "Het antwoord als getal of code; leeg als er een reden staat.", 10),
        Column("antwoord", "Hoe de waarde op de schaal heet; leeg als zij geen eigen naam heeft.", 22),
        Column("reden_ontbreekt", "Waarom er geen waarde is, zoals niet besproken.", 22),
        Column("overgenomen_van", "De meting waarvan het oordeel is overgenomen.", 16),
        Column("formulering", "Kenmerk van de formulering bij het scoren; leeg bij die van kwartier.", 14),
        Column("inhoud", "Kenmerk van wat er precies gevraagd werd; leeg zonder namen.", 14),
        Column("parameters", "Wat bij het begin is ingesteld, zoals niveau=4.", 16),
        Column("van_papier", "Of de meting van papier is overgenomen.", 10),
        Column("verslag_definitief", "Of het verslag definitief is.", 10),
    ),
    rows=_scores,
)
FIGURES = Sheet(
    name="Gemiddelden",
    columns=(
        *_MEASURED,
        Column("soort", "deel of totaal.", 8),
        Column("deel", "Code van het thema, deel of de leerlijn; leeg bij het totaal.", 7),
        Column("titel", "Titel daarvan.", 30),
        Column("gemiddelde", "Gemiddelde van de definitieve scores, afgerond; een afspraak van kwartier.", 12),
        Column("gemiddelde_exact", "Hetzelfde zonder afronden, als breuk.", 12),
        Column("aantal", "Hoeveel items een score hebben.", 8),
        Column("van", "Hoeveel items er zijn.", 8),
        Column("niveau", "De groep waar het totaal in valt, als het instrument die heeft.", 12),
        Column("reden_ontbreekt", "Waarom er geen gemiddelde is.", 34),
    ),
    rows=_figures,
)
VERDICTS = Sheet(
    name="Oordelen",
    columns=(
        *_MEASURED,
        _STEP,
        Column("oordeel", "Code van het oordeel.", 14),
        Column("oordeel_titel", "Hoe het oordeel heet.", 24),
        Column("voorstel", "Wat de regels van het instrument toen voorstelden.", 14),
        Column("motivering", "De motivering; alleen met toelichtingen.", 50),
    ),
    rows=_verdicts,
)
ACTIONS = Sheet(
    name="Actiepunten",
    columns=(
        *_MEASURED,
        _STEP,
        Column("soort", "actiepunt, of voorwaarde bij een oordeel.", 12),
        Column("nummer", "Het hoeveelste in de lijst.", 8),
        Column("tekst", "Wat er gedaan wordt.", 50),
        Column("hoort_bij", "De aanbeveling waar het bij hoort, met haar nummer in het verslag.", 16),
        Column("wie", "Code van wie het doet.", 8),
        Column("klaar_op", "Wanneer het klaar is.", 12),
        Column("stand", "Hoe het ermee staat, naar de nieuwste evaluatie.", 14),
        Column("opmerking", "Opmerking erbij; alleen met toelichtingen.", 40),
    ),
    rows=_actions,
)
EVIDENCE = Sheet(
    name="Bewijs",
    columns=(
        *_MEASURED,
        _STEP,
        Column("nummer", "Het hoeveelste van wat iedereen mag lezen.", 8),
        Column("titel", "Titel van het bewijs of de bron; alleen wat iedereen mag lezen.", 40),
        Column("soort", "Wat voor bewijs het is.", 14),
        Column("bewijsdatum", "Datum van het bewijs.", 12),
        Column("items", "De items waar het over gaat.", 16),
        Column("onderwerpen", "De onderwerpen die het raakt; titels in het codeboek.", 16),
        Column("bestand", "Of er een bestand bij is; dat zelf staat hier niet in.", 9),
        Column("vindplaats", "Adres of plaats, als tekst; alleen met toelichtingen.", 30),
        Column("opmerking", "Opmerking erbij; alleen met toelichtingen.", 40),
    ),
    rows=_evidence,
)
FACTS = Sheet(
    name="Feiten",
    columns=(
        *_MEASURED,
        _STEP,
        Column("feit", "Code van het feit.", 18),
        Column("feit_titel", "Wat er gevraagd is.", 40),
        Column("waarde", "Het antwoord; open tekst alleen met toelichtingen.", 14),
        Column("minstens", "Het minste, als alleen een bereik bekend is.", 10),
        Column("hoogstens", "Het meeste, als alleen een bereik bekend is.", 10),
        Column("ongeveer", "Of het een schatting is.", 10),
        Column("niet_bekend", "Of niemand het weet.", 10),
        Column("eenheid", "Wat er geteld is.", 20),
    ),
    rows=_facts,
)
COMPARISON = Sheet(
    name="Vergelijking",
    columns=(
        *_MEASURED,
        Column("vorige_meting", "De meting waar deze op volgt.", 36),
        Column("soort", "item, deel of totaal.", 8),
        Column("code", "Nummer van het item of code van het deel.", 8),
        Column("titel", "Titel daarvan.", 34),
        Column("toen", "Score of gemiddelde van de vorige meting.", 9),
        Column("nu", "Score of gemiddelde van deze meting.", 9),
        Column("verschil", "Nu min toen, genomen voor het afronden; leeg waar dat niet kan.", 9),
        Column("items_beide_keren", "Over hoeveel items een gemiddelde gaat: die beide keren een score hebben.", 10),
        Column("reden_ontbreekt", "Waarom er geen verschil is.", 34),
    ),
    rows=_comparison,
)
TEXTS = Sheet(
    name="Toelichtingen en opmerkingen",
    columns=(
        *_MEASURED,
        _STEP,
        Column(
            "soort", "toelichting, opmerking, reden, sterk punt, verbeterpunt, aanbeveling, evaluatie enzovoort.", 16
        ),
        Column("deel", "Code van het thema, deel of de leerlijn, als de tekst daarover gaat.", 7),
        _ITEM,
        Column("onderdeel", "Code van het onderdeel van het item.", 10),
        Column("van_wie", "Code van wie de opmerking is; leeg bij wat samen is geschreven.", 10),
        Column("tekst", "De tekst zoals zij is geschreven.", 90),
    ),
    rows=_texts,
)
SHEETS = (SCORES, FIGURES, VERDICTS, TEXTS, ACTIONS, COMPARISON, EVIDENCE, FACTS)
"""Every table, in the order of the file."""
