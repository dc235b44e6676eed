"""Tables about gardens for the tests of taking over, and the garden instrument with two rounds and goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.workspace.conftest import Garden

from kwartier.plugins.host import Host
from kwartier.workspace import Workspace
from kwartier.workspace.importing import Seen
from kwartier.workspace.importing_values import Wish

ROUNDS = """
[[parameter]]
id = "ronde"
title = "Ronde"
values = [1, 2]
moments = true
"""
GOAL = """
[[scale]]
id = "doel"
kind = "nominal"
options = [{ value = "A", title = "geen doel" }, { value = "B" }, { value = "C" }, { value = "D" }]
"""
ITEM = """
[[section.item]]
id = "{0}b"
title = "Doel bij {0}"
scale = "doel"
statement = "Het doel is gehaald."
beside = "{0}"
when = {{ ronde = [2] }}
"""
SCORES = (
    "organisatie;ronde;1;2;3;4;5;totaal;niveau\n"
    "De Es;1;1;2;3;4;5;3,0;midden\n"
    "Den & Spar;1;2;2;2;2;2;2,0;laag\n"
    "De Es;2;2;3;4;5;5;3,8;midden\n"
    "Den & Spar;2;4;4;4;4;4;4,0;hoog\n"
)
GOALS = "organisatie;1b;2b\nDe Es;A;D\nDen & Spar;B;C\n"
DATES = ("ronde=1:juni 2024", "ronde=2:2025-07")


def rounds(text: str) -> str:
    """The content with two rounds, and two goals that are asked in the second alone."""
    items = ITEM.format("1") + ITEM.format("2")
    text = text.replace("schema = 1\n", f"schema = 1\n{ROUNDS}", 1).replace(
        "\n[[section]]\n", f"{GOAL}\n[[section]]\n", 1
    )
    return text.replace('\n[[section]]\nid = "B"', f'{items}\n[[section]]\nid = "B"', 1)


def host_of(garden: Garden) -> Host:
    """A host with that instrument."""
    return garden.host(rounds)


def table(garden: Garden, text: str, name: str = "scores.csv") -> Path:
    """A table on the desk."""
    path = garden.home / name
    path.write_text(text, "utf-8")
    return path


def seen(
    ws: Workspace, *paths: Path, dates: Sequence[str] = DATES, parameters: Mapping[str, object] | None = None
) -> Seen:
    """The preview of tables."""
    return ws.preview_tables(Wish(instrument="tuin", files=paths, dates=tuple(dates), parameters=parameters or {}))


def states(one: Seen) -> dict[str, int]:
    """How many records come out like what."""
    counts = {state: len(one.of(state)) for state in ("new", "equal", "added", "changed")}
    return {state: count for state, count in counts.items() if count}


def csv_rows(rows: Iterable[Sequence[object]]) -> str:
    """Rows of a table with semicolons."""
    return "".join(";".join(map(str, row)) + "\n" for row in rows)
