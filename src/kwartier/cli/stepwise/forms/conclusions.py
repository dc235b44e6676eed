"""Questions of the form conclusions: what goes well, what can be better, and recommendations."""

from __future__ import annotations

from kwartier.cli.stepwise import fields
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import ConclusionsStep
from kwartier.records.files import ConclusionsFile, Improvement


def conclusions(work: Work, step: ConclusionsStep) -> list[Question]:
    """The picture of the whole, the two lists, and per point to improve its recommendations."""
    seen = work.see()
    content = seen.content
    sections = [(section.id, section.short or section.title) for section in content.section]
    about = fields.by_id("section", (content.section_word or "deel").capitalize(), sections)
    known = [(one.id, one.short or one.title) for one in content.items()]
    item = fields.by_id("item", "Item", known, hint="het nummer van een item")
    well = Rows(
        step=step,
        array="strength",
        one="sterk punt",
        new="een nieuw sterk punt",
        many="Wat gaat goed",
        fields=(fields.text("text", "Tekst"), about),
        typed=True,
    )
    better = Rows(
        step=step,
        array="improvement",
        one="verbeterpunt",
        new="een nieuw verbeterpunt",
        many="Wat kan beter",
        fields=(fields.text("text", "Tekst"), about, item),
        typed=True,
    )
    here = Place(step=step, name="beeld van het geheel", present=seen.record.shared.get(step.id, {}))
    whole = fields.ask(work, here, fields.text("text", "Beeld van het geheel"))
    points = seen.record.read(step.id, ConclusionsFile).improvement
    advice = [menu(work, _recommendations(step, one, n), f"advies-{one.id}") for n, one in enumerate(points, 1)]
    return [whole, menu(work, well, "strength"), menu(work, better, "improvement"), *advice]


def _recommendations(step: ConclusionsStep, point: Improvement, number: int) -> Rows:
    return Rows(
        step=step,
        array="recommendation",
        one="aanbeveling",
        new="een nieuwe aanbeveling",
        many=f"Aanbevelingen bij verbeterpunt {number}",
        intro=f"Verbeterpunt {number}: {point.text}\nAanbevelingen daarbij.",
        fields=(fields.text("text", "Tekst"),),
        typed=True,
        begin={"improvement": point.id},
        mine=lambda row: row.get("improvement") == point.id,
    )
