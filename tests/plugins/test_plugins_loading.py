"""What goes wrong when an instrument is opened breaks that instrument alone, with the reason and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwartier.errors import Refused
from kwartier.plugins.listing import State

API = "from kwartier.api import *\n"

LOADING: dict[str, tuple[str, str]] = {
    # the package's Python, and words of the reason
    "cannot import": ("import dit_bestaat_niet", "ModuleNotFoundError: No module named 'dit_bestaat_niet'"),
    "no Python": ("def (", "SyntaxError"),
    "raises": ("raise ValueError('zo niet')", "ValueError: zo niet"),
    "raises without a word": ("assert False", "AssertionError"),
    "raises what is no Exception": ("class Raar(BaseException): pass\nraise Raar('hier')", "Raar: hier"),
    "exits": ("import sys; sys.exit(3)", "het wilde kwartier afsluiten"),
    "never ends": ("def f(): f()\nf()", "RecursionError"),
    "an error that cannot tell": (
        "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
        "te laden: E.",
    ),
    "an error with an escape sequence": (
        "raise ValueError('\\x1b[2Jweg\\nen verder')",
        "ValueError: �[2Jweg en verder",
    ),
    "a wrong hook": (
        f"{API}@hookimpl\ndef kwartier_scores(content, answers): return None",
        "kwartier_scores is geen hook van kwartier; misschien is kwartier_score bedoeld",
    ),
    "a hook under another name": (
        f"{API}@hookimpl(specname='kwartier_tekenen')\ndef kwartier_score(content): return None",
        "kwartier_tekenen is geen hook van kwartier; wel: kwartier_score, kwartier_suggest, kwartier_import, ",
    ),
    "a wrong argument": (
        f"{API}@hookimpl\ndef kwartier_check(content, dossier): return []",
        "kwartier_check vraagt 'dossier', en krijgt alleen: content, record",
    ),
    "a forgotten mark": (
        "def kwartier_score(content, answers): return None",
        "boven kwartier_score ontbreekt @hookimpl",
    ),
    "an async hook": (
        f"{API}@hookimpl\nasync def kwartier_check(content): return []",
        "kwartier_check is async",
    ),
    "two mistakes": (
        f"{API}@hookimpl\ndef kwartier_check(een, twee): return []",
        "vraagt 'een', en krijgt alleen: content, record; kwartier_check vraagt 'twee'",
    ),
    "an argument too much for pluggy": (
        f"{API}@hookimpl(wrapper=True)\ndef kwartier_check(content): return []",
        "PluginValidationError",
    ),
}


@pytest.mark.parametrize("name", LOADING)
def test_python_that_cannot_be_loaded_breaks_its_instrument_alone(name: str, shop: Any) -> None:
    python, reason = LOADING[name]
    shop.add(python=python)
    shop.add("heel", distribution="kwartier-heel")
    host = shop.host()
    assert host.listing("tuin").state is State.READY
    with pytest.raises(Refused) as caught:
        host.open("tuin")
    listing = host.listing("tuin")
    assert reason in listing.reason and "\n" not in listing.reason and "\x1b" not in listing.reason
    assert listing.state is State.BROKEN and caught.value.message == listing.reason
    assert "kwartier-tuin" in listing.advice and caught.value.code == "instrument-broken"
    assert (listing.distribution, listing.version) == ("kwartier-tuin", "1.2")
    with pytest.raises(Refused, match="niet te gebruiken"):
        host.open("tuin")
    assert host.open("heel")


CONTENT: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "bad TOML": (lambda text: text + "\n[[step\n", ["geldige TOML", "content.toml:"]),
    "mistakes": (
        lambda text: text.replace('scale = "staat"', 'scale = "stand"', 1).replace('of = "scoren"', 'of = "gesprek"'),
        ["2 fouten", "stand", "gesprek", "content.toml:"],
    ),
    "a control character": (lambda text: text.replace("Bodem", "Bo\\u001bdem"), ["stuurteken U+001B"]),
    "too large": (lambda text: text + "#" * (2 * 1024 * 1024), ["bytes"]),
}


@pytest.mark.parametrize("name", CONTENT)
def test_mistakes_in_the_content_are_all_told_with_their_line(name: str, shop: Any) -> None:
    change, words = CONTENT[name]
    shop.add(content=change, python="raise RuntimeError('eerst de inhoud')")
    host = shop.host()
    with pytest.raises(Refused) as caught:
        host.open("tuin")
    listing = host.listing("tuin")
    assert listing.state is State.BROKEN
    assert all(word in listing.reason for word in words), listing.reason
    assert caught.value.place and "maker" in listing.advice


def test_content_that_is_gone_is_told(shop: Any) -> None:
    shop.add(without=("content.toml",))
    host = shop.host()
    with pytest.raises(Refused):
        host.open("tuin")
    assert "content.toml ontbreekt" in host.listing("tuin").reason


def test_stopping_with_control_c_is_not_taken_for_a_broken_plugin(shop: Any) -> None:
    shop.add(python="raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        shop.host().open("tuin")


def test_a_hook_may_take_less_and_have_more_with_a_value_of_its_own(shop: Any) -> None:
    shop.add(python=f"{API}@hookimpl\ndef kwartier_check(record, streng=False): return []")
    assert shop.host().open("tuin")


def test_functions_of_its_own_are_the_plugins_own_business(shop: Any) -> None:
    shop.add(python="from math import *\ndef kwart(): pass\nkwartier_jaar = 2026")
    assert shop.host().open("tuin")
