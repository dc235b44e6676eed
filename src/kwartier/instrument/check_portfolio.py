"""Whether what a portfolio adds makes sense: who it is of, what is private, topics, files, extracts, lists to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .check_parts import repeated, unknown
from .mistakes import Flaw, shown
from .model import Content, EvidenceStep, Extract, Role, ScoreStep
from .places import Path

_FILE_KIND = re.compile(r"[a-z0-9]{1,10}\Z")


def portfolio_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with roles, private steps, topics, extracts and lists."""
    yield from _role_flaws(content.role)
    for n, step in enumerate(content.step):
        if isinstance(step, ScoreStep):
            yield from _own_sheet_flaws(step, ("step", n))
        elif isinstance(step, EvidenceStep):
            yield from _evidence_flaws(step, ("step", n), content)
    yield from _topic_flaws(content)
    yield from repeated((("extract", n, "id"), one.id) for n, one in enumerate(content.extract))
    for n, extract in enumerate(content.extract):
        yield from _extract_flaws(extract, ("extract", n), content)
    yield from _list_flaws(content)


def plugin_flaws(content: Content) -> Iterable[Flaw]:
    """What may stand in the content that a record keeps, and not in that of an instrument."""
    if content.profile is not None:
        expected = "geen profiel: dat schrijft een opleiding in een bestand apart (in de map programmes)"
        yield Flaw(("profile",), "een profiel van een opleiding", expected)


def _role_flaws(roles: tuple[Role, ...]) -> Iterable[Flaw]:
    own = [(n, role) for n, role in enumerate(roles) if role.is_subject]
    for n, role in own:
        if role.kind != "assessor":
            expected = 'kind = "assessor", want dit is wie zelf invult (is_subject)'
            yield Flaw(("role", n, "kind"), shown(role.kind), expected)
        if role.norm not in (None, 1):
            yield Flaw(("role", n, "norm"), str(role.norm), "1, want een portfolio is van een student (is_subject)")
    for n, _ in own[1:]:
        yield Flaw(("role", n, "is_subject"), f"nog een rol, na {shown(own[0][1].id)}", "hoogstens een zulke rol")
    for n, role in enumerate(roles):
        yield from repeated((("role", n, "trait", m, "id"), trait.id) for m, trait in enumerate(role.trait))


def _own_sheet_flaws(step: ScoreStep, path: Path) -> Iterable[Flaw]:
    """A sheet with private remarks, or one that is never sealed, is of one person."""
    for key in ("private", "stays_open"):
        if getattr(step, key) and step.by == "each":
            yield Flaw(
                (*path, key), f'true naast by = "{step.by}"', 'by = "person", want zo\'n blad is van een persoon'
            )


def _evidence_flaws(step: EvidenceStep, path: Path, content: Content) -> Iterable[Flaw]:
    if step.private and (step.by != "person" or not step.role):
        found = f"true naast by = {shown(step.by)}" if step.by != "person" else "true zonder rol"
        expected = 'by = "person" en een rol (role), want wie het gaf, kiest wie het leest'
        yield Flaw((*path, "private"), found, expected)
    if step.topics and not content.topic:
        yield Flaw((*path, "topics"), "true terwijl er niets te kiezen is", "minstens een [[topic]]")
    if step.file_kinds and not step.files:
        yield Flaw((*path, "file_kinds"), "soorten bestanden", "geen, of files = true")
    yield from repeated(
        (((*path, "file_kinds", n), kind) for n, kind in enumerate(step.file_kinds)), what="een soort bestand"
    )
    for n, kind in enumerate(step.file_kinds):
        if not _FILE_KIND.match(kind):
            yield Flaw((*path, "file_kinds", n), shown(kind), "kleine letters en cijfers zonder punt, zoals pdf")
    if step.most_bytes < 1:
        yield Flaw((*path, "most_bytes"), str(step.most_bytes), "minstens 1")


def _topic_flaws(content: Content) -> Iterable[Flaw]:
    yield from repeated((("topic", n, "id"), topic.id) for n, topic in enumerate(content.topic))
    if content.topic and not content.topic_title.strip():
        yield Flaw(("topic_title",), "niets", "hoe een [[topic]] heet, in het meervoud en met kleine letters")


def _extract_flaws(extract: Extract, path: Path, content: Content) -> Iterable[Flaw]:
    steps, roles = [step.id for step in content.step], [role.id for role in content.role]
    if not extract.steps:
        yield Flaw((*path, "steps"), "een lege rij", "minstens een stap")
    for key, names, known, what in (
        ("steps", extract.steps, steps, "stappen"),
        ("signed_by", extract.signed_by, roles, "rollen"),
    ):
        yield from repeated((((*path, key, n), name) for n, name in enumerate(names)), what="een naam")
        for n, name in enumerate(names):
            yield from unknown((*path, key, n), name, known, what)


def _list_flaws(content: Content) -> Iterable[Flaw]:
    for n, section in enumerate(content.section):
        path: Path = ("section", n, "list")
        yield from repeated(((*path, m, "id"), one.id) for m, one in enumerate(section.list))
        for m, one in enumerate(section.list):
            if not one.points:
                yield Flaw((*path, m, "points"), "een lege rij", "minstens een punt")
