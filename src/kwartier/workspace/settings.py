"""The settings of this user, in settings.toml of the config folder; never in a data folder. Imports little."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.workspace.places import config_folder

MAX_MINUTES = 24 * 60
"""The longest time budget of an interview that makes sense: a day."""

_LIMIT = 1024 * 1024
_MEND = "Herstel het bestand in een teksteditor, of verwijder het: dan gelden de gewone instellingen."


class Settings(NamedTuple):
    """What a user may choose. Empty, or None, is what kwartier does by itself."""

    data: str = ""
    "The data folder: a whole path, or one that begins with ~."
    theme: str = ""
    minutes: int | None = None
    "The time budget of an interview, in place of what its instrument says."


def settings_file() -> Path:
    """Where the settings stand."""
    return config_folder() / "settings.toml"


def read() -> Settings:
    """The settings. Raises `Unreadable`, with path and line, where the file is no settings file."""
    path = settings_file()
    return _checked(_tree(path), path)


def read_or_default() -> tuple[Settings, KwartierError | None]:
    """The settings, or the usual ones with what is wrong: for starting, which always has to succeed."""
    try:
        return read(), None
    except KwartierError as error:
        return Settings(), error


def chosen_data() -> str:
    """The data folder that is chosen in the settings, or empty; a mistake elsewhere in them does not matter."""
    path = settings_file()
    tree = _tree(path)
    return _checked({key: tree[key] for key in ("data",) if key in tree}, path).data


def save(changed: Settings) -> None:
    """Writes these settings; keys that kwartier does not know stay, what has its usual value is left out.

    Raises `Unreadable` where the file that is there cannot be read, `Misused` for a value that does not fit; then
    nothing is written.
    """
    from kwartier.store import disk, files, refusals

    path = settings_file()
    try:
        _checked(_chosen(changed), path)
    except Unreadable as error:
        raise Misused(error.code, error.message, advice="Kies iets anders; er is niets veranderd.") from error

    def replaced(tree: dict[str, Any] | None) -> dict[str, Any] | None:
        before = tree or {}
        _checked(before, path)
        after = {key: value for key, value in before.items() if key not in Settings._fields} | _chosen(changed)
        return after if after or tree is not None else None

    _tree(path)  # an empty file is read as no settings, and may be replaced
    try:
        disk.make_folder(path.parent)
    except OSError as error:
        raise refusals.refusal(error, path.parent) from error
    _remove_empty(path)
    files.update(path, replaced)


def _chosen(settings: Settings) -> dict[str, Any]:
    return {key: value for key, value in settings._asdict().items() if value != Settings._field_defaults[key]}


def _remove_empty(path: Path) -> None:
    """Takes a file without any text away: there is nothing in it to lose, and it is not TOML of kwartier."""
    from kwartier.store import disk, files

    data = files.find_bytes(path)
    if data is not None and not data.strip():
        files.remove(path, expected=disk.fingerprint(data))


def _tree(path: Path) -> dict[str, Any]:
    """The file as it stands; empty where there is none. Raises `Unreadable`."""
    try:
        with path.open("rb") as opened:
            data = opened.read(_LIMIT + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = "Het bestand met uw instellingen is niet te lezen."
        raise Unreadable("settings-unreadable", message, place=str(path), advice=_MEND) from error
    if len(data) > _LIMIT:
        raise Unreadable("settings-too-large", "Dit bestand is te groot.", place=str(path), advice=_MEND)
    import tomli

    try:
        return tomli.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    except tomli.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or 1
    except (ValueError, RecursionError):
        line = 1
    message = "Op deze regel van uw instellingen staat geen geldige TOML."
    raise Unreadable("settings-not-toml", message, place=f"{path}:{line}", advice=_MEND)


def _checked(tree: dict[str, Any], path: Path) -> Settings:
    """The tree as settings. Raises `Unreadable` for the first value that does not fit."""
    for key in ("data", "theme"):
        if not isinstance(tree.get(key, ""), str):
            raise _wrong(path, key, "hier hoort een tekst tussen aanhalingstekens")
    data, minutes = tree.get("data", ""), tree.get("minutes")
    if data and not (data.startswith("~") or Path(data).is_absolute()):
        raise _wrong(path, "data", "hier hoort een heel pad, dat met / (of een schijfletter) of ~ begint")
    if minutes is not None and (type(minutes) is not int or not 0 < minutes <= MAX_MINUTES):
        raise _wrong(path, "minutes", f"hier hoort een heel getal, van 1 tot en met {MAX_MINUTES}")
    return Settings(data, tree.get("theme", ""), minutes)


def _wrong(path: Path, key: str, what: str) -> Unreadable:
    message = f"De instelling '{key}' klopt niet: {what}."
    return Unreadable("setting-wrong", message, place=f"{path}:{_line(path, key)}", advice=_MEND)


def _line(path: Path, key: str) -> int:
    """The line on which a key stands, for the message alone."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 1
    return next((n for n, line in enumerate(lines, 1) if line.split("=")[0].strip().strip("\"'") == key), 1)
