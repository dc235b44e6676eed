"""kwartier bewijs: stukken bewijs en bronnen, met een bestand erbij, en wie ze leest."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.base import DATE, PATH, Group, answer, opened, sure
from kwartier.cli.bewijs_told import counted, listing, read_by, row_tree, step_tree
from kwartier.cli.completing import REF, STEP
from kwartier.errors import Misused
from kwartier.instrument.model import AnyStep, EvidenceStep, ScoreStep
from kwartier.instrument.selection import step as step_by_id
from kwartier.records.files import Evidence, EvidenceFile
from kwartier.records.tree import Tree
from kwartier.text import one_line
from kwartier.workflow.filling import Rejected, Wrong
from kwartier.workflow.readers import chosen, words
from kwartier.workspace import Seen, Workspace

WHO = click.option("--auditor", metavar="NAAM", help="Wie er achter het toetsenbord zit; van wie het bewijs is.")
WHICH = click.option("--stap", type=STEP, help="De stap, als er meer dan een is; anders de eerste met bewijs.")


@click.group(cls=Group)
def bewijs() -> None:
    """Stukken bewijs of bronnen. Van wie het is, kiest per stuk wie het meeleest; tot dan leest niemand anders het.

    Een stuk noemt u met zijn nummer in 'kwartier bewijs lijst', of met zijn id.
    """


@bewijs.command("lijst")
@click.argument("ref", type=REF)
@WHICH
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt; zonder naam ziet u wat iedereen mag lezen.")
def listed(ref: str, stap: str | None, auditor: str | None) -> None:
    """Toon de stukken die u mag lezen; van wie ze zijn ziet ook wie er meeleest."""
    with opened() as ws:
        seen = ws.see(ref, viewer=ws.code_of(ref, auditor))
        steps = [_evidence_step(seen, stap)] if stap else _evidence_steps(seen)
        own = {step.id: step.private and step.id not in seen.record.withheld for step in steps}
        trees = [step_tree(seen, step, own=own[step.id]) for step in steps]
        answer({"ref": ref, "steps": trees}, lambda: "\n\n".join(listing(seen, one, own[one.id]) for one in steps))


@bewijs.command("erbij")
@click.argument("ref", type=REF)
@click.option("--titel", required=True, help="Hoe het heet.")
@click.option("--soort", default="", help="De soort; een verkeerde noemt de soorten die er zijn.")
@click.option("--datum", type=DATE, help="Van wanneer het is.")
@click.option("--vindplaats", default="", help="Een adres of een plaats; kwartier opent het niet.")
@click.option("--opmerking", default="", help="Wat erin staat.")
@click.option("--item", "items", multiple=True, metavar="NR", help="Een item waar het over gaat; voor elk een keer.")
@click.option("--situatie", "topics", multiple=True, metavar="ID", help="Een situatie waar het aan raakt.")
@click.option("--bestand", type=PATH, help="Een bestand erbij; het wordt gekopieerd en nooit geopend.")
@click.option("--lezer", "readers", multiple=True, metavar="WIE", help="Wie het meeleest: rol, naam, iedereen.")
@WHICH
@WHO
def add(
    ref: str,
    titel: str,
    soort: str,
    datum: date | None,
    vindplaats: str,
    opmerking: str,
    items: tuple[str, ...],
    topics: tuple[str, ...],
    bestand: Path | None,
    readers: tuple[str, ...],
    stap: str | None,
    auditor: str | None,
) -> None:
    """Voeg een stuk toe."""
    fields = {"kind": soort, "date": datum, "link": vindplaats, "note": opmerking}
    given: Tree = {"title": titel, **{key: value for key, value in fields.items() if value}}
    given |= {key: list(value) for key, value in (("items", items), ("topics", topics)) if value}
    with opened() as ws:
        step = _step(ws, ref, stap)
        if readers:
            given["readers"] = _readers(ws, ref, step, readers)
        _kept(ws, ref, step, given, auditor, bestand)


@bewijs.command("wijzig")
@click.argument("ref", type=REF)
@click.argument("id")
@click.option("--titel", help="Hoe het heet.")
@click.option("--soort", help="De soort; '' haalt haar weg.")
@click.option("--datum", help="Van wanneer het is; '' haalt de datum weg.")
@click.option("--vindplaats", help="Een adres of een plaats; '' haalt haar weg.")
@click.option("--opmerking", help="Wat erin staat; '' haalt de opmerking weg.")
@click.option("--item", "items", multiple=True, metavar="NR", help="De items waar het over gaat; '' is geen.")
@click.option("--situatie", "topics", multiple=True, metavar="ID", help="De situaties waar het aan raakt; '' is geen.")
@click.option("--bestand", type=PATH, help="Een bestand, in plaats van wat er was.")
@WHICH
@WHO
def change(
    ref: str,
    id: str,
    titel: str | None,
    soort: str | None,
    datum: str | None,
    vindplaats: str | None,
    opmerking: str | None,
    items: tuple[str, ...],
    topics: tuple[str, ...],
    bestand: Path | None,
    stap: str | None,
    auditor: str | None,
) -> None:
    """Verander een stuk. Wat u weglaat, blijft; wie het leest, kiest u met 'kwartier bewijs deel'."""
    fields = {"title": titel, "kind": soort, "date": datum, "link": vindplaats, "note": opmerking}
    given: Tree = {key: value for key, value in fields.items() if value is not None}
    given |= {key: [one for one in value if one] for key, value in (("items", items), ("topics", topics)) if value}
    if not given and bestand is None:
        raise Misused("nothing-given", "Zeg wat er verandert.", place=ref, advice='Voeg bijvoorbeeld toe: --titel "…".')
    with opened() as ws:
        step = _step(ws, ref, stap)
        row = _row(ws, ref, step, id, auditor)
        _kept(ws, ref, step, {**given, "id": row.id}, auditor, bestand)


@bewijs.command("weg")
@click.argument("ref", type=REF)
@click.argument("id")
@WHICH
@WHO
@click.option("--ja", is_flag=True, help="Haal het weg zonder nog eens te vragen.")
def remove(ref: str, id: str, stap: str | None, auditor: str | None, ja: bool) -> None:
    """Haal een stuk voorgoed weg, met zijn bestand; ook uit eerdere portfolio's."""
    with opened() as ws:
        step = _step(ws, ref, stap)
        row = _row(ws, ref, step, id, auditor)
        if not ja:
            more = " met het bestand" if row.file else ""
            sure(f"'{one_line(row.title, 60)}'{more} weghalen is niet terug te draaien.")
        ws.drop_evidence(ref, step.id, row.id, auditor)
        answer(
            {"ref": ref, "step": step.id, "id": row.id, "removed": True},
            f"'{one_line(row.title, 60)}' is weg. Reservekopieën heeft kwartier niet in de hand.",
        )


