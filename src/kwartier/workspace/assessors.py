"""Who fills in a record: somebody joins, perhaps for somebody else, or stops; and what is said of their traits.

Their sheets stand in `sheets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content, Role, ScoreStep
from kwartier.records.files import Person
from kwartier.records.record import Record
from kwartier.records.tree import Tree
from kwartier.store.names import check_name
from kwartier.store.refs import parse_ref
from kwartier.workflow.people import counting, is_sealed, person, revealed
from kwartier.workflow.settled import require_not_definitive
from kwartier.workspace.codes import Codes
from kwartier.workspace.shelf import Case, Shelf
from kwartier.workspace.steps import require_reason


class Assessor(Struct, frozen=True):
    """Somebody who is to fill in: a name (or a known code), and whether as a shadow, who does not count.

    `role` is needed only where an instrument has several roles that fill in; empty is the first of them. `traits` says
    which of the traits that the role asks this person has, and which not; what is not said is left out.
    """

    name: str
    shadow: bool = False
    origin: str = ""
    role: str = ""
    traits: Mapping[str, bool] = {}


def code_of_assessor(codes: Codes, name: str) -> str:
    """The code of somebody who fills in: unlike a participant, never without a name."""
    check_name(name)
    return codes.code(name, "a")


def role_of(content: Content, who: Assessor) -> Role:
    """The role that somebody fills in under: the named one, else the first. Nobody joins as the subject itself."""
    roles = [role for role in content.role if role.kind == "assessor" and not role.is_subject]
    if not roles:
        raise Misused("no-assessors", "Dit instrument heeft geen auditors.", advice="Laat --auditor weg.")
    meant = who.role.strip().casefold()
    found = next((role for role in roles if meant in ("", role.id.casefold(), role.title.casefold())), None)
    own = next((role for role in content.role if role.is_subject), None)
    if found is None and own is not None and meant in (own.id.casefold(), own.title.casefold()):
        raise Misused(
            "role-of-subject",
            f"De {own.title} doet al mee, met de eigen code.",
            advice="Noem alleen de anderen; wie de code toebehoort, kan niet door een ander vervangen worden.",
        )
    if found is None:
        listed = ", ".join(f"{role.id} ({role.title})" if role.title != role.id else role.id for role in roles)
        raise Misused("unknown-role", f"'{who.role}' is geen rol die hier invult.", advice=f"Wel: {listed}.")
    return found


def traits_of(role: Role, given: Mapping[str, bool]) -> dict[str, bool]:
    """What was said of somebody's traits, in the order of the role. Raises `Misused` for one that is not asked."""
    known = [one.id for one in role.trait]
    wrong = [name for name in given if name not in known]
    if wrong:
        listed = ", ".join(f"{one.id} ({one.title})" for one in role.trait)
        raise Misused(
            "unknown-trait",
            f"'{wrong[0]}' is geen kenmerk van een {role.title}.",
            advice=f"Wel: {listed}." if listed else "Laat het kenmerk weg: deze rol vraagt er geen.",
        )
    return {name: given[name] for name in known if name in given}


def require_other(codes: Codes, code: str, name: str) -> None:
    """Refuses the subject itself, by name or code, where somebody else is to take part."""
    if code in codes.subjects:
        raise Misused(
            "is-subject",
            f"'{name}' is zelf degene om wie het gaat, en doet al mee als {code}.",
            advice="Noem alleen de anderen.",
        )


def set_traits(shelf: Shelf, ref_text: str, who: str, traits: Mapping[str, bool | None]) -> dict[str, bool]:
    """What is said of somebody's traits from now on; None takes back what was said. Gives all that is said now."""
    ref = parse_ref(ref_text)

    def said(case: Case, tree: Tree, codes: Codes) -> Tree:
        found = _must_be(case.record, codes, who)
        role = next((one for one in case.content.role if one.id == found.role), None)
        if role is None:
            raise Misused("unknown-role", f"De rol '{found.role}' kent dit instrument niet.", advice="Kies een ander.")
        traits_of(role, {name: bool(value) for name, value in traits.items()})
        merged = {**found.traits, **traits}
        now = traits_of(role, {name: value for name, value in merged.items() if value is not None})
        rows = []
        for row in tree.get("person", []):
            bare = {key: value for key, value in row.items() if key != "traits"}
            rows.append(({**bare, "traits": now} if now else bare) if row["id"] == found.id else row)
        return {**tree, "person": rows}

    after = shelf.write(ref, shelf.folder.assessment_file(ref), said)
    code = _must_be(shelf.case(ref).record, shelf.codes(ref.organisation, ref.subject), who).id
    return next(dict(row.get("traits", {})) for row in after["person"] if row["id"] == code)


