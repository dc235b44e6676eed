"""Questions of the form people: who is interviewed, with letter and consent."""

from __future__ import annotations

from kwartier.cli.stepwise import answers, fields
from kwartier.cli.stepwise.conversation import Question
from kwartier.cli.stepwise.fields import Field, Place
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import PeopleStep
from kwartier.workflow.rules import AUDIO, CONSENT
from kwartier.workspace.steps import NEW


def people(work: Work, step: PeopleStep) -> list[Question]:
    """The list of participants, and whether the interview was recorded."""
    content = work.see().content
    titles = {role.id: role.title for role in content.role}
    roles = [(role, titles.get(role, role)) for role in step.roles]
    consent = [(one, one) for one in CONSENT]
    rows = Rows(
        step=step,
        array="participant",
        one="deelnemer",
        new="een nieuwe deelnemer",
        many="Deelnemers",
        fields=(
            fields.choice("role", "Rol", roles),
            Field(key="id", label="Naam", hint="mag open blijven", tell=_name),
            fields.day("letter", "Brief verstuurd"),
            fields.choice("consent", "Toestemming voor het interview", consent),
            fields.day("consent_on", "Dag van dat antwoord"),
            fields.choice("audio", "Toestemming voor een geluidsopname", [(one, one) for one in AUDIO]),
            fields.text("note", "Opmerking", hint="zonder namen"),
        ),
        # Without a name everybody is somebody new, also when the rest is the same.
        begin={"id": NEW},
        saved={
            "id": lambda code, typed: _rename(work, code, typed),
            "consent": lambda code, typed: _consent(work, step, code, answers.pick(typed, consent)),
        },
    )
    here = Place(step=step, name="geluidsopname", present=work.see().record.shared.get(step.id, {}))
    recorded = fields.yes_no("audio_recorded", "Gesprek opgenomen")
    return [menu(work, rows, "participant"), fields.ask(work, here, recorded)]


def _name(work: Work, code: object) -> str:
    name = work.name(str(code))
    return f"code {code}" if name == str(code) else f"{name}, code {code}"


def _rename(work: Work, code: str, name: str) -> str:
    work.ws.rename_person(work.slug, code, name.strip())
    work.act()
    return f"Bewaard bij de organisatie; in de meting staat alleen {code}."


def _consent(work: Work, step: PeopleStep, code: str, told: str) -> str:
    if told != "ingetrokken" or work.ws.people_step(work.ref).id != step.id:
        row = {"id": code, "consent": told, "consent_on": work.today}
        return work.change(step, {"participant": [row]}, "toestemming")
    gone = work.ws.withdraw(work.ref, code)
    work.act()
    return "Bewaard. Dit moet nu weg:\n" + "\n".join(f"{place}. {one}" for place, one in enumerate(gone, 1))
