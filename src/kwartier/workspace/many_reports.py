"""The reports of many records in one go, into one folder. What stands there already is left, so that it can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from kwartier.errors import KwartierError, Refused
from kwartier.store.disk import make_folder
from kwartier.store.refs import parse_ref
from kwartier.store.refusals import refusal
from kwartier.workflow.settled import is_definitive
from kwartier.workspace import documents, outside
from kwartier.workspace.shelf import Shelf
from kwartier.workspace.writing import Writer

Progress = Callable[[int, int], None]


class ReportsWanted(Struct, frozen=True, kw_only=True):
    """Which reports, and how."""

    folder: Path
    writers: Sequence[Writer]
    refs: Sequence[str] = ()
    organisations: Sequence[str] = ()
    "Slugs: also all records of these."
    instrument: str = ""
    "Of those, only records of this instrument."
    variant: str = documents.FULL
    names: bool = True
    definitive: bool = False
    "Only of records that are definitive."
    template: bytes | None = None
    "For the formats that take one."
    overwrite: bool = False


class ReportsMade(Struct, frozen=True, kw_only=True):
    """What came of it: files by path."""

    written: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    "What stood there already and was left."
    old: tuple[str, ...] = ()
    "Of those, what is older than its record."
    left: tuple[tuple[str, str], ...] = ()
    "What has no report here, each with why: a record by its reference, an organisation by its slug."
    cancelled: bool = False


def write_reports(
    shelf: Shelf, wanted: ReportsWanted, progress: Progress, cancelled: Callable[[], bool] = lambda: False
) -> ReportsMade:
    """Writes them one by one; each file is there whole or not at all. A record that cannot be read is told."""
    outside.check_outside(wanted.folder)
    try:
        make_folder(wanted.folder.absolute())
    except OSError as error:
        raise refusal(error, wanted.folder) from error
    written: list[str] = []
    there: list[str] = []
    old: list[str] = []
    refs, left = _refs(shelf, wanted)
    stopped = False
    for number, ref in enumerate(refs):
        progress(number, len(refs))
        if stopped := cancelled():
            break
        try:
            for path, made in _files(shelf, ref, wanted):
                if made is None:
                    there.append(str(path))
                    if _is_older(shelf, ref, path):
                        old.append(str(path))
                else:
                    outside.write(path, made, overwrite=wanted.overwrite)
                    written.append(str(path))
        except KwartierError as error:
            left.append((ref, error.message))
    else:
        progress(len(refs), len(refs))
    return ReportsMade(written=tuple(written), there=tuple(there), old=tuple(old), left=tuple(left), cancelled=stopped)


_NAMES = {
    documents.FULL: "verslag",
    documents.BOARD: "samenvatting",
    documents.PAGE: "tekenblad",
    documents.FIGURES: "cijfers",
}


def file_name(ref: str, variant: str, writer: Writer, *, names: bool = True) -> str:
    """What the file of a report is called: from its reference, which no other report has."""
    kind = _NAMES.get(variant, variant)
    more = "" if names else "-zonder-namen"
    return f"{kind}-{ref.replace('/', '-')}{more}{writer.extension}"


def _refs(shelf: Shelf, wanted: ReportsWanted) -> tuple[list[str], list[tuple[str, str]]]:
    """The records that are meant, each once; and the organisations whose records cannot be listed, with why."""
    found, closed = list(wanted.refs), []
    for slug in wanted.organisations:
        try:
            records = shelf.folder.assessments(slug)
        except KwartierError as error:  # its folder is closed to this user
            closed.append((slug, error.message))
        else:
            found += [str(ref) for ref in records if wanted.instrument in ("", ref.instrument)]
    return list(dict.fromkeys(found)), closed


def _files(shelf: Shelf, ref: str, wanted: ReportsWanted) -> Iterator[tuple[Path, bytes | None]]:
    """The files of one record; None for what stands there already. The document is made once, and only if needed."""
    if wanted.definitive:
        case = shelf.case(ref)
        if not is_definitive(case.record, case.content):
            raise Refused("not-definitive", "Nog niet definitief.", place=ref, advice="Maak het verslag definitief.")
    document = None
    for writer in wanted.writers:
        path = wanted.folder / file_name(ref, wanted.variant, writer, names=wanted.names)
        if path.exists() and not wanted.overwrite:
            yield path, None
            continue
        if document is None:
            document = documents.document(
                shelf, ref, None, against=None, agreement=True, variant=wanted.variant, names=wanted.names
            )
        yield path, writer.write(document, template=wanted.template if writer.takes_template else None)


def _is_older(shelf: Shelf, ref: str, path: Path) -> bool:
    """Whether a record was saved after its report was written."""
    newest = max((time for _, _, time, _ in shelf.folder.stamp(parse_ref(ref))), default=0)
    try:
        return path.stat().st_mtime_ns < newest
    except OSError:
        return False
