"""Taking over what facts suggest, with a word at the question; nothing is taken over by itself."""

from __future__ import annotations

from collections.abc import Callable
from re import Match

from kwartier.cli.stepwise import answers
from kwartier.cli.stepwise.conversation import Command
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import Scale
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.suggestion_words import suggested_words

LETTER, WORD = "v", "voorstel"


def taking(work: Work, scale: Scale, one: Suggestion | None, over: Callable[[str], str]) -> tuple[Command, ...]:
    """`v`: gives the suggested answer to `over`, asking first which where there are more; none without a suggestion.

    Where the letter is an answer itself, only the whole word is left.
    """
    if one is None:
        return ()
    is_free = answers.option(LETTER, scale) is None and answers.no_answer(scale) != LETTER
    shape, name = (f"{LETTER}|{WORD}", LETTER) if is_free else (WORD, WORD)

    def does(match: Match[str]) -> str:
        chosen = str(one.values[0]) if len(one.values) == 1 else _chosen(work, scale, one)
        return over(chosen) if chosen else "Niets veranderd."

    return (Command(shape, f"{name}: neem het voorstel uit de feiten over", does),)


def _chosen(work: Work, scale: Scale, one: Suggestion) -> str:
    """Which of the suggested answers it is; empty where the question is passed over."""
    words = suggested_words(one)

    def read(typed: str) -> str:
        found = answers.option(typed, scale)
        if found is None or found.value not in one.values:
            raise Misused("answer-wrong", f"'{typed.strip()}' is niet voorgesteld.", advice=f"Kies {words}.")
        return str(found.value)

    return work.talk.choose(f"Voorgesteld: {words}. Welke wordt het?", read) or ""
