"""What was judged of a student's items in the records before this one. It counts only where it is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from kwartier.errors import KwartierError
from kwartier.instrument import model as m
from kwartier.instrument.conditions import setting_words
from kwartier.instrument.selection import item as item_by_id
from kwartier.instrument.selection import scale_of
from kwartier.records.canonical import same
from kwartier.records.files import AnswerRow
from kwartier.records.keys import rows_by_key
from kwartier.records.tree import Tree
from kwartier.store.refs import Ref, parse_ref
from kwartier.workflow.agreed import agreed_answers, scored_by
from kwartier.workflow.blank_page import Before
from kwartier.workflow.filling import Rejected, Wrong
from kwartier.workflow.periods import short
from kwartier.workflow.visible import visible
from kwartier.workspace.shelf import Case, Shelf


class Judged(Struct, frozen=True, kw_only=True):
    """An agreed judgement of an earlier record."""

    answer: AnswerRow
    title: str
    "The value as it was shown then."
    level: str
    "At which level, in words."
    profile: str
    "The programme of then; empty where there was none."
    day: date
    ref: str
    scale: tuple[m.Value, ...] = ()
    "The values of the scale of then, in order."

    @property
    def words(self) -> str:
        """In one line: aangetoond (niveau 4, de opleiding, 12 jun 2026)."""
        return f"{self.title} ({', '.join(filter(None, [self.level, self.profile, short(self.day)]))})"


def earlier_judgements(shelf: Shelf, ref: str | Ref) -> Mapping[str, Judged]:
    """By item the newest agreed judgement in the records that this one follows."""
    return {item: rows[0] for item, rows in history(shelf, shelf.case(ref)).items()}


def told(shelf: Shelf, case: Case, step: m.AnyStep) -> Mapping[str, Before]:
    """By item the newest earlier judgement in words, where it can be taken over and where is scored before that."""
    later = [one for one in case.content.step if isinstance(one, m.ConsensusStep) and one.takes_over]
    if step.id not in {id for one in later for id in (one.id, one.of)}:
        return {}
    return {item: Before(rows[0].words, rows[0].ref) for item, rows in history(shelf, case).items()}


def history(shelf: Shelf, case: Case) -> Mapping[str, tuple[Judged, ...]]:
    """By item all agreed judgements in the records that this one follows, newest first.

    Of each record the last step in which something was agreed on: the final judgement, else the interim one. Of a
    record that cannot be read, and of those before it, there is nothing; `checkup` tells about it.
    """
    found: dict[str, tuple[Judged, ...]] = {}
    for one in _chain(shelf, case):
        for item, judged in _of(one).items():
            found[item] = (*found.get(item, ()), judged)
    return found


def require_known(shelf: Shelf, case: Case, step: m.AnyStep, before: Tree, after: Tree, place: str) -> None:
    """Raises `Rejected` where a row that is new or changed takes over what was not judged, or not so.

    That it may be taken over at all, with a reason and a value of the present scale, is for `workflow.rules`.
    """
    if not isinstance(step, m.ConsensusStep) or not step.takes_over:
        return
    old = rows_by_key("answer", before.get("answer", []))
    rows = [row for key, row in rows_by_key("answer", after.get("answer", [])).items() if not same(old.get(key), row)]
    rows = [row for row in rows if row.get("taken_over")]
    known = history(shelf, case) if rows else {}
    wrongs = [wrong for row in rows if (wrong := _wrong(case.content, known, row)) is not None]
    if wrongs:
        raise Rejected(wrongs, place)


def _wrong(content: m.Content, known: Mapping[str, tuple[Judged, ...]], row: Tree) -> Wrong | None:
    there = known.get(row["item"], ())
    judged = next((one for one in there if one.ref == row["taken_over"]), None)
    place = ("answer", f"item {row['item']}")
    if judged is None:
        listed = ", ".join(one.ref for one in there) or "nog niets, dit item is niet eerder beoordeeld"
        return Wrong((*place, "taken_over"), f"'{row['taken_over']}' heeft hier geen oordeel over; wel: {listed}")
    scale = scale_of(content, item_by_id(content, row["item"]))
    is_same = [option.value for option in scale.options] == list(judged.scale)
    if is_same and not same(judged.answer.value, row.get("value")):
        return Wrong((*place, "value"), f"het oordeel dat wordt overgenomen is {judged.title}; neem dat over")
    return None


def _chain(shelf: Shelf, case: Case) -> Iterator[Case]:
    """The records that this one follows, one after another, of the same subject and instrument."""
    seen = {str(case.ref)}
    while (follows := case.record.envelope.follows) and follows not in seen:
        seen.add(follows)
        try:
            before = shelf.case(parse_ref(follows))
        except KwartierError:
            return
        own, other = case.ref, before.ref
        if not before.readable or (own.instrument, own.subject) != (other.instrument, other.subject):
            return
        yield before
        case = before


def _of(case: Case) -> Mapping[str, Judged]:
    record, content = visible(case.record, case.content, None), case.content
    for step in reversed([one for one in content.step if isinstance(one, m.ConsensusStep)]):
        answers = agreed_answers(record, content, scored_by(content, step))
        if any(answer.answered for answer in answers.values()):
            rows = {key[0]: answer for key, answer in answers.items() if not key[1] and answer.value is not None}
            return {
                item: _judged(case, item, AnswerRow(item=item, value=answer.value, note=answer.note))
                for item, answer in rows.items()
            }
    return {}


def _judged(case: Case, item: str, row: AnswerRow) -> Judged:
    envelope, content = case.record.envelope, case.content
    scale = scale_of(content, item_by_id(content, item))
    option = next((one for one in scale.options if same(one.value, row.value)), None)
    moments = {one.id for one in content.parameter if one.moments}
    levels = [f"{name} {setting_words(value)}" for name, value in envelope.parameters.items() if name not in moments]
    return Judged(
        answer=row,
        title=(option.title if option else "") or str(row.value),
        level=", ".join(levels),
        profile=content.profile.title if content.profile else envelope.profile,
        day=envelope.date,
        ref=str(case.ref),
        scale=tuple(one.value for one in scale.options),
    )
