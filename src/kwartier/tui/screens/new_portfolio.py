"""Begins a portfolio of a student in one form: the code, the level, the programme, who judges, and what it follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from kwartier.errors import KwartierError, Misused
from kwartier.text import one_line
from kwartier.tui.safe import shown
from kwartier.tui.screens.form_dialog import ChoiceField, Field
from kwartier.tui.screens.new_at_workplace import NEW, Known, NewAtWorkplace, Place

if TYPE_CHECKING:
    from kwartier.instrument.model import Profile

NO_PROFILE = ""


class NewPortfolio(NewAtWorkplace):
    """Gives the reference of the new record. The name of a student is asked once, and stands with the student alone."""

    KIND = "student"
    SUBJECT = "Student"
    OTHER = "(nieuwe student)"
    MISSING = "Kies de student, of maak een nieuwe."
    help_text: ClassVar[str] = (
        "Kies de student en het niveau. Een code staat overal waar van de student iets bewaard wordt: zet er geen naam "
        "in. De naam staat alleen bij de student."
    )
    DEFAULT_CSS = """
    NewPortfolio VerticalScroll#fields { max-height: 38vh; }
    NewPortfolio #along { height: auto; max-height: 4; color: $text-muted; }
    """

    _profiles: tuple[Profile, ...] = ()
    _code_proposed = ""

    def _of_subject(self) -> Iterator[Field]:
        yield Field("subject-code", "Code", hint="kort, en zonder naam erin")
        yield Field("subject-name", "Naam", hint="mag leeg; staat alleen bij de student")

    def _made(self, organisations: list[tuple[str, str]]) -> Iterator[Field]:
        self._profiles = self._usable_profiles()
        for one in super()._made(organisations):
            yield one
            if self._profiles and one.id == self._last_parameter:
                options = ((NO_PROFILE, "(geen)"), *((each.id, each.title) for each in self._profiles))
                yield Field("profile", "Opleidingsprofiel", NO_PROFILE, options=options)

    @property
    def _last_parameter(self) -> str:
        """The field after which the programme is asked: it may be for some levels only."""
        parameters = self._content.parameter
        return f"parameter-{parameters[-1].id}" if parameters else "date"

    def _usable_profiles(self) -> tuple[Profile, ...]:
        try:
            found = [one.profile for one in self._workspace.profiles()]
        except KwartierError:  # told where profiles are kept
            return ()
        return tuple(one for one in found if one is not None and one.instrument == self._header.id)

    def below(self) -> ComposeResult:
        yield Static("", id="along")

    # -- what is there already

    def _places(self, slug: str, records: dict[str, list[tuple[str, date]]]) -> Iterator[Place]:
        yield from super()._places(slug, records)
        for code in self._workspace.subjects(slug):
            if self._workspace.is_encrypted(slug, code) and not self._workspace.is_unlocked(slug, code):
                yield Place(code, f"{code} (op slot)", (), ())

    def _offer(self, known: Known) -> None:
        super()._offer(known)
        if not self._code:
            self._propose_code()

    def _propose_code(self) -> None:
        """The next free number, unless somebody typed another code."""
        from kwartier.workspace.students import free_code

        slug = self._organisation()
        code = free_code(self._workspace.subjects(slug) if slug else [])
        field = self.query_one("#subject-code", Input)
        if field.value in ("", self._code_proposed):
            field.value = self._code_proposed = code
            # What was proposed is nothing that somebody typed.
            self._fields = [one._replace(value=code) if one.id == "subject-code" else one for one in self._fields]

    # -- while somebody fills it in

    def changed(self) -> None:
        super().changed()
        if self.is_mounted:
            self._offer_profiles()
            self.query_one("#along", Static).update(shown(self._along()))

    def _offer_profiles(self) -> None:
        """The programmes that are for what was chosen."""
        if not self._profiles:
            return
        chosen = {one.id: self.value(f"parameter-{one.id}") for one in self._content.parameter}
        fitting = [
            one
            for one in self._profiles
            if all(not chosen.get(name) or chosen[name] in map(str, values) for name, values in one.when.items())
        ]
        options = [(NO_PROFILE, "(geen)"), *((one.id, one.title) for one in fitting)]
        field = self.query_one("#profile", ChoiceField)
        if list(field.options) != options:
            field.offer(options, field.value if field.value in dict(options) else NO_PROFILE)
        self.show_field("profile", bool(fitting))

    def _along(self) -> str:
        """What comes along from the record before this one."""
        if not self.query_one("#row-follows").display or not self.value("follows"):
            return ""
        steps = [one.title.lower() for one in self._content.step if getattr(one, "carry", False)]
        word = self._header.word
        return (
            f"Uit {word.article} vorige {word.one} komt mee: {one_line(', '.join(steps), 120)}, "
            "met wie het leest. Een afgesproken oordeel komt niet mee: dat staat er als eerder beoordeeld."
        )

    # -- making it

    def _new_subject(self, values: dict[str, str]) -> dict[str, str]:
        if not values["subject-code"].strip():
            raise Misused("code-missing", "Geef de student een code, zoals s1.")
        return {"name": values["subject-name"].strip()}

    def _more(self, values: dict[str, str]) -> dict[str, Any]:
        more: dict[str, Any] = {"profile": values["profile"]} if values.get("profile") else {}
        if self._subject() == NEW:
            more["subject"] = values["subject-code"].strip()
        return more
