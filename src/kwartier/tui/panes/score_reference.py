"""What is read beside an item and answered nowhere: the lists of its section, and the topics of the instrument."""

from __future__ import annotations

from textual.content import Content as Shown

from kwartier.instrument.model import Content
from kwartier.tui.panes.evidence_texts import by_group
from kwartier.tui.safe import Part, parts


def reference(content: Content, section_id: str) -> Shown:
    """The competences of a section and the critical situations, say; empty where there are none."""
    section = next((one for one in content.section if one.id == section_id), None)
    pieces: list[Part] = []
    for one in section.list if section else ():
        pieces.append((f"\n\n{one.title}", "bold"))
        pieces += [f"\n· {point}" for point in one.points]
        pieces.append((f"\n{one.source}" if one.source else "", "$text-muted"))
    title = content.topic_title or "onderwerpen"
    for group, topics in by_group(content.topic):
        pieces.append((f"\n\n{title[:1].upper()}{title[1:]}" + (f" ({group})" if group else ""), "bold"))
        for topic in topics:
            pieces += [f"\n· {topic.title}", (f": {topic.text}" if topic.text else "", "$text-muted")]
    return parts(*pieces)
