"""Whether somebody's own sealed sheet may be opened again. The opening itself stands in `sealing`."""

from __future__ import annotations

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import Content, ScoreStep
from kwartier.records.record import Record
from kwartier.workflow.people import is_sealed, person, revealed
from kwartier.workflow.settled import require_open


def require_reopenable(record: Record, content: Content, step: ScoreStep, code: str) -> None:
    """Refuses where the report is definitive, or where this sheet was sealed and the scores lie side by side."""
    require_open(record, content, step)
    own = person(record, code)
    shadow = own is not None and own.shadow
    if is_sealed(record, step.id, code) and revealed(record, step) and (step.blind or shadow):
        raise Refused(
            "already-revealed",
            "De scores liggen al naast elkaar; wat verzegeld is, blijft nu staan.",
            place=record.ref,
            advice='Noem het antwoord een vergissing: kwartier vergissing REF ITEM --auditor NAAM --reden "…".',
        )


def may_reopen(record: Record, content: Content, step: ScoreStep, code: str) -> bool:
    """Whether a sheet is sealed and may still be opened."""
    if not is_sealed(record, step.id, code):
        return False
    try:
        require_reopenable(record, content, step, code)
    except KwartierError:
        return False
    return True
