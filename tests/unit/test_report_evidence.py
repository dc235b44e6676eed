"""Sources and goals in a report: a table before the report or as an addition after it, texts under their items."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.workspace.goals import with_goals

from kwartier.instrument.model import Content
from kwartier.instrument.reading import read_content, read_header
from kwartier.records.files import Envelope, view
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.reports.assessment import Case, report
from kwartier.reports.markdown import write
from kwartier.workflow.departures import departures
from kwartier.workflow.outcome import outcome
from kwartier.workflow.visible import visible

FOLDER = Path(__file__).parents[1] / "samples" / "instruments" / "tuin"
HEADER = read_header((FOLDER / "instrument.toml").read_bytes(), "instrument.toml")
TEXT = (FOLDER / "content.toml").read_text("utf-8")
SOURCES: Tree = {
    "date": date(2026, 11, 20),
    "evidence": [
        {"id": "b1", "title": "Jaarplan | deel 1", "kind": "document", "date": date(2026, 3, 2), "items": ["1", "3"]},
        {"id": "b2", "title": "Foto van de kas", "link": "https://voorbeeld.nl/[foto](x)"},
    ],
}


def text(content: Content, **shared: Any) -> str:
    tree: Tree = {
        "schema": 1,
        "id": "r1",
        "instrument": "tuin",
        "edition": "1",
        "content": "sha256:0",
        "date": date(2026, 11, 22),
        "person": [{"id": "a1", "role": "keurder"}, {"id": "a2", "role": "keurder"}],
    }
    envelope = view(tree, Envelope, "assessment.toml")
    steps = {name.replace("_", "-"): file for name, file in shared.items()}
    seen = visible(Record(ref="k/tuin/2026-11-22", envelope=envelope, tree=tree, shared=steps), content, None)
    case = Case(
        header=HEADER,
        content=content,
        record=seen,
        outcome=outcome(seen, content),
        organisation="De Hoop",
        today=date(2026, 12, 1),
        findings=departures(seen, content),
    )
    return write(report(case))


def read(text: str) -> Content:
    return read_content(text.encode(), "content.toml")


def part(whole: str, heading: str) -> str:
    """What stands under a heading of the first level."""
    return whole.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_sources_before_the_report_stand_with_how_it_was_done() -> None:
    how = part(text(read(TEXT), bronnen=SOURCES), "Hoe en door wie")
    assert "### Waar het op rust\n" in how
    assert "| Bron | Soort | Datum | Over item | Vindplaats |\n" in how, "no column for remarks: there are none"
    assert "| Jaarplan \\| deel 1 | document | 2 maart 2026 | 1, 3 |" in how
    assert "voorbeeld.nl/\\[foto](x) |" in how, "what was typed is text, never a link of the page"


def test_sources_after_the_report_are_an_addition_with_its_day() -> None:
    step = TEXT.split('[[step]]\nid = "bronnen"')[1].split("[[step]]")[0]
    moved = TEXT.replace(f'[[step]]\nid = "bronnen"{step}', "")
    moved = moved.replace('[[step]]\nid = "acties"', f'[[step]]\nid = "bronnen"{step}[[step]]\nid = "acties"')
    whole = text(read(moved), bronnen=SOURCES)
    assert "Waar het op rust" not in part(whole, "Hoe en door wie")
    after = part(whole, "Vervolg")
    assert after.index("### Aanvulling van 20 november 2026: Waar het op rust") < after.index("Actiepunten")
    assert "| Foto van de kas |" in after


def test_no_sources_say_nothing_and_passing_them_over_says_why_once() -> None:
    assert "Waar het op rust" not in text(read(TEXT))
    assert "Er zijn geen bronnen genoemd." in text(read(TEXT), bronnen={"date": date(2026, 11, 20)})
    skipped = text(read(TEXT), bronnen={"skipped": "Niets op papier"})
    assert skipped.count("Niets op papier") == 1
    assert "### Waar het op rust\n\nOvergeslagen. Reden: Niets op papier." in skipped


def test_the_words_of_the_step_are_those_of_the_table() -> None:
    words = TEXT.replace('kinds = ["document"', 'label = "bewijs"\nmany = "bewijzen"\nkinds = ["document"')
    whole = text(read(words), bronnen=SOURCES)
    assert "| Bewijs | Soort |" in whole and "Bewijzen" in whole


def test_goals_stand_under_their_items_and_are_no_remarks() -> None:
    goals = {"explanation": [{"item": "1", "text": "In mei is alles los."}]}
    written = {"explanation": [{"item": "1", "text": "De grond is hard."}]}
    whole = text(read(with_goals(TEXT)), doelen=goals, toelichting=written)
    item = whole.split("1\\. De bodem")[1] if "1\\. De bodem" in whole else whole.split("1. De bodem")[1]
    first, goal, second = item.split("\n#### ")[:3]
    assert first.index("De grond is hard.") < first.index("Doel: In mei is alles los.")
    assert "Het doel voor de bodem" in goal and "toelichting" not in goal.casefold()
    assert "Nog geen toelichting." in second
    assert "Doelen: gedaan" not in whole and "met 1 opmerking" not in whole
