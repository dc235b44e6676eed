"""Records as data for other programs: which, what they are called, and to which file; all of it through the gate.

Records pass one by one, so that a thousand take no more memory than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.store.refs import Ref
from kwartier.workflow.outcome import outcome as outcome_of
from kwartier.workspace.differing import differences
from kwartier.workspace.exports_chosen import Chosen, Naming, chosen
from kwartier.workspace.exports_told import Kept, about, require_shown
from kwartier.workspace.outcomes import compare, see, seen_of
from kwartier.workspace.placing import placed
from kwartier.workspace.shelf import Shelf

if TYPE_CHECKING:
    from kwartier.reports.exports.measured import Measured
    from kwartier.reports.exports.source import Source

Progress = Callable[[int, int], None]
FORMS = ("xlsx", "csv", "json")
SEPARATORS = (";", ",")


class Wish(Struct, frozen=True, kw_only=True):
    """What to export, how, and where to."""

    path: Path
    form: Literal["xlsx", "csv", "json"]
    refs: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    "Slugs: all records of these."
    everything: bool = False
    instrument: str = ""
    "Only records of this instrument."
    texts: bool = False
    "Whether what people wrote goes along; never with `names` off."
    names: bool = True
    entitled: bool = False
    "Whether the user confirmed being entitled to a nameless export of a small group."
    separator: str = ";"
    mark: bool = False
    "Whether a CSV file begins with the mark by which Excel knows UTF-8."
    overwrite: bool = False


class Exported(Struct, frozen=True, kw_only=True):
    """What was written, and what was left out."""

    files: tuple[str, ...]
    measurements: int
    rows: int
    "Answers."
    locked: int
    "Students who are locked."
    unreadable: tuple[str, ...]
    "References of records that cannot be read; an organisation by its slug."


class _Sink(Protocol):
    @property
    def rows(self) -> int: ...

    def add(self, source: Source, told: Measured) -> None: ...

    def end(self, about: Iterable[str]) -> None: ...

    def drop(self) -> None: ...


def export(shelf: Shelf, wish: Wish, progress: Progress = lambda done, of: None) -> Exported:
    """Writes the export. Raises `Misused` for what cannot go together, `Refused` where there is nothing to export,
    the group is too small to be shown without names, or a file stands there already.
    """
    if wish.texts and not wish.names:
        raise Misused(
            "options-mixed",
            "Toelichtingen kunnen niet mee zonder namen: in wat mensen schrijven, kunnen namen staan.",
            advice="Laat een van beide weg.",
        )
    found = chosen(shelf, wish.refs, wish.organisations, wish.instrument, everything=wish.everything)
    naming = Naming(shelf, found.refs, names=wish.names)
    kept = Kept(unreadable=list(found.unreadable))
    paths = files_of(wish)
    with placed(paths, overwrite=wish.overwrite) as temporary:
        sink = _sink(shelf, wish, temporary)
        try:
            _fill(shelf, wish, found, naming, kept, sink, progress)
            require_shown(kept, names=wish.names, entitled=wish.entitled)
            sink.end(about(shelf.today(), kept, names=wish.names, texts=wish.texts))
        except BaseException:
            sink.drop()
            raise
    return Exported(
        files=tuple(str(path) for path in paths),
        measurements=kept.records,
        rows=sink.rows,
        locked=len(kept.locked),
        unreadable=tuple(kept.unreadable),
    )


def files_of(wish: Wish) -> list[Path]:
    """Where it goes: one file, and of CSV the codebook and the texts beside it."""
    if wish.form != "csv":
        return [wish.path]
    more = ("codeboek", "toelichtingen") if wish.texts else ("codeboek",)
    return [wish.path, *(wish.path.with_name(f"{wish.path.stem}-{part}{wish.path.suffix}") for part in more)]


def _sink(shelf: Shelf, wish: Wish, paths: list[Path]) -> _Sink:
    if wish.form == "csv":
        from kwartier.reports.exports.delimited import Delimited

        return Delimited(paths, separator=wish.separator, mark=wish.mark)
    if wish.form == "json":
        from kwartier.reports.exports.json_lines import JsonLines

        return JsonLines(paths[0], names=wish.names, texts=wish.texts)
    from kwartier.reports.exports.workbook import Workbook

    today = shelf.today()
    return Workbook(paths[0], made=today if wish.names else today.replace(day=1), texts=wish.texts)


def _fill(shelf: Shelf, wish: Wish, found: Chosen, naming: Naming, kept: Kept, sink: _Sink, progress: Progress) -> None:
    from kwartier.reports.exports.gathering import measured

    refs = naming.ordered
    for number, ref in enumerate(refs):
        progress(number, len(refs))
        try:
            source = _source(shelf, ref, naming, wish)
            told = measured(source)
        except KwartierError as error:
            kept.leave_out(ref, error.code)
            continue
        kept.keep(ref, source.header)
        sink.add(source, told)
    progress(len(refs), len(refs))
    if not kept.records:
        raise Refused(
            "nothing-to-export",
            "Er is niets om te exporteren.",
            place=str(shelf.folder.path),
            advice=f"Niet te lezen of op slot: {kept.left}." if kept.left else "Kies een andere organisatie of meting.",
        )


def _source(shelf: Shelf, ref: Ref, naming: Naming, wish: Wish) -> Source:
    """A record as everybody may see it, under the names of this export."""
    from kwartier.reports.exports.source import Source

    case = shelf.case(ref)
    seen = seen_of(shelf, case, None)
    outcome = outcome_of(seen.record, seen.content, case.hooks.score)
    code, name = naming.organisation(ref.organisation, seen.organisation)
    source = Source(
        record=seen.record,
        content=seen.content,
        header=seen.header,
        outcome=outcome,
        ref=naming.record(ref),
        organisation=code,
        organisation_name=name,
        subject=naming.subject(ref),
        names=wish.names,
        texts=wish.texts,
    )
    follows = seen.record.envelope.follows
    if not follows or outcome is None:
        return source
    try:
        change = compare(shelf, ref, follows, None).change
        earlier = see(shelf, follows, None)
    except KwartierError:  # the earlier one is gone, locked or another instrument's: then nothing is compared
        return source
    # who assessed then and now is told by code, as everywhere in an export
    differs = tuple(differences([replace(one, names={}) for one in (earlier, seen)]))
    return replace(source, before=naming.earlier(follows), change=change, differs=differs)
