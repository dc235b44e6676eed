"""The views of a comparison of organisations: what they are called, and the figure of each."""

from __future__ import annotations

from kwartier.analysis.compared import Compared
from kwartier.tui.screens import organisations_compared_counts as counts
from kwartier.tui.screens import organisations_compared_items as items
from kwartier.tui.screens import organisations_compared_rows as totals
from kwartier.tui.widgets.figure_lines import Figure
from kwartier.tui.widgets.view_tabs import View

MEANS, END, DIFFERENCE, ITEMS, SPREAD, ANSWERS, ACCOUNT, GROUPS = range(1, 9)

VIEWS: tuple[View, ...] = (
    View(MEANS, ("Gemiddelde per organisatie", "Gemiddelde", "Gemiddeld")),
    View(END, ("Eind tegen begin", "Eind", "Eind")),
    View(DIFFERENCE, ("Verschil per organisatie", "Verschil", "Verschil")),
    View(ITEMS, ("Verschil per item", "Items", "Items")),
    View(SPREAD, ("Verdeling per item", "Verdeling", "Verdeling")),
    View(ANSWERS, ("Antwoorden", "Antwoorden", "Geteld")),
    View(ACCOUNT, ("Verantwoording", "Uitleg", "Uitleg")),
)
WITH_GROUPS = (*VIEWS, View(GROUPS, ("Groepen", "Groepen", "Groepen")))


def has_begin(compared: Compared | None) -> bool:
    """Whether there are totals at the begin."""
    return compared is not None and compared.change is not None and compared.change.total is not None


def figure(view: int, compared: Compared, *, at_begin: bool) -> Figure:
    """The figure of a view; where there is nothing to draw, why."""
    change = compared.change
    if view == MEANS:
        return totals.begin(compared, change) if change and at_begin else totals.newest(compared)
    if view == SPREAD:
        return items.distributions(compared)
    if view == ANSWERS:
        return counts.answers(compared)
    if view == GROUPS:
        return counts.groups(compared)
    if change is None:
        return Figure("Begin en einde", compared.change_why or "Er is geen begin en einde om te vergelijken.")
    if view == ITEMS:
        return items.differences(compared, change)
    if change.total is None:
        return Figure("Begin en einde", "Dit instrument heeft geen gemiddelde over alle items; kies 4 voor de items.")
    return totals.end(compared, change) if view == END else totals.differences(compared, change)
