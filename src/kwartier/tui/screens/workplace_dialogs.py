"""Asks what is known of a workplace or student, and who is placed there: new, or to be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwartier.errors import Misused
from kwartier.tui.safe import in_field
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.new_organisation import noted
from kwartier.workflow.periods import parse_date, typed

if TYPE_CHECKING:
    from kwartier.records.organisation import Placement, Subject
    from kwartier.workspace import Workspace

KINDS = (("workplace", "praktijkleerplek"), ("student", "student"))
_OF_WORKPLACE = ("team", "place", "setting", "levels", "ended")


def _fields(one: Subject | None) -> list[Field]:
    levels = ",".join(map(str, one.levels)) if one else ""
    made = [
        Field("kind", "Soort", one.kind if one else "workplace", options=KINDS),
        Field("name", "Naam", one.name if one else ""),
        Field("team", "Team", one.team if one else "", "mag leeg blijven"),
        Field("place", "Plaats", one.place if one else "", "mag leeg blijven"),
        Field("setting", "Werksetting", one.setting if one else "", "mag leeg blijven"),
        Field("levels", "Niveaus", levels, "waarvoor de plek bedoeld is, zoals 4,5"),
        Field("note", "Opmerking", one.note if one else ""),
    ]
    if one is not None:
        made.append(Field("ended", "Gestopt op", typed(one.ended) if one.ended else "", "leeg: nog een plek"))
    return made


class _About(FormDialog[str]):
    """What a new subject and a correction have in common: a student has no team, setting or levels."""

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        for one in self._fields:
            if one.id in _OF_WORKPLACE:
                self.show_field(one.id, self.value("kind") != "student")


class NewSubject(_About):
    """Gives the code of the new workplace or student."""

    OK = "Maken"

    def __init__(self, workspace: Workspace, slug: str) -> None:
        self._workspace, self._slug = workspace, slug
        code = Field("code", "Code", hint="van een student altijd; van een plek mag hij leeg blijven")
        super().__init__("Nieuwe praktijkleerplek of student", [code, *_fields(None)])

    async def save(self, values: dict[str, str]) -> str:
        details = {key: text.strip() or None for key, text in values.items() if key not in ("code", "name")}
        name = values["name"].strip() or (details.get("team") or "")
        code = values["code"].strip()
        if not code and details["kind"] == "student":
            raise Misused("subject-missing", "Geef de student een code: in metingen staat nooit een naam.")
        if not code and not name:
            raise Misused("name-missing", "Geef een naam, een team of een code.")
        code = code or self._workspace.free_code(self._slug, name)
        made = self._workspace.add_subject(self._slug, code, name, **details)
        noted(self._workspace, self._slug)
        return made


class EditSubject(_About):
    """Corrects what is known of a workplace or student."""

    OK = "Bewaren"

    def __init__(self, workspace: Workspace, slug: str, one: Subject) -> None:
        self._workspace, self._slug, self._code = workspace, slug, one.code
        super().__init__(f"Gegevens van {one.code}", _fields(one))
        self._had = {field.id: in_field(field.value) for field in self._fields}

    async def save(self, values: dict[str, str]) -> str:
        changed = {key: text.strip() for key, text in values.items() if text != self._had[key]}
        if changed:
            self._workspace.change_subject(self._slug, self._code, **changed)
            noted(self._workspace, self._slug)
        return self._code


class PlacementDialog(FormDialog[str]):
    """A new placement, or one to correct; gives the code of the student."""

    OK = "Bewaren"

    def __init__(self, workspace: Workspace, slug: str, code: str, one: Placement | None, students: list[str]) -> None:
        self._workspace, self._slug, self._code, self._one = workspace, slug, code, one
        super().__init__(f"Plaatsing bij {code}", self._made(one, tuple(students)))
        self._had = {field.id: in_field(field.value) for field in self._fields}

    def _made(self, one: Placement | None, students: tuple[str, ...]) -> list[Field]:
        today, names = self._workspace.today, self._workspace.names(self._slug)
        known = tuple(sorted({name for name in names.values() if name}))
        start = typed(one.start) if one and one.start else ""
        end = typed(one.end) if one and one.end else ""
        level = str(one.level) if one and one.level is not None else ""
        supervisor = (names.get(one.supervisor) or one.supervisor) if one else ""
        return [
            Field("student", "Student", one.student if one else "", "een code, nooit een naam", known=students),
            Field("start", "Van", start, "de eerste dag", today=today),
            Field("end", "Tot en met", end, "de laatste dag; mag leeg blijven", today=today),
            Field("supervisor", "Begeleider", supervisor, "naam; wordt bewaard als code", known=known),
            Field("level", "Opleidingsniveau", level, "van de student, zoals 4"),
            Field("note", "Opmerking", one.note if one else ""),
        ]

    async def save(self, values: dict[str, str]) -> str:
        changed = {key: text.strip() for key, text in values.items() if text != self._had[key]}
        if not values["student"].strip():
            raise Misused("student-missing", "Zeg om welke student het gaat: geef de code.")
        for key in ("start", "end"):
            if changed.get(key):  # read as the field itself does: 1-12 is the one nearest to today
                changed[key] = typed(parse_date(changed[key], self._workspace.today))
        if self._one is None:
            self._workspace.add_placement(self._slug, self._code, **changed)
        elif changed:
            self._workspace.change_placement(self._slug, self._code, self._one.id, **changed)
        noted(self._workspace, self._slug)
        return values["student"].strip()
