"""Whether a programme profile of the right form fits the instrument that it lies over: ids, links, levels, scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from .check_parts import repeated, unknown
from .checking import FOLDER_NAMES, check_content
from .conditions import choices_of, together, when_flaws
from .mistakes import Flaw, listed, shown
from .model import Content, Item, Option, Profile, Scale, Section, When
from .profile import ProfileOption

Contents = Callable[[str], Content | None]
"""The content of an instrument by its id; None where it is not installed."""

SCHEMA = 1


def check_profile(profile: Profile, instruments: Sequence[str], contents: Contents) -> list[Flaw]:
    """What is wrong with a profile whose form is right, all at once; `instruments` are those that are installed."""
    flaws = [*_own_flaws(profile)]
    content = contents(profile.instrument)
    if content is None:
        return [*flaws, *unknown(("instrument",), profile.instrument, instruments, "instrumenten die hier zijn:")]
    return [
        *flaws,
        *when_flaws(profile.when, (), choices_of(content.parameter)),
        *(
            flaw
            for n, id in enumerate(profile.sections)
            for flaw in unknown(
                ("sections", n), id, [one.id for one in content.section], "onderdelen van het instrument"
            )
        ),
        *_item_flaws(profile, content),
        *_scale_flaws(profile, content),
    ]


def asked_items(content: Content, when: When) -> list[str]:
    """The items that are asked with some parameter values for which `when` holds, in order."""
    choices = choices_of(content.parameter)
    several = {one.id for one in content.parameter if one.several}

    def asked(section: Section, item: Item) -> bool:
        around = [when, section.when, item.when]
        if item.statement:
            return together(choices, around, several)
        return any(together(choices, [*around, text.when], several) for text in item.texts)

    return [item.id for section in content.section for item in section.item if asked(section, item)]


def laid_scale(scale: Scale, options: Iterable[ProfileOption]) -> Scale:
    """The scale with the answers of a programme in the place of its own."""
    return replace(scale, options=tuple(Option(value=one.value, title=one.title, key=one.key) for one in options))


def _own_flaws(profile: Profile) -> Iterator[Flaw]:
    if profile.schema != SCHEMA:
        yield Flaw(("schema",), str(profile.schema), f"{SCHEMA}, de versie die deze kwartier kent")
    if profile.id.split(".")[0] in FOLDER_NAMES or profile.id.endswith("."):
        yield Flaw(("id",), shown(profile.id), "een id die ook als naam van een bestand kan")
    tasks, outcomes = [one.id for one in profile.task], [one.id for one in profile.outcome]
    for name, ids in (("task", tasks), ("outcome", outcomes), ("module", [one.id for one in profile.module])):
        yield from repeated(((name, n, "id"), id) for n, id in enumerate(ids))
    for n, outcome in enumerate(profile.outcome):
        if outcome.task:
            yield from unknown(("outcome", n, "task"), outcome.task, tasks, "taken")
    for n, module in enumerate(profile.module):
        if module.ec is not None and module.ec < 0:
            yield Flaw(("module", n, "ec"), str(module.ec), "nul of meer EC")
        for m, id in enumerate(module.outcomes):
            yield from unknown(("module", n, "outcomes", m), id, outcomes, "uitkomsten van de opleiding")
        yield from repeated(
            ((("module", n, "outcomes", m), id) for m, id in enumerate(module.outcomes)), "een uitkomst"
        )
    for n, link in enumerate(profile.link):
        yield from unknown(("link", n, "outcome"), link.outcome, outcomes, "uitkomsten van de opleiding")
    yield from repeated(
        ((("link", n), f"{link.item} bij {link.outcome}") for n, link in enumerate(profile.link)), "een koppeling"
    )
    yield from _option_flaws(profile)


def _option_flaws(profile: Profile) -> Iterator[Flaw]:
    yield from repeated(((("option", n, "value"), one.value) for n, one in enumerate(profile.option)), "een waarde")
    keys = [(n, one.key) for n, one in enumerate(profile.option) if one.key]
    yield from repeated(((("option", n, "key"), key) for n, key in keys), "een toets")
    for n, key in keys:
        if len(key) != 1 or key.isspace():
            yield Flaw(("option", n, "key"), shown(key), "een enkele toets, zoals 1 of w")
    for n, one in enumerate(profile.option):
        if not one.value.strip():
            yield Flaw(("option", n, "value"), "een lege tekst", "een antwoord")
    if profile.scale and not profile.option:
        yield Flaw(("scale",), f"{shown(profile.scale)} zonder antwoorden", "een of meer antwoorden onder [[option]]")
    if profile.option and not profile.scale:
        yield Flaw(("option", 0), "antwoorden zonder schaal", "scale, met de id van de schaal die zij vervangen")


def _item_flaws(profile: Profile, content: Content) -> Iterator[Flaw]:
    known = [item.id for item in content.items()]
    asked = set(asked_items(content, profile.when))
    for n, link in enumerate(profile.link):
        here = ("link", n, "item")
        flaws = unknown(here, link.item, known, f"items van {profile.instrument}")
        yield from flaws
        if not flaws and link.item not in asked:
            where = " en ".join(f"{name} {listed(values)}" for name, values in profile.when.items())
            yield Flaw(here, f"{shown(link.item)}, dat bij {where} niet wordt gevraagd", "een item dat gevraagd wordt")


def _scale_flaws(profile: Profile, content: Content) -> Iterator[Flaw]:
    """Whether the scale is there, and the content still makes sense with the answers of the programme."""
    if not profile.scale or not profile.option:
        return
    flaws = unknown(("scale",), profile.scale, [scale.id for scale in content.scale], "schalen")
    yield from flaws
    if flaws:
        return
    scales = [laid_scale(one, profile.option) if one.id == profile.scale else one for one in content.scale]
    wrong = check_content(replace(content, scale=tuple(scales)))
    if wrong:
        found = f"antwoorden waarop het instrument niet meer past ({wrong[0].found}; verwacht: {wrong[0].expected})"
        yield Flaw(
            ("option",), found, "evenveel en zulke antwoorden als de teksten en regels van het instrument vragen"
        )
