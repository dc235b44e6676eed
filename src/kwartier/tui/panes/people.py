"""The work of a step of the form people: who is interviewed, with letter, consent and sound."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from kwartier.errors import Misused
from kwartier.instrument.model import PeopleStep
from kwartier.records.files import Participant, PeopleFile
from kwartier.records.tree import Tree
from kwartier.tui.actions import bindings
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line
from kwartier.tui.panes.rows import RowsPane
from kwartier.tui.safe import Part, parts
from kwartier.workflow.periods import short
from kwartier.workflow.rules import AUDIO, CONSENT
from kwartier.workspace.steps import NEW

WITHDRAWN = CONSENT[2]


class PeoplePane(RowsPane):
    """Names go to the organisation; the measurement keeps codes."""

    scope: ClassVar[str] = "participants"
    BINDINGS: ClassVar[list[BindingType]] = bindings("participants")
    adding: ClassVar[str] = "Deelnemer toevoegen"

    def _file(self) -> PeopleFile:
        return self.desk.record.read(self.step.id, PeopleFile)

    def _titles(self) -> dict[str, str]:
        assert isinstance(self.step, PeopleStep)
        titles = {role.id: role.title for role in self.desk.content.role}
        return {role: titles.get(role, role) for role in self.step.roles}

    def told(self) -> list[Part | Content]:
        assert isinstance(self.step, PeopleStep)
        people = self._file().participant
        taking_part = [one for one in people if one.consent not in CONSENT[1:]]
        counts = [f"{title} {sum(one.role == role for one in taking_part)}" for role, title in self._titles().items()]
        most = f" van ten hoogste {self.step.maximum}" if self.step.maximum is not None else ""
        return [f"{len(taking_part)}{most} · {' · '.join(counts)}\n"]

    def lines(self) -> list[Line]:
        found: list[Line] = []
        people = self._file().participant
        titles = self._titles()
        for role in dict.fromkeys([*titles, *(one.role for one in people)]):
            own = [one for one in people if one.role == role]
            if own:
                found.append(Line(id=f"+{role}", text=parts(titles.get(role, role)), heading=True))
                found += [self._line(one) for one in own]
        add = parts(("+ deelnemer toevoegen", "$text-muted"))
        return [*found, Line(id="+add", text=add, adds=self._new), *([self._sound()] if people else [])]

    def _line(self, one: Participant) -> Line:
        name = self.desk.name(one.id)
        told = [
            f"brief {short(one.letter)}" if one.letter else "nog geen brief",
            f"toestemming {_consent(one)}",
            f"geluid {one.audio or 'nog niet'}",
        ]
        note = f"\n{one.note}" if one.note else ""
        return Line(
            id=one.id,
            sign="  ",
            text=parts(
                (name, "bold"),
                (f" ({one.id})" if name != one.id else "", "$text-muted"),
                (f"\n{' · '.join(told)}{note}", "$text-muted"),
            ),
            opens=lambda: self._form(one),
            removes=Edit(given={"participant": [{"id": one.id, "remove": True}]}, name=f"deelnemer {one.id} weghalen"),
        )

    def _sound(self) -> Line:
        recorded = self._file().audio_recorded
        field = Field(key="audio_recorded", label="Opgenomen", kind="yes-no", required=True)
        form = partial(self.step_form, "Geluidsopname", (field,))
        hint = "Alleen als iedereen die meedoet daar toestemming voor gaf."
        return Line(
            id="+sound",
            text=parts(("Gesprek opgenomen  ", "bold"), "ja" if recorded else "nee", (f"\n{hint}", "$text-muted")),
            opens=lambda: replace(form(), told=hint, now=lambda: {"audio_recorded": self._file().audio_recorded}),
        )

    # -- forms

    def _fields(self, consent: str = "") -> tuple[Field, ...]:
        given = CONSENT if consent == WITHDRAWN else CONSENT[:2]
        return (
            Field(key="name", label="Naam", kind="name", hint="staat alleen bij de organisatie; mag leeg blijven"),
            Field(
                key="role",
                label="Rol",
                kind="choice",
                choices=list(self._titles().items()),
                required=True,
            ),
            Field(key="letter", label="Brief verstuurd", kind="date"),
            Field(key="consent", label="Toestemming", kind="choice", choices=[(one, one) for one in given]),
            Field(key="consent_on", label="Dag van antwoord", kind="date"),
            Field(key="audio", label="Geluidsopname", kind="choice", choices=[(one, one) for one in AUDIO]),
            Field(key="note", label="Opmerking", hint="geen namen of persoonlijke verhalen"),
        )

    def _new(self) -> Form:
        here = self.row("participant", self.line.id) if self.line else None
        role = (here or {}).get("role") or next(iter(self._titles()), "")
        form = self.new_row_form("participant", "Nieuwe deelnemer", self._fields(), begin={"role": role})
        added: list[str] = []  # the code, once there is one

        def give(values: Tree, burst: str) -> None:
            if not added:
                added.append(self._add(values, burst))
                return
            added[0] = self._as_somebody_known(added[0], values, burst)
            self._change(added[0], values, "nieuwe deelnemer", burst)

        return replace(form, give=give, now=lambda: self._now(added[0]) if added else None)

    def _add(self, values: Tree, burst: str) -> str:
        """Adds somebody, and gives the code."""
        name = _name(values)
        self._require_new(name)
        # Without a name everybody is somebody new, also when the rest is the same.
        who = {"name": name} if name else {"id": NEW}
        before = {row["id"] for row in self.rows("participant")}
        self.give({"participant": [{**self._dated(_rest(values)), **who}]}, "nieuwe deelnemer", burst=burst)
        return next(str(row["id"]) for row in self.rows("participant") if row["id"] not in before)

    def _as_somebody_known(self, code: str, values: Tree, burst: str) -> str:
        """Where a name was typed later that the organisation knows: the row goes on under that code."""
        name = _name(values)
        known = self.around().code(name)
        if self.desk.seen.names.get(code) or not known or known == code:
            return code
        self._require_new(name)
        row = self.row("participant", code) or {}
        given = [{"id": code, "remove": True}, {**row, "id": known}]
        self.give({"participant": given}, "nieuwe deelnemer", burst=burst)
        return known

    def _require_new(self, name: str) -> None:
        code = self.around().code(name)
        if code and self.row("participant", code) is not None:
            raise Misused("participant-twice", f"{name} staat er al als deelnemer ({code}).")

    def _form(self, one: Participant) -> Form:
        form = self.row_form("participant", one.id, f"Deelnemer {one.id}", self._fields(one.consent))
        return replace(
            form,
            now=lambda: self._now(one.id),
            give=lambda values, burst: self._change(one.id, values, f"deelnemer {one.id}", burst),
        )

    def _now(self, code: str) -> Tree | None:
        row = self.row("participant", code)
        return None if row is None else {**row, "name": self.desk.seen.names.get(code, "")}

    def _change(self, code: str, values: Tree, what: str, burst: str) -> None:
        name, held = _name(values), self.desk.seen.names.get(code, "")
        if "name" in values and held and not name:
            raise Misused(
                "name-empty", "Een naam haalt u weg door de persoon te wissen, op het scherm van de organisatie."
            )
        if rest := _rest(values):
            self.give({"participant": [{"id": code, **self._dated(rest)}]}, what, burst=burst)
        if name and name != held:
            self.desk.rename(code, name)
            self.measurement.given(typing=True)

    def _dated(self, values: Tree) -> Tree:
        """With the day on which consent was told: today, where no other day is given."""
        if "consent" not in values or values.get("consent_on"):
            return values
        return {**values, "consent_on": self.desk.today if values["consent"] else ""}

    # -- withdrawing

    def _can(self, action: str) -> bool:
        if action == "withdraw":
            here = self.row("participant", self.line.id) if self.line else None
            return not self.closed and here is not None and here.get("consent") != WITHDRAWN
        return super()._can(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Also whether somebody is pointed at who can withdraw."""
        if action == "withdraw" and self.is_attached and hasattr(self, "_by_id"):
            return self._can(action)
        return super().check_action(action, parameters)

    def action_withdraw(self) -> None:
        """Notes that a participant withdrew, after saying what that means."""
        from kwartier.tui.screens.dialogs import Confirm

        if not self._can("withdraw") or self.line is None:
            return
        code = self.line.id
        self.app.push_screen(
            Confirm(
                f"{self.desk.name(code)} trekt de toestemming in?",
                "Dit wordt genoteerd; daarna leest u wat er weg moet: aantekeningen, geluid, de naam. Dit is niet "
                "ongedaan te maken.",
                yes="Intrekken",
            ),
            lambda sure: self.guarded(partial(self._withdraw, code)) if sure else None,
        )

    async def _withdraw(self, code: str) -> None:
        workspace = await self.kwartier.workspace()
        gone: list[str] = []
        app = self.kwartier
        if workspace.people_step(self.desk.ref).id == self.step.id:
            await self.measurement.do(lambda: gone.extend(workspace.withdraw(self.desk.ref, code)))
        else:
            row = {"id": code, "consent": WITHDRAWN, "consent_on": self.desk.today}
            self.give({"participant": [row]}, f"deelnemer {code} trekt zich terug")
        if gone:
            listed = "\n".join(f"- {_without_command(one)}" for one in gone)
            await app.say("Dit moet nu weg", f"De toestemming is ingetrokken.\n\n{listed}")


def _name(values: Tree) -> str:
    """The name that was filled in."""
    return " ".join(str(values.get("name", "")).split())


def _rest(values: Tree) -> Tree:
    """What belongs to the measurement: all but the name."""
    return {key: value for key, value in values.items() if key != "name"}


def _consent(one: Participant) -> str:
    if not one.consent:
        return "nog niet"
    return f"{one.consent} op {short(one.consent_on)}" if one.consent_on else one.consent


def _without_command(text: str) -> str:
    """A line of what has to go, without the command that does it on the command line."""
    return text.partition(": kwartier ")[0]
