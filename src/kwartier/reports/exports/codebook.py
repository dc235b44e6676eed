"""The codebook of an export: what every column, code, scale and reason in it means. Grows with the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kwartier.instrument.conditions import setting_words
from kwartier.instrument.model import ActionsStep, Content, Scale, VerdictStep
from kwartier.reports.exports.gathering import key_of
from kwartier.reports.exports.measured import Code, Measured
from kwartier.reports.exports.source import Source
from kwartier.reports.exports.tables import Sheet
from kwartier.workflow.agreed import JUDGED_BEFORE, NOT_IN_SOURCE
from kwartier.workflow.verdicts import scale_of

HEADER = ("soort", "instrument", "uitgave", "inhoud", "hoort_bij", "code", "titel", "uitleg")
"""The columns of the codebook itself."""

PHASES = {
    "zelfbeoordeling": "het eigen antwoord van de student",
    "apart": "wat één beoordelaar gaf, zonder dat van de anderen te zien; het telt mee",
    "meelopend": "wat iemand gaf die meeloopt; het telt niet mee",
    "definitief": "waar men het samen over eens werd, of het antwoord van de enige die beoordeelde",
}
_REASONS = {
    JUDGED_BEFORE: "dit item is in een eerdere meting beoordeeld",
    NOT_IN_SOURCE: "de meting is van papier overgenomen en daar stond het niet",
}


class Codebook:
    """What was met so far; each code once, in the order in which it was met."""

    def __init__(self) -> None:
        self._seen: set[tuple[object, ...]] = set()
        self._codes: dict[tuple[str, ...], Code] = {}

    def add(self, source: Source, told: Measured) -> None:
        """What this record asks, and what in it is not on any list."""
        key = key_of(source)
        if key not in self._seen:
            self._seen.add(key)
            for one in _content(source):
                self._keep(one)
        for row in told.answers:
            if row.missing is not None:
                self._keep(_code(source, "reden", row.scale, row.missing, "", "niet van de lijst van de schaal"))
            elif row.value is not None:
                self._keep(_code(source, "waarde", row.scale, str(row.value), "", "staat niet op de schaal"))

    def codes(self, sheets: Iterable[Sheet], about: Iterable[str]) -> Iterator[Code]:
        """The whole codebook: what the export is, its columns and phases, then what the records asked."""
        for text in about:
            yield _plain("over", "", "", "", text)
        for sheet in sheets:
            for column in sheet.columns:
                yield _plain("kolom", sheet.name, column.name, "", column.meaning)
        for phase, meaning in PHASES.items():
            yield _plain("fase", "fase", phase, "", meaning)
        yield from self._codes.values()

    def _keep(self, one: Code) -> None:
        title = "" if one.kind in ("waarde", "reden") else one.title  # met once, however it is called
        key = (one.kind, one.instrument, one.edition, one.content, one.of, one.code, title)
        self._codes.setdefault(key, one)


def cells(one: Code) -> tuple[str, ...]:
    """A line of the codebook as a row under `HEADER`."""
    return one.kind, one.instrument, one.edition, one.content, one.of, one.code, one.title, one.explanation


def _content(source: Source) -> Iterator[Code]:
    content, header = source.content, source.header
    told = [header.publication.title, header.publication.publisher, str(header.publication.year or "")]
    told += [content.total.note] if content.total else []
    yield _code(
        source, "instrument", "", source.record.envelope.instrument, header.title, ", ".join(filter(None, told))
    )
    for parameter in content.parameter:
        yield _code(source, "parameter", "", parameter.id, parameter.title, setting_words(tuple(parameter.values)))
    for step in content.step:
        yield _code(source, "stap", "", step.id, step.title, "")
        for state in step.states if isinstance(step, ActionsStep) else ():
            yield _code(source, "stand", step.id, state, "", "")
    for section in content.section:
        yield _code(source, "deel", "", section.id, section.title, content.section_word)
        for item in section.item:
            yield _code(source, "item", section.id, item.id, item.title, item.source)
            for part in item.parts:
                yield _code(source, "onderdeel", item.id, part.id, part.title, f"schaal {part.scale or item.scale}")
    for scale in _used(content):
        yield from _scale(source, scale)
    for fact in content.fact:
        yield _code(source, "feit", "", fact.id, fact.title, ", ".join(fact.options) or fact.unit)
    for topic in content.topic:
        yield _code(source, "onderwerp", "", topic.id, topic.title, topic.group)


def _used(content: Content) -> list[Scale]:
    used = {item.scale for item in content.items()}
    used |= {part.scale for item in content.items() for part in item.parts}
    used |= {scale_of(content, step).id for step in content.step if isinstance(step, VerdictStep)}
    return [one for one in content.scale if one.id in used]


def _scale(source: Source, scale: Scale) -> Iterator[Code]:
    ordered = "met een volgorde" if scale.kind == "ordinal" else "zonder volgorde; er is geen gemiddelde van"
    yield _code(source, "schaal", "", scale.id, "", ordered)
    for number, option in enumerate(scale.options, 1):
        title = option.title or str(option.value)
        yield _code(source, "waarde", scale.id, str(option.value), title, f"{number} van {len(scale.options)}")
    for reason in scale.missing:
        yield _code(source, "reden", scale.id, reason, "", scale.missing_title)
    for reason, meaning in _REASONS.items():
        if reason not in scale.missing:
            yield _code(source, "reden", scale.id, reason, "", meaning)


def _code(source: Source, kind: str, of: str, code: str, title: str, explanation: str) -> Code:
    envelope = source.record.envelope
    return Code(
        kind=kind,
        instrument=envelope.instrument,
        edition=envelope.edition,
        content=envelope.content if source.names else "",
        of=of,
        code=code,
        title=title,
        explanation=explanation,
    )


def _plain(kind: str, of: str, code: str, title: str, explanation: str) -> Code:
    return Code(
        kind=kind, instrument="", edition="", content="", of=of, code=code, title=title, explanation=explanation
    )
