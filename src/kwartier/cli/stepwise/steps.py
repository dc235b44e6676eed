"""The list of steps: where the record stands, which step is next, and doing one."""

from __future__ import annotations

from collections.abc import Callable
from re import Match

from kwartier.cli.stepwise import answers, closing, items, outcome_words, who
from kwartier.cli.stepwise.conversation import Back, Command, Question, Switch, with_commands
from kwartier.cli.stepwise.fields import day
from kwartier.cli.stepwise.forms.evidence import read_only
from kwartier.cli.stepwise.forms.registry import BEGINS, BY_ITEM, FORMS, MISSING, PERSONAL
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import KwartierError, Misused
from kwartier.instrument.model import AnyStep, EvidenceStep, ScoreStep
from kwartier.workflow.periods import short
from kwartier.workflow.readers import is_owned
from kwartier.workflow.state import next_step

LIST = "stappen"


def listed(work: Work) -> str:
    """All steps, numbered, with where each stands."""
    lines = []
    for place, one in enumerate(work.situation().steps, 1):
        detail = f", {one.detail}" if one.detail else ""
        optional = ", mag u overslaan" if one.optional and one.status.value == "open" else ""
        lines.append(f"{place}. {one.title}: {one.status.word}{detail}{optional}.")
    return "\n".join(lines)


def question(work: Work) -> Question:
    """Asks which step; an empty line is the one that is next."""
    steps = list(work.situation().steps)
    following = next_step(steps)
    place = steps.index(following) + 1 if following else 0
    enter = f"enter voor {place}, {following.title}" if following else "stop; er staat niets meer open"
    brief = f"Welke stap? Een nummer of naam, lijst, of {enter}."
    return Question(
        id=LIST,
        text=f"De stappen.\n{listed(work)}\n{brief}",
        brief=brief,
        help="Kies een stap met haar nummer, haar naam of haar korte naam. De volgorde is vrij, waar dat kan.",
        take=lambda typed: do(work, chosen(work, typed)),
        default=following.id if following else "",
        stays=True,
        commands=_commands(work),
    )


def chosen(work: Work, typed: str) -> AnyStep:
    """The step that is meant: a number, an id or a title. Raises `Misused`."""
    steps = work.see().content.step
    id = answers.pick(typed, [(one.id, one.title) for one in steps], "stap")
    return next(one for one in steps if one.id == id)


def do(work: Work, step: AnyStep) -> str:
    """Does a step, until it is left. Gives what to say."""
    steps = list(work.situation().steps)
    place = next(place for place, one in enumerate(steps, 1) if one.id == step.id)
    work.talk.say(f"Stap {place}, {step.title}. {closing.stands(work, steps[place - 1])}")
    work.talk.say(step.own)
    if isinstance(step, ScoreStep) and not work.told_wording:
        report = work.see().content.report
        work.talk.say(report.wording if report else "")
        work.told_wording = True
    role = getattr(step, "role", "")
    begin = BEGINS.get(type(step))
    start = ""
    while True:
        try:
            of_one = isinstance(step, PERSONAL) or is_owned(step)
            if isinstance(step, EvidenceStep) and is_owned(step) and work.person and not who.is_one_of(work, role):
                work.talk.say(read_only(work, step))
                return ""
            if of_one and not who.is_one_of(work, role) and not who.ask_person(work, role):
                return ""
            _walk(work, step, start or (begin(work, step) if begin else ""))
            return ""
        except Back:
            return ""
        except KwartierError as error:
            work.talk.refuse(error)
            return ""
        except Switch:
            who.ask_person(work, role)
            # A sheet is another one now; all else goes on where it was.
            start = "" if isinstance(step, ScoreStep) else work.talk.current


def _walk(work: Work, step: AnyStep, start: str) -> None:
    explained = Command("uitleg", "uitleg: wat de bedoeling is van deze stap", lambda match: _guidance(step))
    work.step = step
    everywhere = (items.jump(work.see().content, step), explained) if isinstance(step, BY_ITEM) else (explained,)

    def questions() -> list[Question]:
        return with_commands(
            [*FORMS[type(step)](work, step), *closing.closing(work, step, _missing(work, step))], everywhere
        )

    try:
        work.walk(questions, start=start, outer=True)
    finally:
        work.step = None


