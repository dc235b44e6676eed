"""Begins a measurement: first with which instrument, then when and by whom. What is asked, the instrument says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content as TextContent
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kwartier.errors import Misused
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.screens.new_at_workplace import given_parameters, parameter_field
from kwartier.workflow.people import assessor_role
from kwartier.workflow.periods import parse_date, short
from kwartier.workspace.successors import beginning_words, forerunner_words, present_first

if TYPE_CHECKING:
    from kwartier.instrument.model import Content, Header
    from kwartier.workspace import Listing, Workspace
    from kwartier.workspace.portrait import Portrait
    from kwartier.workspace.summaries import Summary

_MOST = 4
"""So many names of people who count can be given at once; more join later."""


class InstrumentPick(Dialog[str]):
    """The instruments that can be used; those that cannot are there with the reason."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        super().__init__("Nieuwe meting: met welk instrument?")
        self._listings = listings
        self._usable = present_first(sorted((one for one in listings if one.usable), key=_is_about_somebody))
        self._others = [one for one in listings if not one.usable]

    def body(self) -> ComposeResult:
        if not self._usable:
            yield Static("Er is geen instrument dat gebruikt kan worden.", classes="wrong")
        options = [Option(self._told(one), id=str(n)) for n, one in enumerate(self._usable)]
        options += [Option(_other(one), disabled=True) for one in self._others]
        yield OptionList(*options)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._usable[event.option_index].id)

    def _told(self, one: Listing) -> TextContent:
        header = one.header
        said = forerunner_words(header, self._listings) if header else ""
        pieces: list[Part] = [(f"\n   {said}", "$text-muted")] if said else []
        return parts((header.short if header else one.id, "bold"), f"  {header.title if header else one.id}", *pieces)


def _is_about_somebody(one: Listing) -> bool:
    """Whether it is about a student or a workplace; of an organisation what is about itself stands first."""
    return one.header is not None and one.header.subject != "organisation"


def _other(one: Listing) -> TextContent:
    name = one.header.short if one.header else one.id
    return parts(f"– {name}  {one.state.word}", f"\n   {one.reason} {one.advice}")


class NewMeasurement(FormDialog[str]):
    """Gives the reference of the new record."""

    OK = "Beginnen"

    def __init__(self, portrait: Portrait, header: Header, content: Content, subjects: Sequence[str]) -> None:
        self._portrait, self._header, self._content = portrait, header, content
        self._role = assessor_role(content)
        self._norm = self._role.norm or 1 if self._role else 0
        self._proposed = False
        self._had = [one for one in portrait.summaries if one.instrument == header.id and not one.problem]
        told = beginning_words(header, portrait.instruments)
        super().__init__(f"Nieuwe meting: {header.short}", self._fields_of(subjects), told)

    def _fields_of(self, subjects: Sequence[str]) -> list[Field]:
        today = self._portrait.today
        known = tuple(sorted({name for name in self._portrait.names.values() if name}))
        made = [Field("date", "Datum", f"{today.day}-{today.month}-{today.year}", today=today)]
        if self._header.subject != "organisation":
            what = "Student (code)" if self._header.subject == "student" else "Praktijkleerplek"
            hint = f"bekend: {', '.join(subjects[:4])}" if subjects else "een nieuwe code wordt gemaakt"
            made.append(Field("subject", what, hint=hint, known=tuple(subjects)))
        made += [parameter_field(one) for one in self._content.parameter]
        if self._role is not None:
            title = self._role.title.capitalize()
            number = max(min(self._norm, _MOST), 1)
            for place in range(1, number + 1):
                label = f"{title} {place}" if number > 1 else title
                hint = "naam; → neemt een bekende naam over" if known else "naam"
                made.append(Field(f"person-{place}", label, hint=hint, known=known))
            made.append(Field("shadow", "Loopt mee", hint="mag leeg; scoort mee maar telt niet mee", known=known))
            made.append(Field("reason", "Reden", hint=f"waarom minder dan {self._norm} {self._many}"))
        if self._had:
            options = tuple((one.ref, _named(one)) for one in reversed(self._had))
            made.append(Field("follows", "Vorige meting", options=(*options, ("", "(geen)"))))
        return made

    @property
    def _many(self) -> str:
        return (self._role.many or self._role.title) if self._role else ""

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        names = self._names()
        if self._role is not None:
            self.show_field("reason", 0 < len(names) < self._norm)
        if self._had:
            self._propose_previous()

    def _propose_previous(self) -> None:
        """The newest one before this date, of the same subject, until somebody chooses another."""
        try:
            day = parse_date(self.value("date"), self._portrait.today)
        except Misused:
            return
        subject = self.value("subject").strip() if self._header.subject != "organisation" else ""
        fitting = [one for one in reversed(self._had) if one.date <= day and one.subject == subject]
        field = self.query_one("#follows", ChoiceField)
        options = [*((one.ref, _named(one)) for one in fitting), ("", "(geen)")]
        if list(field.options) != options:
            field.offer(options, options[0][0])
        elif not field.value and not self._proposed:
            field.take(options[0][0])
        self._proposed = True

    def _names(self) -> list[str]:
        fields = [one.id for one in self._fields if one.id.startswith("person-")]
        return [name for one in fields if (name := self.value(one).strip())]

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.tui.screens.new_organisation import noted
        from kwartier.workspace import Assessor

        people = [Assessor(name) for name in self._names()]
        if shadow := values.get("shadow", "").strip():
            people.append(Assessor(shadow, shadow=True))
        workspace = await self.kwartier.workspace()
        ref = workspace.start(
            self._header.id,
            self._portrait.slug,
            day=parse_date(values["date"], self._portrait.today),
            people=tuple(people),
            subject=values.get("subject", "").strip(),
            parameters=given_parameters(values),
            follows=values.get("follows", ""),
            reason=values.get("reason", "").strip(),
        )
        noted(workspace, ref)
        return ref


def _named(one: Summary) -> str:
    return f"{short(one.date)} · {one.subject}" if one.subject else short(one.date)


def previous_day_told(workspace: Workspace, ref: str) -> str:
    """What is told where there was a record of the same instrument and day already; else empty."""
    folder, _, name = ref.rpartition("/")
    others = [str(one) for one in workspace.assessments(ref.split("/")[0]) if str(one) != ref]
    day = name[:10]
    same = any(one.rpartition("/")[0] == folder and one.rpartition("/")[2][:10] == day for one in others)
    return "Let op: op deze dag was er al een meting; dit is een tweede." if same else ""
