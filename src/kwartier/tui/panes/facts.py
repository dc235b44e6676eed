"""The work of a step of the form facts: what is asked about the subject, one answer each."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from kwartier.instrument.model import Fact, FactsStep
from kwartier.records.files import FactsFile
from kwartier.records.tree import Tree
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.estimates import HINT
from kwartier.workflow.fact_forms import (
    EMPTIED,
    as_given,
    limits_words,
    read_typed,
    takes_note,
    typed_again,
    understood,
)
from kwartier.workflow.fact_words import fact_words
from kwartier.workflow.filling import Rejected, Wrong
from kwartier.workflow.periods import with_weekday
from kwartier.workflow.suggestion_words import with_reason
from kwartier.workflow.was import fact_was

NOTE = Field(key="note", label="Opmerking", hint="hoe het bekend is, of wat het getal inhoudt")
DONE = (Field(key="date", label="Ingevuld op", kind="date"), Field(key="by", label="Door", kind="person"))


class FactsPane(RowsPane):
    """Enter fills in the fact that is pointed at, and goes on to the next one that is open."""

    def lines(self) -> list[Line]:
        file = self.desk.record.read(self.step.id, FactsFile)
        found = [self._line(fact) for fact in self._facts()]
        on = with_weekday(file.date) if file.date else "nog niet gezegd"
        by = f" door {self.desk.name(file.by)}" if file.by else ""
        gone = Edit(given={"date": "", "by": ""}, name="dag van invullen weghalen") if file.date or file.by else None
        last = parts((f"Ingevuld op: {on}{by}", "$text-muted"))
        return [
            *found,
            Line(
                id="+done", sign="  ", text=last, opens=lambda: self.step_form("Dag van invullen", DONE), removes=gone
            ),
        ]

    def told(self) -> list[Part | Content]:
        open_ones = [fact for fact in self._facts() if fact.required and not self._is_given(fact)]
        if not open_ones:
            return []
        count = len(open_ones)
        return [f"Nog {count} {'verplicht antwoord' if count == 1 else 'verplichte antwoorden'}.\n"]

    def _facts(self) -> list[Fact]:
        assert isinstance(self.step, FactsStep)
        by_id = {fact.id: fact for fact in self.desk.content.fact}
        return [by_id[id] for id in self.step.facts if id in by_id]

    def _is_given(self, fact: Fact) -> bool:
        row = self.row("fact", fact.id)
        return row is not None and as_given(row).given

    def _line(self, fact: Fact) -> Line:
        row = self.row("fact", fact.id) or {}
        open_words = "nog niet ingevuld (verplicht)" if fact.required else "nog niet ingevuld"
        given = as_given(row)
        answer: Part = fact_words(fact, given)
        was = fact_was(fact, self.desk.earlier_facts(self.step.id).get(fact.id), given)
        if not given.given:
            answer = (f"{open_words}; {given.note}" if given.note else open_words, "$text-muted")
        return Line(
            id=fact.id,
            sign="  ",
            text=parts((fact.title, "bold"), "\n", answer, (f"  {was}" if was else "", "$text-muted")),
            opens=lambda: self._form(fact),
            removes=removal("fact", fact.id, f"{fact.title} leegmaken") if row else None,
        )

    def aside(self) -> Content:
        """What the instrument says about this step, and what the answers so far suggest for the scores."""
        guidance = super().aside()
        found = self.desk.suggestions()
        if not found:
            return guidance
        pieces: list[Part | Content] = [guidance, "\n\n"] if guidance.plain else []
        pieces.append(("Voorstellen uit de feiten", "bold"))
        pieces += [f"\nItem {one.item}: {with_reason(one)}" for one in found]
        return parts(*pieces, ("\nWie scoort, neemt een voorstel over of kiest anders.", "$text-muted"))

    def _form(self, fact: Fact) -> Form:
        fields = (_answer_field(fact), *((NOTE,) if takes_note(fact, self.row("fact", fact.id) or {}) else ()))
        return replace(
            self.row_form("fact", fact.id, fact.title, fields),
            told=_told(fact),
            now=lambda: self._now(fact),
            give=lambda values, burst: self._give(fact, values, burst),
            remove=None,
            following=lambda: self._following(fact),
        )

    def _now(self, fact: Fact) -> Tree:
        """The row as its form holds it: an estimate is one text there."""
        row = self.row("fact", fact.id) or {}
        typed = typed_again(row) if fact.estimate else ""
        return {**row, "value": typed} if typed else row

    def _give(self, fact: Fact, values: Tree, burst: str) -> None:
        try:
            self.give({"fact": [_given(fact, values)]}, fact.title, burst=burst)
        except Rejected as error:
            raise _at_the_answer(error, fact) from None

    def _following(self, fact: Fact) -> Form | None:
        """The next fact that is open."""
        from kwartier.tui.widgets.row_list import RowList

        facts = self._facts()
        later = facts[facts.index(fact) + 1 :]
        found = next((one for one in later if not self._is_given(one)), None)
        if found is None:
            return None
        self.query_one(RowList).point_at(found.id)
        return self._form(found)

    def first(self) -> str:
        return next((fact.id for fact in self._facts() if not self._is_given(fact)), "")


FITS = 60
"""A title that is longer is cut in the frame of a dialog, so it stands in the form too."""


def _answer_field(fact: Fact) -> Field:
    """The field in which the answer is given."""
    label = f"Antwoord ({fact.unit})" if fact.unit else "Antwoord"
    if fact.estimate:
        limits = limits_words(fact)
        return Field(
            key="value",
            label=label,
            hint=f"{HINT}{f' Het getal is {limits}.' if limits else ''}",
            parse=lambda typed: read_typed(fact, typed),
            echo=lambda typed: f"= {words}" if (words := understood(fact, typed)) else "",
        )
    return Field(
        key="value",
        label=label,
        kind="long" if fact.kind == "text" else fact.kind,
        hint=limits_words(fact),
        choices=[(one, one) for one in fact.options],
    )


def _told(fact: Fact) -> str:
    """What is said above the field: the title where the frame cuts it, whether it is a must, and what counts."""
    title = fact.title if len(fact.title) > FITS else ""
    required = "Dit antwoord is verplicht." if fact.required else ""
    return "\n".join(filter(None, [f"{title} {required}".strip(), fact.help]))


def _given(fact: Fact, values: Tree) -> Tree:
    """What was filled in, as it is given to the step: emptying takes every way away in which it was said."""
    emptied = EMPTIED if fact.estimate and values.get("value") == "" else {}
    return {"id": fact.id, **emptied, **values}


def _at_the_answer(error: Rejected, fact: Fact) -> Rejected:
    """The same refusal with what is wrong about an end of a range said at the one field that there is."""
    wrongs = [
        Wrong((*one.path[:-1], "value"), one.message)
        if one.path[1:2] == (fact.id,) and one.path[-1] in EMPTIED
        else one
        for one in error.wrongs
    ]
    return Rejected(wrongs, error.place or "")
