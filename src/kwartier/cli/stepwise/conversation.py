"""The conversation: lines out, lines in, and the words that work at every question. Knows no records and no forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kwartier.errors import KwartierError
from kwartier.text import clean
from kwartier.workflow.filling import Rejected

END = "."
"""The line that ends a text of more lines."""

_KEYS = re.compile("\x1b(?:\\[[0-9;?]*[@-~]|O[@-~])")
"""What arrow keys and the like send to a program that reads lines."""

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}


class Leave(Exception):
    """Somebody leaves the question with a word."""


class Stop(Leave):
    """Stops: `stop`, or the end of the input."""


class ToSteps(Leave):
    """To the list of steps."""


class Back(Leave):
    """To the question before this one."""


class Undo(Leave):
    """Takes back the last answer."""


class Again(Leave):
    """Something was done at the question with a further word: it is asked again, as things stand now."""


class Switch(Leave):
    """Somebody else comes to the keyboard."""


class Goto(Leave):
    """To another question of the same form, by its id."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


@dataclass(frozen=True)
class Command:
    """A further word at a question: `shape` is a pattern for the whole line; `does` gives what to say."""

    shape: str
    help: str
    does: Callable[[re.Match[str]], str]

    def match(self, typed: str) -> re.Match[str] | None:
        """What the line says, where it is this command."""
        return re.fullmatch(self.shape, typed.strip(), re.IGNORECASE | re.DOTALL)


