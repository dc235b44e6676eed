"""The work of a step of the form report: the report as it will be, to read, to make definitive and to write out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.reports.phrases import with_names
from kwartier.tui.actions import bindings
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.report_dialogs import (
    DefinitiveDialog,
    HeadingList,
    Settling,
    change_words,
    meaning,
    version_title,
)
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm, TextDialog
from kwartier.tui.widgets.document_lines import laid_out
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.workflow import settled
from kwartier.workflow.findings import Finding
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.records.record import Record
    from kwartier.reports.document import Document
    from kwartier.workspace import Workspace

AGAIN = 0.1
"""Seconds after which is looked again whether everything is on disk."""


class ReportPane(Pane):
    """What stands on disk makes the report, so what was changed here is waited for."""

    scope = "report"
    BINDINGS: ClassVar[list[BindingType]] = bindings("report")
    DEFAULT_CSS = """
    ReportPane #state { height: auto; max-height: 4; }
    ReportPane #search { height: 1; display: none; }
    ReportPane.-searching #search { display: block; }
    ReportPane #sought { border: none; height: 1; padding: 0 1; width: 1fr; }
    ReportPane #sought-label { width: auto; }
    """

    def compose(self) -> ComposeResult:
        self.document: Document | None = None
        self._made_of: Record | None = None
        self._making = False
        self._agreement = True
        self._sought = ""
        yield Static(id="state")
        yield DocumentView(id="document")
        with Horizontal(id="search"):
            yield Static("Zoek: ", id="sought-label")
            yield Input(id="sought", compact=True, placeholder="enter volgende, esc klaar")

    # -- the report, made beside the screen

    def draw(self) -> None:
        self.query_one("#state", Static).update(self._state())
        self.refresh_bindings()
        if self.desk.record is not self._made_of:
            self._make()

    def _make(self) -> None:
        """Makes the report anew once everything is on disk; one at a time, and the newest wins."""
        if self._making or not self.is_attached:
            return
        if self.desk.is_dirty and self.measurement.keeper.trouble is None:
            self.set_timer(AGAIN, self._make)
            return
        self._making = True
        record, agreement = self.desk.record, self._agreement
        self.run_worker(self._work(record, agreement), group="report", exit_on_error=False)

    async def _work(self, record: Record, agreement: bool) -> None:
        import asyncio

        workspace = await self.kwartier.workspace()
        try:
            made = await asyncio.to_thread(workspace.document, self.desk.ref, agreement=agreement)
        except KwartierError as error:
            self.kwartier.refuse(error)
            self._making, self._made_of = False, record
            return
        self._making, self._made_of, self.document = False, record, made
        self.query_one(DocumentView).show(partial(laid_out, made))
        if self.desk.record is not record or self._agreement is not agreement:
            self._made_of = None
            self.draw()

    @property
    def is_ready(self) -> bool:
        """Whether the report that is shown is of the record as it is."""
        # After a look at the disk the same record is another object.
        return self.document is not None and self._made_of == self.desk.record and not self._making

    def _state(self) -> Content:
        """Where the report stands, and what asks for attention."""
        record, content = self.desk.record, self.desk.content
        made = settled.versions(record, content)
        pieces: list[Part] = []
        if settled.is_definitive(record, content):
            by = self.desk.name(made[-1].by) if made[-1].by else ""
            pieces.append((version_title(len(made), made[-1].date, by), "bold"))
            pieces.append(" – definitief")
        elif made:
            pieces.append((f"Heropend op {short(made[-1].reopened or made[-1].date)}", "bold"))
            pieces.append(f", wordt versie {len(made) + 1}. Reden: {made[-1].reason}")
        else:
            pieces.append(("Concept", "bold"))
        if asked := self._asked(open_only=True):
            pieces.append(("\n! ", "bold $text-warning"))
            count = (
                f"{len(asked)} afwijking zonder reden" if len(asked) == 1 else f"{len(asked)} afwijkingen zonder reden"
            )
            pieces.append(f"{count} (b)")
        if not self._agreement:
            pieces.append("\nZonder de scores van ieder apart (o)")
        return parts(*pieces)

    def aside(self) -> Content:
        """What stands out, then what the instrument says."""
        names = self._names()
        found = [
            parts(
                ("! " if one.open else "· ", "bold"),
                with_names(one.message, names),
                ("\nReden: " if one.reason else "", "$text-muted"),
                one.reason,
            )
            for one in self.desk.findings()
        ]
        return Content("\n\n").join(one for one in (*found, super().aside()) if one.plain)

    def _names(self) -> dict[str, str]:
        return {one.id: self.desk.name(one.id) for one in self.desk.record.envelope.person}

    def focus_first(self) -> None:
        self.query_one(DocumentView).focus()

    # -- definitive, and open again

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done has a key: a report is definitive or it is not."""
        if action in ("definitive", "reopen") and self.is_attached:
            return settled.is_definitive(self.desk.record, self.desk.content) is (action == "reopen")
        return super().check_action(action, parameters)

    async def action_definitive(self) -> None:
        """Asks who and when, and makes the report definitive."""
        desk = self.desk
        if desk.locked:
            raise Refused("locked", desk.locked)
        if settled.is_definitive(desk.record, desk.content):
            raise Refused(
                "is-definitive", "Het verslag is al definitief.", advice="Heropenen kan met h, met een reden."
            )
        settled.require_all_agreed(desk.record, desk.content)
        workspace = await self.kwartier.workspace()
        if errors := self.measurement.save_now():
            raise errors[0]
        unfinished = [one.title for one in workspace.unfinished(desk.ref)]
        number = len(settled.versions(desk.record, desk.content)) + 1
        text = meaning(number, unfinished, self._asked(open_only=True))
        who = desk.name(desk.viewer) if desk.viewer else ""

        async def answered(one: Settling | None) -> None:
            if one is not None:
                await self.measurement.do(
                    lambda: workspace.finalise(desk.ref, by=one.by or None, on=one.day),
                    told=f"Het verslag is definitief: versie {number}.",
                )

        self.app.push_screen(DefinitiveDialog(text, who, desk.today), answered)

    async def action_reopen(self) -> None:
        """Opens a definitive report again, with a reason."""
        desk = self.desk
        if not settled.is_definitive(desk.record, desk.content):
            raise Refused("not-definitive", "Het verslag is niet definitief.", advice="U kunt gewoon verder werken.")
        workspace = await self.kwartier.workspace()

        async def answered(reason: str | None) -> None:
            if reason is not None:
                await self.measurement.do(
                    lambda: workspace.reopen_report(desk.ref, reason=reason), told="De meting is weer open."
                )

        told = (
            "De definitieve versie blijft bewaard. Wat vastlag, kan weer veranderen; het volgende definitieve verslag "
            "zegt wat er veranderd is, en noemt deze reden. Dit kan niet ongedaan gemaakt worden.\n\nWaarom?"
        )
        self.app.push_screen(Ask("De meting heropenen", told, lines=True, ok="Heropenen (ctrl+s)"), answered)

    def action_versions(self) -> None:
        """The definitive versions, newest first, each with what changed since the one before."""
        record, content = self.desk.record, self.desk.content
        made = settled.versions(record, content)
        if not made:
            self.kwartier.tell("Er is nog geen definitieve versie.")
            return
        pieces: list[Part] = []
        for place in reversed(range(len(made))):
            one = made[place]
            by = self.desk.name(one.by) if one.by else ""
            pieces.append((f"{version_title(place + 1, one.date, by)}\n", "bold"))
            if one.reopened:
                pieces.append(f"Heropend op {short(one.reopened)}: {one.reason}\n")
            if place:
                changed = settled.changes(content, made[place - 1], one)
                pieces.append(f"Veranderd sinds versie {place}:\n" if changed else f"Gelijk aan versie {place}.\n")
                pieces += [f"• {change_words(change)}\n" for change in changed]
            pieces.append("\n")
        self.app.push_screen(TextDialog("Versies van het verslag", parts(*pieces)))

    # -- reasons for departures

    def _asked(self, *, open_only: bool = False) -> list[Finding]:
        return [one for one in self.desk.findings() if (one.open if open_only else one.level == "reason")]

    def action_reasons(self) -> None:
        """Chooses a departure and asks its reason."""
        found = self._asked()
        if not found:
            self.kwartier.tell("Er is niets dat een reden vraagt.")
            return
        names = self._names()

        def chosen(finding: str | None) -> None:
            one = next((one for one in found if one.id == finding), None)
            if one is not None:
                self._ask_reason(one, with_names(one.message, names))

        options = [(one.id, f"{'○' if one.open else '✓'} {with_names(one.message, names)}") for one in found]
        self.app.push_screen(Choose("Waarvan wilt u de reden geven?", options), chosen)

    def _ask_reason(self, finding: Finding, message: str) -> None:
        async def answered(text: str | None) -> None:
            if text is None:
                return
            workspace = await self.kwartier.workspace()
            self.measurement.keeper.collect()
            # Nothing of this step is edited here, so nothing that can be undone is forgotten.
            self.desk.act(lambda: workspace.give_reason(self.desk.ref, finding.id, text), self.step.id)
            self.kwartier.tell("De reden is bewaard en komt in het verslag.")
            self.measurement.given()

        dialog = Ask("Reden", f"{message}\nDe reden komt in het verslag.", value=finding.reason, lines=True)
        self.app.push_screen(dialog, answered)

    # -- a file

    async def action_write(self) -> None:
        """Asks where, and writes the report there."""
        if not self.is_ready:
            raise Misused("not-ready", "Het verslag wordt nog gemaakt.", advice="Probeer het zo nog eens.")
        from kwartier.workspace import writers

        known = writers()
        workspace = await self.kwartier.workspace()
        if len(known) == 1:
            self._ask_path(workspace, next(iter(known)), "")
            return

        def chosen(form: str | None) -> None:
            if form is not None:
                self._ask_path(workspace, form, "")

        self.app.push_screen(Choose("In welke vorm?", [(one, one) for one in known]), chosen)

    def _ask_path(self, workspace: Workspace, form: str, typed: str) -> None:
        name = f"verslag-{self.desk.ref.replace('/', '-')}.{form}"

        def answered(text: str | None) -> None:
            if text is not None:
                self._write(workspace, form, text)

        dialog = Ask("Het verslag naar een bestand", "De map en de naam.", value=typed or str(Path.cwd() / name))
        self.app.push_screen(dialog, answered)

    def _write(self, workspace: Workspace, form: str, typed: str, *, overwrite: bool = False) -> None:
        from kwartier.workspace import writers

        assert self.document is not None
        path = Path(typed.strip()).expanduser()
        try:
            workspace.write_out(path, writers()[form](self.document).encode(), overwrite=overwrite)
        except Refused as error:
            if error.code == "file-exists":
                self._ask_overwrite(workspace, form, typed)
                return
            self.kwartier.refuse(error)
            self._ask_path(workspace, form, typed)
            return
        self.kwartier.tell(f"Geschreven: {path}")

    def _ask_overwrite(self, workspace: Workspace, form: str, typed: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._write(workspace, form, typed, overwrite=True)
            else:
                self._ask_path(workspace, form, typed)

        self.app.push_screen(Confirm("Dit bestand bestaat al", f"{typed}\nVervangen?", yes="Vervangen"), answered)

    def action_agreement(self) -> None:
        """With the scores of each apart, or without."""
        self._agreement = not self._agreement
        self._made_of = None
        self.draw()

    # -- finding one's way

    def action_go_to(self) -> None:
        """Chooses a heading and goes there."""
        view = self.query_one(DocumentView)
        places = view.headings
        if not places:
            return

        def chosen(line: int | None) -> None:
            if line is not None:
                view.go_to_line(line)
                view.focus()

        self.app.push_screen(HeadingList(places), chosen)

    def action_search(self) -> None:
        """Opens the box to search in."""
        self.add_class("-searching")
        self.query_one("#sought").focus()

    def action_next_found(self) -> None:
        """To the next place where it stands."""
        if self._sought and not self.query_one(DocumentView).find(self._sought):
            self.kwartier.tell("Dat staat niet in het verslag.")

    @on(Input.Submitted, "#sought")
    def _searched(self, event: Input.Submitted) -> None:
        event.stop()
        self._sought = event.value
        self.action_next_found()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.has_class("-searching"):
            event.stop()
            event.prevent_default()
            self.remove_class("-searching")
            self.query_one(DocumentView).forget_found()
            self.focus_first()
