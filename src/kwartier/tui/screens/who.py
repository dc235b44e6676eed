"""Asks who is at the keyboard. No password: it is an agreement between colleagues, and the screen says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kwartier.tui.screens.dialogs import Choose
from kwartier.workflow.people import role_words

if TYPE_CHECKING:
    from kwartier.workspace.desk import Desk

NOBODY = "niemand in het bijzonder (alleen wat iedereen mag zien)"


class WhoScreen(Choose):
    """Gives the code of the person, an empty text for nobody in particular, None where it was closed."""

    def __init__(self, desk: Desk) -> None:
        people = _with_roles(desk, named(desk, [one.id for one in desk.people()]))
        super().__init__(
            "Wie zit er achter het toetsenbord?",
            [*people, ("", NOBODY)],
            "Van wat een ander apart doet, ziet u alleen hoe ver het is. Er wordt geen wachtwoord gevraagd: dit is een "
            "afspraak onder collega's.",
        )


def _with_roles(desk: Desk, people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same, with what each is here, where not all are the same."""
    roles = {one.id: one.role for one in desk.people()}
    if len(set(roles.values())) < 2:
        return people
    return [(code, f"{title} · {role_words(desk.content, roles[code])[0]}") for code, title in people]


def named(desk: Desk, codes: Sequence[str]) -> list[tuple[str, str]]:
    """People to choose from: their names, with the code only where two have the same name."""
    names = [desk.name(code) for code in codes]
    return [
        (code, name if names.count(name) == 1 or name == code else f"{name} ({code})")
        for code, name in zip(codes, names, strict=True)
    ]
