"""The second half of a MIE by keys: scoring apart, agreeing, conclusions, the report, actions, and the next time."""

from __future__ import annotations

from datetime import date

from tests.journeys.keyboard import Player
from tests.journeys.mie_before_scoring import ANNA, BRAM, ITEMS, new_measurement

from kwartier.tui.palette import Palette
from kwartier.tui.panes.consensus_map import ConsensusMap
from kwartier.tui.panes.consensus_reason import ReasonField
from kwartier.tui.panes.report import ReportPane
from kwartier.tui.panes.report_dialogs import DefinitiveDialog
from kwartier.tui.screens.compare import CompareScreen
from kwartier.tui.screens.dialogs import Ask, Confirm
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen

FIRST = [4, 3, 3, 2, 4, 3, 3, 2, 3, 4, 3, 3]
SECOND = [4, 1, 3, 3, 4, 3, 2, 2, 4, 3, 3, 3]
AGREED = {"2": 2, "4": 3, "7": 3, "9": 4, "10": 4}
"""What is agreed on where the two differ."""
FINAL = [AGREED.get(item, score) for item, score in zip(ITEMS, FIRST, strict=True)]


async def score(player: Player, code: str, scores: list[int], remark: str = "") -> None:
    """A sheet by one key per item, perhaps with a remark at the first; then it is sealed."""
    await player.press("home")
    if remark:
        await player.press("o")
        await player.typing_in()
        await player.types(remark)
        await player.press("escape")
    await player.rushes(*(key for value in scores for key in (str(value), "down")))
    await player.see("12 van 12 gescoord")
    await player.press("ctrl+s")
    await player.on(Confirm)
    await player.see("Scoreblad verzegelen?")
    await player.press("j")
    await player.see("Uw scoreblad is verzegeld.")
    sheet = player.file("zelf-scoren", code)
    assert [row["value"] for row in sheet["answer"]] == scores and sheet["sealed"] and sheet["digest"]


async def score_apart(player: Player) -> None:
    """Both score alone at one keyboard; nothing of the first sheet is in sight of the second."""
    await player.opens("zelf-scoren")
    await player.changes_seat("1", ANNA)
    await player.at("zelf-scoren")
    await score(player, "a1", FIRST, "Beleid is er, praktijk nog niet.")
    assert player.file("zelf-scoren", "a1")["answer"][0]["note"] == "Beleid is er, praktijk nog niet."
    await player.changes_seat("2", BRAM)
    await player.at("zelf-scoren")
    assert "Beleid is er" not in player.screen and "0 van 12 gescoord" in player.screen
    await score(player, "a2", SECOND)


async def agree(player: Player) -> None:
    """Equal scores are confirmed at once; each that differs gets a score and a reason."""
    await player.press("c")
    await player.at("consensus")
    await player.see("5 te bespreken, 7 te bevestigen")
    await player.press("g")
    await player.see("5 te bespreken")
    await player.press("d")
    await player.on(Ask)
    await player.press("ctrl+s")
    await player.on(MeasurementScreen)
    table = player.measurement.query_one(ConsensusMap)
    assert table.key == ("2", "")  # the largest difference comes first
    for _ in AGREED:
        assert table.key is not None
        await player.press(str(AGREED[table.key[0]]))
        await player.typing_in(ReasonField)
        await player.types(f"Bij item {table.key[0]} gaf het voorbeeld de doorslag.")
        await player.press("enter")
        await player.typing_in(ConsensusMap)
    await player.see("alle 12 definitief")
    await player.saved()
    file = player.file("consensus")
    assert [row["value"] for row in file["answer"]] == FINAL and file["date"] == date(2026, 11, 22)
    reasons = {row["item"]: row["note"] for row in file["answer"] if row.get("note")}
    assert reasons == {item: f"Bij item {item} gaf het voorbeeld de doorslag." for item in AGREED}
    for code, scores in (("a1", FIRST), ("a2", SECOND)):
        assert [row["value"] for row in player.file("zelf-scoren", code)["answer"]] == scores


async def conclude(player: Player) -> None:
    """A whole, a strength, and two points to improve with a recommendation each."""
    await player.opens("conclusies")
    await adds(player, "+text", "De visie staat, de uitvoering groeit.")
    await adds(player, "+strength", "Ervaringsdeskundigen doen mee in het beleid.")
    for number, (point, advice) in enumerate([("Scholing is dun.", "Maak een leerplan."), ("Tijd.", "Rooster uren.")]):
        await adds(player, "+improvement", point)
        made = player.file("conclusies")["improvement"][number]["id"]
        await adds(player, f"+r-{made}", advice)
    file = player.file("conclusies")
    assert file["text"] == "De visie staat, de uitvoering groeit."
    assert [row["text"] for row in file["strength"]] == ["Ervaringsdeskundigen doen mee in het beleid."]
    points = {row["id"]: row["text"] for row in file["improvement"]}
    assert [(points[row["improvement"]], row["text"]) for row in file["recommendation"]] == [
        ("Scholing is dun.", "Maak een leerplan."),
        ("Tijd.", "Rooster uren."),
    ]
    await player.see("Maak een leerplan.", "Rooster uren.")


