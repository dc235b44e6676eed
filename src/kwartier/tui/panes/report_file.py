"""Writing the report to a file: in which form, where, and over which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import Misused, Refused
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm

if TYPE_CHECKING:
    from kwartier.tui.panes.report import ReportPane
    from kwartier.workspace import Workspace


class ReportFile:
    """One report on its way to a file; what was typed stays until it is written or given up."""

    def __init__(self, pane: ReportPane, workspace: Workspace) -> None:
        self._pane = pane
        self._workspace = workspace

    def ask(self) -> None:
        """Asks in which form, where there is a choice, and where."""
        from kwartier.workspace import writers

        known = writers()
        if len(known) == 1:
            self._ask_path(next(iter(known)))
            return

        def chosen(form: str | None) -> None:
            if form is not None:
                self._ask_path(form)

        self._pane.app.push_screen(Choose("In welke vorm?", [(one, one) for one in known]), chosen)

    def _ask_path(self, form: str, typed: str = "") -> None:
        kind = {"page": "tekenblad", "full": "verslag"}.get(self._pane.variant, self._pane.variant)
        name = f"{kind}-{self._pane.desk.ref.replace('/', '-')}.{form}"

        def answered(text: str | None) -> None:
            if text is not None:
                self._write(form, text)

        dialog = Ask("Het verslag naar een bestand", "De map en de naam.", value=typed or str(Path.cwd() / name))
        self._pane.app.push_screen(dialog, answered)

    def _write(self, form: str, typed: str, *, overwrite: bool = False) -> None:
        from kwartier.workspace import writers

        if self._pane.document is None:
            raise Misused("not-ready", "Het verslag wordt nog gemaakt.", advice="Probeer het zo nog eens.")
        path = Path(typed.strip()).expanduser()
        try:
            self._workspace.write_out(path, writers()[form].write(self._pane.document), overwrite=overwrite)
        except Refused as error:
            if error.code == "file-exists":
                self._ask_overwrite(form, typed)
                return
            self._pane.kwartier.refuse(error)
            self._ask_path(form, typed)
            return
        self._pane.kwartier.tell(f"Geschreven: {path}")

    def _ask_overwrite(self, form: str, typed: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._write(form, typed, overwrite=True)
            else:
                self._ask_path(form, typed)

        dialog = Confirm("Dit bestand bestaat al", f"{typed}\nVervangen?", yes="Vervangen")
        self._pane.app.push_screen(dialog, answered)
