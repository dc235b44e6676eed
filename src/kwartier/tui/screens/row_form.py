"""A form as a dialog: fields to fill in, refusals at the field they are about, nothing lost by leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Static, TextArea

from kwartier.errors import KwartierError, Refused
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.tui.advice import advice_for
from kwartier.tui.forms import Around, Form
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Confirm, Dialog
from kwartier.tui.widgets.form_fields import EMPTY, FieldBox
from kwartier.workflow.filling import Rejected, readable

if TYPE_CHECKING:
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

    def __init__(self, form: Form, around: Around, *, saved: Callable[[], list[KwartierError]]) -> None:
        super().__init__(form.title)
        self.form = form
        self._around = around
        self._saved = saved
        self._start: Tree = {**form.begin, **(form.now() or {})}
        self._is_over = False

    def body(self) -> ComposeResult:
        if self.form.told:
            yield Static(shown(self.form.told), id="told")
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                box = FieldBox(one, self._start.get(one.key, EMPTY), self._around)
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
        others = 8 + (self.form.told.count("\n") + 2 if self.form.told else 0)
        self.query_one("#fields").styles.max_height = max(5, self.size.height - others)

    @property
    def boxes(self) -> list[FieldBox]:
        """The fields, in order."""
        return list(self.query(FieldBox))

    @property
    def changed(self) -> bool:
        """Whether something was typed or chosen here."""
        return any(one.changed for one in self.boxes)

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
        given = {key: one for key, one in values.items() if not same(one, self._held(key)) or self._is_first(key, one)}
        if self._overtaken(given):
            return False
        try:
            if given:
                self.form.give(given)
        except Rejected as error:
            self._refused(error.wrongs)
            return False
        except KwartierError as error:
            self._refuse({}, [f"{error.message} {advice_for(error)}".strip()])
            return False
        return True

    def _held(self, key: str) -> Any:
        return self._start.get(key, EMPTY)

    def _is_first(self, key: str, value: Any) -> bool:
        """Whether this is what a new row starts with, which is to be given too."""
        return self.form.new and not same(value, EMPTY)

    def _read(self) -> Tree | None:
        """All values; None where some cannot be read, which is then shown."""
        values: Tree = {}
        wrong: dict[str, str] = {}
        for box in self.boxes:
            try:
                value = box.read()
            except KwartierError as error:
                wrong[box.field.key] = f"{error.message} {error.advice or ''}".strip()
                continue
            values[box.field.key] = value
            if box.field.required and same(value, EMPTY):
                wrong[box.field.key] = "Vul dit in."
        if wrong:
            self._refuse(wrong, [])
            return None
        return values

    def _overtaken(self, given: Tree) -> bool:
        """Whether somebody else changed the same meanwhile; it is said once, a second klaar keeps what stands here."""
        if self.form.new:
            return False
        now = self.form.now()
        if now is None:
            self.form = self._as_new()
            self._start = {}
            self._refuse({}, ["Een ander haalde dit intussen weg. Nog eens klaar zet het terug, zoals het hier staat."])
            return True
        theirs = {
            key: now.get(key, EMPTY)
            for key, mine in given.items()
            if not same(now.get(key, EMPTY), self._held(key)) and not same(now.get(key, EMPTY), mine)
        }
        self._start = {**self._start, **theirs}
        told = "Een ander veranderde dit intussen in ‘{}’. Nog eens klaar laat staan wat u hier hebt."
        self._refuse({key: told.format(self._words(key, value)) for key, value in theirs.items()}, [])
        return bool(theirs)

    def _as_new(self) -> Form:
        from dataclasses import replace

        return replace(self.form, new=True, remove=None)

    def _words(self, key: str, value: Any) -> str:
        if same(value, EMPTY):
            return "niets"
        return self._around.names.get(str(value)) or str(value)

    def _refused(self, wrongs: list[Wrong]) -> None:
        """Puts each refusal of the core at the field it is about."""
        keys = [one.key for one in self.form.fields]
        at: dict[str, str] = {}
        left: list[str] = []
        for wrong in wrongs:
            key = str(wrong.path[-1]) if wrong.path else ""
            key = "name" if key == "id" and "name" in keys else key
            if key in keys and key not in at:
                at[key] = _sentence(wrong.message)
            else:
                left.append(_sentence(wrong.message if len(wrong.path) < 2 else readable(wrong.path) + wrong.message))
        self._refuse(at, left)

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
        self.dismiss(saved or None)
        if following is not None:
            self.app.push_screen(RowForm(following, self._around, saved=self._saved))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "ok":
            self.action_done()
        elif event.button.id == "remove" and self.form.remove is not None:
            self.form.remove()
            self.close(True)
        elif event.button.id == "cancel":
            self.action_cancel()

    def action_cancel(self) -> None:
        """Leaves the form; asks first where something was typed."""
        if not self.changed:
            self.close(False)
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self.close(False)

        self.app.push_screen(
            Confirm("Weggooien wat u hier typte?", "Het is nog niet bewaard.", yes="Weggooien", no="Verder typen"),
            answered,
        )

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
            return self._saved()
        return [
            Refused(
                "form-open",
                "In het formulier dat open is, staat iets dat nog niet te bewaren is.",
                advice="Verbeter het, of ga met esc terug en gooi het weg.",
            )
        ]


def _sentence(text: str) -> str:
    """A refusal as a sentence."""
    told = text[:1].upper() + text[1:]
    return told if told.endswith((".", "!", "?")) else f"{told}."
