"""A form as a dialog: fields to fill in, refusals at the field they are about, saved while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Static, TextArea

from kwartier.errors import KwartierError, Refused
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.tui.advice import advice_for
from kwartier.tui.forms import Around, Form
from kwartier.tui.giving import EMPTY, Giving, at_fields, sentence
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Confirm, Dialog
from kwartier.tui.widgets.form_fields import FieldBox
from kwartier.workflow.filling import Rejected, readable

if TYPE_CHECKING:
    from kwartier.tui.screens.measurement import MeasurementScreen
    from kwartier.workflow.filling import Wrong

FIELDS_FOR_TALL = 3
"""A form with so many fields or fewer gives its long text more lines."""


class RowForm(Dialog[bool]):
    """True where it was saved or the row taken away; None where it was left as it was."""

    CSS_PATH = "row_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "done", "klaar", priority=True),
    ]
    AUTO_FOCUS = None
    help_text = "Vul de velden in; met tab gaat u naar het volgende. Wat u typt, wordt onderweg al bewaard."

    def __init__(self, form: Form, around: Around, measurement: MeasurementScreen) -> None:
        super().__init__(form.title)
        self._around = around
        self._measurement = measurement
        self._giving = Giving(form)
        self._wrong: dict[str, str] = {}  # why fields could not be given, for when they are left
        self._is_over = False

    @property
    def form(self) -> Form:
        """What is filled in."""
        return self._giving.form

    def body(self) -> ComposeResult:
        if self.form.told:
            yield Static(shown(self.form.told), id="told")
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                box = FieldBox(one, self._giving.start.get(one.key, EMPTY), self._around)
                box.set_class(len(self.form.fields) <= FIELDS_FOR_TALL, "-tall")
                yield box
        yield Static(id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button("Klaar (ctrl+s)", id="ok", variant="primary", compact=True)
            if self.form.remove is not None:
                yield Button("Weghalen", id="remove", compact=True)
            yield Button("Terug (esc)", id="cancel", compact=True)

    def on_mount(self) -> None:
        self.query_one("#refusal").display = False
        self.call_after_refresh(self._fit)
        self.boxes[0].focus()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """The fields scroll where the screen is too low for all of them; the buttons stay in sight."""
        others = 8 + sum(one.outer_size.height + 1 for one in self.query("#told"))  # wrapped as it is here
        most = self.size.height * 92 // 100  # of the whole box, as in app.tcss
        self.query_one("#fields").styles.max_height = max(5, most + 2 - others)

    @property
    def boxes(self) -> list[FieldBox]:
        """The fields, in order."""
        return list(self.query(FieldBox))

    @property
    def changed(self) -> bool:
        """Whether something was typed or chosen here."""
        return any(one.changed for one in self.boxes)

    # -- saved while somebody types

    def on_field_box_changed(self, event: FieldBox.Changed) -> None:
        event.stop()
        if self.changed or self._giving.gave:
            self._measurement.keeper.typed(self)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field is left: it is given now, or says why it cannot be."""
        box = next((one for one in self.boxes if one in event.widget.ancestors), None)
        if box is None or self._is_over or not (box.changed or self._giving.gave):
            return
        self._measurement.keeper.typed(self)
        self._measurement.keeper.save()
        if why := self._wrong.get(box.field.key):
            box.refuse(why)

    def collect(self) -> KwartierError | None:
        """Gives what can be saved already; what is not right yet is told when its field is left."""
        if self._is_over:
            return None
        values: Tree = {}
        wrong: dict[str, str] = {}
        for box in self.boxes:
            if box.field.kind == "path" or (box.field.kind in ("person", "name") and box.has_focus_within):
                continue  # a path is of use only once it is whole
            try:
                values[box.field.key] = box.read()
            except KwartierError as error:
                wrong[box.field.key] = _words(error)
        self._wrong = wrong | self._giving.live(values, [one.key for one in self.form.fields if one.required])
        self._tell_clashes()
        return None

    def _tell_clashes(self) -> None:
        """Says at a field that somebody else changed it too; which of both stays is chosen when this form is closed."""
        clashing = {str(one.path[-1]) for one in self._measurement.desk.clashes()}
        for box in self.boxes:
            if box.field.key in clashing:
                box.refuse("Een ander veranderde dit intussen ook. Na het formulier kiest u wat blijft staan.")

    # -- klaar

    def action_done(self) -> None:
        """Saves what was filled in; where it is refused, the form stays and says why at each field."""
        if self.commit():
            self.close(True)

    def commit(self) -> bool:
        """Gives what was filled in; False where it is refused, which is then shown."""
        values = self._read()
        if values is None:
            return False
        if self._overtaken(values):
            return False
        try:
            self._giving.all(values)
        except Rejected as error:
            self._refused(error.wrongs)
            return False
        except KwartierError as error:
            self._refuse({}, [f"{error.message} {advice_for(error)}".strip()])
            return False
        return True

    def _read(self) -> Tree | None:
        """All values; None where some cannot be read, which is then shown."""
        values: Tree = {}
        wrong: dict[str, str] = {}
        for box in self.boxes:
            try:
                value = box.read()
            except KwartierError as error:
                wrong[box.field.key] = _words(error)
                continue
            values[box.field.key] = value
            if box.field.required and same(value, EMPTY):
                wrong[box.field.key] = "Vul dit in."
        if wrong:
            self._refuse(wrong, [])
            return None
        return values

    def _overtaken(self, values: Tree) -> bool:
        """Whether somebody else changed the same meanwhile; it is said once, a second klaar keeps what stands here."""
        if self._giving.is_taken_away():
            self._refuse({}, ["Een ander haalde dit intussen weg. Nog eens klaar zet het terug, zoals het hier staat."])
            return True
        theirs = self._giving.overtaken(values)
        told = "Een ander veranderde dit intussen in ‘{}’. Nog eens klaar laat staan wat u hier hebt."
        self._refuse({key: told.format(self._said(key, value)) for key, value in theirs.items()}, [])
        return bool(theirs)

    def _said(self, key: str, value: Any) -> str:
        """A value as it is read."""
        if same(value, EMPTY):
            return "niets"
        return self._around.names.get(str(value)) or str(value)

    def _refused(self, wrongs: list[Wrong]) -> None:
        """Puts each refusal of the core at the field it is about."""
        at, left = at_fields(wrongs, [one.key for one in self.form.fields])
        told = [one.message if len(one.path) < 2 else readable(one.path) + one.message for one in left]
        self._refuse(at, [sentence(one) for one in told])

    def _refuse(self, at: dict[str, str], left: list[str]) -> None:
        for box in self.boxes:
            box.refuse(at.get(box.field.key, ""))
        told = self.query_one("#refusal", Static)
        told.update(shown("\n".join(f"! {one}" for one in left)))
        told.display = bool(left)
        first = next((box for box in self.boxes if box.field.key in at), None)
        if first is not None:
            first.focus()

    # -- keys and mouse

    def on_field_box_entered(self, event: FieldBox.Entered) -> None:
        event.stop()
        boxes = self.boxes
        place = boxes.index(event.box)
        if place + 1 < len(boxes):
            boxes[place + 1].focus()
        elif self.commit():
            following = self.form.following() if self.form.following else None
            self.close(True, following)

    def close(self, saved: bool, following: Form | None = None) -> None:
        """Ends this form, once; another one may take its place."""
        if self._is_over:
            return
        self._is_over = True
        self._measurement.given()
        if saved and self.form.afterwards is not None:
            self.form.afterwards()
        self.dismiss(saved or None)
        if following is not None:
            self.app.push_screen(RowForm(following, self._around, self._measurement))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "ok":
            self.action_done()
        elif event.button.id == "remove" and self.form.remove is not None:
            self._remove(self.form.remove)
        elif event.button.id == "cancel":
            self.action_cancel()

    def _remove(self, remove: Callable[[], None]) -> None:
        """Takes the row away, as it was before this form: undo brings that back."""
        with suppress(KwartierError):
            self._measurement.desk.take_back(self._giving.burst)
        remove()
        self.close(True)

    def action_cancel(self) -> None:
        """Leaves the form; asks first where something was typed, and takes back what was saved of it."""
        if not self.changed:
            self._throw_away()
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._throw_away()

        back = "Wat er nog niet stond, gaat weg." if self.form.new else "Wat er stond voor u begon, komt terug."
        self.app.push_screen(Confirm("Weggooien wat u hier typte?", back, yes="Weggooien", no="Verder typen"), answered)

    def _throw_away(self) -> None:
        if self._is_over:
            return
        try:
            self._measurement.desk.take_back(self._giving.burst)
        except KwartierError as error:  # somebody else changed it since: theirs is not thrown away with it
            self.kwartier.refuse(error)
        self.close(False)

    def action_undo(self) -> None:
        """Takes typing back in the text that has the focus."""
        if isinstance(self.focused, TextArea):
            self.focused.undo()
        elif isinstance(self.focused, Input):
            self.kwartier.tell("Zolang het formulier open is: esc gooit weg wat u typte.")

    def action_redo(self) -> None:
        """Does typing again that was taken back."""
        if isinstance(self.focused, TextArea):
            self.focused.redo()

    def save_now(self) -> list[KwartierError]:
        """Called when the app ends: what was filled in is saved, or it is said that it cannot be."""
        if not self.changed or self.commit():
            return self._measurement.save_now()
        return [
            Refused(
                "form-open",
                "In het formulier dat open is, staat iets dat nog niet te bewaren is.",
                advice="Verbeter het, of ga met esc terug en gooi het weg.",
            )
        ]


def _words(error: KwartierError) -> str:
    """Why a field cannot be read."""
    return f"{error.message} {error.advice or ''}".strip()
