"""The work of a step of the form evidence: what the answers rest on, the items each piece is about, who reads it.

What is said of a piece stands in `evidence_texts`, its form in `evidence_form`, its file in `evidence_files`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static

from kwartier.instrument.model import AnyStep, EvidenceStep
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.records.tree import Tree
from kwartier.text import one_line
from kwartier.tui.actions import bindings
from kwartier.tui.forms import Form
from kwartier.tui.panes import evidence_files as files
from kwartier.tui.panes import evidence_texts as texts
from kwartier.tui.panes.evidence_form import PATH, fields_of, path_field
from kwartier.tui.panes.evidence_readers import ask_readers
from kwartier.tui.panes.row_lines import Line, removal
from kwartier.tui.panes.rows import RowsPane, bar_button
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import TextDialog
from kwartier.tui.widgets.row_list import RowList


class EvidencePane(RowsPane):
    """A link is text here: nothing is opened or fetched."""

    scope: ClassVar[str] = "evidence"
    BINDINGS: ClassVar[list[BindingType]] = bindings("evidence")
    DEFAULT_CSS = """
    EvidencePane {
        #rows { height: 1fr; min-height: 4; }
        #below { height: auto; max-height: 9; border-top: solid $panel; display: none; }
    }
    EvidencePane.-below #below { display: block; }
    """
    adding: ClassVar[str] = "Toevoegen"

    @classmethod
    def asks(cls, step: AnyStep) -> bool:
        """What somebody keeps private is for who that is."""
        return isinstance(step, EvidenceStep) and step.private

    def compose(self) -> ComposeResult:
        yield Static(id="told")
        yield RowList(id="rows")
        yield Static(id="below")
        with Horizontal(classes="bar"):
            yield bar_button(f"{self.adding} (t)", "add")
            yield bar_button("Bestand (b)", "attach")
            yield bar_button("Lezers (w)", "readers")
            yield bar_button("Alles delen (W)", "share")
            yield bar_button("Lezen (l)", "read")
            yield bar_button("Kopie (k)", "save_copy")
            yield bar_button("Reden (r)", "reason")

    async def on_mount(self) -> None:
        self.workspace = await self.kwartier.workspace()

    @property
    def form_step(self) -> EvidenceStep:
        """The step, as what it is."""
        assert isinstance(self.step, EvidenceStep)
        return self.step

    def evidence(self) -> tuple[Evidence, ...]:
        """The pieces that who sits here may see."""
        return self.desk.record.read(self.step.id, EvidenceFile).evidence

    @property
    def piece(self) -> Evidence | None:
        """The one that is pointed at."""
        pointed = self.query_one(RowList).pointed
        return next((row for row in self.evidence() if row.id == pointed), None)

    @property
    def closed(self) -> str:
        """Why nothing can be changed here; empty where it can."""
        if texts.is_owner(self.desk, self.form_step):
            return super().closed
        who = texts.whose(self.desk, self.form_step)
        if self.desk.viewer is None:
            return f"Dit houdt {who} bij; wie dat is, kiest zichzelf met ctrl+r. U ziet wat voor iedereen is."
        return f"Dit houdt {who} bij. U ziet wat met u gedeeld is."

    def point_at(self, *, item: str = "", row: str = "") -> None:
        self.query_one(RowList).point_at(row)

    async def action_coverage(self) -> None:
        """Which evidence serves which item."""
        await self.measurement.action_coverage()

    # -- drawing

    def told(self) -> list[Part | Content]:
        """Who reads what is put here, and which items nothing is about yet, once there is something."""
        found: list[Part | Content] = []
        rows = self.evidence()
        step = self.form_step
        if step.private and not self.closed:
            found.append("Wat u hier zet, leest alleen u, tot u zelf iets anders kiest (w).\n")
        about = {item for row in rows for item in row.items}
        left = [item.id for item in self.desk.content.items() if item.id not in about and not item.beside]
        if about and left and (not step.private or not self.closed):
            found += [(one_line(f"Nog geen {step.label} bij item {', '.join(left)}.", 150), "$text-muted"), "\n"]
        if self.closed and not rows:
            found.append("Er is hier niets dat u mag lezen.\n" if step.private else "")
        return found

    def lines(self) -> list[Line]:
        found = [self._line(row, number) for number, row in enumerate(self.evidence(), 1)]
        if not texts.is_owner(self.desk, self.form_step):
            return found
        adding = parts((f"{self.form_step.label} toevoegen", "$text-muted"))
        return [*found, Line(id="+add", sign="+  ", text=adding, adds=self._new)]

    def _line(self, row: Evidence, number: int) -> Line:
        name = f"{self.form_step.label} {number} weghalen"
        return Line(
            id=row.id,
            sign=f"{number}  ",
            text=texts.row_told(self.desk, self.form_step, row),
            opens=partial(self._form, row, number),
            removes=removal("evidence", row.id, name),
        )

    def draw(self) -> None:
        super().draw()
        self._draw_below()

    def _draw_below(self) -> None:
        """The detail stands beside the list; where there is no room for that, below it."""
        row = self.piece
        alone = self.measurement.has_class("-narrow") or self.measurement.has_class("-without-aside")
        wanted = alone and row is not None and self._has_detail
        self.set_class(wanted, "-below")
        if wanted and row is not None:
            self.query_one("#below", Static).update(texts.detail(self.desk, self.form_step, row, short_lists=True))

    @property
    def _has_detail(self) -> bool:
        """Whether there is more to a piece than its lines in the list tell."""
        return self.form_step.private or self.form_step.files or self.form_step.topics

    def aside(self) -> Content:
        row = self.piece if self.is_attached and self.query(RowList) else None
        if row is None or not self._has_detail:
            return super().aside()
        return texts.detail(self.desk, self.form_step, row)

    def _draw_bar(self) -> None:
        for action in ("add", "attach", "readers", "share", "read", "save_copy", "reason"):
            self.query_one(f"#{action}").display = self._can(action)
        self.refresh_bindings()

    def on_resize(self) -> None:
        if hasattr(self, "_by_id"):
            self._draw_below()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._draw_below()  # what all lists of rows do then, Textual does after this by itself
        self.measurement.draw_aside()

    # -- what can be done

    def _can(self, action: str) -> bool:
        row, step = self.piece, self.form_step
        if action == "save_copy":
            return row is not None and row.file is not None
        if action == "read":
            return row is not None and self._has_detail and bool(self.closed)
        if action == "attach":
            return step.files and row is not None and not self.closed
        if action == "readers":
            return step.private and row is not None and not self.closed
        if action == "share":
            return step.private and bool(self.evidence()) and not self.closed
        return super()._can(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeps from the footer what cannot be done here."""
        if action in ("save_copy", "read", "attach", "readers", "share") and self.is_attached:
            return hasattr(self, "_by_id") and self._can(action)
        return super().check_action(action, parameters)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self.closed and self._can("read"):
            event.stop()
            event.prevent_default()  # else Textual has all lists of rows answer too
            self.action_read()

    def action_read(self) -> None:
        """Shows all there is to a piece, to read."""
        if (row := self.piece) is not None:
            self.app.push_screen(TextDialog(row.title, texts.detail(self.desk, self.form_step, row)))

    def action_readers(self) -> None:
        """Chooses who reads the piece that is pointed at."""
        row = self.piece
        if row is None or not self._can("readers"):
            return

        def chosen(readers: list[str] | None) -> None:
            if readers is not None:
                given: Tree = {"evidence": [{"id": row.id, "readers": readers or ""}]}
                self.give(given, f"wie ‘{one_line(row.title, 40)}’ leest")

        ask_readers(self, self.form_step, f"Wie leest ‘{one_line(row.title, 40)}’?", row.readers, chosen)

    def action_share(self) -> None:
        """Chooses for all pieces at once who reads them."""
        rows = self.evidence()
        if not self._can("share"):
            return

        def chosen(readers: list[str] | None) -> None:
            if readers is not None:
                given: Tree = {"evidence": [{"id": row.id, "readers": readers or ""} for row in rows]}
                self.give(given, f"wie alle {self.form_step.many} leest")
                self.kwartier.tell(f"Alle {len(rows)}: {texts.readers_words(self.desk, readers)}. Terug met ctrl+z.")

        now = {tuple(row.readers) for row in rows}
        title = f"Wie leest alle {len(rows)} {self.form_step.many if len(rows) > 1 else self.form_step.label}?"
        ask_readers(self, self.form_step, title, now.pop() if len(now) == 1 else (), chosen)

    # -- files

    def action_attach(self) -> None:
        """Adds a file to the piece that is pointed at, or another one in its place."""
        if (row := self.piece) is not None and self._can("attach"):
            title = f"Bestand bij ‘{one_line(row.title, 40)}’"
            form = self.row_form("evidence", row.id, title, (path_field(self.form_step, row),))
            self.open_form(replace(form, give=partial(self._give_row, row.id, title.lower()), remove=None))

    def action_save_copy(self) -> None:
        """Saves a copy of the file elsewhere."""
        if (row := self.piece) is not None and self._can("save_copy"):
            files.ask_copy(self, self.workspace, self.step.id, row)

    def action_remove(self) -> None:
        """Takes the piece away; with a file that is for good, and asked first."""
        row = self.piece
        if row is not None and row.file is not None and not self.closed:
            files.ask_to_drop(self, row)
        else:
            super().action_remove()

    # -- forms

    def _title(self, number: str = "") -> str:
        label = self.form_step.label
        return f"{label[:1].upper()}{label[1:]} {number}" if number else f"{label[:1].upper()}{label[1:]} toevoegen"

    def _form(self, row: Evidence, number: int) -> Form:
        title = self._title(str(number))
        form = self.row_form("evidence", row.id, title, fields_of(self.desk, self.form_step, row))
        form = replace(form, give=partial(self._give_row, row.id, title.lower()))
        return replace(form, remove=self._remove_soon) if row.file else form

    def _remove_soon(self) -> None:
        """Not at once: the form has to be closed before anything is asked."""
        self.measurement.call_later(self.action_remove)

    def _new(self) -> Form:
        id, fields = self.desk.new_id(), fields_of(self.desk, self.form_step, None)
        form = self.new_row_form("evidence", self._title(), fields, fixed={"id": id})
        return replace(form, give=partial(self._give_row, id, form.title.lower()))

    def _give_row(self, id: str, name: str, values: Tree, burst: str) -> None:
        """Gives what was filled in; a file is taken in after that, as it belongs to a row that is there."""
        row = {key: value for key, value in values.items() if key != PATH}
        if row:
            self.give({"evidence": [{"id": id, **row}]}, name, burst=burst)
        if path := values.get(PATH):
            files.take_in(self, id, str(path))
