"""What is decided at the consensus: definitive answers, and scores that wait for their reason. It draws nothing.

Whether a reason is needed, and what is proposed, is known in the workflow.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.errors import Misused
from kwartier.instrument.model import Value
from kwartier.records.files import AnswerRow, ConsensusFile
from kwartier.records.tree import Tree
from kwartier.tui.panes.consensus_reason import ReasonField
from kwartier.workflow.agreed import Key, Stand, confirmation, confirmations, reason_wanted
from kwartier.workflow.sealing import key_title

if TYPE_CHECKING:
    from kwartier.tui.panes.consensus import ConsensusPane

NO_SCORE = "Kies eerst de definitieve score; dan hoort de reden daarbij."


class Waiting(Struct, frozen=True, kw_only=True):
    """A score that was chosen and waits for its reason, with what was typed of that."""

    answer: Answer
    text: str = ""


class Visit(Struct, kw_only=True):
    """One time in the field of the reason: what stood there before, to be put back where it is thrown away."""

    key: Key | None = None
    waited: Waiting | None = None
    bursts: list[str] = []


class Deciding:
    """The definitive answers of one consensus."""

    def __init__(self, pane: ConsensusPane) -> None:
        self._pane = pane
        self._waiting: dict[Key, Waiting] = {}
        self._visit = Visit()

    def _rows(self) -> tuple[AnswerRow, ...]:
        return self._pane.desk.record.read(self._pane.step.id, ConsensusFile).answer

    def waiting(self, key: Key) -> Answer | None:
        """The score of this item that waits for its reason."""
        found = self._waiting.get(key)
        return found.answer if found else None

    def reason(self, key: Key) -> str:
        """The reason that stands in the record."""
        return next((row.note for row in self._rows() if (row.item, row.part) == key), "")

    def reason_asked(self, stand: Stand) -> str:
        """Why the score that waits needs a reason (Dutch); empty where none waits."""
        answer = self.waiting(key_of(stand))
        return reason_wanted(stand.given, answer, self._pane.scale(stand)) if answer else ""

    def decide(self, stand: Stand, answer: Answer) -> bool:
        """Makes an answer the definitive one. False where its reason comes first: it waits for that, or has another."""
        key = key_of(stand)
        self._pane.reason_field.collect()
        why = reason_wanted(stand.given, answer, self._pane.scale(stand))
        if why and not self.reason(key).strip():
            self._waiting[key] = Waiting(answer=answer)
            return False
        self._waiting.pop(key, None)
        self._pane.give({"answer": [_row(stand, answer)]}, f"definitieve score bij item {key_title(key)}")
        return not why  # the reason that is there was another score's

    def confirm_equal(self) -> int:
        """Confirms in one edit what all gave alike; gives how many there were."""
        rows = confirmations(self._pane.desk.content, self._pane.stands)
        if rows:
            self._pane.give({"answer": rows}, equal_words(len(rows)))
        return len(rows)

    def take_over(self, stand: Stand, value: Value, ref: str, reason: str) -> None:
        """Takes over what was judged of this item in the record `ref`, with the reason why that holds here."""
        key = key_of(stand)
        self._pane.reason_field.collect()
        self._waiting.pop(key, None)
        row = {**_row(stand, Answer(value=value)), "taken_over": ref, "note": reason}
        self._pane.give({"answer": [row]}, f"eerder oordeel overgenomen bij item {key_title(key)}")

    def clear(self, stand: Stand) -> bool:
        """Takes the definitive answer away; False where there was none."""
        key = key_of(stand)
        waited = self._waiting.pop(key, None)
        there = any((row.item, row.part) == key for row in self._rows())
        if there or waited is not None:
            self._pane.unbind()  # what is typed of its reason goes with it
        if there:
            bare: Tree = {"item": stand.item, **({"part": stand.part} if stand.part else {}), "remove": True}
            self._pane.give({"answer": [bare]}, f"definitieve score bij item {key_title(key)} gewist")
        return there or waited is not None

    # -- the reason

    def begin_reason(self, stand: Stand) -> None:
        """Somebody goes to the reason of this item. Raises `Misused` where there is no score to give one for."""
        key = key_of(stand)
        if key not in self._waiting and (stand.agreed is None or not stand.agreed.answered):
            raise Misused("no-score", NO_SCORE)
        self._visit = Visit(key=key, waited=self._waiting.get(key))

    def bind(self, field: ReasonField, key: Key, before: Key | None) -> None:
        """The field shows the reason of another item; what was typed at the one before stays with that one."""
        field.collect()
        if before in self._waiting and before is not None and field.unsaved is not None:
            self._waiting[before] = Waiting(answer=self._waiting[before].answer, text=field.unsaved)
        field.bind(self._pane.measurement.keeper, partial(self.reason, key), partial(self._give_reason, key))
        if (waits := self._waiting.get(key)) and waits.text:
            field.load_text(waits.text)

    def _give_reason(self, key: Key, text: str, burst: str) -> None:
        """Called while somebody types: the score is given as soon as there is something of its reason."""
        stand = next(one for one in self._pane.stands if key_of(one) == key)
        answer = self.waiting(key) or stand.agreed
        if answer is None or not answer.answered:
            raise Misused("no-score", NO_SCORE)
        kept = {"taken_over": stand.taken_over} if stand.taken_over and not self.waiting(key) else {}
        given = {"answer": [{**_row(stand, answer), "note": text, **kept}]}
        self._pane.give(given, f"definitieve score met reden bij item {key_title(key)}", burst=burst)
        self._waiting.pop(key, None)
        if self._visit.key == key and burst not in self._visit.bursts:
            self._visit.bursts.append(burst)

    def throw_away(self) -> None:
        """Takes back what was typed in the field. Raises `Refused` where somebody changed it since."""
        visit, self._visit = self._visit, Visit()
        self._pane.unbind()
        self._pane.measurement.keeper.typed(self._pane.reason_field)  # nothing is refused in it any more
        for burst in reversed(visit.bursts):
            self._pane.desk.take_back(burst)
        if visit.key is not None and visit.waited is not None:
            self._waiting[visit.key] = Waiting(answer=visit.waited.answer)


def key_of(stand: Stand) -> Key:
    """The item and part of a row."""
    return stand.item, stand.part


def equal_words(count: int) -> str:
    """What is said of equal scores that were confirmed."""
    return "1 gelijke score bevestigd" if count == 1 else f"{count} gelijke scores bevestigd"


def _row(stand: Stand, answer: Answer) -> Tree:
    """The row of a definitive answer; what stood there in its place goes."""
    gone = {"taken_over": ""} if stand.taken_over else {}
    return {"value": "", "missing": "", **gone, **confirmation(stand, answer)}
