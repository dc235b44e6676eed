"""What a source has to satisfy: a name, a kind of the step, a day that can be, a link of one line, items, topics and
readers that exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kwartier.instrument import model as m
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.filling import Wrong
from kwartier.workflow.readers import choices

LONGEST_LINK = 2000
"""Characters of the address or place of a source."""

YEARS = range(1900, 2101)
"""The years that a source can be of; another one is a slip."""


def evidence_wrongs(step: m.EvidenceStep, content: m.Content, record: Record, tree: Tree) -> Iterable[Wrong]:
    """All that is wrong with the sources of a step. Readers that `record` has already may have left since."""
    items = [item.id for item in content.items()]
    topics = [topic.id for topic in content.topic] if step.topics else []
    before = {row.get("id"): row for row in record.shared.get(step.id, {}).get("evidence", [])}
    for row in tree.get("evidence", []):
        name = str(row.get("id", ""))
        for field, message in _said(step, items, row):
            yield Wrong(("evidence", name, field), message)
        for message in _touched(topics, row.get("topics", [])):
            yield Wrong(("evidence", name, "topics"), message)
        for message in reader_wrongs(step, content, record, row, before.get(name, {})):
            yield Wrong(("evidence", name, "readers"), message)


def reader_wrongs(
    step: m.EvidenceStep | m.ScoreStep, content: m.Content, record: Record, row: Tree, before: Tree
) -> Iterable[str]:
    """What is wrong with the readers of a row: there are none in a step that is not private; and each exists."""
    given = [str(one) for one in row.get("readers", [])]
    if given and not step.private:
        yield "in deze stap leest iedereen alles; laat dit weg"
        return
    known = [key for key, _ in choices(record, content, step)]
    strange = [one for one in given if one not in known and one not in before.get("readers", [])]
    if strange:
        yield f"{', '.join(strange[:10])}: kan hier niet meelezen; wel: {', '.join(known)}"


def _touched(known: list[str], topics: list[str]) -> Iterable[str]:
    strange = [str(one) for one in topics if one not in known]
    if strange:
        yield f"{', '.join(strange[:10])}: staat hier niet in de lijst; wel: {', '.join(known[:30]) or 'geen'}"
    twice = sorted({str(one) for one in topics if topics.count(one) > 1})
    if twice:
        yield f"{', '.join(twice[:10])}: staat er twee keer"


def _said(step: m.EvidenceStep, items: list[str], row: Tree) -> Iterable[tuple[str, str]]:
    kind, day, link = row.get("kind", ""), row.get("date"), str(row.get("link", ""))
    if not str(row.get("title", "")).strip():
        yield "title", f"zonder naam is een {step.label} niet terug te vinden"
    if kind and step.kinds and kind not in step.kinds:
        yield "kind", f"'{kind}' is hier geen soort; wel: {', '.join(step.kinds)}"
    if isinstance(day, date) and day.year not in YEARS:
        yield "date", f"het jaar {day.year} kan niet; kijk de datum na"
    if len(link.splitlines()) > 1:
        yield "link", "een vindplaats staat op een regel"
    elif len(link) > LONGEST_LINK:
        yield "link", f"een vindplaats is ten hoogste {LONGEST_LINK} tekens lang"
    yield from _about(items, row.get("items", []))


def _about(known: list[str], items: list[str]) -> Iterable[tuple[str, str]]:
    """What is wrong with the items that a source is about: each exists, and stands there once."""
    strange = [str(one) for one in items if one not in known]
    if strange:
        yield "items", f"{', '.join(strange[:10])}: geen item; wel: {', '.join(known[:30])}"
    twice = sorted({str(one) for one in items if items.count(one) > 1})
    if twice:
        yield "items", f"{', '.join(twice[:10])}: staat er twee keer"
