"""kwartier oordeel: het voorstel met de redenen, het oordeel zelf, de voorwaarden en de handtekeningen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
from msgspec import Struct

from kwartier.cli.base import DATE, Command, answer, opened, remark, table, warn
from kwartier.cli.completing import REF, STEP
from kwartier.cli.pasting import follow_up
from kwartier.errors import Misused
from kwartier.instrument.model import VerdictStep
from kwartier.instrument.selection import option
from kwartier.records.files import VerdictFile
from kwartier.records.tree import Tree
from kwartier.workflow.people import role_words
from kwartier.workflow.periods import parse_date, short
from kwartier.workflow.verdicts import (
    STATES,
    aid,
    is_waiting,
    offers,
    proposal,
    proposal_words,
    reasons,
    scale_of,
    title_of,
    verdict_steps,
)
from kwartier.workspace import Seen, Workspace


class Wish(Struct, frozen=True, kw_only=True):
    """What was asked of the command."""

    value: str | None
    reason: str | None
    conditions: tuple[str, ...]
    take_over: bool
    met: tuple[int, ...]
    lapsed: tuple[int, ...]
    sign: tuple[str, ...]
    by: str | None
    withdraw: tuple[str, ...]
    day: date | None


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--geef", metavar="WAARDE", help="Het oordeel: een antwoord van de schaal.")
@click.option("--reden", help="De motivering; nodig als het oordeel anders is dan het voorstel.")
@click.option(
    "--voorwaarde",
    multiple=True,
    metavar='"TEKST;WIE;DATUM"',
    help="Een voorwaarde erbij; met een nummer als tekst: wie en wanneer van die voorwaarde.",
)
@click.option("--neem-over", is_flag=True, help="Neem de voorwaarden over die kwartier voorstelt.")
@click.option("--voldaan", multiple=True, type=int, metavar="NR", help="Aan deze voorwaarde is voldaan.")
@click.option("--vervalt", multiple=True, type=int, metavar="NR", help="Deze voorwaarde hoeft niet meer.")
@click.option("--onderteken", multiple=True, metavar="ROL", help="Teken namens deze rol; zeg met --door wie.")
@click.option("--door", metavar="NAAM", help="Wie er tekent, of het oordeel geeft.")
@click.option("--trek-in", multiple=True, metavar="ROL", help="Trek de handtekening van deze rol in.")
@click.option("--datum", type=DATE, help="De dag van het oordeel of de handtekening; anders vandaag.")
@click.option("--stap", type=STEP, help="De stap, als er meer dan een is.")
def oordeel(
    ref: str,
    geef: str | None,
    reden: str | None,
    voorwaarde: tuple[str, ...],
    neem_over: bool,
    voldaan: tuple[int, ...],
    vervalt: tuple[int, ...],
    onderteken: tuple[str, ...],
    door: str | None,
    trek_in: tuple[str, ...],
    datum: date | None,
    stap: str | None,
) -> None:
    """Toon wat kwartier voorstelt en waarom, en wat er besloten is; of geef zelf het oordeel.

    Het voorstel is een hulpmiddel van kwartier: u beslist, en zegt waarom als u anders oordeelt.
    """
    wish = Wish(
        value=geef,
        reason=reden,
        conditions=voorwaarde,
        take_over=neem_over,
        met=voldaan,
        lapsed=vervalt,
        sign=onderteken,
        by=door,
        withdraw=trek_in,
        day=datum,
    )
    with opened() as ws:
        step = _step(ws, ref, stap)
        given = _given(ws, ref, step, wish)
        if given:
            known = ws.names(ref.strip("/").split("/")[0])
            ws.change(ref, step.id, given)
            _tell_new_names(ws, ref, known)
        seen = ws.see(ref)
        _tell(seen, step, changed=bool(given))
        if given:
            remark(ref, [one for one in ws.situation(ref).findings if one.step == step.id])


def _step(ws: Workspace, ref: str, name: str | None) -> VerdictStep:
    steps = verdict_steps(ws.see(ref).content)
    found = [one for one in steps if name in (None, one.id)]
    if not steps:
        raise Misused(
            "no-verdict",
            "Dit instrument vraagt geen oordeel.",
            place=ref,
            advice=f"Bekijk de stappen: {follow_up('meting', 'toon', ref)}",
        )
    if len(found) != 1:
        names = ", ".join(one.id for one in steps)
        raise Misused("which-verdict", f"Zeg welk oordeel u bedoelt: {names}.", advice="Voeg toe: --stap STAP.")
    return found[0]


# -- what is given


def _given(ws: Workspace, ref: str, step: VerdictStep, wish: Wish) -> Tree:
    """What to fill in; empty where nothing was asked."""
    seen = ws.see(ref)
    file = seen.record.read(step.id, VerdictFile)
    day = wish.day or ws.today
    given: Tree = {}
    if wish.value is not None:
        given["value"] = option(scale_of(seen.content, step), wish.value).value
        given["date"] = day
        if by := _judge(ws, seen, step, file, wish):
            given["by"] = by
    if wish.reason is not None:
        given["reason"] = wish.reason
    rows = [*_conditions(seen, step, file, wish), *_states(file, wish)]
    if rows:
        given["condition"] = rows
    signatures: list[Tree] = [{"id": role, "remove": True} for role in wish.withdraw]
    if wish.sign and not wish.by:
        raise Misused("who", "Zeg wie er tekent.", place=ref, advice="Voeg toe: --door NAAM.")
    if wish.sign:
        by = _signer(ws, ref, wish.by or "")
        signatures += [{"id": role, "by": by, "date": day} for role in wish.sign]
    if signatures:
        given["signature"] = signatures
    return given


def _judge(ws: Workspace, seen: Seen, step: VerdictStep, file: VerdictFile, wish: Wish) -> str:
    """Who gives the verdict: who is named and does not sign, else the only one with the role; empty where not known."""
    if wish.by and not wish.sign:
        return _signer(ws, str(seen.record.ref), wish.by)
    codes = [one.id for one in seen.record.envelope.person if one.role == step.role and one.stopped is None]
    return codes[0] if len(codes) == 1 and not file.by else ""


def _signer(ws: Workspace, ref: str, who: str) -> str:
    """The code of who signs: somebody who fills in, else whoever has this name in the organisation."""
    names = ws.names(ref.strip("/").split("/")[0])
    wanted = " ".join(who.split()).casefold()
    exact = [code for code, name in names.items() if wanted in (code, " ".join(name.split()).casefold())]
    return exact[0] if len(exact) == 1 else ws.code_of(ref, who) or who


def _conditions(seen: Seen, step: VerdictStep, file: VerdictFile, wish: Wish) -> Iterator[Tree]:
    if wish.take_over:
        for one in offers(proposal(seen.record, seen.content, step), file.condition):
            yield {"id": one.id, "text": one.text}
    for text in wish.conditions:
        parts = [part.strip() for part in (text.rsplit(";", 2) if text.count(";") > 1 else text.split(";"))]
        row: Tree = {"id": _row_id(file, int(parts[0]))} if parts[0].isdecimal() else {"text": parts[0]}
        if len(parts) > 1 and parts[1]:
            row["who"] = parts[1]
        if len(parts) > 2 and parts[2]:
            row["due"] = parse_date(parts[2])
        yield row


def _states(file: VerdictFile, wish: Wish) -> Iterator[Tree]:
    for numbers, state in ((wish.met, STATES[1]), (wish.lapsed, STATES[2])):
        for number in numbers:
            yield {"id": _row_id(file, number), "state": state}


def _row_id(file: VerdictFile, number: int) -> str:
    """The id of the condition with this number."""
    if not 0 < number <= len(file.condition):
        most = f"Er zijn er {len(file.condition)}." if file.condition else "Er zijn er nog geen."
        raise Misused("no-condition", f"Er is geen voorwaarde {number}.", advice=most)
    return file.condition[number - 1].id


def _tell_new_names(ws: Workspace, ref: str, known: dict[str, str]) -> None:
    new = {code: name for code, name in ws.names(ref.strip("/").split("/")[0]).items() if code not in known and name}
    if new:
        warn(f"Nieuw bij de namen: {', '.join(f'{name} ({code})' for code, name in new.items())}.")


# -- what is told


def _tell(seen: Seen, step: VerdictStep, *, changed: bool) -> None:
    from kwartier.reports.exported import verdict_tree  # what only a program asks for

    file = seen.record.read(step.id, VerdictFile)
    offered = offers(proposal(seen.record, seen.content, step), file.condition)
    tree = {
        "ref": str(seen.record.ref),
        **verdict_tree(seen.record, seen.content, step),
        "offered": [{"id": one.id, "text": one.text} for one in offered],
    }
    answer(tree, lambda: "\n\n".join(_parts(seen, step, file, changed=changed)))


def _parts(seen: Seen, step: VerdictStep, file: VerdictFile, *, changed: bool) -> Iterator[str]:
    title = title_of(seen.content, step, file.value) or f"nog geen {step.label}"
    told = [f"{'Bewaard. ' if changed else ''}{step.title}: {title}."]
    if file.reason:
        told.append(f"Motivering: {file.reason}")
    yield "\n".join(told)
    found = proposal(seen.record, seen.content, step)
    if words := proposal_words(seen.content, step, found):
        yield "\n".join([words, *(f"- {reason}" for reason in reasons(found)), aid(step)])
    if is_waiting(seen.record, seen.content, step):
        return
    if offered := offers(found, file.condition):
        yield "\n".join(["Voorwaarden die kwartier voorstelt:", *(f"- {one.text}" for one in offered)])
    if file.condition:
        rows = [
            (
                str(number),
                seen.names.get(row.who) or row.who or "nog niemand",
                short(row.due) if row.due else "nog geen dag",
                row.state or STATES[0],
                row.text,
            )
            for number, row in enumerate(file.condition, 1)
        ]
        yield table(rows, ("Nr.", "Wie", "Voor", "Stand", "Voorwaarde"))
    if step.signed_by:
        yield "\n".join(_signed(seen, step, file))


def _signed(seen: Seen, step: VerdictStep, file: VerdictFile) -> Iterator[str]:
    signed = {row.id: row for row in file.signature}
    for role in step.signed_by:
        row = signed.get(role)
        stands = f"getekend door {seen.names.get(row.by) or row.by}, {short(row.date)}" if row else "nog niet getekend"
        title = role_words(seen.content, role)[0]
        yield f"{title}{'' if role in title else f' ({role})'}: {stands}"
