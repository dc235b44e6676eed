"""The first half of a MIE by keys: the organisation, the measurement, its preparation, the interview, the texts."""

from __future__ import annotations

from datetime import date, time, timedelta

from tests.journeys.keyboard import Player

from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.new_measurement import NewMeasurement
from kwartier.tui.screens.new_organisation import NewOrganisation
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.widgets.picking import PickBox
from kwartier.tui.widgets.questions import QuestionList

ANNA, BRAM = "Anna de Wit", "Bram Kok"
ITEMS = [str(number) for number in range(1, 13)]
PEOPLE = [("p", "Wietske Zandstra"), ("c", "Joris Okkerse"), ("n", "Truus van Hemert"), ("e", "Sanne Vogel")]
"""The letter of a role in the list, and a name."""

TEXT = "Bij item {} is verteld wat er al staat; een voorbeeld ontbreekt nog."


async def new_organisation(player: Player) -> None:
    """From the empty start screen to the screen of a new organisation."""
    await player.see("Er zijn nog geen organisaties.", str(player.folder.path)[:20])
    await player.press("n")
    await player.on(NewOrganisation)
    await player.fills("Zuiderlicht", "ribw", "240")
    await player.press("ctrl+s")
    await player.on(OrganisationScreen)
    await player.see("Zuiderlicht", "0 metingen", "240")
    one = player.folder.workspace().organisation("zuiderlicht")
    assert (one.name, one.kind, one.clients) == ("Zuiderlicht", "ribw", 240)


async def new_measurement(player: Player, *, names: tuple[str, str] = (ANNA, BRAM)) -> None:
    """A measurement of today with two auditors; it opens at its first step."""
    await player.press("n")
    await player.see("Nieuwe meting: met welk instrument?")
    await player.press("enter")  # the first one
    await player.on(NewMeasurement)
    await player.fills("", *names)
    await player.press("ctrl+s")
    await player.on(MeasurementScreen)
    await player.at("voorbereiden")


async def prepare(player: Player) -> None:
    """Ticks all tasks, one of them by mouse, and takes one back."""
    assert player.ref == "zuiderlicht/mie/2026-11-22"
    await player.see("Voorbereiden", "Wijs twee auditoren aan")
    await player.click("☐ Wijs twee auditoren")
    await player.see("☑ Wijs twee auditoren")
    tasks = [one.id for one in player.rows.options]
    for _ in tasks[1:]:
        await player.press("down", "space")
    await player.press("ctrl+z")
    await player.see("Ongedaan gemaakt")
    await player.saved()
    rows = player.file("voorbereiden")["task"]
    assert {row["id"] for row in rows if row["done"]} == set(tasks[:-1])
    assert {row["date"] for row in rows if row["done"]} == {date(2026, 11, 22)}
    await player.press("space")
    await player.see("10 van 10 gedaan")


async def participants(player: Player) -> None:
    """Four people who are interviewed, each with a role, a letter and consent."""
    await player.opens("deelnemers")
    for letter, name in PEOPLE:
        await player.press("t")
        await player.form()
        await player.types(name)
        await player.press("enter", letter)
        await player.tab_to("letter")
        await player.types("1-11")
        await player.tab_to("consent")
        await player.press("g")
        await player.done()
    rows = player.file("deelnemers")["participant"]
    assert [row["role"] for row in rows] == ["projectleider", "client", "naaste", "ervaringsdeskundige"]
    assert {(row["letter"], row["consent"], row["consent_on"]) for row in rows} == {
        (date(2026, 11, 1), "gegeven", date(2026, 11, 22))
    }
    names = player.folder.workspace().names("zuiderlicht")
    assert [names[row["id"]] for row in rows] == [name for _, name in PEOPLE]
    assert not any(name in str(player.file("deelnemers")) for _, name in PEOPLE)
    await player.see("4 van ten hoogste 10")


async def interview(player: Player) -> None:
    """Auditor 1 types fast and jumps, moves a loose note, ticks questions, and keeps the clock."""
    await player.goes_to("interview")
    await player.see("Wie zit er achter het toetsenbord?", "1 Anna de Wit")
    await player.press("1")
    await player.at("interview")
    await player.see("0:00 van 2:00", "item 1 van 12")
    await player.press("ctrl+k")
    await player.types("visie is er wel\n\nJoris kent haar niet")
    await player.press("ctrl+t", "ctrl+t", "ctrl+n")
    await player.types("kennis komt los binnen")
    await player.press("ctrl+g")
    await player.on(PickBox)
    await player.types("7\n")
    await player.on(MeasurementScreen)
    await player.see("item 7 van 12")
    await player.types("cursus in F7")
    await player.press("ctrl+l")
    await player.types("de manager vertrekt in mei\n\niets over scholing")
    await player.press("ctrl+g")
    await player.on(PickBox)
    await player.types("5\n")
    await player.on(MeasurementScreen)
    await player.see("De alinea staat nu bij item 5.")
    await player.press("ctrl+l")
    await player.see("cursus in F7")
    player.folder.now += timedelta(minutes=47)
    await player.see("0:47 van 2:00")
    await player.press("ctrl+k")
    await player.saved()
    notes = player.file("interview", "a1")["note"]
    assert [(row.get("item", ""), row["text"]) for row in notes] == [
        ("1", "visie is er wel"),
        ("1", "Joris kent haar niet"),
        ("2", "kennis komt los binnen"),
        ("7", "cursus in F7"),
        ("", "de manager vertrekt in mei"),
        ("5", "iets over scholing"),
    ]
    shared = player.file("interview")
    assert [(one["start"], one["end"]) for one in shared["session"]] == [(time(14, 0), time(14, 47))]
    assert [(row["item"], row["asked"]) for row in shared["prompt"]] == [("1", True), ("1", True)]


async def second_notes(player: Player) -> None:
    """Auditor 2 sits down, ticks a question by mouse, and notes something at items 1 and 3."""
    await player.changes_seat("2", BRAM)
    await player.at("interview")
    await player.types("Bram: visie staat op intranet")
    await player.press("ctrl+n", "ctrl+n")
    await player.see("item 3 van 12")
    await player.types("gelijkwaardig, zegt Sanne")
    questions = player.measurement.query_one(QuestionList)
    await player.pilot.click(questions, offset=(6, 0))
    await player.saved()
    await player.press("ctrl+f")
    await player.on(PickBox)
    await player.types("intranet\n")
    await player.on(MeasurementScreen)
    await player.see("item 1 van 12")
    notes = player.file("interview", "a2")["note"]
    assert [(row["item"], row["text"]) for row in notes] == [
        ("1", "Bram: visie staat op intranet"),
        ("3", "gelijkwaardig, zegt Sanne"),
    ]
    assert [row["item"] for row in player.file("interview")["prompt"] if row["asked"]] == ["1", "1", "3"]


async def explain(player: Player) -> None:
    """A text for every item beside the raw notes of both auditors; one is begun with the notes themselves."""
    await player.opens("toelichten")
    await player.see("Joris kent haar niet", "Bram: visie staat op intranet")
    await player.press("ctrl+u")
    await player.see("visie is er wel")
    for item in ITEMS:
        await player.types(TEXT.format(item))
        if item != ITEMS[-1]:
            await player.press("ctrl+n")
    await player.saved()
    rows = player.file("toelichten")["explanation"]
    assert [row["item"] for row in rows] == ITEMS
    assert rows[0]["text"].startswith("visie is er wel\n") and rows[0]["text"].endswith(TEXT.format(1))
    assert [row["text"] for row in rows[1:]] == [TEXT.format(item) for item in ITEMS[1:]]
