"""Who may read something, to choose: only oneself, some of the others, or everyone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kwartier.records.files import EVERYONE
from kwartier.tui.widgets.choice_list import ChoiceList

OWN = ""
"""Stands for nobody but who gave it."""
ONLY_ME = "alleen ik"


class ReadersList(ChoiceList):
    """`value` holds who is chosen; only oneself is nobody. Only oneself and everyone go with nobody else."""

    def __init__(
        self, choices: Sequence[tuple[str, str]], chosen: Collection[str] = (), *, id: str | None = None
    ) -> None:
        others = [(key, words) for key, words in choices if key != OWN]
        super().__init__([(OWN, ONLY_ME), *others], list(chosen) or [OWN], many=True, id=id)

    @property
    def value(self) -> list[str]:
        """Who is chosen."""
        return [str(self._choices[place][0]) for place in sorted(self._chosen) if self._choices[place][0] != OWN]

    def action_tick(self) -> None:
        """Chooses what is pointed at, or lets it go."""
        if self.highlighted is None:
            return
        alone = {place for place, (key, _) in enumerate(self._choices) if key in (OWN, EVERYONE)}
        if self.highlighted in alone:
            places = {self.highlighted} if self.highlighted not in self._chosen else {0}
        else:
            places = (self._chosen ^ {self.highlighted}) - alone
        self._choose(places or {0})
