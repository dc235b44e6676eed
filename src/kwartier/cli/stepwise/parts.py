"""The parts of an item, line by line: going to one, and asking on request those that need not be answered."""

from __future__ import annotations

from collections.abc import Mapping
from re import Match

from kwartier.analysis.answers import Answer
from kwartier.cli.stepwise.conversation import Command, Goto
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import Content, Item
from kwartier.workflow import parts as optional
from kwartier.workflow.agreed import Key


def question_id(key: Key) -> str:
    """The id of the question about an answer."""
    return f"{key[0]}:{key[1]}" if key[1] else key[0]


def told(content: Content, item: Item, given: Mapping[Key, Answer]) -> str:
    """How many parts there are to choose and how to be asked them; empty where there are none."""
    answered = [key for key, answer in given.items() if answer.answered]
    counted = optional.told(item, optional.part_word(content, item.id), answered)
    return f"{counted}. Typ onderdelen om ze langs te lopen; het mag." if counted else ""


def commands(work: Work, content: Content, item: Item) -> tuple[Command, ...]:
    """`deel a`: goes there. `onderdelen`: asks what may be answered under the item, or leaves it away again."""

    def gone(match: Match[str]) -> str:
        if match[1] not in [one.id for one in item.parts]:
            raise Misused("unknown-part", f"Item {item.id} heeft geen deel {match[1]}.", advice="Typ enter.")
        if (item.id, match[1]) in optional.optional_parts(item):
            work.unfolded.add(item.id)
        raise Goto(question_id((item.id, match[1])))

    def turned(match: Match[str]) -> str:
        if item.id in work.unfolded:
            work.unfolded.discard(item.id)
            work.talk.say("Ze blijven weg; wat beantwoord is, blijft staan.")
            raise Goto(item.id)
        work.unfolded.add(item.id)
        raise Goto(question_id(optional.optional_parts(item)[0]))

    found = [Command(r"deel (\S+)", "deel en een letter: ga naar dat deel van het item", gone)] if item.parts else []
    if optional.optional_parts(item):
        word = optional.part_word(content, item.id)
        help = f"onderdelen: loop de {word} van dit item langs, of laat ze weer weg; het mag"
        found.append(Command("onderdelen|onderdeel", help, turned))
    return tuple(found)
