"""Participants: names with the organisation, consent with its day, what is missing or too much told."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working


def people(kijker: Kijker, ref: str) -> list[dict[str, object]]:
    """The participants on disk."""
    found: list[dict[str, object]] = on_disk(kijker, ref, "mensen").get("participant", [])
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_added_by_keys_with_the_name_in_the_organisation(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "mensen", size) as (app, pilot):
        await pilot.press("t")
        await opened(app, pilot)
        await pilot.press(*"Dina Druif", "tab", "down", "tab", *"1 nov", "tab", "g", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: people(kijker, ref), pilot)
        row = people(kijker, ref)[0]
        assert (row["id"], row["role"], row["consent"]) == ("d1", "beheer", "gegeven")
        assert (str(row["letter"]), str(row["consent_on"])) == ("2026-11-01", "2026-11-25")
        assert "Dina" not in (kijker.garden.folder(ref) / "mensen.toml").read_text("utf-8")
        assert "Dina Druif (d1)" in text_of(app)
        assert "Niet vertegenwoordigd: buur" in text_of(app)
        await pilot.press("delete")
        await until(lambda: not people(kijker, ref), pilot)
        await pilot.press("ctrl+z")
        await until(lambda: people(kijker, ref) == [row], pilot)


async def test_two_without_a_name_are_two(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "mensen") as (app, pilot):
        for _ in range(2):
            await pilot.press("t")
            await opened(app, pilot)
            await pilot.press("ctrl+s")
            await closed(app, pilot)
        await until(lambda: [row["id"] for row in people(kijker, ref)] == ["d1", "d2"], pilot)


async def test_the_same_name_twice_is_refused(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "mensen", {"participant": [{"name": "Dina Druif", "role": "buur", "consent": "geweigerd"}]})
    async with working(kijker, ref, "mensen", (80, 24)) as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, name="dina  druif")
        await pilot.press("ctrl+s")
        await until(lambda: "staat er al als deelnemer (d1)" in text_of(app), pilot)
        assert people(kijker, ref) == [{"id": "d1", "role": "buur", "consent": "geweigerd"}]


async def test_a_name_is_corrected_in_the_organisation(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "mensen", {"participant": [{"name": "Dina Druif", "role": "buur"}]})
    async with working(kijker, ref, "mensen") as (app, pilot):
        await pilot.press("enter")
        put(await opened(app, pilot), name="Dina Druiven", note="Belt liever.")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: "Dina Druiven (d1)" in text_of(app), pilot)
        assert kijker.workspace().names(ref.split("/")[0])["d1"] == "Dina Druiven"
        await pilot.press("ctrl+z")
        await until(lambda: "note" not in people(kijker, ref)[0], pilot)
        assert "Dina Druiven (d1)" in text_of(app), "undo leaves the name, which stands in the organisation"


async def test_too_many_ask_a_reason(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        for number in range(5):
            ws.add_participant(ref, "buur", name=f"Buur {number}", consent="gegeven")
    async with working(kijker, ref, "mensen", (80, 24)) as (app, pilot):
        assert "! 5 deelnemers; ten hoogste 4 is de bedoeling" in text_of(app)
        await pilot.press("r")
        await until(lambda: app.screen.query("#text"), pilot)
        await pilot.press(*"Iedereen wilde mee.", "ctrl+s")
        await until(lambda: "Reden: Iedereen wilde mee." in text_of(app), pilot)
        envelope = kijker.garden.tree(kijker.garden.folder(ref) / "assessment.toml")
        assert [(row["id"], row["reason"]) for row in envelope["departure"]] == [
            ("veel-deelnemers", "Iedereen wilde mee.")
        ]


async def test_who_withdraws_hears_what_has_to_go(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.add_participant(ref, "buur", name="Dina Druif", consent="gegeven", audio="gegeven")
    async with working(kijker, ref, "mensen", (80, 24)) as (app, pilot):
        await pilot.press("i")
        await until(lambda: "niet ongedaan te maken" in " ".join(text_of(app).split()), pilot)
        await pilot.press("n")
        await until(lambda: app.focused is rows(app), pilot)
        assert people(kijker, ref)[0]["consent"] == "gegeven"
        await pilot.press("i")
        await until(lambda: "Intrekken (j)" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: "Dit moet nu weg" in text_of(app), pilot)
        assert "de naam achter d1" in text_of(app)
        assert "kwartier persoon" not in text_of(app)
        assert people(kijker, ref)[0]["consent"] == "ingetrokken"
        await pilot.press("escape")
        await until(lambda: isinstance(app.focused, type(rows(app))), pilot)
        assert "ingetrokken op 25 nov 2026" in text_of(app)
        await pilot.press("i", "ctrl+z")
        await until(lambda: "niets ongedaan te maken" in text_of(app), pilot)


async def test_the_recording(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.add_participant(ref, "buur", name="Dina Druif", consent="gegeven")
    async with working(kijker, ref, "mensen", (80, 24)) as (app, pilot):
        await pilot.press("end", "enter")
        await opened(app, pilot)
        await pilot.press("j", "ctrl+s")
        await until(lambda: on_disk(kijker, ref, "mensen").get("audio_recorded") is True, pilot)
        await until(lambda: "Geluidsopname zonder toestemming" in text_of(app), pilot)
