"""Departures from the instrument that are allowed with a reason, and remarks; three gates stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from kwartier.instrument import model as m
from kwartier.records.files import ActionsFile, NotesFile, PeopleFile, Sheet
from kwartier.records.record import Record
from kwartier.workflow.findings import Finding
from kwartier.workflow.people import assessor_role, counting
from kwartier.workflow.rewritten import as_sum, rewritten
from kwartier.workflow.sealing import intact
from kwartier.workflow.verdict_findings import verdict_findings


def departures(record: Record, content: m.Content) -> list[Finding]:
    """Everything that stands out, with the reason where one was given."""
    reasons = {row.id: row.reason for row in record.envelope.departure}
    found = [*_assessors(record, content), *_traits(record, content)]
    for step in content.step:
        if isinstance(step, m.PeopleStep):
            found += _participants(step, record, content)
        elif isinstance(step, m.ActionsStep):
            found += _actions(step, record)
        elif isinstance(step, m.ScoreStep):
            found += _sheets(step, record, content)
        elif isinstance(step, m.VerdictStep):
            found += verdict_findings(step, record, content)
    return [with_reason(finding, reasons) for finding in found]


def with_reason(finding: Finding, reasons: dict[str, str]) -> Finding:
    """The finding with the reason that the envelope holds for it."""
    if finding.level != "reason" or finding.id not in reasons:
        return finding
    return replace(finding, reason=reasons[finding.id])


def _assessors(record: Record, content: m.Content) -> Iterator[Finding]:
    role = assessor_role(content)
    if role is None or role.norm is None or record.envelope.paper is not None:
        return
    active = [p for p in record.envelope.person if p.role == role.id and not p.shadow and p.stopped is None]
    for step in content.step:
        if isinstance(step, m.ScoreStep) and step.role == role.id:
            active = [p for p in record.envelope.person if p.id in counting(record, step)]
    if len(active) < role.norm:
        names = role.many or role.title
        yield Finding(
            id="aantal-auditors",
            level="reason",
            message=f"{len(active)} {role.title if len(active) == 1 else names}; {role.norm} is de norm.",
            advice=f"Voeg iemand toe met 'kwartier auditor erbij {record.ref} NAAM', of geef een reden.",
        )


def _traits(record: Record, content: m.Content) -> Iterator[Finding]:
    """What is wanted of who takes part and is not there, or was not said. It never keeps anybody from going on."""
    if record.envelope.paper is not None:
        return
    for role in content.role:
        active = [p for p in record.envelope.person if p.role == role.id and not p.shadow and p.stopped is None]
        for trait in role.trait:
            without = [one for one in active if not one.traits.get(trait.id)]
            lacks = bool(without) and (trait.wanted == "each" or len(without) == len(active))
            if not trait.wanted or not lacks:
                continue
            told = ", ".join(f"{one.id}: {'nee' if trait.id in one.traits else 'niet gezegd'}" for one in without)
            many = role.many or role.title
            whom = f"elk van de {many}" if trait.wanted == "each" else f"ten minste één van de {many}"
            yield Finding(
                id=f"trait-{trait.id}",
                level="remark",
                message=f"Gewenst van {whom}: ‘{trait.title}’ ({told}).",
                advice=f"{trait.advice} Zeg het met: kwartier auditor kenmerk {record.ref} WIE {trait.id}=ja".strip(),
            )


def _participants(step: m.PeopleStep, record: Record, content: m.Content) -> Iterator[Finding]:
    file = record.read(step.id, PeopleFile)
    present = [one for one in file.participant if one.consent not in ("geweigerd", "ingetrokken")]
    if step.maximum is not None and len(present) > step.maximum:
        yield Finding(
            id="veel-deelnemers",
            level="reason",
            step=step.id,
            message=f"{len(present)} deelnemers; ten hoogste {step.maximum} is de bedoeling, zodat ieder aan het woord "
            "komt.",
            advice="Nodig minder mensen uit of geef een reden.",
        )
    if file.audio_recorded and any(one.audio != "gegeven" for one in present):
        without = sum(one.audio != "gegeven" for one in present)
        yield Finding(
            id="geluid-zonder-toestemming",
            level="reason",
            step=step.id,
            message=f"Geluidsopname zonder toestemming van alle deelnemers: {without} van {len(present)} "
            f"{'gaf' if without == 1 else 'gaven'} die niet.",
            advice="Neem niet op of wis de opname; als dat niet kan, geef een reden.",
        )
    withdrawn = [one.id for one in file.participant if one.consent == "ingetrokken"]
    if withdrawn:
        yield Finding(
            id="consent-withdrawn",
            level="remark",
            step=step.id,
            message=f"Toestemming ingetrokken door {as_sum(withdrawn)}.",
            advice="Wat weg moet: de geluidsopname, wat in aantekeningen en toelichtingen naar deze persoon wijst en "
            "de naam achter de code. In het verslag blijft alleen de rol als aantal.",
        )
    wanted = [role for role in content.role if role.wanted and role.id in step.roles]
    absent = [role.title for role in wanted if role.id not in {one.role for one in present}]
    if present and absent:
        yield Finding(
            id="roles-absent",
            level="remark",
            step=step.id,
            message=f"Niet vertegenwoordigd: {as_sum(absent)}.",
            advice="Kijk of u nog iemand kunt vragen.",
        )


def _actions(step: m.ActionsStep, record: Record) -> Iterator[Finding]:
    file = record.read(step.id, ActionsFile)
    count = len(file.action)
    few = step.minimum is not None and count < step.minimum
    many = step.maximum is not None and count > step.maximum
    if count and (few or many):
        yield Finding(
            id="aantal-actiepunten",
            level="reason",
            step=step.id,
            message=f"{count} actiepunt{'' if count == 1 else 'en'}; {meant(step)} is de bedoeling.",
            advice="Kies er meer of minder, of geef een reden.",
        )
    if count and file.date is None:
        yield Finding(
            id="actions-undated",
            level="remark",
            step=step.id,
            message="De dag waarop de actiepunten gekozen zijn, staat er niet bij; zonder die dag komt er geen "
            "evaluatie in de agenda.",
            advice="Vul bij deze stap de datum in.",
        )


def meant(step: m.ActionsStep) -> str:
    """How many actions are meant: "2 of 3", "1 tot 3", "ten hoogste 3"."""
    if step.minimum is None:
        return f"ten hoogste {step.maximum}"
    if step.maximum is None:
        return f"ten minste {step.minimum}"
    if step.maximum - step.minimum <= 1:
        return " of ".join(str(number) for number in sorted({step.minimum, step.maximum}))
    return f"{step.minimum} tot {step.maximum}"


def _sheets(step: m.ScoreStep, record: Record, content: m.Content) -> Iterator[Finding]:
    """What is odd about sealed sheets; nothing before the scores lie side by side."""
    if step.id in record.closed:
        return
    present = [code for code in counting(record, step) if (step.id, code) in record.personal]
    sheets = {code: record.read_of(step.id, code, Sheet) for code in present}
    sealed = {code: sheet for code, sheet in sheets.items() if sheet.sealed is not None}
    yield from _texts_changed(step, record, sealed)
    if len({sheet.wording for sheet in sealed.values()}) > 1:
        role = next((one for one in content.role if one.id == step.role), None)
        yield Finding(
            id="wordings-differ",
            level="remark",
            step=step.id,
            message=f"De {(role.many or role.title) if role else 'beoordelaars'} scoorden met verschillende "
            "formuleringen van het instrument.",
            advice="Leg bij grote verschillen de omschrijvingen naast elkaar.",
        )
    # Of a private sheet of somebody else remarks may have been taken out: then its digest tells nothing.
    whole = step.id not in record.withheld
    broken = [code for code in sealed if whole and not intact(record.personal[step.id, code])]
    if broken:
        one = len(broken) == 1
        yield Finding(
            id="sheets-changed",
            level="remark",
            step=step.id,
            message=f"Het scoreblad van {broken[0]} is veranderd nadat het verzegeld was."
            if one
            else f"De scorebladen van {as_sum(broken)} zijn veranderd nadat ze verzegeld waren.",
            advice=f"Zet {'het blad' if one else 'de bladen'} uit een reservekopie terug, of zoek samen uit wat er "
            "veranderd is.",
        )


def _texts_changed(step: m.ScoreStep, record: Record, sealed: Mapping[str, Sheet]) -> Iterator[Finding]:
    """That sheets were sealed on other texts than there are now."""
    if not step.scored_on:
        return
    message = rewritten(record.read(step.scored_on, NotesFile), sealed)
    if message:
        yield Finding(
            id="texts-changed",
            level="remark",
            step=step.id,
            message=message,
            advice="Kijk bij de consensus of de score nog bij de tekst past.",
        )
