"""The garden with facts that may be estimates and that suggest scores, for the tests of every face."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.workspace.conftest import Garden

from kwartier.plugins.host import Host
from kwartier.workspace import Workspace

FACTS = """
[[fact]]
id = "bomen"
title = "Hoeveel bomen staan er?"
short = "bomen"
kind = "count"
unit = "bomen"
estimate = true
minimum = 0
help = "Struiken tellen niet mee."

[[fact]]
id = "dood"
title = "Hoeveel daarvan zijn dood?"
short = "dode bomen"
kind = "count"
estimate = true
minimum = 0
at_most = "bomen"

[[fact]]
id = "dieren"
title = "Welke dieren komen er?"
kind = "choices"
options = ["egel", "merel", "vleermuis"]

[[lookup]]
item = "1"
fact = "bomen"
table = [{ stretch = [
    { value = 1, most = "0" },
    { value = 2, above = "0", most = "9" },
    { value = 3, above = "9", most = "20" },
    { value = 4, least = "20", most = "40" },
    { value = 5, above = "40" },
] }]

[[lookup]]
item = "3"
fact = "dieren"
unit = "soorten"
table = [{ stretch = [{ value = 1, most = "1" }, { value = 4, least = "2" }] }]
"""

IDS = '["oppervlak", "bedden", "bomen", "dood", "dieren"]'


def with_facts(text: str) -> str:
    """The content of the garden with these facts and look-ups."""
    return text.replace('["oppervlak", "bedden"]', IDS).replace("[[step]]", f"{FACTS}\n[[step]]", 1)


class Orchard(Garden):
    """A garden with them."""

    @contextmanager
    def open(self, host: Host | None = None) -> Iterator[Workspace]:
        """The workspace on this folder."""
        with super().open(host or self.host(with_facts)) as ws:
            yield ws