@bewijs.command("ophalen")
@click.argument("ref", type=REF)
@click.argument("id")
@click.option("--naar", type=PATH, required=True, help="Het bestand, of de map waarin het komt.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
@WHICH
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt; zonder naam haalt u op wat iedereen mag lezen.")
def fetch(ref: str, id: str, naar: Path, overschrijf: bool, stap: str | None, auditor: str | None) -> None:
    """Haal het bestand bij een stuk op, zoals het erbij is gezet."""
    with opened() as ws:
        step = _step(ws, ref, stap)
        row = _row(ws, ref, step, id, auditor)
        path = ws.fetch_file(ref, step.id, row.id, naar, auditor, overschrijf)
        answer({"ref": ref, "step": step.id, "id": row.id, "file": str(path)}, f"Klaar: {path}")


@bewijs.command("deel")
@click.argument("ref", type=REF)
@click.argument("ids", nargs=-1, metavar="[ID …]")
@click.option(
    "--met", "readers", multiple=True, required=True, metavar="WIE", help="Een rol, een naam, iedereen of niemand."
)
@click.option("--item", "items", multiple=True, metavar="NR", help="De opmerking bij dit item, in uw eigen blad.")
@WHICH
@WHO
def share(
    ref: str,
    ids: tuple[str, ...],
    readers: tuple[str, ...],
    items: tuple[str, ...],
    stap: str | None,
    auditor: str | None,
) -> None:
    """Kies wie stukken meeleest, of opmerkingen bij uw eigen antwoorden; zonder ID of item alles van de stap.

    Wat u eerder koos, vervalt: geef allen die het mogen lezen.
    """
    if ids and items:
        raise Misused("rows-and-items", "Stukken en items tegelijk kan niet.", advice="Doe het in twee keer.")
    with opened() as ws:
        seen = ws.see(ref, viewer=ws.code_of(ref, auditor))
        step: AnyStep = _private_sheet(seen, stap) if items else _step(ws, ref, stap, sheets=True)
        rows: list[str] = list(items)
        if isinstance(step, EvidenceStep):
            rows = [_row(ws, ref, step, one, auditor).id for one in ids]
        elif ids:
            rows = list(ids)
        count = ws.share(ref, step.id, readers, auditor, rows or None)
        kept = _readers(ws, ref, step, readers)
        who = words(kept, seen.record, seen.content, seen.names)
        what = counted(step, count)
        told = f"{what}: {who} leest mee." if kept else f"{what}: niemand anders leest mee."
        if kept and kept != ["everyone"]:
            told = f"{what}, te lezen door {who}."
        answer({"ref": ref, "step": step.id, "readers": kept, "count": count}, told)


# -- which step and which piece


def _evidence_steps(seen: Seen) -> list[EvidenceStep]:
    steps = [one for one in seen.content.step if isinstance(one, EvidenceStep)]
    if not steps:
        raise Misused(
            "no-evidence",
            "Dit instrument vraagt geen bewijs of bronnen.",
            place=seen.record.ref,
            advice="Bekijk de stappen met 'kwartier meting toon REF'.",
        )
    return steps


def _evidence_step(seen: Seen, name: str | None) -> EvidenceStep:
    steps = _evidence_steps(seen)
    found = step_by_id(seen.content, name) if name else steps[0]
    if not isinstance(found, EvidenceStep):
        known = ", ".join(one.id for one in steps)
        raise Misused("no-evidence-step", f"'{found.title}' heeft geen bewijs.", advice=f"Kies met --stap: {known}.")
    return found


def _step(ws: Workspace, ref: str, name: str | None, *, sheets: bool = False) -> Any:
    """The step that is meant; with `sheets` also one in which is scored."""
    seen = ws.see(ref)
    if sheets and name and isinstance(found := step_by_id(seen.content, name), ScoreStep):
        return found
    return _evidence_step(seen, name)


def _private_sheet(seen: Seen, name: str | None) -> ScoreStep:
    steps = [one for one in seen.content.step if isinstance(one, ScoreStep) and one.private]
    found = [one for one in steps if name in (None, one.id)]
    if not found:
        known = ", ".join(one.id for one in steps)
        raise Misused(
            "no-private-sheet",
            "Er is geen stap waarin u kiest wie uw opmerkingen leest.",
            place=seen.record.ref,
            advice=f"Kies met --stap: {known}." if known else "Laat --item weg.",
        )
    return found[0]


def _row(ws: Workspace, ref: str, step: EvidenceStep, name: str, who: str | None) -> Evidence:
    """A piece by its number in the list of who is at the keyboard, or by its id."""
    seen = ws.see(ref, viewer=ws.code_of(ref, who))
    rows = seen.record.read(step.id, EvidenceFile).evidence
    found = next((row for row in rows if row.id == name), None)
    if found is None and name.isascii() and name.isdigit() and 0 < int(name[:9]) <= len(rows):
        found = rows[int(name[:9]) - 1]
    if found is None:
        raise Misused(
            "unknown-row",
            f"Bij '{step.title}' is er voor u geen stuk '{name}'.",
            place=ref,
            advice="Zie 'kwartier bewijs lijst REF', met --auditor als het van u is.",
        )
    return found


def _readers(ws: Workspace, ref: str, step: AnyStep, typed: tuple[str, ...]) -> list[str]:
    seen = ws.see(ref)
    return list(chosen(typed, seen.record, seen.content, step, seen.names))


_OPTIONS = {
    "title": "--titel",
    "kind": "--soort",
    "date": "--datum",
    "link": "--vindplaats",
    "note": "--opmerking",
    "items": "--item",
    "topics": "--situatie",
    "readers": "--lezer",
}


def _named(wrong: Wrong, given: Tree) -> Wrong:
    """The same mistake at the option that it was given with: the id of a new piece says nothing to anybody."""
    if wrong.path[:1] != ("evidence",):
        return wrong
    title = one_line(str(given.get("title", "")), 60)
    return Wrong(
        (f"'{title}'" if title else "dit bewijs", *(_OPTIONS.get(str(p), p) for p in wrong.path[2:])), wrong.message
    )


def _kept(ws: Workspace, ref: str, step: EvidenceStep, given: Tree, who: str | None, path: Path | None) -> None:
    try:
        id = ws.keep_evidence(ref, step.id, given, who, path)
    except Rejected as error:
        raise Rejected([_named(one, given) for one in error.wrongs], error.place or ref) from error
    seen = ws.see(ref, viewer=ws.code_of(ref, who))
    rows = seen.record.read(step.id, EvidenceFile).evidence
    number, row = next((number, one) for number, one in enumerate(rows, 1) if one.id == id)
    told = f"{number}. {one_line(row.title, 60)} is bewaard" + (f", met {row.file.name}" if row.file else "") + "."
    if step.private:
        told += f" {read_by(seen, step, row)}"
    answer({"ref": ref, "step": step.id, **row_tree(number, row, own=step.private)}, told)
