"""The VIE, not yet an instrument of kwartier: an empty place."""
