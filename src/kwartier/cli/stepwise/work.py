"""One person at work on one record: seeing it through the gate, saving answers, taking the last one back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from kwartier.cli.stepwise.conversation import Conversation, Question
from kwartier.cli.stepwise.inverse import inverse, touched
from kwartier.cli.stepwise.walk import walk
from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import AnyStep, Content, ScoreStep
from kwartier.records.canonical import same
from kwartier.records.tree import Tree
from kwartier.workflow.state import StepState
from kwartier.workspace import Seen, Situation, Workspace

SAVED = "Bewaard."


@dataclass(frozen=True)
class _Edit:
    """An answer that can be taken back."""

    name: str
    step: str
    own: bool
    back: Tree
    left: Tree
    "What stood there after it."
    question: str


class Work:
    """The work of one run. `person` is the code of who sits at the keyboard; None while nobody was asked."""

    def __init__(self, ws: Workspace, ref: str, talk: Conversation, person: str | None = None) -> None:
        self.ws = ws
        self.ref = str(ws.see(ref).record.ref)
        self.slug = self.ref.split("/")[0]
        self.talk = talk
        self.person = person
        self.saved = 0
        self.step: AnyStep | None = None
        self.at = ""
        self.told_wording = False
        self.unfolded: set[str] = set()
        "The items of which the parts are asked that need not be answered."
        self._edits: list[_Edit] = []
        self._content: Content | None = None

    # -- seeing

    @property
    def today(self) -> date:
        """The present day."""
        return self.ws.today

    def see(self) -> Seen:
        """The record as this person may see it, in the wording that this user reads."""
        if self._content is None:
            self._content = self.ws.desk(self.ref).content
        return replace(self.ws.see(self.ref, viewer=self.person), content=self._content)

    def situation(self) -> Situation:
        """The steps and what stands out, as this person may know them."""
        return self.ws.situation(self.ref, viewer=self.person)

    def state(self, step: AnyStep) -> StepState:
        """Where a step stands."""
        return next(one for one in self.situation().steps if one.id == step.id)

    def name(self, code: str) -> str:
        """The name behind a code, or the code itself."""
        return self.ws.names(self.slug).get(code) or code

    def require_person(self) -> str:
        """The code of who sits at the keyboard. Raises `Refused` where nobody was named."""
        if self.person is None:
            raise Refused("who", "Het is niet bekend wie er achter het toetsenbord zit.", advice="Typ wissel.")
        return self.person

    # -- asking

    def walk(self, ask: Callable[[], list[Question]], *, start: str = "", outer: bool = False) -> None:
        """Asks questions one after another; what is answered is remembered with its question."""

        def asked() -> list[Question]:
            return [self._marked(one) for one in ask()]

        walk(self.talk, asked, self.undo, start=start, outer=outer)

    def _marked(self, question: Question) -> Question:
        take = question.take

        def taken(typed: str) -> str:
            self.at = question.id
            return take(typed)

        return dataclasses.replace(question, take=taken)

    # -- changing

    def change(self, step: AnyStep, given: Tree, name: str, *, own: bool = False) -> str:
        """Saves an answer at once; `name` (Dutch) says what it is, for undo. Gives what to say."""
        before = self._tree(step, own)
        self.ws.change(self.ref, step.id, given, person=self.person)
        after = self._tree(step, own)
        names = [key for key in given if key != "schema"]
        back = inverse(before, after, names)
        if not back:
            return "Dat stond er al."
        self.saved += 1
        self._edits.append(_Edit(name, step.id, own, back, touched(after, back), self.at))
        return SAVED

    def act(self) -> None:
        """Notes that something was done that cannot be taken back; what was answered before it neither."""
        self.saved += 1
        self._edits.clear()

    def undo(self) -> str:
        """Takes the last answer of this run back and says so; gives the id of its question."""
        if not self._edits:
            self.talk.say("Er is niets om terug te nemen: alleen uw eigen antwoorden sinds u begon of iets vastlegde.")
            return ""
        edit = self._edits.pop()
        step = self.ws.step(self.ref, edit.step)
        try:
            if not same(touched(self._tree(step, edit.own), edit.back), edit.left):
                raise Refused(
                    "changed-since",
                    f"{edit.name} is sindsdien door iemand anders veranderd.",
                    advice="Pas het zelf aan.",
                )
            self.ws.change(self.ref, edit.step, edit.back, person=self.person)
        except KwartierError as error:
            self.talk.refuse(error)
        else:
            self.saved -= 1
            self.talk.say(f"Teruggenomen: {edit.name}.")
        return edit.question

    def switch(self, code: str) -> None:
        """Somebody else sits down: sees the own things only, and cannot take back what the other one answered."""
        self.person = code
        self._edits.clear()

    def renew(self) -> None:
        """Reads the content again, where it may have changed."""
        self._content = None

    def _tree(self, step: AnyStep, own: bool) -> Tree:
        record = self.ws.see(self.ref, viewer=self.person).record
        if own or isinstance(step, ScoreStep):
            return record.personal.get((step.id, self.person or ""), {})
        return record.shared.get(step.id, {})
