"""Begins an assessment of a workplace in one form; an organisation and a workplace that are new are made with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.suggester import SuggestFromList
from textual.widgets import Input

from kwartier.errors import KwartierError, Misused
from kwartier.text import clean
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.working import begin
from kwartier.workflow.periods import parse_date, short

if TYPE_CHECKING:
    from textual.screen import Screen

    from kwartier.instrument.model import Content, Header, Parameter, Role
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Assessor, Workspace

NEW = ""
"""Stands for an organisation or a workplace that is made here."""
UNSAID = "?"
"""Stands for a workplace while none was chosen."""


class Place(NamedTuple):
    """A workplace that is there, with its records of this instrument, the newest first."""

    code: str
    title: str
    levels: tuple[int, ...]
    records: tuple[tuple[str, date], ...]


class Known(NamedTuple):
    """What is there already in an organisation."""

    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()


class NewAtWorkplace(FormDialog[str]):
    """Gives the reference of the new record. With a slug, or also a code, these are not asked."""

    DEFAULT_CSS = """
    NewAtWorkplace #fields { max-height: 50vh; }
    """
    OK = "Beginnen"
    KIND: ClassVar[str] = "workplace"
    "What it is about, as the subject has it."
    SUBJECT: ClassVar[str] = "Praktijkleerplek"
    OTHER: ClassVar[str] = "(nieuwe praktijkleerplek)"
    MISSING: ClassVar[str] = "Kies de praktijkleerplek, of maak een nieuwe."

    def __init__(
        self,
        workspace: Workspace,
        header: Header,
        content: Content,
        organisations: list[tuple[str, str]],
        *,
        slug: str = "",
        code: str = "",
        told: str = "",
    ) -> None:
        self._workspace, self._header, self._content = workspace, header, content
        self._slug, self._code = slug, code
        self._roles = [role for role in content.role if role.kind == "assessor" and not role.is_subject]
        self._known: dict[str, Known] = {NEW: Known()}
        self._shown = ("", "")
        "The organisation and workplace for which the fields were drawn."
        self._levels = ""
        "The levels that were proposed last."
        super().__init__(f"{header.word.after('Nieuwe')}: {header.short}", list(self._made(organisations)), told)

    # -- the fields

    def _made(self, organisations: list[tuple[str, str]]) -> Iterator[Field]:
        if not self._slug:
            options = (*organisations, (NEW, "(nieuwe organisatie)"))
            yield Field("organisation", "Organisatie", options[0][0], options=options)
            yield Field("organisation-name", "Naam organisatie")
            yield Field("organisation-place", "Plaats", hint="mag leeg blijven")
        if not self._code:
            yield Field("subject", self.SUBJECT, NEW, options=((NEW, self.OTHER),))
            yield from self._of_subject()
        yield Field("follows", self._header.word.after("Vorige"), NEW, options=((NEW, "(geen)"),))
        today = self._workspace.today
        yield Field("date", "Datum", f"{today.day}-{today.month}-{today.year}", today=today)
        for one in self._content.parameter:
            yield parameter_field(one)
        for role in self._roles:
            yield from self._people(role)
        if self._norm > 1:
            yield Field("reason", "Reden", hint=f"waarom minder dan {self._norm}")

    def _of_subject(self) -> Iterator[Field]:
        """What is asked of a subject that is new."""
        yield Field("subject-name", "Naam plek", hint="zoals het team of de afdeling heet")
        yield Field("subject-team", "Team", hint="mag leeg blijven")
        yield Field("subject-setting", "Werksetting", hint="mag leeg blijven")
        if self._level_parameter is None:
            yield Field("subject-levels", "Niveaus", hint="waarvoor de plek bedoeld is, zoals 4,5")

    def _people(self, role: Role) -> Iterator[Field]:
        number = max(role.norm or 1, 1)
        for place in range(1, number + 1):
            label = role.title.capitalize() + (f" {place}" if number > 1 else "")
            yield Field(f"person-{role.id}-{place}", label, hint="naam; mag later")
            if role.trait:
                ticks = tuple((one.id, one.title) for one in role.trait)
                yield Field(f"traits-{role.id}-{place}", f"{label}:", ticks=ticks)

    @property
    def _norm(self) -> int:
        """How many of the first role are the rule."""
        return (self._roles[0].norm or 1) if self._roles else 0

    @property
    def _level_parameter(self) -> Parameter | None:
        """The parameter that says for which levels is assessed; a new workplace is then meant for these."""
        several = (one for one in self._content.parameter if one.several)
        return next((one for one in several if all(isinstance(value, int) for value in one.values)), None)

    # -- what is there already

    def on_mount(self) -> None:
        if not self._slug:
            self._hide_single("organisation")
            if not self.query_one("#row-organisation").display:
                self.query_one("#organisation-name", Input).focus()
        begin(self, self._load, exclusive=True, group="loading")

    async def _load(self) -> None:
        """Reads what the organisation that is chosen has, and shows it."""
        slug = self._organisation()
        if slug not in self._known:
            try:
                found = await asyncio.to_thread(self._read, slug)
            except KwartierError as error:
                self.kwartier.refuse(error)
                found = Known()
            self._known[slug] = found
        if self.is_running and slug == self._organisation():
            self._offer(self._known[slug])

    def _read(self, slug: str) -> Known:
        records: dict[str, list[tuple[str, date]]] = {}
        for ref in self._workspace.assessments(slug):
            if ref.subject and ref.instrument == self._header.id:
                one = self._workspace.summary(ref)
                if not one.problem:
                    records.setdefault(ref.subject, []).append((one.ref, one.date))
        try:
            names = tuple(sorted({name for name in self._workspace.people(slug).values() if name}))
        except KwartierError:
            names = ()
        return Known(tuple(self._places(slug, records)), names)

    def _places(self, slug: str, records: dict[str, list[tuple[str, date]]]) -> Iterator[Place]:
        for code in self._workspace.subjects(slug):
            try:
                one = self._workspace.subject(slug, code)
            except KwartierError:  # told where it stands
                continue
            if one.kind == self.KIND or (not one.kind and code in records):
                had = sorted(records.get(code, []), key=lambda row: (row[1], row[0]), reverse=True)
                title = f"{one.name or one.team or code} ({code})" if one.name or one.team else code
                yield Place(code, title, one.levels, tuple(had))

    def _offer(self, known: Known) -> None:
        if not self._code:
            options = [*((one.code, one.title) for one in known.places), (NEW, self.OTHER)]
            wanted = UNSAID if len(known.places) > 1 else options[0][0]
            self.query_one("#subject", ChoiceField).offer(options, wanted)
        suggester = SuggestFromList([clean(name) for name in known.names], case_sensitive=False)
        for one in self._fields:
            if one.id.startswith("person-"):
                self.query_one(f"#{one.id}", Input).suggester = suggester if known.names else None
        self._shown = ("", "")
        self.changed()

    # -- while somebody fills it in

    def _organisation(self) -> str:
        return self._slug or self.value("organisation")

    def _subject(self) -> str:
        return self._code or self.value("subject")

    def _place(self) -> Place | None:
        known = self._known.get(self._organisation(), Known())
        return next((one for one in known.places if one.code == self._subject()), None)

    def changed(self) -> None:
        slug = self._organisation()
        if not self._slug:
            for name in ("organisation-name", "organisation-place"):
                self.show_field(name, slug == NEW)
        if slug not in self._known or (self._shown[0] != slug and self._shown != ("", "")):
            self._shown = ("", "")
            begin(self, self._load, exclusive=True, group="loading")
            return
        if not self._code:
            self._hide_single("subject")
            for one in self._fields:
                if one.id.startswith("subject-"):
                    self.show_field(one.id, self._subject() == NEW)
        for one in self._fields:
            if one.ticks:
                self.show_field(one.id, bool(self.value(one.id.replace("traits-", "person-", 1)).strip()))
        if self._norm > 1:
            self.show_field("reason", 0 < len(self._of_role(self._roles[0])) < self._norm)
        self._propose(slug)

    def _hide_single(self, name: str) -> None:
        """Where nothing is there yet there is nothing to choose."""
        self.show_field(name, len(self.query_one(f"#{name}", ChoiceField).options) > 1)

    def _propose(self, slug: str) -> None:
        """The levels of the workplace, and its newest record before this day."""
        place = self._place()
        try:
            day = parse_date(self.value("date"), self._workspace.today)
        except Misused:
            day = date.max
        fitting = [(ref, short(on)) for ref, on in (place.records if place else ()) if on <= day]
        options = [*fitting, (NEW, "(geen)")]
        follows = self.query_one("#follows", ChoiceField)
        if list(follows.options) != options:
            follows.offer(options, options[0][0])
        self.show_field("follows", bool(fitting))
        now = (slug, self._subject())
        if now != self._shown:
            self._shown = now
            self._propose_levels(place)

    def _propose_levels(self, place: Place | None) -> None:
        parameter = self._level_parameter
        if parameter is None:
            return
        field = self.query_one(f"#parameter-{parameter.id}", Input)
        if field.value in ("", self._levels):
            levels = [str(value) for value in parameter.values if place and value in place.levels]
            self._levels = ",".join(levels)
            field.value = self._levels
            # What was proposed is nothing that somebody typed.
            own = f"parameter-{parameter.id}"
            self._fields = [one._replace(value=self._levels) if one.id == own else one for one in self._fields]

    def _of_role(self, role: Role) -> list[str]:
        start = f"person-{role.id}-"
        return [name for one in self._fields if one.id.startswith(start) and (name := self.value(one.id).strip())]

    # -- making it

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.tui.screens.new_organisation import noted

        if self._subject() == UNSAID:
            raise Misused("subject-missing", self.MISSING)
        more: dict[str, Any] = {}
        if self._organisation() == NEW:
            if not values["organisation-name"].strip():
                raise Misused("name-missing", "Geef de organisatie een naam.")
            named = {"name": values["organisation-name"].strip(), "place": values["organisation-place"].strip()}
            more["new_organisation"] = named
        if self._subject() == NEW:
            more["new_subject"] = self._new_subject(values)
        ref = self._workspace.start(
            self._header.id,
            self._organisation(),
            day=parse_date(values["date"], self._workspace.today),
            people=tuple(self._assessors()),
            parameters=given_parameters(values),
            follows=values.get("follows", ""),
            reason=values.get("reason", "").strip(),
            **{"subject": self._subject(), **more, **self._more(values)},
        )
        noted(self._workspace, ref)
        return ref

    def _more(self, values: dict[str, str]) -> dict[str, Any]:
        """What else is said of the new record."""
        return {}

    def _new_subject(self, values: dict[str, str]) -> dict[str, str]:
        fields = {name: values[f"subject-{name}"].strip() for name in ("name", "team", "setting")}
        fields["name"] = fields["name"] or fields["team"]
        if not fields["name"]:
            raise Misused("name-missing", "Geef de praktijkleerplek een naam, of het team.")
        parameter = self._level_parameter
        levels = values.get("subject-levels" if parameter is None else f"parameter-{parameter.id}", "")
        return {**fields, "levels": levels.strip()}

    def _assessors(self) -> Iterator[Assessor]:
        from kwartier.workspace import Assessor

        for role in self._roles:
            start = f"person-{role.id}-"
            for one in self._fields:
                if one.id.startswith(start) and (name := self.value(one.id).strip()):
                    traits = self._traits(f"traits-{role.id}-{one.id.removeprefix(start)}") if role.trait else {}
                    yield Assessor(name, role=role.id, traits=traits)

    def _traits(self, field: str) -> dict[str, bool]:
        """What was ticked; of what was not, nothing is said."""
        return {one: True for one in self.value(field).split(",") if one}


def parameter_field(one: Parameter) -> Field:
    """The field for a parameter: a choice, or where more may be chosen a text with commas."""
    values = [str(value) for value in one.values]
    if one.several:
        return Field(
            f"parameter-{one.id}", one.title, hint=f"een of meer van {', '.join(values)}; met komma's ertussen"
        )
    return Field(f"parameter-{one.id}", one.title, options=tuple((value, value) for value in values))


def given_parameters(values: dict[str, str]) -> dict[str, str]:
    """What was filled in for parameters."""
    start = "parameter-"
    return {name[len(start) :]: text for name, text in values.items() if name.startswith(start) and text.strip()}


def wanted(workspace: Workspace, ref: str) -> str:
    """What is wanted of who takes part and is not there, in Dutch; it keeps nobody from going on."""
    from kwartier.reports.phrases import with_names

    found = [one.message for one in workspace.situation(ref).findings if one.id.startswith("trait-")]
    names = workspace.names(ref.split("/")[0])
    told = with_names(" ".join(found), names)
    return f"{told} Bij mensen, op het scherm van de organisatie, kunt u dit later zeggen." if told else ""


async def ask(app: KwartierApp, screen: Screen[Any], instrument: str, *, slug: str = "", code: str = "") -> None:
    """Asks what is needed for a new record with this instrument, and opens it."""
    from kwartier.workspace.successors import beginning_words

    workspace = await app.workspace()
    content = await asyncio.to_thread(workspace.content, instrument)
    listings = workspace.instruments()
    header = next(one.header for one in listings if one.id == instrument)
    assert header is not None
    kind: type[NewAtWorkplace] = NewAtWorkplace
    if header.subject == "student":
        from kwartier.tui.screens.new_portfolio import NewPortfolio

        kind = NewPortfolio
    known = [] if slug else await asyncio.to_thread(workspace.organisations)
    options = sorted(((each, one.name) for each, one in known if one is not None), key=lambda one: one[1].casefold())
    told = beginning_words(header, listings)

    async def opened(ref: str) -> None:
        await app.open_measurement(ref)
        if warned := await asyncio.to_thread(wanted, workspace, ref):
            app.tell(warned, warning=True)

    def answered(ref: str | None) -> None:
        if ref:
            begin(screen, lambda: opened(ref), group="doing")

    form = kind(workspace, header, content, options, slug=slug, code=code, told=told)
    await app.push_screen(form, answered)


async def begin_new(
    app: KwartierApp, screen: Screen[Any], *, slug: str = "", code: str = "", about: str = "workplace"
) -> None:
    """The same, with the one instrument about workplaces (or students) there is, or the one that is picked."""
    from kwartier.tui.screens.new_measurement import InstrumentPick

    workspace = await app.workspace()
    found = [one for one in workspace.instruments() if one.header and one.header.subject == about]
    usable = [one for one in found if one.usable]
    if not usable:
        what = "studenten" if about == "student" else "praktijkleerplekken"
        app.tell(f"Er is hier geen instrument over {what} dat gebruikt kan worden.", warning=True)
        return
    if len(found) == 1:
        await ask(app, screen, usable[0].id, slug=slug, code=code)
        return

    def answered(instrument: str | None) -> None:
        if instrument:
            begin(screen, lambda: ask(app, screen, instrument, slug=slug, code=code), group="doing")

    await app.push_screen(InstrumentPick(found), answered)