def _guidance(step: AnyStep) -> str:
    return step.guidance or "Bij deze stap is geen uitleg."


def where(work: Work) -> str:
    """Where somebody is and what is missing there."""
    seen = work.see()
    lines = [f"{seen.organisation}, {seen.header.short}, {short(seen.record.envelope.date)}."]
    if work.person:
        lines.append(f"U bent {work.name(work.person)}.")
    if work.step is None:
        following = next_step(list(work.situation().steps))
        return " ".join([*lines, "U kiest een stap.", *([f"Aan de beurt: {following.title}."] if following else [])])
    return " ".join([*lines, f"Stap {work.step.title}.", _missing(work, work.step)])


def _missing(work: Work, step: AnyStep) -> str:
    tell = MISSING.get(type(step))
    try:
        return tell(work, step) if tell else closing.stands(work, work.state(step))
    except KwartierError:
        return closing.stands(work, work.state(step))


# -- what concerns the whole record


def _commands(work: Work) -> tuple[Command, ...]:
    return (
        Command("lijst", "lijst: hoor de stappen", lambda match: listed(work)),
        Command("uitslag", "uitslag: hoor de uitslag", lambda match: outcome_words.outcome(work)),
        Command(
            r"vergelijk(?: (\S+))?",
            "vergelijk: hoor het verschil met de vorige meting; met een verwijzing erachter die meting",
            lambda match: _compare(work, match),
        ),
        Command("bevindingen", "bevindingen: hoor wat opvalt en geef redenen", lambda match: _findings(work)),
        Command("auditors", "auditors: wie de meting doen", lambda match: _assessors(work)),
        Command(r"datum (.+)", "datum en een dag: verbeter de datum van de meting", lambda match: _date(work, match)),
        Command(r"volgt (\S+)", "volgt en een verwijzing: de meting hiervoor", lambda match: _follows(work, match)),
        Command("bijwerken", "bijwerken: neem de nieuwste inhoud van het instrument over", lambda match: _renew(work)),
        Command("agenda", "agenda: wat er in deze meting nog moet gebeuren", lambda match: _agenda(work)),
    )


def _compare(work: Work, match: Match[str]) -> str:
    against = match[1] or work.see().record.envelope.follows
    if not against:
        others = [str(one) for one in work.ws.assessments(work.slug) if str(one) != work.ref]
        known = f"Typ vergelijk met een verwijzing erachter: {', '.join(others)}." if others else "Er is geen andere."
        raise Misused("nothing-to-compare", "Deze meting volgt niet op een andere.", advice=known)
    return outcome_words.comparison(work, against)


def _findings(work: Work) -> str:
    found = work.situation().findings
    if not found:
        return "Er valt niets op."
    remarks = [f"Let op: {one.message} {one.advice}" for one in found if one.level == "remark"]
    work.talk.say("\n".join(remarks))
    asked = [one.id for one in found if one.level == "reason"]

    def questions() -> list[Question]:
        return [closing.reason(work, one) for one in work.situation().findings if one.id in asked]

    _walked(work, questions)
    return "Dat waren de bevindingen."


def _assessors(work: Work) -> str:
    _walked(work, lambda: who.assessors(work))
    return "Terug bij de stappen."


def _walked(work: Work, questions: Callable[[], list[Question]]) -> None:
    try:
        work.walk(questions)
    except Back:
        return


def _date(work: Work, match: Match[str]) -> str:
    work.ws.correct(work.ref, day=day("date", "").read(work, match[1]))
    work.act()
    return f"{SAVED} De verwijzing blijft dezelfde."


def _follows(work: Work, match: Match[str]) -> str:
    work.ws.correct(work.ref, follows=match[1])
    work.act()
    return SAVED


def _renew(work: Work) -> str:
    told = work.ws.renew(work.ref)
    work.act()
    work.renew()
    return "\n".join(["De meting gebruikt de nieuwste inhoud.", *told])


def _agenda(work: Work) -> str:
    found = [one for one in work.ws.agenda([work.slug]) if one.ref == work.ref]
    lines = [f"{short(one.day) if one.day else 'Zonder dag'}: {one.text}" for one in found]
    return "\n".join(lines) or "Er staat niets op de agenda van deze meting."
