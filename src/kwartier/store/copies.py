"""Conflict copies: what synchronisers leave beside a file that two machines changed; merging them is done elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_TOML = ".toml"
_ALWAYS = (
    re.compile(r"(?P<base>.+?)\s*\(.*conflict.*\)", re.IGNORECASE),  # Dropbox, in several languages, and Nextcloud
    re.compile(r"(?P<base>.+?)_conflict-.+", re.IGNORECASE),  # Nextcloud and ownCloud, older
    re.compile(r"(?P<base>.+?)\.sync-conflict-\d{8}-\d{6}(-\w+)?"),  # Syncthing
    re.compile(r"(?P<base>.+?) \(\d{1,3}\)"),  # Google Drive, and many browsers
)
_BESIDE_ITS_BASE = re.compile(r"(?P<base>.+?) \d{1,3}")  # iCloud
_HOST = re.compile(r"[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A copy that a synchroniser made, and the file that it is a copy of (which may be gone)."""

    path: Path
    original: Path


def original_name(name: str, beside: Collection[str]) -> str | None:
    """The name of the file that `name` is a conflict copy of, given the names in its folder; None when it is none."""
    if not name.endswith(_TOML):
        return None
    stem = name.removesuffix(_TOML)
    for pattern in _ALWAYS:
        if found := pattern.fullmatch(stem):
            return found["base"] + _TOML
    if (found := _BESIDE_ITS_BASE.fullmatch(stem)) and found["base"] + _TOML in beside:
        return found["base"] + _TOML
    return _of_onedrive(stem, beside)


def conflict_copies(folder: Path) -> list[ConflictCopy]:
    """Every conflict copy of a TOML file in a folder and below, symbolic links not followed."""
    found = []
    for place, _, names in os.walk(folder):
        beside = set(names)
        for name in sorted(names):
            if original := original_name(name, beside):
                found.append(ConflictCopy(Path(place, name), Path(place, original)))
    return sorted(found, key=lambda copy: copy.path)


def _of_onedrive(stem: str, beside: Collection[str]) -> str | None:
    """The longest name that stands there, if what follows its hyphen looks like a computer's name.

    That has a capital, which no file of kwartier has: `scores-extra` beside `scores` is a step of its own.
    """
    cuts = [at for at, sign in enumerate(stem) if sign == "-"]
    bases = (stem[:at] for at in reversed(cuts) if _HOST.fullmatch(stem[at + 1 :]))
    return next((base + _TOML for base in bases if base + _TOML in beside), None)