async def adds(player: Player, row: str, text: str) -> None:
    """Opens the form of a row with enter, types, and is done."""
    await player.points_at(row)
    await player.press("enter")
    await player.form()
    await player.types(text)
    await player.done()


async def skip_fact_check(player: Player) -> None:
    """An optional step is skipped with a reason, by the palette."""
    await player.opens("feitencontrole")
    await player.press("ctrl+p")
    await player.on(Palette)
    await player.types("overslaan")
    await player.see("Deze stap overslaan")
    await player.press("enter")
    await player.on(Ask)
    await player.fills("De projectleider was met verlof.")
    await player.see("Overgeslagen: De projectleider was met verlof.")
    await player.saved()
    assert player.file("feitencontrole")["skipped"] == "De projectleider was met verlof."


async def report(player: Player) -> None:
    """The report is read and searched, and made definitive; what it fixed cannot be changed any more."""
    await player.opens("verslag")
    pane = player.measurement.pane
    assert isinstance(pane, ReportPane)
    await player.until(lambda: pane.is_ready)
    await player.see("Concept", "Zuiderlicht")
    await player.press("pagedown", "home", "slash")
    await player.types("leerplan\n")
    await player.see("Maak een leerplan.")
    await player.press("escape")
    await player.press("d")
    await player.on(DefinitiveDialog)
    await player.press("ctrl+s")
    await player.on(Confirm)
    await player.press("j")
    await player.see("Het verslag is definitief: versie 1.")
    (version,) = player.file("verslag")["version"]
    assert (version["date"], version["by"]) == (date(2026, 11, 22), "a2")
    await player.opens("consensus")
    await player.press("1")
    await player.see("Het verslag is definitief")
    assert [row["value"] for row in player.file("consensus")["answer"]] == FINAL


async def feed_back(player: Player) -> None:
    """The facts of the feedback, one form after another."""
    await player.opens("terugkoppelen")
    await player.press("enter")
    await player.form()
    await player.types("12-1-2027")
    await player.press("enter")
    await player.see("Groepen en functies die erbij waren")
    await player.form()
    await player.types("Projectgroep, cliëntenraad.")
    await player.done()
    await player.press("down", "enter")
    await player.form()
    await player.types("Herkenning, en verbazing over scholing.")
    await player.done()
    rows = {row["id"]: row["value"] for row in player.file("terugkoppelen")["fact"]}
    assert rows["terugkoppeling_datum"] == date(2027, 1, 12)
    assert rows["terugkoppeling_aanwezig"] == "Projectgroep, cliëntenraad."
    assert rows["terugkoppeling_besproken"] == "Herkenning, en verbazing over scholing."


async def act(player: Player) -> None:
    """Both recommendations become actions, with who and when."""
    await player.opens("actiepunten")
    for advice, who, due in (
        ("Maak een leerplan.", "Hanneke Post", "1-3-2027"),
        ("Rooster uren.", "Joris", "1-5-2027"),
    ):
        await player.see(advice)
        row = next(row["id"] for row in player.file("conclusies")["recommendation"] if row["text"] == advice)
        await player.points_at(f"+{row}")
        await player.press("enter")
        await player.form()
        await player.tab_to("who")
        await player.types(who)
        await player.tab_to("due")
        await player.types(due)
        await player.done()
    file = player.file("actiepunten")
    assert [(row["text"], row["due"]) for row in file["action"]] == [
        ("Maak een leerplan.", date(2027, 3, 1)),
        ("Rooster uren.", date(2027, 5, 1)),
    ]
    names = player.folder.workspace().names("zuiderlicht")
    assert [names[row["who"]] for row in file["action"]] == ["Hanneke Post", "Joris"]
    assert "Hanneke" not in str(file)


async def next_time(player: Player) -> None:
    """A year later: a measurement that follows the first, scored alike but for one item, laid beside it."""
    before = player.ref
    player.folder.now = player.folder.now.replace(year=2027, month=12, day=6)
    await player.press("escape", "escape")
    await player.on(OrganisationScreen)
    await player.see("1 meting")
    await new_measurement(player)
    assert player.ref == "zuiderlicht/mie/2027-12-06"
    assert player.file("assessment")["follows"] == before
    await player.goes_to("zelf-scoren")
    later = [5, *FINAL[1:]]
    for number, (code, name) in enumerate([("a1", ANNA), ("a2", BRAM)]):
        if number:
            await player.changes_seat("2", name)
        else:
            await player.see("Wie zit er achter het toetsenbord?")
            await player.press("1")
        await player.at("zelf-scoren")
        await score(player, code, later)
    await player.press("c")
    await player.at("consensus")
    await player.press("g")
    await player.see("alle 12 definitief")
    await player.saved()
    await player.press("ctrl+e")
    await player.on(CompareScreen)
    await player.see("Organisatiebrede visie", "+1")


async def at_the_start_again(player: Player) -> None:
    """Back to the first screen, where the organisation says what is next; and the app ends."""
    await player.press("escape")
    await player.on(MeasurementScreen)
    await player.press("escape", "escape")
    await player.on(OrganisationScreen)
    await player.see("2 metingen")
    await player.press("escape")
    await player.see("1 organisatie ·", "Zuiderlicht")
    await player.press("ctrl+q")
    await player.until(lambda: not player.app.is_running)
    assert player.app.return_value == 0
