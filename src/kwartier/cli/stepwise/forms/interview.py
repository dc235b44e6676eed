"""Questions of the form interview: item by item its questions and raw notes, the clock, and the sessions."""

from __future__ import annotations

from datetime import date
from re import Match

from kwartier.cli.stepwise import answers, fields, items, told
from kwartier.cli.stepwise.conversation import Command, Question
from kwartier.cli.stepwise.forms import clock
from kwartier.cli.stepwise.rows import Rows, menu
from kwartier.cli.stepwise.work import SAVED, Work
from kwartier.errors import Misused
from kwartier.instrument.model import InterviewStep, Item, Prompt
from kwartier.records.files import Asked, InterviewFile, RawNote, RawNotesFile
from kwartier.workflow.periods import short
from kwartier.workspace import Seen


def interview(work: Work, step: InterviewStep) -> list[Question]:
    """A question per item, which stays there for more notes; then the sessions and what becomes of the notes."""
    work.require_person()
    seen = work.see()
    found = [_item(work, step, seen, item) for item in seen.content.items()]
    return [*found, _sessions(work, step), _keeping(work, step, seen)]


def _own(work: Work, step: InterviewStep) -> RawNotesFile:
    return work.see().record.read_of(step.id, work.require_person(), RawNotesFile)


def _notes(work: Work, step: InterviewStep, item: str) -> list[RawNote]:
    return [one for one in _own(work, step).note if one.item == item]


def _item(work: Work, step: InterviewStep, seen: Seen, item: Item) -> Question:
    decided = seen.record.read(step.id, InterviewFile).prompt
    notes = _notes(work, step, item.id)
    prompts = [f"{one.id}, {_stands(decided, item, one)}: {one.text}" for one in item.prompts]
    count = f"Van u {len(notes)} aantekening{'' if len(notes) == 1 else 'en'}." if notes else "Nog geen aantekening."

    def take(typed: str) -> str:
        return _add(work, step, typed, item.id)

    return Question(
        id=item.id,
        text="\n".join(
            [f"{told.place_of(seen.content, item, step)}.", *prompts, f"{count} Typ een aantekening, of enter."]
        ),
        brief=f"Item {item.id}. Typ een aantekening, of enter.",
        help="Elke regel die u typt wordt een aantekening bij dit item, die alleen de auditors zien.",
        take=take,
        stays=True,
        commands=(
            *_prompt_commands(work, step, item),
            *_note_commands(work, step, seen, item.id),
            *clock.commands(work, step),
        ),
    )


def _stands(decided: tuple[Asked, ...], item: Item, prompt: Prompt) -> str:
    found = next((one for one in decided if (one.item, one.id) == (item.id, prompt.id)), None)
    essential = prompt.essential if found is None or found.essential is None else found.essential
    return ("essentieel" if essential else "als er tijd is") + (", gesteld" if found and found.asked else "")


def _prompt_commands(work: Work, step: InterviewStep, item: Item) -> tuple[Command, ...]:
    if not item.prompts:
        return ()

    def asked(match: Match[str]) -> str:
        return _decide(work, step, item, match[2], "asked", not match[1])

    def essential(match: Match[str]) -> str:
        return _decide(work, step, item, match[2], "essential", not match[1])

    # Only an id of a question makes it a command; "gesteld dat ..." is a note.
    ids = "|".join(one.id for one in item.prompts)
    return (
        Command(rf"(niet )?gesteld ({ids})", "gesteld en een letter: die vraag is gesteld", asked),
        Command(rf"(niet )?essentieel ({ids})", "essentieel, of niet essentieel, en een letter", essential),
    )


def _decide(work: Work, step: InterviewStep, item: Item, id: str, key: str, value: bool) -> str:
    work.at = item.id
    id = next(one.id for one in item.prompts if one.id.casefold() == id.casefold())
    return work.change(step, {"prompt": [{"item": item.id, "id": id, key: value}]}, f"vraag {id} bij item {item.id}")


def _add(work: Work, step: InterviewStep, text: str, item: str) -> str:
    row = {"text": text.strip(), "item": item} if item else {"text": text.strip()}
    return work.change(step, {"note": [row]}, "aantekening", own=True)


