"""Who reads a row of a private step: a piece of evidence, or the remark at an answer. Nobody else decides this.

Without readers only the owner does: who holds the role of the step, and of a sheet the person whose sheet it is. What
is taken out leaves no trace, not even how much it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from kwartier.errors import Misused, Refused
from kwartier.instrument import model as m
from kwartier.records.files import EVERYONE
from kwartier.records.keys import row_key
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.workflow.people import assessors, person, role_words

PrivateStep = m.EvidenceStep | m.ScoreStep
Key = tuple[str, ...]
"""Of a row: its id, or its item and part."""

_OF_THE_STEP = ("schema", "date", "by", "skipped")
"""What a file of evidence says beside its rows, and nobody keeps to themselves."""

NOBODY_WORDS = ("niemand", "alleen ik")
EVERYONE_WORDS = (EVERYONE, "iedereen")


def private_steps(content: m.Content) -> tuple[PrivateStep, ...]:
    """The steps in which a person chooses who reads what."""
    return tuple(one for one in content.step if isinstance(one, m.EvidenceStep | m.ScoreStep) and one.private)


def is_owned(step: m.AnyStep) -> bool:
    """Whether only who holds the role of a step changes its shared file."""
    return isinstance(step, m.EvidenceStep) and bool(step.role) and (step.private or step.by == "person")


def owners(record: Record, content: m.Content, step: m.AnyStep) -> tuple[str, ...]:
    """The codes of those who hold the role of a step now; that of the subject is held by nobody else."""
    subject = record.envelope.subject
    if subject and any(role.id == step.role and role.is_subject for role in content.role):
        return (subject,)
    return tuple(one.id for one in assessors(record, step.role) if one.stopped is None and not one.shadow)


def owner(record: Record, content: m.Content, step: m.AnyStep) -> str:
    """The code of who holds the role of a step; empty where nobody does."""
    return next(iter(owners(record, content, step)), "")


def require_owner(record: Record, content: m.Content, step: m.AnyStep, who: str | None) -> None:
    """Refuses a change of an owned step by anybody else. Raises `Misused` ("who") where nobody is named."""
    if not is_owned(step):
        return
    known = owners(record, content, step)
    role = role_words(content, step.role)[0]
    if who is None:
        raise Misused(
            "who",
            f"'{step.title}' is van de {role}: zeg wie er achter het toetsenbord zit.",
            place=record.ref,
            advice=f"Voeg toe: --auditor {known[0] if known else 'NAAM'}.",
        )
    if who not in known:
        raise Refused(
            "not-yours",
            f"'{step.title}' is van de {role}; alleen die verandert er iets in.",
            place=record.ref,
            advice=f"Laat het doen door {', '.join(known) or f'een {role}'}.",
        )


def may_read(record: Record, readers: Iterable[str], viewer: str | None) -> bool:
    """Whether somebody who is not the owner is among the readers. Who stopped reads what is for everyone."""
    named = frozenset(readers)
    if EVERYONE in named:
        return True
    found = person(record, viewer) if viewer else None
    return found is not None and found.stopped is None and bool(named & {found.id, found.role})


def as_read_by(record: Record, content: m.Content, viewer: str | None) -> Record:
    """The record with what `viewer` reads of the private steps; of None only what is for everyone."""
    steps = private_steps(content)
    if not steps:
        return record
    shared, personal, withheld = dict(record.shared), dict(record.personal), set(record.withheld)
    closed = set()
    for step in steps:
        if viewer is None or viewer not in owners(record, content, step):
            withheld.add(step.id)
        if isinstance(step, m.EvidenceStep) and step.id in withheld:
            closed.add(step.id)
            if step.id in shared:
                shared[step.id] = _evidence_for(record, shared[step.id], viewer)
                if not set(shared[step.id]) - {"schema"}:
                    del shared[step.id]
        elif isinstance(step, m.ScoreStep):
            for key in [key for key in personal if key[0] == step.id and key[1] != viewer]:
                before = personal[key]
                personal[key] = _sheet_for(record, before, viewer)
                if rows_of(before, "answer") and not _is_told(personal[key]):
                    del personal[key]
    if closed:
        for report in (one for one in content.step if isinstance(one, m.ReportStep) and one.id in shared):
            shared[report.id] = _versions_for(record, shared[report.id], closed, viewer)
    return replace(record, shared=shared, personal=personal, withheld=frozenset(withheld))


def _evidence_for(record: Record, tree: Tree, viewer: str | None) -> Tree:
    rows = [without(row, "readers") for row in rows_of(tree, "evidence") if may_read(record, readers_of(row), viewer)]
    left = {key: value for key, value in tree.items() if key in _OF_THE_STEP}  # whatever else stands in it is not known
    return {**left, "evidence": rows} if rows else left


def _sheet_for(record: Record, tree: Tree, viewer: str | None) -> Tree:
    found = dict(tree)
    if "answer" in tree:
        found["answer"] = _answers_for(record, tree, viewer)
    if "earlier" in tree:
        found["earlier"] = [{**old, "answer": _answers_for(record, old, viewer)} for old in rows_of(tree, "earlier")]
    return found


def _is_told(sheet: Tree) -> bool:
    """Whether anything is left of a sheet but that it was begun, which tells that there are remarks."""
    return bool(sheet.get("answer")) or bool(set(sheet) - {"schema", "person", "answer", "wording", "explanations"})


def _answers_for(record: Record, tree: Tree, viewer: str | None) -> list[Tree]:
    """Answers with the remarks that are for the viewer; a row that held no more than a remark goes whole."""
    found = []
    for row in rows_of(tree, "answer"):
        if may_read(record, readers_of(row), viewer):
            found.append(without(row, "readers"))
        elif "value" in row or row.get("missing"):
            found.append(without(row, "readers", "note"))
    return found


def _versions_for(record: Record, tree: Tree, steps: set[str], viewer: str | None) -> Tree:
    """A definitive report with what it fixed of private steps, as far as the viewer reads it."""
    made = []
    for version in rows_of(tree, "version"):
        snapshot = dict(version.get("snapshot", {}))
        for step in steps & set(snapshot):
            snapshot[step] = _evidence_for(record, snapshot[step], viewer)
        made.append({**version, "snapshot": snapshot})
    return {**tree, "version": made} if made else tree


def passed_on(record: Record, content: m.Content, seen: Record, viewer: str) -> Record:
    """What `viewer` may read of private steps (`seen`), to be read elsewhere too.

    Each row keeps of its readers only those by which the viewer is one, and tells of no other.
    """
    named = read_as(record, viewer)
    shared, personal = dict(seen.shared), dict(seen.personal)
    for step in private_steps(content):
        if isinstance(step, m.EvidenceStep) and step.id in shared:
            shared[step.id] = _told_again(record.shared.get(step.id, {}), shared[step.id], "evidence", named)
        for key in [key for key in personal if key[0] == step.id and key[1] != viewer]:
            personal[key] = _told_again(record.personal.get(key, {}), personal[key], "answer", named)
    return replace(seen, shared=shared, personal=personal)


def read_as(record: Record, viewer: str) -> frozenset[str]:
    """The readers by which somebody may read a private row."""
    found = person(record, viewer)
    return frozenset({EVERYONE, viewer, found.role if found else viewer})


def _told_again(whole: Tree, seen: Tree, array: str, named: frozenset[str]) -> Tree:
    by_key = {row_key(array, row): readers_of(row) for row in rows_of(whole, array)}
    rows = []
    for row in rows_of(seen, array):
        readers = [one for one in by_key.get(row_key(array, row), ()) if one in named]
        rows.append({**row, "readers": readers} if readers and (array == "evidence" or row.get("note")) else row)
    return {**seen, array: rows} if array in seen else seen


# -- choosing and telling


def choices(
    record: Record, content: m.Content, step: m.AnyStep, names: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """Who can be chosen as a reader: (what is kept, Dutch words), everyone first, then roles, then people."""
    own = owners(record, content, step)
    found = [(EVERYONE, "iedereen")]
    roles = [role for role in content.role if role.kind == "assessor" and role.id != step.role]
    found += [(role.id, role.many or role.title) for role in roles]
    for one in record.envelope.person:
        if one.id not in own and one.stopped is None:
            found.append((one.id, (names or {}).get(one.id) or one.id))
    return found


def words(readers: Iterable[str], record: Record, content: m.Content, names: Mapping[str, str] | None = None) -> str:
    """Who reads a row besides its owner, in Dutch: "niemand anders", "iedereen", "beoordelaars en Bob Biet"."""
    named = list(readers)
    if not named:
        return "niemand anders"
    if EVERYONE in named:
        return "iedereen"
    roles = {role.id: role.many or role.title for role in content.role}
    told = [roles.get(one) or (names or {}).get(one) or one for one in named]
    return " en ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def chosen(
    typed: Iterable[str],
    record: Record,
    content: m.Content,
    step: m.AnyStep,
    names: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Readers as they are kept, from words: a role, a code, a name, "iedereen", or "niemand" for none.

    Raises `Misused` for a word that stands for nobody here, and for "niemand" beside somebody.
    """
    offered = choices(record, content, step, names)
    known: dict[str, str] = {}
    for key, told in reversed(offered):
        known |= {key.casefold(): key, told.casefold(): key}
    known |= {role.title.casefold(): role.id for role in content.role if (role.id, role.many or role.title) in offered}
    known |= dict.fromkeys(EVERYONE_WORDS, EVERYONE)
    found: list[str] = []
    nobody = False
    for word in typed:
        plain = " ".join(word.split()).casefold()
        if plain in NOBODY_WORDS or not plain:
            nobody = True
        elif plain in known:
            found.append(known[plain])
        elif len(called := _begun(plain, known)) == 1:
            found.append(called[0])
        else:
            listed = ", ".join(key if key == told else f"{key} ({told})" for key, told in offered[1:])
            raise Misused(
                "unknown-reader",
                f"'{word}' kan hier niet meelezen.",
                place=record.ref,
                advice=f"Wel: iedereen, niemand, {listed}.",
            )
    if nobody and found:
        raise Misused("nobody-and", "'Niemand' en iemand tegelijk kan niet.", advice="Laat een van beide weg.")
    return (EVERYONE,) if EVERYONE in found else tuple(dict.fromkeys(found))


def _begun(typed: str, known: Mapping[str, str]) -> list[str]:
    """Who is called so by the first words of a name."""
    wanted = typed.split()
    return sorted({key for name, key in known.items() if name.split()[: len(wanted)] == wanted})


def array_of(step: PrivateStep) -> str:
    """The name of the array with its private rows."""
    return "answer" if isinstance(step, m.ScoreStep) else "evidence"


def rows_of(tree: Tree, array: str) -> list[Tree]:
    """The rows of an array; none where it is not there."""
    rows: list[Tree] = tree.get(array, [])
    return rows


def readers_of(row: Tree) -> list[str]:
    """Who reads a row besides its owner."""
    return [str(one) for one in row.get("readers", [])]


def without(tree: Tree, *keys: str) -> Tree:
    """The tree without some of its keys."""
    return {key: value for key, value in tree.items() if key not in keys}
