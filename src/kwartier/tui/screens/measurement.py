"""An open measurement: its steps at the left, the work of one step in the middle, what is said of it at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.keeping import REST, Keeper
from kwartier.tui.panes import pane_for
from kwartier.tui.panes.base import NO_SEAL
from kwartier.tui.safe import parts, shown
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.steps import StepList
from kwartier.tui.widgets.typing_fields import is_field

if TYPE_CHECKING:
    from textual.content import Content

    from kwartier.instrument.model import AnyStep
    from kwartier.tui.panes.base import Pane
    from kwartier.workspace.desk import Desk

ROOM_FOR_THREE = 116
"""Columns from which the steps, the work and what stands beside it are shown together."""


class MeasurementScreen(Screen[None], Guarded):
    """One record at one keyboard."""

    CSS_PATH = "measurement.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-broad")]  # noqa: RUF012  (Textual types it so)
    BINDINGS: ClassVar[list[BindingType]] = bindings("measurement")
    AUTO_FOCUS = None

    def __init__(self, desk: Desk, step: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.keeper = Keeper(self, desk, changed=self._drawn)  # type: ignore[arg-type]
        self._first = step
        self.pane: Pane | None = None
        self._beside: Content | None = None
        "The work that is open; None while it is being put away or made."
        self._wanted: tuple[AnyStep, type[Pane]] | None = None
        self._turning = False
        self._aside: bool | None = None  # whether the user wants to see what stands beside the work
        self._worked_in: Widget | None = None

    def compose(self) -> ComposeResult:
        yield Heading()
        with Horizontal(id="body"):
            yield StepList(id="steps")
            yield Vertical(id="work")
            with VerticalScroll(id="aside", can_focus=True):
                yield Static(id="aside-text")
        yield Footer()

    async def on_mount(self) -> None:
        self.keeper.start()
        self.query_one(StepList).draw(self.desk.states())
        following = self.desk.next()
        await self.open_step(self._first or (following.id if following else self.desk.content.step[0].id))

    # -- steps

    async def open_step(self, step_id: str, *, asked: bool = False) -> None:
        """Shows the work of a step; asks first who is at the keyboard where the step belongs to one person.

        `asked` says that this was asked just now, so that "nobody" is an answer.
        """
        step = self.desk.step(step_id)
        kind = pane_for(step)
        if kind.asks(step) and self.desk.viewer is None and not asked:
            self.ask_who(then=step_id)
            return
        self.keeper.save()
        if self.keeper.refusals:
            self.kwartier.unless_unsaved(self.keeper.refusals, partial(self._show_step, step, kind))
            return
        await self._show_step(step, kind)

    async def open_at(self, step_id: str, *, item: str = "", row: str = "") -> None:
        """The work of a step, at an item or at a row where it has those."""
        if self.pane is None or self.pane.step.id != step_id:
            await self.open_step(step_id)
        if self.pane is not None and self.pane.step.id == step_id:
            self.pane.point_at(item=item, row=row)

    async def _show_step(self, step: AnyStep, kind: type[Pane]) -> None:
        self._wanted = step, kind
        if self._turning:  # keys and the mouse come by different ways: what was wanted last is shown next
            return
        self._turning = True
        try:
            while self._wanted is not None:
                (step, kind), self._wanted = self._wanted, None
                await self._put_away()
                pane = kind(self, step)
                await self.query_one("#work").mount(pane)
                self.pane = pane  # not before: what somebody else saves is drawn only where all of it is there
        finally:
            self._turning = False
        self.kwartier.went_elsewhere()
        self.query_one(StepList).point_at(step.id)
        self.show_work()
        self._drawn(True)
        pane.focus_first()
        self.kwartier.remember(self.desk.ref, step.id)

    async def _put_away(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            await pane.remove()

    @on(StepList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            await self.open_step(event.option.id)

    # -- who is at the keyboard

    def ask_who(self, then: str = "") -> None:
        """Asks "Wie zit er achter het toetsenbord?" and goes on with a step as that person."""
        from kwartier.tui.screens.who import WhoScreen

        async def answered(code: str | None) -> None:
            try:
                if code is not None:
                    await self.change_viewer(code, then)
                elif self.pane is None:  # a measurement never stands without any work open
                    await self.open_step(self._open_to_all())
            except KwartierError as error:
                self.kwartier.refuse(error)
                if code is not None and (code or None) != self.desk.viewer:
                    self.ask_who(then)  # what cannot be saved is not for whoever sits down, but for who typed it
                    return
            self.remove_class("-covered")

        self.app.push_screen(WhoScreen(self.desk), answered)

    def _open_to_all(self) -> str:
        return next((one.id for one in self.desk.content.step if not pane_for(one).asks(one)), "")

    async def change_viewer(self, code: str, step: str = "") -> None:
        """Another person sits down: what was typed is saved first, and nothing of the one before stays in sight."""
        workspace = await self.kwartier.workspace()
        if errors := self.keeper.save_now():
            raise errors[0]
        here = step or (self.pane.step.id if self.pane else "")
        self.desk = workspace.desk(self.desk.ref, viewer=code or None)
        self.keeper.take_over(self.desk)
        self.kwartier.sits_down(self.desk.ref, code)
        self.app.clear_notifications()
        self.app._clipboard = ""  # what was copied within kwartier; the terminal's own is the user's
        await self._put_away()
        await self.open_step(here or self._open_to_all(), asked=True)

    def action_change_person(self) -> None:
        """Somebody else sits down at the keyboard."""
        self.add_class("-covered")  # whoever sits down next sees nothing of the one before
        self.ask_who()

    # -- drawing and saving

    def given(self, *, typing: bool = False) -> None:
        """Called after an edit: it is drawn (not while somebody types, then only the heading) and saved soon."""
        if not typing:
            self._drawn(True)
            self.keeper.save()

    def _drawn(self, all_of_it: bool) -> None:
        if not self.is_attached or not self.query(Heading):  # it is being closed
            return
        if all_of_it and self.pane is not None and self.pane.is_attached:
            self.query_one(StepList).draw(self.desk.states())
            self.pane.draw()
            self.draw_aside()
        self.query_one(Heading).draw(self._trail(), self._who(), self._where(), self.keeper.state)
        if self.desk.clashes():
            self._show_clashes()

    def draw_heading(self) -> None:
        """Shows again what stands above the work: after something that changes by itself, such as a clock."""
        self._drawn(False)

    def draw_aside(self) -> None:
        """Shows again what stands beside the work."""
        if self.pane is not None:
            aside = self.pane.aside()
            if self._beside is None or not self._beside.is_same(aside):
                self._beside = aside
                self.query_one("#aside-text", Static).update(aside)

    def _trail(self) -> list[str]:
        seen = self.desk.seen
        envelope = seen.record.envelope
        day = envelope.date
        what = f"{seen.header.short} {day.day}-{day.month}-{day.year}"
        return [
            seen.organisation,
            f"{envelope.subject} · {what}" if envelope.subject else what,
            self.pane.step.title if self.pane else "",
        ]

    def _who(self) -> str:
        return self.desk.name(self.desk.viewer) if self.desk.viewer else ""

    def _where(self) -> str:
        status = self.pane.status() if self.pane is not None and self.pane.is_attached else ""
        lock = "van slot" if self.kwartier.is_unlocked(self.desk.ref) else ""
        return " · ".join(filter(None, [lock, status]))

    def _show_clashes(self) -> None:
        from kwartier.tui.screens.clashes import ClashScreen

        # It comes once the hands rest: a next letter or enter would be lost, or be an answer.
        if self.keeper.is_typing and is_field(self.focused):
            self.set_timer(REST, self.draw_heading)
        elif self.app.screen is self:  # under a form or a question it waits until that is closed
            self.app.push_screen(ClashScreen(self.desk), lambda _: self.given())

    def save_now(self) -> list[KwartierError]:
        """Everything typed here to disk, at once; gives why files could not be written."""
        return self.keeper.save_now()

    async def do(self, work: Callable[[], object], *, told: str = "") -> None:
        """Does something that cannot be undone (sealing, making definitive): saves first, then draws all anew."""
        if errors := self.keeper.save_now():  # also what a field holds that was refused, and a clash
            raise errors[0]
        self.desk.act(work)
        self.keeper.take_over(self.desk)
        step = self.pane.step.id if self.pane else ""
        await self._put_away()
        if told:
            self.kwartier.tell(told)
        await self.open_step(step, asked=True)

    # -- keys

    def action_undo(self) -> None:
        """Takes the last edit back: of the text that has the focus first, then of the record."""
        self._undo(back=True)

    def action_redo(self) -> None:
        """Does what was undone again."""
        self._undo(back=False)

    def _undo(self, *, back: bool) -> None:
        from kwartier.tui.widgets.typing_fields import NoteArea

        focused = self.focused
        if isinstance(focused, NoteArea) and (focused.history.undo_stack if back else focused.history.redo_stack):
            focused.undo() if back else focused.redo()
            return
        self.keeper.collect()
        name = self.desk.to_undo if back else self.desk.to_redo
        if not name:
            self.kwartier.tell("Er is niets ongedaan te maken." if back else "Er is niets opnieuw te doen.")
            return
        edit = self.desk.undo() if back else self.desk.redo()
        self.kwartier.tell(f"{'Ongedaan gemaakt' if back else 'Opnieuw gedaan'}: {edit.name}")
        self.given()

    async def action_next_step(self) -> None:
        """To the following step."""
        await self._by(1)

    async def action_previous_step(self) -> None:
        """To the step before."""
        await self._by(-1)

    async def _by(self, places: int) -> None:
        ids = [one.id for one in self.desk.content.step]
        here = ids.index(self.pane.step.id) if self.pane else 0
        if 0 <= here + places < len(ids):
            await self.open_step(ids[here + places])

    async def action_seal(self) -> None:
        """Seals one's own sheet where that is done; elsewhere it says where, and that saving goes by itself."""
        seal = getattr(self.pane, "action_seal", None)
        if seal is None:
            self.kwartier.tell(NO_SEAL)
        else:
            await seal()

    def action_skip_step(self) -> None:
        """Skips an optional step with a reason, or takes that back."""
        from kwartier.tui.screens.dialogs import Ask

        if self.pane is None:
            return
        pane, step = self.pane, self.pane.step
        if self.desk.tree(step.id).get("skipped"):
            pane.give({"skipped": ""}, f"{step.title} toch doen")
            return
        if not step.optional:
            self.kwartier.tell(f"'{step.title}' hoort erbij en kan niet worden overgeslagen.")
            return

        def answered(reason: str | None) -> None:
            if reason and pane is self.pane:
                pane.give({"skipped": reason}, f"{step.title} overslaan")

        self.app.push_screen(Ask(f"{step.title} overslaan", "Waarom? De reden komt in het verslag."), answered)

    async def action_renew(self) -> None:
        """Moves this measurement to the present content of its instrument."""
        from kwartier.tui.screens.dialogs import Confirm, TextDialog

        workspace, ref = await self.kwartier.workspace(), self.desk.ref

        async def answered(yes: bool | None) -> None:
            if not yes:
                return
            new: list[str] = []
            await self.do(
                lambda: new.extend(workspace.renew(ref)),
                told="De meting gebruikt de nieuwste inhoud van het instrument.",
            )
            if new:
                self.app.push_screen(TextDialog("Nieuw in deze meting", shown("\n".join(f"- {one}" for one in new))))

        text = (
            "De meting gaat over op de inhoud van het instrument zoals die nu geïnstalleerd is. Wat is ingevuld, "
            "blijft staan; past iets niet, dan verandert er niets.\nDit is niet ongedaan te maken."
        )
        await self.app.push_screen(Confirm("Meting bijwerken?", text, yes="Bijwerken", no="Niet nu"), answered)

    def action_show_aside(self) -> None:
        """Shows or hides what stands beside the work; on a narrow screen it takes the place of the work."""
        if not self.has_class("-narrow"):
            self._aside = self.has_class("-without-aside")
            self.set_class(not self._aside, "-without-aside")
        elif self.has_class("-aside"):
            self._leave_aside()
        else:
            self._worked_in = self.focused
            self.add_class("-aside")
            self.query_one("#aside").focus()  # the arrows scroll it

    def on_resize(self, event: events.Resize) -> None:
        """Three panes side by side need room; with less the work comes first, until the user wants it otherwise."""
        shown = event.size.width >= ROOM_FOR_THREE if self._aside is None else self._aside
        self.set_class(not shown, "-without-aside")

    def _leave_aside(self) -> None:
        self.remove_class("-aside")
        if self._worked_in is not None and self._worked_in.is_attached:
            self._worked_in.focus()

    def show_work(self) -> None:
        """On a narrow screen: the work, not the steps or what stands beside it."""
        self.remove_class("-steps", "-aside")

    async def action_coverage(self) -> None:
        """Which evidence serves which item."""
        from kwartier.tui.screens.coverage import begin_coverage

        if errors := self.keeper.save_now():
            raise errors[0]
        begin_coverage(self.kwartier, await self.kwartier.workspace(), self.desk.ref)

    async def action_ladder(self) -> None:
        """How the texts grow over the levels; at the item that is worked on."""
        from kwartier.tui.screens.ladder import begin_ladder

        item = self.pane.item_at_hand() if self.pane is not None else ""
        begin_ladder(self, await self.kwartier.workspace(), ref=self.desk.ref, item=item)

    async def action_lock_again(self) -> None:
        """Closes this measurement, and locks its student again."""
        if errors := self.keeper.save_now():
            raise errors[0]
        app, workspace = self.kwartier, await self.kwartier.workspace()
        slug, code = self.desk.ref.split("/")[0], self.desk.record.envelope.subject

        def lock() -> None:
            workspace.lock_student(slug, code)
            app.closed_lock(slug, code)
            app.tell(f"{code} is weer op slot.")
            if look := getattr(app.screen, "look", None):
                look()  # what was read meanwhile is shown no longer

        self._close()
        app.call_later(lock)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What goes with a portfolio is there for a portfolio alone."""
        from kwartier.instrument.model import EvidenceStep

        if action == "lock_again":
            return self.kwartier.is_unlocked(self.desk.ref)
        if action == "coverage":
            return any(isinstance(one, EvidenceStep) for one in self.desk.content.step)
        if action == "ladder":
            return any(not one.moments for one in self.desk.content.parameter)
        return True

    async def action_compare(self) -> None:
        """This measurement beside an earlier one."""
        from kwartier.tui.screens.compare import open_comparison

        self.keeper.save()
        await open_comparison(self.kwartier, await self.kwartier.workspace(), self.desk.ref, self.desk.viewer)

    async def action_question_list(self) -> None:
        """The questions of this measurement as a file, blank or filled in."""
        from kwartier.tui.screens.question_list import begin_list

        if errors := self.keeper.save_now():
            raise errors[0]
        begin_list(self.kwartier, await self.kwartier.workspace(), self.desk)

    async def action_letters(self) -> None:
        """A letter or form of this measurement as a file, for one participant or for each."""
        from kwartier.tui.screens.letters import begin_letters

        if errors := self.keeper.save_now():
            raise errors[0]
        await begin_letters(self.kwartier, await self.kwartier.workspace(), self.desk)

    async def action_timeline(self) -> None:
        """This measurement beside those with an older or newer instrument."""
        from kwartier.tui.screens.compare import open_time_line

        self.keeper.save()
        await open_time_line(self.kwartier, await self.kwartier.workspace(), self.desk.ref, self.desk.viewer)

    def action_back(self) -> None:
        """One step back: from the work to the list of steps, from there to the organisation."""
        steps = self.query_one(StepList)
        if self.focused is steps:
            self.close()
            return
        if self.has_class("-aside"):
            self._leave_aside()
            return
        self.add_class("-steps")
        steps.focus()

    def close(self) -> None:
        """Back to where this measurement was opened from, with everything saved."""
        self.kwartier.unless_unsaved(self.keeper.save_now(), self._close)

    def _close(self) -> None:
        self.kwartier.forget_session()
        self.dismiss()

    async def on_screen_resume(self) -> None:
        """What waited until nothing lay over this screen: a clash, and that somebody else sat down meanwhile."""
        seat = self.kwartier.seat(self.desk.ref)
        if self.pane is not None and seat != self.desk.viewer:
            self.add_class("-covered")  # also where what is here cannot be saved, and so cannot be put away
            await self.change_viewer(seat or "")
            self.remove_class("-covered")
        self._drawn(False)

    def on_screen_suspend(self) -> None:
        self.keeper.save()

    def on_app_blur(self, event: events.AppBlur) -> None:
        self.keeper.save()

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        if self.pane is None:
            return shown("")
        return parts((self.pane.step.title, "bold"))

    def help_more(self) -> object:
        """What the help screen says after the keys: what stands beside the work."""
        return shown("") if self.pane is None else self.pane.aside()
