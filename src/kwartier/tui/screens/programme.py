"""One programme: its items with the outcomes that they serve, its tasks and outcomes, its modules; and linking them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused
from kwartier.instrument.check_profile import asked_items
from kwartier.instrument.profiling import items_of, outcomes_of, study_load
from kwartier.text import one_line
from kwartier.tui.actions import bindings
from kwartier.tui.safe import Part, parts, shown
from kwartier.tui.screens.dialogs import Confirm, TextDialog
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.two_lists import TwoLists
from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.instrument.model import Content, Profile
    from kwartier.instrument.profiling import Unlinked
    from kwartier.workspace import Workspace
    from kwartier.workspace.programme_use import Behind

_ITEM, _OUTCOME = "item\n", "uitkomst\n"


class Known(NamedTuple):
    """What was read."""

    profile: Profile
    content: Content
    open: Unlinked
    behind: Behind
    names: dict[str, str]
    "The names of organisations by slug."


class ProgrammeScreen(TwoLists[Known]):
    """Items left, with what they serve; the programme itself right. Enter on an item links it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("programme")
    LISTS = ("items", "outcomes")
    UNREAD = ("Deze opleiding is niet gelezen.", "Bovenaan staat waarom, of wacht een tel.")

    def __init__(self, workspace: Workspace, id: str) -> None:
        super().__init__("Opleidingen", id)
        self.workspace, self._profile = workspace, id

    # -- what it shows

    def _read(self) -> Known:
        ws = self.workspace
        profile = ws.profile(self._profile)
        behind = ws.behind(self._profile)
        names = {slug: one.name for slug, one in ws.organisations() if one is not None} if behind.refs else {}
        return Known(profile, ws.content(profile.instrument), ws.unlinked(self._profile), behind, names)

    def _draw(self, known: Known) -> None:
        one = known.profile
        left = len(known.open.items)
        where = "alles gekoppeld" if not left else f"{left} nog niet gekoppeld"
        self.query_one(Heading).draw(["kwartier", "Opleidingen", one.title], where=where)
        pieces: list[Part] = []
        if known.behind.refs:
            number = len(known.behind.refs)
            what = "1 portfolio heeft" if number == 1 else f"{number} portfolio's hebben"
            pieces.append((f"! {what} nog de oude koppelingen (b werkt ze bij)\n", "$text-warning bold"))
        pieces.append(one_line(" · ".join(filter(None, [one.school, one.edition, one.source])) or one.title, 150))
        if one.note:
            pieces.append(f"\n{one_line(one.note, 150)}")
        if known.behind.shut:
            pieces.append(f"\nVan wat op slot is ({known.behind.shut}) is niet bekend of de koppelingen oud zijn.")
        self.query_one("#who", Static).update(parts(*pieces))
        self.first.show(list(_items(known)))
        self.second.show(list(_outcomes(known)))

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        key = event.lines.chosen if isinstance(event.lines, GroupedLines) else ""
        if key.startswith(_ITEM):
            self._link(key.removeprefix(_ITEM))
        elif key.startswith(_OUTCOME):
            self._read_outcome(key.removeprefix(_OUTCOME))

    def action_link(self) -> None:
        """Chooses which outcomes the item that is pointed at serves."""
        key = self.first.chosen
        if not key.startswith(_ITEM):
            raise Misused("none-chosen", "Wijs eerst links een item aan.")
        self._link(key.removeprefix(_ITEM))

    def _link(self, item: str) -> None:
        def answered(told: str | None) -> None:
            if told is not None:
                self.kwartier.tell(told)
                self.look()

        self.app.push_screen(LinkItem(self.workspace, self.known, item), answered)

    def _read_outcome(self, id: str) -> None:
        known = self.known
        one = next(each for each in known.profile.outcome if each.id == id)
        titles = {item.id: item.short or item.title for item in known.content.items()}
        items = items_of(known.profile, id, known.content)
        listed = "\n".join(f"{item}  {titles[item]}" for item in items) or "nog geen items"
        text = "\n\n".join(filter(None, [one.text, listed]))
        self.app.push_screen(TextDialog(f"{one.id}  {one.title}", shown(text)))

    def action_renew(self) -> None:
        """Brings the unfinished portfolios with the old links up to date, after a yes."""
        known = self.known
        if not known.behind.refs:
            self.kwartier.tell("Er zijn geen portfolio's met oude koppelingen.")
            return
        listed = [
            f"- {one_line(known.names.get(ref.organisation, ref.organisation), 30)}, {ref.subject}, {short(ref.date)}"
            for ref in known.behind.refs
        ]
        more = f"\n  en nog {len(listed) - 8}" if len(listed) > 8 else ""
        text = (
            "\n".join(listed[:8]) + more + "\nZij krijgen de koppelingen van nu; wat is ingevuld blijft. "
            "Dit kan niet ongedaan gemaakt worden."
        )

        async def renew() -> None:
            refused = []
            for ref in known.behind.refs:
                try:
                    await asyncio.to_thread(self.workspace.renew, str(ref))
                except KwartierError as error:
                    refused.append(f"{ref}: {error.message}")
            done = len(known.behind.refs) - len(refused)
            self.kwartier.tell(f"{done} bijgewerkt." if done else "Er is niets bijgewerkt.")
            self.look()
            if refused:
                await self.app.push_screen(TextDialog("Niet bijgewerkt", shown("\n\n".join(refused))))

        def answered(yes: bool | None) -> None:
            if yes:
                begin(self, renew, group="doing")

        number = len(known.behind.refs)
        title = f"{number} portfolio{'' if number == 1 else chr(39) + 's'} bijwerken?"
        self.app.push_screen(Confirm(title, text, yes="Bijwerken", no="Niet nu"), answered)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Een opleiding", "bold"),
            "\n\nLinks de items van het instrument met de uitkomsten waaraan zij bijdragen; ○ is nog niet gekoppeld. "
            "Enter kiest uitkomsten bij een item, ook meer dan één. Rechts de taken en uitkomsten van de opleiding, en "
            "de modules. Portfolio's die al lopen houden hun koppelingen, tot u ze bijwerkt (b).",
        )


