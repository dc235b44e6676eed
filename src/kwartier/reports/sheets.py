"""How far the sheets of those who scored agreed, and the scores of each; or why that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kwartier.analysis.agreement import Agreement
from kwartier.analysis.numbers import dutch, rounded
from kwartier.analysis.scores import Unknown
from kwartier.instrument.model import Scale, ScoreStep
from kwartier.instrument.selection import has_order
from kwartier.records.files import ConsensusFile, Sheet
from kwartier.reports.case import Case
from kwartier.reports.charts_sheets import differences
from kwartier.reports.document import Block, Bullets, Heading, Paragraph, Table, long_date
from kwartier.reports.phrases import NOTHING, answer_words, assessor_name, ended, listed, role_words, scales
from kwartier.workflow.agreed import Stand, consensus_of
from kwartier.workflow.outcome import Outcome
from kwartier.workflow.people import counting


def sheets(case: Case) -> Iterator[Block]:
    """Agreement in words, the scores of each per item, mistakes that were named and sheets that were reopened.

    Nothing before the scores lie side by side, nor from paper: that there are no sheets is told with how it was done.
    """
    step, outcome = case.score_step, case.outcome
    if step is None or outcome is None or step.by != "each" or not case.scores_open:
        return
    if case.record.envelope.paper is not None:
        return
    one, many = role_words(case.content, step.role, ("beoordelaar", "beoordelaars"))
    yield Heading(1, f"Overeenstemming tussen de {many}")
    if isinstance(outcome.agreement, Unknown):
        yield Paragraph(_unknown(case, step, outcome.agreement, one))
    else:
        yield Paragraph(_in_words(case, step, outcome.agreement, many))
        if case.content.report and case.content.report.agreement:
            yield Paragraph(case.content.report.agreement)
    if _worth_a_table(outcome):
        if not isinstance(outcome.agreement, Unknown):
            yield from differences(case, step, outcome, _difference)
        yield _table(case, step, outcome)
    remarks = [*_mistakes(case, step), *_reopened(case, step, outcome)]
    if remarks:
        yield Bullets(tuple(remarks))


def _name(case: Case, step: ScoreStep, code: str) -> str:
    return assessor_name(case.names, case.content, code, step.role)


def _unknown(case: Case, step: ScoreStep, found: Unknown, one: str) -> str:
    if len(counting(case.record, step)) == 1:
        return f"De overeenstemming is niet te bepalen: er scoorde één {one}."
    why = ended(found.why)
    return f"De overeenstemming is {why}" if why.startswith("niet ") else f"Geen overeenstemming te geven: {why}"


def _in_words(case: Case, step: ScoreStep, found: Agreement, many: str) -> str:
    words = ["Ieder scoorde eerst apart."] if step.blind else []
    words.append(f"Bij {found.equal} van {found.of} items gaven de {many} hetzelfde antwoord.")
    if any(one.equal and one.difference is None for one in found.differences) and found.compared:
        words.append("Daarbij zijn ook items geteld die zij allemaal niet te beoordelen vonden.")
    if not has_order(case.content):
        return " ".join(words)
    if found.mean_difference is None:
        return " ".join([*words, f"Een verschil in punten is er niet: {ended(found.why or 'er zijn geen scores')}"])
    words.append(f"Bij {found.within_one} van {found.of} items was het verschil hoogstens één punt.")
    both = "allebei" if len(found.raters) == 2 else "allemaal"
    spread = "verschilden zij" if len(found.raters) == 2 else "lagen de hoogste en de laagste score"
    apart = "" if len(found.raters) == 2 else " uit elkaar"
    scored = f"Over de {found.compared} items" if found.compared != 1 else "Over het ene item"
    scored += " die " if found.compared != 1 else " dat "
    scored += f"zij {both} een score gaven, {spread} gemiddeld {dutch(found.mean_difference, 1)} punt{apart}."
    return " ".join([*words, scored, _direction(case, step, found)])


def _direction(case: Case, step: ScoreStep, found: Agreement) -> str:
    names = [_name(case, step, code) for code in found.raters]
    if len(names) > 2:
        pairs = zip(names, found.means, strict=True)
        return f"Gemiddeld gaven zij: {listed(f'{name} {dutch(mean, 1)}' for name, mean in pairs)}."
    if found.higher is None or found.higher_by is None:
        return "Gemiddeld scoorden zij even hoog."
    higher = _name(case, step, found.higher)
    other = next((_name(case, step, code) for code in found.raters if code != found.higher), "")
    return f"{higher} scoorde gemiddeld {_by(found.higher_by)} dan {other}."


def _by(difference: Fraction) -> str:
    return f"{dutch(difference, 1)} punt hoger" if rounded(difference, 1) else "een fractie hoger"


def _worth_a_table(outcome: Outcome) -> bool:
    """Whether somebody's score is not simply the definitive one."""
    return any(
        len(one.given) > 1 or one.shadows or one.agreed not in one.given.values() for one in outcome.stands if one.given
    )


def _table(case: Case, step: ScoreStep, outcome: Outcome) -> Table:
    codes = list(dict.fromkeys(code for one in outcome.stands for code in one.given))
    along = list(dict.fromkeys(code for one in outcome.stands for code in one.shadows))
    known = scales(case.content)
    rows = []
    for one in outcome.stands:
        scale = known[one.item, one.part]
        cells = [answer_words(one.given.get(code), scale) for code in codes]
        extra = [answer_words(one.shadows.get(code), scale) for code in along]
        number = f"{one.item} {one.part}".strip()
        rows.append((number, *cells, *extra, _difference(one, scale), answer_words(one.agreed, scale)))
    header = [_name(case, step, code) for code in codes]
    header += [f"{_name(case, step, code)} (meelopend, telt niet mee)" for code in along]
    return Table("Scores van ieder apart", ("Item", *header, "Verschil", "Definitief"), tuple(rows))


def _difference(stand: Stand, scale: Scale) -> str:
    if scale.kind == "ordinal" and stand.difference is not None:
        return dutch(stand.difference)
    if stand.equal:
        return "gelijk"
    return NOTHING if any(answer.missing is not None for answer in stand.given.values()) else "verschillend"


def _mistakes(case: Case, step: ScoreStep) -> Iterator[str]:
    later = consensus_of(case.content, step)
    if later is None:
        return
    for one in case.record.read(later.id, ConsensusFile).mistake:
        place = f"item {one.item}" + (f", deel {one.part}" if one.part else "")
        yield (
            f"Vergissing: {_name(case, step, one.person)} noemde de eigen score bij {place} "
            f"op {long_date(one.date)} een vergissing. De score telt wel mee. "
            f"Reden: {ended(one.reason)}"
        )


def _reopened(case: Case, step: ScoreStep, outcome: Outcome) -> Iterator[str]:
    for code in dict.fromkeys(code for one in outcome.stands for code in one.given):
        for sheet in case.record.read_of(step.id, code, Sheet).earlier:
            yield (
                f"Heropend: {_name(case, step, code)} heropende op {long_date(sheet.reopened.date())} een verzegeld "
                f"scoreblad en verzegelde het daarna opnieuw. Reden: {ended(sheet.reason)}"
            )
