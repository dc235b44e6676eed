"""What an instrument holds, in numbers and names, as a plain tree for a list or for JSON. No texts of items here."""

from __future__ import annotations

from .mistakes import Tree
from .model import Content, Header, Scale
from .selection import form_of


def describe(header: Header, content: Content) -> Tree:
    """The instrument as a plain tree: who made it, how much it asks, in which steps, on which scales."""
    return {
        "id": header.id,
        "title": header.title,
        "short": header.short,
        "edition": header.edition,
        "summary": header.summary,
        "subject": header.subject,
        "word": {"one": header.word.one, "many": header.word.many},
        "section_word": content.section_word,
        "publication": {
            "title": header.publication.title,
            "authors": list(header.publication.authors),
            "publisher": header.publication.publisher,
            "year": header.publication.year,
            "number": header.publication.number,
            "rights": header.publication.rights,
        },
        "counts": counts(content),
        "sections": [{"id": each.id, "title": each.title, "items": len(each.item)} for each in content.section],
        "scales": [_scale(each) for each in content.scale],
        "parameters": [{"id": each.id, "title": each.title, "values": list(each.values)} for each in content.parameter],
        "roles": [{"id": each.id, "title": each.title, "kind": each.kind} for each in content.role],
        "steps": [
            {
                "id": each.id,
                "title": each.title,
                "form": form_of(each),
                "by": each.by,
                "role": each.role,
                "optional": each.optional,
            }
            for each in content.step
        ],
    }


def counts(content: Content) -> dict[str, int]:
    """How many of everything; anchors and statements of texts for some parameter values count too."""
    items = content.items()
    prompts = [prompt for item in items for prompt in item.prompts]
    return {
        "sections": len(content.section),
        "items": len(items),
        "parts": sum(len(item.parts) for item in items),
        "statements": sum(bool(item.statement) + len(item.texts) for item in items),
        "anchors": sum(len(item.anchors) + sum(len(text.anchors) for text in item.texts) for item in items),
        "prompts": len(prompts),
        "essential": sum(prompt.essential for prompt in prompts),
        "facts": len(content.fact),
        "steps": len(content.step),
    }


def _scale(scale: Scale) -> Tree:
    return {
        "id": scale.id,
        "kind": scale.kind,
        "options": [{"value": each.value, "title": each.title, "key": each.key} for each in scale.options],
        "missing": list(scale.missing),
    }