def _unasked(typed: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `take` does what was answered and gives what to say; it raises `KwartierError` to ask again."""

    id: str
    text: str
    "All that is said; the last line asks."
    brief: str = ""
    "What is said to ask again; empty says the last line of the text."
    help: str = ""
    take: Callable[[str], str] = _unasked
    commands: tuple[Command, ...] = ()
    stays: bool = False
    "Whether the same question comes again after an answer."
    default: str = ""
    "What an empty line stands for; empty leaves everything as it is."

    def again(self) -> str:
        """What is said to ask again."""
        return self.brief or self.text.rstrip().rpartition("\n")[2]


@dataclass(frozen=True)
class Word:
    """A word that works everywhere: its names, what it is for, and what leaving it means (None: it is answered)."""

    names: tuple[str, ...]
    help: str
    leave: type[Leave] | None = None


HELP, REPEAT, WHERE, SKIP, EXPLAINED = "?", "herhaal", "waar", "overslaan", "woorden"

WORDS = (
    Word((HELP, "help", "hulp"), "vraagteken of hulp: uitleg bij de vraag"),
    Word((REPEAT,), "herhaal: zeg de vraag nog eens"),
    Word((WHERE,), "waar: waar u bent en wat er ontbreekt"),
    Word((EXPLAINED,), "woorden: hoor deze uitleg"),
    Word((SKIP,), "overslaan, of alleen enter: laat het zoals het is"),
    Word(("terug",), "terug: de vorige vraag", Back),
    Word(("ongedaan",), "ongedaan: neem uw laatste antwoord terug", Undo),
    Word(("wissel",), "wissel: er komt iemand anders achter het toetsenbord", Switch),
    Word(("stappen",), "stappen: naar de lijst van stappen", ToSteps),
    Word(("stop",), "stop: stop; alles is bewaard", Stop),
)
_BY_NAME = {name: word for word in WORDS for name in word.names}

LITERAL = (
    "Is zo'n woord uw antwoord zelf, zet er dan een schuine streep naar achter voor (\\stop) of aanhalingstekens om."
)


def words_explained() -> str:
    """The words that work everywhere, for at the start and in help."""
    return "Overal werken deze woorden. " + ". ".join(_sentence(word.help) for word in WORDS) + f".\n{LITERAL}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Text:
    """A text of more lines; `cut_off` is what ended it before its end, to be raised once it is saved."""

    text: str
    cut_off: BaseException | None = None


class Conversation:
    """Asks and hears. `read` gives a line without its end, or raises EOFError; `write` says a text.

    `where` tells on request where somebody is.
    """

    def __init__(self, read: Callable[[str], str], write: Callable[[str], None]) -> None:
        self._read = read
        self._write = write
        self.where: Callable[[], str] = str
        self.current = ""
        "The id of the question that was asked last."
        self._explained = False

    def say(self, text: str) -> None:
        """Says something, unless there is nothing to say."""
        if text:
            self._write(text)

    def refuse(self, error: KwartierError) -> None:
        """Says why something was not done, and what to do instead."""
        if isinstance(error, Rejected):
            self.say("Niet bewaard: " + "; ".join(one.message for one in error.wrongs) + ".")
        else:
            self.say(f"Dat ging niet: {error.message} {error.advice or ''}".rstrip())

    def ask(self, question: Question, *, again: bool = False) -> str | None:
        """The answer, None where it is passed over. Words are answered here, or leave as what they mean."""
        prompt = question.again() if again else question.text
        self.current = question.id or self.current
        while True:
            typed = self._hear(prompt)
            prompt = question.again()
            plain = typed.strip()
            if not plain or plain.casefold() == SKIP:
                return question.default or None
            word = _BY_NAME.get(plain.casefold())
            if word is not None:
                prompt = self._answered(word, question, prompt)
                continue
            if self._did(question, typed):
                raise Again
            return unquoted(typed, question)

    def _answered(self, word: Word, question: Question, prompt: str) -> str:
        """Answers a word; gives what to ask next."""
        if word.leave is not None:
            raise word.leave
        if word.names[0] == HELP:
            self.say(self._help(question))
        elif word.names[0] == WHERE:
            self.say(self.where())
        elif word.names[0] == EXPLAINED:
            self.say(words_explained())
        else:
            return question.text
        return prompt

    def _help(self, question: Question) -> str:
        here = [one.help for one in question.commands if one.help]
        own = "Bij deze vraag ook. " + ". ".join(_sentence(one) for one in here) + "." if here else ""
        # The first time in full; after that whoever asks wants to know of this question.
        words = f"Overal: {', '.join(word.names[-1] for word in WORDS)}." if self._explained else words_explained()
        self._explained = True
        return "\n".join(part for part in (question.help, own, words) if part)

    def _did(self, question: Question, typed: str) -> bool:
        """Does what a further word of this question asks."""
        for command in question.commands:
            match = command.match(typed)
            if match is not None:
                try:
                    self.say(command.does(match))
                except Back:
                    self.say("Niets veranderd.")
                except KwartierError as error:
                    self.refuse(error)
                return True
        return False

    def choose(self, text: str, read: Callable[[str], str], *, help: str = "", default: str = "") -> str | None:
        """A question within a question: asks until `read` takes the answer; None where it is passed over."""
        question = Question(id="", text=text, help=help, default=default)
        again = False
        while True:
            typed = self.ask(question, again=again)
            if typed is None:
                return None
            try:
                return read(typed)
            except KwartierError as error:
                self.refuse(error)
                again = True

    def sure(self, text: str) -> bool:
        """Whether somebody says yes; everything else is no."""
        typed = self.ask(Question(id="", text=f"{text}\nTyp j voor ja. Enter is nee."))
        yes = (typed or "").strip().casefold() in ("j", "ja")
        if not yes:
            self.say("Niet gedaan.")
        return yes

    def lines(self, first: str | None, begin: str) -> Text:
        """A text of more lines, up to a line with only a full stop. Words are part of the text here.

        `first` is a line that was heard already, `begin` what is said before the rest.
        """
        kept = [] if first is None else [first]
        try:
            self.say(begin)
            while (line := self._hear("")) != END:
                if line.strip().casefold() in _BY_NAME and line.strip() != HELP:
                    self.say(
                        f"Dit staat nu als regel in uw tekst: {line.strip()}. Een regel met alleen een punt sluit af."
                    )
                kept.append(END if line == f"\\{END}" else line)
        except (Stop, KeyboardInterrupt) as cut_off:
            return Text("\n".join(kept).strip("\n"), cut_off)
        return Text("\n".join(kept).strip("\n"))

    def _hear(self, prompt: str) -> str:
        while True:
            try:
                line = self._read(prompt)
            except EOFError:
                raise Stop from None
            heard = clean(_KEYS.sub("", line))
            if heard != line:
                self.say(
                    "Let op: tekens die geen tekst zijn, zoals van een pijltjestoets, zijn weggelaten of vervangen."
                )
            if heard.strip() or not line.strip():
                return heard


def is_special(typed: str, question: Question) -> bool:
    """Whether a line would be heard as a word, a further word, or an escaped one."""
    plain = typed.strip()
    if plain.startswith("\\"):
        return is_special(plain[1:], question)
    known = plain.casefold() in _BY_NAME or any(one.match(plain) for one in question.commands)
    return known or _inside_quotes(plain, question) is not None


def _inside_quotes(plain: str, question: Question) -> str | None:
    """What stands between the quotes around a whole line, where that is a word."""
    if len(plain) > 2 and _QUOTES.get(plain[0]) == plain[-1] and is_special(plain[1:-1], question):
        return plain[1:-1]
    return None


def unquoted(typed: str, question: Question) -> str:
    """The answer that is meant: a word behind a backslash or between quotes is that word; all else stays as it is."""
    plain = typed.strip()
    if plain.startswith("\\") and is_special(plain[1:], question):
        return plain[1:]
    inside = _inside_quotes(plain, question)
    return typed if inside is None else inside


def with_commands(questions: Sequence[Question], extra: tuple[Command, ...]) -> list[Question]:
    """The questions with further words for all of them."""
    return [replace(one, commands=(*one.commands, *extra)) for one in questions]
