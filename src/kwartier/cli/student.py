"""The group `kwartier student`: everything of one student at once; what its commands do stands in their own modules."""

from __future__ import annotations

import click

from kwartier.cli.base import Group


@click.group(cls=Group)
def student() -> None:
    """Alles van een student: op slot zetten, bewaren, meegeven en wissen."""


# Each module puts its commands in the group; that is all that importing it is for.
from kwartier.cli import (  # noqa: E402
    student_bewaren,  # noqa: F401
    student_export,  # noqa: F401
    student_geef,  # noqa: F401
    student_slot,  # noqa: F401
    student_wis,  # noqa: F401
)
