"""The summary for a board and the version without names: what is on them, and what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.workspace.conftest import ANNA, BOB, Garden

from kwartier.reports.document import Callout, Document, Heading, Table
from kwartier.workspace import Workspace, writers


@pytest.fixture
def done(tmp_path: Path, packages: Path) -> tuple[Garden, str]:
    """A record with everything filled in."""
    garden = Garden(tmp_path, packages)
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        garden.score(ws, ref)
        garden.finish(ws, ref)
    return garden, ref


def text(document: Document) -> str:
    """A document as it is written."""
    return writers()["md"].write(document).decode()


def summary(ws: Workspace, ref: str) -> Document:
    """The page for the board."""
    return ws.document(ref, variant="board")


def test_the_summary_has_the_figures_of_the_report_and_fits_a_page(done: tuple[Garden, str]) -> None:
    garden, ref = done
    with garden.open() as ws:
        page, whole = summary(ws, ref), text(ws.document(ref))
        means = next(one for one in page.blocks if isinstance(one, Table) and one.caption.startswith("Gemiddelde"))
        assert means.rows
        assert all(row[1] in whole for row in means.rows)
        assert len(text(page).splitlines()) < 60
        assert not page.contents
        headings = [one.text for one in page.blocks if isinstance(one, Heading)]
        assert headings[0] == "Uitkomst"
        assert isinstance(page.blocks[-1], Callout), "where the rest is"


def test_a_summary_of_long_texts_says_less_so_that_it_stays_one_page(done: tuple[Garden, str], tmp_path: Path) -> None:
    garden, ref = done
    long = "Dit punt is met opzet zo breed opgeschreven dat het op papier meer dan een paar regels vraagt. " * 6
    points = [{"id": f"p{number}", "section": "A", "text": f"Punt {number}. {long}"} for number in range(1, 5)]
    with garden.open() as ws:
        ws.reopen_report(ref, reason="Meer te zeggen.")
        ws.change(ref, "conclusies", {"text": "Kort.", "strength": points, "improvement": points})
        page = summary(ws, ref)
    assert "zie het volledige verslag" in text(page)
    assert len(re.findall(rb"/Type\s*/Page\b", writers()["pdf"].write(page))) == 1


def test_before_the_reveal_the_summary_tells_no_score(tmp_path: Path, packages: Path) -> None:
    garden = Garden(tmp_path, packages)
    with garden.open() as ws:
        ref = garden.begin(ws)
        before = text(summary(ws, ref))
        ws.change(ref, "scoren", {"answer": [{"item": "1", "value": 5, "note": "Geheim"}]}, person="a1")
        assert text(summary(ws, ref)).replace("1 van 5", "0 van 5") == before
        assert "concept" in before


@pytest.mark.parametrize("variant", ["full", "board", "page"])
def test_without_names_nobody_is_named_also_not_in_what_was_typed(done: tuple[Garden, str], variant: str) -> None:
    garden, ref = done
    with garden.open() as ws:
        ws.change(
            ref, "toelichting", {"explanation": [{"item": "1", "text": f"{ANNA} en Bob zagen het ook. Bobs tuin."}]}
        )
        told = text(ws.document(ref, variant=variant, names=False))
        for name in (ANNA, BOB, *ANNA.split(), *BOB.split()):
            assert name not in told
        if variant == "full":
            assert "[naam] en [naam] zagen het ook. [naam]s tuin." in told.replace("\\", "")
        first = ws.document(ref, variant=variant, names=False).blocks[0]
        assert isinstance(first, Callout)
        assert "lees ze na" in first.text


def test_the_figures_alone_hold_every_score_and_no_text_that_somebody_wrote(done: tuple[Garden, str]) -> None:
    garden, ref = done
    with garden.open() as ws:
        page, whole = ws.document(ref, variant="figures"), ws.document(ref)
        scores = next(one for one in page.blocks if isinstance(one, Table) and one.caption == "Scores per item")
        assert scores in whole.blocks
        assert "Over item 1." in text(whole)
        assert "Over item 1." not in text(page)
