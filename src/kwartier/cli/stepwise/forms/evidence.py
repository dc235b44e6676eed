"""Questions of the form evidence: the list of sources, each with its kind, day, place and items."""

from __future__ import annotations

from kwartier.cli.stepwise import answers, fields
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Field
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import Work
from kwartier.errors import Misused
from kwartier.instrument.model import Content, EvidenceStep
from kwartier.records.tree import Value


def evidence(work: Work, step: EvidenceStep) -> list[Question]:
    """The list of sources; nothing of them is ever opened."""
    kind = fields.choice("kind", "Soort", [(one, one) for one in step.kinds]) if step.kinds else None
    rows = Rows(
        step=step,
        array="evidence",
        one=step.label,
        new=f"een nieuwe regel ({step.label})",
        many=step.many[:1].upper() + step.many[1:],
        fields=(
            fields.text("title", "Naam", long=False),
            kind or fields.text("kind", "Soort", long=False),
            fields.day("date", "Datum"),
            fields.text("link", "Vindplaats", hint="een adres of een plaats", long=False),
            _items(work.see().content),
            fields.text("note", "Opmerking"),
        ),
        typed=True,
    )
    return [menu(work, rows, "evidence")]


def _items(content: Content) -> Field:
    """The items that a source is about, typed one after the other."""
    titles = [(item.id, item.short or item.title) for item in content.items()]

    def read(work: Work, typed: str) -> Value:
        pieces = typed.replace(",", " ").replace(";", " ").split()
        found = [answers.pick(one, titles, "item", by_id=True) for one in pieces if one.casefold() != "en"]
        if not found:
            raise Misused("answer-wrong", "Daar staat geen item in.", advice="Typ nummers van items, of enter.")
        return list(dict.fromkeys(found))

    return Field(
        key="items",
        label="Over welke items",
        hint="nummers met komma's ertussen",
        help=", ".join(f"{id} {title}" for id, title in titles),
        read=read,
        tell=lambda work, value: ", ".join(map(str, value)) or "geen",
    )
