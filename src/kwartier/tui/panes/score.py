"""The work of a step in which each scores alone: a key per score, a remark, and sealing one's own sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kwartier.errors import Refused
from kwartier.instrument.model import Option, ScoreStep
from kwartier.records.files import AnswerRow, Sheet
from kwartier.records.tree import Tree
from kwartier.tui.actions import bindings
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes import score_texts as texts
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.score_asking import ask_missing, ask_note
from kwartier.tui.panes.score_evidence import evidence_steps, show_evidence
from kwartier.tui.panes.score_finding import findable, next_open, onward
from kwartier.tui.panes.score_list import ScoreList
from kwartier.tui.panes.score_private import ask_who_reads, keeps_private, remark_title
from kwartier.tui.panes.score_reference import reference
from kwartier.tui.panes.score_remark import RemarkBox
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.panes.score_sealing import ask_to_reopen, ask_to_seal
from kwartier.tui.panes.score_suggesting import Suggested, otherwise, suggested_of, take_suggestion
from kwartier.tui.screens.dialogs import TextDialog
from kwartier.tui.widgets.finding import FindBox
from kwartier.tui.widgets.lines import Lines
from kwartier.workflow import parts as optional
from kwartier.workflow.agreed import consensus_of
from kwartier.workflow.people import is_sealed, revealed, sheet_read_by
from kwartier.workflow.reopening import may_reopen
from kwartier.workflow.sealing import open_keys
from kwartier.workflow.state import progress
from kwartier.workflow.was import answer_was

if TYPE_CHECKING:
    from kwartier.tui.screens.measurement import MeasurementScreen


ROOM_BELOW = 9
"""Lines for the texts below the list, where the list needs all others."""


_NOT_ALWAYS = frozenset(
    ["missing", "remark", "readers", "evidence", "clear", "seal", "reopen", "to_consensus", "take_suggestion"]
)
"""Actions that cannot always be done."""


class ScorePane(Pane):
    """Somebody's own sheet. Of the others it says how far they are, and nothing more."""

    scope = "score"
    asks_who = True
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("score")
    DEFAULT_CSS = """
    ScorePane {
        #notice { height: auto; max-height: 7; color: $text-warning; display: none; }
        #scores { height: 1fr; }
        #below { height: auto; max-height: 9; border-top: solid $panel; display: none; }
        #remark-box { height: 8; border-top: solid $primary; display: none; }
        #remark-box Static { height: 1; }
        #remark { height: 1fr; border: none; padding: 0; }
        #progress { height: auto; max-height: 3; color: $text-muted; }
        &.-noted #notice { display: block; }
        &.-remark #remark-box { display: block; }
    }
    ScorePane.-below #below { display: block; }
    ScorePane.-remark #below { display: none; }
    """

    def __init__(self, screen: MeasurementScreen, step: ScoreStep) -> None:
        super().__init__(screen, step)
        self.score_step = step
        self.lines = rows.lines_of(self.desk.content)
        self._has_parts = optional.has_optional(self.desk.content)
        self.answers: dict[Key, AnswerRow] = {}
        self.suggested: Suggested = {}
        self._shut = ""
        self._can: frozenset[str] = frozenset()
        self._told: dict[str, Content] = {}
        self._drawn = False

    def compose(self) -> ComposeResult:
        headings = {one.id: f"{one.id}  {one.title}" for one in self.desk.content.section}
        yield Static(id="notice")
        yield ScoreList(self.lines, headings, self.choose, id="scores")
        yield Static(id="below")
        yield RemarkBox(self)
        yield Static(id="progress")

    def answer_keys(self) -> frozenset[str]:
        """The keys that choose an answer here, whatever else the table has them for."""
        return frozenset().union(*(rows.answer_keys(one.scale) for one in self.lines))

    def on_mount(self) -> None:
        self._take()
        if self.lines and (key := rows.missing_key(self.lines[0].scale)):
            self.show_key("missing", key, self.lines[0].scale.missing_title)
        left = open_keys(self.desk.content, self._tree())
        if left and not self.is_sealed:
            self.sheet.go_to(left[0])

    @property
    def sheet(self) -> ScoreList:
        """The list of all that is scored."""
        return self.query_one(ScoreList)

    @property
    def remark(self) -> RemarkBox:
        """The field for a remark."""
        return self.query_one(RemarkBox)

    @property
    def whose(self) -> str:
        """The code of whose sheet this is: that of who sits here, or the one that another role filled in."""
        return sheet_read_by(self.desk.record, self.score_step, self.desk.viewer or "")

    @property
    def is_sealed(self) -> bool:
        """Whether this sheet is sealed."""
        return is_sealed(self.desk.record, self.step.id, self.whose)

    def _tree(self) -> Tree:
        return self.desk.record.personal.get((self.step.id, self.whose), {})

    # -- drawing

    def _take(self) -> None:
        sheet = self.desk.record.read_of(self.step.id, self.whose, Sheet)
        self.answers = {(row.item, row.part): row for row in sheet.answer}
        self._shut = texts.why_closed(self.desk, self.score_step)

    def draw(self) -> None:
        """Shows the sheet as it is by now."""
        before = self.answers
        self._take()
        self.suggested = suggested_of(self.desk)
        self.sheet.suggest(self.suggested)
        self.sheet.closed = bool(self._shut)
        self.sheet.private = keeps_private(self.desk, self.score_step)
        self.sheet.draw(self.answers)
        self._follow(before)
        notice = texts.notice(self.desk, self.score_step, self._shut)
        self._tell("notice", notice)
        self.set_class(bool(notice.plain), "-noted")
        since = texts.otherwise_than_before(self.lines, self.desk.earlier_answers(self.step.id), self.answers)
        apart = "\n".join(filter(None, [otherwise(self.suggested, self.answers), since]))
        self._tell("progress", texts.progress(self.desk, self.score_step, apart))
        self._draw_below()
        self.remark.draw()
        can = self._allowed()
        if can != self._can:
            self._can = can
            self.refresh_bindings()
        super().draw()

    def _follow(self, before: Mapping[Key, AnswerRow]) -> None:
        """Points at the answer that undo took back or made again; what is given here is drawn before this."""
        turned = rows.differing(before, self.answers) if self._drawn else []
        self._drawn = True
        if len(turned) == 1 and self.sheet.has_focus:
            self.sheet.go_to(turned[0])

    def _tell(self, id: str, content: Content) -> None:
        before = self._told.get(id)
        if before is None or not before.is_same(content):
            self._told[id] = content
            self.query_one(f"#{id}", Static).update(content)

    def _draw_below(self) -> None:
        if self.lines:
            line = self.sheet.line
            said = texts.written(self.desk, self.score_step, line.item)
            alone = self.measurement.has_class("-narrow") or self.measurement.has_class("-without-aside")
            width = max(self.size.width - 1, 20)
            # What the list leaves free is for the texts.
            free = max(self.size.height - self.sheet.count() - ROOM_BELOW - 4, 0)
            self.query_one("#below").styles.max_height = ROOM_BELOW + free
            # Where no text is scored, what stands beside the list says all of it.
            content = (
                texts.EMPTY
                if not alone and not self.score_step.scored_on
                else texts.below(
                    line,
                    self.answers.get(line.key),
                    said,
                    width,
                    alone=alone,
                    lines=ROOM_BELOW - 1 + free,
                    suggested=self.suggested.get(line.key, ()),
                    takes="" if self._shut or self.is_sealed else " (v neemt over)",
                    under=rows.parts_told(line, self.answers) if alone else "",
                    was=self._was(line),
                    remark=remark_title(self.desk, self.score_step, self.answers.get(line.key)),
                    closed=bool(self._shut),
                )
            )
            self._tell("below", content)
            self.set_class(bool(content.plain), "-below")

    def on_resize(self) -> None:
        if self._told:
            self._draw_below()

    def aside(self) -> Content:
        if not self.lines:
            return super().aside()
        line, content = self.sheet.line, self.desk.content
        wording = content.report.wording if content.report else ""
        said = texts.written(self.desk, self.score_step, line.item)
        suggested = self.suggested.get(line.key, ())
        under = texts.under(self.lines, line, self.answers)
        row = self.answers.get(line.key)
        return texts.beside(
            line,
            row,
            said,
            wording,
            suggested,
            under,
            self._was(line),
            remark=remark_title(self.desk, self.score_step, row),
            reference=reference(content, line.section),
        )

    def _was(self, line: Line) -> str:
        """What was answered in the record before this one, where it is something else now."""
        return answer_was(line.scale, self.desk.earlier_answers(self.step.id).get(line.key), self.answers.get(line.key))

    def status(self) -> str:
        if self.is_sealed:
            return "verzegeld"
        done, of = progress(self.desk.record, self.desk.content, self.score_step, self.whose)
        chosen = optional.progress_words(self.desk.record, self.desk.content, self.step.id, self.whose)
        return ", ".join(filter(None, [f"{done} van {of} {texts.done_word(self.desk.content)}", chosen]))

    def focus_first(self) -> None:
        self.sheet.focus()

    def point_at(self, *, item: str = "", row: str = "") -> None:
        self.sheet.go_to((item, ""))

    def item_at_hand(self) -> str:
        return self.sheet.line.item.id if self.lines else ""

    # -- what can be done now

    def _allowed(self) -> frozenset[str]:
        record, step, code = self.desk.record, self.score_step, self.desk.viewer or ""
        can = set()
        if not self._shut and not self.is_sealed:
            can |= {"remark", "clear"} if self.score_step.stays_open else {"remark", "clear", "seal"}
            can |= {"readers"} if keeps_private(self.desk, self.score_step) else set()
            can |= {"missing"} if any(scale.missing for scale in self.desk.content.scale) else set()
            can |= {"take_suggestion"} if self.suggested else set()
        if evidence_steps(self.desk.content, self.score_step):
            can.add("evidence")
        if not self.desk.locked and may_reopen(record, self.desk.content, step, code):
            can.add("reopen")
        if self.is_sealed and revealed(record, step) and consensus_of(self.desk.content, step) is not None:
            can.add("to_consensus")
        return frozenset(can)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeps from the footer what cannot be done now."""
        if action in ("parts", "all_parts"):
            return self._has_parts
        if action in ("ladder", "coverage"):
            return self.measurement.check_action(action, parameters)
        if action == "close_remark":
            return self.remark.line is not None
        if action in _NOT_ALWAYS:
            return action in self._can
        return True

    def _require_open(self) -> None:
        if self.is_sealed:
            again = "Druk op h om het te heropenen, met een reden." if "reopen" in self._can else ""
            raise Refused("sheet-sealed", "Dit scoreblad is verzegeld; er verandert niets meer aan.", advice=again)
        if self._shut:
            raise Refused("sheet-closed", self._shut)

    # -- scoring

    def answer(self, line: Line, fields: Tree, name: str, *, burst: str = "") -> None:
        """Gives something for a line of the sheet; `name` is what undo calls it."""
        key = {"item": line.item.id, **({"part": line.part.id} if line.part else {})}
        if burst:
            self.give({"answer": [{**key, **fields}]}, name, burst=burst)
            return
        self.desk.give(self.step.id, {"answer": [{**key, **fields}]}, name=name)
        # The score first, as somebody waits for it; what stands around it right after.
        self._take()
        self.sheet.draw(self.answers)
        self.call_after_refresh(self.measurement.given)

    def choose(self, line: Line, option: Option | None) -> None:
        """Takes a key or click in the list; None says that there is no answer."""
        self._require_open()
        if option is None:
            ask_missing(self, line)
        else:
            self._score(line, option)

    def _score(self, line: Line, option: Option) -> None:
        row = self.answers.get(line.key)
        if option.note == "required" and not (row and row.note.strip()):
            ask_note(self, line, option)
        else:
            self.score(line, {"value": option.value}, f"score bij {line.name}")

    def score(self, line: Line, fields: Tree, name: str) -> None:
        """Answers a line, and goes on where an answer needs no second look."""
        self.answer(line, fields, name)
        if keeps_private(self.desk, self.score_step):
            return  # it stays at hand, for the remark
        following = onward(self.sheet.folds.in_sight(), line.key, self.answers)
        if following is not None:
            self.sheet.go_to(following.key)

    def action_missing(self) -> None:
        """Says why there is no answer here."""
        self._require_open()
        ask_missing(self, self.sheet.line)

    def action_take_suggestion(self) -> None:
        """Scores as the facts suggest; where they suggest more than one score, that is asked first."""
        self._require_open()
        take_suggestion(self, self.sheet.line)

    def action_clear(self) -> None:
        """Takes the answer away; the remark stays."""
        self._require_open()
        line = self.sheet.line
        if rows.is_answered(self.answers.get(line.key)):
            self.answer(line, {"value": "", "missing": ""}, f"score bij {line.name} weg")

    # -- parts that may be answered

    def action_parts(self) -> None:
        """Unfolds what is under this item, or folds it."""
        self.sheet.fold(self.sheet.line.item)
        self._draw_below()

    def action_all_parts(self) -> None:
        """The same for all items."""
        self.sheet.fold_all()
        self._draw_below()

    # -- the remark and the explanation

    def action_remark(self) -> None:
        """Opens the field for a remark on the highlighted line."""
        self._require_open()
        self._open_remark(self.sheet.line)

    def _open_remark(self, line: Line) -> None:
        self.add_class("-remark")
        self.remark.open(line)
        self.refresh_bindings()

    def action_readers(self) -> None:
        """Chooses who reads the remark on this line."""
        self._require_open()
        self.remark.is_kept()
        self._take()
        ask_who_reads(self, self.sheet.line)

    async def action_ladder(self) -> None:
        """How this item grows over the levels."""
        await self.measurement.action_ladder()

    async def action_coverage(self) -> None:
        """Which evidence serves which item."""
        await self.measurement.action_coverage()

    async def action_evidence(self) -> None:
        """The evidence on this item, in full."""
        await show_evidence(self, self.score_step, self.sheet.line.item)

    def action_close_remark(self) -> None:
        """Back to the list; what was typed is kept. Where it was refused, a second time lets it go."""
        if not self.remark.close():
            return
        self.remove_class("-remark")
        self.sheet.focus()
        self.measurement.given()
        self.refresh_bindings()

    @on(Lines.Pointed)
    def _pointed(self, event: Lines.Pointed) -> None:
        event.stop()
        self._draw_below()
        self.measurement.draw_aside()
        self.measurement.query_one("#aside", VerticalScroll).scroll_home(animate=False)
        line = self.remark.line
        if line is None or line.key == self.sheet.line.key:
            return
        if not self.remark.is_kept():
            self.sheet.go_to(line.key)
        elif self.remark.area.has_focus:
            self._open_remark(self.sheet.line)
        else:
            self.action_close_remark()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if event.widget is self.sheet and self.remark.line is not None:
            self.action_close_remark()

    def action_read(self) -> None:
        """The whole texts that are read while scoring."""
        line = self.sheet.line
        found = texts.written(self.desk, self.score_step, line.item)
        suggested = self.suggested.get(line.key, ())
        if not found and not suggested:
            raise Refused("no-texts", "Bij deze stap is geen toelichting geschreven.")
        label = f": {found[0][0]}" if len(found) == 1 and not suggested else ""
        said = texts.in_full(found, self.answers.get(line.key), suggested)
        self.app.push_screen(TextDialog(f"{line.item.id}  {line.item.title}{label}", said))

    # -- going somewhere

    def action_go_on(self) -> None:
        """To the next line."""
        self.sheet.action_by(1)

    def action_next_item(self) -> None:
        """To the next line without an answer."""
        self._to_open(1)

    def action_previous_item(self) -> None:
        """To the one before without an answer."""
        self._to_open(-1)

    def _to_open(self, by: int) -> None:
        left = set(open_keys(self.desk.content, self._tree()))
        if not left or self.is_sealed:
            self.sheet.action_by(by)
            if not left and not self.is_sealed:
                seals = "" if self.score_step.stays_open else " Verzegelen: ctrl+s."
                self.kwartier.tell(f"Alles is {texts.done_word(self.desk.content)}.{seals}")
            return
        found = next_open(self.lines, self.sheet.line.key, left, back=by < 0)
        if found is None:
            self.kwartier.tell(f"Dit is het enige dat nog niet {texts.done_word(self.desk.content)} is.")
        else:
            self.sheet.go_to(found.key)

    def action_go_to(self) -> None:
        """To an item by its number or title."""
        self._find("Ga naar item", searching=False)

    def action_search(self) -> None:
        """To an item by words in its texts."""
        self._find("Zoeken in items, toelichtingen en opmerkingen", searching=True)

    def _find(self, title: str, *, searching: bool) -> None:
        known = list(findable(self.desk, self.score_step, self.lines, self.answers, searching=searching))

        def gone(place: str | None) -> None:
            if place is not None:
                self.sheet.go_to(self.lines[int(place)].key)
                self.sheet.focus()

        self.app.push_screen(FindBox(title, known), gone)

    async def action_to_consensus(self) -> None:
        """To the step in which the scores are compared."""
        later = consensus_of(self.desk.content, self.score_step)
        if later is not None:
            await self.measurement.open_step(later.id)

    # -- sealing

    async def action_seal(self) -> None:
        """Seals this sheet, once somebody says that it is meant."""
        if self.score_step.stays_open:
            self.kwartier.tell("Dit blijft open en wordt niet verzegeld. Wat u invult, is al bewaard.")
            return
        self._require_open()
        self.measurement.keeper.collect()
        left = open_keys(self.desk.content, self._tree())
        if left:
            self.sheet.go_to(left[0])
            raise Refused(
                "sheet-not-full",
                texts.incomplete(self.desk.content, left),
                advice="Geef een score, of zeg waarom die er niet is (n).",
            )
        await ask_to_seal(self)

    async def action_reopen(self) -> None:
        """Opens a sealed sheet again; the sealed version is kept."""
        await ask_to_reopen(self)
