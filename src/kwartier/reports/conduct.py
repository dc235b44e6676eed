"""How an assessment was done and by whom. Participants appear as numbers per role, never by name or code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from kwartier.instrument.conditions import setting_words
from kwartier.instrument.model import (
    ActionsStep,
    ConclusionsStep,
    EvidenceStep,
    FactsStep,
    InterviewStep,
    NotesStep,
    PeopleStep,
    RepeatStep,
    ReportStep,
    Step,
    VerdictStep,
)
from kwartier.records.files import ConclusionsFile, InterviewFile, NotesFile, Participant, PeopleFile, Person, StepFile
from kwartier.reports.case import Case
from kwartier.reports.departed import departed, is_assessor
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, long_date
from kwartier.reports.evidence import evidence
from kwartier.reports.given import given_facts
from kwartier.reports.phrases import assessor_name, capital, counted, ended, listed, role_words
from kwartier.workflow.people import counting

DECLINED = {
    "geweigerd": ("gaf geen toestemming", "gaven geen toestemming"),
    "ingetrokken": ("trok de toestemming in", "trokken de toestemming in"),
}
"""Answers to the question for consent of those who are not counted as taking part, as it is said of one and of more."""

_ORDINALS = ("Eerste", "Tweede", "Derde", "Vierde", "Vijfde")


def conduct(case: Case) -> Iterator[Block]:
    """Dates, people, method, and where it departs from the instrument, with the reasons."""
    yield Heading(1, "Hoe en door wie")
    yield from _moments(case)
    yield from _assessors(case)
    for step in case.content.step:
        if isinstance(step, PeopleStep):
            yield from _participants(case, step)
    if case.content.report and case.content.report.method:
        yield Paragraph(case.content.report.method)
    yield from _other_notes(case)
    yield from _departures(case)
    for step in _before_report(case):
        answers = given_facts(case, step) if isinstance(step, FactsStep) else []
        # what a student gathered is the body of a portfolio, not how it was done
        found = evidence(case, step) if isinstance(step, EvidenceStep) and not step.private else answers
        if found:
            yield Heading(2, step.title)
            yield from found


def _before_report(case: Case) -> Iterator[Step]:
    for step in case.content.step:
        if isinstance(step, ReportStep):
            return
        yield step


def _moments(case: Case) -> Iterator[Block]:
    envelope = case.record.envelope
    lines = [f"Datum: {long_date(envelope.date)}"]
    titles = {parameter.id: parameter.title for parameter in case.content.parameter}
    for name, value in envelope.parameters.items():
        title = titles.get(name, name)
        lines.append(f"{title}{'' if title.endswith('?') else ':'} {setting_words(value)}")
    if envelope.paper is not None:
        lines.append(f"Overgenomen van papier op {long_date(envelope.paper.entered)}, uit: {envelope.paper.source}")
        lines.append("Scorebladen en overeenstemming: niet vastgelegd")
        lines += [f"{step.title}: niet overgenomen" for step in case.content.step if _left_on_paper(case, step)]
    for step in case.content.step:
        if isinstance(step, InterviewStep):
            lines += _sessions(case, step)
    yield Bullets(tuple(lines))


def _left_on_paper(case: Case, step: Step) -> bool:
    if not isinstance(step, ConclusionsStep):
        return False
    file = case.record.read(step.id, ConclusionsFile)
    return not (file.text.strip() or file.strength or file.improvement or file.recommendation)


def _sessions(case: Case, step: InterviewStep) -> Iterator[str]:
    sessions = sorted(case.record.read(step.id, InterviewFile).session, key=lambda session: session.date)
    for number, session in enumerate(sessions):
        title = _which(number) if len(sessions) > 1 else step.title
        length = f", {counted(session.length(), 'minuut', 'minuten')}" if session.length() else ""
        yield f"{title}: {long_date(session.date)}{length}"
    total = sum(session.length() for session in sessions)
    if len(sessions) > 1 and total:
        yield f"Samen: {total} minuten"
    if not sessions and case.record.envelope.paper is None:
        yield f"{step.title}: {'nog niet vastgelegd' if case.concept else 'niet vastgelegd'}"


def _which(number: int) -> str:
    return f"{_ORDINALS[number]} gesprek" if number < len(_ORDINALS) else f"Gesprek {number + 1}"


def _assessors(case: Case) -> Iterator[Block]:
    people = [one for one in case.record.envelope.person if is_assessor(case, one)]
    if people:
        yield Paragraph("Gedaan door:")
        yield Bullets(tuple(f"{capital(_title(case, one))}: {_person(case, one)}" for one in people))
    step = case.score_step
    if step is None or step.by != "each" or case.record.envelope.paper is not None:
        return
    if len(counting(case.record, step)) == 1:
        one = role_words(case.content, step.role, ("beoordelaar", ""))[0]
        yield Paragraph(f"Er scoorde één {one}. De scores zijn dus niet naast die van een ander gelegd.")


def _title(case: Case, person: Person) -> str:
    return role_words(case.content, person.role, ("beoordelaar", ""))[0]


def _person(case: Case, person: Person) -> str:
    words = [assessor_name(case.names, case.content, person.id, person.role)]
    if person.origin:
        words[0] += f" ({person.origin})"
    if person.shadow:
        words.append("meelopend; de eigen scores tellen niet mee")
    if person.replaces:
        words.append(f"in de plaats van {assessor_name(case.names, case.content, person.replaces, person.role)}")
    if person.joined:
        words.append(_joined(case, person.joined))
    if person.stopped:
        words.append(_stopped(case, person, person.stopped))
    return "; ".join(words)


def _joined(case: Case, joined: date) -> str:
    sessions = [
        session.date
        for step in case.content.step
        if isinstance(step, InterviewStep)
        for session in case.record.read(step.id, InterviewFile).session
    ]
    late = joined > max([case.record.envelope.date, *sessions])
    told = f"erbij gekomen op {long_date(joined)}"
    if not late:
        return told
    scored = case.score_step
    draft = ", en scoort op basis van het concept" if scored is not None and scored.scored_on else ""
    return f"{told}, na het gesprek{draft}"


def _stopped(case: Case, person: Person, stopped: date) -> str:
    told = f"gestopt op {long_date(stopped)}" + (f" (reden: {person.reason})" if person.reason else "")
    step = case.score_step
    if step is not None and step.role == person.role and person.id in counting(case.record, step):
        return f"{told}; het verzegelde scoreblad telt mee"
    return told


def _participants(case: Case, step: PeopleStep) -> Iterator[Block]:
    file = case.record.read(step.id, PeopleFile)
    if not file.participant:
        if case.concept:
            yield Paragraph("Wie er meededen, is nog niet vastgelegd.")
        return
    present = [one for one in file.participant if one.consent not in DECLINED]
    invited = len(file.participant)
    words = [f"Er {_verb(invited, 'was', 'waren')} {_people(invited)} uitgenodigd."]
    for answer, (one, many) in DECLINED.items():
        count = sum(each.consent == answer for each in file.participant)
        if count:
            words.append(f"{_people(count)} {_verb(count, one, many)}.")
    if present:
        words.append(f"{_took_part(case, len(present), invited)}: {listed(_per_role(case, step, present))}.")
    else:
        words.append("Niemand deed mee.")
    unknown = sum(not one.consent for one in present)
    if unknown and case.record.envelope.paper is None:
        words.append(f"Van {_people(unknown)} is niet vastgelegd of er toestemming is gegeven.")
    if file.audio_recorded:
        words.append("Het gesprek is opgenomen.")
    yield Paragraph(" ".join(words))


def _took_part(case: Case, count: int, invited: int) -> str:
    later = case.record.envelope.date > case.today
    does = _verb(count, "doet", "doen") if later else _verb(count, "deed", "deden")
    return f"Zij {does} allemaal mee" if count == invited > 1 else f"Er {does} {_people(count)} mee"


def _per_role(case: Case, step: PeopleStep, present: list[Participant]) -> Iterator[str]:
    numbers = Counter(one.role for one in present)
    known = [role for role in step.roles if numbers[role]]
    for role in known:
        yield counted(numbers[role], *role_words(case.content, role, ("deelnemer", "deelnemers")))
    others = sum(count for role, count in numbers.items() if role not in known)
    if others:
        yield counted(others, "andere deelnemer", "andere deelnemers")


def _people(count: int) -> str:
    return counted(count, "persoon", "mensen")


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _other_notes(case: Case) -> Iterator[Block]:
    """Texts that are not the explanations, such as remarks on the facts: that there were some, not what they said."""
    for step in _before_report(case):
        if not isinstance(step, NotesStep) or step == case.notes_step:
            continue
        file = case.record.read(step.id, NotesFile)
        if step in case.shown_steps and not file.skipped:
            continue
        rows = [row for row in file.explanation if row.text.strip()]
        count = len(rows) + bool(file.text.strip())
        if file.skipped:
            yield Paragraph(f"{step.title}: overgeslagen. Reden: {ended(file.skipped)}")
        elif count or file.date:
            when = f" op {long_date(file.date)}" if file.date else ""
            done = _handled(sum(bool(row.handled.strip()) for row in rows), count)
            yield Paragraph(f"{step.title}: gedaan{when}, met {counted(count, 'opmerking', 'opmerkingen')}{done}.")


def _handled(handled: int, of: int) -> str:
    if not handled:
        return ""
    if handled < of:
        return f", waarvan {handled} afgehandeld"
    return {1: ", die is afgehandeld", 2: ", allebei afgehandeld"}.get(of, ", allemaal afgehandeld")


def _departures(case: Case) -> Iterator[Block]:
    """Those on a verdict, on actions, and on what came after the report, are told there."""
    before = [step.id for step in _before_report(case) if not isinstance(step, ActionsStep | VerdictStep)]
    later = {step.id for step in case.content.step}.difference(before)
    yield from departed(case, [one for one in case.findings if one.step not in later])
    told = NotesStep | FactsStep | EvidenceStep | VerdictStep | ActionsStep | RepeatStep  # where they stand themselves
    for step in _before_report(case):
        file = case.record.read(step.id, StepFile)
        if file.skipped and not isinstance(step, told):
            yield Paragraph(f"{step.title}: overgeslagen. Reden: {ended(file.skipped)}")
