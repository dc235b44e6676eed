"""What can go wrong in a way that a user can mend: one small family, shown at the edge by the faces."""

from __future__ import annotations


class KwartierError(Exception):
    """A refusal with a message for the user (Dutch), the place and what to do instead.

    `code` is a stable English word for programs, `place` a path (with line) or reference, `advice` the next step.
    """

    status = 1

    def __init__(self, code: str, message: str, *, place: str | None = None, advice: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.advice = advice


class Refused(KwartierError):
    """The request is understood, and may not or cannot be done now."""


class Misused(KwartierError):
    """The request itself is wrong: an unknown step, a value that does not exist, a file of another form."""

    status = 2


class Unreadable(KwartierError):
    """A file cannot be read as what it should be; it stays as it is and is never overwritten."""


class Conflict(KwartierError):
    """Two changes of the same field; `theirs` and `mine` are both kept for the user to choose from."""

    def __init__(self, message: str, *, place: str, mine: object, theirs: object, advice: str | None = None) -> None:
        super().__init__("conflict", message, place=place, advice=advice)
        self.mine = mine
        self.theirs = theirs
