"""The work of a step of the form report: the report as it will be, to read, to make definitive and to write out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.actions import bindings
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.reasons import ask_reason, message
from kwartier.tui.panes.report_dialogs import HeadingList, version_title
from kwartier.tui.panes.report_settling import ask_definitive, ask_reopen, versions_told
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import Choose, TextDialog
from kwartier.tui.widgets.document_lines import laid_out
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.workflow import settled
from kwartier.workflow.findings import Finding
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from pathlib import Path

    from kwartier.records.record import Record
    from kwartier.reports.document import Document
    from kwartier.workspace.documents import Variant

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
    ReportPane #sought { width: 1fr; }
    ReportPane #hits { width: auto; color: $text-muted; }
    ReportPane #sought { border: none; height: 1; padding: 0 1; width: 1fr; }
    ReportPane #sought-label { width: auto; }
    """

    def compose(self) -> ComposeResult:
        self.document: Document | None = None
        self._made_of: Record | None = None
        self._making = False
        self._agreement = True
        self.variant: Variant = "full"
        self._reader: str | None = None
        self._sought = ""
        yield Static(id="state")
        yield DocumentView(id="document")
        with Horizontal(id="search"):
            yield Static("Zoek: ", id="sought-label")
            yield PlainInput(id="sought", compact=True, placeholder="enter zoekt; dan n volgende, N vorige; esc klaar")
            yield Static(id="hits")

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
        self.run_worker(self._work(self.desk.record, self._wanted), group="report", exit_on_error=False)

    @property
    def _wanted(self) -> tuple[bool, Variant, str | None]:
        """Which report: with what each scored or without, which of the kinds, and for whom (None: for everyone)."""
        return self._agreement, self.variant, self._reader

    async def _work(self, record: Record, wanted: tuple[bool, Variant, str | None]) -> None:
        import asyncio

        workspace = await self.kwartier.workspace()
        try:
            agreement, variant, reader = wanted
            made = await asyncio.to_thread(
                workspace.document, self.desk.ref, agreement=agreement, variant=variant, viewer=reader
            )
        except KwartierError as error:
            self.kwartier.refuse(error)
            self._making, self._made_of = False, record
            return
        self._making, self._made_of, self.document = False, record, made
        self.query_one(DocumentView).show(partial(laid_out, made))
        if self.desk.record is not record or self._wanted != wanted:
            self._made_of = None
            self.draw()

    @property
    def is_ready(self) -> bool:
        """Whether the report that is shown is of the record as it is."""
        # After a look at the disk the same record is another object.
        return self.document is not None and self._made_of == self.desk.record and not self._making

    def _state(self) -> Content:
        """Where the report stands, and what asks for attention."""
        from kwartier.workspace.documents import variants

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
        if asked := self.asked(open_only=True):
            pieces.append(("\n! ", "bold $text-warning"))
            count = (
                f"{len(asked)} afwijking zonder reden" if len(asked) == 1 else f"{len(asked)} afwijkingen zonder reden"
            )
            pieces.append(f"{count} (b)")
        if self._reader is not None:
            pieces.append(("\n! ", "bold $text-warning"))
            pieces.append("Met wat alleen u mag lezen: geef dit niet zomaar door (p)")
        elif self.variant != "full":
            title = next((title for kind, title in variants(content) if kind == self.variant), "")
            pieces.append(f"\n{title}; p kiest een ander verslag")
        elif not self._agreement:
            pieces.append("\nZonder de scores van ieder apart (o)")
        return parts(*pieces)

    def aside(self) -> Content:
        """What stands out, then what the instrument says."""
        found = [
            parts(
                ("! " if one.open else "· ", "bold"),
                message(self, one),
                ("\nReden: " if one.reason else "", "$text-muted"),
                one.reason,
            )
            for one in self.desk.findings()
        ]
        return Content("\n\n").join(one for one in (*found, super().aside()) if one.plain)

    def focus_first(self) -> None:
        self.query_one(DocumentView).focus()

    # -- definitive, and open again

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done has a key: a report is definitive or it is not; there is a search or there is not."""
        if action in ("next_found", "previous_found"):
            return bool(self._sought) and self.has_class("-searching")
        if action in ("definitive", "reopen") and self.is_attached:
            return settled.is_definitive(self.desk.record, self.desk.content) is (action == "reopen")
        return super().check_action(action, parameters)

    async def action_definitive(self) -> None:
        """Asks who and when, and makes the report definitive."""
        await ask_definitive(self)

    async def action_reopen(self) -> None:
        """Opens a definitive report again, with a reason."""
        await ask_reopen(self)

    def action_versions(self) -> None:
        """The definitive versions, newest first, each with what changed since the one before."""
        told = versions_told(self.desk)
        if told is None:
            self.kwartier.tell("Er is nog geen definitieve versie.")
        else:
            self.app.push_screen(TextDialog("Versies van het verslag", told))

    # -- reasons for departures

    def asked(self, *, open_only: bool = False) -> list[Finding]:
        """What stands out and asks for a reason; perhaps only where there is none yet."""
        return [one for one in self.desk.findings() if (one.open if open_only else one.level == "reason")]

    def action_reasons(self) -> None:
        """Chooses a departure and asks its reason."""
        found = self.asked()
        if not found:
            self.kwartier.tell("Er is niets dat een reden vraagt.")
            return

        def chosen(finding: str | None) -> None:
            one = next((one for one in found if one.id == finding), None)
            if one is not None:
                ask_reason(self, one)

        options = [(one.id, f"{'○' if one.open else '✓'} {message(self, one)}") for one in found]
        self.app.push_screen(Choose("Waarvan wilt u de reden geven?", options), chosen)

    # -- a file

    async def action_write(self) -> None:
        """Asks which report, in which forms and where; writes it, and offers to open it."""
        if not self.is_ready:
            raise Misused("not-ready", "Het verslag wordt nog gemaakt.", advice="Probeer het zo nog eens.")
        from kwartier.tui.screens.export_report import ExportReport
        from kwartier.tui.screens.written import Written, files_told

        def answered(paths: list[Path] | None) -> None:
            if paths:
                self.app.push_screen(Written("Het verslag is geschreven", files_told(paths), paths))

        workspace = await self.kwartier.workspace()
        self.app.push_screen(ExportReport(self, workspace, self._reader, agreement=self._agreement), answered)

    def action_agreement(self) -> None:
        """With the scores of each apart, or without."""
        self._agreement = not self._agreement
        self._made_of = None
        self.draw()

    def action_variant(self) -> None:
        """Asks which kind is shown, and where something is private whether that is in it."""
        from kwartier.workspace.documents import variants

        kinds = variants(self.desk.content)
        own = self.desk.viewer if any(getattr(step, "private", False) for step in self.desk.content.step) else None
        options = [(f"{kind}/", title) for kind, title in kinds]
        if own is not None:
            options += [(f"{kind}/{own}", f"{title}, met wat u mag lezen") for kind, title in kinds]

        def chosen(choice: str | None) -> None:
            if choice is not None:
                kind, _, reader = choice.partition("/")
                self._show(kind, reader or None)

        text = "Zonder meer staat er alleen in wat voor iedereen is." if own is not None else ""
        self.app.push_screen(Choose("Welk verslag?", options, text), chosen)

    def _show(self, variant: Variant, reader: str | None) -> None:
        self.variant, self._reader = variant, reader
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
        self._find()

    def action_previous_found(self) -> None:
        """To the place before where it stands."""
        self._find(back=True)

    def _find(self, *, back: bool = False) -> None:
        view = self.query_one(DocumentView)
        if self._sought and not view.find(self._sought, back=back):
            self.kwartier.tell("Dat staat niet in het verslag.")
        here, of = view.hits(self._sought)
        told = f" {here} van {of} " if of else " niet gevonden " if self._sought else ""
        self.query_one("#hits", Static).update(told)
        self.refresh_bindings()

    @on(Input.Submitted, "#sought")
    def _searched(self, event: Input.Submitted) -> None:
        event.stop()
        self._sought = event.value
        self.action_next_found()
        if self.query_one(DocumentView).hits(self._sought)[1]:
            self.query_one(DocumentView).focus()  # so that n and N go on

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.has_class("-searching"):
            event.stop()
            event.prevent_default()
            self.remove_class("-searching")
            self._sought = ""
            self.query_one(DocumentView).forget_found()
            self.focus_first()
