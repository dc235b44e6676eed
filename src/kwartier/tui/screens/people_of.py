"""The names behind the codes of an organisation, and who does its measurements. Names are corrected and erased here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.text import clean, one_line
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.instrument.model import Role
    from kwartier.records.files import Person
    from kwartier.workspace import Ref, Workspace

_KINDS = {"a": "doet metingen", "d": "deelnemer", "c": "contact"}


_TRAIT_ANSWERS = (("", "niet gezegd"), ("ja", "ja"), ("nee", "nee"))
_SAID = {None: "", True: "ja", False: "nee"}
_MEANT = {"": None, "ja": True, "nee": False}


class Running(NamedTuple):
    """A measurement that people can still join or leave."""

    ref: str
    title: str
    people: tuple[Person, ...]
    roles: tuple[Role, ...] = ()
    wanted: tuple[str, ...] = ()
    "What is wanted of them and is not there."

    def role(self, id: str) -> Role | None:
        """A role that people have in it."""
        return next((one for one in self.roles if one.id == id), None)


class PeopleOfScreen(Screen[None], Guarded):
    """Names stand here alone; everything else uses the code."""

    DEFAULT_CSS = """
    PeopleOfScreen {
        #about { height: auto; padding: 0 2; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("people_of")
    AUTO_FOCUS = None

    def __init__(self, workspace: Workspace, slug: str) -> None:
        super().__init__()
        self.workspace, self.slug = workspace, slug
        self._of = slug
        self._known: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._records: list[Running] = []

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static(
            "Namen staan alleen hier; metingen gebruiken de code. Een gewiste naam laat de code staan, zodat metingen "
            "blijven kloppen.",
            id="about",
        )
        yield GroupedLines(id="people")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(GroupedLines).focus()
        self.look()

    def look(self) -> None:
        """Reads the names and the measurements, in a thread."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        try:
            self._of, self._known, self._records = await asyncio.to_thread(self._read)
        except KwartierError as error:
            self.kwartier.refuse(error)
            return
        if self.is_running:
            self.query_one(Heading).draw(["kwartier", self._of, "Mensen"], where=f"{len(self._known)} codes")
            self.query_one(GroupedLines).show(self._groups())

    def _read(self) -> tuple[str, dict[str, str], list[Running]]:
        running = []
        for ref in self.workspace.assessments(self.slug):
            one = self.workspace.summary(ref)
            if one.problem or one.paper or one.definitive or one.locked:
                continue
            seen = self.workspace.see(ref)
            title = f"{seen.header.short} van {short(one.date)}" + (f" · {one.subject}" if one.subject else "")
            wanted = self._wanted(ref) if any(role.trait for role in seen.content.role) else ()
            running.append(Running(str(ref), title, seen.record.envelope.person, seen.content.role, wanted))
        # The name of a student stands with the student; of those it is no name to change here.
        self._names = self.workspace.names(self.slug)
        return self.workspace.organisation(self.slug).name, self.workspace.people(self.slug), running

    def _wanted(self, ref: Ref) -> tuple[str, ...]:
        from kwartier.reports.phrases import with_names

        names = self.workspace.names(self.slug)
        found = self.workspace.situation(ref).findings
        return tuple(with_names(one.message, names) for one in found if one.id.startswith("trait-"))

    def _groups(self) -> list[Group]:
        rows = [
            Told(f"\n{code}", "", ((code, 6),), name or "(gewist of zonder naam)", text_look="" if name else "muted")
            for code, name in self._known.items()
        ]
        made = [Group("Namen achter de codes", rows, "" if rows else "Nog niemand.")]
        for one in self._records:
            people = [self._person(one, person) for person in one.people]
            people += [Told("", "!", (), text) for text in one.wanted]
            made.append(Group(one.title, people or [Told(f"{one.ref}\n", "", (), "Nog niemand: j voegt iemand toe.")]))
        return made

    def _person(self, running: Running, one: Person) -> Told:
        ref, role = running.ref, running.role(one.role)
        words = [self._names.get(one.id) or "(zonder naam)"]
        if role is not None and (role.is_subject or role.trait):
            words.append(role.title)
        words += [trait.title for trait in role.trait if one.traits.get(trait.id)] if role is not None else []
        if one.shadow:
            words.append("loopt mee, telt niet mee")
        if one.stopped:
            words.append(f"gestopt op {short(one.stopped)}")
        return Told(f"{ref}\n{one.id}", "–" if one.stopped else "", ((one.id, 6),), " · ".join(words))

    # -- what is pointed at

    def _chosen(self) -> tuple[str, str]:
        ref, _, code = self.query_one(GroupedLines).chosen.partition("\n")
        return ref, code

    def _code(self) -> str:
        code = self._chosen()[1]
        if not code:
            raise Misused("nobody-chosen", "Wijs eerst iemand aan.")
        if code in self._names and code not in self._known:
            raise Refused("is-subject", "De naam van een student staat bij de student, en verandert u daar.")
        return code

    def _shown(self, code: str) -> str:
        return one_line(self._names.get(code) or "", 40) or code

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        if self._chosen()[1]:
            self.action_rename()
        else:
            self.action_join()

    def _done(self, told: str) -> None:
        self.kwartier.tell(told)
        self.look()

    # -- keys

    def action_back(self) -> None:
        """To the organisation."""
        self.dismiss(None)

    def action_rename(self) -> None:
        """Another name behind the code."""
        code = self._code()

        def answered(name: str | None) -> None:
            if name is None or name.strip() == clean(self._known.get(code) or ""):
                return
            try:
                self.workspace.rename_person(self.slug, code, name.strip())
            except KwartierError as error:
                self.kwartier.refuse(error)
                self.app.push_screen(Ask(title, value=name), answered)  # what was typed is not lost
                return
            self._done(f"Achter {code} staat nu: {one_line(name, 60)}.")

        title = f"De naam achter {code}"
        self.app.push_screen(Ask(title, value=self._known.get(code) or ""), answered)

    def action_erase(self) -> None:
        """Erases a name for good."""
        code = self._code()
        name = self._shown(code)

        def answered(yes: bool | None) -> None:
            if yes:
                self._guarded(lambda: self._erase(code))

        text = (
            f"De naam achter {code} ({name}) wordt gewist. De code blijft staan, zodat metingen blijven kloppen.\n"
            "Dit is niet ongedaan te maken. Reservekopieën heeft kwartier niet in de hand."
        )
        self.app.push_screen(Confirm("Naam wissen?", text, yes="Wissen", no="Laten staan"), answered)

    def _erase(self, code: str) -> None:
        done = self.workspace.erase_person(self.slug, code)
        used, placed = len(done["used"]), len(done["placed"])
        said = [f"{used} meting{'' if used == 1 else 'en'}"] if used else []
        said += [f"de plaatsingen bij {', '.join(done['placed'])}"] if placed else []
        left = f" De code staat nog in {' en '.join(said)}." if said else ""
        self._done(f"De naam achter {code} is gewist.{left}")

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KwartierError as error:
            self.kwartier.refuse(error)

    def action_join(self) -> None:
        """Somebody joins a measurement."""
        self._with_running(lambda one: self.app.push_screen(self._join_dialog(one), self._joined))

    def _join_dialog(self, one: Running) -> JoinDialog:
        known = tuple(sorted({name for name in self._known.values() if name}))
        people = [(person.id, self._shown(person.id)) for person in one.people if not person.stopped]
        return JoinDialog(self.workspace, one, known, people)

    def _joined(self, told: str | None) -> None:
        if told:
            self._done(told)

    def _with_running(self, work: Callable[[Running], object]) -> None:
        """Does something with the measurement that is pointed at; asks which where it is none."""
        if not self._records:
            raise Misused("none-running", "Er loopt hier geen meting.", advice="Begin er een op het vorige scherm (n).")
        ref = self._chosen()[0]
        found = next((one for one in self._records if one.ref == ref), None)
        if found is None and len(self._records) == 1:
            found = self._records[0]
        if found is not None:
            work(found)
            return

        def answered(choice: str | None) -> None:
            if choice:
                work(next(one for one in self._records if one.ref == choice))

        self.app.push_screen(Choose("Bij welke meting?", [(one.ref, one.title) for one in self._records]), answered)

    def action_traits(self) -> None:
        """What is said of somebody who judges: experience, training."""
        ref, code = self._chosen()
        running = next((one for one in self._records if one.ref == ref), None)
        person = next((one for one in running.people if one.id == code), None) if running else None
        role = running.role(person.role) if running and person else None
        if person is None or role is None:
            raise Misused("nobody-chosen", "Wijs eerst onder een meting iemand aan.")
        if not role.trait:
            raise Refused("no-traits", f"Van een {role.title} wordt hier niets gevraagd.")
        self.app.push_screen(TraitsDialog(self.workspace, ref, person, role, self._shown(code)), self._joined)

    def action_stop_person(self) -> None:
        """Somebody stops with a measurement."""
        ref, code = self._chosen()
        if not ref or not code:
            raise Misused("nobody-chosen", "Wijs eerst onder een meting aan wie er stopt.")

        def answered(reason: str | None) -> None:
            if reason:
                self._guarded(lambda: self._stop(ref, code, reason))

        text = "Waarom stopt deze auditor? Wat al verzegeld is, blijft staan en telt mee. Het is niet terug te draaien."
        self.app.push_screen(Ask(f"{self._shown(code)} stopt", text), answered)

    def _stop(self, ref: str, code: str, reason: str, *, sure: bool = False) -> None:
        try:
            self.workspace.stop(ref, code, reason=reason, sure=sure)
        except Refused as error:
            if error.code != "reveals" or sure:
                raise
            self.app.push_screen(
                Confirm("Weet u het zeker?", error.message, yes="Toch stoppen", no="Terug"),
                lambda yes: self._guarded(lambda: self._stop(ref, code, reason, sure=True)) if yes else None,
            )
            return
        self._done(f"{self._shown(code)} is gestopt.")


class TraitsDialog(FormDialog[str]):
    """What is said of somebody's traits; gives what is told."""

    LABEL = 46
    help_text = "Zeg per regel ja of nee; laat het open als u het niet weet. Niets ervan houdt iemand tegen."

    def __init__(self, workspace: Workspace, ref: str, person: Person, role: Role, name: str) -> None:
        self._workspace, self._ref, self._person, self._role = workspace, ref, person, role
        fields = [
            Field(one.id, one.title, _SAID[person.traits.get(one.id)], options=_TRAIT_ANSWERS) for one in role.trait
        ]
        super().__init__(f"{name}, {role.title}", fields)

    async def save(self, values: dict[str, str]) -> str:
        given = {one.id: _MEANT[values[one.id]] for one in self._role.trait}
        self._workspace.set_traits(self._ref, self._person.id, given)
        return "Bewaard."


class JoinDialog(FormDialog[str]):
    """Somebody joins; gives what is told."""

    OK = "Erbij"

    def __init__(
        self, workspace: Workspace, one: Running, known: tuple[str, ...], people: list[tuple[str, str]]
    ) -> None:
        self._workspace, self._one = workspace, one
        super().__init__(
            f"Erbij: {one.title}",
            [
                Field("name", "Naam", hint="→ neemt een bekende naam over" if known else "", known=known),
                Field("shadow", "Telt mee", "", options=(("", "ja"), ("ja", "nee, loopt mee"))),
                *self._of_role(one),
                Field("replaces", "In plaats van", "", options=(("", "(niemand)"), *people)),
                Field("reason", "Reden", hint="waarom die ander stopt"),
            ],
        )

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        self.show_field("reason", bool(self.value("replaces")))
        role = self._role()
        for one in self._one.roles:
            if one.trait and one.kind == "assessor" and not one.is_subject:
                self.show_field(f"traits-{one.id}", role == one.id)

    @staticmethod
    def _of_role(one: Running) -> list[Field]:
        """Under which role somebody joins, where there are more; and what is asked of who has it."""
        roles = [role for role in one.roles if role.kind == "assessor" and not role.is_subject]
        fields = [Field("role", "Rol", roles[0].id, options=tuple((role.id, role.title) for role in roles))]
        ticks = [
            Field(f"traits-{role.id}", "Kenmerken", ticks=tuple((trait.id, trait.title) for trait in role.trait))
            for role in roles
            if role.trait
        ]
        return [*(fields if len(roles) > 1 else []), *ticks]

    def _role(self) -> str:
        roles = [role.id for role in self._one.roles if role.kind == "assessor" and not role.is_subject]
        return self.value("role") if len(roles) > 1 else next(iter(roles), "")

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.workspace import Assessor

        name = values["name"].strip()
        if not name:
            raise Misused("name-missing", "Geef een naam.")
        code = self._workspace.join(
            self._one.ref,
            Assessor(
                name,
                shadow=bool(values["shadow"]),
                role=values.get("role", ""),
                traits={one: True for one in values.get(f"traits-{self._role()}", "").split(",") if one},
            ),
            replaces=values["replaces"],
            reason=values.get("reason", "").strip(),
        )
        return f"{one_line(name, 60)} doet mee, als {code}."
