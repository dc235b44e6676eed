"""kwartier opleiding: de eigen uitkomsten van een opleiding naast de items van een instrument."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from kwartier.cli.base import PATH, Group, answer, opened, table
from kwartier.cli.completing import INSTRUMENT, PROFILE
from kwartier.cli.pasting import follow_up, named
from kwartier.instrument.model import Content, Profile
from kwartier.instrument.profiling import Unlinked, items_of, outcomes_of, study_load
from kwartier.reports.phrases import counted
from kwartier.text import one_line

_TITLE = 60


@click.group(cls=Group)
def opleiding() -> None:
    """De eigen leeruitkomsten van een opleiding, gelegd over de items van een instrument.

    Een profiel is een TOML-bestand dat een opleiding zelf schrijft. Een meting die ermee begint, houdt het zoals het
    toen was.
    """


@opleiding.command("lijst")
def listed() -> None:
    """Toon de profielen in de datamap, en de voorbeelden die bij een instrument horen."""
    with opened() as ws:
        found = ws.profiles()
        rows = [
            (
                one.id,
                "niet te gebruiken" if one.profile is None else f"{one.profile.title} {one.profile.edition}".strip(),
                one.profile.instrument if one.profile else "",
                "voorbeeld" if one.example else "in de datamap",
            )
            for one in found
        ]
        text = [table(rows, ("Naam", "Opleiding", "Instrument", "")) if rows else "Er is nog geen opleidingsprofiel."]
        text += [f"! {one.problem}\n  {one.advice}".rstrip() for one in found if one.problem]
        if any(one.example and one.profile for one in found):
            text.append("Een voorbeeld gebruiken en veranderen: kwartier opleiding gebruik NAAM")
        tree = [
            {
                "id": one.id,
                "title": one.profile.title if one.profile else None,
                "instrument": one.profile.instrument if one.profile else None,
                "when": one.profile.when if one.profile else None,
                "example": one.example,
                "place": one.place,
                "problem": one.problem or None,
            }
            for one in found
        ]
        answer({"profiles": tree}, "\n\n".join(text))


@opleiding.command("toon")
@click.argument("id", type=PROFILE)
def show(id: str) -> None:
    """Toon een profiel: taken, uitkomsten met hun items, modules met EC, en wat nog niet gekoppeld is."""
    with opened() as ws:
        profile, open_ones = ws.profile(id), ws.unlinked(id)
        content = ws.content(profile.instrument)
        answer(
            _tree(profile, content, open_ones), lambda: "\n\n".join(filter(None, _told(profile, content, open_ones)))
        )


@opleiding.command("nieuw")
@click.argument("bestand", type=PATH)
@click.option("--instrument", type=INSTRUMENT, required=True, metavar="ID", help="Het instrument waar het over ligt.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def new(bestand: Path, instrument: str, overschrijf: bool) -> None:
    """Maak een bestand waarin een opleiding haar profiel schrijft."""
    with opened() as ws:
        ws.write_out(bestand, ws.new_profile(instrument).encode(), overwrite=overschrijf)
        check = f"kwartier opleiding controle {named(bestand)}"
        answer({"file": str(bestand)}, f"Klaar: {bestand}\nVul het in en kijk het na: {check}")


@opleiding.command("controle")
@click.argument("bestand", type=PATH)
def check(bestand: Path) -> None:
    """Kijk een profiel na: alle fouten tegelijk, met de regel en wat er verwacht wordt."""
    with opened() as ws:
        profile = ws.check_profile(bestand)
        text = f"Dit profiel klopt: {_summary(profile)}.\nTe gebruiken: kwartier opleiding gebruik {named(bestand)}"
        answer({"id": profile.id, "instrument": profile.instrument, "usable": True}, text)


@opleiding.command("gebruik")
@click.argument("wat", metavar="ID|BESTAND", type=PROFILE)
@click.option("--overschrijf", is_flag=True, help="Vervang het profiel dat er al staat, met zijn koppelingen.")
def use(wat: str, overschrijf: bool) -> None:
    """Zet een profiel in de datamap: een voorbeeld (ID) of een eigen bestand."""
    with opened() as ws:
        is_file = "." in wat or "/" in wat or "\\" in wat or Path(wat).is_file()
        if is_file and not any(one.id == wat for one in ws.profiles()):
            profile = ws.save_profile(Path(wat), overwrite=overschrijf)
        else:
            profile = ws.use_profile(wat)
        text = (
            f"Het profiel '{profile.id}' staat in de datamap: {_summary(profile)}.\n"
            f"Wat er nog te koppelen is: {follow_up('opleiding', 'toon', profile.id)}"
        )
        answer({"id": profile.id, "instrument": profile.instrument}, text)


@opleiding.command("koppel")
@click.argument("id", type=PROFILE)
@click.argument("item")
@click.argument("uitkomsten", metavar="[UITKOMST …]", nargs=-1)
def link(id: str, item: str, uitkomsten: tuple[str, ...]) -> None:
    """Zeg bij welke uitkomsten een item hoort; zonder uitkomst hoort het nergens meer bij.

    Metingen die al begonnen zijn, houden hun koppelingen tot 'kwartier meting bijwerken'.
    """
    with opened() as ws:
        profile = ws.link(id, item, uitkomsten)
        now = outcomes_of(profile, item)
        left = ws.unlinked(id)
        text = f"Item {item} hoort nu bij {', '.join(now)}." if now else f"Item {item} hoort nergens meer bij."
        text += f"\nNog niet gekoppeld: {_counted(left, profile)}." if left.items or left.outcomes else ""
        answer({"id": id, "item": item, "outcomes": now, "unlinked": msgspec.to_builtins(left)}, text)


def _summary(profile: Profile) -> str:
    count = counted(len(profile.outcome), profile.outcome_word, profile.outcome_words)
    return f"{profile.title}, {count}, {counted(len(profile.link), 'koppeling', 'koppelingen')}"


def _counted(left: Unlinked, profile: Profile) -> str:
    outcomes = counted(len(left.outcomes), profile.outcome_word, profile.outcome_words)
    return f"{counted(len(left.items), 'item', 'items')} en {outcomes}"


def _tree(profile: Profile, content: Content, left: Unlinked) -> dict[str, Any]:
    tree: dict[str, Any] = msgspec.to_builtins(profile)
    outcomes = [{**msgspec.to_builtins(one), "items": items_of(profile, one.id, content)} for one in profile.outcome]
    return {**tree, "outcome": outcomes, "ec": study_load(profile), "unlinked": msgspec.to_builtins(left)}


def _told(profile: Profile, content: Content, left: Unlinked) -> list[str]:
    about = " · ".join(filter(None, [profile.school, profile.edition, profile.source]))
    when = "; ".join(f"{name} {', '.join(map(str, values))}" for name, values in profile.when.items())
    head = [profile.title, about, f"Over {profile.instrument}" + (f", bij {when}" if when else ""), profile.note]
    parts = ["\n".join(filter(None, head))]
    for number, task in enumerate(profile.task, 1):
        parts.append("\n".join([f"{number}. {task.title}", *_outcomes(profile, content, task.id)]))
    if rest := _outcomes(profile, content, ""):
        parts.append(
            "\n".join([f"{profile.outcome_words.capitalize()} zonder taak" if profile.task else "", *rest]).strip()
        )
    if profile.module:
        rows = [
            (one.id, one_line(one.title, _TITLE), str(one.ec) if one.ec is not None else "–", ", ".join(one.outcomes))
            for one in profile.module
        ]
        words = profile.outcome_words.capitalize()
        parts.append(table(rows, ("Module", "", "EC", words)) + f"\nSamen {study_load(profile)} EC.")
    if profile.option:
        told = ", ".join(one.title or one.value for one in profile.option)
        parts.append(f"Eigen antwoorden op de schaal {profile.scale}: {told}.")
    return [*parts, _open(profile, content, left)]


def _outcomes(profile: Profile, content: Content, task: str) -> list[str]:
    tasks = {one.id for one in profile.task}
    found = [one for one in profile.outcome if (one.task if one.task in tasks else "") == task]
    return [
        f"  {one.id}  {one.title}\n      {'items ' + ', '.join(items) if items else 'nog geen items'}"
        for one in found
        for items in [items_of(profile, one.id, content)]
    ]


def _open(profile: Profile, content: Content, left: Unlinked) -> str:
    if not left.items and not left.outcomes:
        return "Alles is gekoppeld."
    titles = {item.id: item.short or item.title for item in content.items()}
    lines = [f"Nog niet gekoppeld: {_counted(left, profile)}."]
    lines += [f"  {item}  {one_line(titles[item], _TITLE)}" for item in left.items]
    if left.outcomes:
        lines.append(f"  {profile.outcome_words} zonder item: {', '.join(left.outcomes)}")
    return "\n".join([*lines, f"Koppelen: {follow_up('opleiding', 'koppel', profile.id)} ITEM UITKOMST"])
