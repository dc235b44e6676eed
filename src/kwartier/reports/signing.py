"""The page to sign: one sheet with what was decided or found, on what conditions, and room for the signatures."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.analysis.scores import Mean
from kwartier.instrument.conditions import set_values, setting_words
from kwartier.instrument.model import ActionsStep, Content, ScoreStep
from kwartier.records.files import ActionsFile, VerdictFile
from kwartier.reports.case import Case
from kwartier.reports.comparison import reviews_of
from kwartier.reports.counts import section_counts
from kwartier.reports.departed import told
from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph, Table, long_date
from kwartier.reports.figures import mean_per_section, total_words
from kwartier.reports.followup import action_table
from kwartier.reports.opening import unfinished
from kwartier.reports.page_facts import CONCEPT, page_note
from kwartier.reports.phrases import assessor_name, capital, counted, ended, listed, role_words
from kwartier.reports.verdict import DOTS, conditions, decided, signatures
from kwartier.workflow.agreed import agreed_answers
from kwartier.workflow.people import counting
from kwartier.workflow.verdicts import is_waiting, verdict_steps

MOST = 4
"""So many remarks stand on the page; of the others only how many, since the whole report has them."""


def page(case: Case) -> Document:
    """The page of an assessment. Everything on it has passed the gate, as all of the case has."""
    content = case.content
    state = list(_state(case))
    blocks = [*state, Bullets(tuple(particulars(case)))]
    steps = verdict_steps(content)
    blocks += _verdicts(case) if steps else [*_outcome(case), *_actions(case)]
    blocks += [*_remarks(case), Heading(1, "Handtekeningen"), *_signatures(case)]
    return Document(
        title=content.report.title if content.report else case.header.title,
        subject=", ".join(filter(None, [case.organisation, case.subject])),
        date=case.record.envelope.date,
        blocks=tuple(blocks),
        page_note=page_note(content),
        status=CONCEPT if state else "",
        contents=False,
    )


def _state(case: Case) -> Iterator[Block]:
    """A warning where not everything was done that is signed for; a verdict that was given is only to be signed."""
    given = [
        step.id for step in verdict_steps(case.content) if case.record.read(step.id, VerdictFile).value is not None
    ]
    left = list(unfinished(case, besides=given)) if case.concept else []
    if left:
        more = f"; en nog {len(left) - 3}" if len(left) > 3 else ""
        yield Callout("warning", f"Dit blad is nog een concept. Nog niet klaar: {'; '.join(left[:3])}{more}.")


# -- who and what


def particulars(case: Case) -> Iterator[str]:
    """Who and what a page is of: organisation, subject, parameters, date and people."""
    envelope, about = case.record.envelope, case.about
    yield f"Organisatie: {case.organisation}"
    if envelope.subject and case.header.subject == "workplace":
        name = case.subject
        code = "" if name == envelope.subject else f" ({envelope.subject})"
        team = f", team {about.team}" if about is not None and about.team else ""
        yield f"Praktijkleerplek: {name}{code}{team}"
        where = [one for one in (about.setting, about.place) if one] if about is not None else []
        if where:
            yield f"Werksetting: {', '.join(where)}"
    elif envelope.subject:
        yield f"Student: {envelope.subject}"
    asked = {one.id: one.title for one in case.content.parameter}
    levels = tuple(about.levels) if about is not None and case.header.subject == "workplace" else ()
    if levels and all(set_values(envelope.parameters, name) != levels for name in asked):
        yield f"Bedoeld voor opleidingsniveau: {listed(map(str, levels))}"
    for name, value in envelope.parameters.items():
        title = asked.get(name, name)
        yield f"{title}{'' if title.endswith('?') else ':'} {setting_words(value)}"
    version = f", verslag versie {len(case.versions)}" if case.versions and not case.concept else ""
    yield f"Datum van {case.header.word.the}: {long_date(envelope.date)}{version}"
    if envelope.paper is not None:
        yield f"Overgenomen van papier, uit: {envelope.paper.source}"
    yield from _people(case)


def _people(case: Case) -> Iterator[str]:
    """Those who filled in and those who assessed, by role; who scores along or left without a sheet does not count."""
    scored = [step for step in case.content.step if isinstance(step, ScoreStep)]
    for role in case.content.role:
        if role.kind != "assessor" or (role.is_subject and case.record.envelope.subject):
            continue  # a student was named above
        sheets = {code for step in scored if step.role == role.id for code in counting(case.record, step)}
        own = [
            one.id
            for one in case.record.envelope.person
            if one.role == role.id and (one.id in sheets or (one.stopped is None and not one.shadow))
        ]
        if own:
            names = [assessor_name(case.names, case.content, code, role.id) for code in own]
            word = _word(case.content, role.id, len(own))
            did = _did(case, role.id)
            yield f"{did} door: {listed(names)}, {word}" if did else f"{capital(word)}: {listed(names)}"


def _did(case: Case, role: str) -> str:
    """What the people of a role did, where they did it: assess, or fill in what somebody else assesses."""
    judging = [step for step in verdict_steps(case.content) if step.role == role]
    if any(case.record.read(step.id, VerdictFile).value is not None for step in judging):
        return "Beoordeeld"
    scored = [step.id for step in case.content.step if isinstance(step, ScoreStep) and step.role == role]
    filled = any(step in scored for step, _ in (*case.record.personal, *case.record.hidden))
    return "Ingevuld" if filled and verdict_steps(case.content) and not judging else ""


def _word(content: Content, role: str, count: int) -> str:
    return role_words(content, role, ("beoordelaar", "beoordelaars"))[0 if count == 1 else 1]


# -- what was decided, or found


def _verdicts(case: Case) -> Iterator[Block]:
    content = case.content
    for step in verdict_steps(content):
        yield Heading(1, capital(step.label))
        yield from decided(case, step)
        if is_waiting(case.record, content, step):
            continue
        file = case.record.read(step.id, VerdictFile)
        if file.condition:
            yield Heading(1, "Voorwaarden")
            yield conditions(file, case.names)
        elif file.value is not None:
            yield Paragraph("Er zijn geen voorwaarden.")
    yield from _counts(case)


def _counts(case: Case) -> Iterator[Block]:
    """The answers in short, per section."""
    step = case.score_step
    if step is None or not case.scores_open:
        return
    answers = agreed_answers(case.record, case.content, step)
    lines = [
        f"{section.title}: {counts}"
        for section in case.content.section
        if (counts := section_counts(case.content, section, answers))
    ]
    if lines:
        yield Heading(1, "De antwoorden in het kort")
        yield Bullets(tuple(lines))


def _outcome(case: Case) -> Iterator[Block]:
    outcome = case.outcome
    if outcome is None:
        return
    if not case.scores_open:
        yield Heading(1, "Uitkomst")
        yield Paragraph(f"De uitkomst volgt later: {ended(outcome.why)}")
        return
    total = case.content.total
    means = any(isinstance(mean, Mean) for mean in outcome.scores.sections.values())
    if means or (total is not None and total.method != "none"):
        yield Heading(1, "Uitkomst")
        if outcome.why:
            yield Paragraph(f"Nog niet volledig: {ended(outcome.why)}")
        if total is not None and total.method != "none":
            yield Paragraph(" ".join(total_words(total, outcome)))
        yield from mean_per_section(case, outcome)
    yield from _counts(case)


def _actions(case: Case) -> Iterator[Block]:
    for step in case.content.step:
        if isinstance(step, ActionsStep):
            file = case.record.read(step.id, ActionsFile)
            yield Heading(1, step.title)
            if file.action:
                yield action_table(case, step, file.action, reviews_of(case.record, case.content, step), "")
            else:
                yield Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}" if file.skipped else "Nog niets gekozen.")


def _remarks(case: Case) -> Iterator[Block]:
    lines = told(case, case.findings)
    if not lines:
        return
    yield Heading(1, "Wat opvalt")
    more = len(lines) - MOST
    if more > 0:
        lines = [*lines[:MOST], f"En nog {counted(more, 'opmerking', 'opmerkingen')}; zie het volledige verslag."]
    yield Bullets(tuple(lines))


# -- signatures


def _signatures(case: Case) -> Iterator[Block]:
    """A line per role that signs; else one for each who did the work, and for the subject or organisation."""
    steps = [step for step in verdict_steps(case.content) if step.signed_by]
    for step in steps:
        yield signatures(case.record, case.content, step, case.names)
    if steps:
        return
    scored = case.score_step
    own = counting(case.record, scored) if scored is not None else ()
    role = scored.role if scored is not None else ""
    rows = [(capital(_word(case.content, role, 1)), assessor_name(case.names, case.content, one, role)) for one in own]
    subject = [(capital(_word(case.content, one.id, 1)), case.subject) for one in case.content.role if one.is_subject]
    lines = [*subject, *rows] if subject else [*rows, ("Namens de organisatie", DOTS)]
    yield Table("", ("Rol", "Naam", "Datum", "Handtekening"), tuple((*line, DOTS, DOTS) for line in lines))
