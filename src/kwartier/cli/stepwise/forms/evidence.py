"""Questions of the form evidence: the list of sources, each with its kind, day, place and items; a file, and who reads.

A file is copied in and put with a row by the workspace; here is only asked for its path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kwartier.cli.stepwise import answers, fields, told
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Field
from kwartier.cli.stepwise.rows import Rows, in_words, listed, menu
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import Content, EvidenceStep, ScoreStep
from kwartier.records.tree import Tree, Value
from kwartier.workflow.beside import size_words
from kwartier.workflow.file_kinds import megabytes
from kwartier.workflow.people import role_words
from kwartier.workflow.readers import choices, chosen, words

NOBODY = "niemand"


def evidence(work: Work, step: EvidenceStep) -> list[Question]:
    """The list of sources; nothing of them is ever opened."""
    return [menu(work, _rows(work, step), "evidence")]


def read_only(work: Work, step: EvidenceStep) -> str:
    """What somebody reads of a step that is another one's."""
    rows = _rows(work, step)
    role = role_words(work.see().content, step.role)[0]
    lines = [f"{number}. {in_words(work, rows, row)}" for number, row in enumerate(listed(work, rows), 1)]
    shown = "\n".join(lines) or "Niets dat u kunt lezen."
    return f"{shown}\nAlleen de {role} verandert hier iets in. Typ wissel als u dat bent."


def _rows(work: Work, step: EvidenceStep) -> Rows:
    content = work.see().content
    kind = fields.choice("kind", "Soort", [(one, one) for one in step.kinds]) if step.kinds else None
    asked = [
        fields.text("title", "Naam", long=False),
        kind or fields.text("kind", "Soort", long=False),
        fields.day("date", "Datum"),
        fields.text("link", "Vindplaats", hint="een adres of een plaats", long=False),
        _items(content),
        *([_topics(content)] if step.topics and content.topic else []),
        fields.text("note", "Opmerking"),
        *([_file(step)] if step.files else []),
        *([readers(work, step)] if step.private else []),
    ]
    return Rows(
        step=step,
        array="evidence",
        one=step.label,
        new=f"een nieuwe regel ({step.label})",
        many=step.many[:1].upper() + step.many[1:],
        fields=tuple(asked),
        typed=True,
        saved={"file": lambda id, typed: _attached(work, step, id, typed)},
        removed=lambda row: _dropped(work, step, row),
    )


def readers(work: Work, step: EvidenceStep | ScoreStep) -> Field:
    """Who reads a piece or a remark besides its owner; until it is said nobody does."""
    seen = work.see()
    offered = choices(seen.record, seen.content, step, seen.names)

    def read(work: Work, typed: str) -> Value:
        pieces = [one for one in typed.replace(";", ",").replace(" en ", ",").split(",") if one.strip()]
        return list(chosen(pieces, seen.record, seen.content, step, seen.names))

    def tell(work: Work, value: Value) -> str:
        return words([str(one) for one in value], seen.record, seen.content, seen.names)

    return Field(
        key="readers",
        label="Wie leest mee",
        hint=f"{NOBODY}, {', '.join(title for _, title in offered)}",
        help="Meer met komma's ertussen. Zolang u niemand kiest, leest niemand anders het.",
        read=read,
        tell=tell,
    )


def _file(step: EvidenceStep) -> Field:
    kinds = f"Het mag zijn: {', '.join(step.file_kinds)}. " if step.file_kinds else ""
    return Field(
        key="file",
        label="Bestand",
        hint="het pad van een bestand",
        help=f"{kinds}Hoogstens {megabytes(step.most_bytes)}. Het wordt gekopieerd en nooit geopend. "
        "Weghalen gaat met de hele regel.",
        tell=lambda work, value: _file_words(value),
    )


def _file_words(value: Value) -> str:
    return f"{value['name']} ({size_words(int(value['size']))})" if isinstance(value, Mapping) else str(value)


def _attached(work: Work, step: EvidenceStep, id: str, typed: str) -> str:
    path = typed.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in "\"'":
        path = path[1:-1]
    file = work.ws.attach(work.ref, step.id, id, Path(path).expanduser(), work.person)
    work.act()
    return f"{SAVED} {file.name} staat erbij."


def _dropped(work: Work, step: EvidenceStep, row: Tree) -> str:
    """Takes a row with a file away, after asking; empty where there is no file, and undo can bring it back."""
    if "file" not in row:
        return ""
    title = told.sentence(str(row.get("title", "")))
    if not work.talk.sure(f"{title} Met het bestand weghalen is niet terug te draaien. Doorgaan?"):
        return "Niets veranderd."
    work.ws.drop_evidence(work.ref, step.id, str(row["id"]), work.person)
    work.act()
    return f"Weggehaald, met het bestand: {title}"


def _items(content: Content) -> Field:
    """The items that a source is about, typed one after the other."""
    titles = [(item.id, item.short or item.title) for item in content.items()]
    return _several("items", "Over welke items", "nummers met komma's ertussen", titles, "item")


def _topics(content: Content) -> Field:
    """The topics that it touches, by their number in the list."""
    titles = [(topic.id, f"{topic.title} ({topic.group})" if topic.group else topic.title) for topic in content.topic]
    title = content.topic_title or "onderwerpen"
    label = f"Raakt aan {title}"
    return _several("topics", label, "nummers met komma's ertussen; hulp noemt ze", titles, "nummer", numbered=True)


def _several(
    key: str, label: str, hint: str, titles: Sequence[tuple[str, str]], one: str, *, numbered: bool = False
) -> Field:
    known = dict(titles)

    def read(work: Work, typed: str) -> Value:
        pieces = typed.replace(",", " ").replace(";", " ").split()
        found = [answers.pick(piece, titles, one, by_id=not numbered) for piece in pieces if piece.casefold() != "en"]
        if not found:
            raise Misused("answer-wrong", f"Daar staat geen {one} in.", advice=f"Typ nummers: {hint}, of enter.")
        return list(dict.fromkeys(found))

    listed = answers.numbered(titles) if numbered else ", ".join(f"{id} {title}" for id, title in titles)
    shown = known if numbered else {}
    return Field(
        key=key,
        label=label,
        hint=hint,
        help=listed,
        read=read,
        tell=lambda work, value: ", ".join(shown.get(str(one), str(one)) for one in value) or "geen",
    )
