"""What was decided in a verdict, as blocks: verdict, motivation, what was proposed, conditions and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kwartier.instrument.model import Content, VerdictStep
from kwartier.records.canonical import same
from kwartier.records.files import Signature, VerdictFile
from kwartier.records.record import Record
from kwartier.reports.case import Case
from kwartier.reports.departed import departed
from kwartier.reports.document import Block, Callout, Heading, Paragraph, Table, long_date
from kwartier.reports.phrases import capital, ended, role_words
from kwartier.workflow.verdicts import (
    STATES,
    aid,
    is_waiting,
    proposal,
    proposal_words,
    reasons,
    rules_of,
    signed,
    title_of,
    verdict_steps,
)

DOTS = "…" * 12
"""Room in a cell to write in."""


def verdicts(case: Case) -> Iterator[Block]:
    """A heading per verdict, with its conditions and signatures; nothing where the instrument has none."""
    for step in verdict_steps(case.content):
        yield Heading(1, capital(step.label))
        yield from decided(case, step)
        yield from departed(case, [one for one in case.findings if one.step == step.id])
        if not is_waiting(case.record, case.content, step):
            file = case.record.read(step.id, VerdictFile)
            if file.condition:
                yield conditions(file, case.names, "Voorwaarden")
            if step.signed_by and file.value is not None:
                yield signatures(case.record, case.content, step, case.names, "Handtekeningen")


def decided(case: Case, step: VerdictStep) -> Iterator[Block]:
    """The verdict with its motivation, how it stands to what kwartier proposed, and what such a proposal is worth."""
    content = case.content
    if is_waiting(case.record, content, step):
        yield Paragraph(f"Nog geen {step.label}: de scores liggen nog niet naast elkaar.")
        return
    file = case.record.read(step.id, VerdictFile)
    if file.skipped:
        yield Paragraph(f"Overgeslagen. Reden: {ended(file.skipped)}")
    elif file.value is None:
        found = proposal(case.record, content, step)
        told = [f"Er is nog geen {step.label} gegeven.", proposal_words(content, step, found), *reasons(found)]
        yield Paragraph(" ".join(part for part in told if part))
    else:
        title = capital(title_of(content, step, file.value))
        yield Paragraph(f"{title}.{_given(case, file)}")
        if file.reason.strip():
            yield Paragraph(f"Motivering: {ended(file.reason)}")
        if against := _against_proposal(content, step, file):
            yield Paragraph(against)
    if rules_of(content, step):
        limits = content.report.limits if content.report else ""
        yield Callout("convention", step.own or limits or aid(step))


def conditions(file: VerdictFile, names: Mapping[str, str], caption: str = "") -> Table:
    """What is to be arranged, by whom, before when, and where it stands."""
    rows = tuple(
        (
            str(number),
            row.text + (f" ({row.note.strip()})" if row.note.strip() else ""),
            name_of(names, row.who),
            long_date(row.due) if row.due else "nog geen datum",
            row.state or STATES[0],
        )
        for number, row in enumerate(file.condition, 1)
    )
    return Table(caption, ("Nr.", "Voorwaarde", "Wie", "Voor", "Stand"), rows)


def signatures(
    record: Record, content: Content, step: VerdictStep, names: Mapping[str, str], caption: str = ""
) -> Table:
    """A line per role that signs: who signed and when, else room to do so on paper."""
    file = record.read(step.id, VerdictFile)
    own = {row.id: row for row in file.signature}
    now = signed(record.shared.get(step.id, {}))
    rows = tuple(
        (
            capital(role_words(content, role, (role, role))[0]),
            *(_signed(own[role], names, now) if role in own else (_alone(record, role, names), DOTS, DOTS)),
        )
        for role in step.signed_by
    )
    return Table(caption, ("Rol", "Naam", "Datum", "Handtekening"), rows)


def name_of(names: Mapping[str, str], code: str) -> str:
    """The name behind a code; a code may be somebody's whose name was erased: then nothing of it is shown."""
    return (names.get(code, "").strip() or "naam niet bekend") if code else "nog niemand"


def _signed(row: Signature, names: Mapping[str, str], now: str) -> tuple[str, str, str]:
    old = bool(row.digest) and row.digest != now
    return name_of(names, row.by), long_date(row.date), "getekend, daarna veranderd" if old else "getekend"


def _alone(record: Record, role: str, names: Mapping[str, str]) -> str:
    """The name of the only one who can sign for a role; dots where that is nobody or more than one."""
    own = [one.id for one in record.envelope.person if one.role == role and one.stopped is None and not one.shadow]
    return (names.get(own[0], "").strip() or DOTS) if len(own) == 1 else DOTS


def _given(case: Case, file: VerdictFile) -> str:
    by = f" door {name_of(case.names, file.by)}" if file.by else ""
    on = f" op {long_date(file.date)}" if file.date else ""
    return f" Gegeven{by}{on}." if by or on else ""


def _against_proposal(content: Content, step: VerdictStep, file: VerdictFile) -> str:
    """Whether the verdict is what kwartier proposed when it was given, with the reasons of then."""
    if not rules_of(content, step):
        return ""
    if file.proposed is None:
        return f"kwartier kon bij dit {step.label} nog geen voorstel doen."
    why = " ".join(rule.reason for rule in content.rule if rule.id in file.rules)
    if same(file.value, file.proposed):
        return f"kwartier stelde hetzelfde voor. {why}".strip()
    title = title_of(content, step, file.proposed)
    return f"Dit wijkt af van het voorstel van kwartier, dat was: {title}. {why}".strip()
