"""What the conformance kit finds: one problem, with the check that found it."""

from __future__ import annotations

from msgspec import Struct


class Problem(Struct, frozen=True):
    """Something that keeps an instrument from working, or an author should know.

    `check` is one of `CHECKS`; `where` a file, step or item; `message` is English, or what a user would be told
    (Dutch).
    """

    check: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"[{self.check}] {self.where}: {self.message}"
