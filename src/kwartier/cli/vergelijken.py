"""kwartier vergelijk: metingen van één organisatie in de tijd, of organisaties naast elkaar op één instrument."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kwartier.analysis.compared import ENTITLED, Compared
from kwartier.cli.base import PATH, Command, answer, opened
from kwartier.cli.completing import INSTRUMENT, REF, SLUG
from kwartier.cli.metingen import pairs
from kwartier.cli.progress import told
from kwartier.errors import Misused
from kwartier.workspace import Workspace, writers
from kwartier.workspace.comparing import Chosen, Size

_GROUPS = {"soort": "kind", "omvang": "size"}
_RANGE = re.compile(r"([\d.]*)\s*-\s*([\d.]*)", re.ASCII)


@click.command(cls=Command)
@click.argument("refs", metavar="[REF …]", type=REF, nargs=-1)
@click.option("--auditor", metavar="NAAM", help="Bij metingen in de tijd: wie er kijkt.")
@click.option("--instrument", type=INSTRUMENT, metavar="ID", help="Vergelijk organisaties op dit instrument.")
@click.option("--parameter", "parameters", multiple=True, metavar="NAAM=WAARDE", help="Alleen metingen hiermee.")
@click.option("--alleen", type=SLUG, multiple=True, metavar="SLUG", help="Alleen deze organisatie; voor elk een keer.")
@click.option("--soort", "kinds", multiple=True, help="Alleen organisaties van deze soort, zoals ggz.")
@click.option(
    "--clienten", "sizes", multiple=True, metavar="VAN-TOT", help="Alleen met zoveel cliënten, zoals 3000-10000."
)
@click.option("--groepen", type=click.Choice([*_GROUPS]), help="Zet ook groepen naast elkaar.")
@click.option("--organisatie", "own", type=SLUG, default="", metavar="SLUG", help="Markeer deze: haar plaats erin.")
@click.option("--zonder-namen", is_flag=True, help="Letters in plaats van namen, ook in de bestanden.")
@click.option("--bevoegd", is_flag=True, help="U mag ook groepen kleiner dan vijf zien; dat komt erop te staan.")
@click.option("--csv", type=PATH, help="Schrijf een tabel voor een spreadsheet.")
@click.option("--verslag", type=PATH, help="Schrijf alles als verslag: .md, .pdf, .docx of .html.")
@click.option("--overschrijf", is_flag=True, help="Vervang een bestand als het al bestaat.")
def vergelijk(
    refs: tuple[str, ...],
    auditor: str | None,
    instrument: str | None,
    parameters: tuple[str, ...],
    alleen: tuple[str, ...],
    kinds: tuple[str, ...],
    sizes: tuple[str, ...],
    groepen: str | None,
    own: str,
    zonder_namen: bool,
    bevoegd: bool,
    csv: Path | None,
    verslag: Path | None,
    overschrijf: bool,
) -> None:
    """Vergelijk metingen van één organisatie (REF, REF …), of organisaties op een instrument (--instrument).

    Van elke organisatie telt de nieuwste volledige meting. Groepen kleiner dan vijf worden niet getoond.
    """
    others = [
        *(instrument, parameters, alleen, kinds, sizes, groepen, own),
        *(zonder_namen, bevoegd, csv, verslag, overschrijf),
    ]
    if refs:
        if any(others):
            raise _mixed()
        from kwartier.cli.series import compare_over_time

        compare_over_time(refs, auditor)
        return
    if not instrument:
        raise Misused(
            "nothing-named",
            "Zeg wat u wilt vergelijken.",
            advice="Metingen van één organisatie: 'kwartier vergelijk REF REF'. Organisaties naast elkaar: "
            "'kwartier vergelijk --instrument ID'.",
        )
    if auditor:
        raise _mixed()
    chosen = Chosen(
        instrument=instrument,
        only=alleen,
        kinds=kinds,
        sizes=tuple(size_of(text) for text in sizes),
        parameters=pairs(parameters),
        group_by=_GROUPS[groepen] if groepen else "",  # type: ignore[arg-type]
        own=own,
        names=not zonder_namen,
        entitled=bevoegd,
    )
    _compare(chosen, csv, verslag, overwrite=overschrijf)


def _mixed() -> Misused:
    return Misused(
        "options-mixed",
        "Dit zijn twee vragen in één: metingen in de tijd, en organisaties naast elkaar.",
        advice="Geef verwijzingen (REF), met hooguit --auditor; of --instrument met de andere opties.",
    )


def size_of(text: str) -> Size:
    """A number of clients as people type it: 3000-10000, 3000- or -3000, with dots where they like."""
    found = _RANGE.fullmatch(text.strip())
    ends = [end.replace(".", "") for end in found.groups()] if found else ["", ""]
    least, most = (int(end) if end and len(end) < 12 else None for end in ends)
    if least is None and most is None:
        raise Misused("size-wrong", f"'{text}' is geen aantal cliënten.", advice="Schrijf VAN-TOT, zoals 3000-10000.")
    if least is not None and most is not None and least > most:
        raise Misused("size-wrong", f"'{text}' loopt terug.", advice="Zet het kleinste getal vooraan.")
    return Size(least, most)


def _compare(chosen: Chosen, csv: Path | None, report: Path | None, *, overwrite: bool) -> None:
    if csv is not None and report is not None and csv.absolute() == report.absolute():
        raise Misused("same-file", "De tabel en het verslag kunnen niet in één bestand.", advice="Geef twee namen.")
    from kwartier.reports.organisations_exported import compared_tree

    with opened() as ws:
        with told("Lezen") as progress:
            compared = ws.compare_organisations(chosen, progress=progress.show)
        assert compared is not None  # nobody cancels here
        written = _written(ws, compared, csv, report, overwrite=overwrite)
        tree = compared_tree(compared)
        if written:
            warned = [ENTITLED] if compared.entitled else []
            answer({**tree, "files": written}, "\n".join([*(f"Klaar: {one}" for one in written), *warned]))
            return
        from kwartier.cli.vergelijken_tekst import parts

        answer(tree, lambda: "\n\n".join(parts(compared)))


def _written(ws: Workspace, compared: Compared, csv: Path | None, report: Path | None, *, overwrite: bool) -> list[str]:
    """Writes what was asked for; what is there already is refused before anything is written."""
    from kwartier.reports.organisations import organisations_report
    from kwartier.reports.organisations_exported import compared_csv

    data: dict[Path, bytes] = {}
    if csv is not None:
        data[csv] = compared_csv(compared)
    if report is not None:
        known = {one.extension: one for one in writers().values()}
        chosen = known.get(report.suffix.lower(), writers()["md"])
        data[report] = chosen.write(organisations_report(compared))
    for path in sorted(data, key=lambda path: not path.exists()):
        ws.write_out(path, data[path], overwrite=overwrite)
    return [str(path) for path in data]
