"""How the smaller things are said in a report: names, numbers with their word, answers, titles. No blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean, mean_phrase
from kwartier.instrument.model import Content, Item, Option, Role, Scale, Section, Value
from kwartier.instrument.selection import scale_of

NOTHING = "–"
"""Stands in a cell where there is nothing to say."""

_STOPS = (".", "!", "?", "…", ".”", ".’", '."', ".)")


def ended(text: str) -> str:
    """The text, as a sentence that ends."""
    stripped = text.strip()
    return stripped if stripped.endswith(_STOPS) else f"{stripped}."


def capital(text: str) -> str:
    """The text with a capital in front; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def counted(count: int, one: str, many: str) -> str:
    """A number with its word: 1 item, 2 items."""
    return f"{count} {one if count == 1 else many}"


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence as a sum: a, b en c."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}" if words else ""


def role_of(content: Content, id: str) -> Role | None:
    """The role with this id, if the content has it."""
    return next((role for role in content.role if role.id == id), None)


def role_words(content: Content, id: str, fallback: tuple[str, str]) -> tuple[str, str]:
    """What one and what several people of a role are called."""
    role = role_of(content, id)
    return (role.title, role.many or role.title) if role else fallback


def assessor_name(names: Mapping[str, str], content: Content, code: str, role: str) -> str:
    """The name of somebody who assesses; with the code where no name is known, so that two can be told apart."""
    return names.get(code, "").strip() or f"{role_words(content, role, ('beoordelaar', ''))[0]} {code}"


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with the names of those whose codes stand in it as words."""
    known = {code: name for code, name in names.items() if code and name}
    if not known:
        return text
    pattern = "|".join(re.escape(code) for code in sorted(known, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{pattern})(?![\w-])", lambda found: known[found[0]], text)


def section_word(content: Content) -> str:
    """The instrument's word for a section: thema, leerlijn; a plain one where it has none."""
    return content.section_word or "deel"


def section_column(content: Content) -> str:
    """What a column of sections is called."""
    return capital(section_word(content))


def section_title(content: Content, section: Section) -> str:
    """A section as a heading: Thema A. Visie."""
    return f"{capital(content.section_word)} {section.id}. {section.title}".strip()


def item_title(item: Item) -> str:
    """An item as a heading: 3. Samen tuinieren."""
    return f"{item.id}. {item.title}"


def find_option(scale: Scale, value: Value | None) -> Option | None:
    """The option that was chosen; None for what is not on the scale, as in a file that was edited by hand."""
    return next((one for one in scale.options if one.value == value and type(one.value) is type(value)), None)


def option_words(option: Option) -> str:
    """An option as it is read: 3 (groen), wel."""
    if not option.title or option.title == str(option.value):
        return str(option.value)
    return f"{option.value} ({option.title})" if isinstance(option.value, int) else option.title


def answer_words(answer: Answer | None, scale: Scale | None) -> str:
    """An answer as it is read in a cell or a sentence; a dash where there is none yet."""
    if answer is None or not answer.answered:
        return NOTHING
    if answer.missing is not None:
        title = scale.missing_title if scale else "niet te beoordelen"
        return f"{title} ({answer.missing})"
    option = find_option(scale, answer.value) if scale else None
    return option_words(option) if option else str(answer.value)


def scales(content: Content) -> dict[tuple[str, str], Scale]:
    """The scale of every item and part, by (item, part)."""
    found = {(item.id, ""): scale_of(content, item) for item in content.items()}
    for item in content.items():
        found.update({(item.id, part.id): scale_of(content, item, part) for part in item.parts})
    return found


def places_of(content: Content) -> int:
    """How many decimals a mean has."""
    return content.total.places if content.total else 1


def mean_words(mean: Mean, places: int) -> str:
    """A mean with what it is a mean of: 2,3 (gemiddelde van 3 van 3 items). Of one item it is simply its score."""
    return f"{dutch(mean.value, places)} ({'de score van het enige item' if mean.of == 1 else mean_phrase(mean)})"


def agreement_words(found: Agreement, name: Callable[[str], str], *, ordered: bool) -> list[str]:
    """How far the sheets agree, in pieces of a sentence; `name` gives the name behind a code.

    Without `ordered` the answers have no order, so that there are no points by which they can differ.
    """
    told = [f"gelijk {found.equal} van {found.of}"]
    if not ordered:
        return told
    told.append(f"binnen één punt {found.within_one} van {found.of}")
    if found.mean_difference is not None:
        over = "" if found.compared == found.of else f" (over {counted(found.compared, 'item', 'items')})"
        told.append(f"gemiddeld verschil {dutch(found.mean_difference, 1)}{over}")
    if found.higher and found.higher_by:
        by = dutch(found.higher_by, 1)
        told.append(f"{name(found.higher)} scoort gemiddeld {'iets' if by == '0' else by} hoger")
    return told
