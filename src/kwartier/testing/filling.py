"""Makes up what people give in a step: valid answers of every kind, from the content alone, the same for one seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from functools import singledispatchmethod
from random import Random
from typing import Any

from kwartier.instrument import model as m
from kwartier.instrument.selection import items_of
from kwartier.records.files import EVERYONE, ActionsFile, ConclusionsFile
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.parts import optional_parts
from kwartier.workflow.sealing import answerable_keys, expected_keys, scale_for
from kwartier.workflow.verdicts import may_sign, scale_of

WORDS = (
    "Wij doen dit al jaren zo.",
    "Café 'De Hoek' [met haken] en een * ster",
    'Eerste regel\nTweede regel, met "aanhalingstekens"',
    "Naïef? Nee: 50% méér, zei ze 🙂",
    "- een streepje vooraan",
    "| een | tabel | die er geen is |",
)
"""Texts as people type them, with what trips up a careless reader."""

_MOST_PEOPLE = 4


class Filling:
    """Answers for one record: with its content (for its parameters), on a day."""

    def __init__(self, content: m.Content, day: date, random: Random) -> None:
        self.content = content
        self.day = day
        self.random = random

    @singledispatchmethod
    def given(self, step: Any, record: Record) -> Tree:
        """What is given in a step that all share; `record` is what is there so far."""
        raise NotImplementedError(f"no answers for {type(step).__name__}")

    @given.register
    def _(self, step: m.ChecklistStep, record: Record) -> Tree:
        return {
            "task": [{"id": task.id, "done": self.flip(), "date": self.day, "note": self.text()} for task in step.task]
        }

    @given.register
    def _(self, step: m.PeopleStep, record: Record) -> Tree:
        number = min(step.maximum or _MOST_PEOPLE, max(_MOST_PEOPLE, len(step.roles)))
        rows = [
            {
                "name": f"Deelnemer {place + 1}",
                "role": step.roles[place % len(step.roles)],
                "letter": self.day,
                "consent": "gegeven",
                "audio": self.random.choice(("gegeven", "geweigerd")),
            }
            for place in range(number)
        ]
        return {"participant": rows}

    @given.register
    def _(self, step: m.FactsStep, record: Record) -> Tree:
        asked = {fact.id: fact for fact in self.content.fact}
        made = {id: self.fact(asked[id]) for id in step.facts if id in asked}
        for _ in made:  # as often as a part can be a part of a part
            for id in made:
                if asked[id].at_most in made:
                    made[id] = min(made[id], made[asked[id].at_most])
        rows = [{"id": id, **self.known(asked[id], value)} for id, value in made.items()]
        return {"fact": rows, "date": self.day}

    def known(self, fact: m.Fact, value: Any) -> Tree:
        """How a value is known: as it is, or about, as a range, with an open end, or not at all where that may be."""
        if not fact.estimate:
            return {"value": value}
        least = fact.minimum if fact.minimum is not None else min(0, value)
        ways: list[Tree] = [
            {"value": value},
            {"value": value, "approximate": True, "note": self.text()},
            {"low": least, "high": value} if least < value else {"value": value},
            {"low": value, "high": ""},
            {"low": "", "high": value, "approximate": True},
            {"unknown": True, "note": self.text()},
        ]
        return self.random.choice(ways)

    @given.register
    def _(self, step: m.EvidenceStep, record: Record) -> Tree:
        items = [item.id for item in self.content.items()]
        topics = [topic.id for topic in self.content.topic] if step.topics else []
        readers: tuple[Tree, ...] = ({"readers": [EVERYONE]}, {}) if step.private else ({}, {})
        rows = [
            {
                "id": f"b{place}",
                "title": self.text(),
                "kind": self.random.choice(step.kinds) if step.kinds else self.text(),
                "date": self.day - timedelta(days=place),
                "link": f"https://voorbeeld.nl/{place}?a=[b]&c=<d>",
                "note": self.text(),
                "items": items[:place],
                **({"topics": topics[:place]} if topics else {}),
                **readers[place - 1],
            }
            for place in (1, 2)
        ]
        return {"evidence": [*rows, {"id": "b3", "title": self.text()}], "date": self.day}

    @given.register
    def _(self, step: m.InterviewStep, record: Record) -> Tree:
        asked = [
            {"item": item.id, "id": prompt.id, "asked": self.flip(), "essential": prompt.essential}
            for item in self.content.items()
            for prompt in item.prompts
        ]
        session = {"date": self.day, "start": time(9, 30), "end": time(11, 20)}
        return {"session": [session], **({"prompt": asked} if asked else {})}

    @given.register
    def _(self, step: m.NotesStep, record: Record) -> Tree:
        rows = [{"item": item.id, "text": self.text()} for item in items_of(self.content, step)]
        return {"explanation": rows, **({"text": self.text()} if step.general else {})}

    @given.register
    def _(self, step: m.ConclusionsStep, record: Record) -> Tree:
        sections = self.content.section
        about = {"section": self.random.choice(sections).id} if sections else {}
        better = [{"id": f"v{number}", "text": self.text(), **about} for number in (1, 2, 3)]
        return {
            "text": self.text(),
            "strength": [{"id": "s1", "text": self.text(), **about}],
            "improvement": better,
            "recommendation": [
                {"id": f"a{number}", "improvement": row["id"], "text": self.text()}
                for number, row in enumerate(better, 1)
            ],
        }

    @given.register
    def _(self, step: m.VerdictStep, record: Record) -> Tree:
        value = self.random.choice(scale_of(self.content, step).options).value
        rows = [
            {"id": f"w{place}", "text": self.text(), "who": "Wie het regelt", "due": self.day + timedelta(days=60)}
            for place in (1, 2)
        ]
        signers = {role: may_sign(record, self.content, role) for role in step.signed_by}
        signed = [{"id": role, "by": codes[0], "date": self.day} for role, codes in signers.items() if codes]
        return {
            "value": value,
            "reason": self.text(),
            "date": self.day,
            **({"condition": rows} if value in step.conditional or self.flip() else {}),
            **({"signature": signed} if signed else {}),
        }

    @given.register
    def _(self, step: m.ActionsStep, record: Record) -> Tree:
        advised = [one.id for one in record.read(step.of, ConclusionsFile).recommendation] if step.of else []
        number = self.random.randint(step.minimum or 1, max(step.minimum or 1, step.maximum or 3))
        rows = [
            {
                "id": f"p{place + 1}",
                "text": self.text(),
                "who": "De trekker",
                "due": self.day + timedelta(days=180),
                **({"recommendation": advised[place % len(advised)]} if advised else {}),
            }
            for place in range(number)
        ]
        return {"action": rows, "date": self.day}

    @given.register
    def _(self, step: m.ReviewsStep, record: Record) -> Tree:
        states = next(one.states for one in self.content.step if isinstance(one, m.ActionsStep) and one.id == step.of)
        rows = [
            {"action": row.id, "date": self.day, "state": self.random.choice(states), "text": self.text()}
            for row in record.read(step.of, ActionsFile).action
        ]
        return {"review": rows}

    @given.register
    def _(self, step: m.RepeatStep, record: Record) -> Tree:
        return {"planned": self.day + timedelta(days=400), "note": self.text()}

    def answers(self, *, whole: bool = True) -> Tree:
        """A sheet, full or half: on every scale each answer, and each reason for none, comes up.

        What may be left open is sometimes answered.
        """
        keys = expected_keys(self.content)
        items = {item.id: item for item in self.content.items()}
        chosen = {key for item in items.values() for key in optional_parts(item) if self.flip()}
        keys = [key for key in answerable_keys(self.content) if key in chosen or key in keys]
        rows = [
            self._row(key, self.random.choice(self.possible(scale_for(self.content, items[key[0]], key[1]))))
            for key in (keys if whole else keys[: len(keys) // 2])
        ]
        return {"answer": rows}

    def agreed(self, outcome: Outcome) -> Tree:
        """Definitive answers: what all gave, else what one of them gave, each with a reason."""
        rows = []
        for stand in outcome.stands:
            if stand.optional and not stand.given:
                continue  # only somebody who does not count answered it
            answer = stand.proposal or self.random.choice(list(stand.given.values()))
            said = {"missing": answer.missing} if answer.missing else {"value": answer.value}
            rows.append(self._row((stand.item, stand.part), {**said, "note": self.text()}))
        return {"answer": rows}

    def notes(self) -> Tree:
        """Raw notes of one person, on an item and loose."""
        items = self.content.items()
        return {"note": [{"id": "n1", "text": self.text(), **({"item": items[0].id} if items else {})}]}

    def possible(self, scale: m.Scale) -> list[Tree]:
        """Every answer that a scale allows; none where it has neither options nor reasons."""
        values: list[Tree] = [
            {"value": option.value, **({"note": self.text()} if option.note == "required" else {})}
            for option in scale.options
        ]
        return values + [{"missing": reason} for reason in scale.missing]

    @staticmethod
    def _row(key: tuple[str, str], said: Tree) -> Tree:
        return {"item": key[0], **({"part": key[1]} if key[1] else {}), **said}

    def fact(self, fact: m.Fact) -> Any:
        """A value of the kind that a fact asks, within its bounds."""
        low = fact.minimum if fact.minimum is not None else 0
        high = fact.maximum if fact.maximum is not None else low + 100
        made: Mapping[str, Callable[[], Any]] = {
            "number": lambda: float(low) if low == high else round(self.random.uniform(low, high), 2),
            "count": lambda: self.random.randint(low, high),
            "date": lambda: self.day,
            "choice": lambda: self.random.choice(fact.options),
            "choices": lambda: list(fact.options[: self.random.randint(1, len(fact.options))]),
            "text": self.text,
            "yes-no": self.flip,
        }
        return made[fact.kind]()

    def text(self) -> str:
        """A text as somebody types it."""
        return self.random.choice(WORDS)

    def flip(self) -> bool:
        """Yes or no."""
        return self.random.random() < 0.5