def _items(known: Known) -> Iterator[Group]:
    asked = set(asked_items(known.content, known.profile.when))
    left = set(known.open.items)
    for section in known.content.section:
        if known.profile.sections and section.id not in known.profile.sections:
            continue
        rows = []
        for item in section.item:
            if item.id in asked:
                serves = ", ".join(outcomes_of(known.profile, item.id))
                sign, look = ("○", "warning") if item.id in left else ("●", "")
                words = ((item.id, 7), (item.short or item.title, -6))
                rows.append(Told(f"{_ITEM}{item.id}", sign, words, serves or "nog niet gekoppeld", look))
        if rows:
            yield Group(f"{section.id}  {section.title}", rows)


def _outcomes(known: Known) -> Iterator[Group]:
    profile = known.profile
    tasks = {one.id for one in profile.task}
    left = set(known.open.outcomes)
    groups = [(f"{number}. {task.title}", task.id) for number, task in enumerate(profile.task, 1)]
    for title, task in [*groups, (profile.outcome_words.capitalize(), "")]:
        rows = []
        for one in profile.outcome:
            if (one.task if one.task in tasks else "") == task:
                items = items_of(profile, one.id, known.content)
                sign, look = ("○", "warning") if one.id in left else ("●", "")
                words = ((one.id, 6), (one.title, -8))
                rows.append(Told(f"{_OUTCOME}{one.id}", sign, words, ", ".join(items) or "geen items", look))
        if rows:
            yield Group(title, rows)
    if profile.module:
        rows = [
            Told(
                f"module\n{one.id}",
                "·",
                ((one.title, -8),),
                " · ".join(filter(None, [f"{one.ec} EC" if one.ec is not None else "", ", ".join(one.outcomes)])),
            )
            for one in profile.module
        ]
        yield Group(f"Modules, samen {study_load(profile)} EC", rows)


class LinkItem(FormDialog[str]):
    """The outcomes that an item serves, ticked in a list; gives what is to be told."""

    OK = "Koppelen"
    LABEL = 2
    help_text = "Spatie zet een vinkje of haalt het weg. Zonder vinkje hoort het item nergens bij."

    def __init__(self, workspace: Workspace, known: Known, item: str) -> None:
        self._workspace, self._known, self._item = workspace, known, item
        profile = known.profile
        one = next(each for each in known.content.items() if each.id == item)
        ticks = tuple((each.id, f"{each.id}  {each.title}") for each in profile.outcome)
        now = ",".join(outcomes_of(profile, item))
        super().__init__(
            f"{item}  {one.short or one.title}",
            [Field("outcomes", "", now, ticks=ticks)],
            f"Aan welke {profile.outcome_words} draagt dit bij?",
        )

    async def save(self, values: dict[str, str]) -> str:
        chosen = [one for one in values["outcomes"].split(",") if one]
        profile = await asyncio.to_thread(self._workspace.link, self._known.profile.id, self._item, chosen)
        now = outcomes_of(profile, self._item)
        return f"{self._item} hoort bij {', '.join(now)}." if now else f"{self._item} hoort nergens meer bij."
