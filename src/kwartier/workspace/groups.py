"""A group of students in counts, over the newest record of each; nothing of one student leaves it. Also as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kwartier.analysis.cohort import SMALL, WARNING, Group, Member, cohort
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.instrument.conditions import set_values
from kwartier.instrument.mistakes import listed, meant, shown
from kwartier.instrument.model import Content
from kwartier.records.files import Envelope
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref
from kwartier.text import clean
from kwartier.workflow.visible import visible
from kwartier.workspace.coverage import of_record
from kwartier.workspace.shelf import Shelf
from kwartier.workspace.writing import writer, writers

if TYPE_CHECKING:
    from kwartier.reports.document import Document

Progress = Callable[[int, int], None]


def group(
    shelf: Shelf,
    slugs: Sequence[str],
    instrument: str = "",
    *,
    parameters: Mapping[str, object],
    profile: str = "",
    apart: bool = False,
    progress: Progress = lambda done, of: None,
) -> Group:
    """The counts over the newest record of each student of these organisations.

    `parameters` and `profile` keep those with these values; who has others is counted as `others`. Without an
    `instrument` the one that is used for students there is meant. Raises `Misused` where that is not one.
    """
    newest = [*_newest(shelf, slugs)]
    chosen = instrument or _only(shelf, newest)
    asked = _asked(shelf, chosen, parameters) if parameters else {}
    refs = [ref for ref in newest if ref.instrument == chosen]
    members: list[Member] = []
    words: dict[str, None] = {}
    counts = {"locked": 0, "unreadable": 0, "others": 0}
    for number, ref in enumerate(refs):
        progress(number, len(refs))
        try:
            case = shelf.case(ref)
            content = case.content
        except KwartierError as error:
            counts["locked" if error.code == "locked" else "unreadable"] += 1
            continue
        envelope = case.record.envelope
        if not _fits(envelope, asked) or (profile and envelope.profile != profile):
            counts["others"] += 1
            continue
        words.update(dict.fromkeys(_words(content)))
        matrix = of_record(visible(case.record, content, None), content, {})
        members.append(Member(_level(content, envelope), matrix))
    progress(len(refs), len(refs))
    return cohort(chosen, members, [*words], apart=apart, **counts)


def group_tree(found: Group) -> Tree:
    """The counts for programs, with the warning where persons can be recognised."""
    tree: Tree = msgspec.to_builtins(found)
    return {**tree, "small": found.small, "warning": WARNING if found.small else ""}


def group_report(shelf: Shelf, found: Group, title: str) -> Document:
    """The counts as a neutral document; `title` names the group."""
    from kwartier.reports.cohort import cohort_report
    from kwartier.reports.page_facts import page_note

    note = page_note(shelf.host.open(found.instrument).content)
    return cohort_report(found, title, shelf.today(), page_note=note)


def group_file(shelf: Shelf, found: Group, ending: str, *, title: str, small: bool) -> bytes:
    """The counts as a file: a table (csv), values (json), or a report in any form that there is a writer for.

    Raises `Refused` for fewer than five students without `small`.
    """
    if found.small and not small:
        raise Refused(
            "small-group",
            f"Bij minstens een item gaat het om minder dan {SMALL} studenten; in een bestand zijn zij te herkennen.",
            advice="Voeg --kleine-groep toe als u dit bestand mag hebben en zorgvuldig bewaart.",
        )
    if ending == "json":
        return msgspec.json.format(msgspec.json.encode(group_tree(found)), indent=2) + b"\n"
    if ending != "csv":
        return writer(ending).write(group_report(shelf, found, title))
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerows([[_cell(value) for value in row] for row in _cells(found)])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def ending_of(path: Path) -> str:
    """How the file is written, by its name. Raises `Misused` for another one."""
    ending = path.suffix.lower().removeprefix(".")
    known = ["csv", "json", *writers()]
    if ending in known:
        return ending
    raise Misused(
        "unknown-format",
        "Aan de naam van het bestand is niet te zien wat het moet worden.",
        place=str(path),
        advice=f"Geef een naam die eindigt op {listed([f'.{one}' for one in known])}.",
    )


def _cells(found: Group) -> Iterator[list[str]]:
    words = [*found.words, *found.reasons]
    heads = [f"{found.own_title or 'zelf'}: {word}" for word in words]
    heads += [f"{title}: {word}" for _, title in found.moments for word in words]
    yield ["item", "titel", "niveau", "studenten", *heads, "met bewijs"]
    for one in found.items:
        counts = [one.own.get(word, 0) for word in words]
        counts += [one.judged.get(step, {}).get(word, 0) for step, _ in found.moments for word in words]
        yield [one.id, one.title, one.level, str(one.asked), *map(str, counts), str(one.evidence)]


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    line = clean(text).replace("\n", " ")
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


def _newest(shelf: Shelf, slugs: Sequence[str]) -> Iterator[Ref]:
    """Of every student and instrument the newest record, by its reference."""
    for slug in dict.fromkeys(slugs):
        shelf.organisation(slug)
        newest: dict[tuple[str, str], Ref] = {}
        for ref in shelf.folder.assessments(slug):  # oldest first
            if ref.subject is not None and _is_for_students(shelf, ref.instrument):
                newest[ref.instrument, ref.subject] = ref
        yield from newest.values()


def _is_for_students(shelf: Shelf, instrument: str) -> bool:
    listing = shelf.host.listing(instrument)
    return listing is not None and listing.header is not None and listing.header.subject == "student"


def _only(shelf: Shelf, newest: Sequence[Ref]) -> str:
    used = sorted({ref.instrument for ref in newest})
    known = used or [one.id for one in shelf.host.listings() if one.header and one.header.subject == "student"]
    if len(known) == 1:
        return known[0]
    raise Misused(
        "instrument-missing",
        "Zeg over welk instrument het gaat." if known else "Er is hier geen instrument over studenten.",
        advice=f"Voeg toe: --instrument {' of '.join(known)}." if known else "Installeer er een.",
    )


def _asked(shelf: Shelf, instrument: str, given: Mapping[str, object]) -> dict[str, set[str]]:
    """The values by parameter that a record may have. Raises `Misused` for what does not exist."""
    content = shelf.host.open(instrument).content
    known = {one.id: [str(value) for value in one.values] for one in content.parameter}
    asked: dict[str, set[str]] = {}
    for name, value in given.items():
        if name not in known:
            raise Misused(
                "wrong-parameters",
                f"{shown(name)} is geen parameter van dit instrument.",
                advice=meant(name, known) or f"Kies {listed(known)}.",
            )
        asked[name] = {part.strip() for part in str(value).split(",")}
        if wrong := asked[name] - set(known[name]):
            raise Misused(
                "wrong-parameters",
                f"{name} kan niet {shown(min(wrong))} zijn.",
                advice=f"Kies {listed(known[name])}.",
            )
    return asked


def _fits(envelope: Envelope, asked: Mapping[str, set[str]]) -> bool:
    return all(
        {str(value) for value in set_values(envelope.parameters, name)} & values for name, values in asked.items()
    )


def _level(content: Content, envelope: Envelope) -> str:
    told = [(one.id, set_values(envelope.parameters, one.id)) for one in content.parameter]
    return ", ".join(f"{name} {', '.join(map(str, values))}" for name, values in told if values)


def _words(content: Content) -> list[str]:
    scales = {item.scale for item in content.items()}
    found = [scale for scale in content.scale if scale.id in scales]
    return [option.title or str(option.value) for scale in found for option in scale.options]
