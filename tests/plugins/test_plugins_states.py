"""What is wrong with an instrument is a state with a reason and a next step; it is found without importing it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kwartier.errors import KwartierError, Refused
from kwartier.plugins.discovery import GROUP, discover
from kwartier.plugins.host import Host
from kwartier.plugins.listing import Listing, State

BOOM = "raise RuntimeError('dit mag nooit geladen worden')"


def only(host: Host) -> Listing:
    (listing,) = host.listings()
    return listing


def swap(old: str, new: str) -> Callable[[str], str]:
    def swapped(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return swapped


def test_an_instrument_that_is_well_is_ready_and_then_active(shop: Any) -> None:
    package = shop.add()
    host = shop.host()
    listing = only(host)
    assert (listing.state, listing.distribution, listing.version) == (State.READY, "kwartier-tuin", "1.2")
    assert (listing.module, listing.folder) == (package.name, str(package))
    assert listing.header is not None and listing.header.short == "Tuinmeter"
    opened = host.open("tuin")
    assert opened.plugin == "kwartier-tuin 1.2"
    assert only(host).state is State.ACTIVE
    assert host.open("tuin") is opened


BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {
    # what is installed, and words of the reason and of the next step
    "no package": ({"python": None}, "is niet te vinden", "Installeer het instrument opnieuw"),
    "a dotted module": ({"announced": "kwartier_tuin.binnen"}, "'kwartier_tuin.binnen'", "maker"),
    "an object in a module": ({"announced": "kwartier_tuin:plugin"}, "'kwartier_tuin:plugin'", "maker"),
    "no name of a module": ({"announced": "kwartier-tuin"}, "'kwartier-tuin'", "maker"),
    "no header": ({"without": ("instrument.toml",)}, "instrument.toml ontbreekt", "Installeer het instrument opnieuw"),
    "bad TOML": ({"header": swap('id = "tuin"', "id = tuin")}, "geldige TOML", "Verbeter"),
    "bytes that are no text": ({"header": lambda text: "\x00" + text}, "kan niet gebruikt worden", "Verbeter"),
    "a mistake in the header": ({"header": swap('short = "Tuinmeter"', "short = 3")}, "short", "Verbeter"),
    "two mistakes": (
        {"header": lambda text: swap('many = "rondes"', "")(swap('edition = "2020"', "")(text))},
        "2 f",
        "",
    ),
    "another id": ({"id": "park", "header": swap('id = "tuin"', 'id = "moes"')}, "heet 'moes'", "maker"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_with_the_next_step_and_nothing_is_imported(name: str, shop: Any) -> None:
    given, reason, advice = BROKEN[name]
    shop.add(**{"python": BOOM, **given})
    shop.add("heel", distribution="kwartier-heel")
    host = shop.host()
    broken = next(one for one in host.listings() if one.id != "heel")
    assert broken.state is State.BROKEN and not broken.usable
    assert reason in broken.reason and broken.reason.rstrip()[-1] in ".…"
    assert broken.advice and advice in broken.advice
    assert (broken.distribution, broken.version) == (f"kwartier-{broken.id}", "1.2")
    with pytest.raises(Refused) as caught:
        host.open(broken.id)
    assert caught.value.code == "instrument-broken"
    assert broken.reason in caught.value.message and caught.value.advice == broken.advice
    assert host.open("heel").header.id == "heel"


def test_a_single_file_is_no_instrument(shop: Any) -> None:
    (shop.folder / "losse_proef.py").write_text(BOOM)
    shop.add(announced="losse_proef", python=None)
    assert "is één bestand" in only(shop.host()).reason


@pytest.mark.parametrize(("api", "advice"), [(0, "nieuwere versie van kwartier-tuin"), (2, "Werk kwartier bij")])
def test_another_version_of_the_agreement_is_incompatible_and_never_imported(shop: Any, api: int, advice: str) -> None:
    shop.add(python=BOOM, header=swap("api = 1", f"api = {api}"))
    host = shop.host()
    listing = only(host)
    assert listing.state is State.INCOMPATIBLE
    assert f"versie {api}" in listing.reason and advice in listing.advice
    assert listing.header is not None and listing.header.short == "Tuinmeter"
    with pytest.raises(Refused) as caught:
        host.open("tuin")
    assert caught.value.code == "instrument-incompatible"


def test_a_header_of_a_newer_version_that_cannot_be_read_says_only_that(shop: Any) -> None:
    shop.add(header=lambda text: text.replace("api = 1", "api = 9\nnieuw = true"))
    listing = only(shop.host())
    assert listing.state is State.BROKEN
    assert "9" in listing.reason and "nieuw" not in listing.reason


def test_a_disabled_instrument_is_not_imported_nor_its_header_read(shop: Any) -> None:
    shop.add(python=BOOM, without=("instrument.toml", "content.toml"))
    shop.add("heel", distribution="kwartier-heel")
    host = shop.host({"KWARTIER_DISABLE": " iets, tuin ,"})
    listing = host.listing("tuin")
    assert listing is not None and listing.state is State.DISABLED and listing.header is None
    assert "KWARTIER_DISABLE" in listing.reason and "'tuin'" in listing.advice
    with pytest.raises(Refused) as caught:
        host.open("tuin")
    assert caught.value.code == "instrument-disabled"
    assert host.open("heel")


def test_two_disabled_with_one_id_are_both_just_disabled(shop: Any) -> None:
    shop.add(distribution="een")
    shop.add(distribution="twee")
    states = [one.state for one in shop.host({"KWARTIER_DISABLE": "tuin"}).listings()]
    assert states == [State.DISABLED, State.DISABLED]


def test_an_id_that_is_taken_breaks_the_second_one_only(shop: Any) -> None:
    shop.add(distribution="kwartier-b", python=BOOM)
    shop.add(distribution="kwartier-a")
    host = shop.host()
    first, second = host.listings()
    assert (first.distribution, first.state) == ("kwartier-a", State.READY)
    assert (second.distribution, second.state) == ("kwartier-b", State.BROKEN)
    assert "al in gebruik door kwartier-a" in second.reason
    assert second.advice == "Verwijder een van beide: kwartier-a of kwartier-b."
    assert host.open("tuin").plugin == "kwartier-a 1.2"
    assert [one.state for one in host.listings()] == [State.ACTIVE, State.BROKEN]


def test_an_id_is_not_taken_by_something_broken(shop: Any) -> None:
    shop.add(distribution="kwartier-a", without=("instrument.toml",))
    shop.add(distribution="kwartier-b")
    host = shop.host()
    first, second = host.listings()
    assert (first.distribution, first.state) == ("kwartier-b", State.READY)
    assert second.state is State.BROKEN and "ontbreekt" in second.reason
    assert host.open("tuin").plugin == "kwartier-b 1.2"


def test_a_damaged_entry_points_file_of_anybody_keeps_nothing_away(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.add(distribution="kwartier-heel")
    shop.add("kapot", distribution="kwartier-kapot", points=f"[{GROUP}]\nkapot zonder teken\n")
    shop.add("vreemd", distribution="iets-anders", points="[console_scripts]\nzomaar\n")
    found = {one.id: one for one in discover({})}
    assert found["tuin"].state is State.READY
    assert found["kwartier-kapot"].state is State.BROKEN
    assert "entry_points.txt" in found["kwartier-kapot"].reason and found["kwartier-kapot"].advice
    assert "iets-anders" not in found


def test_metadata_that_are_gone_leave_the_instrument_working(shop: Any) -> None:
    shop.add(metadata=False)
    shop.add("heel", distribution="kwartier-heel")
    host = shop.host()
    assert {one.id: one.state for one in host.listings()} == {"tuin": State.READY, "heel": State.READY}
    assert host.listing("tuin").distribution == "onbekend pakket"
    assert host.open("tuin").plugin == "onbekend pakket ?"


def test_a_package_behind_a_symlink_works(shop: Any, tmp_path: Path) -> None:
    package = shop.add()
    away = tmp_path / "elders"
    package.rename(away)
    package.symlink_to(away, target_is_directory=True)
    host = shop.host()
    assert only(host).state is State.READY
    assert host.open("tuin")


@pytest.mark.parametrize("name", ["instrument.toml", "content.toml"])
def test_a_file_that_links_to_itself_or_is_a_folder_or_pipe_is_told(shop: Any, name: str, tmp_path: Path) -> None:
    for place, make in enumerate([_loop, _folder, _pipe]):
        package = shop.add(f"proef{place}")
        (package / name).unlink()
        make(package / name)
    host = shop.host()
    for listing in host.listings():
        with pytest.raises(KwartierError):
            host.open(listing.id)
    assert [one.state for one in host.listings()] == [State.BROKEN] * 3
    assert all(f"{name} ontbreekt" in one.reason for one in host.listings())


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)


def test_an_unknown_instrument_is_refused_with_what_there_is(shop: Any) -> None:
    shop.add()
    shop.add("kapot", without=("instrument.toml",))
    with pytest.raises(Refused) as caught:
        shop.host().open("bos")
    assert caught.value.code == "unknown-instrument"
    assert "Beschikbaar: tuin." in (caught.value.advice or "")
