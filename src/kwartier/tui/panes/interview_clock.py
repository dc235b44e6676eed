"""The clock of an open interview: it ticks, says how far it is, warns, and never stands in the way of typing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kwartier.instrument.model import InterviewStep
from kwartier.records.files import InterviewFile, Session
from kwartier.tui.screens.dialogs import Choose
from kwartier.workflow import sittings

if TYPE_CHECKING:
    from kwartier.tui.panes.interview import InterviewPane

QUIET = timedelta(minutes=10)
"""After so long without anything saved a running clock may have been left behind, and is asked about once."""


class InterviewClock:
    """What the sessions of the record say by now; time per item is for this sitting at the screen alone."""

    def __init__(self, pane: InterviewPane) -> None:
        self._pane = pane
        assert isinstance(pane.step, InterviewStep)
        self.budget = _chosen_minutes() or pane.step.minutes
        self._told: tuple[int, bool] = (-1, False)
        self._left: int | None = None
        self._last: datetime | None = None
        self._per_item: dict[str, float] = {}
        self._offered = False

    @property
    def file(self) -> InterviewFile:
        """The shared file of the interview."""
        return self._pane.file

    @property
    def running(self) -> Session | None:
        """The session that is going on, perhaps started at another screen."""
        return sittings.running(self.file, self._pane.desk.now)

    @property
    def spent(self) -> int:
        """Minutes so far."""
        return sittings.spent(self.file, self._pane.desk.now)

    @property
    def left(self) -> int | None:
        """Minutes of the budget that are left, below zero once it is over; None without a budget."""
        return None if self.budget is None else self.budget - self.spent

    def on_item(self, item: str) -> int:
        """Minutes spent on an item while the clock ran, since this step was opened."""
        return int(self._per_item.get(item, 0)) // 60

    def face(self) -> str:
        """A few words for the heading: 0:47 van 2:00."""
        of = f" van {sittings.clock(self.budget)}" if self.budget else ""
        return f"{'▶' if self.running else '‖'} {sittings.clock(self.spent)}{of}"

    def words(self) -> str:
        """The same in a sentence."""
        return "De klok loopt (ctrl+k stopt)." if self.running else "De klok staat stil (ctrl+k start)."

    # -- ticking

    def tick(self) -> bool:
        """Once a second: counts, warns, and tells whether something that is shown changed."""
        now, going = self._pane.desk.now, self.running is not None
        if self._last is not None and going and self._pane.item is not None:
            here = self._pane.item.id
            self._per_item[here] = self._per_item.get(here, 0) + max(0.0, (now - self._last).total_seconds())
        self._last = now
        self._warn(going)
        told = (self.spent, going)
        changed, self._told = told != self._told, told
        return changed

    def _warn(self, going: bool) -> None:
        left, before = self.left, self._left
        self._left = left
        if left is None or before is None or not going:
            return
        for one in sittings.passed(before, left)[-1:]:
            more = sittings.pace(len(self._pane.left), left)
            told = f"Nog {left} minuten. {more}." if one else f"De tijd is om. {more}. De klok loopt door."
            self._pane.kwartier.tell(told, title="Klok", warning=True)

    # -- starting and stopping

    def toggle(self) -> None:
        """Starts the clock, or stops it."""
        going, now = self.running, self._pane.desk.now
        if going is None:
            self._offered = True
            self._pane.kwartier.untell()  # that it does not run is over
            self._pane.give(sittings.start(now), "de klok starten")
        else:
            self._pane.give(sittings.stop(going, now), "de klok stoppen")
        self.tick()

    def offer(self) -> None:
        """On the first letter: says that the clock stands still, where it seems that an interview begins."""
        if self._offered:
            return
        self._offered = True
        today = self._pane.desk.now.date()
        if self.running is None and all(one.date == today for one in self.file.session):
            self._pane.kwartier.tell("De klok loopt niet. ctrl+k start haar.")

    def ask_about_left_behind(self) -> None:
        """When the step is opened: what to do with a session whose end was not noted, after a crash perhaps."""
        now, saved = self._pane.desk.now, self._pane.desk.saved_at(self._pane.step.id)
        going = self.running
        one = going or sittings.forgotten(self.file, now)
        if one is None or self._pane.read_only:
            return
        end = sittings.end_by(one, saved)
        if going is not None and (end is None or now.replace(tzinfo=None) - end < QUIET):
            return  # it goes on, as the heading shows
        if end is None:
            self._pane.kwartier.tell(
                f"Van het gesprek op {one.date:%d-%m-%Y} ontbreekt het einde. Verbeter het met ‘Gesprekken verbeteren’ "
                "(ctrl+p).",
                warning=True,
            )
        else:
            self._ask(one, end, going=going is not None)

    def _ask(self, one: Session, end: datetime, *, going: bool) -> None:
        def answered(choice: str | None) -> None:
            if choice == "stop":
                self._pane.give(sittings.stop(one, end), "de klok stoppen")
            elif choice == "correct":
                self._pane.action_sessions()

        options = [
            ("stop", f"Stoppen op {end:%H:%M}, toen hier het laatst iets is bewaard"),
            ("correct", "Zelf het einde invullen"),
        ]
        if going:
            options.insert(0, ("go", "Laten doorlopen: het gesprek is nog bezig"))
        began = f"{one.start:%H:%M} op {one.date:%d-%m-%Y}"
        self._pane.app.push_screen(
            Choose("De klok is niet stopgezet", options, f"Zij begon om {began} en heeft geen einde."), answered
        )


def _chosen_minutes() -> int | None:
    """The time budget that the user chose in the settings."""
    from kwartier.workspace.settings import read_or_default

    return read_or_default()[0].minutes
