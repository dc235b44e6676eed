"""The sources or proofs of a step in a form: what each says, which items and topics it touches, and who reads it."""

from __future__ import annotations

from kwartier.instrument.model import EvidenceStep, ScoreStep
from kwartier.workflow.blank_lines import LONG, Offer, choice, comment, literal, rows_with_id
from kwartier.workflow.blank_page import Page
from kwartier.workflow.readers import choices


def evidence(page: Page) -> list[str]:
    """The items and topics to point at, and a row for each piece."""
    step: EvidenceStep = page.step  # type: ignore[assignment]
    rows = page.tree.get("evidence", [])
    kinds = (
        Offer("kind", literal(step.kinds[0]), choice(step.kinds)) if step.kinds else Offer("kind", hint="wat het is")
    )
    asked = [
        Offer("title", hint="hoe het heet, of waar het over gaat"),
        kinds,
        Offer("date", literal(page.today), "van wanneer het is"),
        Offer("link", hint="waar het te vinden is: een adres of een plaats; op een regel"),
        Offer("items", literal([item.id for item in page.content.items()[:2]]), "de items waar het over gaat"),
    ]
    lines = ["", *comment("De items:")]
    for item in page.content.items():
        lines += comment(f"{literal(item.id)}: {item.short or item.title}", "  ")
    if (step.topics and page.content.topic) or any(row.get("topics") for row in rows):
        lines += _topics(page)
        shown = literal([one.id for one in page.content.topic[:1]])
        asked.append(Offer("topics", shown, f"{page.content.topic_title or 'onderwerpen'} waar het aan raakt"))
    asked.append(Offer("note", LONG, "wat erin staat"))
    if step.private or any(row.get("readers") for row in rows):
        lines += readers_told(page)
        asked.append(readers_offer(page))
    lines += _files(page, step)
    title = f"{step.many[:1].upper()}{step.many[1:]}:"
    return lines + rows_with_id("evidence", rows, asked, title, named=not step.private)


def _topics(page: Page) -> list[str]:
    title = page.content.topic_title or "onderwerpen"
    lines = ["", *comment(f"{title[:1].upper()}{title[1:]}:")]
    for group in dict.fromkeys(one.group for one in page.content.topic):
        lines += comment(f"{group}:", "  ") if group else []
        for one in page.content.topic:
            if one.group == group:
                lines += comment(f"{literal(one.id)}: {one.title}", "    " if group else "  ")
    return lines


def _files(page: Page, step: EvidenceStep) -> list[str]:
    """Which files are there; a form never holds one."""
    if not step.files:
        return []
    ref = page.record.ref
    lines = ["", *comment(f"Een bestand zet u erbij met: kwartier bewijs wijzig {ref} ID --bestand BESTAND")]
    for row in page.tree.get("evidence", []):
        if file := row.get("file"):
            lines += comment(f"{literal(str(row.get('id', '')))} heeft een bestand: {file.get('name', '')}", "  ")
    return lines


def readers_told(page: Page) -> list[str]:
    """Who can be chosen to read along."""
    step: EvidenceStep | ScoreStep = page.step  # type: ignore[assignment]
    lines = ["", *comment("Wie leest mee? Zolang u niemand kiest, leest niemand anders het. U kunt kiezen:")]
    for key, told in choices(page.record, page.content, step):
        lines += comment(literal(key) if key == told else f"{literal(key)}: {told}", "  ")
    return lines


def readers_offer(page: Page) -> Offer:
    """The field for who reads a row."""
    step: EvidenceStep | ScoreStep = page.step  # type: ignore[assignment]
    offered = [key for key, _ in choices(page.record, page.content, step)]
    return Offer("readers", literal(offered[1:2]), "wie dit meeleest; [] is niemand")
