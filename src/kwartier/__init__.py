"""kwartier: instruments for organisations that work with experts by experience."""

__version__ = "0.1.0"
