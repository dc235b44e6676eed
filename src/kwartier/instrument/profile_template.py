"""The file that a programme begins its profile with: valid as it stands, with what may be added as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .mistakes import clean
from .model import Content, Header, Scale

_TEXT = """\
# Opleidingsprofiel bij {title}
#
# Hierin zet een opleiding haar eigen uitkomsten naast de items van het instrument. Vul in wat van u is, haal weg wat u
# niet gebruikt, en kijk het na: kwartier opleiding controle BESTAND
# Daarna: kwartier opleiding gebruik BESTAND. Welk item bij welke uitkomst hoort, mag later.
schema = 1
id = "opleiding"                  # kleine letters, cijfers en streepjes; verandert nooit
instrument = {instrument}
title = "Naam van de opleiding"
school = ""                       # wie haar geeft
edition = ""                      # jaar of versie
source = ""                       # waar zij beschreven staat
{when}\
outcome_word = "leeruitkomst"     # hoe een uitkomst bij u heet
outcome_words = "leeruitkomsten"

# ---- Koppelingen: welk item bij welke uitkomst hoort; een item mag er bij meer horen. Haal het hekje weg, en zet de
# goede uitkomst neer. Het kan ook later, met een opdracht: kwartier opleiding koppel ID ITEM UITKOMST …
link = [
{links}
]
{scales}
# ---- Taken van het beroep, zoals de opleiding ze ordent. Mag weg.
[[task]]
id = "a"
title = "Eerste taak"

# ---- De uitkomsten van de opleiding.
[[outcome]]
id = "u1"
title = "Eerste uitkomst"
task = "a"
text = ""

# ---- Modules met hun studielast. Mag weg.
[[module]]
id = "m1"
title = "Eerste module"
ec = 0
outcomes = ["u1"]
"""


def template(header: Header, content: Content) -> str:
    """The text of a profile for this instrument, with its items and its scales named in comments."""
    when = "".join(
        f"# Voor welke keuze het profiel is, bijvoorbeeld: when = {{ {one.id} = [{_value(one.values[-1])}] }}\n"
        for one in content.parameter[:1]
        if one.values
    )
    return _TEXT.format(
        title=clean(header.title),
        instrument=_quoted(header.id),
        when=when,
        links="\n".join(_links(content)),
        scales="\n".join(line for scale in content.scale for line in _scale(scale)),
    )


def _links(content: Content) -> Iterator[str]:
    for section in content.section:
        yield f"  # {clean(section.id)}. {clean(section.title)}"
        for item in section.item:
            yield f'  # {{ outcome = "u1", item = {_quoted(item.id)} }},  # {clean(item.short or item.title)}'


def _scale(scale: Scale) -> Iterator[str]:
    yield ""
    yield f"# ---- Eigen antwoorden in plaats van die van de schaal {_quoted(scale.id)}. Alleen als u andere gebruikt."
    yield f"# scale = {_quoted(scale.id)}"
    yield "# option = ["
    for option in scale.options:
        key = f", key = {_quoted(option.key)}" if option.key else ""
        title = clean(option.title or str(option.value))
        yield f"#   {{ value = {_quoted(str(option.value))}, title = {_quoted(title)}{key} }},"
    yield "# ]"


def _value(value: int | str) -> str:
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
