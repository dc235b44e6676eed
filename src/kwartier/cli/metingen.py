"""kwartier meting: beginnen, tonen, overnemen van papier, geven en terugnemen."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from kwartier.cli.base import (
    DATE,
    PATH,
    Group,
    answer,
    can_answer,
    opened,
    passphrase,
    sure,
    table,
    wants_json,
    warn,
)
from kwartier.cli.completing import INSTRUMENT, PROFILE, REF, SLUG, STEP, SUBJECT
from kwartier.cli.given import given_tree
from kwartier.cli.kenmerken import with_traits
from kwartier.cli.organisaties import summary_tree
from kwartier.cli.pasting import follow_up, named
from kwartier.cli.words import line_of
from kwartier.errors import Misused
from kwartier.workflow.people import assessor_role, role_words
from kwartier.workflow.periods import short
from kwartier.workspace import Assessor, Situation, Taken, Workspace, is_locked_file
from kwartier.workspace.successors import beginning_words
from kwartier.workspace.summaries import Summary


@click.group(cls=Group)
def meting() -> None:
    """Metingen beginnen, tonen, overnemen van papier, uitgeven en terugnemen."""


@meting.command("nieuw")
@click.argument("slug", type=SLUG)
@click.argument("instrument", type=INSTRUMENT)
@click.option("--datum", type=DATE, required=True, help="De dag van de meting, als 2026-11-22.")
@click.option("--auditor", "auditors", multiple=True, metavar="NAAM", help="Wie de meting doet; voor elk een keer.")
@click.option("--meelopend", multiple=True, metavar="NAAM", help="Een auditor die meescoort maar niet meetelt.")
@click.option("--wie", "others", multiple=True, metavar="ROL=NAAM", help="Wie er invult met een bepaalde rol.")
@click.option(
    "--kenmerk",
    "traits",
    multiple=True,
    metavar="KENMERK=ja|nee",
    help="Wat de rol vraagt, zoals geschoold=ja; van een van hen: NAAM:geschoold=ja.",
)
@click.option("--volgt", type=REF, default="", metavar="REF", help="De vorige meting, om mee te vergelijken.")
@click.option(
    "--onderwerp",
    type=SUBJECT,
    default="",
    metavar="CODE",
    help="De student of praktijkleerplek; een nieuwe code wordt gemaakt.",
)
@click.option("--parameter", "parameters", multiple=True, metavar="NAAM=WAARDE", help="Zoals niveau=4, of niveau=4,5.")
@click.option("--opleiding", type=PROFILE, default="", metavar="ID", help="Het profiel van de opleiding erbij.")
@click.option("--reden", default="", help="Waarom er minder auditors zijn dan de norm.")
def new(
    slug: str,
    instrument: str,
    datum: date,
    auditors: tuple[str, ...],
    meelopend: tuple[str, ...],
    others: tuple[str, ...],
    traits: tuple[str, ...],
    volgt: str,
    onderwerp: str,
    parameters: tuple[str, ...],
    opleiding: str,
    reden: str,
) -> None:
    """Begin een meting. Het antwoord noemt de verwijzing (REF) voor alle volgende opdrachten."""
    people = [Assessor(name) for name in auditors] + [Assessor(name, shadow=True) for name in meelopend]
    people += [Assessor(name, role=role) for role, name in (_in_role(one) for one in others)]
    with opened() as ws:
        ref = ws.start(
            instrument,
            slug,
            day=datum,
            people=tuple(with_traits(people, traits)),
            subject=onderwerp,
            parameters=pairs(parameters),
            follows=volgt,
            profile=opleiding,
            reason=reden,
        )
        codes = {person.id: ws.names(slug).get(person.id, "") for person in ws.see(ref).record.envelope.person}
        text = "\n".join([f"De meting staat klaar: {ref}", *_who(ws, ref)])
        if not people and any(one.id == "aantal-auditors" for one in ws.situation(ref).findings):
            nobody = f"Er zijn nog geen {_called(ws, ref).lower()}."
            text += f"\n{nobody} Voeg ze toe: {follow_up('auditor', 'erbij', ref)} NAAM"
        if not volgt and (earlier := ws.comparable(ref)):
            warn(
                f"Er is een eerdere meting, {earlier[0]}. Hoort deze daarbij, zeg dat dan: "
                f"{follow_up('meting', 'wijzig', ref, '--volgt', earlier[0])}"
            )
        same = [one for one in ws.assessments(slug) if str(one) != str(ref) and day_of(str(one)) == day_of(str(ref))]
        if same:
            warn(f"Let op: op deze dag was er al een meting, {same[0]}. Dit is een tweede.")
        if said := beginning_words(ws.see(ref).header, ws.instruments()):
            warn(said)
        answer({"ref": ref, "people": codes}, f"{text}\nWat er te doen is: {follow_up('meting', 'toon', ref)}")


def _who(ws: Workspace, ref: str) -> list[str]:
    """Who fill in, a line for each role."""
    seen = ws.see(ref)
    roles = dict.fromkeys(person.role for person in seen.record.envelope.person)
    told = {
        role: [f"{seen.names.get(one.id) or ''} ({one.id})" for one in seen.record.envelope.person if one.role == role]
        for role in roles
    }
    return [f"{role_words(seen.content, role)[1].capitalize()}: {', '.join(names)}" for role, names in told.items()]


def _in_role(text: str) -> tuple[str, str]:
    role, sign, name = (part.strip() for part in text.partition("="))
    if not sign or not role or not name:
        raise Misused("role-missing", f"'{text}' noemt geen rol en naam.", advice="Schrijf --wie ROL=NAAM.")
    return role, name


def _called(ws: Workspace, ref: str) -> str:
    """What those who fill in are called in this instrument, with a capital."""
    content = ws.see(ref).content
    role = assessor_role(content)
    return role_words(content, role.id if role else "")[1].capitalize()


def day_of(ref: str) -> str:
    """A reference up to its day; a second record of one day has a number behind it."""
    return re.sub(r"(\d{4}-\d\d-\d\d)-\d+$", r"\1", ref)


def pairs(given: tuple[str, ...]) -> dict[str, object]:
    """`naam=waarde` as a mapping."""
    split = [one.partition("=") for one in given]
    wrong = [name for name, sign, _ in split if not sign]
    if wrong:
        raise Misused("parameter-wrong", f"'{wrong[0]}' heeft geen waarde.", advice="Schrijf NAAM=WAARDE.")
    return {name.strip(): value.strip() for name, _, value in split}


@meting.command("lijst")
@click.argument("slug", type=SLUG)
def listed(slug: str) -> None:
    """Toon de metingen van een organisatie."""
    with opened() as ws:
        found = [ws.summary(ref) for ref in ws.assessments(slug)]
        rows = [(one.ref, short(one.date), line_of(one)) for one in found]
        answer(
            {"assessments": [summary_tree(one) for one in found]},
            table(rows, ("Meting", "Datum", "Stand")) if rows else "Nog geen metingen.",
        )


@meting.command("toon")
@click.argument("ref", type=REF)
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt; zonder naam ziet u wat iedereen mag zien.")
def show(ref: str, auditor: str | None) -> None:
    """Toon waar een meting staat: haar stappen, wie waarop wacht en wat opvalt."""
    with opened() as ws:
        viewer = ws.code_of(ref, auditor)
        seen = ws.see(ref, viewer=viewer)
        situation = ws.situation(ref, viewer=viewer)
        answer(state_tree(ws.summary(ref, viewer=viewer), situation), lambda: state_text(ref, seen, situation))


@meting.command("open")
@click.argument("ref", type=REF)
@click.option("--stap", type=STEP, default="", help="De stap; anders die nu aan de beurt is.")
@click.option("--auditor", metavar="NAAM", default="", help="Wie er achter het toetsenbord zit.")
def open_screen(ref: str, stap: str | None, auditor: str) -> None:
    """Open een meting op het scherm, meteen bij de stap waar u aan werkt."""
    if not (can_answer() and sys.stdout.isatty()):
        raise Misused(
            "no-terminal",
            "Het scherm heeft een terminal nodig.",
            advice="Zonder terminal kan alles met losse opdrachten, of met 'kwartier meting stap-voor-stap REF'.",
        )
    ctx = click.get_current_context()
    with opened() as ws:
        folder, code = ws.path, ws.code_of(ref, auditor)
        if stap:
            ws.step(ref, stap)
    from kwartier.tui.start import Opening, run

    ctx.exit(run(str(folder), first=Opening(ref.rstrip("/"), stap or "", code or "")))


@meting.command("stap-voor-stap")
@click.argument("ref", type=REF)
@click.option("--auditor", metavar="NAAM", help="Wie er achter het toetsenbord zit; anders wordt het gevraagd.")
@click.option("--stap", type=STEP, help="Begin met deze stap.")
def stepwise(ref: str, auditor: str | None, stap: str | None) -> None:
    """Doe het werk van een meting als vragen en antwoorden, regel voor regel.

    Voor een schermlezer, een brailleregel of een slechte verbinding: er wordt niets getekend.
    """
    from kwartier.cli.stepwise.run import run

    with opened() as ws:
        if wants_json():
            ws.see(ref)  # a record that is not there is told first, as in any other command
            raise Misused(
                "no-json",
                "Stap voor stap is een gesprek; dat kan niet als JSON.",
                advice="Laat --json weg, of gebruik 'kwartier formulier' en 'kwartier invullen'.",
            )
        status = run(ws, ref, auditor, stap)
    click.get_current_context().exit(status)


def state_tree(summary: Summary, situation: Situation) -> dict[str, Any]:
    """The state of a record for a program."""
    return {
        **summary_tree(summary),
        "steps": [
            {
                "id": step.id,
                "title": step.title,
                "form": step.form,
                "status": step.status.value,
                "detail": step.detail,
                "optional": step.optional,
                "date": step.date or None,
                "by": step.by or None,
                "people": [
                    {"code": one.id, "detail": one.detail, "sealed": one.sealed, "counts": one.counts}
                    for one in step.people
                ],
            }
            for step in situation.steps
        ],
        "findings": [
            {
                "id": one.id,
                "level": one.level,
                "step": one.step or None,
                "message": one.message,
                "next": one.advice or None,
                "reason": one.reason or None,
            }
            for one in situation.findings
        ],
    }


def state_text(ref: str, seen: Any, situation: Situation) -> str:
    """The state of a record to read."""
    envelope = seen.record.envelope
    head = f"{seen.organisation} – {seen.header.short} {envelope.edition}, {short(envelope.date)}\n{ref}"
    if seen.content.profile is not None:
        head += f"\nOpleiding: {seen.content.profile.title}"
    if seen.locked:
        head += f"\n{seen.locked}"
    rows = []
    for step in situation.steps:
        mark = {"done": "✓", "busy": "▸", "waiting": "…", "skipped": "–", "void": "–"}.get(step.status.value, "○")
        extra = " (mag u overslaan)" if step.optional and step.status.value == "open" else ""
        rows.append((mark, step.id, step.status.word, step.detail + extra))
        for one in step.people:
            name = seen.names.get(one.id) or one.id
            shadow = "" if one.counts else ", telt niet mee"
            rows.append(("", f"  {one.id}", "", f"{name}: {one.detail}{shadow}"))
    parts = [head, table(rows)]
    for finding in situation.findings:
        asked = f'\n  Geef een reden: kwartier reden {ref} {finding.id} "…"' if finding.open else ""
        given = f" Reden: {finding.reason}" if finding.reason else ""
        parts.append(f"! {finding.message}{given}" + (f"\n  {finding.advice}" if not given else "") + asked)
    return "\n\n".join(parts)


@meting.command("wijzig")
@click.argument("ref", type=REF)
@click.option("--datum", type=DATE, help="De goede datum; de verwijzing blijft dezelfde.")
@click.option("--volgt", type=REF, metavar="REF", help='De vorige meting; "" haalt de verwijzing weg.')
def correct(ref: str, datum: date | None, volgt: str | None) -> None:
    """Verbeter de datum van een meting, of welke meting eraan voorafging."""
    with opened() as ws:
        ws.correct(ref, day=datum, follows=volgt)
        answer({"ref": ref}, "Bijgewerkt.")


@meting.command("bijwerken")
@click.argument("ref", type=REF)
def renew(ref: str) -> None:
    """Neem in een onvoltooide meting de nieuwste inhoud van het instrument over."""
    with opened() as ws:
        told = ws.renew(ref)
        answer(
            {"ref": ref, "new": told}, "De meting gebruikt de nieuwste inhoud." + "".join(f"\n- {one}" for one in told)
        )


@meting.command("overnemen")
@click.argument("slug", type=SLUG)
@click.argument("instrument", type=INSTRUMENT)
@click.argument("bestand", type=PATH)
@click.option("--datum", type=DATE, required=True, help="De dag waarop de meting gedaan is.")
@click.option("--bron", required=True, help="Waar de papieren meting staat, zoals 'scoreblad in map kwaliteit 2026'.")
@click.option("--auditor", "auditors", multiple=True, metavar="NAAM", help="Wie de meting deed, als dat bekend is.")
@click.option("--volgt", type=REF, default="", metavar="REF", help="De meting die eraan voorafging.")
@click.option("--onderwerp", default="", metavar="CODE", help="De student of praktijkleerplek.")
@click.option("--parameter", "parameters", multiple=True, metavar="NAAM=WAARDE", help="Zoals niveau=4, of niveau=4,5.")
def take_over(
    slug: str,
    instrument: str,
    bestand: Path,
    datum: date,
    bron: str,
    auditors: tuple[str, ...],
    volgt: str,
    onderwerp: str,
    parameters: tuple[str, ...],
) -> None:
    """Neem een meting over die op papier gedaan is: de definitieve scores uit een TOML-bestand met [[answer]].

    Scorebladen en overeenstemming heten dan 'niet vastgelegd'.
    """
    with opened() as ws:
        ref = ws.take_over(
            instrument,
            slug,
            given_tree(bestand),
            day=datum,
            source=bron,
            place=str(bestand),
            people=tuple(Assessor(name) for name in auditors),
            follows=volgt,
            subject=onderwerp,
            parameters=pairs(parameters),
        )
        answer({"ref": ref}, f"Overgenomen: {ref}\nDe uitslag: {follow_up('uitslag', ref)}")


@meting.command("geef")
@click.argument("ref", type=REF)
@click.option("--auditor", required=True, metavar="NAAM", help="Voor wie het bestand is.")
@click.option("--uit", type=PATH, help="Het bestand; anders komt het in de map waar u staat.")
@click.option("--op-slot", is_flag=True, help="Zet het bestand op slot met een wachtwoord dat u typt.")
@click.option("--wachtwoord-bestand", type=PATH, help="Zet het op slot; het wachtwoord staat op de eerste regel.")
@click.option("--met-aantekeningen", is_flag=True, help="Geef ook de ruwe aantekeningen mee; alleen op slot.")
@click.option("--met-naam", is_flag=True, help="Geef ook de naam van de student mee; anders alleen de code.")
@click.option("--stap", type=STEP, default="", help="De stap; anders die deze auditor nog moet verzegelen.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def give(
    ref: str,
    auditor: str,
    uit: Path | None,
    op_slot: bool,
    wachtwoord_bestand: Path | None,
    met_aantekeningen: bool,
    met_naam: bool,
    stap: str | None,
    overschrijf: bool,
) -> None:
    """Maak een bestand voor een auditor die niet bij de datamap kan.

    Het bevat het instrument, de toelichtingen en het eigen blad; van een ander geen enkele score. Van een portfolio
    gaat mee wat deze auditor mag lezen, met de bestanden. De student zelf krijgt alles van zichzelf, en alleen op slot.
    """
    with opened() as ws:
        code = ws.code_of(ref, auditor)
        name = "-".join([*ref.strip("/").replace("\\", "/").split("/"), str(code)])
        path = uit or Path(f"{name}.kwartier")
        ask = op_slot or (met_aantekeningen and wachtwoord_bestand is None)
        locked = passphrase(wachtwoord_bestand, ask=ask, confirm=True)
        ws.hand_over(
            ref,
            auditor,
            path,
            passphrase=locked or "",
            raw_notes=met_aantekeningen,
            overwrite=overschrijf,
            with_name=met_naam,
            step=stap or "",
        )
        if not locked and any(role.is_subject for role in ws.see(ref).content.role):
            warn("Let op: hierin staat wat de student met deze persoon deelt. Zet het liever op slot: --op-slot.")
        lock = "op slot; geef het wachtwoord langs een andere weg" if locked else "niet op slot"
        answer(
            {"file": str(path), "person": code, "locked": bool(locked)},
            f"Klaar: {path} ({lock}).\nDe auditor opent het met: kwartier blad open {named(path.name)}",
        )


@meting.command("neem")
@click.argument("bestand", type=PATH)
@click.option("--wachtwoord-bestand", type=PATH, help="Het wachtwoord van het bestand, op de eerste regel.")
@click.option("--kies", multiple=True, metavar="ITEM=hier|blad", help="Welke tekst geldt als beide veranderd zijn.")
@click.option("--alleen-toelichtingen", is_flag=True, help="Neem het scoreblad nog niet op.")
@click.option("--vervang", is_flag=True, help="Laat een blad gelden boven een begonnen, onverzegeld blad hier.")
@click.option("--ja", is_flag=True, help="Vraag niet nog eens als de scores hierdoor naast elkaar komen te liggen.")
def take(
    bestand: Path,
    wachtwoord_bestand: Path | None,
    kies: tuple[str, ...],
    alleen_toelichtingen: bool,
    vervang: bool,
    ja: bool,
) -> None:
    """Neem terug wat een auditor apart deed: een bestand, of de map waarin gewerkt is."""
    choices = {item: str(choice) for item, choice in pairs(kies).items()}
    with opened() as ws:
        key = passphrase(wachtwoord_bestand, ask=is_locked_file(bestand))
        # A program that runs this is not asked: like sealing, it says what it means by running it.
        asks = not (ja or alleen_toelichtingen) and can_answer()
        if asks and ws.taking_would_reveal(bestand, passphrase=key):
            sure("Dit is het laatste blad: de scores komen naast elkaar te liggen. Dat is niet terug te draaien.")
        taken = ws.take_back(bestand, passphrase=key, choices=choices, texts_only=alleen_toelichtingen, replace=vervang)
        told = [f"Meting {taken.ref}, {taken.person}."]
        told += _taken_words(taken)
        if taken.texts:
            told.append(f"Toelichting bijgewerkt bij item {', '.join(taken.texts)}.")
        if taken.revealed:
            told.append(
                f"Alle bladen zijn binnen: de scores liggen naast elkaar.\nVerder: {follow_up('uitslag', taken.ref)}"
            )
        answer(
            {
                "ref": taken.ref,
                "person": taken.person,
                "sheet": taken.sheet,
                "texts": list(taken.texts),
                "revealed": taken.revealed,
                "rows": taken.rows,
                "files": taken.files,
            },
            "\n".join(told),
        )


def _taken_words(taken: Taken) -> list[str]:
    """What came back of a sheet, or of a student's own steps."""
    if not taken.own:
        return ["Het verzegelde scoreblad is opgenomen." if taken.sheet else "Er was geen nieuw scoreblad."]
    if not taken.rows:
        return ["Er was niets nieuws."]
    rows = "1 rij is nieuw of veranderd" if taken.rows == 1 else f"{taken.rows} rijen zijn nieuw of veranderd"
    more = f", met {taken.files} {'bestand' if taken.files == 1 else 'bestanden'}" if taken.files else ""
    return [f"Opgenomen: {rows}{more}."]
