"""What the steps with rows share: a list, a form behind each row, adding, taking away, ticking, and giving a reason.

A pane says which lines there are and what is behind each; all keys and clicks are here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from kwartier.records.keys import key_fields
from kwartier.records.tree import Tree
from kwartier.tui.actions import bindings
from kwartier.tui.forms import Around, Field, Form
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.reasons import ask_reason, message
from kwartier.tui.panes.row_lines import Edit, Line, finding_words, removal
from kwartier.tui.safe import Part, line, parts
from kwartier.tui.widgets.row_list import RowList, Shown


class RowsPane(Pane):
    """A subclass says its `lines`, and what is `told` above them."""

    scope: ClassVar[str] = "rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")
    DEFAULT_CSS = """
    RowsPane {
        & > #told { height: auto; max-height: 8; }
        & > .bar { height: 1; }
        .bar Button { margin-right: 2; min-width: 0; }
    }
    """
    adding: ClassVar[str] = ""
    "What the button to add says; empty where nothing can be added."
    ticking: ClassVar[bool] = False

    def lines(self) -> list[Line]:
        """The lines, from what the desk holds."""
        raise NotImplementedError

    def told(self) -> list[Part | Content]:
        """What stands above the list."""
        return []

    def compose(self) -> ComposeResult:
        yield Static(id="told")
        yield RowList(id="rows")
        with Horizontal(classes="bar"):
            yield bar_button(f"{self.adding} (t)", "add")
            yield bar_button("Reden geven (r)", "reason")

    # -- drawing

    def draw(self) -> None:
        """Shows what the desk holds."""
        self._by_id = {one.id: one for one in self.lines()}
        self._read_only: str = self.desk.closed(self.step.id)
        self._findings = [one for one in self.desk.findings() if one.step == self.step.id]
        rows = self.query_one(RowList)
        rows.has_boxes = self.ticking
        rows.draw([Shown(one.id, one.text, one.heading, one.sign) for one in self._by_id.values()])
        told = parts(*self._all_told()).rstrip()
        above = self.query_one("#told", Static)
        above.update(told)
        above.display = bool(told.plain.strip())
        self._draw_bar()

    def _all_told(self) -> list[Part | Content]:
        found: list[Part | Content] = []
        if self.closed:
            found.append((f"Alleen lezen. {self.closed}\n", "$text-warning"))
        found += self.told()
        found += [finding_words(finding) for finding in self._findings]
        return found

    def _draw_bar(self) -> None:
        for action in ("add", "reason"):
            self.query_one(f"#{action}").display = self._can(action)
        self.refresh_bindings()

    @property
    def closed(self) -> str:
        """Why nothing can be changed here; empty where it can."""
        return self._read_only

    def focus_first(self) -> None:
        """To the list, at the first thing that is not done where the pane knows that."""
        rows = self.query_one(RowList)
        first = self.first()
        if first:
            rows.point_at(first)
        rows.focus()

    def first(self) -> str:
        """The line at which the work begins; empty for the first one."""
        return ""

    # -- what is pointed at

    @property
    def line(self) -> Line | None:
        """The line that is pointed at."""
        return self._by_id.get(self.query_one(RowList).pointed)

    def _can(self, action: str) -> bool:
        """Whether something can be done now, at the line that is pointed at."""
        if action == "reason":
            return not self.desk.locked and any(one.level == "reason" for one in self._findings)
        if action == "tick" and not self.ticking:
            return False
        if self.closed:
            return False
        here = self.line
        if action == "add":
            return bool(self.adding)
        found = {"change": "opens", "remove": "removes", "tick": "ticks"}.get(action)
        return found is None or (here is not None and getattr(here, found) is not None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeps out of the footer what cannot be done here."""
        if action in ("add", "change", "remove", "tick", "reason") and self.is_attached and hasattr(self, "_by_id"):
            return self._can(action)
        return True

    # -- keys and mouse

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        here = self.line
        if here is None:
            return
        if self.closed:
            self.kwartier.tell(self.closed, warning=True)
        elif here.opens is not None:
            self.open_form(here.opens())
        elif here.adds is not None:
            self.open_form(here.adds())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._draw_bar()

    def on_row_list_ticked(self, event: RowList.Ticked) -> None:
        event.stop()
        if self.closed:
            self.kwartier.tell(self.closed, warning=True)
        else:
            self.action_tick()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        # Not from here: what follows may take this pane off the screen, and would wait for it for ever.
        self.measurement.call_later(self.run_action, str(event.button.id))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.refresh_bindings()

    def action_change(self) -> None:
        """Opens the form of the line that is pointed at."""
        here = self.line
        if here is not None and here.opens is not None and not self.closed:
            self.open_form(here.opens())

    def action_add(self) -> None:
        """Opens an empty form."""
        form = self.new_form()
        if form is not None and not self.closed:
            self.open_form(form)

    def new_form(self) -> Form | None:
        """The form to add a row: the one that belongs where is pointed at, else the first there is."""
        here = self.line
        if here is not None and here.adds is not None:
            return here.adds()
        return next((one.adds() for one in self._by_id.values() if one.adds is not None), None)

    def action_remove(self) -> None:
        """Takes the line away that is pointed at; it can be undone."""
        here = self.line
        if here is not None and here.removes is not None and not self.closed:
            self.take(here.removes)
            self.kwartier.tell("Weggehaald. Ongedaan maken: ctrl+z.")

    def action_tick(self) -> None:
        """Ticks the line that is pointed at, or takes the tick away."""
        here = self.line
        if here is not None and here.ticks is not None and not self.closed:
            self.take(here.ticks)

    def take(self, edit: Edit) -> None:
        """Gives an edit to the step."""
        self.give(edit.given, edit.name)

    # -- forms

    def around(self) -> Around:
        """What fields have to know."""
        return Around(today=self.desk.today, names=self.desk.seen.names)

    def open_form(self, form: Form) -> None:
        """Shows a form; what was added is pointed at afterwards."""
        from kwartier.tui.screens.row_form import RowForm

        before = set(self._by_id)

        def closed(saved: bool | None) -> None:
            new = [id for id, one in self._by_id.items() if id not in before and one.opens is not None]
            if saved and form.new and new and self.is_attached:
                self.query_one(RowList).point_at(new[0])

        self.app.push_screen(RowForm(form, self.around(), self.measurement), closed)

    def rows(self, array: str) -> list[Tree]:
        """The rows of the step as they stand."""
        found: list[Tree] = self.desk.tree(self.step.id).get(array, [])
        return found

    def row(self, array: str, id: str) -> Tree | None:
        """A row as it stands; None where it is gone."""
        return next((row for row in self.rows(array) if row.get(key_fields(array)[0]) == id), None)

    def row_form(self, array: str, id: str, title: str, fields: tuple[Field, ...], *, name: str = "") -> Form:
        """The form that changes a row; `name` is what undo calls it."""
        named = name or title.lower()
        return Form(
            title=title,
            fields=fields,
            now=partial(self.row, array, id),
            give=lambda values, burst: self.give({array: [{"id": id, **values}]}, named, burst=burst),
            remove=partial(self.take, removal(array, id, f"{named} weghalen")),
        )

    def new_row_form(
        self, array: str, title: str, fields: tuple[Field, ...], *, begin: Tree | None = None, fixed: Tree | None = None
    ) -> Form:
        """The form that adds a row; `begin` is filled in and can be changed, `fixed` is not shown."""
        row = {"id": self.desk.new_id(), **(fixed or {})}  # chosen before, so that all that is typed goes to one row
        return Form(
            title=title,
            fields=fields,
            new=True,
            begin=begin or {},
            now=partial(self.row, array, row["id"]),
            give=lambda values, burst: self.give({array: [{**row, **values}]}, title.lower(), burst=burst),
        )

    def step_form(self, title: str, fields: tuple[Field, ...], *, name: str = "") -> Form:
        """The form for values that stand beside the rows."""
        return Form(
            title=title,
            fields=fields,
            now=lambda: self.desk.tree(self.step.id),
            give=lambda values, burst: self.give(values, name or title.lower(), burst=burst),
        )

    # -- reasons

    def action_reason(self) -> None:
        """Asks why this departs from what the instrument means."""
        from kwartier.tui.screens.dialogs import Choose

        asked = [one for one in self._findings if one.level == "reason"]
        if len(asked) == 1:
            ask_reason(self, asked[0])
        elif asked:
            self.app.push_screen(
                Choose("Waarvoor geeft u een reden?", [(one.id, message(self, one)) for one in asked]),
                lambda id: ask_reason(self, next(one for one in asked if one.id == id)) if id else None,
            )

    def guarded(self, work: Callable[[], object]) -> None:
        """Does something once a dialog has closed, in a handler of the screen: there a refusal becomes a message."""
        self.measurement.call_later(work)


def bar_button(text: str, action: str) -> Button:
    """A button for the mouse; on the keyboard the key does the same."""
    button = Button(line(text), id=action, compact=True)
    button.can_focus = False
    return button
