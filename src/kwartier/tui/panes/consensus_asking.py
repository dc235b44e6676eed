"""The boxes of the consensus: why there is no answer, the day of the talk, a mistake, throwing typing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kwartier.analysis.answers import Answer
from kwartier.errors import KwartierError, Misused, Refused
from kwartier.records.files import ConsensusFile
from kwartier.tui.panes.consensus_deciding import key_of
from kwartier.tui.screens.ask_day import AskDay
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm
from kwartier.workflow.agreed import Stand
from kwartier.workflow.sealing import key_title

if TYPE_CHECKING:
    from kwartier.tui.panes.consensus import ConsensusPane
    from kwartier.workspace.judged import Judged


def ask_missing(pane: ConsensusPane, stand: Stand, then: Callable[[Answer], None]) -> None:
    """Asks for which of the reasons of the scale there is no answer."""
    scale = pane.scale(stand)
    if not scale.missing:
        raise Misused("must-answer", "Dit item moet een antwoord krijgen.", advice="Kies een van de antwoorden.")

    def chosen(why: str | None) -> None:
        if why is not None:
            then(Answer(missing=why))

    title = f"Item {key_title(key_of(stand))}: {scale.missing_title}"
    pane.app.push_screen(Choose(title, [(why, why) for why in scale.missing]), chosen)


def ask_to_take_over(pane: ConsensusPane, stand: Stand, judged: Judged) -> None:
    """Asks why an earlier judgement holds here, and which answer that is where the scale was another one then."""
    scale = pane.scale(stand)
    title = f"Item {key_title(key_of(stand))}: eerder beoordeeld"
    told = f"Eerder beoordeeld: {judged.words}."

    def valued(place: str | None) -> None:
        if place is None:
            return
        value = scale.options[int(place)].value

        def reasoned(reason: str | None) -> None:
            if reason is not None and reason.strip():
                pane.taken_over(stand, value, judged.ref, reason.strip())

        ask = f"{told}\n\nWaarom geldt dat oordeel hier ook? Met de reden wordt het overgenomen."
        pane.app.push_screen(Ask(title, ask, lines=True, ok="Overnemen"), reasoned)

    places = [str(n) for n, one in enumerate(scale.options) if one.value == judged.answer.value]
    if places:
        valued(places[0])
        return
    options = [(str(n), one.title or str(one.value)) for n, one in enumerate(scale.options)]
    pane.app.push_screen(Choose(title, options, f"{told} Dat antwoord bestaat hier niet; welk geldt hier?"), valued)


def ask_day(pane: ConsensusPane) -> None:
    """Asks on which day the scores were discussed."""
    day = pane.desk.record.read(pane.step.id, ConsensusFile).date or pane.desk.today

    def answered(text: str | None) -> None:
        if text is None:
            return
        try:
            pane.give({"date": text}, "dag van het gesprek")
        except KwartierError as error:
            pane.kwartier.refuse(error)

    pane.app.push_screen(AskDay("De dag van het gesprek", day, pane.desk.today), answered)


def ask_mistake(pane: ConsensusPane, stand: Stand) -> None:
    """Asks what was a mistake in the own sealed answer of who is at the keyboard, and notes it."""
    desk, measurement = pane.desk, pane.measurement
    who = desk.viewer
    if who is None:
        raise Misused("who", "Alleen wie het antwoord gaf, kan het een vergissing noemen.")
    if who not in {**stand.given, **stand.shadows}:
        raise Refused("no-own-answer", f"{desk.name(who)} scoorde hier niet.")

    async def named(reason: str | None) -> None:
        if reason is None:
            return
        workspace = await pane.kwartier.workspace()
        await measurement.do(
            lambda: workspace.mistake(desk.ref, who, stand.item, reason=reason),
            told=f"Genoteerd bij item {stand.item}. Zet het recht met de definitieve score.",
        )
        if isinstance(measurement.pane, type(pane)):
            measurement.pane.map.go_to(key_of(stand))

    pane.app.push_screen(
        Ask(
            f"Vergissing bij item {stand.item}",
            f"{desk.name(who)} noemt het eigen verzegelde antwoord een vergissing. Het blijft staan en "
            "meetellen in de overeenstemming, en het verslag noemt het. Dit kan niet ongedaan gemaakt worden.\n\n"
            "Wat is er vergist?",
            lines=True,
            ok="Noem het een vergissing (ctrl+s)",
        ),
        named,
    )


def ask_throw_away(pane: ConsensusPane, then: Callable[[], None]) -> None:
    """Asks whether what was typed of a reason and cannot be kept may go."""

    def answered(sure: bool | None) -> None:
        if sure:
            then()

    text = "De definitieve score en de reden worden zoals ze waren."
    dialog = Confirm("Weggooien wat u hier typte?", text, yes="Weggooien", no="Verder typen")
    pane.app.push_screen(dialog, answered)
