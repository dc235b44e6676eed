"""Walks through the questions of a form: forward, back, to another one; what an answer does stands in the forms."""

from __future__ import annotations

from collections.abc import Callable

from kwartier.cli.stepwise.conversation import Again, Back, Conversation, Goto, Question, Undo
from kwartier.errors import KwartierError

Ask = Callable[[], list[Question]]
Undone = Callable[[], str]
"""Takes the last answer back and gives the id of the question that it was given to."""


def walk(talk: Conversation, ask: Ask, undo: Undone, *, start: str = "", outer: bool = False) -> None:
    """Asks all questions. The list is made anew after every answer, so that it says what stands there now.

    `start` is the id of the first question that is asked. Back from the first one leaves as `Back`; in an `outer`
    walk, there is nothing before it.
    """
    questions = ask()
    place, again = _place(questions, start, 0), False
    while place < len(questions):
        question = questions[place]
        try:
            forward = _one(talk, question, again=again)
            again = forward == 0
            questions = ask()
            place = _place(questions, question.id, place - forward) + forward
        except Back:
            if place == 0 and not outer:
                raise
            if place == 0:
                talk.say("Hiervoor is geen vraag.")
            again, place = place == 0, max(0, place - 1)
        except Again:
            questions = ask()
            again, place = True, _place(questions, question.id, place)
        except Goto as jump:
            questions = ask()
            again, place = False, _place(questions, jump.id, place)
        except Undo:
            given_to = undo()
            questions = ask()
            again, place = False, _place(questions, given_to, min(place, len(questions) - 1))


def _place(questions: list[Question], id: str, otherwise: int) -> int:
    return next((place for place, one in enumerate(questions) if one.id == id), otherwise)


def _one(talk: Conversation, question: Question, *, again: bool) -> int:
    """Asks one question until it is answered or passed over; gives how many questions to go forward."""
    while True:
        typed = talk.ask(question, again=again)
        if typed is None:
            return 1
        try:
            talk.say(question.take(typed))
        except Back:
            # Back from a question within this one leads to this one.
            talk.say("Niets bewaard.")
            again = False
        except KwartierError as error:
            talk.refuse(error)
            again = True
        else:
            return 0 if question.stays else 1
