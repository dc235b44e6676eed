"""Takes over a measurement that was done on paper: with which instrument, when and from where, and then its scores.

What is typed stays here until all of it is taken over at once; nothing of it stands on disk before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.model import ConsensusStep, Option
from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.records.files import AnswerRow
from kwartier.records.tree import Tree
from kwartier.tui.advice import advice_for
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_list import ScoreList
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Ask, Choose, Dialog, not_done
from kwartier.tui.screens.form_dialog import Field
from kwartier.tui.screens.new_measurement import InstrumentPick, NewMeasurement
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workflow.periods import parse_date

if TYPE_CHECKING:
    from kwartier.instrument.model import Content, Header
    from kwartier.workspace import Listing
    from kwartier.workspace.portrait import Portrait

_LEFT_OUT = ("shadow", "reason")
"""What a new measurement asks and one of paper does not: who scored along, and why there were few."""


class PaperInstrument(InstrumentPick):
    """With which instrument the measurement on paper was done."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        super().__init__(listings)
        self._title = "Meting van papier: met welk instrument?"


class Beginning(Struct, frozen=True, kw_only=True):
    """What is known of a measurement on paper, beside its scores."""

    instrument: str
    organisation: str
    day: date
    source: str
    more: Mapping[str, Any]
    "People, subject, parameters and the measurement before it, as the workspace takes them."


class FromPaper(NewMeasurement):
    """Gives the reference of the record that was made. Going back from the scores to this form keeps them."""

    OK = "Naar de scores"
    help_text = (
        "Zeg wanneer de meting op papier gedaan is en waar het papier ligt. Met ctrl+s gaat u naar de scores; er wordt "
        "pas iets bewaard als u die overneemt."
    )

    def __init__(self, portrait: Portrait, header: Header, content: Content, subjects: Sequence[str]) -> None:
        super().__init__(portrait, header, content, subjects)
        self._title = f"Meting van papier: {header.short}"
        self._intro = ""  # results on paper are as good with an instrument that was followed up
        self.answers: dict[Key, AnswerRow] = {}

    def _fields_of(self, subjects: Sequence[str]) -> list[Field]:
        made = [one for one in super()._fields_of(subjects) if one.id not in _LEFT_OUT]
        made[0] = made[0]._replace(value="")  # the day is that of the paper: none is proposed
        made.insert(1, Field("source", "Waar het papier is", hint="zoals: papieren scoreblad, map 3"))
        return made

    def changed(self) -> None:
        if self._had:
            self._propose_previous()

    def save_now(self) -> list[KwartierError]:
        """Called when the app ends or this closes: also the scores stand nowhere else."""
        return [not_done()] if self.answers else super().save_now()

    def action_cancel(self) -> None:
        """Closes, unless the scores were taken over this moment and it closes by itself."""
        if not self._saving:
            super().action_cancel()

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.workspace import Assessor

        if not values["date"].strip():
            raise Misused("date-wrong", "Zeg op welke dag de meting gedaan is.")
        day = parse_date(values["date"], self._portrait.today)
        if not (source := values["source"].strip()):
            raise Misused("source-missing", "Zeg waar de papieren meting is, zoals 'papieren scoreblad, map 3'.")
        start = len("parameter-")
        given = {name[start:]: value for name, value in values.items() if name.startswith("parameter-") and value}
        content = for_parameters(self._content, check_parameters(self._content, given))
        if not any(isinstance(one, ConsensusStep) for one in content.step):
            raise Misused("no-consensus", "Dit instrument kent geen definitieve scores om over te nemen.")
        beginning = Beginning(
            instrument=self._header.id,
            organisation=self._portrait.slug,
            day=day,
            source=source,
            more={
                "people": tuple(Assessor(name) for name in self._names()),
                "subject": values.get("subject", "").strip(),
                "parameters": given,
                "follows": values.get("follows", ""),
            },
        )
        ref = await self.app.push_screen_wait(PaperScores(beginning, content, self.answers))
        if ref is None:
            raise Refused(
                "not-taken-over",
                "Er is nog niets overgenomen.",
                advice="De scores die u gaf, staan nog klaar: ctrl+s brengt u erheen." if self.answers else "",
            )
        return ref


