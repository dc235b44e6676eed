"""The VIE as an instrument of kwartier."""
