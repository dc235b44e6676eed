"""A form for one step, as a TOML text to fill in with a text editor and to give back with `kwartier invullen`.

It holds what is there already; given back unchanged it changes nothing. What the items look like in it stands in
`blank_items`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kwartier.errors import Refused
from kwartier.instrument import model as m
from kwartier.records import files as f
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.text import one_line
from kwartier.workflow.blank_evidence import evidence
from kwartier.workflow.blank_items import consensus, notes, own_notes, questions, score
from kwartier.workflow.blank_lines import LONG, WIDTH, Offer, choice, comment, literal, offers, row, rows_with_id
from kwartier.workflow.blank_page import Before, Page
from kwartier.workflow.due import next_review
from kwartier.workflow.fact_forms import takes_note
from kwartier.workflow.filling import require_keyed
from kwartier.workflow.forms import form_of, given_fields
from kwartier.workflow.marks import FIELD, marks
from kwartier.workflow.people import role_words
from kwartier.workflow.periods import after, short
from kwartier.workflow.rules import AUDIO, CONSENT
from kwartier.workflow.state import current_state
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.verdicts import STATES, aid, proposal, proposal_words, reasons, scale_of
from kwartier.workflow.verdicts import offers as offered_conditions


def blank(
    step: m.AnyStep,
    content: m.Content,
    record: Record,
    tree: Tree,
    *,
    own: bool,
    person: str = "",
    today: date,
    suggested: Sequence[Suggestion] = (),
    judged: Mapping[str, Before] | None = None,
) -> str:
    """The form of a step with what `tree`, its file, holds; `own` for somebody's own file, of the code `person`.

    `suggested` is what the facts suggest and `judged` what was judged before; they stand there to be read and are never
    filled in. `record` has passed the
    gate for whom it is made. Raises `Refused` for a consensus before the reveal and for a sealed sheet, `Unreadable`
    where the file is not as it should be.
    """
    if isinstance(step, m.ScoreStep) and "sealed" in tree:
        raise Refused(
            "already-sealed",
            "Dit scoreblad is verzegeld; er valt niets meer in te vullen.",
            place=record.ref,
            advice="Zolang niet alle bladen verzegeld zijn, kunt u het heropenen met een reden.",
        )
    page = Page(
        step=step,
        content=content,
        record=record,
        tree=tree,
        own=own,
        person=person,
        today=today,
        suggested=suggested,
        judged=judged or {},
    )
    _check_readable(page)
    lines = [*_header(page), "", *_made_from(page), *offers(tree, _fields(page)), *_BODIES[type(step)](page)]
    return "\n".join(lines) + "\n"


def _check_readable(page: Page) -> None:
    form = form_of(page.step)
    file = f.RawNotesFile if page.own and isinstance(page.step, m.InterviewStep) else form.file
    f.view(page.tree, file, page.record.ref)
    for array in {**form.rows, **form.own_rows}:
        require_keyed(array, page.tree.get(array, []), page.record.ref)


def _header(page: Page) -> list[str]:
    step, record = page.step, page.record
    whose = f", van {page.person}" if page.person else ""
    lines = comment(f"{step.title}{whose}")
    lines += comment(f"Formulier voor {record.ref}, gemaakt op {short(page.today)}.")
    for text in (step.guidance, step.own, _wording(page)):
        if text:
            lines += ["#", *comment(text)]
    who = f" --auditor {page.person}" if page.person else ""
    lines += [
        "#",
        *comment(
            "Zo vult u het in: haal het hekje en de spatie weg aan het begin van een regel met een =-teken, en zet uw "
            "antwoord achter dat teken. Een tekst staat tussen aanhalingstekens; tussen drie en drie mag hij meer "
            'regels hebben. Wat u laat staan, verandert niet; een lege tekst ("") haalt weg wat er stond.'
        ),
        *comment("Zo geeft u het terug:"),
        f"#   {one_line(f'kwartier invullen {record.ref} BESTAND --stap {step.id}{who}', 1000)}",
    ]
    return lines


def _made_from(page: Page) -> list[str]:
    """The line that tells what the form was made from, also where that was nothing yet."""
    form = form_of(page.step)
    rows = form.own_rows if page.own else form.rows
    told = marks(page.tree, list(rows), list(given_fields(page.step, own=page.own)))
    return [*comment("Laat deze regel staan; zo gaat er niets van een ander verloren."), f"{FIELD} = {literal(told)}"]


def _wording(page: Page) -> str:
    """Whose words are used, wherever items are shown."""
    shown = isinstance(page.step, m.ScoreStep | m.ConsensusStep | m.NotesStep | m.InterviewStep)
    return page.content.report.wording if shown and page.content.report else ""


def _fields(page: Page) -> list[Offer]:
    step, day = page.step, literal(page.today)
    chosen = "de dag waarop de actiepunten gekozen zijn; de evaluaties tellen vanaf die dag"
    asked = [Offer("date", day, chosen if isinstance(step, m.ActionsStep) else "de dag waarop het gedaan is")]
    if not page.own:
        asked.append(Offer("by", hint="wie het deed: een naam of een code"))
        if step.optional:
            asked.append(Offer("skipped", hint="alleen als deze stap wordt overgeslagen: de reden"))
    if isinstance(step, m.PeopleStep):
        asked.append(Offer("audio_recorded", "true", "of het gesprek is opgenomen: true of false"))
    elif isinstance(step, m.InterviewStep) and page.own:
        asked.append(Offer("destroy", day, "de dag waarop deze ruwe aantekeningen vernietigd moeten zijn"))
    elif isinstance(step, m.NotesStep):
        asked.append(Offer("writer", hint="wie het concept schrijft: een naam of een code"))
        if step.general or "text" in page.tree:
            asked.append(Offer("text", LONG, f"{step.label} bij het geheel"))
    elif isinstance(step, m.VerdictStep):
        values = [option.value for option in scale_of(page.content, step).options]
        asked.append(Offer("value", literal(values[0]), f"het {step.label}: {choice(values)}"))
        asked.append(Offer("reason", LONG, "waarom; nodig als het anders is dan het voorstel"))
    elif isinstance(step, m.ConclusionsStep):
        asked.append(Offer("text", LONG, "een beeld van het geheel"))
    elif isinstance(step, m.RepeatStep):
        asked.append(Offer("planned", literal(after(page.record.envelope.date, step.after[0])), "de geplande dag"))
        asked.append(Offer("note"))
    return asked


def _checklist(page: Page) -> list[str]:
    step: m.ChecklistStep = page.step  # type: ignore[assignment]
    asked = [Offer("done", "true"), Offer("date", literal(page.today)), Offer("by"), Offer("note")]
    lines: list[str] = []
    for task in step.task:
        day = "" if task.days is None else f" (voorstel: {short(page.day(task.days))})"
        lines += ["", *comment(f"{task.text}{day}"), *row("task", ("id",), page.at("task", task.id), asked)[1:]]
    return lines


def _people(page: Page) -> list[str]:
    step: m.PeopleStep = page.step  # type: ignore[assignment]
    titles = {role.id: role.title for role in page.content.role}
    asked = [
        Offer("role", hint=choice(step.roles)),
        Offer("letter", literal(page.today), "de dag waarop de brief verstuurd is"),
        Offer("consent", literal(CONSENT[0]), choice(CONSENT)),
        Offer("consent_on", literal(page.today), "de dag van dat antwoord"),
        Offer("audio", literal(AUDIO[0]), f"over een geluidsopname: {choice(AUDIO)}"),
        Offer("note", hint="zonder namen"),
    ]
    name = Offer("name", hint="een naam komt apart te staan, hier blijft een code; zonder naam kan ook")
    lines = ["", *comment("De rollen:")]
    for role in step.roles:
        lines += comment(f"{literal(role)}: {titles.get(role, role)}", "  ")
    return lines + rows_with_id("participant", page.tree.get("participant", []), asked, "De deelnemers:", new=[name])


def _facts(page: Page) -> list[str]:
    step: m.FactsStep = page.step  # type: ignore[assignment]
    lines: list[str] = []
    for fact in page.content.fact:
        if fact.id in step.facts:
            unit = f" ({fact.unit})" if fact.unit else ""
            lines += ["", *comment(f"{fact.title}{unit}{'' if fact.required else ' (mag open blijven)'}")]
            lines += comment(fact.help, "  ") if fact.help else []
            lines += [line for one in fact.options for line in comment(literal(one), "    ")] if _long(fact) else []
            present = page.at("fact", fact.id)
            lines += row("fact", ("id",), present, _fact_offers(fact, present, page.today))[1:]
    return lines


def _long(fact: m.Fact) -> bool:
    """Whether its answers do not fit behind a field, where a line may not wrap."""
    return len(choice(fact.options)) > WIDTH


def _fact_offers(fact: m.Fact, present: Tree, today: date) -> list[Offer]:
    """The answer; of an estimate that is there also how it was kept, as it has to come back unchanged."""
    shown, hint = _fact_example(fact, today)
    if fact.estimate:
        hint += '; of een tekst: "ongeveer 40", "20-25", "minimaal 2", "hooguit 5", "?" (niet bekend)'
    kept = [Offer(key) for key in ("low", "high", "approximate", "unknown") if key in present]
    note = [Offer("note", hint="hoe het bekend is, of wat het inhoudt")] if takes_note(fact, present) else []
    return [Offer("value", shown, hint), *kept, *note]


def _fact_example(fact: m.Fact, today: date) -> tuple[str, str]:
    """An example of an answer in TOML, and what may be answered."""
    if fact.kind in ("choice", "choices"):
        shown = literal(list(fact.options[:1])) if fact.kind == "choices" else '""'
        some = "een of meer van " if fact.kind == "choices" else "een van " if _long(fact) else ""
        return shown, f"{some}{'de antwoorden hierboven' if _long(fact) else choice(fact.options)}"
    kinds = {
        "number": ("", "een getal, met een punt: 12.5"),
        "count": ("", "een heel getal"),
        "date": (literal(today), "een datum"),
        "text": (LONG, ""),
        "yes-no": ("true", "true of false"),
    }
    return kinds[fact.kind]


def _interview(page: Page) -> list[str]:
    if page.own:
        return own_notes(page)
    asked = [
        Offer("date", literal(page.today)),
        Offer("start", "14:00:00"),
        Offer("end", "16:00:00"),
        Offer("minutes", "120", "alleen als begin en einde niet genoteerd zijn"),
    ]
    sessions = rows_with_id("session", page.tree.get("session", []), asked, "De gesprekken; hun tijd telt op:")
    return [*sessions, *questions(page)]


def _conclusions(page: Page) -> list[str]:
    sections = [Offer("section", hint=choice(section.id for section in page.content.section))]
    better = [Offer("text", LONG), *sections, Offer("item", hint="als het over een item gaat")]
    advice = [Offer("improvement", '"v1"', "de id van het verbeterpunt"), Offer("text", LONG)]
    word = page.content.section_word or "deel"
    lines = ["", *comment(f"Elk {word}, met zijn items:")]
    for section in page.content.section:
        items = ", ".join(item.id for item in section.item)
        lines += comment(f"{literal(section.id)}: {section.title} ({items})", "  ")
    tree = page.tree
    lines += rows_with_id("strength", tree.get("strength", []), [Offer("text", LONG), *sections], "Wat gaat goed:")
    lines += rows_with_id("improvement", tree.get("improvement", []), better, "Wat kan beter:")
    title = "Een aanbeveling bij elk verbeterpunt:"
    return lines + rows_with_id("recommendation", tree.get("recommendation", []), advice, title)


def _verdict(page: Page) -> list[str]:
    step: m.VerdictStep = page.step  # type: ignore[assignment]
    found = proposal(page.record, page.content, step)
    conditions = page.record.read(step.id, f.VerdictFile).condition if page.tree else ()
    lines = [""]
    if told := proposal_words(page.content, step, found):
        lines += comment(f"{told} {aid(step)}")
    for reason in reasons(found):
        lines += comment(reason, "  ")
    offered = offered_conditions(found, conditions)
    if offered:
        lines += ["", *comment("Voorwaarden die kwartier voorstelt; neem over wat past:")]
    for one in offered:
        lines += comment(f"{literal(one.id)}: {one.text}", "  ")
    asked = [
        Offer("text", LONG, "wat er geregeld moet worden"),
        Offer("who", hint="wie het regelt: een naam of een code"),
        Offer("due", literal(page.today), "voor wanneer"),
        Offer("state", literal(STATES[0]), choice(STATES)),
        Offer("note", hint="zonder namen"),
    ]
    lines += rows_with_id("condition", page.tree.get("condition", []), asked, "De voorwaarden:")
    signing = [Offer("by", hint="wie er tekende: een naam of een code"), Offer("date", literal(page.today))]
    for role in step.signed_by:
        lines += ["", *comment(f"Getekend door: {role_words(page.content, role)[0]}")]
        lines += row("signature", ("id",), page.at("signature", role), signing)[1:]
    return lines


def _report(page: Page) -> list[str]:
    return ["", *comment("Definitief maken gaat met een eigen opdracht, niet met dit formulier.")]


def _actions(page: Page) -> list[str]:
    step: m.ActionsStep = page.step  # type: ignore[assignment]
    asked = [Offer("text", LONG, "wat er gaat gebeuren")]
    lines: list[str] = []
    if step.of:
        asked.append(Offer("recommendation", hint="de id van de aanbeveling"))
        known = page.record.read(step.of, f.ConclusionsFile).recommendation
        lines += ["", *comment("De aanbevelingen:" if known else "Er zijn nog geen aanbevelingen.")]
        for advice in known:
            lines += comment(f"{literal(advice.id)}: {advice.text}", "  ")
    asked += [
        Offer("who", hint="wie het trekt: een naam of een code"),
        Offer("due", literal(page.today), "wanneer het klaar moet zijn"),
        Offer("state", literal(step.states[0]), choice(step.states)),
        Offer("note"),
    ]
    return lines + rows_with_id("action", page.tree.get("action", []), asked, "De actiepunten:")


def _reviews(page: Page) -> list[str]:
    step: m.ReviewsStep = page.step  # type: ignore[assignment]
    source = next(one for one in page.content.step if isinstance(one, m.ActionsStep) and one.id == step.of)
    file = page.record.read(step.of, f.ActionsFile)
    reviews = page.record.read(step.id, f.ReviewsFile).review
    lines = ["", *comment("De actiepunten:" if file.action else "Er zijn nog geen actiepunten gekozen.")]
    for action in file.action:
        state = current_state(action, reviews, source)
        lines += comment(f"{literal(action.id)}: {action.text} ({state}{_next(action, file, step, reviews)})", "  ")
    asked = [
        Offer("action", hint="de id van het actiepunt"),
        Offer("date", literal(page.today)),
        Offer("state", literal(source.states[0]), choice(source.states)),
        Offer("text", LONG, "wat lukte, wat tegenzat, wat nodig is"),
        Offer("by", hint="wie evalueerde: een naam of een code"),
    ]
    return lines + rows_with_id("review", page.tree.get("review", []), asked, "De evaluaties:")


def _next(action: f.Action, file: f.ActionsFile, step: m.ReviewsStep, reviews: tuple[f.Review, ...]) -> str:
    """When an action is to be reviewed, where it is known when it was chosen."""
    if file.date is None:
        return ""
    done = [review.date for review in reviews if review.action == action.id]
    return f"; evalueren rond {short(next_review(file.date, step.every, max(done, default=None)))}"


def _repeat(page: Page) -> list[str]:
    step: m.RepeatStep = page.step  # type: ignore[assignment]
    first, last = (after(page.record.envelope.date, period) for period in (step.after[0], step.after[-1]))
    when = short(first) if first == last else f"tussen {short(first)} en {short(last)}"
    return ["", *comment(f"Het instrument vraagt om een volgende keer {when}.")]


_BODIES: dict[type[m.AnyStep], Callable[[Any], list[str]]] = {
    m.ChecklistStep: _checklist,
    m.PeopleStep: _people,
    m.FactsStep: _facts,
    m.EvidenceStep: evidence,
    m.InterviewStep: _interview,
    m.NotesStep: notes,
    m.ScoreStep: score,
    m.ConsensusStep: consensus,
    m.ConclusionsStep: _conclusions,
    m.VerdictStep: _verdict,
    m.ReportStep: _report,
    m.ActionsStep: _actions,
    m.ReviewsStep: _reviews,
    m.RepeatStep: _repeat,
}
