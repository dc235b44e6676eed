"""The explanation of an item on a desk: what it says, and writing it as somebody types."""

from __future__ import annotations

from kwartier.records.files import NotesFile
from kwartier.workspace.desk import Desk


def text(desk: Desk, item: str) -> str:
    rows = desk.record.read("toelichting", NotesFile).explanation
    return next((row.text for row in rows if row.item == item), "")


def write(desk: Desk, item: str, words: str, burst: str = "") -> None:
    given = {"explanation": [{"item": item, "text": words}]}
    desk.give("toelichting", given, name=f"toelichting bij item {item}", burst=burst)
