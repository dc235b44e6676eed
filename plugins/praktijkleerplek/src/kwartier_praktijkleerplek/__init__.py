"""The assessment of a workplace, not yet an instrument of kwartier: an empty place."""
