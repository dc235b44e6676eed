"""The work of a step of the form consensus: the sheets side by side, and the definitive answer of each item.

It draws and takes keys. What is decided goes by `consensus_deciding`, boxes by `consensus_asking`; the map, the item
at hand and the figures are drawn in the other modules beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from kwartier.analysis.answers import Answer
from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import ConsensusStep, Scale, Value
from kwartier.instrument.selection import item as item_by_id
from kwartier.tui.actions import bindings
from kwartier.tui.panes import consensus_figures as figures
from kwartier.tui.panes.base import NO_SEAL, Pane
from kwartier.tui.panes.consensus_asking import ask_day, ask_missing, ask_mistake, ask_throw_away, ask_to_take_over
from kwartier.tui.panes.consensus_deciding import Deciding, equal_words, key_of
from kwartier.tui.panes.consensus_detail import detail
from kwartier.tui.panes.consensus_map import ConsensusMap, in_order, rows_of
from kwartier.tui.panes.consensus_reason import ReasonBox, ReasonField
from kwartier.tui.panes.rows import bar_button
from kwartier.tui.panes.score_evidence import evidence_steps, show_evidence
from kwartier.tui.panes.score_rows import answer_keys, missing_key
from kwartier.tui.safe import shown
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.option_line import OptionLine
from kwartier.workflow.agreed import Key, Stand, scored_by, stands
from kwartier.workflow.people import revealed
from kwartier.workflow.sealing import key_title, scale_for

if TYPE_CHECKING:
    from kwartier.workspace.judged import Judged

WIDE = 100
"""Cells from which the heading has room for whole words."""


class ConsensusPane(Pane):
    """A map of the items above, what there is to weigh at one of them below."""

    scope = "consensus"
    BINDINGS: ClassVar[list[BindingType]] = bindings("consensus")
    DEFAULT_CSS = """
    ConsensusPane { height: 1fr; }
    ConsensusPane #top { height: auto; max-height: 5; }
    ConsensusPane #map { height: auto; max-height: 50%; }
    ConsensusPane #options { border-top: solid $panel; }
    ConsensusPane.-reason ReasonBox { display: block; }
    ConsensusPane.-reason #map { max-height: 40%; }
    ConsensusPane #detail { height: 1fr; min-height: 3; }
    ConsensusPane #before { height: auto; max-height: 2; display: none; }
    ConsensusPane #before-told { width: auto; margin-right: 2; }
    ConsensusPane #before Button { min-width: 0; }
    ConsensusPane.-waiting #before { display: none; }
    ConsensusPane.-waiting #top, ConsensusPane.-waiting #map, ConsensusPane.-waiting #options { display: none; }
    """

    _by_difference = True
    _is_writing = False
    _can_look = False
    _can_change = False

    def compose(self) -> ComposeResult:
        assert isinstance(self.step, ConsensusStep)
        self.consensus = self.step
        self.scored = scored_by(self.desk.content, self.step)
        self.deciding = Deciding(self)
        self._bound: Key | None = None
        self.stands: list[Stand] = []
        self.before: Mapping[str, Judged] = {}
        yield Static(id="top")
        yield ConsensusMap(self.action_order, id="map")
        yield OptionLine(id="options")
        with Horizontal(id="before"):
            yield Static(id="before-told")
            yield bar_button("Overnemen (e)", "take_over")
        yield ReasonBox(id="reason-box")
        with VerticalScroll(id="detail", can_focus=True):
            yield Static(id="detail-text")

    def answer_keys(self) -> frozenset[str]:
        """The keys that choose an answer here, whatever else the table has them for."""
        return frozenset().union(*(answer_keys(self.scale_of(one.id)) for one in self.desk.content.items()))

    async def on_mount(self) -> None:
        self.unbind()
        scale = next((self.scale_of(item.id) for item in self.desk.content.items()), None)
        if scale is not None and (key := missing_key(scale)):
            self.show_key("missing", key, scale.missing_title)
        if self.consensus.takes_over:
            workspace, ref = await self.kwartier.workspace(), self.desk.ref
            self.before = await asyncio.to_thread(workspace.earlier_judgements, ref)
            if self.before and self.is_attached:
                self.draw()

    @property
    def map(self) -> ConsensusMap:
        """The rows."""
        return self.query_one("#map", ConsensusMap)

    @property
    def reason_field(self) -> ReasonField:
        """The field of the reason at hand."""
        return self.query_one("#reason", ReasonField)

    # -- drawing

    @property
    def is_open(self) -> bool:
        """Whether the scores lie side by side for who is at the keyboard."""
        record = self.desk.record
        if record.envelope.paper is not None:
            return True
        return revealed(record, self.scored) and self.scored.id not in record.closed

    def draw(self) -> None:
        self._heed_what_can_be_done()
        self.set_class(not self.is_open, "-waiting")
        if not self.is_open:
            state = next((one for one in self.desk.states() if one.id == self.scored.id), None)
            self.query_one("#detail-text", Static).update(figures.waiting(state, self.desk.name))
            return
        self.stands = stands(self.desk.record, self.desk.content, self.scored)
        self.query_one("#top", Static).update(figures.above(self.desk, self.step.id, self.scored.id))
        self._draw_map()
        if self._bound != self.map.key:
            self._select()
        else:
            self.reason_field.draw()
            self._draw_item()

    def _ordered(self) -> list[Stand]:
        return in_order(self.stands, self.desk.content, by_difference=self._by_difference)

    def _draw_map(self) -> None:
        raters = figures.raters_of(self.desk.record, self.scored, self.stands, self.desk.name)
        found = self._ordered()
        rows = rows_of(found, self.desk.content, raters, self.deciding.reason, self.deciding.waiting)
        self.map.draw(rows, raters)

    def _draw_item(self) -> None:
        if not self.query(ConsensusMap):  # it is being closed, with the focus in the reason
            return
        stand = self._stand()
        if stand is None:
            return
        key = key_of(stand)
        waits = self.deciding.waiting(key)
        answer = waits or stand.agreed
        self.query_one(OptionLine).draw(
            self.scale(stand),
            answer.value if answer else None,
            missing=bool(answer and answer.missing),
            other=f"Item {key_title(key)}, {'voorlopig' if waits else 'definitief'}:",
        )
        self.set_class(waits is not None or self._is_writing, "-reason")
        judged = self._judged(stand)
        self.query_one("#detail-text", Static).update(
            detail(
                self.desk.record,
                self.desk.content,
                self.consensus,
                self.scored,
                stand,
                self.desk.name,
                reason=not self.has_class("-reason"),
                before=judged.words if judged else "",
            )
        )
        self._draw_before(stand)
        why = self.deciding.reason_asked(stand)
        told = f"Een reden is nodig, want {why}. De score wordt met de reden bewaard." if why else ""
        self.query_one(ReasonBox).say(told)

    def _judged(self, stand: Stand) -> Judged | None:
        """What was judged of an item before, where that may be taken over."""
        return self.before.get(stand.item) if not stand.part else None

    def _draw_before(self, stand: Stand) -> None:
        """The earlier judgement, with what takes it over; not where it was, which the detail says."""
        judged = self._judged(stand)
        wanted = judged is not None and not stand.taken_over and self._can_change
        self.query_one("#before").display = wanted
        if wanted and judged is not None:
            self.query_one("#before-told", Static).update(shown(f"Eerder beoordeeld: {judged.words}"))

    def status(self) -> str:
        if not self.is_open:
            return "wacht op scorebladen"
        asked = [one for one in self.stands if not one.optional]
        left = [one for one in asked if one.agreed is None or not one.agreed.answered]
        equal = sum(one.agreed is None and one.proposal is not None for one in left)
        told = [f"{len(left) - equal} te bespreken"] if len(left) > equal else []
        told += [f"{equal} te bevestigen"] if equal else []
        return ", ".join(told) or f"alle {len(asked)} definitief"

    def aside(self) -> Content:
        guidance = super().aside()
        outcome = self.desk.outcome(self.scored.id)
        if not self.is_open or outcome is None or outcome.step != self.scored.id:
            return guidance
        note = self.desk.content.report.agreement if self.desk.content.report else ""
        told = (figures.means(self.desk.content, outcome), shown(note, "$text-muted"), guidance)
        return Content("\n\n").join(one for one in told if one.plain)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeps from the footer what cannot be done now: nothing can before the scores lie side by side."""
        if action in ("keep_reason", "close_reason"):
            return isinstance(self.screen.focused, ReasonField)
        if action == "order":
            return self._can_look
        if action == "take_over":
            return self._can_change and bool(self.before)
        if action == "evidence":
            return self._can_look and bool(evidence_steps(self.desk.content, self.scored))
        if action in ("confirm_equal", "reason", "missing", "mistake", "day", "clear"):
            return self._can_change
        return super().check_action(action, parameters)

    def _heed_what_can_be_done(self) -> None:
        look = self.is_open
        change = look and not self.desk.closed(self.step.id)
        if (look, change) != (self._can_look, self._can_change):
            self._can_look, self._can_change = look, change
            self.refresh_bindings()

    def focus_first(self) -> None:
        self.query_one("#map" if self.is_open else "#detail").focus()

    # -- the item at hand

    def _stand(self) -> Stand | None:
        key = self.map.key
        return next((one for one in self.stands if key_of(one) == key), None)

    def _at_hand(self) -> Stand:
        """The item that is pointed at, which can be changed. Raises `Refused` where nothing can."""
        stand = self._stand()
        if stand is None:
            raise Refused("not-revealed", "De scores liggen nog niet naast elkaar.")
        if why := self.desk.closed(self.step.id):
            raise Refused("closed-here", why)
        return stand

    def scale_of(self, item: str) -> Scale:
        """The scale of an item."""
        return scale_for(self.desk.content, item_by_id(self.desk.content, item), "")

    def scale(self, stand: Stand) -> Scale:
        """The scale of what is at hand."""
        return scale_for(self.desk.content, item_by_id(self.desk.content, stand.item), stand.part)

    @on(Lines.Pointed)
    def _pointed(self, event: Lines.Pointed) -> None:
        event.stop()
        self._select()

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()  # a click only points: what is proposed is confirmed with enter or on the line of answers

    def _select(self) -> None:
        """Another row is at hand: what was typed at the one before stays with that one."""
        key = self.map.key
        if key is None or key == self._bound:
            return
        self._bound, before = key, self._bound
        self.deciding.bind(self.reason_field, key, before)
        self._draw_item()
        self.query_one("#detail").scroll_home(animate=False)

    # -- the definitive answer

    def on_key(self, event: events.Key) -> None:
        """Keys of the scale come before the letters of the actions; none of them reaches a text."""
        if not isinstance(self.screen.focused, ConsensusMap) or (stand := self._stand()) is None:
            return
        options = self.scale(stand).options
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
        elif stand.agreed is None and stand.judged_before:
            self.kwartier.tell("Dit is gelaten bij een eerder oordeel: neem dat over (e), of kies een antwoord.")
        elif stand.agreed is None:
            self.kwartier.tell("De scores verschillen: kies de definitieve score.")
        else:
            self.action_reason()

    def _decide(self, answer: Answer) -> None:
        """Makes an answer the definitive one; where it needs a reason, that comes next."""
        if self.deciding.decide(self._at_hand(), answer):
            self._onward()
        else:
            self._draw_map()
            self.action_reason()

    @on(ReasonField.Answered)
    def _answered(self, event: ReasonField.Answered) -> None:
        event.stop()
        if event.why:
            self.query_one(ReasonBox).say(event.why)
            return
        self.stands = stands(self.desk.record, self.desk.content, self.scored)
        self._draw_map()
        self._draw_item()

    @on(ReasonField.Done)
    def _reason_done(self, event: ReasonField.Done) -> None:
        event.stop()
        waits = self._bound is not None and self.deciding.waiting(self._bound) is not None
        if not event.onward and not event.kept:
            ask_throw_away(self, self._throw_away)
        elif not event.onward:
            self._back_to_map()
        elif event.kept and not waits:  # else the field says what is missing
            self._back_to_map()
            self._onward()

    def _throw_away(self) -> None:
        try:
            self.deciding.throw_away()
        except KwartierError as error:  # somebody else changed it since
            self.kwartier.refuse(error)
        self._back_to_map()

    def _back_to_map(self) -> None:
        self.map.focus()
        self.measurement.given()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, ReasonField) and self.is_open:
            self._is_writing = False
            self.call_after_refresh(self._draw_item)

    def _onward(self) -> None:
        """To the next row that has no definitive answer yet; stays where there is none."""
        table = self.map
        found = self._ordered()
        keys = [key_of(one) for one in found]
        here = keys.index(table.key) if table.key in keys else 0
        later = [*found[here + 1 :], *found[:here]]
        left = (one for one in later if one.agreed is None or not one.agreed.answered)
        following = next((one for one in left if not one.optional), None)
        if following is not None:
            table.go_to(key_of(following))

    # -- keys

    def action_reason(self) -> None:
        """Opens the reason of the item at hand."""
        self.deciding.begin_reason(self._at_hand())
        self._is_writing = True
        self.add_class("-reason")
        field = self.reason_field
        field.focus()
        field.move_cursor(field.document.end)
        self._draw_item()

    def action_keep_reason(self) -> None:
        """The reason is as it is to be; the next item follows."""
        self.reason_field.done(onward=True)

    async def action_seal(self) -> None:
        """Nothing is sealed here; in the field of the reason the chord says that one is done, as in a form."""
        if isinstance(self.screen.focused, ReasonField):
            self.action_keep_reason()
        else:
            self.kwartier.tell(NO_SEAL)

    def action_close_reason(self) -> None:
        """Back to the map; what was typed is kept."""
        self.reason_field.done(onward=False)

    def action_confirm_equal(self) -> None:
        """Confirms in one edit what all gave alike."""
        self._at_hand()
        count = self.deciding.confirm_equal()
        if not count:
            self.kwartier.tell("Er zijn geen gelijke scores meer te bevestigen.")
            return
        what = equal_words(count)
        self.kwartier.tell(f"{what[0].upper()}{what[1:]}. Ongedaan maken kan met ctrl+z.")
        self._to_first_open()

    def _to_first_open(self) -> None:
        stand = self._stand()
        if stand is not None and stand.agreed is not None:
            self._onward()

    def action_take_over(self) -> None:
        """Takes over what was judged of this item in an earlier record, with a reason."""
        stand = self._at_hand()
        judged = self._judged(stand)
        if judged is None:
            raise Refused("not-judged-before", f"Item {key_title(key_of(stand))} is niet eerder beoordeeld.")
        ask_to_take_over(self, stand, judged)

    def taken_over(self, stand: Stand, value: Value, ref: str, reason: str) -> None:
        """An earlier judgement is the definitive one from now on."""
        try:
            self.deciding.take_over(stand, value, ref, reason)
        except KwartierError as error:
            self.kwartier.refuse(error)
            return
        self._onward()

    async def action_evidence(self) -> None:
        """The evidence on this item, in full."""
        if (stand := self._stand()) is not None:
            await show_evidence(self, self.scored, item_by_id(self.desk.content, stand.item))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        # Not from here: what follows opens a dialog that waits for this.
        self.measurement.call_later(self.run_action, str(event.button.id))

    def action_missing(self) -> None:
        """There is no answer to give, for one of the reasons of the scale."""
        ask_missing(self, self._at_hand(), self._decide)

    def action_clear(self) -> None:
        """Takes the definitive answer of the item at hand away."""
        if self.deciding.clear(self._at_hand()):
            self.draw()
        else:
            self.kwartier.tell("Hier staat nog geen definitieve score.")

    def unbind(self) -> None:
        """The field of the reason belongs to no item, until one is drawn."""
        self.reason_field.bind(self.measurement.keeper, lambda: "", lambda text, burst: None)
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
        ask_day(self)

    def action_mistake(self) -> None:
        """Names one's own sealed answer a mistake."""
        ask_mistake(self, self._at_hand())
