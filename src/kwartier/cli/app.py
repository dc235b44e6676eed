"""The root of all commands. Each command's module is imported only when that command is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from kwartier import __version__
from kwartier.cli.commands import Group

COMMANDS: dict[str, tuple[str, str, str]] = {
    # name: (module, heading, what it does)
    "demo": ("demo", "Beginnen", "Probeer kwartier met verzonnen gegevens."),
    "organisatie": ("organisaties", "Beginnen", "Organisaties maken, tonen en wijzigen."),
    "persoon": ("personen", "Beginnen", "De namen achter de codes."),
    "onderwerp": ("onderwerpen", "Beginnen", "Studenten en praktijkleerplekken, met een code."),
    "plaatsing": ("plaatsingen", "Beginnen", "Welke student op welke praktijkleerplek leert."),
    "student": ("student", "Beginnen", "Alles van een student: op slot, bewaren, meegeven en wissen."),
    "meting": ("metingen", "Een meting", "Metingen beginnen, tonen, overnemen, uitgeven en terugnemen."),
    "auditor": ("auditors", "Een meting", "Wie de meting doet: erbij, vervangen of gestopt."),
    "deelnemer": ("deelnemers", "Een meting", "Wie geïnterviewd wordt, brief en toestemming."),
    "vragenlijst": ("vragenlijsten", "Een meting", "De vragen op papier, leeg of ingevuld."),
    "brief": ("brieven", "Een meting", "Brieven en formulieren op papier, en uw eigen versie ervan."),
    "formulier": ("invullen", "Een meting", "Een formulier van een stap, om in te vullen."),
    "invullen": ("invullen", "Een meting", "Een ingevuld formulier bewaren."),
    "afvinken": ("invullen", "Een meting", "Taken van een checklist als gedaan noteren."),
    "overslaan": ("invullen", "Een meting", "Een stap overslaan, met de reden."),
    "feiten": ("feiten", "Een meting", "Feiten bewaren en tonen: aantallen, fte, criteria."),
    "voorstel": ("feiten", "Een meting", "Welke scores uit de feiten volgen, en waarom."),
    "bewijs": ("bewijs", "Een meting", "Bewijs en bronnen: erbij, een bestand, en wie het leest."),
    "oordeel": ("oordeel", "Een meting", "Het oordeel: voorstel, redenen, voorwaarden en handtekeningen."),
    "aantekeningen": ("aantekeningen", "Een meting", "Ruwe aantekeningen lezen, bewaren en vernietigen."),
    "verzegel": ("scoren", "Een meting", "Uw scoreblad verzegelen."),
    "heropen": ("scoren", "Een meting", "Uw scoreblad, of een definitieve meting, heropenen."),
    "consensus": ("scoren", "Een meting", "Definitieve scores vastleggen."),
    "vergissing": ("scoren", "Een meting", "Een verzegeld antwoord een vergissing noemen."),
    "reden": ("scoren", "Een meting", "Zeggen waarom een meting afwijkt van het instrument."),
    "definitief": ("scoren", "Een meting", "Het verslag definitief maken."),
    "dekking": ("dekking", "Een meting", "Welk bewijs bij welk item hoort, en wat nog niets heeft."),
    "wis": ("wissen", "Een meting", "Eerdere teksten bij een item voorgoed wissen."),
    "blad": ("bladen", "Een meting", "Apart werken aan een scoreblad dat u kreeg."),
    "uitslag": ("uitslagen", "Uitkomsten", "De uitslag, ook naast een eerdere meting."),
    "plekken": ("onderwerpen", "Uitkomsten", "Praktijkleerplekken met oordeel, voorwaarden en einddatum."),
    "tijdlijn": ("series", "Uitkomsten", "Metingen met twee instrumenten op één tijdlijn."),
    "vergelijk": ("vergelijken", "Uitkomsten", "Metingen in de tijd, of organisaties naast elkaar."),
    "verslag": ("verslagen", "Uitkomsten", "Het verslag, als concept of definitief; ook als blad om te tekenen."),
    "verslagen": ("alle_verslagen", "Uitkomsten", "Alle verslagen van organisaties in één keer, in een map."),
    "portfolio": ("portfolio", "Uitkomsten", "Wat een student liet zien, per item; ook voor programma's."),
    "groep": ("groep", "Uitkomsten", "Een groep studenten in aantallen, zonder namen."),
    "exporteer": ("exporteer", "Uitkomsten", "Gegevens van metingen: werkboek, tabel met codeboek of json."),
    "agenda": ("agenda", "Uitkomsten", "Wat er nog moet gebeuren, en wat te laat is."),
    "importeer": ("importeren", "Beheer", "Uitslagen overnemen uit een tabel: CSV of XLSX."),
    "instrumenten": ("instrumenten", "Beheer", "Welke instrumenten er zijn en hoe het ermee staat."),
    "ladder": ("ladder", "Beheer", "Hoe de tekst van een item met het niveau meegroeit."),
    "opleiding": ("opleiding", "Beheer", "De eigen leeruitkomsten van een opleiding naast een instrument."),
    "formulering": ("formuleringen", "Beheer", "De officiële tekst van een instrument gebruiken."),
    "samenvoegen": ("samenvoegen", "Beheer", "Kopieën van een synchronisatieprogramma samenvoegen."),
    "controle": ("controle", "Beheer", "De hele datamap nakijken."),
    "aanvullen": ("aanvullen", "Beheer", "Opdrachten laten aanvullen door uw shell."),
}


class Root(Group):
    """The root group: lists its commands under headings, and loads one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kwartier.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        headings = dict.fromkeys(heading for _, heading, _ in COMMANDS.values())
        for heading in headings:
            rows = [(name, text) for name, (_, under, text) in COMMANDS.items() if under == heading]
            with formatter.section(heading):
                formatter.write_dl(rows)


@click.group(
    cls=Root,
    name="kwartier",
    options_metavar="[OPTIES]",
    subcommand_metavar="OPDRACHT …",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    epilog="Begin met 'kwartier demo'. Uitleg bij een opdracht: 'kwartier OPDRACHT --help'.",
)
@click.version_option(
    __version__, "--version", prog_name="kwartier", message="%(prog)s %(version)s", help="Toon de versie."
)
def root() -> None:
    """Metingen en beoordelingen voor organisaties die met ervaringsdeskundigen werken.

    Een meting heeft een verwijzing (REF): organisatie/instrument/datum, met de datum als 2026-11-22.
    """
