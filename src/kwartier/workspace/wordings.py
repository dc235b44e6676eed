"""Wording overlays: the official texts laid over kwartier's by who holds the publication.

They stand in the user's config folder alone and never enter a data folder, a hand-over or a report.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import Content, Header
from kwartier.instrument.parsing import parse
from kwartier.instrument.wording import check_overlay, lay_over, overlay_of, read_overlay, template
from kwartier.plugins.host import Host
from kwartier.records.canonical import digest
from kwartier.store import files
from kwartier.store.disk import fingerprint_of, make_folder
from kwartier.workspace.outside import read
from kwartier.workspace.places import config_folder

OWN_WORDING = (
    "U leest hier de formulering die op deze computer over die van kwartier is gelegd. Waar die niets zegt, staat de "
    "tekst van kwartier; de publicatie is leidend."
)
"""Said in the place of the content's own remark on its wording, wherever an overlay is shown."""


class InUse(Struct, frozen=True):
    """The overlay that is used for an instrument."""

    instrument: str
    path: str
    pin: str


def _path(header: Header) -> Path:
    return config_folder() / "wording" / f"{header.id}-{_safe(header.edition)}.toml"


def _safe(edition: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in edition)


def new(host: Host, instrument: str) -> str:
    """A file to fill in: the ids of the instrument with empty texts."""
    opened = host.open(instrument)
    return template(opened.header, opened.content)


def check(host: Host, path: Path) -> tuple[Header, list[Any]]:
    """The instrument that a file is for, and all that does not fit or is still empty. Raises `Mistaken`."""
    return _checked(host, read(path), path)


def _checked(host: Host, data: bytes, path: Path) -> tuple[Header, list[Any]]:
    overlay = read_overlay(data, str(path))
    opened = host.open(overlay.instrument)
    return opened.header, check_overlay(overlay, opened.header, opened.content)


def use(host: Host, path: Path) -> InUse:
    """Uses a file from now on, on this machine, for this user. Refuses one that does not fit the instrument."""
    data = read(path)
    header, found = _checked(host, data, path)
    errors = [one.text for one in found if one.level == "error"]
    if errors:
        raise Refused(
            "wording-wrong",
            "Deze formulering past niet bij het instrument:\n" + "\n".join(f"- {text}" for text in errors),
            place=str(path),
            advice="Verbeter het bestand; 'kwartier formulering controleer' laat zien of het goed is.",
        )
    target = _path(header)
    make_folder(target.parent)
    files.replace(target, data, expected=fingerprint_of(target) if target.exists() else None)
    return InUse(header.id, str(target), _pin(data, target))


def drop(host: Host, instrument: str) -> bool:
    """Goes back to kwartier's wording; False where that was used already."""
    path = _path(host.open(instrument).header)
    print_ = fingerprint_of(path) if path.exists() else None
    if print_ is None:
        return False
    files.remove(path, expected=print_)
    return True


def in_use(header: Header) -> InUse | None:
    """The overlay that is used for an instrument, if there is one that can be read."""
    path = _path(header)
    try:
        data = files.find_bytes(path)
        return InUse(header.id, str(path), _pin(data, path)) if data is not None else None
    except KwartierError:
        return None


def shown(header: Header, content: Content) -> tuple[Content, str]:
    """The content as this user reads it, and the pin of the wording; empty for kwartier's own.

    An overlay that cannot be used is passed over; `trouble` tells about it.
    """
    try:
        return _laid_over(header, content)
    except KwartierError:
        return content, ""


def trouble(header: Header, content: Content) -> KwartierError | None:
    """Why the overlay that is there cannot be used, so that kwartier's own wording is shown; None where all is well."""
    try:
        _laid_over(header, content)
    except KwartierError as error:
        return error
    return None


def there(header: Header) -> bool:
    """Whether this user has an overlay for an instrument, whatever is in it."""
    return os.path.lexists(_path(header))


def _laid_over(header: Header, content: Content) -> tuple[Content, str]:
    path = _path(header)
    data = files.find_bytes(path)
    if data is None:
        return content, ""
    tree = parse(data, str(path))
    overlay = overlay_of(tree, str(path))
    errors = [one for one in check_overlay(overlay, header, content) if one.level == "error"]
    if errors:
        raise Refused(
            "wording-wrong",
            f"De formulering in gebruik past niet bij dit instrument: {errors[0].text}",
            place=str(path),
            advice="Kijk haar na met 'kwartier formulering controleer', of stop ermee.",
        )
    laid = lay_over(content, overlay)
    if laid.report is not None:
        laid = replace(laid, report=replace(laid.report, wording=OWN_WORDING))
    return laid, digest(tree)


def _pin(data: bytes, path: Path) -> str:
    tree = parse(data, str(path))
    return digest(tree)
