"""A dialog with several fields: texts to type and choices. A refusal is told in it, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from kwartier.errors import KwartierError
from kwartier.text import clean
from kwartier.tui.advice import advice_for
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import in_field, line, parts, shown
from kwartier.tui.screens.dialogs import Choose, Confirm, Dialog, not_done
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.tui.working import begin
from kwartier.workflow.periods import parse_date

R = TypeVar("R")

_FEW = 9
"""So many choices have a number of their own; more are searched."""
_SHOWN = 100
"""So many of what was found are shown."""


class Field(NamedTuple):
    """A field. With `options` (value and title) it is a choice, with `ticks` some of these, with commas between them.

    Else it is a text, perhaps with known texts to take over.
    """

    id: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] | None = None
    known: tuple[str, ...] = ()
    secret: bool = False
    today: date | None = None
    "With it this is a date, with a calendar; `value` is as it is typed."
    ticks: tuple[tuple[str, str], ...] = ()


def _row_classes(one: Field) -> str:
    return "row -day" if one.today else "row -ticks" if one.ticks else "row"


class Find(Dialog[str]):
    """One of many: typing finds, arrows and enter choose."""

    help_text = "Typ om te zoeken; de pijltjes gaan door de lijst en enter kiest wat is aangewezen."

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._options = list(options)
        self._found = self._options

    def body(self) -> ComposeResult:
        yield PlainInput(placeholder="Typ om te zoeken", id="find", compact=True)
        found = OptionList()
        found.styles.max_height = 14
        yield found

    def on_mount(self) -> None:
        self._show("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        self._found = [one for one in self._options if all(word in one[1].casefold() for word in words)][:_SHOWN]
        found = self.query_one(OptionList)
        found.clear_options()
        found.add_options([Option(line(title, 64)) for _, title in self._found])
        found.highlighted = 0 if self._found else None

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None and self._found:
            self.dismiss(self._found[at][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index][0])

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down") and self.focused is self.query_one(Input):
            found = self.query_one(OptionList)
            found.action_cursor_up() if event.key == "up" else found.action_cursor_down()
            event.prevent_default()


class ChoiceField(Static, Guarded, can_focus=True):
    """Shows what is chosen; enter, the space bar or a click opens the choices, left and right go along them."""

    class Changed(Message):
        """Something else was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,down", "choose", "kiezen", show=False),
        Binding("left", "along(-1)", "vorige", show=False),
        Binding("right", "along(1)", "volgende", show=False),
    ]

    def __init__(self, field: Field) -> None:
        super().__init__(id=field.id)
        self._title = field.label
        self.options = tuple(field.options or ())
        self.value = field.value

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()  # the sign that there is a choice stays in view, however long the title is

    def offer(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Other choices, with one of them chosen."""
        self.options = tuple(options)
        self.take(value)

    def take(self, value: str) -> None:
        """Chooses."""
        changed = value != self.value
        self.value = value
        self._draw()
        if changed:
            self.post_message(self.Changed())

    def _draw(self) -> None:
        title = next((title for value, title in self.options if value == self.value), "")
        room = self.content_size.width - len("  ▾")
        self.update(parts(line(title or "kies…", room if room > 0 else 60), "  ▾"))

    def action_choose(self) -> None:
        """Shows the choices."""

        def chosen(value: str | None) -> None:
            if value is not None:
                self.take(value)

        kind = Choose if len(self.options) <= _FEW else Find
        self.app.push_screen(kind(self._title, self.options), chosen)

    def action_along(self, step: int) -> None:
        """The next choice."""
        values = [value for value, _ in self.options]
        if values and len(values) <= _FEW:
            at = values.index(self.value) if self.value in values else -step
            self.take(values[(at + step) % len(values)])

    def on_click(self) -> None:
        self.focus()
        self.action_choose()


class FormDialog(Dialog[R]):
    """Fields under one another. ctrl+s is ready; enter goes to the next field, and from the last one to the button."""

    DEFAULT_CSS = """
    FormDialog .row { height: 1; margin-bottom: 1; }
    FormDialog .row.-day { height: 2; }
    FormDialog .row.-ticks { height: auto; }
    FormDialog .row ChoiceList { width: 1fr; background: $background; }
    FormDialog .row ChoiceList:focus { background: $panel; }
    FormDialog .row DateInput { width: 1fr; }
    FormDialog .row Input { width: 1fr; background: $background; }
    FormDialog .row Input:focus { background: $panel; }
    FormDialog .row ChoiceField { width: 1fr; background: $background; }
    FormDialog .row ChoiceField:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    FormDialog #fields { height: auto; max-height: 15; }
    FormDialog .intro { margin-bottom: 1; }
    FormDialog #refusal { height: auto; max-height: 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "klaar", priority=True)]
    OK = "Klaar"
    LABEL: ClassVar[int] = 22
    "Cells for the label of a field."
    help_text = "Vul de velden in; enter of tab gaat naar het volgende. Pas met ctrl+s of de knop gebeurt er iets."

    def __init__(self, title: str, fields: Sequence[Field], intro: str = "") -> None:
        super().__init__(title)
        self._fields = list(fields)
        self._intro = intro
        self._saving = False

    def body(self) -> ComposeResult:
        if self._intro:
            yield Static(shown(self._intro), classes="intro")
        with VerticalScroll(id="fields", can_focus=False):
            for one in self._fields:
                with Horizontal(classes=_row_classes(one), id=f"row-{one.id}"):
                    label = Static(line(one.label, self.LABEL - 1), classes="name")
                    label.styles.width = self.LABEL
                    yield label
                    yield self._widget(one)
        yield from self.below()
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button(line(f"{self.OK} (ctrl+s)"), id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    def _widget(self, one: Field) -> Input | ChoiceField | DateInput | ChoiceList:
        if one.ticks:
            return ChoiceList(one.ticks, [each for each in one.value.split(",") if each], many=True, id=one.id)
        if one.options is not None:
            return ChoiceField(one)
        if one.today is not None:
            day = parse_date(one.value, one.today) if one.value else None
            return DateInput(day, today=one.today, title=one.label, input_id=one.id)
        known = [clean(name) for name in one.known]
        return PlainInput(
            in_field(one.value),
            placeholder=clean(one.hint),
            id=one.id,
            compact=True,
            password=one.secret,
            suggester=SuggestFromList(known, case_sensitive=False) if known else None,
        )

    # -- for the class that derives from it

    async def save(self, values: dict[str, str]) -> R:
        """Does what the dialog is for. A `KwartierError` is told in the dialog, which stays open."""
        raise NotImplementedError

    def below(self) -> ComposeResult:
        """What stands between the fields and the buttons."""
        yield from ()

    def changed(self) -> None:
        """Called when a field changed."""

    def value(self, name: str) -> str:
        """What a field holds now."""
        field = self.query_one(f"#{name}")
        if isinstance(field, ChoiceList):
            return ",".join(str(one) for one in field.value)
        assert isinstance(field, Input | ChoiceField)
        return field.value

    def show_field(self, name: str, wanted: bool) -> None:
        """Shows or hides a field; what is in it stays."""
        self.query_one(f"#row-{name}").display = wanted

    # -- what happens

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    @on(DateInput.Changed)
    @on(ChoiceList.Changed)
    def _changed(self) -> None:
        self.query_one("#refusal", Static).update("")
        self.changed()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    @on(ChoiceList.Entered)
    def _entered(self, event: ChoiceList.Entered) -> None:
        event.stop()
        self.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """All of a field comes into sight, not only its first line."""
        for one in event.widget.ancestors:
            if isinstance(one, Horizontal) and one.has_class("row"):
                self.call_after_refresh(one.scroll_visible, animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_done()
        else:
            self.action_cancel()

    def action_cancel(self) -> None:
        """Closes without an answer; where something was typed, that is asked first, as it stands nowhere else."""
        if not self.save_now():
            self.dismiss(None)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        told = "Wat u hier typte, is nog nergens bewaard."
        self.app.push_screen(Confirm("Weggooien wat u typte?", told, yes="Weggooien", no="Verder invullen"), answered)

    def action_done(self) -> None:
        """Saves; the dialog closes where that succeeds."""
        if not self._saving:
            self._saving = True
            begin(self, self._save, exclusive=True, group="saving")

    def save_now(self) -> list[KwartierError]:
        """Called when the app ends: what was typed here stands nowhere else."""
        typed = [one for one in self._fields if one.options is None and not one.ticks]
        texts = [one for one in typed if self.query_one(f"#row-{one.id}").display]
        return [not_done()] if any(self.value(one.id) != in_field(one.value) for one in texts) else []

    async def _save(self) -> None:
        values = {one.id: self.value(one.id) for one in self._fields if self.query_one(f"#row-{one.id}").display}
        try:
            self.query_one("#refusal", Static).update("bezig…")
            result = await self.save(values)
        except KwartierError as error:
            self.query_one("#refusal", Static).update(shown(f"! {error.message} {advice_for(error)}".strip()))
        else:
            self.dismiss(result)
        finally:
            self._saving = False
