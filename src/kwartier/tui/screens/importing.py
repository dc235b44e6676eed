"""Takes over results from a table: of which instrument, from which files and of when; then the preview."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from kwartier.errors import Misused, Refused
from kwartier.text import one_line
from kwartier.tui.safe import shown
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.screens.importing_paths import TablePaths
from kwartier.tui.screens.importing_preview import ImportPreview
from kwartier.tui.screens.new_measurement import InstrumentPick
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.working import begin
from kwartier.workspace.importing_values import Wish, Written

if TYPE_CHECKING:
    from kwartier.instrument.model import Content, Header, Parameter
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Listing, Workspace
    from kwartier.workspace.importing import Seen

_MOST_MOMENTS = 6
_LOW = 30
"""On a screen with fewer lines the fields scroll, so that a refusal and the buttons stay in sight."""

_PATHS = ("path", "path-2")
_FROM_TABLE = ("", "staat in de tabel")


def begin_importing(app: KwartierApp) -> None:
    """Asks which instrument, then which table; tells what was done."""
    begin(app, lambda: _import(app), exclusive=True, group="importing")


async def _import(app: KwartierApp) -> None:
    from kwartier.workspace.importing_words import told

    workspace = await app.workspace()
    instrument = await app.push_screen_wait(TableInstrument(workspace.instruments()))
    if not instrument:
        return
    listing = next(one for one in workspace.instruments() if one.id == instrument)
    content = await asyncio.to_thread(workspace.content, instrument)
    assert listing.header is not None
    written = await app.push_screen_wait(TableChoice(workspace, listing.header, content))
    if written is not None:
        app.tell(told(written))


class TableInstrument(InstrumentPick):
    """Of which instrument the results are."""

    help_text = "Kies van welk instrument de uitslagen in de tabel zijn."

    def __init__(self, listings: Sequence[Listing]) -> None:
        super().__init__(listings)
        self._title = "Tabel overnemen: van welk instrument?"


class TableChoice(FormDialog[Written]):
    """Gives what was written. Going back from the preview to this form keeps what was typed."""

    OK = "Bekijken"
    help_text = (
        "Typ waar de tabel staat: een CSV of een rekenblad (.xlsx). De pijl naar rechts neemt over wat grijs "
        "verschijnt. Staat de datum niet in de tabel, typ die dan hier: een dag, of alleen een maand zoals juni 2011. "
        "Met ctrl+s ziet u eerst wat het wordt; er wordt nog niets bewaard."
    )

    def __init__(self, workspace: Workspace, header: Header, content: Content) -> None:
        self._workspace, self._header, self._content = workspace, header, content
        self._moments = next((one for one in content.parameter if one.moments), None)
        self._done = self._of = 0
        super().__init__(f"Tabel overnemen: {header.short}", self._fields_of())

    def _fields_of(self) -> list[Field]:
        fields = [
            Field("path", "Bestand", hint="de CSV of het rekenblad (.xlsx)"),
            Field("path-2", "Nog een bestand", hint="mag leeg: zoals doelen bij scores"),
            Field("source", "Bron", hint="leeg: de naam van het bestand"),
        ]
        for one in self._content.parameter:
            options = (_FROM_TABLE, *((str(value), f"{one.id} {value}") for value in one.values))
            fields.append(Field(f"parameter-{one.id}", one.id[:1].upper() + one.id[1:], options=options))
        hint = "leeg: in de tabel; anders juni 2011"
        for name, title in self._dates():
            fields.append(Field(f"date-{name}", title, hint=hint))
        fields.append(Field("sheet", "Blad", hint="alleen bij meer bladen"))
        return fields

    def _dates(self) -> list[tuple[str, str]]:
        """The dates that may have to be said: of each of successive measurements, or one of all rows."""
        moments: Parameter | None = self._moments
        if moments is None or len(moments.values) > _MOST_MOMENTS:
            return [("all", "Datum")]
        return [(str(value), f"Datum {moments.id} {value}") for value in moments.values]

    def _widget(self, one: Field) -> Input | ChoiceField | DateInput | ChoiceList:
        made = super()._widget(one)
        if one.id in _PATHS and isinstance(made, Input):
            made.suggester = TablePaths()
        return made

    def on_mount(self) -> None:
        self.query_one("#fields").styles.max_height = 11 if self.app.size.height < _LOW else 17

    def _wish(self, values: dict[str, str]) -> Wish:
        paths = [path_of(values[name]) for name in _PATHS if values[name].strip()]
        if not paths:
            raise Misused("no-table-given", "Typ waar de tabel staat.")
        dates = []
        for name, _ in self._dates():
            if typed := values[f"date-{name}"].strip():
                dates.append(typed if self._moments is None or name == "all" else f"{self._moments.id}={name}:{typed}")
        start = len("parameter-")
        given = {name[start:]: value for name, value in values.items() if name.startswith("parameter-") and value}
        return Wish(
            instrument=self._header.id,
            files=tuple(paths),
            sheet=values["sheet"].strip(),
            source=values["source"].strip(),
            dates=tuple(dates),
            parameters=given,
        )

    async def save(self, values: dict[str, str]) -> Written:
        wish = self._wish(values)
        timer = self.set_interval(0.2, self._tell_progress)
        try:
            seen = await asyncio.to_thread(self._look, wish)
        finally:
            timer.stop()
        if seen.questions:
            asked = " ".join(one_line(one.title, 80) for one in seen.questions[:3])
            raise Misused("import-asked", f"Dit staat niet in de tabel: {asked}", advice="Vul het hierboven in.")
        written = await self.app.push_screen_wait(ImportPreview(self._workspace, seen))
        if written is None:
            raise Refused("not-taken-over", "Er is nog niets overgenomen.")
        return written

    def _look(self, wish: Wish) -> Seen:
        def progress(done: int, of: int) -> None:
            self._done, self._of = done, of

        return self._workspace.preview_tables(wish, progress=progress)

    def _tell_progress(self) -> None:
        if self._of:
            self.query_one("#refusal", Static).update(shown(f"Lezen… {self._done} van {self._of}"))
