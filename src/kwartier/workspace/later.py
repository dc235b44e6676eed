"""What newer records of a subject have in the private steps of a record: they decide who reads it.

What follows from it stands in `kwartier.workflow.readers`; here is only the reading.
"""

from __future__ import annotations

import os

from kwartier.errors import KwartierError
from kwartier.instrument.model import Content, EvidenceStep
from kwartier.records.tree import Tree
from kwartier.store import files
from kwartier.store.folder import DataFolder
from kwartier.store.refs import Ref, is_date_name
from kwartier.workflow.decided import Later
from kwartier.workflow.readers import PrivateStep, private_steps


def later_records(folder: DataFolder, ref: Ref, content: Content | None) -> tuple[Later, ...]:
    """The newer records of a subject, newest first; none where the content has no private step."""
    steps = private_steps(content) if content is not None and ref.subject else ()
    if not steps:
        return ()
    place = folder.instrument(ref.organisation, ref.instrument, ref.subject)
    names = [one.name for one in place.iterdir() if is_date_name(one.name)]
    newer = [Ref(ref.organisation, ref.instrument, ref.subject, name) for name in names]
    # also one of which the envelope has not been synchronised yet: what it has decided holds
    places = {one: folder.assessment(one) for one in newer if one.order > ref.order}
    newer = [one for one, path in places.items() if path.is_dir() and not path.is_symlink()]
    return tuple(_read(folder, one, steps) for one in sorted(newer, key=lambda one: one.order, reverse=True))


def _read(folder: DataFolder, ref: Ref, steps: tuple[PrivateStep, ...]) -> Later:
    shared: dict[str, Tree] = {}
    personal: dict[tuple[str, str], Tree] = {}
    private = {step.id: isinstance(step, EvidenceStep) for step in steps}
    try:
        found = folder.step_files(ref)
        if any((id, None) not in found and os.path.lexists(folder.step_file(ref, id, None)) for id in private):
            return Later(ref=str(ref), broken=True)  # a link, or a folder, where its file should be
        for (step, code), path in found.items():
            if step not in private or private[step] is not (code is None):
                continue
            tree = files.read(path).tree
            if not _is_sound(tree):
                return Later(ref=str(ref), broken=True)
            if code is None:
                shared[step] = tree
            else:
                personal[step, code] = tree
    except KwartierError:
        return Later(ref=str(ref), broken=True)
    return Later(ref=str(ref), shared=shared, personal=personal)


def _is_sound(tree: Tree) -> bool:
    """Whether its rows can be told; the form of the whole is checked where that record itself is read."""
    rows = [*_list(tree.get("evidence", [])), *_list(tree.get("answer", []))]
    return all(
        isinstance(row, dict) and isinstance(row.get("readers", []), list) and isinstance(row.get("file", {}), dict)
        for row in rows
    ) and isinstance(tree.get("removed", []), list)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
