"""The checks that several kinds of rows share: what stands once, what must exist, which span is the wrong way round."""

from __future__ import annotations

from collections.abc import Iterable

from .mistakes import Flaw, listed, shown
from .places import Path


def repeated(values: Iterable[tuple[Path, str]], what: str = "een id") -> list[Flaw]:
    """A flaw for each value that stood before."""
    seen: set[str] = set()
    flaws: list[Flaw] = []
    for path, value in values:
        if value in seen:
            flaws.append(Flaw(path, f"nog een keer {shown(value)}", f"{what} die nog niet gebruikt is"))
        seen.add(value)
    return flaws


def unknown(path: Path, value: str, choices: Iterable[str], what: str) -> list[Flaw]:
    """A flaw when `value` is none of the choices; `what` names them in Dutch, in the plural."""
    known = tuple(choices)
    if value in known:
        return []
    return [Flaw(path, shown(value), f"een van de {what} {listed(known)}", value, known)]


def span_flaws(minimum: int | None, maximum: int | None, path: Path) -> list[Flaw]:
    """A flaw when the maximum is below the minimum."""
    if minimum is None or maximum is None or minimum <= maximum:
        return []
    return [Flaw((*path, "maximum"), str(maximum), f"minstens het minimum, {minimum}")]
