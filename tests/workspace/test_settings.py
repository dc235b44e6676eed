"""The settings of a user, and where data, settings and cache stand."""

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as some

from kwartier import demos
from kwartier.errors import KwartierError, Misused, Unreadable
from kwartier.workspace import Workspace, places, settings
from kwartier.workspace.settings import MAX_MINUTES, Settings


@pytest.fixture
def file(own_config: Path) -> Path:
    """The settings file, of which the folder is there."""
    own_config.mkdir()
    return own_config / "settings.toml"


def test_without_a_file_all_is_usual(own_config: Path) -> None:
    assert settings.read() == Settings()
    assert settings.read_or_default() == (Settings(), None)
    assert not own_config.exists()


def test_what_is_saved_is_read_back(own_config: Path) -> None:
    wanted = Settings(data="~/gegevens é", theme="nord", minutes=90)
    settings.save(wanted)
    assert settings.read() == wanted
    if sys.platform != "win32":
        assert stat.S_IMODE((own_config / "settings.toml").stat().st_mode) & 0o077 == 0
    assert [path.name for path in own_config.iterdir()] == ["settings.toml"]


def test_what_goes_back_to_usual_leaves_the_file(file: Path) -> None:
    settings.save(Settings(theme="nord", minutes=90))
    settings.save(Settings(theme="nord"))
    assert "minutes" not in file.read_text("utf-8")
    assert settings.read() == Settings(theme="nord")


def test_keys_that_are_not_known_stay(file: Path) -> None:
    file.write_text('later = [1, 2]\ntheme = "nord"\n[toetsen]\nopslaan = "ctrl+s"\n', "utf-8")
    settings.save(Settings(minutes=45))
    text = file.read_text("utf-8")
    assert "later" in text and "opslaan" in text and "nord" not in text
    assert settings.read() == Settings(minutes=45)


def test_nothing_to_save_makes_no_file(file: Path) -> None:
    settings.save(Settings())
    assert not file.exists()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = "nord"\nminutes = \n', 2),
        ('theme = "nord"\n\nminutes = "veel"\n', 3),
        ("theme = 3\n", 1),
        ('theme = "a"\ndata = ["x"]\n', 2),
        ('data = "gegevens"\n', 1),
        ("minutes = 0\n", 1),
        (f"# uitleg\nminutes = {MAX_MINUTES + 1}\n", 2),
        ("minutes = true\n", 1),
        ("minutes = 45.5\n", 1),
    ],
)
def test_a_file_that_does_not_fit_is_told_with_its_line_and_never_overwritten(file: Path, text: str, line: int) -> None:
    file.write_text(text, "utf-8")
    for act in (settings.read, lambda: settings.save(Settings(theme="nord"))):
        with pytest.raises(Unreadable) as raised:
            act()
        assert raised.value.place == f"{file}:{line}"
        assert raised.value.advice
    found, error = settings.read_or_default()
    assert found == Settings()
    assert isinstance(error, Unreadable)
    assert file.read_text("utf-8") == text


def test_a_file_that_is_no_text_is_told(file: Path) -> None:
    file.write_bytes(b'theme = "nord"\n\xff\xfe\n')
    with pytest.raises(Unreadable) as raised:
        settings.read()
    assert raised.value.place == f"{file}:2"


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(Unreadable):
        settings.read()
    with pytest.raises(KwartierError):
        settings.save(Settings(theme="nord"))
    assert file.is_dir()


def test_an_empty_file_holds_nothing_that_could_be_lost(file: Path) -> None:
    file.write_bytes(b"\n")
    settings.save(Settings(theme="nord"))
    assert settings.read() == Settings(theme="nord")


@pytest.mark.parametrize("wrong", [Settings(minutes=0), Settings(data="hier"), Settings(minutes=MAX_MINUTES + 1)])
def test_a_value_that_does_not_fit_is_not_saved(file: Path, wrong: Settings) -> None:
    settings.save(Settings(theme="nord"))
    before = file.read_bytes()
    with pytest.raises(Misused):
        settings.save(wrong)
    assert file.read_bytes() == before


@given(text=some.text(max_size=60), minutes=some.none() | some.integers(1, MAX_MINUTES))
@how(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_or_is_refused(file: Path, text: str, minutes: int | None) -> None:
    file.unlink(missing_ok=True)
    wanted = Settings(theme=text, minutes=minutes)
    try:
        settings.save(wanted)
    except KwartierError:
        assert settings.read() == Settings()
    else:
        assert settings.read() == wanted


@given(data=some.binary(max_size=200))
@how(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_settings_or_are_told(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    found, error = settings.read_or_default()
    assert error is None or found == Settings()


# -- places


def test_the_data_folder_is_what_is_chosen_nearest(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = tmp_path / "gekozen map"
    monkeypatch.delenv("KWARTIER_DATA")
    usual = places.data_folder()
    assert usual == places.usual_data_folder()
    settings.save(Settings(data=str(chosen)))
    assert places.data_folder() == chosen
    with Workspace.open() as ws:
        assert ws.path == chosen
    monkeypatch.setenv("KWARTIER_DATA", str(tmp_path / "omgeving"))
    assert places.data_folder() == tmp_path / "omgeving"


def test_no_demo_is_made_within_the_data_folder_of_the_settings(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KWARTIER_DATA")
    settings.save(Settings(data=str(tmp_path / "gekozen map")))
    with pytest.raises(Misused) as raised:
        demos.ready(tmp_path / "gekozen map" / "demo", date(2028, 12, 7))
    assert raised.value.code == "own-data"


def test_settings_that_cannot_be_read_stop_only_who_needs_them(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("theme = 3\n", "utf-8")
    monkeypatch.delenv("KWARTIER_DATA")
    assert places.data_folder() == places.usual_data_folder()
    file.write_text("data = 3\n", "utf-8")
    with pytest.raises(Unreadable):
        places.data_folder()
    monkeypatch.setenv("KWARTIER_DATA", str(tmp_path))
    assert places.data_folder() == tmp_path


def test_the_cache_and_config_are_what_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, asked in (("KWARTIER_CACHE", places.cache_folder), ("KWARTIER_CONFIG", places.config_folder)):
        monkeypatch.setenv(name, str(tmp_path / name))
        assert asked() == tmp_path / name
        monkeypatch.delenv(name)
        assert asked().name == "kwartier"
        assert asked() != tmp_path / name
