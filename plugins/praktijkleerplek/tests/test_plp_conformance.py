"""The praktijkleerplek as installed keeps to everything that kwartier asks of an instrument."""

from __future__ import annotations

from kwartier.testing import InstrumentTests


class TestPraktijkleerplek(InstrumentTests):
    """Its files, its Python, and whole records with made-up answers, at every level."""

    module = "kwartier_praktijkleerplek"
    seeds = (1, 2)
