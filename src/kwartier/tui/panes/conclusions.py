"""The work of a step of the form conclusions: what goes well, what can be better, and what is recommended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.content import Content

from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean
from kwartier.instrument.model import Section
from kwartier.records.files import ConclusionsFile, Improvement, Recommendation, Strength
from kwartier.records.tree import Tree
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line, removal
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.outcome import Outcome

ABOUT = "about"
"""A field of the form alone: a section or an item, which are two fields in the file."""

TEXT = Field(key="text", label="Tekst", kind="long", required=True)


class ConclusionsPane(RowsPane):
    """Each point to improve has its recommendations below it, or a line that says there is none."""

    adding: ClassVar[str] = "Toevoegen"

    def _file(self) -> ConclusionsFile:
        return self.desk.record.read(self.step.id, ConclusionsFile)

    def lines(self) -> list[Line]:
        file = self._file()
        found = [_heading("whole", "Beeld van het geheel"), self._whole(file)]
        found.append(_heading("strength", "Wat gaat goed"))
        found += [self._strength(one, number) for number, one in enumerate(file.strength, 1)]
        found.append(_adding("strength", "sterk punt toevoegen", self._new_strength))
        found.append(_heading("improvement", "Wat kan beter"))
        for number, one in enumerate(file.improvement, 1):
            own = [row for row in file.recommendation if row.improvement == one.id]
            found.append(self._improvement(one, number, own))
            found += [self._recommendation(row, number) for row in own]
            if not own:
                missing = parts(("aanbeveling ontbreekt (enter voegt toe)", "$text-warning"))
                found.append(self._without(one, missing, number))
        found.append(_adding("improvement", "verbeterpunt toevoegen", self._new_improvement))
        return found

    def _whole(self, file: ConclusionsFile) -> Line:
        text: Part = file.text or ("nog niets", "$text-muted")
        return Line(
            id="+text",
            sign="  ",
            text=parts(text),
            opens=lambda: self.step_form("Beeld van het geheel", (Field(key="text", label="Tekst", kind="long"),)),
            removes=Edit(given={"text": ""}, name="beeld van het geheel weghalen") if file.text else None,
        )

    def _strength(self, one: Strength, number: int) -> Line:
        return Line(
            id=f"s-{one.id}",
            sign=f"  {number}  ",
            text=parts(one.text, (self._about(one.section, ""), "$text-muted")),
            opens=lambda: self._form("strength", one.id, f"Sterk punt {number}"),
            adds=self._new_strength,
            removes=removal("strength", one.id, f"sterk punt {number} weghalen"),
        )

    def _improvement(self, one: Improvement, number: int, own: list[Recommendation]) -> Line:
        gone: Tree = {"improvement": [{"id": one.id, "remove": True}]}
        if own:
            gone["recommendation"] = [{"id": row.id, "remove": True} for row in own]
        removes = Edit(given=gone, name=f"verbeterpunt {number} weghalen")
        return Line(
            id=f"i-{one.id}",
            sign=f"  {number}  ",
            text=parts(one.text, (self._about(one.section, one.item), "$text-muted")),
            opens=lambda: replace(
                self._form("improvement", one.id, f"Verbeterpunt {number}"), remove=partial(self.take, removes)
            ),
            adds=self._new_improvement,
            removes=removes,
        )

    def _recommendation(self, row: Recommendation, number: int) -> Line:
        point = next((one for one in self._file().improvement if one.id == row.improvement), None)
        name = f"aanbeveling bij verbeterpunt {number}"
        told = f"Bij: {point.text}" if point else ""
        return Line(
            id=f"r-{row.id}",
            sign="     → ",
            text=parts(row.text),
            opens=lambda: replace(
                self.row_form("recommendation", row.id, "Aanbeveling", (TEXT,), name=name), told=told
            ),
            adds=partial(self._new_recommendation, point, number) if point else None,
            removes=removal("recommendation", row.id, f"{name} weghalen"),
        )

    def _without(self, point: Improvement, text: Content, number: int) -> Line:
        return Line(
            id=f"+r-{point.id}", sign="     → ", text=text, adds=partial(self._new_recommendation, point, number)
        )

    def _about(self, section: str, item: str) -> str:
        """What a point is about, to stand behind it."""
        content = self.desk.content
        found = next((one for one in content.items() if one.id == item), None)
        if found is not None:
            return f"  ({found.id} {found.short or found.title})"
        whole = next((one for one in content.section if one.id == section), None)
        return f"  ({whole.id} {whole.short or whole.title})" if whole is not None else ""

    # -- forms

    def _about_field(self, *, items: bool) -> Field:
        choices: list[tuple[Tree, str]] = []
        for section in self.desk.content.section:
            choices.append(({"section": section.id, "item": ""}, f"{section.id} {section.short or section.title}"))
            if items:
                choices += [
                    ({"section": "", "item": one.id}, f"   {one.id} {one.short or one.title}") for one in section.item
                ]
        return Field(key=ABOUT, label="Gaat over", kind="choice", choices=choices)

    def _fields(self, array: str) -> tuple[Field, ...]:
        return (TEXT, self._about_field(items=array == "improvement"))

    def _form(self, array: str, id: str, title: str) -> Form:
        form = self.row_form(array, id, title, self._fields(array))
        return replace(
            form,
            now=lambda: _with_about(form.now()),
            give=lambda values, burst: form.give(_apart(values, array), burst),
        )

    def _new(self, array: str, title: str) -> Form:
        form = self.new_row_form(array, title, self._fields(array))
        return replace(
            form,
            now=lambda: _with_about(form.now()),
            give=lambda values, burst: form.give(_apart(values, array), burst),
        )

    def _new_strength(self) -> Form:
        return self._new("strength", "Nieuw sterk punt")

    def _new_improvement(self) -> Form:
        return self._new("improvement", "Nieuw verbeterpunt")

    def _new_recommendation(self, point: Improvement, number: int) -> Form:
        form = self.new_row_form("recommendation", "Nieuwe aanbeveling", (TEXT,), fixed={"improvement": point.id})
        return replace(form, told=f"Bij verbeterpunt {number}: {point.text}")

    # -- the scores beside it

    def aside(self) -> Content:
        """The mean of each section, and the definitive score of each item."""
        outcome = self.desk.outcome()
        guidance: list[Part | Content] = [f"{self.step.guidance}\n\n"] if self.step.guidance else []
        if outcome is None:
            return parts(*guidance)
        if outcome.why and not outcome.answers():
            return parts(*guidance, (f"Nog geen definitieve scores: {outcome.why}.", "$text-muted"))
        found = [*guidance, ("Definitieve scores\n", "bold")]
        for section in self.desk.content.section:
            found += _section_scores(section, outcome)
        return parts(*found)


def _section_scores(section: Section, outcome: Outcome) -> list[Part]:
    mean = outcome.scores.sections.get(section.id)
    figure = dutch(mean.value) if isinstance(mean, Mean) else "–"
    answers = outcome.answers()
    found: list[Part] = [(f"\n{figure:>4}  {section.id} {section.short or section.title}\n", "bold")]
    for item in section.item:
        answer = answers.get(item.id)
        value = "–" if answer is None or answer.value is None else str(answer.value)
        why = f" ({answer.missing})" if answer is not None and answer.missing else ""
        found.append(f"{value:>4}  {item.id} {item.short or item.title}{why}\n")
    return found


def _heading(id: str, text: str) -> Line:
    return Line(id=f"+h-{id}", text=parts(text), heading=True)


def _adding(id: str, text: str, adds: object) -> Line:
    assert callable(adds)
    return Line(id=f"+{id}", sign="  + ", text=parts((text, "$text-muted")), adds=adds)


def _with_about(row: Tree | None) -> Tree | None:
    """A row with what it is about as one value; an item says its section too."""
    if row is None or not (row.get("section") or row.get("item")):
        return row
    item = row.get("item", "")
    return {**row, ABOUT: {"section": "" if item else row["section"], "item": item}}


def _apart(values: Tree, array: str) -> Tree:
    """What was filled in, with section and item apart, as the file has them."""
    if ABOUT not in values:
        return values
    about = values[ABOUT] or {"section": "", "item": ""}
    rest = {key: value for key, value in values.items() if key != ABOUT}
    return {**rest, **{key: about[key] for key in (("section", "item") if array == "improvement" else ("section",))}}
