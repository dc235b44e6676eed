"""The conformance kit for authors of instruments: everything that can be tried of one without its author.

`check_instrument("kwartier_tuin")` gives the problems; `conformance.InstrumentTests` is the same for pytest. Nothing
here is used by kwartier itself.
"""

from kwartier.testing.conformance import InstrumentTests, Problem, check_instrument
from kwartier.testing.texts import loose_texts

__all__ = ["InstrumentTests", "Problem", "check_instrument", "loose_texts"]
