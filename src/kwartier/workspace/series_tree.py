"""A series of measurements and a time line as plain values for other programs, with why something is not there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kwartier.analysis.answers import Answer
from kwartier.analysis.change import MeanChange
from kwartier.analysis.numbers import exact, plain
from kwartier.analysis.scores import Mean, Unknown
from kwartier.analysis.series import ItemSeries, MeanSeries
from kwartier.records.tree import Tree
from kwartier.store.refs import parse_ref
from kwartier.workspace.action_points import ActionPoint
from kwartier.workspace.series import Goal, Measured, OverTime
from kwartier.workspace.timeline import READING, Line, Moment, TimeLine


def series_tree(found: OverTime) -> Tree:
    """Two or more measurements, oldest first; every list of scores or means has one entry for each."""
    newest = found.measured[-1].seen
    places = newest.content.total.places if newest.content.total else 1
    titles = {item.id: item.title for one in found.measured for item in one.seen.content.items()}
    names = {section.id: section.title for one in found.measured for section in one.seen.content.section}
    return {
        "organisation": parse_ref(newest.record.ref).organisation,
        "organisation_name": newest.organisation,
        "instrument": newest.record.envelope.instrument,
        "subject": newest.record.envelope.subject or None,
        "measurements": [_measured(one, places) for one in found.measured],
        "items": [_item(one, titles.get(one.item, "")) for one in found.series.items],
        "sections": [
            {"id": one.section, "title": names.get(one.section or "", ""), **_means(one, places)}
            for one in found.series.sections
        ],
        "total": _means(found.series.total, places),
        "differs": list(found.differs),
        "goals": [_goal(one) for one in found.goals],
        "actions": [_action(one) for one in found.actions],
    }


def _measured(one: Measured, places: int) -> Tree:
    envelope = one.seen.record.envelope
    total = one.outcome.scores.total if one.outcome.complete else Unknown(one.outcome.why)
    tree: Tree = {
        "ref": one.ref,
        "date": envelope.date.isoformat(),
        "edition": envelope.edition,
        "parameters": dict(envelope.parameters),
        "paper": envelope.paper.source if envelope.paper else None,
        "assessors": sum(1 for person in envelope.person if not person.shadow and person.stopped is None),
        "total": _mean(total, places),
        "band": one.outcome.scores.band if isinstance(total, Mean) else None,
    }
    return {**tree, "why": total.why} if isinstance(total, Unknown) else tree


def _item(one: ItemSeries, title: str) -> Tree:
    return {
        "id": one.item,
        "title": title,
        "scores": [answer.value if answer else None for answer in one.answers],
        "missing": [answer.missing if answer else None for answer in one.answers],
        "differences": [step.difference for step in one.steps],
        "difference": one.whole.difference,
        "course": one.course or None,
        **({"why": one.whole.why} if one.whole.why else {}),
    }


def _means(one: MeanSeries, places: int) -> Tree:
    return {
        "means": [_mean(mean, places) for mean in one.full],
        "common": [_mean(mean, places) for mean in one.common],
        "differences": [_change(step, places) for step in one.steps],
        "difference": _change(one.whole, places),
    }


def _mean(mean: Mean | Unknown, places: int) -> Tree | None:
    if isinstance(mean, Unknown):
        return None
    return {"mean": plain(mean.value, places), "mean_exact": exact(mean.value), "n": mean.n, "of": mean.of}


def _change(change: MeanChange, places: int) -> Tree:
    after = change.after
    tree: Tree = {
        "difference": None if change.difference is None else plain(Fraction(change.difference), places),
        "difference_exact": None if change.difference is None else exact(change.difference),
        "n": after.n if isinstance(after, Mean) else 0,
        "of": after.of if isinstance(after, Mean) else None,
    }
    return {**tree, "why": after.why} if isinstance(after, Unknown) else tree


def _goal(goal: Goal) -> Tree:
    return {
        "item": goal.item,
        "beside": goal.beside,
        "goal": goal.text or None,
        "texts": [text or None for text in goal.texts],
        "reached": [_value(answer) for answer in goal.reached],
    }


def _value(answer: Answer | None) -> Any:
    return answer.value if answer else None


def _action(point: ActionPoint) -> Tree:
    return {
        "ref": point.ref,
        "text": point.text,
        "state": point.state,
        "closed": point.closed,
        "due": point.due,
        "looked": point.looked,
        "said": point.said or None,
    }


def timeline_tree(line: TimeLine) -> Tree:
    """Two instruments on one time line; scores are as they were given, each on its own scale."""
    tree: Tree = {
        "organisation": line.slug,
        "organisation_name": line.organisation,
        "subject": line.subject or None,
        "own": line.own,
        "other": line.other or None,
        "reading": READING,
        "note": line.note or None,
        "measurements": [_moment(one) for one in line.moments],
        "pairs": [
            {
                "own": _line(pair.own),
                "other": _line(pair.other),
                "relation": pair.relation,
                "reason": pair.reason,
            }
            for pair in line.pairs
        ],
        "alone": [{**_line(one.line), "not_measured_in": one.absent, "reason": one.reason} for one in line.alone],
        "not_mentioned": [{"instrument": one.instrument, "item": one.item} for one in line.left],
        "unreadable": list(line.unreadable),
    }
    return {**tree, "trouble": line.trouble, "place": line.place} if line.trouble else tree


def _moment(one: Moment) -> Tree:
    return {
        "ref": one.ref,
        "instrument": one.instrument,
        "date": one.date.isoformat(),
        "edition": one.edition,
        "parameters": dict(one.parameters),
        "paper": one.paper or None,
        **({"why": one.why} if one.why else {}),
    }


def _line(line: Line) -> Tree:
    return {
        "instrument": line.instrument,
        "item": line.item,
        "title": line.title,
        "scale": [option.value for option in line.scale.options] if line.scale else None,
        "scores": [_value(answer) for answer in line.answers],
        "missing": [answer.missing if answer else None for answer in line.answers],
    }