class PaperScores(Dialog[str]):
    """The scores of the paper, line by line. `answers` is changed in place, so that going back keeps them."""

    DEFAULT_CSS = """
    PaperScores ScoreList { height: 1fr; min-height: 3; background: $surface; }
    PaperScores #item { height: 3; margin-top: 1; color: $text-muted; }
    PaperScores #progress { height: 1; }
    PaperScores #refusal { height: auto; max-height: 4; }
    PaperScores .buttons { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "done", "overnemen", priority=True),
        Binding("n,x", "missing", "geen score, met de reden"),
        Binding("backspace,delete", "clear", "score weghalen"),
        Binding("b", "parts", "onderdelen uit- en inklappen"),
    ]
    help_text = (
        "Neem per item de definitieve score van het papier over, met de toets die erbij staat. Terug gaat naar de "
        "gegevens en bewaart wat u hier koos zolang dat venster open is."
    )

    def __init__(self, beginning: Beginning, content: Content, answers: dict[Key, AnswerRow]) -> None:
        super().__init__(f"Van papier: {beginning.source}")
        self._beginning, self._content, self.answers = beginning, content, answers
        self.lines = rows.lines_of(content)
        self._taken_over = False

    def body(self) -> ComposeResult:
        headings = {one.id: f"{one.id}  {one.title}" for one in self._content.section}
        yield ScoreList(self.lines, headings, self._choose, id="paper-scores")
        yield Static("", id="item")
        yield Static("", id="progress")
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button("Overnemen (ctrl+s)", id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    def on_mount(self) -> None:
        box = self.query_one(".dialog")
        box.styles.width, box.styles.max_width, box.styles.height = "96%", 116, "92%"
        self._scores.focus()
        self._draw()
        first = next((one for one in self.lines if not one.optional and not self._is_given(one)), None)
        if first is not None:
            self._scores.go_to(first.key)

    @property
    def _scores(self) -> ScoreList:
        return self.query_one(ScoreList)

    def _is_given(self, one: Line) -> bool:
        return rows.is_answered(self.answers.get(one.key))

    # -- drawing

    def _draw(self) -> None:
        self._scores.draw(dict(self.answers))
        asked = [one for one in self.lines if not one.optional]
        given = sum(self._is_given(one) for one in asked)
        self.query_one("#progress", Static).update(line(f"{given} van {len(asked)} overgeschreven van het papier"))
        self._draw_item()

    @on(Lines.Pointed)
    def _draw_item(self) -> None:
        one = self._scores.line
        what = one.part.title if one.part else one.item.statement or one.item.title
        answer = rows.told(one, self.answers.get(one.key)) or rows.how_to(one)
        self.query_one("#item", Static).update(parts(line(what, 200), "\n", line(answer, 100)))

    def _refuse(self, error: KwartierError) -> None:
        self.query_one("#refusal", Static).update(shown(f"! {error.message} {advice_for(error)}".strip()))

    # -- scoring

    def _choose(self, one: Line, option: Option | None) -> None:
        if option is None:
            self._ask_missing(one)
        elif option.note == "required":
            self._ask_note(one, option)
        else:
            self._give(one, AnswerRow(item=one.key[0], part=one.key[1], value=option.value))

    def _give(self, one: Line, row: AnswerRow) -> None:
        """Writes an answer down, and goes on to the next line."""
        self.answers[one.key] = row
        self.query_one("#refusal", Static).update("")
        self._scores.go_to(one.key)
        self._scores.action_by(1)
        self._draw()

    def _ask_missing(self, one: Line) -> None:
        scale = one.scale
        if not scale.missing:
            self._refuse(Refused("must-answer", f"Bij {one.name} hoort altijd een antwoord."))
            return

        def chosen(reason: str | None) -> None:
            if reason:
                self._give(one, AnswerRow(item=one.key[0], part=one.key[1], missing=reason))

        options = [(reason, reason) for reason in scale.missing]
        self.app.push_screen(Choose(f"{one.name}: {scale.missing_title}", options, "Waarom?"), chosen)

    def _ask_note(self, one: Line, option: Option) -> None:
        def written(note: str | None) -> None:
            if note is not None and note.strip():
                self._give(one, AnswerRow(item=one.key[0], part=one.key[1], value=option.value, note=note))

        title = f"{one.name}: {option.title or option.value}"
        text = "Bij dit antwoord hoort een opmerking. Esc: toch niet."
        self.app.push_screen(Ask(title, text, lines=True), written)

    def action_missing(self) -> None:
        """The paper has no score here; asks why."""
        if self.focused is self._scores:
            self._ask_missing(self._scores.line)

    def action_clear(self) -> None:
        """Takes the answer of this line away."""
        if self.focused is self._scores and self.answers.pop(self._scores.line.key, None) is not None:
            self._draw()

    def action_parts(self) -> None:
        """Unfolds what may be answered under this item, or folds it."""
        if self.focused is self._scores:
            try:
                self._scores.fold(self._scores.line.item)
            except Refused as error:
                self._refuse(error)

    # -- ready

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_done()
        else:
            self.action_cancel()

    def action_done(self) -> None:
        """Takes it all over, or says why that cannot be and points at what is still open."""
        begin(self, self._take_over, exclusive=True, group="saving")

    async def _take_over(self) -> None:
        from kwartier.tui.screens.new_organisation import noted

        one = self._beginning
        workspace = await self.kwartier.workspace()
        if self._taken_over:  # the key was pressed twice: one record is enough
            return
        try:
            ref = workspace.take_over(
                one.instrument, one.organisation, self._given(), day=one.day, source=one.source, **one.more
            )
        except KwartierError as error:
            self._refuse(error)
            left = next((each for each in self.lines if not each.optional and not self._is_given(each)), None)
            if left is not None:
                self._scores.go_to(left.key)
            return
        self._taken_over = True
        noted(workspace, ref)
        self.dismiss(ref)

    def _given(self) -> Tree:
        """The answers to what is asked, as the workspace takes them."""
        found: list[Tree] = []
        for one in self.lines:
            row = self.answers.get(one.key)
            if row is None or not rows.is_answered(row):
                continue
            told: Tree = {"item": row.item, "part": row.part, "missing": row.missing, "note": row.note}
            made = {name: text for name, text in told.items() if text}
            found.append(made if row.missing else {**made, "value": row.value})
        return {"answer": found}

    def save_now(self) -> list[KwartierError]:
        """Called when the app ends: the scores stand nowhere else."""
        return [not_done()] if self.answers else []