def _note_commands(work: Work, step: InterviewStep, seen: Seen, item: str) -> tuple[Command, ...]:
    """Reading, mending and moving notes; `item` is where somebody is."""
    ids = "|".join(one.id.replace(".", r"\.") for one in seen.content.items())

    def loose(match: Match[str]) -> str:
        work.at = item
        return f"{_add(work, step, match[1], '')} Los, nog zonder item."

    def read(match: Match[str]) -> str:
        return _numbered(_notes(work, step, item)) or "U hebt hier nog geen aantekeningen."

    def read_loose(match: Match[str]) -> str:
        return _numbered(_notes(work, step, "")) or "Er zijn geen losse aantekeningen."

    def move(match: Match[str]) -> str:
        note = _chosen(_notes(work, step, ""), match[2])
        to = items.item_of(seen.content, match[1], step).id
        return f"{_change(work, step, note, {'item': to}, item)} Bij item {to}: {note.text}"

    def mend(match: Match[str]) -> str:
        note = _chosen(_notes(work, step, item), match[1])
        text = work.talk.choose(f"Er staat: {note.text}\nTyp de nieuwe tekst, of enter.", str)
        return _change(work, step, note, {"text": text}, item) if text else "Niets veranderd."

    def remove(match: Match[str]) -> str:
        note = _chosen(_notes(work, step, item), match[1])
        return f"{_change(work, step, note, {'remove': True}, item)} Weggehaald: {note.text}"

    return (
        Command(r"los: *(.+)", "los: en een tekst, een aantekening zonder item", loose),
        Command("lees", "lees: hoor uw aantekeningen bij dit item, met nummers", read),
        Command("losse", "losse: hoor uw losse aantekeningen, met nummers", read_loose),
        Command(
            rf"naar ({ids})(?: (\d+))?",
            "naar en een item: zet de laatste losse aantekening daar; met een nummer erachter die losse",
            move,
        ),
        Command(r"wijzig(?: (\d+))?", "wijzig en een nummer: verander die aantekening", mend),
        Command(r"weg (?:(\d+)|laatste)", "weg en een nummer, of weg laatste: haal die aantekening weg", remove),
        Command(r"zoek (.+)", "zoek en een woord: zoek in uw aantekeningen", lambda m: _search(work, step, m[1])),
    )


def _numbered(notes: list[RawNote]) -> str:
    return "\n".join(f"{place}. {one.text}" for place, one in enumerate(notes, 1))


def _chosen(notes: list[RawNote], typed: str | None) -> RawNote:
    """The note with a number, else the last one. Raises `Misused`."""
    number = int(typed) if typed else len(notes)
    if not notes or not 0 < number <= len(notes):
        raise Misused("no-row", "Die aantekening is er niet.", advice="Typ lees of losse om de nummers te horen.")
    return notes[number - 1]


def _change(work: Work, step: InterviewStep, note: RawNote, values: dict[str, object], at: str) -> str:
    work.at = at
    return work.change(step, {"note": [{"id": note.id, **values}]}, "aantekening", own=True)


def _search(work: Work, step: InterviewStep, word: str) -> str:
    found = [one for one in _own(work, step).note if word.casefold() in one.text.casefold()]
    lines = [f"{'Item ' + one.item if one.item else 'Los'}: {one.text}" for one in found]
    head = f"Gezocht naar {word}; dit is niet als aantekening bewaard. {len(found)} keer gevonden."
    return "\n".join([head, *lines])


def _sessions(work: Work, step: InterviewStep) -> Question:
    rows = Rows(
        step=step,
        array="session",
        one="gesprek",
        new="een nieuw gesprek",
        many="Gesprekken",
        fields=(
            fields.day("date", "Dag", default="vandaag"),
            fields.clock("start", "Begin"),
            fields.clock("end", "Einde"),
            fields.count("minutes", "Minuten", "een heel getal, alleen als begin en einde niet genoteerd zijn"),
        ),
        commands=clock.commands(work, step),
    )
    return menu(work, rows, "session")


def _keeping(work: Work, step: InterviewStep, seen: Seen) -> Question:
    file = _own(work, step)
    until = f"Ze moeten weg op {short(file.destroy)}." if file.destroy else "Er is nog geen dag waarop ze weg moeten."
    if file.destroyed:
        until = "Ze zijn vernietigd."

    def keep(typed: str) -> str:
        day: date = answers.day(typed, work.today)
        return work.change(step, {"destroy": day}, "bewaren tot", own=True)

    def destroy(match: Match[str]) -> str:
        if not work.talk.sure("Vernietigen is niet terug te draaien. Uw ruwe aantekeningen vernietigen?"):
            return ""
        work.ws.destroy_notes(work.ref, work.require_person())
        work.act()
        return f"{SAVED} De aantekeningen zijn vernietigd. Kopieën en reservekopieën heeft kwartier niet in de hand."

    return Question(
        id="bewaren",
        text=f"Uw ruwe aantekeningen. {until}\nTyp een dag om ze tot dan te bewaren, vernietig, of enter.",
        take=keep,
        commands=(Command("vernietig", "vernietig: vernietig uw ruwe aantekeningen", destroy),),
    )
