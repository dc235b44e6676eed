"""The outcome in sentences: definitive answers, means, agreement, and the change since an earlier record."""

from __future__ import annotations

from fractions import Fraction

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.answers import Answer
from kwartier.analysis.change import ItemChange, MeanChange
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean, Unknown, mean_phrase
from kwartier.cli.stepwise import told
from kwartier.cli.stepwise.work import Work
from kwartier.instrument.model import Content
from kwartier.instrument.selection import has_order
from kwartier.reports.phrases import agreement_words, capital
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.periods import short
from kwartier.workflow.sealing import scale_for


def outcome(work: Work) -> str:
    """The outcome, or why there is none yet."""
    seen = work.see()
    found = work.ws.outcome(work.ref, viewer=work.person)
    if found.why and not any(stand.agreed for stand in found.stands):
        return f"Nog geen uitslag: {found.why}."
    lines = [f"Nog niet volledig: {found.why}."] if found.why else []
    known = {item.id: item for item in seen.content.items()}
    for stand in found.stands:
        item = known[stand.item]
        given = told.answer(stand.agreed, scale_for(seen.content, item, stand.part), note="reden")
        part = f", deel {stand.part}" if stand.part else ""
        lines.append(told.sentence(f"Item {item.id}, {item.short or item.title}{part}: {given}"))
    return "\n".join([*lines, *_means(seen.content, found), agreement(work)])


def _means(content: Content, found: Outcome) -> list[str]:
    word = (content.section_word or "deel").capitalize()
    lines = []
    for section in content.section:
        mean = found.scores.sections.get(section.id)
        if mean is not None:
            lines.append(f"{word} {section.id}, {section.short or section.title}: {_mean(mean)}.")
    if found.complete and content.total is not None:
        lines.append(f"{content.total.title}: {_mean(found.scores.total)}.")
        if found.scores.band:
            lines.append(f"Niveau: {found.scores.band}.")
        lines += [content.total.note] if content.total.note else []
    return lines


def _mean(found: Mean | Unknown) -> str:
    return f"{dutch(found.value, 1)}, {mean_phrase(found)}" if isinstance(found, Mean) else f"geen; {found.why}"


def agreement(work: Work) -> str:
    """How far the sheets agree, in sentences."""
    found = work.ws.outcome(work.ref, viewer=work.person).agreement
    if isinstance(found, Unknown):
        return f"Overeenstemming: {found.why}."
    return told.aloud(". ".join(_agreement(work, found)) + ".")


def _agreement(work: Work, found: Agreement) -> list[str]:
    content = work.see().content
    words = agreement_words(found, work.name, ordered=has_order(content))
    lines = [f"Overeenstemming: {', '.join(words[:2])}", *map(capital, words[2:])]
    report = content.report
    return [*lines, report.agreement.rstrip(".")] if report and report.agreement else lines


def comparison(work: Work, against: str) -> str:
    """This record against an earlier one, in sentences."""
    seen = work.see()
    earlier = work.ws.see(against, viewer=work.person)
    found = work.ws.compare(work.ref, against, viewer=work.person)
    titles = {item.id: item.short or item.title for one in (earlier, seen) for item in one.content.items()}
    lines = [f"Vergeleken met {short(earlier.record.envelope.date)}, {earlier.organisation}."]
    lines += [f"Item {one.item}, {titles.get(one.item, one.item)}: {_changed(one)}." for one in found.change.items]
    means = [_mean_changed(seen.content, one) for one in [*found.change.sections, found.change.total]]
    lines += [line for line in means if line]
    if found.differs:
        lines.append("Let bij het vergelijken op het volgende.")
        lines += found.differs
    return told.aloud("\n".join(lines))


def _changed(one: ItemChange) -> str:
    if one.difference is None:
        return f"toen {_value(one.before)}, nu {_value(one.after)}; {one.why}"
    return f"toen {_value(one.before)}, nu {_value(one.after)}, {_more(one.difference, str(abs(one.difference)))}"


def _value(given: Answer | None) -> str:
    if given is None or not given.answered:
        return "niets"
    return "niet te beoordelen" if given.missing else str(given.value)


def _more(difference: Fraction | int, shown: str) -> str:
    if shown == "0":
        return "gelijk"
    return f"{shown} {'hoger' if difference > 0 else 'lager'}"


def _mean_changed(content: Content, one: MeanChange) -> str:
    before, after, difference = one.before, one.after, one.difference
    if not (isinstance(before, Mean) and isinstance(after, Mean) and difference is not None):
        return ""
    word = (content.section_word or "deel").capitalize()
    what = f"{word} {one.section}" if one.section else "Alle items samen"
    count = f"over {before.n} item{'' if before.n == 1 else 's'} met beide keren een score"
    more = _more(difference, dutch(abs(difference), 1))
    return f"{what}: gemiddeld toen {dutch(before.value, 1)}, nu {dutch(after.value, 1)}, {more}; {count}."
