"""Whether the rules that propose a verdict make sense, and the step that they propose to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .check_parts import repeated, unknown
from .judging import Condition, Rule
from .mistakes import Flaw, listed, shown
from .model import Content, Fact, Item, Scale, Value, VerdictStep
from .places import Path

_NUMBERS = ("number", "count")
_YES_NO = ("ja", "nee")
_SUBJECTS = "precies een van section of items, fact, en parameter"
_COUNTS = ("at_least", "at_most")
_BOUNDS = ("least", "most")


def verdict_flaws(step: VerdictStep, path: Path, content: Content) -> Iterable[Flaw]:
    """What is wrong with a verdict step; what it points at with `of` is looked at with the other steps."""
    scales = {scale.id: scale for scale in content.scale}
    yield from unknown((*path, "scale"), step.scale, scales, "schalen")
    scale = scales.get(step.scale)
    if scale is not None and scale.kind != "nominal":
        found = f"{shown(step.scale)}, waarvan kind {shown(scale.kind)} is"
        yield Flaw((*path, "scale"), found, 'een schaal met kind = "nominal", want een oordeel is geen getal')
    yield from repeated(
        (((*path, "conditional", n), str(value)) for n, value in enumerate(step.conditional)), what="een oordeel"
    )
    if scale is not None:
        yield from _off_scale(step.conditional, (*path, "conditional"), [scale])
    yield from repeated((((*path, "signed_by", n), role) for n, role in enumerate(step.signed_by)), what="een rol")
    for n, role in enumerate(step.signed_by):
        yield from unknown((*path, "signed_by", n), role, [one.id for one in content.role], "rollen")
    if not step.label.strip():
        yield Flaw((*path, "label"), "een lege tekst", "een woord voor het oordeel")


def rule_flaws(content: Content) -> Iterable[Flaw]:
    """What is wrong with the rules, and with each condition of them."""
    steps = [step for step in content.step if isinstance(step, VerdictStep)]
    scales = {scale.id: scale for scale in content.scale}
    used = [scales[step.scale] for step in steps if step.scale in scales]
    yield from repeated((("rule", n, "id"), rule.id) for n, rule in enumerate(content.rule))
    for n, rule in enumerate(content.rule):
        path: Path = ("rule", n)
        if not steps:
            yield Flaw(path, "een regel, terwijl er geen oordeel gegeven wordt", 'een stap met form = "verdict"')
        else:
            yield from _verdict_flaws(rule, path, steps, used)
        for m, one in enumerate(rule.when):
            yield from _condition_flaws(one, (*path, "when", m), content)
        yield from _unscored_flaws(rule, path, steps)
    yield from _unheard_flaws(content, steps, scales)


def _verdict_flaws(rule: Rule, path: Path, steps: Sequence[VerdictStep], used: Sequence[Scale]) -> Iterable[Flaw]:
    if used:
        yield from _off_scale([rule.verdict], path, used, key="verdict")


def _off_scale(values: Iterable[Value], path: Path, scales: Sequence[Scale], *, key: str = "") -> Iterable[Flaw]:
    """Values that no option of these scales has; `key` where one stands by itself."""
    known = [option.value for scale in scales for option in scale.options]
    named = ", ".join(dict.fromkeys(scale.id for scale in scales))
    for n, value in enumerate(values):
        if not any(type(value) is type(one) and value == one for one in known):
            expected = f"een antwoord van de schaal {named}: {listed(dict.fromkeys(known))}"
            yield Flaw((*path, key or n), shown(value), expected, str(value), tuple(map(str, known)))


def _unscored_flaws(rule: Rule, path: Path, steps: Sequence[VerdictStep]) -> Iterable[Flaw]:
    """A rule cannot count answers where the verdict is on no score step."""
    if not steps or any(step.of for step in steps):
        return
    for m, one in enumerate(rule.when):
        if one.section or one.items:
            found = "telt antwoorden, terwijl het oordeel over geen scores gaat"
            yield Flaw((*path, "when", m), found, "of bij de stap van het oordeel: de stap waarin gescoord wordt")


def _unheard_flaws(content: Content, steps: Sequence[VerdictStep], scales: dict[str, Scale]) -> Iterable[Flaw]:
    """A rule after one that always holds never proposes anything."""
    for id in dict.fromkeys(step.scale for step in steps if step.scale in scales):
        values = [option.value for option in scales[id].options]
        own = [(n, rule) for n, rule in enumerate(content.rule) if rule.verdict in values]
        always = next((place for place, (_, rule) in enumerate(own) if not rule.when), None)
        for n, _ in own[always + 1 :] if always is not None else []:
            before = own[always or 0][1].id
            found = f"een regel na {shown(before)}, die altijd geldt"
            yield Flaw(("rule", n), found, "de regel zonder when als laatste")


def _condition_flaws(one: Condition, path: Path, content: Content) -> Iterable[Flaw]:
    subjects = [name for name, there in _subjects(one).items() if there]
    if len(subjects) != 1:
        found = f"{' en '.join(subjects)} in een voorwaarde" if subjects else "niets waar de voorwaarde over gaat"
        yield Flaw(path, found, _SUBJECTS)
        return
    subject = subjects[0]
    yield from _strange_keys(one, path, subject)
    if subject == "parameter":
        yield from _parameter_flaws(one, path, content)
    elif subject == "fact":
        yield from _fact_flaws(one, path, content)
    else:
        yield from _count_flaws(one, path, content)


def _subjects(one: Condition) -> dict[str, bool]:
    return {"items": bool(one.section or one.items), "fact": bool(one.fact), "parameter": bool(one.parameter)}


def _strange_keys(one: Condition, path: Path, subject: str) -> Iterable[Flaw]:
    """Keys that say nothing about what the condition looks at."""
    of = {"items": _COUNTS, "fact": (*_BOUNDS, "below_parameter"), "parameter": ()}
    words = {"items": "antwoorden worden geteld", "fact": "een feit bekeken wordt", "parameter": "een parameter"}
    for other, keys in of.items():
        for key in keys:
            if other != subject and getattr(one, key) not in (None, ""):
                yield Flaw((*path, key), shown(getattr(one, key)), f"{key} alleen waar {words[other]}")


# -- counting answers


def _count_flaws(one: Condition, path: Path, content: Content) -> Iterable[Flaw]:
    items = {item.id: item for item in content.items()}
    if one.section:
        yield from unknown((*path, "section"), one.section, [section.id for section in content.section], "onderdelen")
    yield from repeated((((*path, "items", n), id) for n, id in enumerate(one.items)), what="een item")
    for n, id in enumerate(one.items):
        yield from unknown((*path, "items", n), id, items, "items")
    counted = _counted(one, content)
    scales = [scale for scale in content.scale if scale.id in {item.scale for item in counted}]
    yield from _value_flaws(one, path)
    if scales:
        yield from _off_scale(one.values, (*path, "values"), scales)
    yield from _bound_flaws(one, path, len(counted))


def _counted(one: Condition, content: Content) -> list[Item]:
    return [
        item
        for section in content.section
        for item in section.item
        if item.id in one.items or (one.section and section.id == one.section)
    ]


def _value_flaws(one: Condition, path: Path) -> Iterable[Flaw]:
    if not one.values:
        yield Flaw((*path, "values"), "een lege rij", "minstens een antwoord dat telt")
    yield from repeated((((*path, "values", n), str(value)) for n, value in enumerate(one.values)), what="een antwoord")


def _bound_flaws(one: Condition, path: Path, of: int) -> Iterable[Flaw]:
    """No bound at all, one that every count keeps to, or two that none does."""
    if one.at_least is None and one.at_most is None:
        yield Flaw(path, "geen aantal", "at_least, at_most, of allebei")
    if one.at_least is not None and not 1 <= one.at_least <= max(of, 1):
        yield Flaw((*path, "at_least"), str(one.at_least), f"van 1 tot en met {max(of, 1)}, het aantal items")
    if one.at_most is not None and not 0 <= one.at_most < max(of, 1):
        yield Flaw((*path, "at_most"), str(one.at_most), f"van 0 tot {max(of, 1)}, het aantal items")
    if one.at_least is not None and one.at_most is not None and one.at_most < one.at_least:
        yield Flaw((*path, "at_most"), str(one.at_most), f"minstens at_least, {one.at_least}")


# -- facts and parameters


def _fact_flaws(one: Condition, path: Path, content: Content) -> Iterable[Flaw]:
    facts = {fact.id: fact for fact in content.fact}
    yield from unknown((*path, "fact"), one.fact, facts, "feiten")
    fact = facts.get(one.fact)
    bounds = [key for key in (*_BOUNDS, "below_parameter") if getattr(one, key)]
    if one.values and bounds:
        yield Flaw((*path, "values"), f"antwoorden naast {', '.join(bounds)}", f"values of {', '.join(bounds)}")
    elif not one.values and not bounds:
        yield Flaw(path, "niets wat het feit moet zijn", "values, least, most of below_parameter")
    if fact is None:
        return
    if one.values:
        yield from _option_flaws(one, path, fact)
    if bounds and fact.kind not in _NUMBERS:
        found = f"een grens, terwijl kind van {shown(fact.id)} {shown(fact.kind)} is"
        yield Flaw((*path, bounds[0]), found, f"een feit met kind = {listed(_NUMBERS)}")
    elif bounds:
        yield from _span_flaws(one, path, fact)
    if one.below_parameter:
        yield from _below_flaws(one, path, content)


def _option_flaws(one: Condition, path: Path, fact: Fact) -> Iterable[Flaw]:
    yield from _value_flaws(one, path)
    known = {"choice": fact.options, "choices": fact.options, "yes-no": _YES_NO}.get(fact.kind)
    if known is None:
        found = f"antwoorden, terwijl kind van {shown(fact.id)} {shown(fact.kind)} is"
        yield Flaw((*path, "values"), found, f"een feit met kind = {listed(['choice', 'choices', 'yes-no'])}")
        return
    for n, value in enumerate(one.values):
        if value not in known:
            yield Flaw((*path, "values", n), shown(value), f"een van {listed(known)}", str(value), tuple(known))


def _span_flaws(one: Condition, path: Path, fact: Fact) -> Iterable[Flaw]:
    """A bound that no number of this fact, or every one, keeps to."""
    least, most = (Decimal(one) if one is not None else None for one in (one.least, one.most))
    if least is not None and most is not None and most < least:
        yield Flaw((*path, "most"), str(one.most), f"minstens least, {one.least}")
    if least is not None and fact.maximum is not None and least > fact.maximum:
        yield Flaw((*path, "least"), str(one.least), f"hoogstens het maximum van dit feit, {fact.maximum}")
    if most is not None and fact.minimum is not None and most < fact.minimum:
        yield Flaw((*path, "most"), str(one.most), f"minstens het minimum van dit feit, {fact.minimum}")


def _below_flaws(one: Condition, path: Path, content: Content) -> Iterable[Flaw]:
    parameters = {parameter.id: parameter for parameter in content.parameter}
    here = (*path, "below_parameter")
    yield from unknown(here, one.below_parameter, parameters, "parameters")
    found = parameters.get(one.below_parameter)
    if found is not None and not all(isinstance(value, int) for value in found.values):
        yield Flaw(here, f"{shown(found.id)}, met waarden die geen getal zijn", "een parameter met hele getallen")


def _parameter_flaws(one: Condition, path: Path, content: Content) -> Iterable[Flaw]:
    parameters = {parameter.id: parameter for parameter in content.parameter}
    yield from unknown((*path, "parameter"), one.parameter, parameters, "parameters")
    yield from _value_flaws(one, path)
    if one.parameter in parameters:
        known = parameters[one.parameter].values
        for n, value in enumerate(one.values):
            if not any(type(value) is type(each) and value == each for each in known):
                expected = f"een van de waarden van deze parameter: {listed(known)}"
                yield Flaw((*path, "values", n), shown(value), expected)
