"""What to do about a refusal, in the words of the screen: the core's own advice names commands to type."""

from __future__ import annotations

import re

from kwartier.errors import KwartierError

ADVICE: dict[str, str] = {
    "group-too-small": "Kies een grotere groep. Mag u deze gegevens zien, bevestig dat dan.",
    "not-revealed": "Iedere auditor verzegelt het eigen scoreblad in de stap waarin wordt gescoord (ctrl+s).",
    "definitive": "Heropen het verslag in de stap van het verslag, met een reden.",
    "sealed": "Zolang nog niet alle bladen verzegeld zijn, kunt u uw eigen blad heropenen in de stap waarin u scoort. "
    "Daarna kunt u bij de consensus een antwoord een vergissing noemen.",
    "already-revealed": "Bij de consensus kunt u een antwoord een vergissing noemen.",
    "nothing-earlier": "Verander eerst de tekst die er nu staat; daarna kunt u wissen wat er eerder stond.",
    "few-assessors": "Voeg iemand toe op het scherm van de organisatie, of geef daar een reden.",
    "unknown-person": "Kies wie er achter het toetsenbord zit (ctrl+r).",
    "who": "Kies wie er achter het toetsenbord zit (ctrl+r).",
    "no-crosswalk": "Metingen met hetzelfde instrument vergelijkt u met ctrl+e.",
    "other-instrument": "Kies metingen met hetzelfde instrument.",
    "no-verdict": "Geef het in de stap ervoor.",
    "decided-later": "Open het nieuwste portfolio van deze student, en doe het daar.",
    "not-yours": "Wie dat is, kiest zichzelf met ctrl+r.",
    "locked": "Open de student, druk op l en typ het wachtwoord.",
    "already-encrypted": "Een ander wachtwoord geeft u met w.",
    "code-taken": "Geef een andere code hier.",
    "profile-exists": "Enter opent wat er staat.",
    "instrument-missing": "Kies eerst een instrument over studenten; zonder een is er geen groep.",
    "file-exists": "Kies een andere naam.",
    "not-agreed": "Leg ze vast in de stap consensus, of geef een reden waarom een item niet te beoordelen is.",
}
"""The code of a refusal to what to do on the screen."""

_COMMANDS = re.compile(r"'kwartier |: kwartier |--[a-z]|REF\b")


def advice_for(error: KwartierError) -> str:
    """What to do here. Advice that only names commands to type is left out."""
    if error.code in ADVICE:
        return ADVICE[error.code]
    advice = error.advice or ""
    return "" if _COMMANDS.search(advice) else advice
