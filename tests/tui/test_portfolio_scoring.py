"""Scoring in a portfolio: private remarks in a sheet that stays open, and what a master reads beside an item."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import HOSTILE, greenhouse, kas
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import SECRET, judged
from textual.widgets import Button

from kwartier.records.tree import Tree
from kwartier.tui.panes.evidence_readers import ReadersDialog
from kwartier.tui.panes.score_evidence import EvidenceBox
from kwartier.tui.screens.measurement import MeasurementScreen

__all__ = ["kas", "own_config", "packages"]


def remarks(kijker: Kijker, ref: str) -> dict[str, Tree]:
    """The rows of the self-assessment on disk, by item."""
    tree = kijker.garden.tree(kijker.garden.folder(ref) / "zelf.s1.toml")
    return {row["item"]: row for row in tree["answer"]}


async def test_a_remark_is_private_until_its_writer_says_otherwise(kas: Kijker) -> None:
    """At 80 by 24: written, shared from the list and from the field; the sheet is never sealed."""
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.begin(ws)
    async with kas.measurement(ref, "zelf", who="s1", size=(80, 24)) as (app, pilot):
        assert "uw opmerkingen leest alleen u" in " ".join(text_of(app).split())
        assert "x niet te beoordelen" in text_of(app) and "n niet te beoordelen" not in text_of(app)
        await pilot.press("d", "w")  # it stays at hand, for the remark
        await until(lambda: "Hier staat nog geen opmerking." in text_of(app), pilot)
        await pilot.press("o", *"Thuis.", "tab", "enter")
        await until(lambda: isinstance(app.screen, ReadersDialog) and app.screen.focused, pilot)
        await pilot.press("down", "space")
        await until(lambda: "Dit lezen: u en meesters" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: remarks(kas, ref)["1.1"].get("readers") == ["meester"], pilot)
        await until(lambda: "Dit lezen: u en meesters (tab, enter)" in text_of(app), pilot)
        assert " gedeeld" in text_of(app) and " opm." not in text_of(app)
        await pilot.press("escape", "w")
        await until(lambda: isinstance(app.screen, ReadersDialog) and app.screen.focused, pilot)
        await pilot.press("home", "space", "enter")
        await until(lambda: "readers" not in remarks(kas, ref)["1.1"], pilot)
        await until(lambda: "Mijn opmerking (dit lezen: alleen u): Thuis." in text_of(app), pilot)
        await pilot.press("down", "a", "down", "n")
        await until(lambda: "Dit blijft open: u kunt het altijd veranderen." in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "wordt niet verzegeld" in text_of(app), pilot)
        assert isinstance(app.screen, MeasurementScreen)
        assert "sealed" not in kas.garden.tree(kas.garden.folder(ref) / "zelf.s1.toml")


async def test_a_master_reads_beside_an_item_what_is_meant_for_masters(kas: Kijker) -> None:
    """At 160 by 45, while judging blind; then small, by the box with the evidence; then the sheet of the pupil."""
    home = greenhouse(kas)
    with home.open() as ws:
        ref = home.filled(ws)
    async with kas.measurement(ref, "eind", who="a1", size=(160, 45)) as (app, pilot):
        shown = " ".join(text_of(app).split())
        assert "Zelf kijken" in shown and "Logboek" in shown and "[red]" in shown
        assert "Algemene competenties" in shown and "Kan kijken naar een plant." in shown
        assert "Lastige momenten (Tuinprofiel 2024)" in shown
        assert SECRET not in shown and "moeder" not in shown
        await pilot.press("down")
        await until(lambda: "aangetoond. Elke ochtend" in " ".join(text_of(app).split()), pilot)
        await pilot.resize_terminal(80, 24)
        await pilot.press("k")
        await until(lambda: isinstance(app.screen, EvidenceBox), pilot)
        await until(lambda: "plan van de kas.pdf, 4 kB" in text_of(app), pilot)
        assert HOSTILE in text_of(app)
        assert app.screen.query_one("#save_copy", Button).display
        await pilot.press("escape")
        screen = app.screen_stack[-1]
        assert isinstance(screen, MeasurementScreen)
        await screen.open_step("zelf")
        await until(lambda: "Dit vulde Lotte Lelie in (leerling); u leest mee." in text_of(app), pilot)
        assert "Nog te beantwoorden" not in text_of(app) and "nog niet beantwoord" in text_of(app)
        await pilot.press("up")
        await until(lambda: "Opmerking van Lotte Lelie: Elke ochtend" in text_of(app), pilot)
        assert SECRET not in text_of(app) and "deels" in text_of(app)
        await pilot.press("w", "o", "n")
        await pilot.pause()
        assert app.screen is screen
    with home.open() as ws:
        ws.change(ref, "eind", judged("deels", "deels", "deels"), person="a1")
        assert SECRET not in str(ws.see(ref, viewer="a1").record)
