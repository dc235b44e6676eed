"""What a verdict has to satisfy: on its scale, motivated, with its conditions, and signed as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from kwartier.instrument import model as m
from kwartier.records.canonical import same
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.filling import Wrong
from kwartier.workflow.people import require_revealed, role_words
from kwartier.workflow.settled import require_fixed
from kwartier.workflow.verdicts import (
    STATES,
    judged_by,
    may_sign,
    reason_wanted,
    scale_of,
    signed,
    title_of,
)


def verdict_wrongs(step: m.VerdictStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    """All that is wrong in the file of a verdict. Raises `Refused` before the reveal, and for what a report fixed."""
    scored = judged_by(content, step)
    if scored is not None:
        require_revealed(record, scored)
    require_fixed(record, content, step, tree)
    yield from _value(step, content, tree)
    for row in tree.get("condition", []):
        for field, message in _condition(row):
            yield Wrong(("condition", str(row.get("id", "")), field), message)
    yield from _signatures(step, content, record, tree)


def _value(step: m.VerdictStep, content: m.Content, tree: Tree) -> Iterable[Wrong]:
    if "value" not in tree:
        return
    value = tree["value"]
    options = scale_of(content, step).options
    if not any(same(value, option.value) for option in options):
        yield Wrong(("value",), f"kies {', '.join(str(option.value) for option in options)}")
        return
    why = reason_wanted(content, step, value, tree.get("proposed"))
    if why and not str(tree.get("reason", "")).strip():
        yield Wrong(("reason",), f"een motivering is nodig, want {why}")
    if value in step.conditional and not tree.get("condition"):
        yield Wrong(("condition",), f"bij '{title_of(content, step, value)}' hoort minstens een voorwaarde")


def _condition(row: Tree) -> Iterable[tuple[str, str]]:
    state = row.get("state", "")
    if not str(row.get("text", "")).strip():
        yield "text", "zeg wat er geregeld moet worden"
    if state and state not in STATES:
        yield "state", f"'{state}' is geen stand van een voorwaarde; wel: {', '.join(STATES)}"


def _signatures(step: m.VerdictStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    rows = tree.get("signature", [])
    now = signed(tree)
    for row in rows:
        place = ("signature", str(row.get("id", "")))
        yield from _signature(step, content, record, row)
        if row.get("digest", now) != now:
            message = "tekende voor wat er eerst stond; trek de handtekening eerst in, en teken daarna opnieuw"
            yield Wrong(place, message)
    if not rows:
        return
    if "value" not in tree:
        yield Wrong(("signature",), f"er is nog geen {step.label} om voor te tekenen")
    for row in tree.get("condition", []):
        lacks = [word for key, word in (("who", "wie"), ("due", "wanneer")) if not row.get(key)]
        if lacks and row.get("state", "") in ("", STATES[0]):
            message = f"zeg eerst {' en '.join(lacks)}, voordat iemand tekent"
            yield Wrong(("condition", str(row.get("id", "")), "who" if "wie" in lacks else "due"), message)


def _signature(step: m.VerdictStep, content: m.Content, record: Record, row: Tree) -> Iterable[Wrong]:
    role, by = str(row.get("id", "")), row.get("by", "")
    if role not in step.signed_by:
        listed = ", ".join(step.signed_by) or "niemand"
        yield Wrong(("signature", role, "id"), f"'{role}' tekent hier niet; wel: {listed}")
        return
    if not by or "date" not in row:
        yield Wrong(("signature", role, "by" if not by else "date"), "zeg wie er tekende, en op welke dag")
    elif by not in may_sign(record, content, role) and not _signed_before(record, step, row):
        known = ", ".join(may_sign(record, content, role)) or "nog niemand"
        title = role_words(content, role)[0]
        yield Wrong(("signature", role, "by"), f"'{by}' is geen {title} van deze meting; wel: {known}")


def _signed_before(record: Record, step: m.VerdictStep, row: Tree) -> bool:
    """Whether this signature stood there already, put by somebody who has stopped since."""
    before = record.shared.get(step.id, {}).get("signature", [])
    return any(one.get("id") == row.get("id") and one.get("by") == row.get("by") for one in before)
