"""Which verdict the rules of a content propose, and why; or what still has to be answered before that can be said.

A rule is true, false, or open as long as an answer that could still decide it is missing. The first that is not false
speaks: true proposes its verdict, open says that nothing can be said yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kwartier.analysis.answers import Answer
from kwartier.instrument.judging import Condition, Rule
from kwartier.instrument.model import Content, Value
from kwartier.records.files import GivenFact
from kwartier.workflow.estimates import Estimate, estimate_of

Chosen = Mapping[str, Value | Sequence[Value]]
"""The parameters of a record: one value, or several where the parameter takes more."""


class Known(Struct, frozen=True, kw_only=True):
    """What a rule may look at: answers by item, facts by id, and the parameters of the record."""

    answers: Mapping[str, Answer]
    facts: Mapping[str, GivenFact]
    parameters: Chosen


class Proposal(Struct, frozen=True, kw_only=True):
    """What the rules say: a verdict, or None with what is still missing.

    `rules` are all that hold for this verdict, the one that proposed it first; `missing` are the items and facts (ids)
    that the first undecided rule waits for.
    """

    verdict: Value | None
    rules: tuple[Rule, ...] = ()
    missing: tuple[str, ...] = ()


def propose(content: Content, rules: Sequence[Rule], known: Known) -> Proposal:
    """What these rules propose, taken in their order; no verdict and nothing missing where none of them holds."""
    for number, rule in enumerate(rules):
        holds, missing = judged(content, rule, known)
        if holds is None:
            return Proposal(verdict=None, missing=missing)
        if holds:
            # A rule without conditions is only what is left over: it gives no reason beside another.
            later = (one for one in rules[number + 1 :] if one.verdict == rule.verdict and one.when)
            also = [one for one in later if judged(content, one, known)[0]]
            return Proposal(verdict=rule.verdict, rules=(rule, *also))
    return Proposal(verdict=None)


Judged = tuple[bool | None, tuple[str, ...]]
"""Whether something holds, None while that cannot be said; and the items and facts that it then waits for."""


def judged(content: Content, rule: Rule, known: Known) -> Judged:
    """Whether all conditions of a rule hold."""
    found = [_condition(content, one, known) for one in rule.when]
    if any(holds is False for holds, _ in found):
        return False, ()
    missing = tuple(dict.fromkeys(id for holds, ids in found if holds is None for id in ids))
    return (None, missing) if missing else (True, ())


def _condition(content: Content, one: Condition, known: Known) -> Judged:
    if one.parameter:
        return bool(set(_values(known.parameters, one.parameter)) & set(one.values)), ()
    if one.fact:
        return _fact(content, one, known)
    return _count(content, one, known)


def _count(content: Content, one: Condition, known: Known) -> Judged:
    asked = [
        item.id
        for section in content.section
        for item in section.item
        if item.id in one.items or (one.section and section.id == one.section)
    ]
    given = [known.answers[item] for item in asked if item in known.answers and known.answers[item].answered]
    sure = sum(answer.value is not None and answer.value in one.values for answer in given)
    most = sure + len(asked) - len(given)
    if (one.at_least is not None and most < one.at_least) or (one.at_most is not None and sure > one.at_most):
        return False, ()
    if (one.at_least is None or sure >= one.at_least) and (one.at_most is None or most <= one.at_most):
        return True, ()
    return None, tuple(id for id in asked if id not in known.answers or not known.answers[id].answered)


def _fact(content: Content, one: Condition, known: Known) -> Judged:
    if not any(fact.id == one.fact for fact in content.fact):
        return False, ()  # not asked with these parameters
    row = known.facts.get(one.fact)
    if row is None or not row.given:
        return None, (one.fact,)
    if one.values:
        if row.value is None:
            return None, (one.fact,)  # it was said that nobody knows
        given = row.value if isinstance(row.value, list | tuple) else [row.value]
        return any(_same(value, wanted) for value in given for wanted in one.values), ()
    number = estimate_of(row)
    if number is None or not number.known:
        return None, (one.fact,)
    least, most = _decimal(one.least), _decimal(one.most)
    holds = [_from(number, least), _up_to(number, most)]
    if one.below_parameter:
        levels = [Fraction(value) for value in _values(known.parameters, one.below_parameter) if isinstance(value, int)]
        holds.append(_below(number, max(levels)) if levels else None)
    if any(each is False for each in holds):
        return False, ()
    return (None, (one.fact,)) if any(each is None for each in holds) else (True, ())


def _from(number: Estimate, least: Fraction | None) -> bool | None:
    if least is None or (number.low is not None and number.low >= least):
        return True
    return False if number.high is not None and number.high < least else None


def _up_to(number: Estimate, most: Fraction | None) -> bool | None:
    if most is None or (number.high is not None and number.high <= most):
        return True
    return False if number.low is not None and number.low > most else None


def _below(number: Estimate, limit: Fraction) -> bool | None:
    if number.high is not None and number.high < limit:
        return True
    return False if number.low is not None and number.low >= limit else None


def _decimal(text: str | None) -> Fraction | None:
    return Fraction(Decimal(text)) if text is not None else None


def _values(parameters: Chosen, name: str) -> Sequence[Value]:
    value = parameters.get(name)
    if value is None:
        return ()
    return [value] if isinstance(value, int | str) else value


def _same(value: object, wanted: Value) -> bool:
    """A yes-no is written in a rule as ja or nee."""
    if isinstance(value, bool):
        return wanted == ("ja" if value else "nee")
    return type(value) is type(wanted) and value == wanted
