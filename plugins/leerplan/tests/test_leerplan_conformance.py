"""The leerplan as installed keeps to everything that kwartier asks of an instrument."""

from __future__ import annotations

from kwartier.testing import InstrumentTests


class TestLeerplan(InstrumentTests):
    """Its files, its Python, and whole portfolios with made-up answers, at two levels."""

    module = "kwartier_leerplan"
    seeds = (1,)
    trials = 2
