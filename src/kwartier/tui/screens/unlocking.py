"""Passphrases of students: asked before something of a locked student opens, set, changed, and taken off again.

What is typed goes to the workspace alone; it is shown nowhere and kept nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.widgets import Input, Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace

R = TypeVar("R")

SLOW = "Dit duurt een paar tellen."
AFTER = "Reservekopieën en wat eerder is meegegeven, blijven zoals zij zijn."


def key_fields(*, first: str = "Wachtwoord", hint: str = "") -> list[Field]:
    """A passphrase, twice."""
    return [
        Field("key", first, hint=hint, secret=True),
        Field("again", "Nog eens", hint="hetzelfde wachtwoord", secret=True),
    ]


def require_equal(values: dict[str, str]) -> str:
    """The passphrase that was typed twice. Raises `Misused` where the two differ."""
    if values["key"] and values["key"] != values.get("again"):
        raise Misused("passphrase-differs", "De twee wachtwoorden zijn niet gelijk.", advice="Typ ze nog eens.")
    return values["key"]


def require_given(values: dict[str, str]) -> str:
    """The same, where there has to be one."""
    if not values["key"].strip():
        raise Misused("passphrase-missing", "Een leeg wachtwoord beschermt niets.", advice="Kies een wachtwoord.")
    return require_equal(values)


class SecretDialog(FormDialog[R]):
    """A dialog with passphrases: enter in the last field is ready, a refusal empties them, nothing of them is kept."""

    BUSY = SLOW

    @on(Input.Submitted)
    def _entered_last(self, event: Input.Submitted) -> None:
        shown = [one.id for one in self._fields if self.query_one(f"#row-{one.id}").display]
        if event.input.id == shown[-1]:
            event.stop()
            event.prevent_default()
            self.action_done()

    async def save(self, values: dict[str, str]) -> R:
        self.query_one("#refusal", Static).update(self.BUSY)
        try:
            return await self.keep(values)
        except KwartierError:
            self.empty()
            raise

    async def keep(self, values: dict[str, str]) -> R:
        """Does what the dialog is for."""
        raise NotImplementedError

    def empty(self) -> None:
        """Takes away the passphrases that were typed; the first has the focus."""
        secret = [self.query_one(f"#{one.id}", Input) for one in self._fields if one.secret]
        with self.prevent(Input.Changed):
            for one in secret:
                one.value = ""
        secret[0].focus()

    def save_now(self) -> list[KwartierError]:
        """A passphrase is nothing that can be lost."""
        secret = {one.id for one in self._fields if one.secret}
        typed = any(
            self.value(one.id) != one.value
            for one in self._fields
            if one.id not in secret and one.options is None and not one.ticks
        )
        return super().save_now() if typed else []


class Unlock(SecretDialog[bool]):
    """Asks the passphrase of a student until it is right, or somebody goes back. Gives whether it is open now."""

    OK = "Openen"
    LABEL = 14
    help_text = (
        "Alles van deze student is op slot. Met het wachtwoord is het te lezen tot u het weer op slot doet, of tot "
        "kwartier stopt. Zonder het wachtwoord is het niet te openen, ook niet door kwartier."
    )

    def __init__(self, workspace: Workspace, slug: str, code: str) -> None:
        self._workspace, self._slug, self._code = workspace, slug, code
        super().__init__(
            f"{code} is op slot",
            [Field("key", "Wachtwoord", secret=True)],
            "Typ het wachtwoord. Dan is alles te lezen tot u het weer op slot doet, of tot kwartier stopt.",
        )

    async def keep(self, values: dict[str, str]) -> bool:
        if not values["key"]:
            raise Misused("passphrase-missing", "Typ het wachtwoord.")
        await asyncio.to_thread(self._workspace.unlock_student, self._slug, self._code, values["key"])
        self.kwartier.opened_lock(self._slug, self._code)
        return True


class Encrypt(SecretDialog[int]):
    """Puts everything of a student behind a passphrase; says first what a lost one means. Gives how many files."""

    OK = "Op slot zetten"
    LABEL = 14
    BUSY = "Alles wordt versleuteld. " + SLOW
    help_text = "Alles van deze student wordt versleuteld. Alleen de code en de bewaartermijn blijven leesbaar."

    def __init__(self, workspace: Workspace, slug: str, code: str) -> None:
        from kwartier.workspace.encrypting import WARNING

        self._workspace, self._slug, self._code = workspace, slug, code
        super().__init__(
            f"Alles van {code} op slot zetten",
            key_fields(),
            f"! {WARNING}\nAlleen de code en de bewaartermijn blijven te lezen. {AFTER}",
        )

    async def keep(self, values: dict[str, str]) -> int:
        key = require_given(values)
        return await asyncio.to_thread(self._workspace.encrypt_student, self._slug, self._code, key)


class ChangePassphrase(SecretDialog[bool]):
    """Another passphrase for a student."""

    OK = "Veranderen"
    LABEL = 20

    def __init__(self, workspace: Workspace, slug: str, code: str) -> None:
        from kwartier.workspace.encrypting import WARNING

        self._workspace, self._slug, self._code = workspace, slug, code
        super().__init__(
            f"Ander wachtwoord voor {code}",
            [Field("old", "Wachtwoord tot nu", secret=True), *key_fields(first="Nieuw wachtwoord")],
            f"! {WARNING}\nEen oude reservekopie gaat nog open met het oude wachtwoord.",
        )

    async def keep(self, values: dict[str, str]) -> bool:
        key = require_given(values)
        await asyncio.to_thread(self._workspace.change_passphrase, self._slug, self._code, values["old"], key)
        return True


def ask_to_unlock(app: KwartierApp, workspace: Workspace, slug: str, code: str, then: Callable[[], object]) -> None:
    """Asks the passphrase of a student, and does `then` once it is open."""

    def answered(yes: bool | None) -> None:
        if yes:
            then()

    app.push_screen(Unlock(workspace, slug, code), answered)


def open_behind(app: KwartierApp, workspace: Workspace, error: KwartierError, then: Callable[[], object]) -> None:
    """The same for what was refused because it is locked; raises any other refusal again."""
    slug, code = str(getattr(error, "organisation", "")), str(getattr(error, "student", ""))
    if error.code != "locked" or not code:
        raise error
    ask_to_unlock(app, workspace, slug, code, then)


def take_off(app: KwartierApp, workspace: Workspace, slug: str, code: str, then: Callable[[], object]) -> None:
    """Puts everything of an unlocked student in clear again, once somebody says that it is meant."""
    from kwartier.tui.screens.dialogs import Confirm

    async def work() -> None:
        app.tell(f"Het slot gaat van {code} af…")
        await asyncio.to_thread(workspace.decrypt_student, slug, code)
        app.closed_lock(slug, code)
        app.tell(f"Het slot is van {code} af: wie bij de datamap kan, kan alles weer lezen.")
        then()

    def answered(yes: bool | None) -> None:
        if yes:
            begin(app.screen, work, group="doing")

    text = "Alles wordt weer leesbaar voor wie bij de datamap kan."
    app.push_screen(Confirm(f"Het slot van {code} halen?", text, yes="Slot eraf", no="Zo laten"), answered)
