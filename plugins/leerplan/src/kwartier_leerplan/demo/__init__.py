"""The demo of the leerplan: an invented school with three students, at levels 2, 4 and 7.

One has just begun and keeps most to herself, one is in mid-year with a final judgement half done, and one took a
portfolio along from another school and has finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kwartier.api import Workspace
from kwartier_leerplan.demo import beginning, half_way, master
from kwartier_leerplan.demo.common import EXPERT, SCHOOL, moment


def build(workspace: Workspace, today: date) -> Sequence[tuple[str, Sequence[str]]]:
    """Adds the school and its students to a workspace; what is nice to try with it, as the words of a command.

    The same day and chance give the same bytes.
    """
    at = workspace.at(moment(today - timedelta(days=730)))
    slug = at.add_organisation(SCHOOL, kind="opleiding")
    begun = beginning.build(workspace, slug, today)
    half = half_way.build(workspace, slug, today)
    master.build(workspace, slug, today)
    return [
        ("Wat een beoordelaar leest van wie net begonnen is.", ("bewijs", "lijst", begun, "--auditor", EXPERT)),
        ("En wat de student zelf ziet.", ("bewijs", "lijst", begun, "--auditor", beginning.NAME)),
        ("Bij welke leeruitkomsten er bewijs is.", ("dekking", half, "--auditor", half_way.NAME)),
        ("Wat er bij komt van niveau 4 naar 5.", ("ladder", "leerplan", "--van", "4", "--naar", "5")),
        ("Alle studenten samen, zonder namen.", ("groep", slug)),
    ]
