"""Exact figures on what was filled in: scores, agreement between scorers, change between measurements.

Pure functions on plain values; reading records and choosing who may see what happens elsewhere.
"""
