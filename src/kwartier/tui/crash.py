"""The end after a mistake of kwartier itself: save first, then report, then leave with a status that is not 0.

The report and what is printed name where it went wrong, never a value: that may be somebody's story.
"""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from kwartier import __version__
from kwartier.tui.widgets.typing_fields import _Bound

if TYPE_CHECKING:
    from textual.screen import Screen

STATUS = 70
"""The exit status of a mistake of kwartier itself, as on the command line."""

_TRIES = 3
"""How often a screen is asked to save: what failed once is left out the next time."""


def save(screens: Iterable[Screen[object]]) -> bool:
    """Saves everything typed on every screen; gives whether all of it is safe. Never raises."""
    return min(map(_saved, screens), default=True)


def _saved(screen: Screen[object]) -> bool:
    save_now = getattr(screen, "save_now", None)
    if save_now is None:
        return True
    # Every field gives what it holds by itself: a message that tells that somebody typed may still be on its way, and
    # one field that fails is no reason to lose the others.
    given = [_given(field) for field in screen.walk_children() if isinstance(field, _Bound)]
    for _ in range(_TRIES):
        with suppress(Exception):
            return not save_now() and all(given)
        given.append(False)
    return False


def _given(field: _Bound) -> bool:
    try:
        return field.collect() is None
    except Exception:
        return False


def report(error: BaseException, folder: Path) -> Path | None:
    """Writes the report into a folder; None where even that is impossible."""
    now = datetime.now().astimezone()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        path.write_text(_report(error, now), encoding="utf-8")
        path.chmod(0o600)
    except OSError:
        return None
    return path


def told(error: BaseException, path: Path | None, *, safe: bool) -> str:
    """What the user reads on the terminal once it is theirs again (Dutch)."""
    lines = [f"Er ging iets mis in kwartier zelf ({_names(error)[-1]}). kwartier is gestopt."]
    if safe:
        lines.append("Wat u getypt had, is eerst bewaard.")
    else:
        lines.append("Niet alles wat u het laatst typte kon nog worden bewaard; wat al bewaard was, staat er nog.")
    if path is not None:
        lines.append(f"Waar het misging staat in {path}")
        lines.append("Meld dit met dat bestand; er staan geen gegevens in.")
    else:
        lines.append("Een verslag van waar het misging kon niet worden geschreven.")
    return "\n".join(lines)


def cause(error: BaseException) -> BaseException:
    """What really went wrong: a worker tells of it in a wrapping."""
    return error.error if isinstance(error, WorkerFailed) else error


def _names(error: BaseException) -> list[str]:
    return [type(one).__name__ for one in _chain(error)]


def _chain(error: BaseException) -> list[BaseException]:
    """The first cause first. A chain that goes round ends."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and not any(one is before for before in found):
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found[::-1]


def _report(error: BaseException, now: datetime) -> str:
    lines = [
        f"kwartier {__version__}, textual {version('textual')}",
        f"python {platform.python_version()}, {platform.system()}",
        f"{now:%Y-%m-%d %H:%M:%S %z}",
    ]
    for one in _chain(error):
        lines += ["", type(one).__name__, *(f"  {frame}" for frame in _frames(one))]
    return "\n".join(lines) + "\n"


def _frames(error: BaseException) -> list[str]:
    """file:line function, from the outside to where it happened. The home of a user is left out of the paths."""
    return [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