def join(shelf: Shelf, ref_text: str, who: Assessor, *, replaces: str = "", reason: str = "") -> str:
    """Somebody who joins, perhaps in the place of somebody else; gives the code. Not after the scores lie side by side.

    Replacing is one change of one file, so that a stop in between cannot reveal what the others gave.
    """
    ref = parse_ref(ref_text)

    def joined(case: Case, tree: Tree, codes: Codes) -> Tree:
        record, content = case.record, case.content
        gone = _must_be(record, codes, replaces) if replaces else None
        if gone is not None:
            _refuse_subject(content, gone)
        role = _role_of_newcomer(content, who, gone)
        missed = () if who.shadow else _revealed_before(record, content, role.id)
        code = code_of_assessor(codes, who.name)
        require_other(codes, code, who.name)
        if any(one.id == code for one in record.envelope.person):
            raise Misused("already-there", f"'{who.name}' doet al mee, als {code}.", advice="Kies een ander.")
        rows = list(tree.get("person", []))
        row: Tree = {"id": code, "role": role.id, "joined": shelf.today()}
        if who.shadow:
            row["shadow"] = True
        if who.origin:
            row["origin"] = who.origin
        if said := traits_of(role, who.traits):
            row["traits"] = said
        if missed:
            row["missed"] = list(missed)
        if gone is not None:
            require_not_definitive(record, content)
            rows = _stopped(rows, gone, shelf.today(), reason)
            row["replaces"] = gone.id
        return {**tree, "person": [*rows, row]}

    after = shelf.write(ref, shelf.folder.assessment_file(ref), joined)
    return str(after["person"][-1]["id"])


def _revealed_before(record: Record, content: Content, role: str) -> tuple[str, ...]:
    """The steps that a newcomer has missed: their scores lie side by side. Refuses where nothing is left to score."""
    blind = [one for one in content.step if isinstance(one, ScoreStep) and one.role == role and one.blind]
    missed = tuple(one.id for one in blind if revealed(record, one))
    if missed and len(missed) == len(blind):
        raise Refused(
            "already-revealed",
            "De scores liggen al naast elkaar; wie nu nog scoort, kan dat niet meer onafhankelijk doen.",
            place=record.ref,
            advice="Iemand kan nog wel meelopen: voeg --meelopend toe.",
        )
    return missed


def _refuse_subject(content: Content, who: Person) -> None:
    role = next((one for one in content.role if one.id == who.role), None)
    if role is not None and role.is_subject:
        raise Refused(
            "is-subject",
            f"Om deze {role.title} gaat het; zonder die kan het niet verder.",
            advice="Laat het zoals het is, of begin voor een ander met 'kwartier meting nieuw'.",
        )


def stop(shelf: Shelf, ref_text: str, who: str, *, reason: str, sure: bool) -> None:
    """Somebody stops; what that person sealed stays and counts. Warns where this reveals the scores of the others."""
    ref = parse_ref(ref_text)

    def stopped(case: Case, tree: Tree, codes: Codes) -> Tree:
        record, content = case.record, case.content
        require_not_definitive(record, content)
        gone = _must_be(record, codes, who)
        _refuse_subject(content, gone)
        rows = _stopped(list(tree.get("person", [])), gone, shelf.today(), reason)
        if not sure:
            _warn_of_reveal(record, content, gone.id)
        return {**tree, "person": rows}

    shelf.write(ref, shelf.folder.assessment_file(ref), stopped)


def _warn_of_reveal(record: Record, content: Content, code: str) -> None:
    for step in content.step:
        if not isinstance(step, ScoreStep) or not step.blind or revealed(record, step):
            continue
        left = [one for one in counting(record, step) if one != code]
        if left and all(is_sealed(record, step.id, one) for one in left):
            raise Refused(
                "reveals",
                "Als deze auditor stopt, liggen de scores van de anderen meteen open en kan niemand meer instappen.",
                place=record.ref,
                advice="Weet u het zeker, voeg dan --ja toe. Komt er een vervanger: 'kwartier auditor vervang'.",
            )


def _role_of_newcomer(content: Content, who: Assessor, gone: Person | None) -> Role:
    """The role of who joins. In the place of somebody else it is theirs, and the newcomer counts where they counted.

    Else the sheets that are left could all be sealed, and the scores would lie side by side unasked.
    """
    if gone is None:
        return role_of(content, who)
    if who.role not in ("", gone.role) or (who.shadow and not gone.shadow):
        raise Misused(
            "replaces-otherwise",
            f"Wie in de plaats komt van {gone.id}, krijgt dezelfde rol en telt ook mee.",
            advice="Laat de een stoppen en de ander erbij komen: 'kwartier auditor stop' en 'kwartier auditor erbij'.",
        )
    return role_of(content, replace(who, role=gone.role))


def _must_be(record: Record, codes: Codes, name: str) -> Person:
    code = codes.find_among(name, [one.id for one in record.envelope.person])
    found = person(record, code) if code else None
    if found is None:
        known = ", ".join(one.id for one in record.envelope.person) or "niemand"
        raise Misused("unknown-person", f"'{name}' doet niet mee aan deze meting.", advice=f"Wel: {known}.")
    return found


def _stopped(rows: list[Tree], gone: Person, on: date, reason: str) -> list[Tree]:
    if gone.stopped is not None:
        raise Refused("already-stopped", f"'{gone.id}' is al gestopt.", advice="Er is niets meer te doen.")
    require_reason(reason, "Zeg waarom deze auditor stopt.")
    return [{**row, "stopped": on, "reason": reason} if row["id"] == gone.id else row for row in rows]
