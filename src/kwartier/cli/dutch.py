"""click's own texts in Dutch, bound here and not through the locale of the process."""

from __future__ import annotations

import importlib

import click

TEXTS = {
    "%(prog)s, version %(version)s": "%(prog)s, versie %(version)s",
    "Aborted!": "Afgebroken.",
    "Argument {name!r} takes {nargs} values.": "{name!r} vraagt {nargs} waarden.",
    "Choose from:\n\t{choices}": "Kies uit:\n\t{choices}",
    "Commands": "Opdrachten",
    "Could not open file {filename!r}: {message}": "{filename!r} is niet te openen: {message}",
    "Do you want to continue?": "Wilt u doorgaan?",
    "Error: The two entered values do not match.": "De twee keer zijn niet gelijk.",
    "Error: invalid input": "Dit past niet.",
    "Error: {message}": "Fout: {message}",
    "Got unexpected extra argument ({args})": "Dit is er te veel: {args}",
    "Got unexpected extra arguments ({args})": "Dit is er te veel: {args}",
    "Invalid value for {param_hint}: {message}": "Klopt niet: {param_hint}: {message}",
    "Invalid value: {message}": "Klopt niet: {message}",
    "Missing argument": "Hier ontbreekt",
    "Missing command.": "Zeg wat er moet gebeuren.",
    "Missing option": "Hier ontbreekt de optie",
    "Missing parameter": "Hier ontbreekt",
    "Missing parameter: {param_name}": "Hier ontbreekt: {param_name}",
    "Missing {param_type}": "Hier ontbreekt {param_type}",
    "No such command {name!r}.": "De opdracht {name!r} bestaat niet.",
    "No such option {name!r}.": "De optie {name!r} bestaat niet.",
    "Option {name!r} does not take a value.": "De optie {name!r} krijgt geen waarde.",
    "Option {name!r} requires an argument.": "De optie {name!r} vraagt een waarde.",
    "Option {name!r} requires {nargs} arguments.": "De optie {name!r} vraagt {nargs} waarden.",
    "Options": "Opties",
    "Positional arguments": "Wat u opgeeft",
    "Press any key to continue...": "Druk op een toets om verder te gaan …",
    "Repeat for confirmation": "Nog een keer",
    "Show the version and exit.": "Toon de versie.",
    "Show this message and exit.": "Toon deze uitleg.",
    "Try '{command} {option}' for help.": "Uitleg: '{command} {option}'.",
    "Usage:": "Gebruik:",
    "(dynamic)": "(wisselt)",
    "(Deprecated)": "(verouderd)",
    "DEPRECATED": "VEROUDERD",
    "default: {default}": "standaard: {default}",
    "deprecated": "verouderd",
    "directory": "map",
    "env var: {var}": "omgevingsvariabele: {var}",
    "file": "bestand",
    "path": "pad",
    "required": "verplicht",
    "unknown error": "onbekende fout",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} is een map.",
    "{name} {filename!r} is a file.": "{name} {filename!r} is een bestand.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} is niet te lezen.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} is niet te schrijven.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen {number_type}.",
    "{value!r} is not {choice}.": "{value!r} kan hier niet; kies {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} kan hier niet; kies uit {choices}.",
    "{value} is not in the range {range}.": "{value} valt buiten {range}.",
    "Did you mean {possibility}?": "Bedoelde u {possibility}?",
    "(Possible options: {possibilities})": "(Misschien: {possibilities})",
    "(Did you mean one of: {possibilities}?)": "(Bedoelde u een van: {possibilities}?)",
    "Did you mean one of: {possibilities}?": "Bedoelde u een van: {possibilities}?",
}

_MODULES = (
    *("_termui_impl", "core", "decorators", "exceptions", "formatting", "parser"),
    *("shell_completion", "termui", "types", "utils"),
)


TEXT, NUMBER = "tekst", "getal"
"""The types that click names itself, in help ("--soort TEKST") and in errors ("is geen getal")."""


def translate(text: str) -> str:
    """click's text in Dutch; what is not known stays as it is."""
    return TEXTS.get(text, text)


def translate_number(one: str, many: str, number: int) -> str:
    """The same for a text that depends on a number."""
    return translate(one if number == 1 else many)


def bind() -> None:
    """Puts the Dutch texts in the place of gettext in click's modules."""
    for name in _MODULES:
        module = importlib.import_module(f"click.{name}")
        if hasattr(module, "_"):
            module._ = translate  # type: ignore[attr-defined]
        if hasattr(module, "ngettext"):
            module.ngettext = translate_number  # type: ignore[attr-defined]
    click.STRING.name, click.INT.name = TEXT, NUMBER
