"""The VIE as installed keeps to everything that kwartier asks of an instrument."""

from __future__ import annotations

from kwartier.testing import InstrumentTests


class TestVie(InstrumentTests):
    """Its files, its Python, and whole records with made-up answers, at both measurements."""

    module = "kwartier_vie"
    seeds = (1, 2)
