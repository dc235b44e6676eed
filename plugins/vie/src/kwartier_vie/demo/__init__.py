"""The demo of the VIE: the published results of 18 institutions, and one that an invented organisation never finished.

The figures are facts of the publication (see the README beside them); the organisation and its answers are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from importlib.resources import as_file, files

from kwartier.api import Assessor, ImportWish, Workspace

SOURCE = "LIVE-evaluatie 2012, bijlage 2 en 3"
"""As the content names it, so that the printed means stand beside the computed ones."""

MOMENTS = ("meting=1:2011-06", "meting=2:2012-07")
"""The months that the results were of: June 2011 and July 2012."""

INVENTED = "De Werf"
ASSESSOR = "Lotte Brandsma"
_KINDS = {"RIBW": "ribw", "GGZ": "ggz"}
_WINTER = timezone(timedelta(hours=1))

_FACTS: dict[str, object] = {
    "fte_ed": 3.2,
    "fte_staff": "ongeveer 640",
    "clients": 2150,
    "ed_policy": 1,
    "ed_recovery_coach": "3-4",
    "ed_group_leader": 2,
}
_GOALS = {
    "1a": "Binnen een jaar twee betaalde banen erbij, in twee verschillende teams.",
    "6a": "Een vaste middag per maand waarop ervaringsdeskundigen elkaar treffen, met koffie en een agenda.",
    "9a": "Vier mensen volgen de cursus Werken met eigen ervaring.",
}
_SCORES = (4, 2, 2, 3, 2, 3, None, 2, 3, 2)
"""Of item 7 the score was never given: the VIE stayed unfinished, and is in no comparison."""


def build(workspace: Workspace, today: date) -> Sequence[tuple[str, Sequence[str]]]:
    """Adds the results to a workspace; what is nice to try with them, as the words of a command.

    The same day and chance give the same bytes.
    """
    _published(workspace.at(_moment(today - timedelta(days=7))))
    ref = _unfinished(workspace, today - timedelta(days=700))
    slug = ref.partition("/")[0]
    return [
        ("De 18 instellingen van 2011 en 2012 naast elkaar.", ("vergelijk", "--instrument", "vie")),
        ("Een VIE die nooit af kwam: welke scores volgen uit de feiten?", ("voorstel", ref)),
        ("Die VIE naast de MIE van later, op één tijdlijn.", ("tijdlijn", slug)),
    ]


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=_WINTER)


def _published(workspace: Workspace) -> None:
    folder = files(__package__).parent / "data"  # type: ignore[attr-defined]
    with as_file(folder / "live-2012-scores.csv") as scores, as_file(folder / "live-2012-goals.csv") as goals:
        wish = ImportWish(instrument="vie", files=(scores, goals), source=SOURCE, dates=MOMENTS)
        workspace.import_tables(workspace.preview_tables(wish))
    for slug, organisation in workspace.organisations():
        if organisation is None:
            continue
        kind = next((kind for sign, kind in _KINDS.items() if sign in organisation.name.split()), "")
        if kind and not organisation.kind:
            workspace.change_organisation(slug, kind=kind)


def _unfinished(workspace: Workspace, day: date) -> str:
    """A first measurement with facts, goals and nine of the ten scores; its reference."""
    at = workspace.at(_moment(day))
    known = {organisation.name: slug for slug, organisation in at.organisations() if organisation is not None}
    slug = known.get(INVENTED) or at.add_organisation(INVENTED, kind="ribw", note="Verzonnen.")
    ref = at.start("vie", slug, day=day, people=(Assessor(ASSESSOR),), parameters={"meting": 1})
    at.change(ref, "feiten", {"fact": [{"id": id, "value": value} for id, value in _FACTS.items()]})
    at.change(ref, "doelen", {"explanation": [{"item": item, "text": text} for item, text in _GOALS.items()]})
    answers = [{"item": f"{n}a", "value": score} for n, score in enumerate(_SCORES, start=1) if score is not None]
    at.change(ref, "scoren", {"answer": answers}, person=ASSESSOR)
    return ref
