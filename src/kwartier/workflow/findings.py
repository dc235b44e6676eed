"""What stands out about a record: remarks, and departures from the instrument that ask a reason."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """Something to know about a record.

    `remark` only informs; `reason` asks for a reason, which is kept in the envelope under the id of the finding and
    printed in the report; `message` and `advice` are Dutch.
    """

    id: str
    level: Literal["remark", "reason"]
    message: str
    step: str = ""
    advice: str = ""
    reason: str = ""
    "The reason that was given; empty while it is still asked."

    @property
    def open(self) -> bool:
        """Whether a reason is still asked."""
        return self.level == "reason" and not self.reason
