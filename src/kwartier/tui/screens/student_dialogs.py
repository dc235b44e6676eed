"""Asks what is needed to make, correct, keep and erase a student. What leaves and comes in: `student_files`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.tui.safe import in_field, shown
from kwartier.tui.screens.dialogs import Confirm, TextDialog
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.screens.new_organisation import noted
from kwartier.workflow.periods import parse_date, short, typed

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.erasing import Erased, WouldErase
    from kwartier.workspace.students import Student

_THERE = ("file-exists", "exists")


def counted(number: int, one: str, more: str) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else more}"


def portfolios_words(number: int) -> str:
    """So many portfolios."""
    return counted(number, "portfolio", "portfolio's")


def tell_all(app: App[Any], title: str, text: str) -> None:
    """A longer text to read, that stays until it is closed."""
    app.push_screen(TextDialog(title, shown(text)))


async def replacing(dialog: FormDialog[Any], path: Path, work: Callable[..., Any]) -> Any:
    """Does `work`, which makes a file; where one is there, asks whether it may be replaced. Works in a thread."""
    try:
        return await asyncio.to_thread(work)
    except Refused as error:
        if error.code not in _THERE:
            raise
        ask = Confirm("Er staat hier al iets", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
        if not await dialog.app.push_screen_wait(ask):
            raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
        return await asyncio.to_thread(partial(work, overwrite=True))


# -- who it is


class NewStudent(FormDialog[str]):
    """Gives the code of the student that was made."""

    OK = "Maken"
    help_text = "De code staat overal waar iets van de student bewaard wordt: zet er geen naam in."

    def __init__(self, workspace: Workspace, slug: str) -> None:
        from kwartier.workspace.students import free_code

        self._workspace, self._slug = workspace, slug
        super().__init__(
            "Nieuwe student",
            [
                Field("code", "Code", free_code(workspace.subjects(slug)), "kort, en zonder naam erin"),
                Field("name", "Naam", hint="mag leeg; staat alleen bij de student"),
                Field("until", "Bewaren tot", today=workspace.today),
                Field("note", "Opmerking", hint="mag leeg blijven"),
            ],
        )

    def on_mount(self) -> None:
        self.query_one("#name").focus()

    async def save(self, values: dict[str, str]) -> str:
        code = values["code"].strip()
        if not code:
            raise Misused("code-missing", "Geef de student een code, zoals s1.")
        day = parse_date(values["until"], self._workspace.today) if values["until"].strip() else None
        details = {"kind": "student", "note": values["note"].strip() or None}
        self._workspace.add_subject(self._slug, code, values["name"].strip(), **details)
        if day is not None:
            self._workspace.retain(self._slug, code, day)
        noted(self._workspace, self._slug)
        return code


class EditStudent(FormDialog[str]):
    """Corrects the name and the remark; the code never changes."""

    OK = "Bewaren"

    def __init__(self, workspace: Workspace, one: Student) -> None:
        self._workspace, self._one = workspace, one
        super().__init__(
            f"Gegevens van {one.code}",
            [
                Field("name", "Naam", one.name, "mag leeg; staat alleen bij de student"),
                Field("note", "Opmerking", one.note),
            ],
        )

    async def save(self, values: dict[str, str]) -> str:
        had = {"name": in_field(self._one.name), "note": in_field(self._one.note)}
        changed = {key: text.strip() for key, text in values.items() if text != had[key]}
        if changed:
            self._workspace.change_subject(self._one.organisation, self._one.code, **changed)
            noted(self._workspace, self._one.organisation)
        return self._one.code


class Retain(FormDialog[str]):
    """Gives the day until which all of a student is kept, as it is read; empty where none is set any more."""

    OK = "Bewaren"

    def __init__(self, workspace: Workspace, one: Student) -> None:
        self._workspace, self._one = workspace, one
        day = typed(one.retain_until) if one.retain_until else ""
        text = (
            "Op die dag staat op de agenda dat u wist of verlengt; er wordt nooit vanzelf iets gewist. De datum is ook "
            "te lezen als de student op slot is. Leeg: geen datum."
        )
        super().__init__(
            f"Tot wanneer wordt {one.code} bewaard?", [Field("until", "Bewaren tot", day, today=workspace.today)], text
        )

    async def save(self, values: dict[str, str]) -> str:
        text = values["until"].strip()
        day = parse_date(text, self._workspace.today) if text else ""
        self._workspace.retain(self._one.organisation, self._one.code, day)
        noted(self._workspace, self._one.organisation)
        return short(day) if not isinstance(day, str) else ""


# -- erasing


class Erase(FormDialog[str]):
    """Says what goes, offers to keep the decision, and has the code typed; gives what is to be told afterwards."""

    OK = "Voorgoed wissen"
    help_text = "Wissen kan niet ongedaan gemaakt worden. Er gebeurt pas iets als u de code typt en op de knop drukt."

    def __init__(self, workspace: Workspace, one: Student, goes: WouldErase) -> None:
        self._workspace, self._one = workspace, one
        what = [
            portfolios_words(goes.records),
            counted(goes.evidence, "bestand bij bewijs", "bestanden bij bewijs"),
            counted(goes.placements, "plaatsing", "plaatsingen"),
        ]
        what += [counted(goes.copies, "kopie", "kopieën")] if goes.copies else []
        path = Path.home() / f"{one.organisation}-{one.code}-besluit.md"
        keep = one.shut or not one.portfolios
        fields = [] if keep else [Field("keep", "Besluit eerst naar", str(path), "leeg: geen besluit bewaren")]
        why = (
            " Een opleiding moet soms het besluit bewaren: wat is afgesproken, zonder bewijs. Dat komt eerst."
            if fields
            else " Het besluit bewaren kan alleen als de student van slot is."
            if one.shut and one.portfolios
            else ""
        )
        super().__init__(
            f"Alles van {one.code} wissen?",
            [*fields, Field("sure", "Typ de code", hint=one.code)],
            f"! Dit gaat voorgoed weg: {', '.join(what)}, en alles wat erbij hoort. Een telling blijft.{why}",
        )

    def on_mount(self) -> None:
        self.query_one("#sure").focus()

    async def save(self, values: dict[str, str]) -> str:
        if values["sure"].strip() != self._one.code:
            raise Misused("not-sure", f"Typ {self._one.code} om te wissen.", advice="Of ga terug met esc.")
        keep = path_of(values["keep"]) if values.get("keep", "").strip() else None
        work = partial(self._workspace.erase_student, self._one.organisation, self._one.code, keep)
        done = await (replacing(self, keep, work) if keep else asyncio.to_thread(work))
        return _erased(done)

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost where it is not done."""
        return []


def _erased(done: Erased) -> str:
    gone = [
        portfolios_words(done.records),
        counted(done.evidence, "bestand bij bewijs", "bestanden bij bewijs"),
        counted(done.placements, "plaatsing", "plaatsingen"),
    ]
    extra = done.copies + done.leftovers
    gone += [counted(extra, "kopie of restant", "kopieën en restanten")] if extra else []
    told = [f"Weg: {', '.join(gone)}."]
    told += [f"Het besluit staat in {' en '.join(done.decision)}."] if done.decision else []
    if not done.counted:
        told.append("De telling van gewiste studenten is niet bijgewerkt: de organisatie is niet te lezen.")
    if done.unreachable:
        told.append(
            "Wat kwartier niet kan bereiken, en u zelf nog nagaat:\n" + "\n".join(f"- {x}" for x in done.unreachable)
        )
    return "\n\n".join(told)
