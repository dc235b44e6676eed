"""What confirms equal answers at the consensus, when a reason is wanted, and what a text was at sealing."""

from __future__ import annotations

from datetime import UTC, datetime

from kwartier.analysis.answers import Answer
from kwartier.instrument.model import Content, Item, ItemPart, Option, Scale, Section
from kwartier.records.files import Earlier, Explanation, NotesFile
from kwartier.workflow.agreed import Stand, confirmations, difference, is_spread, proposal, reason_wanted
from kwartier.workflow.rewritten import text_then

WORDS = Scale(id="kan", kind="nominal", options=(Option(value="wel"), Option(value="deels", note="required")))
POINTS = Scale(id="staat", kind="ordinal", options=(Option(value=1), Option(value=2), Option(value=3)))
CONTENT = Content(
    scale=(WORDS, POINTS),
    section=(
        Section(
            id="A",
            title="Grond",
            item=(
                Item(id="1", title="Bodem", scale="staat"),
                Item(id="2", title="Water", scale="kan", parts=(ItemPart(id="a", title="Ton", scale="staat"),)),
            ),
        ),
    ),
)


def stand(item: str, *given: Answer, part: str = "", agreed: Answer | None = None) -> Stand:
    answers = {f"a{n}": one for n, one in enumerate(given, 1)}
    return Stand(
        item=item,
        part=part,
        given=answers,
        shadows={},
        proposal=proposal(answers),
        agreed=agreed,
        difference=difference(answers),
    )


def test_equal_answers_are_confirmed_by_item_and_part() -> None:
    two, none = Answer(value=2), Answer(missing="niet gezien")
    found = [
        stand("1", two, Answer(value=2, note="Om het een.")),
        stand("1", two, Answer(value=3)),
        stand("1", two, two, agreed=two),
        stand("2", none, Answer(missing="niet besproken")),
        stand("2", two, two, part="a"),
    ]
    assert confirmations(CONTENT, found) == [
        {"item": "1", "value": 2},
        {"item": "2", "missing": "niet gezien"},
        {"item": "2", "part": "a", "value": 2},
    ]


def test_an_answer_that_asks_for_a_remark_is_not_confirmed_without_one() -> None:
    partly = Answer(value="deels")
    assert confirmations(CONTENT, [stand("2", partly, partly)]) == []
    assert "deels" in reason_wanted({"a1": partly, "a2": partly}, partly, WORDS)
    assert reason_wanted({"a1": Answer(value="wel")}, Answer(value="wel"), WORDS) == ""
    assert "verschillen" in reason_wanted({"a1": Answer(value=1), "a2": Answer(value=2)}, Answer(value=2), POINTS)


def test_points_are_counted_on_a_scale_with_an_order_alone() -> None:
    apart = stand("1", Answer(value=1), Answer(value=3))
    assert is_spread(apart, POINTS)
    assert not is_spread(apart, WORDS)
    assert not is_spread(stand("1", Answer(value=1), Answer(missing="niet gezien")), POINTS)


def test_the_text_at_sealing_is_told_where_it_is_another_one_now() -> None:
    sealed, later = datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
    file = NotesFile(
        explanation=(Explanation(item="1", text="Nu."), Explanation(item="2", text="Gelijk.")),
        earlier=(Earlier(id="1-1", item="1", text="Toen.", replaced=later),),
    )
    assert text_then(file, "1", sealed) == "Toen."
    assert text_then(file, "2", sealed) is None
    assert text_then(file, "1", datetime(2026, 11, 26, tzinfo=UTC)) is None
