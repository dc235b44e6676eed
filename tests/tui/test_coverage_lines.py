"""The lines of the coverage by outcomes: what is counted is what the columns show, and no more is asked than is."""

from __future__ import annotations

from kwartier.analysis.coverage import Coverage, Row, Sum
from kwartier.instrument.profile import Profile
from kwartier.tui.screens.coverage_lines import rows, summary


def row(item: str, section: str, *, pieces: tuple[str, ...] = (), outcomes: tuple[str, ...] = ()) -> Row:
    more = {"own": None, "own_words": "", "topics": (), "judged": ()}
    return Row(item=item, title=item, section=section, pieces=pieces, outcomes=outcomes, **more)  # type: ignore[arg-type]


def test_sections_that_the_programme_leaves_out_ask_for_nothing() -> None:
    items = (row("1.1", "1", outcomes=("o1",)), row("1.2", "1", pieces=("B1",)), row("2.1", "2", pieces=("B1",)))
    found = Coverage(
        sources=(),
        pieces=(),
        rows=items,
        sections=(
            Sum(id="1", title="Kas", items=("1.1", "1.2"), covered=1, own={}),
            Sum(id="2", title="Erf", items=("2.1",), covered=1, own={}),
        ),
        moments=(),
        profile=Profile(id="p", title="P", instrument="kas", sections=("1",)),
    )
    told = rows(found, outcomes=True)
    assert [one.title for one in told if not one.item] == [
        "1  Kas: 1 van 2 met leeruitkomsten",
        "2  Erf: blijft hier buiten",
    ]
    assert [(one.number, one.covered) for one in told if one.item] == [("1", True), ("geen", False), ("", True)]
    assert summary(found, outcomes=True) == "1 van 2 items met leeruitkomsten"
    assert [one.title for one in rows(found, outcomes=False) if not one.item] == [
        "1  Kas: 1 van 2 met bewijs",
        "2  Erf: 1 van 1 met bewijs",
    ]
