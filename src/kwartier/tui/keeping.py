"""Saving what is typed: within a second, off the screen's thread, one save in flight, the newest wins.

Also looks every two seconds whether somebody else saved something. What is saved, and how, stands in the workspace.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from kwartier.errors import Conflict, KwartierError, Refused

if TYPE_CHECKING:
    from textual.screen import Screen

    from kwartier.workspace.desk import Desk, Looked, Unsaved, Written

COLLECT_AFTER = 0.4
"""Seconds from the first change of a text to giving it to the desk; saving follows at once."""

REST = 1.5
"""Seconds without a key after which something may come over the screen: what is typed blindly would land in it."""

LOOK_EVERY = 2.0
"""Seconds between two looks at the disk."""


class Typed(Protocol):
    """A field in which somebody types: `collect` gives the desk what it does not have yet, or tells why it cannot."""

    @property
    def is_attached(self) -> bool: ...

    def collect(self) -> KwartierError | None: ...


class Keeper:
    """Keeps one desk. `changed` is called when what is shown has to be drawn again: the desk holds something else."""

    def __init__(self, screen: Screen[object], desk: Desk, *, changed: Callable[[bool], None]) -> None:
        self.desk = desk
        self._screen = screen
        self._changed = changed
        self._typed: list[Typed] = []
        self._refused: list[tuple[Typed, KwartierError]] = []
        self._waiting = False
        self._writing = False
        self._looking = False
        self._retrying = False
        self._typed_at = -REST
        self._blind = False  # the trouble is that the disk could not be looked at; nothing failed to be saved
        self._moment = 0  # goes on with every save: what was begun in an earlier moment is out of date
        self.trouble: KwartierError | None = None
        "Why the last save failed; None where it did not."

    def start(self) -> None:
        """Begins to look at the disk."""
        self._screen.set_interval(LOOK_EVERY, self.look)

    @property
    def state(self) -> str:
        """What the screen says about saving."""
        if self.desk.locked:
            return "alleen lezen"
        if self.trouble is not None or self.refusals:
            return "! niet bewaard"
        if self.desk.clashes():
            return "! botsing"
        if self._typed or self._writing or self.desk.is_dirty:
            return "… bewaren"
        return "✓ bewaard"

    def typed(self, field: Typed) -> None:
        """Says that a field holds something that the desk does not have yet."""
        self._typed_at = monotonic()
        fresh = not self._typed
        if not any(one is field for one in self._typed):
            self._typed.append(field)
        if not self._waiting:
            self._waiting = True
            self._screen.set_timer(COLLECT_AFTER, self._on_time)
        if fresh:
            self._changed(False)

    @property
    def is_typing(self) -> bool:
        """Whether somebody is in the middle of typing."""
        return monotonic() - self._typed_at < REST

    def collect(self) -> None:
        """Gives the desk all that was typed. A field that cannot give says why; what was typed stays in it."""
        typed, self._typed = self._typed, []
        for field in typed:
            self._refused = [one for one in self._refused if one[0] is not field]
            if (error := field.collect()) is not None:
                self._refused.append((field, error))

    @property
    def refusals(self) -> list[KwartierError]:
        """Why what stands in fields on the screen could not be given to the desk."""
        return [error for field, error in self._refused if field.is_attached]

    def _on_time(self) -> None:
        self._waiting = False
        self.save()

    def save(self) -> None:
        """Collects what was typed and writes it, unless a save is in flight: then that is followed by another one."""
        self.collect()
        self._changed(False)
        if self._writing or not (todo := self.desk.unsaved()):
            return
        self._writing = True
        desk, moment = self.desk, self._next_moment()
        work = partial(self._write, desk, todo, moment)
        self._screen.run_worker(work, thread=True, group="keeping")

    def _next_moment(self) -> int:
        self._moment += 1
        return self._moment

    def _write(self, desk: Desk, todo: list[Unsaved], moment: int) -> None:
        written = desk.write(todo)
        self._screen.app.call_from_thread(self._settle, written, moment)

    def _settle(self, written: list[Written], moment: int) -> None:
        self._writing = False
        if moment != self._moment:  # everything was saved and read anew meanwhile
            self.save()
            return
        was, before = self.trouble, self.desk.record
        errors = self.desk.settle(written)
        conflict = any(isinstance(one, Conflict) for one in errors)
        self.trouble = next((one for one in errors if not isinstance(one, Conflict)), None)
        self._blind = False
        if conflict:
            self.look()  # the clash comes in with what stands on disk, and is shown there
        if self.trouble is not None and (was is None or was.code != self.trouble.code):
            self._tell(self.trouble)
        # What somebody else saved in the same file came along: it stands on the desk now, and is no news at a look.
        self._changed(self.desk.record != before)
        if self.trouble is not None:
            self._try_later()
        elif not conflict and self.desk.unsaved():
            self.save()

    def _try_later(self) -> None:
        """Saves again after a while: a disk that is full now may have room again later."""
        if not self._retrying:  # one at a time, however often something is typed meanwhile
            self._retrying = True
            self._screen.set_timer(LOOK_EVERY, self._try_again)

    def _try_again(self) -> None:
        self._retrying = False
        self.save()

    def _tell(self, error: KwartierError) -> None:
        from kwartier.tui.app import KwartierApp

        assert isinstance(self._screen.app, KwartierApp)
        self._screen.app.refuse(error)

    def save_now(self) -> list[KwartierError]:
        """Collects and writes in this thread: before leaving, handing over, or the end of the app.

        Gives why something is not on disk: what the disk refused, what a field holds that is not right, a clash.
        """
        from kwartier.tui.widgets.typing_fields import is_field

        for field in filter(is_field, self._screen.walk_children()):
            field.typed()  # the message that tells so may still be on its way
        self.collect()
        self._next_moment()
        errors = self.desk.save()
        self.trouble, self._blind = errors[0] if errors else None, False
        clashes = [
            Refused("clash", f"U en een ander hebben allebei iets veranderd: {one.place}.", place=self.desk.ref)
            for one in self.desk.clashes()
        ]
        return [*errors, *self.refusals, *clashes]

    def take_over(self, desk: Desk) -> None:
        """Keeps this desk from now on: another one, or the same after it was read anew."""
        self.desk = desk
        self._next_moment()

    def look(self) -> None:
        """Looks whether somebody else saved something."""
        if self._looking or self._writing:
            return
        self._looking = True
        work = partial(self._look, self.desk, self._moment)
        self._screen.run_worker(work, thread=True, group="keeping")

    def _look(self, desk: Desk, moment: int) -> None:
        looked: Looked | None = None
        trouble: KwartierError | None = None
        try:
            if desk.stamp() != desk.stamped:
                looked = desk.look()
        except KwartierError as error:
            trouble = error
        self._screen.app.call_from_thread(self._looked, looked, trouble, moment)

    def _looked(self, looked: Looked | None, trouble: KwartierError | None, moment: int) -> None:
        self._looking = False
        if moment != self._moment:
            return  # something was saved since: what was seen is older than what is here
        if trouble is not None:
            if self.trouble is None or self.trouble.code != trouble.code:
                self._tell(trouble)
            self.trouble, self._blind = trouble, True
            self._changed(False)
        elif looked is None and self._blind:
            self.trouble, self._blind = None, False  # it can be looked at again, and is as it was
            self._changed(False)
        elif looked is not None:
            self.trouble = None
            self.collect()
            # Also where nothing else is different: a clash leaves what stands here as it is, and has to be shown.
            self._changed(self.desk.take_in(looked))
            if self.desk.unsaved():  # what does not clash is not kept waiting for what does
                self.save()
