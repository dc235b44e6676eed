"""Whole screens: start, organisation, measurement, and the dialogs on top of them."""
