"""Taking over an assessment that was done on paper."""

from __future__ import annotations

from datetime import date

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.records.files import Envelope, Paper
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow import sealing
from kwartier.workflow.filling import Inputs
from kwartier.workflow.rules import fill_in
from kwartier.workspace.assessments import start
from kwartier.workspace.beginning import Beginning
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Shelf


def take_over(shelf: Shelf, begin: Beginning, given: Tree, source: str, *, place: str = "") -> str:
    """A record of an assessment done on paper: its definitive answers, date and source. All or nothing."""
    if not source.strip():
        raise Misused("source-missing", "Zeg waar de papieren meting staat.", advice='Voeg toe: --bron "…".')
    opened = shelf.host.open(begin.instrument)
    content = for_parameters(opened.content, check_parameters(opened.content, begin.parameters))
    step = next((one for one in reversed(content.step) if isinstance(one, m.ConsensusStep)), None)
    if step is None:
        raise Misused(
            "no-consensus",
            "Dit instrument kent geen definitieve scores om over te nemen.",
            advice="Begin met 'kwartier meting nieuw' en vul in wat er is.",
        )

    def files_of(codes: Codes) -> dict[str, Tree]:
        inputs = Inputs(people=codes, new_id=shelf.new_id)
        tree = fill_in(step, content, on_paper(place or source), {}, given, inputs, place=place or source)
        _check_whole(content, tree, place or source)
        return {f"{step.id}.toml": tree}

    return start(shelf, begin, paper=source, files_of=files_of)


def on_paper(place: str) -> Record:
    """A record with nothing in it yet, of which no sheets are waited for."""
    envelope = Envelope(
        id="", instrument="", edition="", content="", date=date.min, paper=Paper(source=place, entered=date.min)
    )
    return Record(ref=place, envelope=envelope, tree={})


def _check_whole(content: m.Content, tree: Tree, place: str) -> None:
    """Refuses a paper assessment in which an item has neither a score nor a reason why it has none."""
    left = sealing.open_keys(content, tree)
    if left:
        raise Refused(
            "sheet-incomplete",
            f"Nog geen score voor item {', '.join(sealing.key_title(key) for key in left)}.",
            place=place,
            advice="Vul de score in, of 'missing' met een reden als het item op papier geen score kreeg.",
        )
