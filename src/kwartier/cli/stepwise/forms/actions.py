"""Questions of the forms actions and reviews: what was chosen, and how it goes."""

from __future__ import annotations

from dataclasses import replace

from kwartier.cli.stepwise import fields
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Place
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import ActionsStep, ReviewsStep
from kwartier.records.files import Action, ActionsFile, ConclusionsFile, Review, ReviewsFile
from kwartier.workflow.due import next_review
from kwartier.workflow.periods import short
from kwartier.workflow.state import current_state


def actions(work: Work, step: ActionsStep) -> list[Question]:
    """The list of actions, and the day on which they were chosen."""
    seen = work.see()
    advice = seen.record.read(step.of, ConclusionsFile).recommendation if step.of else ()
    texts = [(one.id, one.text) for one in advice]
    linked = (fields.choice("recommendation", "Hoort bij aanbeveling", texts, hint="een nummer uit die lijst"),)
    rows = Rows(
        step=step,
        array="action",
        one="actiepunt",
        new="een nieuw actiepunt",
        many="Actiepunten",
        fields=(
            fields.text("text", "Wat er gaat gebeuren"),
            *(linked if advice else ()),
            fields.person("who", "Wie het trekt"),
            fields.day("due", "Klaar op"),
            fields.choice("state", "Stand", [(one, one) for one in step.states]),
            fields.text("note", "Opmerking"),
        ),
        typed=True,
    )
    told = "\n".join(["De aanbevelingen.", *(f"{n}. {one.text}" for n, one in enumerate(advice, 1))]) if advice else ""
    here = Place(step=step, name="dag van de keuze", present=seen.record.shared.get(step.id, {}))
    chosen = fields.day("date", "Gekozen op", hint="een datum of vandaag; evaluaties tellen vanaf die dag")
    listed = menu(work, rows, "action")
    if told:
        listed = replace(listed, text=f"{told}\n{listed.text}")
    return [listed, fields.ask(work, here, chosen)]


def reviews(work: Work, step: ReviewsStep) -> list[Question]:
    """The actions with where they stand, and the list of reviews."""
    seen = work.see()
    source = next(one for one in seen.content.step if isinstance(one, ActionsStep) and one.id == step.of)
    file = seen.record.read(step.of, ActionsFile)
    if not file.action:
        return [Question(id="review", text="Er zijn nog geen actiepunten om te evalueren. Enter gaat verder.")]
    made = seen.record.read(step.id, ReviewsFile).review
    told = [f"{n}. {_told(work, one, file, step, source, made)}" for n, one in enumerate(file.action, 1)]
    texts = [(one.id, one.text) for one in file.action]
    rows = Rows(
        step=step,
        array="review",
        one="evaluatie",
        new="een nieuwe evaluatie",
        many="Evaluaties",
        intro="\n".join(["De actiepunten.", *told, "De evaluaties."]),
        fields=(
            fields.choice("action", "Actiepunt", texts, hint="een nummer uit de lijst van actiepunten"),
            fields.day("date", "Dag van de evaluatie", default="vandaag"),
            fields.choice("state", "Stand", [(one, one) for one in source.states], default=source.states[0]),
            fields.text("text", "Wat lukte, wat tegenzat, wat nodig is"),
            fields.person("by", "Wie evalueerde"),
        ),
        needed=3,
    )
    return [menu(work, rows, "review")]


def _told(
    work: Work, one: Action, file: ActionsFile, step: ReviewsStep, source: ActionsStep, made: tuple[Review, ...]
) -> str:
    who = f", {work.name(one.who)}" if one.who else ""
    due = f", klaar op {short(one.due)}" if one.due else ""
    done = [review.date for review in made if review.action == one.id]
    when = f", evalueren rond {short(next_review(file.date, step.every, max(done, default=None)))}" if file.date else ""
    return f"{one.text}{who}{due}, {current_state(one, made, source)}{when}."
