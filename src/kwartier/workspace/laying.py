"""An instrument with a programme profile laid over it, for records that are made or renewed with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from kwartier.errors import Refused
from kwartier.instrument.conditions import holds
from kwartier.instrument.mistakes import listed
from kwartier.instrument.model import Content, Profile
from kwartier.instrument.profiling import lay
from kwartier.instrument.reading import content_of
from kwartier.plugins.host import Opened
from kwartier.records.canonical import digest
from kwartier.workspace import profiles
from kwartier.workspace.shelf import Shelf


def laid(shelf: Shelf, opened: Opened, id: str, parameters: Mapping[str, Any]) -> Opened:
    """The instrument with a profile laid over it, for a record that is made with these parameters.

    Raises `Refused` where the profile is of another instrument, or not for these values.
    """
    profile = profiles.find(shelf, id)
    if profile.instrument != opened.header.id:
        raise Refused(
            "profile-other-instrument",
            f"Het opleidingsprofiel '{id}' is voor {profile.instrument}, niet voor {opened.header.short}.",
            advice="Kies een ander profiel: 'kwartier opleiding lijst'.",
        )
    require_level(profile, parameters)
    return over(opened, profile)


def over(opened: Opened, profile: Profile) -> Opened:
    """An instrument with this profile laid over it: other content, another pin."""
    tree = lay(opened.tree, profile)
    return replace(opened, tree=tree, pin=digest(tree), content=content_of(tree, f"opleidingsprofiel {profile.id}"))


def present(shelf: Shelf, opened: Opened, id: str, pinned: Content) -> Opened:
    """The instrument as a record with this profile would be made now; `pinned` is what it was made with.

    Where the data folder has no such profile, that of then is laid over the present content: an example never takes
    the place of the links that came with a record.
    """
    if not id:
        return opened
    if not profiles.is_there(shelf, id):
        return over(opened, pinned.profile) if pinned.profile is not None else over(opened, profiles.find(shelf, id))
    return over(opened, profiles.find(shelf, id))


def require_level(profile: Profile, parameters: Mapping[str, Any]) -> None:
    """Refuses a profile that is not for these parameter values."""
    if holds(profile.when, parameters):
        return
    asked = " en ".join(f"{name} {listed(values)}" for name, values in profile.when.items())
    given = ", ".join(f"{name} {parameters.get(name, '?')}" for name in profile.when)
    raise Refused(
        "profile-other-level",
        f"Het opleidingsprofiel '{profile.id}' ({profile.title}) is voor {asked}; hier is {given} gekozen.",
        advice="Kies een ander niveau, een ander profiel, of begin zonder profiel.",
    )
