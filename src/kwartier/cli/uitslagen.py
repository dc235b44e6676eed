"""kwartier uitslag: scores, gemiddelden en overeenstemming, ook naast een eerdere meting."""

from __future__ import annotations

import click

from kwartier.analysis.answers import Answer
from kwartier.analysis.numbers import dutch
from kwartier.analysis.scores import Mean, Unknown, mean_phrase
from kwartier.cli.base import Command, answer, opened, remark, table
from kwartier.cli.completing import REF, STEP
from kwartier.cli.pasting import follow_up
from kwartier.instrument.selection import has_order
from kwartier.reports.phrases import agreement_words
from kwartier.workflow.agreed import Stand
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.periods import short
from kwartier.workflow.printed import printed_note
from kwartier.workspace import Comparison, Seen


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--met", type=REF, metavar="REF", help="De eerdere meting om mee te vergelijken.")
@click.option("--auditor", metavar="NAAM", help="Wie er kijkt.")
@click.option("--stap", type=STEP, default="", help="Van welke stap, zoals halverwege; anders de laatste.")
def uitslag(ref: str, met: str | None, auditor: str | None, stap: str) -> None:
    """Toon de uitslag. Zolang niet alle scorebladen die tellen verzegeld zijn, staat er geen score.

    Gemiddelden zijn een afspraak van kwartier; de publicatie van het instrument is leidend.
    """
    with opened() as ws:
        viewer = ws.code_of(ref, auditor)
        result = ws.exported(ref, against=met, viewer=viewer, step=stap or "")
        seen, outcome = ws.see(ref, viewer=viewer), ws.outcome(ref, viewer=viewer, step=stap or "")
        comparison = ws.compare(ref, met, viewer=viewer) if met else None
        # A figure that rests on a sheet that was changed after sealing must not stand there without a word.
        remark(ref, [one for one in ws.situation(ref, viewer=viewer).findings if one.id == "sheets-changed"])
        answer(result, lambda: "\n\n".join(filter(None, _parts(seen, outcome, comparison, met))))


def _parts(seen: Seen, outcome: Outcome, comparison: Comparison | None, met: str | None) -> list[str]:
    day = short(seen.record.envelope.date)
    parts = [f"{seen.organisation} – {seen.header.short} {seen.record.envelope.edition}, {day}"]
    if outcome.why:
        parts.append(f"Nog geen uitslag: {outcome.why}.")
    if not any(stand.agreed or stand.given for stand in outcome.stands):
        # A table of dashes would only hide what there is to do.
        return [*parts, f"Wie er aan de beurt is: {follow_up('meting', 'toon', str(seen.record.ref))}"]
    parts.append(_items(seen, outcome))
    parts.append(_means(seen, outcome))
    parts.append(_agreement(seen, outcome))
    if comparison is not None and met is not None:
        parts.append(_comparison(seen, comparison, met))
    return parts


def shown(given: Answer | None) -> str:
    """A score, or that there is none."""
    if given is None or not given.answered:
        return "–"
    return "n.t.b." if given.missing else str(given.value)


def _items(seen: Seen, outcome: Outcome) -> str:
    raters = list(dict.fromkeys(code for stand in outcome.stands for code in [*stand.given, *stand.shadows]))
    titles = {item.id: item.short or item.title for item in seen.content.items()}
    head = ("", "Item", "Definitief", *[seen.names.get(code) or code for code in raters], "")
    return table([_row(stand, titles, raters) for stand in outcome.stands], head)


def _row(stand: Stand, titles: dict[str, str], raters: list[str]) -> tuple[str, ...]:
    given = {**stand.given, **stand.shadows}
    remark = ""
    if stand.agreed is not None and stand.agreed.missing:
        remark = f"niet te beoordelen: {stand.agreed.missing}"
    elif stand.difference:
        remark = f"verschil {stand.difference}"
    number = f"{stand.item} {stand.part}".strip()
    return (number, titles[stand.item], shown(stand.agreed), *[shown(given.get(code)) for code in raters], remark)


def _mean_words(found: Mean | Unknown) -> tuple[str, str]:
    return (dutch(found.value, 1), mean_phrase(found)) if isinstance(found, Mean) else ("–", found.why)


def _means(seen: Seen, outcome: Outcome) -> str:
    if outcome.why and not any(stand.agreed for stand in outcome.stands):
        return ""
    rows = []
    for section in seen.content.section:
        found = outcome.scores.sections.get(section.id)
        if found is not None:
            rows.append((section.id, section.short or section.title, *_mean_words(found)))
    if outcome.complete and seen.content.total is not None:
        rows.append(("", seen.content.total.title, *_mean_words(outcome.scores.total)))
    band = f"\nNiveau: {outcome.scores.band}" if outcome.scores.band and outcome.complete else ""
    note = f"\n{seen.content.total.note}" if seen.content.total and seen.content.total.note else ""
    if told := printed_note(seen.record, seen.content, outcome):
        note += f"\n{told}"
    return table(rows, ("", "Gemiddelden", "", "")) + band + note


def _agreement(seen: Seen, outcome: Outcome) -> str:
    found = outcome.agreement
    if isinstance(found, Unknown):
        return "" if outcome.why and found.why == outcome.why else f"Overeenstemming: {found.why}."
    ordered = has_order(seen.content)
    told = " · ".join(agreement_words(found, lambda code: seen.names.get(code) or code, ordered=ordered))
    note = seen.content.report.agreement if seen.content.report else ""
    return f"Overeenstemming: {told}" + (f"\n{note}" if note else "")


def _over(count: int) -> str:
    both = "item dat beide keren gescoord is" if count == 1 else "items die beide keren gescoord zijn"
    return f"over {count} {both}"


def _comparison(seen: Seen, comparison: Comparison, met: str) -> str:
    titles = {item.id: item.short or item.title for item in seen.content.items()}
    rows = [
        (
            one.item,
            titles.get(one.item, one.item),
            shown(one.before),
            shown(one.after),
            dutch(one.difference, sign=True) if one.difference is not None else "–",
            one.why or "",
        )
        for one in comparison.change.items
    ]
    for change in [*comparison.change.sections, comparison.change.total]:
        before, after = change.before, change.after
        if isinstance(before, Mean) and isinstance(after, Mean) and change.difference is not None:
            rows.append(
                (
                    change.section or "",
                    "gemiddeld" if change.section else "alle items",
                    dutch(before.value, 1),
                    dutch(after.value, 1),
                    dutch(change.difference, 1, sign=True),
                    _over(before.n),
                )
            )
    differs = "".join(f"\n- {one}" for one in comparison.differs)
    return (
        f"Vergeleken met {met}\n"
        + table(rows, ("", "Item", "Toen", "Nu", "Verschil", ""))
        + (f"\nWat verschilt tussen de metingen:{differs}" if differs else "")
    )
