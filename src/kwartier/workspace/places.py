"""Where kwartier's data, settings and cache stand for this user; nothing is read or made here. Imports little."""

from __future__ import annotations

import os
from pathlib import Path

DATA = "KWARTIER_DATA"
CONFIG = "KWARTIER_CONFIG"
CACHE = "KWARTIER_CACHE"


def data_folder() -> Path:
    """Where the data stand when nobody says otherwise: `KWARTIER_DATA`, else the settings, else the usual place.

    Raises `Unreadable` where the settings cannot be read: then it is not known which folder is meant.
    """
    chosen = os.environ.get(DATA)
    if chosen:
        return Path(chosen).expanduser()
    from kwartier.workspace.settings import chosen_data

    named = chosen_data()
    return Path(named).expanduser() if named else usual_data_folder()


def usual_data_folder() -> Path:
    """Where the system keeps a user's data."""
    from platformdirs import user_config_path, user_data_path

    usual = user_data_path("kwartier", appauthor=False)
    # Windows and macOS have one folder for all of a program: the wording of a user must not stand within the data.
    return usual / "data" if usual == user_config_path("kwartier", appauthor=False) else usual


def config_folder() -> Path:
    """The user's config folder of kwartier: `KWARTIER_CONFIG`, else where the system wants it."""
    chosen = os.environ.get(CONFIG)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_config_path

    return user_config_path("kwartier", appauthor=False)


def cache_folder() -> Path:
    """Where kwartier keeps what it can always make again: `KWARTIER_CACHE`, else where the system wants it."""
    chosen = os.environ.get(CACHE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("kwartier", appauthor=False)
