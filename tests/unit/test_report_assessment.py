"""The report of an assessment as Markdown, with a made-up instrument: what it says, and what it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import ItemChange
from kwartier.instrument.model import Background, Content, Header, NotesStep
from kwartier.instrument.reading import read_content, read_header
from kwartier.records.files import Envelope, Explanation, NotesFile, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.assessment import Case, Earlier, report
from kwartier.reports.comparison import difference_words
from kwartier.reports.document import Block, Bullets, Callout, Heading, Paragraph, Table
from kwartier.reports.markdown import write
from kwartier.reports.prose import prose
from kwartier.workflow.departures import departures
from kwartier.workflow.outcome import change, outcome
from kwartier.workflow.sealing import sealed
from kwartier.workflow.settled import definitive, reopened
from kwartier.workflow.texts import digest_of_texts
from kwartier.workflow.visible import visible

FOLDER = Path(__file__).parents[1] / "samples" / "instruments" / "tuin"
HEADER: Header = read_header((FOLDER / "instrument.toml").read_bytes(), "instrument.toml")
CONTENT: Content = replace(read_content((FOLDER / "content.toml").read_bytes(), "content.toml"), section_word="perk")
NOW = datetime(2026, 11, 28, 16, 20, tzinfo=UTC)
DAY, TODAY = date(2026, 11, 22), date(2027, 1, 10)
TEXTS = [
    {"item": "1", "text": "In voorjaar en najaar komt er compost.\n\nTwee buren spitten."},
    {"item": "3", "text": "Elke zaterdag is er koffie."},
]
EXPLAINED = tuple(Explanation(**row) for row in TEXTS)
NAMES = {"a1": "Anna Aalbers", "a2": "Bert Boom", "a3": "Cor Clarijs", "c1": "Ria Roos", "d1": "Geheime Gast"}
ITEMS = [item.id for item in CONTENT.items()]
Given = Sequence[int | str | None]


def rows(given: Given, notes: Mapping[str, str] = {}) -> list[Tree]:
    """Answers in the order of the items: a score, or the reason why there is none; None leaves an item out."""
    found: list[Tree] = []
    for item, value in zip(ITEMS, given, strict=True):
        row: Tree = {"item": item} | ({"missing": value} if isinstance(value, str) else {"value": value})
        if value is not None:
            found.append(row | ({"note": notes[item]} if item in notes else {}))
    return found


def sheet(code: str, given: Given, **more: Any) -> Tree:
    """A sheet, sealed on the texts of `SHARED`."""
    tree: Tree = {"schema": 1, "person": code, "answer": rows(given), **more}
    return sealed(CONTENT, tree, now=NOW, scored_on=digest_of_texts(NotesFile(explanation=EXPLAINED)), wording="")


def auditor(code: str, **more: Any) -> Tree:
    return {"id": code, "role": "keurder", **more}


def record(people: Sequence[Tree], sheets: Mapping[str, Tree], shared: Mapping[str, Tree], **more: Any) -> Record:
    tree: Tree = {
        "schema": 1,
        "id": "r1",
        "instrument": "tuin",
        "edition": "2020",
        "content": "sha256:0",
        "date": DAY,
        "person": list(people),
        **more,
    }
    personal = {("scoren", code): one for code, one in sheets.items()}
    envelope = view(tree, Envelope, "assessment.toml")
    return Record(ref="k/tuin/2026-11-22", envelope=envelope, tree=tree, shared=shared, personal=personal)


SHARED: Mapping[str, Tree] = {
    "mensen": {
        "schema": 1,
        "participant": [
            {"id": "d1", "role": "buur", "consent": "gegeven"},
            {"id": "d2", "role": "buur", "consent": "gegeven"},
            {"id": "d3", "role": "beheer", "consent": "gegeven"},
            {"id": "d4", "role": "buur", "consent": "ingetrokken", "note": "wil niet meer"},
        ],
    },
    "gegevens": {"schema": 1, "fact": [{"id": "oppervlak", "value": 412.5}, {"id": "bedden", "value": 24}]},
    "gesprek": {
        "schema": 1,
        "session": [{"id": "s1", "date": DAY, "minutes": 50}, {"id": "s2", "date": date(2026, 11, 23), "minutes": 25}],
    },
    "toelichting": {"schema": 1, "explanation": TEXTS, "text": "Het was een warm gesprek."},
    "eens-worden": {"schema": 1, "answer": rows([3, 2, 4, 4, 5], {"2": "Bert had de kraan niet gezien"})},
    "conclusies": {
        "schema": 1,
        "strength": [
            {"id": "s1", "text": "Iedereen is welkom"},
            {"id": "s2", "text": "De grond leeft.", "section": "A"},
        ],
        "improvement": [
            {"id": "p1", "text": "Het water is ongelijk verdeeld", "section": "A", "item": "2"},
            {"id": "p2", "text": "Weinig jongeren"},
        ],
        "recommendation": [
            {"id": "r1", "improvement": "p1", "text": "Vang regenwater op"},
            {"id": "r2", "improvement": "p2", "text": "Vraag de school"},
        ],
    },
}
PAIR = [auditor("a1"), auditor("a2", origin="extern")]
SHEETS = {"a1": sheet("a1", [3, 2, 4, 4, 5]), "a2": sheet("a2", [3, 1, 4, 5, 3])}
BOTH = record(PAIR, SHEETS, SHARED)


def with_step(before: Record, step: str, **tree: Any) -> Record:
    return replace(before, shared={**before.shared, step: {"schema": 1, **tree}})


def made_definitive(before: Record, row: str = "v1", on: date = date(2026, 12, 3)) -> Record:
    tree = definitive(before, CONTENT, dict(before.shared.get("verslag", {})), on=on, by="a1", row=row)
    return replace(before, shared={**before.shared, "verslag": tree})


def case(seen: Record, content: Content = CONTENT, **more: Any) -> Case:
    passed = visible(seen, content, None)
    return Case(
        header=HEADER,
        content=content,
        record=passed,
        outcome=outcome(passed, content),
        organisation="Tuin De Ruimte",
        today=TODAY,
        names=NAMES,
        findings=departures(passed, content),
        **more,
    )


def text(seen: Record, *, agreement: bool = True, content: Content = CONTENT, **more: Any) -> str:
    return write(report(case(seen, content, **more), agreement=agreement))


def chapter(whole: str, title: str) -> str:
    """A chapter of the Markdown, from its heading to the next one of that level or a higher one."""
    lines = whole.split("\n")
    start = next(place for place, line in enumerate(lines) if line.lstrip("# ") == title and line.startswith("#"))
    level = len(lines[start]) - len(lines[start].lstrip("#"))
    own = [lines[start]]
    for line in lines[start + 1 :]:
        if re.match(rf"#{{1,{level}}} ", line):
            break
        own.append(line)
    return "\n".join(own)


def test_the_opening_says_what_it_is_and_of_whom() -> None:
    whole = text(made_definitive(BOTH))
    assert whole.startswith("# Verslag van de Tuinmeter\n\nTuin De Ruimte, 22 november 2026\n")
    assert "**Ter informatie:** Dit verslag is definitief, versie 1 van 3 december 2026." in whole
    about = chapter(whole, "Waar dit verslag over gaat")
    assert "hoe het met een buurttuin gaat" in about and "smaak van de sla" in about
    assert "‘De Tuinmeter’, door A. Haag en B. Heester (Uitgeverij Verzonnen, 2020)" in about
    assert "> **Ter informatie:** De teksten zijn van kwartier; de publicatie gaat voor." in about


def test_the_order_of_the_chapters() -> None:
    chapters = [line for line in text(made_definitive(BOTH)).split("\n") if line.startswith("## ")]
    assert [line[3:] for line in chapters] == [
        "Waar dit verslag over gaat",
        "Hoe en door wie",
        "Beeld per perk",
        "Wat goed gaat",
        "Wat beter kan, met aanbevelingen",
        "Alle scores op een rij",
        "Overeenstemming tussen de tuinkeurders",
        "Vervolg",
        "Bijlage: de items met hun omschrijvingen",
        "Bijlage: achtergrond",
        "Bijlage: rechten op de publicatie",
    ]


def test_how_and_by_whom() -> None:
    how = chapter(text(BOTH), "Hoe en door wie")
    assert "- Eerste gesprek: 22 november 2026, 50 minuten\n- Tweede gesprek: 23 november 2026, 25 minuten\n" in how
    assert "- Samen: 75 minuten\n" in how
    once = with_step(BOTH, "gesprek", session=[{"id": "s1", "date": DAY, "minutes": 50}])
    assert "- Gesprek in de tuin: 22 november 2026, 50 minuten\n\n" in chapter(text(once), "Hoe en door wie")
    assert "- Tuinkeurder: Anna Aalbers\n- Tuinkeurder: Bert Boom (extern)" in how
    assert "Er waren 4 mensen uitgenodigd. 1 persoon trok de toestemming in. Er deden 3 mensen mee: " in how
    assert "mee: 2 buren en 1 tuinbeheerder." in how
    assert "| Oppervlak van de tuin | 412,5 m² |\n| Aantal bedden | 24 |" in how


def test_participants_are_only_numbers() -> None:
    seen = with_step(BOTH, "acties", action=[{"id": "x", "text": "Ton plaatsen", "who": "d3"}], date=TODAY)
    seen = with_step(seen, "toelichting", explanation=TEXTS, writer="d2", by="d2")
    whole = text(seen)
    assert not re.search(r"\bd[1-4]\b", whole)
    assert "Geheime Gast" not in whole and "wil niet meer" not in whole
    assert "| naam niet bekend |" in whole
    chosen = with_step(BOTH, "acties", action=[{"id": "x", "text": "Ton plaatsen"}], by="d1")
    assert "Dit punt is gekozen:" in text(chosen) and "Geheime Gast" not in text(chosen)


def test_an_item_has_its_score_text_and_reason() -> None:
    picture = chapter(text(BOTH), "Beeld per perk")
    assert "Het was een warm gesprek." in picture
    assert "### Perk A. Grond en water\n\nScore voor perk A: 2,5 (gemiddelde van 2 van 2 items).\n" in picture
    first = chapter(picture, "1. De bodem onder de planten")
    assert first == (
        "#### 1. De bodem onder de planten\n\n"
        "Definitieve score: 3 (groen) – De helft van de bedden is los en gevoed.\n\n"
        "In voorjaar en najaar komt er compost.\n\nTwee buren spitten.\n"
    )
    second = chapter(picture, "2. Water bij droogte")
    assert "Nog geen toelichting." in second
    assert "Reden van de definitieve score: Bert had de kraan niet gezien." in second
    assert "Definitieve score: 5 (weelderig).\n" in chapter(picture, "5. Nieuwe tuiniers")


def test_the_overview_shows_means_total_band_and_convention() -> None:
    overview = chapter(text(BOTH), "Alle scores op een rij")
    assert "| A | 2 | Water bij droogte | 2 (schraal) |" in overview
    assert "| B. Mensen in de tuin | 4,3 | 3 van 3 items |" in overview
    assert "Gemiddelde staat van de tuin: 3,6 (gemiddelde van 5 van 5 items)." in overview
    assert "Niveau: midden (2,5 tot en met 3,9)." in overview
    assert "> **Conventie:** De niveaus zijn een afspraak van de Tuinmeter." in overview


def test_a_missing_item_is_no_score_and_takes_the_total_along() -> None:
    sheets = {"a1": sheet("a1", [3, 2, "niet gezien", 4, 5]), "a2": sheet("a2", [3, 2, "niet besproken", 4, 5])}
    seen = with_step(record(PAIR, sheets, SHARED), "eens-worden", answer=rows([3, 2, "niet gezien", 4, 5]))
    whole = text(seen)
    assert "Niet te beoordelen: niet gezien." in chapter(whole, "3. Samen tuinieren")
    assert "Score voor perk B: 4,5 (gemiddelde van 2 van 3 items)." in whole
    assert "| B | 3 | Samen tuinieren | niet te beoordelen (niet gezien) |" in whole
    assert "Geen totaal: voor het totaal is van alle 5 items een score nodig; geen score: 3." in whole
    assert "Niveau:" not in whole
    agreed = chapter(whole, "Overeenstemming tussen de tuinkeurders")
    assert "Bij 5 van 5 items" in agreed and "allemaal niet te beoordelen vonden" in agreed
    assert "Over de 4 items die zij allebei een score gaven, verschilden zij gemiddeld 0 punt." in agreed


def test_agreement_of_two() -> None:
    agreed = chapter(text(BOTH), "Overeenstemming tussen de tuinkeurders")
    assert "Ieder scoorde eerst apart. Bij 2 van 5 items gaven de tuinkeurders hetzelfde antwoord." in agreed
    assert "Bij 4 van 5 items was het verschil hoogstens één punt." in agreed
    assert "Over de 5 items die zij allebei een score gaven, verschilden zij gemiddeld 0,8 punt." in agreed
    assert "Anna Aalbers scoorde gemiddeld 0,4 punt hoger dan Bert Boom." in agreed
    assert "| Item | Anna Aalbers | Bert Boom | Verschil | Definitief |" in agreed
    assert "| 5 | 5 (weelderig) | 3 (groen) | 2 | 5 (weelderig) |" in agreed
    assert "kappa" not in agreed.lower()


def test_agreement_of_three() -> None:
    people = [*PAIR, auditor("a3")]
    seen = record(people, {**SHEETS, "a3": sheet("a3", [3, 4, 4, 4, 1])}, SHARED)
    agreed = chapter(text(seen), "Overeenstemming tussen de tuinkeurders")
    assert "lagen de hoogste en de laagste score gemiddeld 1,6 punt uit elkaar." in agreed
    assert "Gemiddeld gaven zij: Anna Aalbers 3,6, Bert Boom 3,2 en Cor Clarijs 3,2." in agreed
    assert "hoger dan" not in agreed


def test_a_shadow_is_named_and_not_counted() -> None:
    people = [*PAIR, auditor("a3", shadow=True)]
    seen = record(people, {**SHEETS, "a3": sheet("a3", [1, 1, 1, 1, 1])}, SHARED)
    whole = text(seen)
    assert "- Tuinkeurder: Cor Clarijs; meelopend; de eigen scores tellen niet mee" in whole
    assert "Cor Clarijs (meelopend, telt niet mee)" in whole
    assert "Bij 2 van 5 items gaven" in whole
    assert "Cor" not in chapter(text(seen, agreement=False), "Beeld per perk")


def test_mistakes_and_reopened_sheets_are_named() -> None:
    mistake = {"person": "a2", "item": "5", "reason": "Ik las de verkeerde regel", "date": date(2026, 12, 1)}
    seen = with_step(BOTH, "eens-worden", answer=rows([3, 2, 4, 4, 5]), mistake=[mistake])
    old = {"id": "e1", "sealed": NOW, "digest": "x", "reopened": NOW, "reason": "Een item overgeslagen", "answer": []}
    seen = replace(seen, personal={**seen.personal, ("scoren", "a1"): sheet("a1", [3, 2, 4, 4, 5], earlier=[old])})
    agreed = chapter(text(seen), "Overeenstemming tussen de tuinkeurders")
    assert "Vergissing: Bert Boom noemde de eigen score bij item 5 op 1 december 2026 een vergissing." in agreed
    assert "Heropend: Anna Aalbers heropende op 28 november 2026" in agreed


def test_without_agreement_nobody_can_tell_who_scored_what() -> None:
    whole = text(BOTH, agreement=False)
    assert "Overeenstemming" not in whole and "kraan niet gezien" not in whole
    assert "Definitieve score: 3 (groen)" in whole


def test_one_assessor_is_said_and_has_no_agreement() -> None:
    seen = record([auditor("a1")], {"a1": sheet("a1", [3, 2, 4, 4, 5])}, {})
    whole = text(seen)
    assert "Er scoorde één tuinkeurder." in whole
    assert "> **Let op:** 1 tuinkeurder; 2 is de norm. Hiervoor is nog geen reden gegeven." in whole
    assert "De overeenstemming is niet te bepalen: er scoorde één tuinkeurder." in whole
    assert "Scores van ieder apart" not in whole
    given = record([auditor("a1")], {"a1": sheet("a1", [3, 2, 4, 4, 5])}, {}, departure=[
        {"id": "aantal-auditors", "reason": "Bert was ziek", "date": DAY}
    ])  # fmt: skip
    assert "- 1 tuinkeurder; 2 is de norm. Reden: Bert was ziek.\n" in text(given)


def test_who_stopped_and_who_came_later() -> None:
    people = [
        auditor("a1"),
        auditor("a2", stopped=date(2026, 11, 25), reason="verhuisd"),
        auditor("a3", joined=date(2026, 11, 26), replaces="a2"),
    ]
    seen = record(people, {"a1": SHEETS["a1"], "a3": sheet("a3", [3, 3, 4, 4, 5])}, SHARED)
    how = chapter(text(seen), "Hoe en door wie")
    assert "Bert Boom; gestopt op 25 november 2026 (reden: verhuisd)\n" in how
    assert (
        "Cor Clarijs; in de plaats van Bert Boom; erbij gekomen op 26 november 2026, na het gesprek, "
        "en scoort op basis van het concept" in how
    )


def test_taken_over_from_paper() -> None:
    paper = {"source": "verslag van 2024, blz. 3", "entered": date(2026, 12, 5)}
    seen = record([], {}, {"eens-worden": SHARED["eens-worden"]}, paper=paper)
    whole = text(seen)
    assert "De gegevens in dit verslag zijn overgenomen van papier." in whole
    assert "- Overgenomen van papier op 5 december 2026, uit: verslag van 2024, blz. 3\n" in whole
    assert "- Scorebladen en overeenstemming: niet vastgelegd" in whole
    assert "- Wat goed gaat en wat beter kan: niet overgenomen\n" in whole
    assert "Bij de items is geen toelichting overgenomen." in whole
    assert "## Overeenstemming" not in whole and "## Wat goed gaat" not in whole
    assert "Definitieve score: 4 (vol)" in whole and "een concept" not in whole


def test_a_concept_says_what_is_missing() -> None:
    seen = with_step(BOTH, "eens-worden", answer=rows([3, None, None, 4, 5]))
    whole = text(seen)
    status = whole.split("\n## ")[0]
    assert "> **Let op:** Dit verslag is een concept." in status
    assert "Toelichting per item" not in status  # a step with a general text is done when something was written
    assert "Nog niet klaar: Scores naast elkaar leggen (3 van 5 definitief)" in status
    assert "nog 2 van 5 items zonder definitieve score." in whole
    assert "Nog geen definitieve score." in chapter(whole, "2. Water bij droogte")
    assert "Geen score voor perk A: nog niet alle items hebben een definitieve score." in whole
    ready = text(BOTH).split("\n## ")[0]
    assert "Alles is ingevuld; het verslag moet alleen nog definitief worden gemaakt." in ready


def test_an_empty_record_is_a_readable_concept() -> None:
    whole = text(record([], {}, {}))
    assert "Bij de items is nog geen toelichting geschreven." in whole
    assert whole.count("Nog geen toelichting.") == 0
    assert "Wie er meededen, is nog niet vastgelegd." in whole
    assert "Er is nog niets gekozen." in whole
    assert "Nog niet geschreven." in chapter(whole, "Wat goed gaat")
    assert "tussen 22 november 2027 en 22 november 2028" in whole


SCORE_WORDS = ("Score voor", "kaal", "schraal", "groen", "vol)", "weelderig", "Gemiddelde", "Niveau:", "Verschil")


@pytest.mark.parametrize("left_open", ["a1", "a2"])
@pytest.mark.parametrize("agreement", [True, False])
def test_a_concept_that_is_not_revealed_shows_no_score(left_open: str, agreement: bool) -> None:
    """Also not through the consensus or an earlier version, which an auditor who reopened the sheet left behind."""
    own = {key: value for key, value in SHEETS[left_open].items() if key not in ("sealed", "digest")}
    settled = made_definitive(BOTH)
    seen = replace(settled, personal={**settled.personal, ("scoren", left_open): own})
    before = replace(BOTH, envelope=replace(BOTH.envelope, date=date(2024, 11, 22)))
    earlier = Earlier(record=before, content=CONTENT, outcome=outcome(BOTH, CONTENT), change=_change(BOTH, BOTH))
    whole = text(seen, agreement=agreement, previous=earlier)
    body = whole.split("## Bijlage")[0]
    for word in SCORE_WORDS:
        assert word not in body
    assert "kraan niet gezien" not in body
    assert "De scores volgen later: nog niet alle scorebladen zijn verzegeld (1 van 2)." in body
    assert "Elke zaterdag is er koffie." in body  # what was told is no score
    tables = [block for block in report(case(seen, previous=earlier)).blocks if isinstance(block, Table)]
    assert not {"Scores per item", "Scores van ieder apart", "Per item", "Gemiddelden"} & {
        one.caption for one in tables
    }


def test_a_later_version_says_what_changed_and_why() -> None:
    first = made_definitive(BOTH)
    opened = replace(first, shared={
        **first.shared, "verslag": reopened(first.shared["verslag"], on=date(2027, 1, 5), reason="Feitelijke fout")
    })  # fmt: skip
    status = text(opened).split("\n## ")[0]
    assert "Versie 1 van 3 december 2026 is heropend op 5 januari 2027. Reden: Feitelijke fout." in status
    again = with_step(opened, "eens-worden", answer=rows([3, 3, 4, 4, 5], {"2": "De kraan werkt"}), by="a2")
    again = replace(again, shared={**again.shared, "conclusies": {**SHARED["conclusies"], "strength": [
        {"id": "s1", "text": "Iedereen is echt welkom"}]}})  # fmt: skip
    changed = chapter(text(made_definitive(again, "v2", date(2027, 1, 8))), "Wat er veranderde sinds versie 1")
    assert "is heropend op 5 januari 2027. Reden: Feitelijke fout." in changed
    assert "| Scores naast elkaar leggen | item 2: score | 2 | 3 |" in changed
    assert "| Scores naast elkaar leggen | item 2: reden | Bert had de kraan niet gezien | De kraan werkt |" in changed
    assert "| Wat goed gaat en wat beter kan | sterk punt | Iedereen is welkom | Iedereen is echt welkom |" in changed
    assert "a2" not in changed and "| sterk punt | De grond leeft. | – |" in changed


def test_conclusions_are_grouped_and_numbered() -> None:
    whole = text(made_definitive(BOTH))
    good = chapter(whole, "Wat goed gaat")
    assert good == "## Wat goed gaat\n\n- Iedereen is welkom.\n\n### Perk A. Grond en water\n\n- De grond leeft.\n"
    better = chapter(whole, "Wat beter kan, met aanbevelingen")
    assert "### Verbeterpunt 1 (perk A, item 2)\n\nHet water is ongelijk verdeeld.\n\n" in better
    assert "- Aanbeveling 1: Vang regenwater op.\n\n### Verbeterpunt 2\n" in better
    lost = with_step(BOTH, "conclusies", recommendation=[{"id": "r9", "improvement": "weg", "text": "Los advies"}])
    assert "### Andere aanbevelingen\n\n- Aanbeveling 1: Los advies." in text(lost)


def test_actions_are_a_dated_addition_with_their_reviews() -> None:
    actions = [
        {"id": "x1", "text": "Ton plaatsen", "recommendation": "r1", "who": "c1", "due": date(2027, 6, 1)},
        {"id": "x2", "text": "Folder maken", "note": "samen met de school"},
    ]
    seen = with_step(made_definitive(BOTH), "acties", action=actions, date=date(2027, 1, 9))
    reviews = [
        {"id": "e2", "action": "x1", "date": date(2027, 7, 1), "state": "afgerond", "text": "De ton staat er"},
        {"id": "e1", "action": "x1", "date": date(2027, 3, 1), "state": "loopt"},
    ]
    seen = with_step(seen, "evalueren", review=reviews)
    seen = with_step(seen, "herhalen", planned=date(2028, 11, 22))
    later = chapter(text(seen), "Vervolg")
    assert "### Aanvulling van 9 januari 2027: Actiepunten\n\nOp 9 januari 2027 zijn deze punten gekozen:\n" in later
    assert "| 1 | Ton plaatsen | aanbeveling 1 | Ria Roos | 1 juni 2027 | afgerond |" in later
    assert "| 2 | Folder maken | – | nog niemand | nog geen datum | loopt |" in later
    assert chapter(later, "1. Ton plaatsen") == (
        "#### 1. Ton plaatsen\n\n- 1 maart 2027: loopt.\n- 1 juli 2027 (afgerond): De ton staat er.\n"
    )
    assert chapter(later, "2. Folder maken") == "#### 2. Folder maken\n\nSamen met de school.\n"
    assert "Gepland op 22 november 2028." in later


def test_who_chose_the_actions_is_said() -> None:
    names = {**NAMES, "g1": "de projectgroep"}
    seen = with_step(BOTH, "acties", action=[{"id": "x1", "text": "Ton"}, {"id": "x2", "text": "Bank"}], by="g1")
    dated = with_step(BOTH, "acties", **{**seen.shared["acties"], "date": date(2027, 1, 9)})
    assert "De projectgroep koos deze punten:" in write(report(replace(case(seen), names=names)))
    assert "De projectgroep koos op 9 januari 2027 deze punten:" in write(report(replace(case(dated), names=names)))


def test_the_text_on_actions_is_there_while_nothing_was_chosen() -> None:
    assert CONTENT.report is not None
    content = replace(CONTENT, report=replace(CONTENT.report, actions="Kiezen komt later."))
    assert "Er is nog niets gekozen.\n\nKiezen komt later.\n" in text(BOTH, content=content)
    for more in ({"action": [{"id": "x1", "text": "Ton"}]}, {"skipped": "Geen tijd."}):
        assert "Kiezen komt later." not in text(with_step(BOTH, "acties", **more), content=content)


@pytest.mark.parametrize(
    ("handled", "told"),
    [
        ("n", "met 1 opmerking."),
        ("j", "met 1 opmerking, die is afgehandeld."),
        ("jn", "met 2 opmerkingen, waarvan 1 afgehandeld."),
        ("jj", "met 2 opmerkingen, allebei afgehandeld."),
        ("jjj", "met 3 opmerkingen, allemaal afgehandeld."),
    ],
)
def test_what_was_done_with_remarks_is_told(handled: str, told: str) -> None:
    check = NotesStep(id="nalezen", title="Nalezen", label="opmerking", general=True)
    content = replace(CONTENT, step=(CONTENT.step[0], check, *CONTENT.step[1:]))
    remarks = [
        {"item": item, "text": "Klopt niet.", "handled": "Veranderd." if one == "j" else ""}
        for item, one in zip(ITEMS, handled, strict=False)
    ]
    seen = with_step(BOTH, "nalezen", explanation=remarks)
    assert f"Nalezen: gedaan, {told}" in chapter(text(seen, content=content), "Hoe en door wie")


def test_the_score_of_a_section_of_one_item_is_no_mean() -> None:
    first = CONTENT.section[0]
    content = replace(CONTENT, section=(replace(first, item=first.item[:1]), *CONTENT.section[1:]))
    assert "Score voor perk A: 3,0 (de score van het enige item).\n" in text(BOTH, content=content)


def _change(before: Record, after: Record) -> Any:
    first, second = outcome(before, CONTENT), outcome(after, CONTENT)
    assert first is not None and second is not None
    return change(first, second, CONTENT, CONTENT)


def test_the_comparison_with_before() -> None:
    old = record(PAIR, {}, {"eens-worden": {"schema": 1, "answer": rows([2, "niet gezien", 4, 4, 4])}}, date=date(
        2024, 11, 3), paper={"source": "map", "entered": DAY})  # fmt: skip
    old = with_step(old, "acties", action=[{"id": "x1", "text": "Kraan maken"}, {"id": "x2", "text": "Bank"}])
    old = with_step(old, "evalueren", review=[
        {"id": "e1", "action": "x1", "date": date(2025, 5, 1), "state": "afgerond", "text": "Hij loopt"}
    ])  # fmt: skip
    earlier = Earlier(
        record=old,
        content=CONTENT,
        outcome=outcome(old, CONTENT),
        change=_change(old, BOTH),
        differs=["De vorige meting is overgenomen van papier"],
    )
    beside = chapter(text(BOTH, previous=earlier), "Vergeleken met 3 november 2024")
    assert "- De vorige meting is overgenomen van papier.\n" in beside
    assert "| Nr. | Item | 3 nov 2024 | 22 nov 2026 | Verschil |" in beside
    assert "| 1 | De bodem onder de planten | 2 (schraal) | 3 (groen) | +1 |" in beside
    assert "| 2 | Water bij droogte | niet te beoordelen (niet gezien) | 2 (schraal) | – |" in beside
    assert "| 3 | Samen tuinieren | 4 (vol) | 4 (vol) | 0 |" in beside
    assert "| B. Mensen in de tuin | 4,0 | 4,3 | +0,3 | 3 van 3 items |" in beside
    assert "Geen vergelijking van het totaal: de vorige keer: voor het totaal" in beside
    assert "| Kraan maken | afgerond | 1 mei 2025: Hij loopt |\n| Bank | loopt | niet geëvalueerd |" in beside


def test_an_item_that_was_not_asked_then_is_said() -> None:
    section = CONTENT.section[1]
    fewer = replace(CONTENT, section=(CONTENT.section[0], replace(section, item=section.item[:2])))
    before, after = outcome(BOTH, fewer), outcome(BOTH, CONTENT)
    assert before is not None and after is not None
    earlier = Earlier(record=BOTH, content=fewer, outcome=before, change=change(before, after, fewer, CONTENT))
    beside = chapter(text(BOTH, previous=earlier), "Vergeleken met 22 november 2026")
    assert "| 5 | Nieuwe tuiniers | niet gevraagd | 5 (weelderig) | – |" in beside
    assert "| Totaal | 3,3 | 3,3 | 0 | 4 van 5 items |" in beside


def test_what_a_plugin_adds_stands_before_the_appendix_and_cannot_break_headings() -> None:
    extra: list[Block] = [Heading(3, "Eigen figuur"), Paragraph("Van het instrument."), Heading(4, "Dieper")]
    whole = text(BOTH, extra=extra)
    assert "## Aanvullend\n\n### Eigen figuur\n\nVan het instrument.\n\n#### Dieper\n\n## Bijlage: de items" in whole


def test_the_appendix_holds_every_description_and_the_background() -> None:
    items = chapter(text(BOTH), "Bijlage: de items met hun omschrijvingen")
    for item in CONTENT.items():
        assert item.statement in items
        assert all(anchor in items for anchor in item.anchors)
    assert "| 1 (kaal) | De bodem is hard en niemand kijkt ernaar om. |" in items
    assert "Plaats in de publicatie: hoofdstuk A, item 1.\n" in chapter(items, "1. De bodem onder de planten")
    assert "Plaats in de publicatie" not in chapter(text(BOTH), "Beeld per perk")
    assert "Mogelijke scores: 1 (kaal), 2 (schraal), 3 (groen), 4 (vol), 5 (weelderig)." in items
    background = chapter(text(BOTH), "Bijlage: achtergrond")
    assert "### Waarom meten\n\nEen buurttuin die gezien wordt, blijft bestaan.\n\nBron: hoofdstuk 1." in background


def test_words_are_explained_before_their_first_use() -> None:
    words = Background(
        id="woorden", title="Woorden vooraf", text="- pH: de zuurgraad.\n- compost: voedsel.", source="b"
    )
    whole = text(BOTH, content=replace(CONTENT, background=(*CONTENT.background, words)))
    about = chapter(whole, "Waar dit verslag over gaat")
    assert "### Woorden vooraf\n\n- pH: de zuurgraad.\n- compost: voedsel.\n" in about
    assert whole.count("zuurgraad") == 1


def test_a_text_of_the_background_keeps_its_lists() -> None:
    told = list(prose("Eerst dit:\n1. een\n2. twee\n\nDan dat:\n- los\n- vast\n\nSlot\nvan twee regels."))
    assert told == [
        Paragraph("Eerst dit:"),
        Bullets(("een", "twee"), ordered=True),
        Paragraph("Dan dat:"),
        Bullets(("los", "vast")),
        Paragraph("Slot\nvan twee regels."),
    ]
    assert list(prose("3. begint halverwege\n4. en telt door")) == [Paragraph("3. begint halverwege\n4. en telt door")]
    assert list(prose("2,5 is geen lijst\n-5 ook niet\n1.5 evenmin")) == [
        Paragraph("2,5 is geen lijst\n-5 ook niet\n1.5 evenmin")
    ]


HOSTILE = "\x1b]52;c;x\x07[klik](http://kwaad.nl) <script>a</script> | **vet** `code` ![p](q)\n\n# Kop\n- rij"


def _hostile(value: Any, key: str = "") -> Any:
    """The same tree with every text that somebody types replaced, and ids, codes and words of the host left alone."""
    kept = ("id", "item", "role", "consent", "person", "improvement", "recommendation", "action", "section", "missing")
    if isinstance(value, dict):
        return {name: _hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_hostile(one, key) for one in value]
    return HOSTILE if isinstance(value, str) and key not in (*kept, "digest") else value


def test_hostile_text_comes_out_as_text() -> None:
    shared = {**SHARED, "acties": {"action": [{"id": "x1", "text": "t", "who": "c1", "note": "n", "state": "s"}]}}
    shared |= {"evalueren": {"review": [{"id": "e1", "action": "x1", "date": DAY, "state": "s", "text": "t"}]}}
    shared |= {"herhalen": {"note": "n"}, "verslag": {}}
    people = [
        auditor("a1", origin="o"),
        auditor("a2", origin="o", stopped=DAY, reason="r"),
        auditor("a3", replaces="a2"),
    ]
    hostile = record(_hostile(people), {**SHEETS, "a3": sheet("a3", [1, 1, 1, 1, 1])}, _hostile(shared))
    hostile = made_definitive(replace(hostile, shared={key: one for key, one in hostile.shared.items() if key != "x"}))
    earlier = Earlier(
        record=hostile, content=CONTENT, outcome=None, change=_change(hostile, hostile), differs=[HOSTILE]
    )
    built = replace(
        case(hostile, previous=earlier, extra=[Bullets((HOSTILE,)), Callout("note", HOSTILE)]),
        names=dict.fromkeys(NAMES, HOSTILE),
        organisation=HOSTILE,
    )
    whole = write(report(built))
    assert "kwaad.nl" in whole and "\x1b" not in whole and "\x07" not in whole
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(whole)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or []}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "em_open", "fence"}
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert "Kop" not in headings
    plain = [token.type for token in MarkdownIt("commonmark").enable("table").parse(text(BOTH))]
    assert plain.count("heading_open") > 20  # the parser does see headings where they are meant


@pytest.mark.parametrize("seen", [BOTH, made_definitive(BOTH), record([], {}, {})])
def test_it_reads_like_dutch_and_not_like_a_program(seen: Record) -> None:
    whole = text(seen)
    for token in ("None", "True", "False", "Fraction", "{", "}", "Mean(", "..", " .", " ,", "sha256", "a1", "a2"):
        assert token not in whole, token
    assert not re.search(r"\d\.\d", whole)  # numbers have a comma
    assert not re.search(r"\d{4}-\d{2}-\d{2}", whole)  # dates are in words
    assert not re.search(r"\bauditors?\b", whole.replace("nog geen auditors", ""))  # the instrument's own words


def test_answers_in_words_are_the_same_or_other() -> None:
    then, same, other = Answer("ja"), Answer("ja"), Answer("deels")
    assert difference_words(ItemChange("a1", then, same, None)) == "gelijk"
    assert difference_words(ItemChange("a1", then, other, None)) == "anders"
    assert difference_words(ItemChange("a1", then, None, None)) == "–"
