"""Calls of the hooks of one instrument. What a plugin does wrong in one becomes part of the answer, never an error.

A record can so always be read, filled in and reported on: a score that cannot be made is an `Unknown` that says why, a
failed check a remark, a failed part of a report a warning in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any, TypeVar

import msgspec
import pluggy

from kwartier.analysis.answers import Answer
from kwartier.analysis.scores import Mean, Unknown
from kwartier.instrument.model import Content
from kwartier.instrument.selection import scale_of
from kwartier.plugins import defaults, spec
from kwartier.records.record import Record
from kwartier.reports.document import Block, Callout
from kwartier.text import one_line
from kwartier.workflow.fact_rules import known_facts
from kwartier.workflow.findings import Finding
from kwartier.workflow.importing import Imported
from kwartier.workflow.outcome import Outcome, Scores
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.table_columns import answer_key

MOST = 1000
"""A hook that gives more rows than this is broken."""

_WIDTH = 200
_R = TypeVar("_R")


class Failed(Exception):
    """A hook that raised, or gave something else than its specification says; the message is Dutch."""


class Hooks:
    """The hooks of one instrument, the host's own last. `failed` is told of each hook that went wrong."""

    def __init__(
        self, manager: pluggy.PluginManager, name: str, failed: Callable[[str], None] = lambda reason: None
    ) -> None:
        self._manager = manager
        self._name = name
        self._failed = failed

    def score(self, content: Content, answers: Mapping[str, Answer]) -> Scores:
        """What the definitive answers add up to; without a figure, and why, where the plugin went wrong."""
        made = self._safely(
            "kwartier_score", lambda result: checked_scores(content, result), content=content, answers=answers
        )
        if isinstance(made, Scores):
            return made
        unknown = Unknown(made)
        return Scores({section.id: unknown for section in content.section}, unknown)

    def suggest(self, content: Content, record: Record) -> list[Suggestion]:
        """What the facts of a record suggest; nothing where the plugin went wrong, which its listing tells."""
        found = self._safely(
            "kwartier_suggest",
            lambda result: checked_suggestions(content, result),
            content=content,
            facts=known_facts(content, record),
        )
        return [] if isinstance(found, str) else found

    def imported(self, content: Content, rows: Sequence[Mapping[str, str]]) -> Imported:
        """What rows of a table say; a plugin that went wrong is why the table cannot be taken over."""
        found = self._safely(
            "kwartier_import", lambda result: checked_import(content, rows, result), content=content, rows=rows
        )
        return Imported(wrong=f"{_capital(found)}.") if isinstance(found, str) else found

    def check(self, content: Content, record: Record) -> list[Finding]:
        """What stands out by the plugin; a plugin that went wrong gives one remark that says so."""
        found = self._safely("kwartier_check", _checked(Finding), content=content, record=record)
        if isinstance(found, str):
            return [Finding(id="plugin-failed", level="remark", message=f"{_capital(found)}.", advice=_ADVICE)]
        return found

    def report(self, content: Content, record: Record, outcome: Outcome | None) -> list[Block]:
        """What the plugin adds to the report; a plugin that went wrong adds a warning that something is not there."""
        found = self._safely("kwartier_report", _checked(Block), content=content, record=record, outcome=outcome)
        if isinstance(found, str):
            return [Callout("warning", f"Hier ontbreekt een deel van het verslag: {found}.")]
        return found

    def _safely(self, hook: str, check: Callable[[Any], _R], **values: object) -> _R | str:
        """The checked result of a hook, or what went wrong (Dutch, without capital or full stop)."""
        try:
            return check(getattr(self._manager.hook, hook)(**values))
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:  # a plugin may raise anything, also SystemExit
            why = f"het instrument '{self._name}' ging fout in {hook}: {words_of(error)}"
        self._failed(f"{_capital(why)}.")
        return why


_ADVICE = "De gegevens zijn niet veranderd. Meld dit bij de maker van het instrument."


def hooks_of(module: ModuleType, name: str, failed: Callable[[str], None]) -> Hooks:
    """The hooks in a plugin's package before those of the host. pluggy raises where it cannot register them."""
    manager = _manager()
    manager.register(module, name=name)
    manager.check_pending()
    return Hooks(manager, name, failed)


