"""What stood at an item before can be taken out for good, and nothing else goes with it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from kwartier.errors import Misused, Refused
from kwartier.reports import markdown
from kwartier.workspace import Assessor, Workspace

SECRET = "Wat Wim vertelde over zijn opname."


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    clock = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with Workspace.open(tmp_path / "data", clock=lambda: clock, random=Random(1)) as opened:
        return opened


@pytest.fixture
def ref(ws: Workspace) -> str:
    """A definitive measurement in which the text at item 3 tells too much."""
    slug = ws.add_organisation("Kwadrant")
    ref = ws.start("mie", slug, day=date(2026, 11, 22), people=(Assessor("Anna"), Assessor("Bert")))
    items = [item.id for item in ws.content("mie").items()]
    texts = [{"item": item, "text": SECRET if item == "3" else f"Tekst bij {item}."} for item in items]
    ws.change(ref, "toelichten", {"explanation": texts})
    for who in ("Anna", "Bert"):
        ws.change(ref, None, {"answer": [{"item": item, "value": 3} for item in items]}, person=who)
        ws.seal(ref, who)
    ws.change(ref, "consensus", {"answer": ws.proposals(ref)})
    ws.finalise(ref)
    return ref


def everything(ws: Workspace) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(ws.path.rglob("*.toml")))


def rewritten(ws: Workspace, ref: str) -> None:
    ws.reopen_report(ref, reason="Een deelnemer trok zich terug.")
    ws.change(ref, "toelichten", {"explanation": [{"item": "3", "text": "Korter."}]})
    ws.finalise(ref)


def test_an_earlier_text_is_kept_until_it_is_erased_everywhere(ws: Workspace, ref: str) -> None:
    rewritten(ws, ref)
    assert SECRET in everything(ws)
    assert ws.redact(ref, "3") >= 2
    assert SECRET not in everything(ws)
    assert SECRET not in markdown.write(ws.document(ref))
    assert "Korter." in everything(ws)
    assert "Tekst bij 4." in everything(ws)
    assert ws.check().problems == ()


def test_the_present_text_is_not_erased(ws: Workspace, ref: str) -> None:
    with pytest.raises(Refused, match="geen eerdere tekst"):
        ws.redact(ref, "3")
    assert SECRET in everything(ws)


def test_erasing_twice_finds_nothing_more(ws: Workspace, ref: str) -> None:
    rewritten(ws, ref)
    ws.redact(ref, "3")
    with pytest.raises(Refused):
        ws.redact(ref, "3")


def test_sealed_sheets_stay_as_they_are(ws: Workspace, ref: str) -> None:
    rewritten(ws, ref)
    sheets = sorted((ws.path / "organisations" / ref).glob("zelf-scoren.*.toml"))
    before = [sheet.read_bytes() for sheet in sheets]
    ws.redact(ref, "3")
    assert [sheet.read_bytes() for sheet in sheets] == before


def test_an_item_that_does_not_exist_is_told(ws: Workspace, ref: str) -> None:
    with pytest.raises(Misused, match="geen item"):
        ws.redact(ref, "13")
