"""Which student a command is about: by code, or by the name behind it. No command stands here."""

from __future__ import annotations

from kwartier.errors import KwartierError, Misused
from kwartier.workspace import Workspace


def code_of(ws: Workspace, slug: str, who: str) -> str:
    """The code of a student that was given by code or name; what is neither comes back as it is, to be refused."""
    wanted = " ".join(who.split()).casefold()
    found = []
    for code in ws.subjects(slug):
        if code == who:
            return code
        try:
            name = ws.subject(slug, code).name
        except KwartierError:  # of who is locked or damaged only the code is known
            continue
        if name and name.casefold() == wanted:
            found.append(code)
    if len(found) > 1:
        raise Misused(
            "name-ambiguous",
            f"'{who}' staat hier voor meer dan een student: {', '.join(found)}.",
            advice="Gebruik de code.",
        )
    return found[0] if found else who
