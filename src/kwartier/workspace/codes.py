"""The codes of people in an organisation and the names behind them, which stand in people.toml alone.

The name of a subject, a student, stands with the subject; here it is known beside the others and never written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from kwartier.errors import Misused, Refused
from kwartier.records.files import SCHEMA, view
from kwartier.records.keys import in_order
from kwartier.records.organisation import Name, PeopleNames
from kwartier.records.tree import Tree
from kwartier.store.files import Reading
from kwartier.store.names import check_name

_CODE = re.compile(r"^[a-z][0-9]{1,5}$")


class Codes:
    """people.toml, looked up and added to. Nothing is written here: see `changed` and `tree`.

    `subjects` are the codes of the students that a record is about, with their names where these are known.
    """

    def __init__(self, reading: Reading | None, place: str, subjects: Mapping[str, str] | None = None) -> None:
        self.subjects: Mapping[str, str] = subjects or {}
        self.reading = reading
        self._place = place
        self._tree: Tree = reading.tree if reading else {"schema": SCHEMA}
        self._names: list[Name] = list(view(self._tree, PeopleNames, place).person)
        self._rows: list[Tree] = list(self._tree.get("person", []))
        self.changed = False

    def beside(self, code: str, name: str) -> Codes:
        """The same, as it was read, with a student known beside them. Refuses a code that is somebody else's here."""
        if any(one.id == code for one in self._names):
            raise Refused(
                "code-taken",
                f"De code '{code}' is hier al van iemand die invult of meedoet.",
                place=self._place,
                advice="Geef de student een andere code, zoals s1.",
            )
        return Codes(self.reading, self._place, {**self.subjects, code: name})

    def tree(self) -> Tree:
        """The file as it should become."""
        return {**self._tree, "person": in_order("person", self._rows)}

    def names(self) -> dict[str, str]:
        """The name behind every code; an erased name is empty."""
        return {**{one.id: one.name for one in self._names}, **self.subjects}

    def shown(self, code: str) -> str:
        """The name behind a code, or the code itself where there is none."""
        return self.names().get(code) or code

    def find(self, name: str) -> str | None:
        """The code that a name or a code stands for, or None. Case and spaces around do not matter."""
        wanted = _folded(name)
        known = self.names()
        if wanted in known:
            return wanted
        found = [code for code, one in known.items() if one and _folded(one) == wanted]
        if len(found) > 1:
            raise Misused(
                "name-ambiguous",
                f"'{name}' staat hier voor meer dan een persoon: {', '.join(found)}.",
                advice="Gebruik de code.",
            )
        return found[0] if found else None

    def find_among(self, name: str, among: Collection[str]) -> str | None:
        """As `find`; a first name is enough where only one of these people is called so."""
        found = self.find(name)
        if found is not None:
            return found
        wanted = _folded(name).split()
        words = {code: _folded(self.shown(code)).split() for code in among}
        called = [code for code, its in words.items() if wanted and its[: len(wanted)] == wanted]
        return called[0] if len(called) == 1 else None

    def code(self, name: str, kind: str) -> str:
        """The code for a name, a new one (`a3`) where it is not known yet. A code that is not in use is refused.

        The letter says how somebody came in: `a` fills in, `d` takes part in an interview, `c` is a contact.
        """
        found = self.find(name)
        if found is not None:
            return found
        if _CODE.match(_folded(name)):
            raise Misused("unknown-code", f"De code '{name}' is hier niet in gebruik.", advice="Geef een naam.")
        return self.add(name, kind)

    def add(self, name: str, kind: str) -> str:
        """A new code for a name; an empty name gives a code without one."""
        if name:
            check_name(name)
        used = set(self.names())
        number = 1
        while f"{kind}{number}" in used:
            number += 1
        row = {"id": f"{kind}{number}", "name": name} if name else {"id": f"{kind}{number}"}
        self._put(row)
        return str(row["id"])

    def rename(self, code: str, name: str) -> None:
        """Another name behind a code: a correction, or a name for who had none."""
        check_name(name)
        self._put({**self._row(code), "name": name})

    def erase(self, code: str, on: date) -> None:
        """Takes the name and all else behind a code away; the code stays, so that records keep their meaning."""
        self._row(code)
        self._put({"id": code, "erased": on})

    def _row(self, code: str) -> Tree:
        row = next((row for row in self._rows if row.get("id") == code), None)
        if row is None and code in self.subjects:
            raise Refused(
                "is-subject",
                f"De naam achter '{code}' staat bij de student.",
                advice="Verbeter hem daar: 'kwartier onderwerp wijzig'.",
            )
        if row is None:
            raise Refused(
                "unknown-code", f"De code '{code}' is hier niet in gebruik.", advice="Zie 'kwartier persoon lijst'."
            )
        return row

    def _put(self, row: Tree) -> None:
        if self._tree.get("schema", SCHEMA) > SCHEMA:
            raise Refused(
                "newer-file",
                "De namen zijn bewaard door een nieuwere kwartier en zijn hier alleen te lezen.",
                place=self._place,
                advice="Installeer de nieuwste versie van kwartier om hier iets te wijzigen.",
            )
        self._rows = [one for one in self._rows if one.get("id") != row["id"]] + [row]
        self._names = [one for one in self._names if one.id != row["id"]]
        self._names.append(Name(id=row["id"], name=row.get("name", ""), erased=row.get("erased")))
        self.changed = True


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
