"""How a group of students stands, per item in counts: no names, no codes, and a warning where persons can be known."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from kwartier.analysis.cohort import WARNING, Group
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.screens.student_dialogs import replacing
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.group_table import GroupTable
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.instrument.model import Content
    from kwartier.workspace import Workspace

ALL, APART = "", "apart"
_LETTER = "parameter-"


class GroupScreen(Screen[None], Guarded):
    """Counts over the newest portfolio of each student of an organisation."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("group")
    DEFAULT_CSS = """
    GroupScreen {
        #told { height: auto; max-height: 3; padding: 0 2; }
        #small { height: auto; padding: 0 2; color: $text-warning; text-style: bold; display: none; }
        &.-small #small { display: block; }
        .detail { height: 3; border-top: solid $panel; padding: 0 2; color: $text-muted; }
    }
    """
    AUTO_FOCUS = None

    def __init__(self, workspace: Workspace, slug: str) -> None:
        super().__init__()
        self._workspace, self._slug = workspace, slug
        self._asked: dict[str, str] = {}
        self._instrument = ""
        self._moment = ""
        self._found: Group | None = None

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("", id="told")
        yield Static("", id="small")
        yield GroupTable(id="group")
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(GroupTable).focus()
        self.query_one(Heading).draw([self._slug, "Groep"], state="bezig…")
        self.look()

    def look(self) -> None:
        """Counts in a thread, and shows the counts."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        found = await asyncio.to_thread(self._read)
        if self.is_running:
            self._found, self._instrument = found, found.instrument
            self._draw()

    def _read(self) -> Group:
        parameters = {
            name.removeprefix(_LETTER): value
            for name, value in self._asked.items()
            if name.startswith(_LETTER) and value != ALL
        }
        return self._workspace.group(
            self._slug,
            self._instrument or self._first(),
            parameters=parameters,
            profile=self._asked.get("profile", ""),
            apart=self._asked.get("apart") == APART,
        )

    def _first(self) -> str:
        """The instrument about students that is used most here; empty where there is none, which is refused."""
        about = {one.id for one in self._workspace.instruments() if one.header and one.header.subject == "student"}
        used = [ref.instrument for ref in self._workspace.assessments(self._slug) if ref.instrument in about]
        return max(sorted(set(used)), key=used.count, default="")

    def _draw(self) -> None:
        found = self._found
        assert found is not None
        name = self._workspace.organisation(self._slug).name
        titles = dict(found.moments)
        moment = titles.get(self._moment, "") or found.own_title or "zelf"
        where = f"{found.students} student{'' if found.students == 1 else 'en'} · {moment.lower()}"
        self.query_one(Heading).draw(["kwartier", name, "Groep"], where=where)
        self.query_one("#told", Static).update(line(self._about(found), 400))
        self.query_one("#small", Static).update(shown(f"! {WARNING}"))
        self.set_class(found.small, "-small")
        self.query_one(GroupTable).show(found, self._moment if self._moment in titles else "")

    def _about(self, found: Group) -> str:
        chosen = [value for name, value in self._asked.items() if value and name != "apart"]
        told = ["Gekozen: " + ", ".join(chosen) if chosen else "Alle niveaus en opleidingen (k kiest)"]
        told += [", ".join(f"{count} bij {level}" for level, count in found.levels.items() if level)]
        aside = {"op slot": found.locked, "niet te lezen": found.unreadable, "met iets anders": found.others}
        left = "; ".join(f"{count} {word}" for word, count in aside.items() if count)
        told += [f"niet meegeteld: {left}" if left else ""]
        return " · ".join(text for text in told if text)

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        self.query_one("#detail", Static).update(self.query_one(GroupTable).detail())

    # -- keys

    def action_choose(self) -> None:
        """Chooses a level and a programme, and whether levels are counted apart."""

        async def show() -> None:
            found = self._require()
            content = await asyncio.to_thread(self._workspace.content, found.instrument)
            profiles = [
                (one.id, one.profile.title)
                for one in await asyncio.to_thread(self._workspace.profiles)
                if one.profile is not None and one.profile.instrument == found.instrument
            ]
            await self.app.push_screen(ChooseGroup(content, profiles, self._asked), answered)

        def answered(asked: dict[str, str] | None) -> None:
            if asked is not None:
                self._asked = asked
                self.look()

        begin(self, show, group="doing")

    def action_moment(self) -> None:
        """The counts of the next moment: what students say themselves, then what was agreed on."""
        found = self._require()
        order = ["", *(step for step, _ in found.moments)]
        self._moment = order[(order.index(self._moment) + 1) % len(order)] if self._moment in order else ""
        self._draw()

    def action_write(self) -> None:
        """Writes the counts to a file."""

        def answered(path: str | None) -> None:
            if path:
                self.kwartier.tell(f"Klaar: {path}")

        self.app.push_screen(WriteGroup(self._workspace, self._slug, self._require()), answered)

    def _require(self) -> Group:
        if self._found is None:
            raise Misused("not-read", "Er is nog niets geteld.", advice="Wacht een tel.")
        return self._found

    def action_look_again(self) -> None:
        """Counts again."""
        self.look()

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss(None)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Een groep studenten", "bold"),
            "\n\nVan elke student telt het nieuwste portfolio. Per item ziet u hoe vaak iets gekozen is, als getal en "
            "als balk; per deel de som. Bewijs telt alleen als iedereen het mag lezen, en wie op slot is telt alleen "
            "als zodanig. Er is geen cijfer over de groep. Bij minder dan vijf studenten zijn mensen te herkennen.",
        )


class ChooseGroup(FormDialog[dict[str, str]]):
    """Which portfolios count."""

    OK = "Tellen"

    def __init__(self, content: Content, profiles: list[tuple[str, str]], now: dict[str, str]) -> None:
        fields = [
            Field(
                f"{_LETTER}{one.id}",
                one.title,
                now.get(f"{_LETTER}{one.id}", ALL),
                options=((ALL, "alle"), *((str(value), f"{one.id} {value}") for value in one.values)),
            )
            for one in content.parameter
        ]
        if profiles:
            options = ((ALL, "alle"), *profiles)
            fields.append(Field("profile", "Opleiding", now.get("profile", ALL), options=options))
        apart = ((ALL, "samen"), (APART, "elk niveau apart"))
        fields.append(Field("apart", "Niveaus", now.get("apart", ALL), options=apart))
        super().__init__("Welke portfolio's tellen mee?", fields)

    async def save(self, values: dict[str, str]) -> dict[str, str]:
        return values


class WriteGroup(FormDialog[str]):
    """The counts as a table (csv) or for programs (json); gives the path."""

    OK = "Schrijven"
    LABEL = 10

    def __init__(self, workspace: Workspace, slug: str, found: Group) -> None:
        self._workspace, self._group, self._slug = workspace, found, slug
        path = Path.home() / f"{slug}-groep.csv"
        super().__init__(
            "De aantallen naar een bestand",
            [Field("path", "Bestand", str(path))],
            "Een naam op .csv maakt een tabel, op .json iets voor programma's, op .pdf, .docx of .html een verslag.",
        )

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost."""
        return []

    async def save(self, values: dict[str, str]) -> str:
        path = path_of(values["path"])
        name = await asyncio.to_thread(lambda: self._workspace.organisation(self._slug).name)
        work = partial(self._workspace.write_group, path, self._group, title=name)
        try:
            await replacing(self, path, work)
        except Refused as error:
            if error.code != "small-group":
                raise
            text = f"{WARNING}\nMag u dit bestand hebben, en bewaart u het zorgvuldig?"
            ask = Confirm("Minder dan vijf studenten", text, yes="Schrijven", no="Niet doen")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets geschreven.", advice="Kies een grotere groep.") from error
            await replacing(self, path, partial(work, small=True))
        return str(path)
