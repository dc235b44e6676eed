"""The MIE as installed keeps to everything that kwartier asks of an instrument."""

from __future__ import annotations

from kwartier.testing import InstrumentTests


class TestMie(InstrumentTests):
    """Its files, its Python, and whole records with made-up answers."""

    module = "kwartier_mie"
    seeds = (1, 2)