@cache
def default_hooks() -> Hooks:
    """The hooks of a record of which the instrument cannot be used: those of the host alone."""
    return Hooks(_manager(), "kwartier")


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(spec.PROJECT)
    manager.add_hookspecs(spec.Hooks)
    manager.register(defaults, name="kwartier")
    return manager


def words_of(error: BaseException) -> str:
    """What an error of a plugin says, on one line and safe to show; also where it cannot say anything."""
    if isinstance(error, Failed):
        return str(error)
    if isinstance(error, SystemExit):
        return "het wilde kwartier afsluiten (sys.exit)"
    try:
        told = str(error)
    except BaseException:  # an error of which the message raises again
        told = ""
    return one_line(f"{type(error).__name__}: {told}" if told else type(error).__name__, _WIDTH).rstrip(".")


def checked_scores(content: Content, made: object) -> Scores:
    """What a plugin gave as scores. Raises `Failed` where it is anything else."""
    if not isinstance(made, Scores) or not isinstance(made.sections, Mapping):
        raise Failed(f"het gaf geen Scores maar {type(made).__name__}")
    known = {section.id for section in content.section}
    strange = [str(section) for section in made.sections if section not in known]
    if strange:
        raise Failed(f"het gaf een score voor een deel dat er niet is: {one_line(', '.join(strange), _WIDTH)}")
    if not all(_is_figure(one) for one in [*made.sections.values(), made.total]):
        raise Failed("een score is geen Mean met een Fraction, en ook geen Unknown met een reden")
    if not isinstance(made.band, str | None):
        raise Failed("het niveau (band) is geen tekst")
    return made


def checked_suggestions(content: Content, made: object) -> list[Suggestion]:
    """What a plugin gave as suggestions, in the order of the items. Raises `Failed` where one is no answer to one."""
    found = {one.item: one for one in _checked(Suggestion)([made])}
    scales = {item.id: scale_of(content, item) for item in content.items()}
    for one in found.values():
        options = [option.value for option in scales[one.item].options] if one.item in scales else []
        if not one.values or not all(value in options for value in one.values):
            raise Failed(f"het stelde voor item {one_line(one.item, _WIDTH)} iets voor dat niet op de schaal staat")
    return [found[item] for item in scales if item in found]


def checked_import(content: Content, rows: Sequence[Mapping[str, str]], made: object) -> Imported:
    """What a plugin made of rows of a table. Raises `Failed` where it is anything else."""
    if not isinstance(made, Imported):
        raise Failed(f"het gaf geen Imported maar {type(made).__name__}")
    found: Imported = _as(Imported, made)
    if not all(0 <= one.row < len(rows) for one in found.rows):
        raise Failed("het gaf een rij die niet in de tabel staat")
    known = {answer_key(item.id, part) for item in content.items() for part in ("", *(one.id for one in item.parts))}
    strange = {key for one in found.rows for key in one.answers if key not in known}
    if strange:
        raise Failed(f"het gaf een antwoord op een item dat er niet is: {one_line(', '.join(sorted(strange)), _WIDTH)}")
    return found


def _is_figure(one: object) -> bool:
    if isinstance(one, Unknown):
        return isinstance(one.why, str)
    return isinstance(one, Mean) and isinstance(one.value, Fraction) and type(one.n) is type(one.of) is int


def _checked(kind: Any) -> Callable[[Any], list[Any]]:
    """Makes one list of the results of all plugins, each a row of values of this kind."""

    def checked(results: Any) -> list[Any]:
        found: list[Any] = []
        for result in reversed(results):
            if not isinstance(result, Iterable) or isinstance(result, str | Mapping):
                raise Failed(f"het gaf geen rij maar {type(result).__name__}")
            found += islice(result, MOST + 1)
            if len(found) > MOST:
                raise Failed(f"het gaf meer dan {MOST} regels")
        return [_as(kind, one) for one in found]

    return checked


def _as(kind: Any, value: object) -> Any:
    """The value, if every field in it is what it should be: a struct does not look at what it is made of."""
    try:
        return msgspec.convert(msgspec.to_builtins(value), kind)
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise Failed(f"het gaf een {type(value).__name__} die niet klopt ({one_line(str(error), _WIDTH)})") from error


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
