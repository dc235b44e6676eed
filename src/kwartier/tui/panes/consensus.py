"""The work of a step of the form consensus: the sheets side by side, and the definitive answer of each item.

What it draws stands in the modules beside it; whether a reason is needed, and what is proposed, in the workflow.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.answers import Answer
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.model import ConsensusStep, Scale
from kwartier.instrument.selection import item as item_by_id
from kwartier.records.files import ConsensusFile
from kwartier.records.tree import Tree
from kwartier.reports.phrases import with_names
from kwartier.tui.actions import bindings
from kwartier.tui.panes import consensus_figures as figures
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.consensus_detail import detail
from kwartier.tui.panes.consensus_map import ConsensusMap, in_order, rows_of
from kwartier.tui.panes.consensus_reason import ReasonField
from kwartier.tui.safe import parts, shown
from kwartier.tui.screens.dialogs import Ask, Choose
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.option_line import OptionLine
from kwartier.workflow.agreed import (
    Key,
    Stand,
    confirmation,
    confirmations,
    reason_wanted,
    scored_by,
    stands,
)
from kwartier.workflow.people import counting, revealed, shadows
from kwartier.workflow.periods import short
from kwartier.workflow.sealing import key_title, scale_for


class Waiting(Struct, frozen=True, kw_only=True):
    """A score that was chosen and waits for its reason, with what was typed of that."""

    answer: Answer
    text: str = ""


class ConsensusPane(Pane):
    """A map of the items above, what there is to weigh at one of them below."""

    scope = "consensus"
    BINDINGS: ClassVar[list[BindingType]] = bindings("consensus")
    DEFAULT_CSS = """
    ConsensusPane { height: 1fr; }
    ConsensusPane #top { height: auto; max-height: 5; }
    ConsensusPane #map { height: auto; max-height: 50%; }
    ConsensusPane #options { border-top: solid $panel; }
    ConsensusPane #reason-box { height: auto; display: none; }
    ConsensusPane.-reason #reason-box { display: block; }
    ConsensusPane.-reason #map { max-height: 40%; }
    ConsensusPane #detail { height: 1fr; min-height: 3; }
    ConsensusPane.-waiting #top, ConsensusPane.-waiting #map, ConsensusPane.-waiting #options { display: none; }
    """

    _by_difference = True
    _is_writing = False

    def compose(self) -> ComposeResult:
        assert isinstance(self.step, ConsensusStep)
        self.consensus = self.step
        self.scored = scored_by(self.desk.content, self.step)
        self._waiting: dict[Key, Waiting] = {}
        self._bound: Key | None = None
        self._stands: list[Stand] = []
        yield Static(id="top")
        yield ConsensusMap(self.action_order, id="map")
        yield OptionLine(id="options")
        with Vertical(id="reason-box"):
            yield Static(id="reason-why")
            yield ReasonField(id="reason", placeholder="De reden van deze definitieve score")
        with VerticalScroll(id="detail", can_focus=True):
            yield Static(id="detail-text")

    def on_mount(self) -> None:
        self._unbind()

    # -- drawing

    @property
    def is_open(self) -> bool:
        """Whether the scores lie side by side for who is at the keyboard."""
        record = self.desk.record
        if record.envelope.paper is not None:
            return True
        return revealed(record, self.scored) and self.scored.id not in record.closed

    def draw(self) -> None:
        self.set_class(not self.is_open, "-waiting")
        if not self.is_open:
            state = next((one for one in self.desk.states() if one.id == self.scored.id), None)
            self.query_one("#detail-text", Static).update(figures.waiting(state, self.desk.name))
            return
        self._stands = stands(self.desk.record, self.desk.content, self.scored)
        self.query_one("#top", Static).update(self._top())
        self._draw_map()
        if self._bound != self.query_one(ConsensusMap).key:
            self._select()
        else:
            self.query_one(ReasonField).draw()
            self._draw_item()

    def _draw_map(self) -> None:
        record = self.desk.record
        raters = figures.raters_of(
            [code for code in counting(record, self.scored) if any(code in one.given for one in self._stands)],
            [code for code in shadows(record, self.scored) if any(code in one.shadows for one in self._stands)],
            self.desk.name,
        )
        found = in_order(self._stands, self.desk.content, by_difference=self._by_difference)
        rows = rows_of(found, self.desk.content, raters, self._reason, self._pending)
        self.query_one(ConsensusMap).draw(rows, raters)

    def _draw_item(self) -> None:
        stand = self._stand()
        if stand is None:
            return
        key = (stand.item, stand.part)
        waits = self._waiting.get(key)
        answer = waits.answer if waits else stand.agreed
        self.query_one(OptionLine).draw(
            self._scale(stand),
            answer.value if answer else None,
            missing=bool(answer and answer.missing),
            other=f"Item {key_title(key)}, {'voorlopig' if waits else 'definitief'}:",
        )
        self.set_class(waits is not None or self._is_writing, "-reason")
        self.query_one("#detail-text", Static).update(
            detail(
                self.desk.record,
                self.desk.content,
                self.consensus,
                self.scored,
                stand,
                self.desk.name,
                reason=not self.has_class("-reason"),
            )
        )
        self._draw_why(reason_wanted(stand.given, waits.answer, self._scale(stand)) if waits else "")

    def _draw_why(self, why: str) -> None:
        told = f"Een reden is nodig, want {why}. De score wordt met de reden bewaard." if why else "Reden"
        self.query_one("#reason-why", Static).update(shown(told, "bold $text-warning" if why else "bold"))

    def _top(self) -> Content:
        outcome = self.desk.outcome()
        day = self.desk.record.read(self.step.id, ConsensusFile).date
        pieces = [shown(f"Besproken op {short(day)}." if day else "De dag van het gesprek ontbreekt nog (d).")]
        if outcome is not None and outcome.step == self.scored.id:
            found = outcome.agreement
            if isinstance(found, Agreement):
                pieces[0] = parts(figures.agreement_words(found, self.desk.name), " · ", pieces[0])
            else:
                pieces.append(shown(f"Overeenstemming: {found.why}.", "$text-muted"))
        names = {one.id: self.desk.name(one.id) for one in self.desk.record.envelope.person}
        for one in self.desk.findings():
            if one.step in (self.scored.id, self.step.id):
                pieces.append(parts(("! ", "bold $text-warning"), with_names(one.message, names)))
        return Content("\n").join(pieces)

    def status(self) -> str:
        if not self.is_open:
            return "wacht op scorebladen"
        left = sum(one.agreed is None or not one.agreed.answered for one in self._stands)
        of = len(self._stands)
        return f"{left} van {of} nog te bespreken" if left else f"alle {of} definitief"

    def aside(self) -> Content:
        guidance = super().aside()
        outcome = self.desk.outcome()
        if not self.is_open or outcome is None or outcome.step != self.scored.id:
            return guidance
        note = self.desk.content.report.agreement if self.desk.content.report else ""
        told = (figures.means(self.desk.content, outcome), shown(note, "$text-muted"), guidance)
        return Content("\n\n").join(one for one in told if one.plain)

    def focus_first(self) -> None:
        self.query_one("#map" if self.is_open else "#detail").focus()

    # -- the item at hand

    def _stand(self) -> Stand | None:
        key = self.query_one(ConsensusMap).key
        return next((one for one in self._stands if (one.item, one.part) == key), None)

    def _at_hand(self) -> Stand:
        """The item that is pointed at, which can be changed. Raises `Refused` where nothing can."""
        stand = self._stand()
        if stand is None:
            raise Refused("not-revealed", "De scores liggen nog niet naast elkaar.")
        if why := self.desk.closed(self.step.id):
            raise Refused("closed-here", why)
        return stand

    def _scale(self, stand: Stand) -> Scale:
        return scale_for(self.desk.content, item_by_id(self.desk.content, stand.item), stand.part)

    def _reason(self, key: Key) -> str:
        rows = self.desk.record.read(self.step.id, ConsensusFile).answer
        return next((row.note for row in rows if (row.item, row.part) == key), "")

    def _pending(self, key: Key) -> Answer | None:
        found = self._waiting.get(key)
        return found.answer if found else None

    @on(Lines.Pointed)
    def _pointed(self, event: Lines.Pointed) -> None:
        event.stop()
        self._select()

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()  # a click only points: what is proposed is confirmed with enter or on the line of answers

    def _select(self) -> None:
        """Another row is at hand: what was typed at the one before stays with that one."""
        key = self.query_one(ConsensusMap).key
        if key is None or key == self._bound:
            return
        field = self.query_one(ReasonField)
        field.collect()
        if self._bound in self._waiting and self._bound is not None and field.unsaved is not None:
            self._waiting[self._bound] = Waiting(answer=self._waiting[self._bound].answer, text=field.unsaved)
        self._bound = key
        field.bind(self.measurement.keeper, partial(self._reason, key), partial(self._give_reason, key))
        if (waits := self._waiting.get(key)) and waits.text:
            field.load_text(waits.text)
        self._draw_item()
        self.query_one("#detail").scroll_home(animate=False)

    # -- the definitive answer

    def on_key(self, event: events.Key) -> None:
        """Keys of the scale come before the letters of the actions; none of them reaches a text."""
        if not isinstance(self.screen.focused, ConsensusMap) or (stand := self._stand()) is None:
            return
        options = self._scale(stand).options
        chosen = next((one for one in options if event.character == (one.key or str(one.value))), None)
        if chosen is None and event.key != "enter":
            return
        event.stop()
        event.prevent_default()
        try:
            if chosen is not None:
                self._decide(Answer(value=chosen.value))
            else:
                self._confirm()
        except KwartierError as error:
            self.kwartier.refuse(error)

    @on(OptionLine.Picked)
    def _picked(self, event: OptionLine.Picked) -> None:
        event.stop()
        if event.value is None:
            self.action_missing()
        else:
            self._decide(Answer(value=event.value))

    def _confirm(self) -> None:
        stand = self._at_hand()
        if stand.proposal is not None and stand.agreed is None:
            self._decide(stand.proposal)
        elif stand.agreed is None:
            self.kwartier.tell("De scores verschillen: kies de definitieve score.")
        else:
            self.action_reason()

    def _decide(self, answer: Answer) -> None:
        """Makes an answer the definitive one; where it needs a reason it waits for that."""
        stand = self._at_hand()
        key = (stand.item, stand.part)
        field = self.query_one(ReasonField)
        field.collect()
        why = reason_wanted(stand.given, answer, self._scale(stand))
        if why and not self._reason(key).strip():
            self._waiting[key] = Waiting(answer=answer)
            self._draw_map()
            self.action_reason()
            return
        self._waiting.pop(key, None)
        self.give({"answer": [_row(stand, answer)]}, f"definitieve score bij item {key_title(key)}")
        if why:
            self.action_reason()  # the reason that is there was another score's
        else:
            self._onward()

    def _give_reason(self, key: Key, text: str, burst: str) -> None:
        stand = next(one for one in self._stands if (one.item, one.part) == key)
        waits = self._waiting.get(key)
        answer = waits.answer if waits else stand.agreed
        if answer is None or not answer.answered:
            raise Misused("no-score", "Kies eerst de definitieve score; dan hoort de reden daarbij.")
        given = {"answer": [{**_row(stand, answer), "note": text}]}
        self.give(given, f"definitieve score met reden bij item {key_title(key)}", burst=burst)
        self._waiting.pop(key, None)

    @on(ReasonField.Answered)
    def _answered(self, event: ReasonField.Answered) -> None:
        event.stop()
        if event.why:
            self.query_one("#reason-why", Static).update(shown(event.why, "bold $text-warning"))
            return
        self._stands = stands(self.desk.record, self.desk.content, self.scored)
        self._draw_map()
        self._draw_item()

    @on(ReasonField.Done)
    def _reason_done(self, event: ReasonField.Done) -> None:
        event.stop()
        if event.onward and (not event.kept or self._bound in self._waiting):
            return  # the field says what is missing
        self.query_one(ConsensusMap).focus()
        self.measurement.given()
        if event.onward:
            self._onward()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, ReasonField) and self.is_open:
            self._is_writing = False
            self.call_after_refresh(self._draw_item)

    def _onward(self) -> None:
        """To the next row that has no definitive answer yet; stays where there is none."""
        table = self.query_one(ConsensusMap)
        found = in_order(self._stands, self.desk.content, by_difference=self._by_difference)
        keys = [(one.item, one.part) for one in found]
        here = keys.index(table.key) if table.key in keys else 0
        later = [*found[here + 1 :], *found[:here]]
        following = next((one for one in later if one.agreed is None or not one.agreed.answered), None)
        if following is not None:
            table.go_to((following.item, following.part))

    # -- keys

    def action_reason(self) -> None:
        """Opens the reason of the item at hand."""
        stand = self._at_hand()
        if (stand.item, stand.part) not in self._waiting and (stand.agreed is None or not stand.agreed.answered):
            raise Misused("no-score", "Kies eerst de definitieve score; dan hoort de reden daarbij.")
        self._is_writing = True
        self.add_class("-reason")
        field = self.query_one(ReasonField)
        field.focus()
        field.move_cursor(field.document.end)
        self._draw_item()

    def action_confirm_equal(self) -> None:
        """Confirms in one edit what all gave alike."""
        self._at_hand()
        rows = confirmations(self.desk.content, self._stands)
        if not rows:
            self.kwartier.tell("Er zijn geen gelijke scores meer te bevestigen.")
            return
        what = "1 gelijke score bevestigd" if len(rows) == 1 else f"{len(rows)} gelijke scores bevestigd"
        self.give({"answer": rows}, what)
        self.kwartier.tell(f"{what[0].upper()}{what[1:]}. Ongedaan maken kan met ctrl+z.")
        self._to_first_open()

    def _to_first_open(self) -> None:
        stand = self._stand()
        if stand is not None and stand.agreed is not None:
            self._onward()

    def action_missing(self) -> None:
        """There is no answer to give, for one of the reasons of the scale."""
        stand = self._at_hand()
        scale = self._scale(stand)
        if not scale.missing:
            raise Misused("must-answer", "Dit item moet een antwoord krijgen.", advice="Kies een van de antwoorden.")

        def chosen(why: str | None) -> None:
            if why is not None:
                self._decide(Answer(missing=why))

        title = f"Item {key_title((stand.item, stand.part))}: {scale.missing_title}"
        self.app.push_screen(Choose(title, [(why, why) for why in scale.missing]), chosen)

    def action_clear(self) -> None:
        """Takes the definitive answer of the item at hand away."""
        stand = self._at_hand()
        key = (stand.item, stand.part)
        waited = self._waiting.pop(key, None)
        rows = self.desk.record.read(self.step.id, ConsensusFile).answer
        there = any((row.item, row.part) == key for row in rows)
        if not there and waited is None:
            self.kwartier.tell("Hier staat nog geen definitieve score.")
            return
        self._unbind()  # what is typed of its reason goes with it
        if there:
            bare: Tree = {"item": stand.item, **({"part": stand.part} if stand.part else {}), "remove": True}
            self.give({"answer": [bare]}, f"definitieve score bij item {key_title(key)} gewist")
        self.draw()

    def _unbind(self) -> None:
        self.query_one(ReasonField).bind(self.measurement.keeper, lambda: "", lambda text, burst: None)
        self._bound = None

    def action_order(self) -> None:
        """By difference, or in the order of the items."""
        if not self.is_open:
            return
        self._by_difference = not self._by_difference
        self._draw_map()
        self.kwartier.tell("Grootste verschil eerst." if self._by_difference else "In de volgorde van de items.")

    def action_day(self) -> None:
        """The day of the talk."""
        self._at_hand()
        self._ask_day("")

    def _ask_day(self, typed: str) -> None:
        day = self.desk.record.read(self.step.id, ConsensusFile).date or self.desk.today

        def answered(text: str | None) -> None:
            if text is None:
                return
            try:
                self.give({"date": text}, "dag van het gesprek")
            except KwartierError as error:
                self.kwartier.refuse(error)
                self._ask_day(text)

        value = typed or f"{day.day}-{day.month}-{day.year}"
        self.app.push_screen(Ask("De dag van het gesprek", "Bijvoorbeeld 22-11-2026.", value=value), answered)

    def action_mistake(self) -> None:
        """Names one's own sealed answer a mistake."""
        stand = self._at_hand()
        who = self.desk.viewer
        own = {**stand.given, **stand.shadows}
        if who is None:
            raise Misused("who", "Alleen wie het antwoord gaf, kan het een vergissing noemen.")
        if who not in own:
            raise Refused("no-own-answer", f"{self.desk.name(who)} scoorde hier niet.")

        async def named(reason: str | None) -> None:
            if reason is None:
                return
            workspace = await self.kwartier.workspace()
            measurement, key = self.measurement, (stand.item, stand.part)
            await measurement.do(
                lambda: workspace.mistake(self.desk.ref, who, stand.item, reason=reason),
                told=f"Genoteerd bij item {stand.item}. Zet het recht met de definitieve score.",
            )
            if isinstance(measurement.pane, ConsensusPane):
                measurement.pane.query_one(ConsensusMap).go_to(key)

        self.app.push_screen(
            Ask(
                f"Vergissing bij item {stand.item}",
                f"{self.desk.name(who)} noemt het eigen verzegelde antwoord een vergissing. Het blijft staan en "
                "meetellen in de overeenstemming, en het verslag noemt het. Dit kan niet ongedaan gemaakt worden.\n\n"
                "Wat is er vergist?",
                lines=True,
                ok="Noem het een vergissing (ctrl+s)",
            ),
            named,
        )


def _row(stand: Stand, answer: Answer) -> Tree:
    """The row of a definitive answer; what stood there in its place goes."""
    return {"value": "", "missing": "", **confirmation(stand, answer)}
